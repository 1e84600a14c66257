"""The feed of what the register changed."""

from tests.architecture.matrix.table import page

LISTERS = "HUB ENTRUSTED former_partner_officer other_hub_manager"
ROWS = [
    *page("schools:change-list", GET={200: LISTERS, "else": 403}, POST={405: LISTERS, "else": 403}),
    *page(
        "schools:change-export",
        args=lambda c: ["csv"],
        GET={200: LISTERS, "else": 403},
        POST={405: LISTERS, "else": 403},
    ),
    *page(
        "schools:change-detail",
        "Millbrook's",
        args=lambda c: [c.notices["millbrook"].uuid],
        GET={200: "HUB ENTRUSTED"},
        POST={200: "HUB_WRITERS ENTRUSTED", 403: "hub_viewer"},
    ),
    *page(
        "schools:change-detail",
        "other",
        args=lambda c: [c.notices["other"].uuid],
        GET={200: "other_hub_manager"},
        POST={200: "other_hub_manager"},
    ),
    *page(
        "schools:change-done",
        "Millbrook's",
        args=lambda c: [c.notices["millbrook"].uuid],
        GET={"else": 405},
        POST={302: "HUB_WRITERS ENTRUSTED", 403: "hub_viewer"},
    ),
    *page(
        "schools:change-done",
        "other",
        args=lambda c: [c.notices["other"].uuid],
        POST={302: "other_hub_manager"},
    ),
    *page(
        "schools:change-reopen",
        "Millbrook's",
        args=lambda c: [c.notices["millbrook"].uuid],
        GET={"else": 405},
        POST={302: "HUB_WRITERS ENTRUSTED", 403: "hub_viewer"},
    ),
]
