"""The hub's review of a plan: beginning it, writing it, returning it."""

from tests.architecture.matrix.table import page
from tests.cast import Cast

REVIEWERS = "HUB_WRITERS ENTRUSTED"
READERS = "hub_viewer SCHOOL_WRITERS school_viewer trust_leader"  # of the adopted version


def begun(cast: Cast) -> list:
    return [cast.plans["millbrook"].uuid, 2]


def other(cast: Cast) -> list:
    return [cast.plans["other"].uuid, 1]


ROWS = [
    *page(
        "smdp:review-begin",
        args=begun,
        GET={"else": 405},
        POST={302: REVIEWERS, 403: READERS},
    ),
    *page("smdp:review-begin", "other", args=other, GET={"else": 405}, POST={302: "other_hub_manager"}),
    *page(
        "smdp:review-edit",
        args=begun,
        data=lambda c, user: {"draft_save": "1"},
        GET={200: REVIEWERS, 403: READERS},
        POST={302: REVIEWERS, 403: READERS},
    ),
    *page("smdp:review-edit", "other", args=other, GET={302: "other_hub_manager"}, POST={302: "other_hub_manager"}),
    *page(
        "smdp:review-draft",
        args=begun,
        GET={"else": 405},
        POST={200: REVIEWERS, 403: READERS},
    ),
]
