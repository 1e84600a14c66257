"""Bringing in a plan that was written elsewhere."""

from tests.architecture.matrix.table import page

OTHERS = "HUB ENTRUSTED school_viewer trust_leader"  # who see the plan, and do not write in it
WORDS = "# Vision\n\nEvery child sings."

ROWS = [
    *page(
        "smdp:plan-import",
        args=lambda c: [c.plans["millbrook"].uuid],
        data=lambda c, user: {"words": WORDS},
        GET={200: "SCHOOL_WRITERS", 403: OTHERS},
        POST={200: "SCHOOL_WRITERS", 403: OTHERS},
    ),
    *page(
        "smdp:plan-import",
        "other",
        args=lambda c: [c.plans["other"].uuid],
        data=lambda c, user: {"words": WORDS},
        GET={403: "other_hub_manager"},
        POST={403: "other_hub_manager"},
    ),
    *page(
        "smdp:plan-import-place",
        args=lambda c: [c.plans["millbrook"].uuid],
        data=lambda c, user: {"text": WORDS, "to-0": "vision.vision"},
        GET={"else": 405},
        POST={302: "SCHOOL_WRITERS", 403: OTHERS},
    ),
    *page(
        "smdp:plan-import-place",
        "other",
        args=lambda c: [c.plans["other"].uuid],
        data=lambda c, user: {"text": WORDS, "to-0": "vision.vision"},
        GET={"else": 405},
        POST={403: "other_hub_manager"},
    ),
]
