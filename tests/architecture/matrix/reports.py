"""Development reports, by sign-in and by link."""

from tests.architecture.matrix.table import page

ROWS = [
    *page(
        "reports:link-report",
        "a living link",
        args=lambda c: [c.tokens["shared"]],
        GET={200: "link_holder", 302: "signed_out", "else": 302},
        POST={302: "EVERYBODY"},
    ),
    *page("reports:link-report", "a token of nothing", args=lambda c: ["nothing"], GET={404: "EVERYBODY"}),
    *page(
        "reports:link-report-status",
        "a living link",
        args=lambda c: [c.tokens["shared"]],
        GET={200: "link_holder", 302: "signed_out", "else": 302},
        POST={302: "signed_out", 405: "link_holder", "else": 302},
    ),
    *page("reports:link-report-status", "a token of nothing", args=lambda c: ["nothing"], GET={404: "EVERYBODY"}),
    *page(
        "reports:link-report-file",
        "a living link",
        args=lambda c: [c.tokens["shared"]],
        GET={200: "link_holder", 302: "signed_out", "else": 302},
        POST={302: "signed_out", 405: "link_holder", "else": 302},
    ),
    *page("reports:link-report-file", "a token of nothing", args=lambda c: ["nothing"], GET={404: "EVERYBODY"}),
    *page("reports:report-detail", "logged", args=lambda c: [c.part("logged").uuid], GET={}, POST={}),
    *page(
        "reports:report-detail",
        "shared",
        args=lambda c: [c.part("shared").uuid],
        GET={200: "HUB SCHOOL_WRITERS ENTRUSTED"},
    ),
    *page(
        "reports:report-detail",
        "released",
        args=lambda c: [c.part("released").uuid],
        GET={200: "SCHOOL HUB ENTRUSTED trust_leader"},
    ),
    *page("reports:report-detail", "withdrawn", args=lambda c: [c.part("withdrawn").uuid], GET={200: "HUB ENTRUSTED"}),
    *page(
        "reports:report-detail", "both", args=lambda c: [c.part("both").uuid], GET={200: "HUB SCHOOL_WRITERS ENTRUSTED"}
    ),
    *page("reports:report-detail", "other", args=lambda c: [c.part("other").uuid], GET={200: "other_hub_manager"}),
    *page(
        "reports:report-build",
        "shared",
        args=lambda c: [c.part("shared").uuid],
        GET={405: "HUB SCHOOL_WRITERS ENTRUSTED"},
        POST={302: "HUB SCHOOL_WRITERS ENTRUSTED"},
    ),
    *page(
        "reports:report-build",
        "released",
        args=lambda c: [c.part("released").uuid],
        GET={405: "SCHOOL HUB ENTRUSTED trust_leader"},
        POST={302: "SCHOOL HUB ENTRUSTED trust_leader"},
    ),
    *page(
        "reports:report-build",
        "withdrawn",
        args=lambda c: [c.part("withdrawn").uuid],
        GET={405: "HUB ENTRUSTED"},
        POST={403: "HUB ENTRUSTED"},
    ),
    *page(
        "reports:report-build",
        "other",
        args=lambda c: [c.part("other").uuid],
        GET={405: "other_hub_manager"},
        POST={302: "other_hub_manager"},
    ),
    *page(
        "reports:document-status",
        "shared",
        args=lambda c: [c.documents["shared"].uuid],
        GET={200: "HUB SCHOOL_WRITERS ENTRUSTED"},
        POST={"else": 405},
    ),
    *page(
        "reports:document-download",
        "shared",
        args=lambda c: [c.documents["shared"].uuid],
        GET={200: "HUB SCHOOL_WRITERS ENTRUSTED"},
        POST={"else": 405},
    ),
    *page(
        "reports:document-status",
        "released",
        args=lambda c: [c.documents["released"].uuid],
        GET={200: "HUB SCHOOL_WRITERS ENTRUSTED"},
    ),
    *page(
        "reports:document-download",
        "released",
        args=lambda c: [c.documents["released"].uuid],
        GET={200: "HUB SCHOOL_WRITERS ENTRUSTED"},
    ),
    *page(
        "reports:document-status",
        "ashbys",
        args=lambda c: [c.documents["ashbys"].uuid],
        GET={200: "HUB other_school_leader"},
    ),
    *page(
        "reports:document-download",
        "ashbys",
        args=lambda c: [c.documents["ashbys"].uuid],
        GET={200: "HUB other_school_leader"},
    ),
    *page(
        "reports:document-status",
        "withdrawn",
        args=lambda c: [c.documents["withdrawn"].uuid],
        GET={200: "HUB ENTRUSTED"},
    ),
    *page(
        "reports:document-download",
        "withdrawn",
        args=lambda c: [c.documents["withdrawn"].uuid],
        GET={200: "HUB ENTRUSTED"},
    ),
    *page(
        "reports:document-status", "other", args=lambda c: [c.documents["other"].uuid], GET={200: "other_hub_manager"}
    ),
    *page(
        "reports:document-download", "other", args=lambda c: [c.documents["other"].uuid], GET={200: "other_hub_manager"}
    ),
]
