"""Schools handed over from one hub to another: for the managers of the two."""

from tests.architecture.matrix.table import page

ROWS = [
    *page(
        "schools:handover-list",
        GET={200: "hub_manager other_hub_manager", "else": 403},
        POST={405: "hub_manager other_hub_manager", "else": 403},
    ),
    *page(
        "schools:handover-offer",
        args=lambda c: [],
        query=lambda c: {"school": c.leaver.urn},
        GET={200: "hub_manager", 404: "other_hub_manager", "else": 403},
        POST={302: "hub_manager", 404: "other_hub_manager", "else": 403},
        data=lambda c, user: {"what": "people"},
    ),
    *page(
        "schools:handover-answer-all",
        GET={200: "hub_manager", 302: "other_hub_manager", "else": 403},
        POST={302: "hub_manager", 200: "other_hub_manager", "else": 403},
        data=lambda c, user: {"offers": [str(c.handovers["received"].uuid)], "answer": "decline"},
    ),
    *page(
        "schools:handover-withdraw-all",
        GET={200: "hub_manager other_hub_manager", "else": 403},
        POST={302: "hub_manager", 200: "other_hub_manager", "else": 403},
        data=lambda c, user: {"offers": [str(c.handovers["given"].uuid)]},
    ),
    *page(
        "schools:handover-detail",
        "offered by us",
        args=lambda c: [c.handovers["given"].uuid],
        GET={200: "hub_manager", 403: "hub_officer hub_viewer"},
        POST={403: "HUB"},
    ),
    *page(
        "schools:handover-detail",
        "offered to us",
        args=lambda c: [c.handovers["received"].uuid],
        GET={200: "hub_manager", 403: "hub_officer hub_viewer"},
        POST={302: "hub_manager", 403: "hub_officer hub_viewer"},
        data=lambda c, user: {"answer": "accept"},
    ),
    *page(
        "schools:handover-detail",
        "other",
        args=lambda c: [c.handovers["other"].uuid],
        GET={200: "other_hub_manager"},
    ),
    *page(
        "schools:handover-withdraw",
        args=lambda c: [c.handovers["given"].uuid],
        GET={"else": 405},
        POST={302: "hub_manager", 403: "hub_officer hub_viewer"},
    ),
]
