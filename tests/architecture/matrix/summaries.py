"""The public summary: made, written and published at school, seen by hub and trust, read by everybody."""

from typing import Any

from tests.architecture.matrix.table import page
from tests.cast import Cast

SEEN = "HUB ENTRUSTED SCHOOL trust_leader"
NOT_WRITERS = "HUB ENTRUSTED school_viewer trust_leader"
NOT_LEADERS = f"{NOT_WRITERS} school_editor acknowledging_editor"


def millbrook(cast: Cast) -> list[Any]:
    return [cast.millbrook.urn]


ROWS = [
    *page(
        "smdp:summary-begin",
        args=lambda c: [c.plans["millbrook"].uuid],
        GET={"else": 405},
        POST={302: "SCHOOL_WRITERS", 403: NOT_WRITERS},
    ),
    *page("smdp:summary-detail", args=millbrook, GET={200: SEEN, 403: "partner_staff"}, POST={"else": 405}),
    *page(
        "smdp:summary-detail",
        "other",
        args=lambda c: [c.other_school.urn],
        GET={200: "other_hub_manager"},
        POST={"else": 405},
    ),
    *page(
        "smdp:summary-edit",
        args=millbrook,
        GET={200: "SCHOOL_WRITERS", 403: f"{NOT_WRITERS} partner_staff"},
        POST={302: "SCHOOL_WRITERS", 403: f"{NOT_WRITERS} partner_staff"},
        data=lambda c, user: {"draft_save": "1"},
    ),
    *page(
        "smdp:summary-draft",
        args=millbrook,
        GET={"else": 405},
        POST={200: "SCHOOL_WRITERS", 403: f"{NOT_WRITERS} partner_staff"},
    ),
    *page(
        "smdp:summary-history",
        args=millbrook,
        GET={200: "SCHOOL_WRITERS", 403: f"{NOT_WRITERS} partner_staff"},
        POST={302: "SCHOOL_WRITERS", 403: f"{NOT_WRITERS} partner_staff"},
        data=lambda c, user: {"state": "1"},
    ),
    *page(
        "smdp:summary-publish",
        args=millbrook,
        GET={200: "school_leader", 403: f"{NOT_LEADERS} partner_staff"},
        POST={302: "school_leader", 403: f"{NOT_LEADERS} partner_staff"},
        data=lambda c, user: {"checked": "on"},
    ),
    *page(
        "smdp:summary-withdraw",
        args=millbrook,
        GET={200: "school_leader", 403: f"{NOT_LEADERS} partner_staff"},
        POST={302: "school_leader", 403: f"{NOT_LEADERS} partner_staff"},
    ),
    *page(
        "smdp:summary-elsewhere",
        args=millbrook,
        GET={200: "school_leader", 403: f"{NOT_LEADERS} partner_staff"},
        POST={302: "school_leader", 403: f"{NOT_LEADERS} partner_staff"},
    ),
    *page(
        "smdp:summary-elsewhere",
        "other",
        args=lambda c: [c.other_school.urn],
        GET={403: "other_hub_manager"},
        POST={403: "other_hub_manager"},
    ),
    *page(
        "smdp:summary-version",
        args=lambda c: [c.millbrook.urn, 1],
        GET={200: SEEN, 403: "partner_staff"},
        POST={"else": 405},
    ),
    *page("smdp:summary-public", args=millbrook, GET={200: "EVERYBODY"}, POST={405: "EVERYBODY"}),
    *page("smdp:summary-public", "none there", args=lambda c: [c.ashby.urn], GET={404: "EVERYBODY"}),
    *page("smdp:summary-embed", args=millbrook, GET={200: "EVERYBODY"}, POST={405: "EVERYBODY"}),
    *page(
        "reports:summary-file",
        args=lambda c: [c.millbrook.urn, "pdf"],
        GET={200: "EVERYBODY"},
        POST={405: "EVERYBODY"},
    ),
    *page(
        "reports:summary-file",
        "being made",
        args=lambda c: [c.millbrook.urn, "docx"],
        GET={503: "EVERYBODY"},
    ),
    *page(
        "reports:summary-build",
        args=millbrook,
        GET={"else": 405},
        POST={302: "SCHOOL_WRITERS", 403: NOT_WRITERS},
    ),
]
