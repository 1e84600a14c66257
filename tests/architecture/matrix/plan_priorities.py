"""A plan moves to newer questions."""

from tests.architecture.matrix.table import page

NOT_LEADERS = "HUB ENTRUSTED school_viewer trust_leader school_editor acknowledging_editor"

ROWS = [
    *page(
        "smdp:plan-move",
        args=lambda c: [c.plans["millbrook"].uuid],
        GET={200: "school_leader", 403: NOT_LEADERS},
        POST={400: "school_leader", 403: NOT_LEADERS},  # it answers the newest questions already
    ),
    *page(
        "smdp:plan-move",
        "other",
        args=lambda c: [c.plans["other"].uuid],
        GET={403: "other_hub_manager"},
        POST={403: "other_hub_manager"},
    ),
]
