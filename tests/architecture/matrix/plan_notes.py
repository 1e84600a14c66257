"""How the priorities of a plan go: a note on one, a check-in on all of them."""

from typing import Any

from tests.architecture.matrix.table import page
from tests.cast import Cast

READERS = "HUB ENTRUSTED school_viewer trust_leader"  # of the adopted version, who do not write the plan


def adopted(cast: Cast) -> list[Any]:
    return [cast.plans["millbrook"].uuid, 2]


def theirs(cast: Cast) -> list[Any]:
    return [cast.plans["other"].uuid, 2]


ROWS = [
    *page(
        "smdp:note-create",
        args=lambda c: [*adopted(c), 0],
        data=lambda c, user: {"rag": "green", "text": "Thirty came."},
        GET={200: "SCHOOL_WRITERS", 403: READERS},
        POST={302: "SCHOOL_WRITERS", 403: READERS},
    ),
    *page(
        "smdp:note-create",
        "other",
        args=lambda c: [*theirs(c), 0],
        GET={403: "other_hub_manager"},
        POST={403: "other_hub_manager"},
    ),
    *page(
        "smdp:check-in-create",
        args=adopted,
        data=lambda c, user: {"rag_0": "green", "text_0": "Thirty came."},
        GET={200: "SCHOOL_WRITERS", 403: READERS},
        POST={302: "SCHOOL_WRITERS", 403: READERS},
    ),
    *page(
        "smdp:check-in-create",
        "other",
        args=theirs,
        GET={403: "other_hub_manager"},
        POST={403: "other_hub_manager"},
    ),
    *page(
        "smdp:check-in-detail",
        args=lambda c: [c.check_ins["millbrook"].uuid],
        GET={200: f"{READERS} SCHOOL_WRITERS"},
        POST={"else": 405},
    ),
    *page(
        "smdp:check-in-detail",
        "other",
        args=lambda c: [c.check_ins["other"].uuid],
        GET={200: "other_hub_manager"},
        POST={"else": 405},
    ),
]
