"""Schools that became others, and what a hub decided of its records."""

from tests.architecture.matrix.table import page

DISMISS = {"decision": "dismiss"}

ROWS = [
    *page(
        "schools:succession-list",
        GET={200: "HUB other_hub_manager", "else": 403},
        POST={405: "HUB other_hub_manager", "else": 403},
    ),
    *page(
        "schools:succession-move-all",
        GET={200: "HUB_WRITERS other_hub_manager", "else": 403},
        POST={302: "HUB_WRITERS", 200: "other_hub_manager", "else": 403},
        data=lambda c, user: {"successions": [str(c.successions["ashby"].uuid)]},
    ),
    *page(
        "schools:succession-detail",
        "ashby",
        args=lambda c: [c.successions["ashby"].uuid],
        GET={200: "HUB"},
        POST={302: "HUB_WRITERS", 403: "hub_viewer"},
        data=lambda c, user: DISMISS,
    ),
    *page(
        "schools:succession-detail",
        "other",
        args=lambda c: [c.successions["other"].uuid],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=lambda c, user: DISMISS,
    ),
    *page(
        "schools:succession-undo",
        "ashby, which is not applied",
        args=lambda c: [c.successions["ashby"].uuid],
        GET={302: "HUB_WRITERS", 403: "hub_viewer"},
        POST={302: "HUB_WRITERS", 403: "hub_viewer"},
    ),
    *page(
        "schools:succession-undo",
        "other",
        args=lambda c: [c.successions["other"].uuid],
        GET={302: "other_hub_manager"},
        POST={302: "other_hub_manager"},
    ),
    *page(
        "schools:succession-choose",
        "ashby",
        args=lambda c: [c.successions["ashby"].uuid],
        GET={200: "HUB_WRITERS", 403: "hub_viewer"},
        POST={302: "HUB_WRITERS", 403: "hub_viewer"},
        data=lambda c, user: {"q": str(c.millbrook.urn), "school": str(c.millbrook.urn)},
    ),
    *page(
        "schools:succession-choose",
        "other",
        args=lambda c: [c.successions["other"].uuid],
        GET={200: "other_hub_manager"},
        POST={200: "other_hub_manager"},
        data=lambda c, user: {"q": str(c.millbrook.urn), "school": str(c.millbrook.urn)},
    ),
    *page(
        "schools:succession-create",
        "ashby",
        args=lambda c: [c.ashby.urn],
        GET={200: "HUB_WRITERS", 403: "hub_viewer other_school_leader"},
        POST={302: "HUB_WRITERS", 403: "hub_viewer other_school_leader"},
        data=lambda c, user: {"q": str(c.millbrook.urn), "school": str(c.millbrook.urn)},
    ),
    *page(
        "schools:succession-create",
        "other",
        args=lambda c: [c.other_school.urn],
        GET={200: "other_hub_manager"},
        POST={200: "other_hub_manager"},
        data=lambda c, user: {"q": str(c.millbrook.urn), "school": str(c.millbrook.urn)},
    ),
]
