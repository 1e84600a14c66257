"""Dated facts on a school: Lead School, Artsmark, Music Mark, who teaches music."""

from tests.architecture.matrix.table import page

# Who sees Millbrook, and not the history of this. Its trust’s leaders see what holds, on the school’s page.
CLOSED = "partner_staff trust_leader"
ANYWHERE = f"HUB ENTRUSTED SCHOOL {CLOSED}"

ROWS = [
    *page(
        "schools:dated-fact-list",
        "Millbrook",
        args=lambda c: [c.millbrook.urn],
        GET={200: "HUB ENTRUSTED SCHOOL", 403: CLOSED},
        POST={405: "HUB ENTRUSTED SCHOOL", 403: CLOSED},
    ),
    *page(
        "schools:dated-fact-list",
        "other",
        args=lambda c: [c.other_school.urn],
        GET={200: "other_hub_manager"},
        POST={405: "other_hub_manager"},
    ),
    *page(
        "schools:dated-fact-create",
        "Artsmark",
        args=lambda c: [c.millbrook.urn, "artsmark"],
        GET={200: "HUB_WRITERS ENTRUSTED", 403: f"hub_viewer SCHOOL {CLOSED}"},
        POST={302: "HUB_WRITERS ENTRUSTED", 403: f"hub_viewer SCHOOL {CLOSED}"},
        data=lambda c, user: {
            "value": "platinum",
            "starts_on_0": "1",
            "starts_on_1": "9",
            "starts_on_2": "2024",
            "source": "Seen",
        },
    ),
    *page(
        "schools:dated-fact-create",
        "who teaches",
        args=lambda c: [c.millbrook.urn, "teaching"],
        GET={200: "HUB_WRITERS ENTRUSTED SCHOOL_WRITERS", 403: f"hub_viewer school_viewer {CLOSED}"},
        POST={302: "HUB_WRITERS ENTRUSTED SCHOOL_WRITERS", 403: f"hub_viewer school_viewer {CLOSED}"},
        data=lambda c, user: {
            "values": "bought-in",
            "starts_on_0": "1",
            "starts_on_1": "9",
            "starts_on_2": "2024",
            "source": "Seen",
        },
    ),
    *page(
        "schools:dated-fact-create",
        "other",
        args=lambda c: [c.other_school.urn, "artsmark"],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=lambda c, user: {
            "value": "platinum",
            "starts_on_0": "1",
            "starts_on_1": "9",
            "starts_on_2": "2024",
            "source": "Seen",
        },
    ),
    *page("schools:dated-fact-create", "no such kind", args=lambda c: [c.millbrook.urn, "choir"], GET={}, POST={}),
]
for name, typed in (
    ("schools:dated-fact-end", {"last_day_0": "31", "last_day_1": "8", "last_day_2": "2025"}),
    ("schools:dated-fact-strike", {"reason": "Another school"}),
):
    for key, may, reads in (
        ("artsmark", "HUB_WRITERS ENTRUSTED", "hub_viewer SCHOOL trust_leader"),
        ("teaching", "HUB_WRITERS ENTRUSTED SCHOOL_WRITERS", "hub_viewer school_viewer trust_leader"),
        ("other", "other_hub_manager", ""),
    ):
        ROWS += page(
            name,
            key,
            args=lambda c, key=key: [c.dated_facts[key].uuid],
            GET={200: may, 403: reads},
            POST={302: may, 403: reads},
            data=lambda c, user, typed=typed: typed,
        )
