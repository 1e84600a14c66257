"""Plans kept elsewhere: recorded by the school or for it, seen and reviewed by the hub."""

from typing import Any

from hubportal.accounts.models import User
from hubportal.kit.wording import academic_year
from schools.access import today
from tests.architecture.matrix.table import page
from tests.cast import Cast

RECORDERS = "school_leader HUB_WRITERS ENTRUSTED"
NOT_RECORDERS = "hub_viewer school_editor acknowledging_editor school_viewer trust_leader"
LOOKERS = "HUB_WRITERS ENTRUSTED"
NOT_LOOKERS = "hub_viewer SCHOOL trust_leader"
NOT_LEADERS = "HUB ENTRUSTED school_editor acknowledging_editor school_viewer trust_leader"
READERS = "HUB ENTRUSTED SCHOOL trust_leader"


def ours(cast: Cast) -> list[Any]:
    return [cast.elsewhere["millbrook"].uuid]


def theirs(cast: Cast) -> list[Any]:
    return [cast.elsewhere["other"].uuid]


def day(name: str, year: int, month: int) -> dict[str, Any]:
    return {f"{name}_0": 1, f"{name}_1": month, f"{name}_2": year}


def recorded(cast: Cast, user: User | None) -> dict[str, Any]:
    year = academic_year(today()) + 1
    return {"url": "https://school.example/plan", "year": year, "years": 1, **day("review_on", year + 1, 6)}


def changed(cast: Cast, user: User | None) -> dict[str, Any]:
    year = academic_year(today()) - 1
    return {"url": "https://school.example/plan", "year": year, "years": 2, **day("review_on", year + 2, 6)}


def gone_through(cast: Cast, user: User | None) -> dict[str, Any]:
    year = academic_year(today())
    return day("on", year, 9) | day("review_on", year + 1, 6)


ROWS = [
    *page(
        "smdp:elsewhere-create",
        args=lambda c: [c.millbrook.urn],
        data=recorded,
        GET={200: RECORDERS, 403: f"{NOT_RECORDERS} partner_staff"},
        POST={302: RECORDERS, 403: f"{NOT_RECORDERS} partner_staff"},
    ),
    *page("smdp:elsewhere-detail", args=ours, GET={200: READERS}, POST={"else": 405}),
    *page("smdp:elsewhere-detail", "other", args=theirs, GET={200: "other_hub_manager"}, POST={"else": 405}),
    *page("smdp:elsewhere-download", args=ours, GET={200: READERS}, POST={"else": 405}),
    *page("smdp:elsewhere-download", "other", args=theirs, GET={200: "other_hub_manager"}, POST={"else": 405}),
    *page(
        "smdp:elsewhere-edit",
        args=ours,
        data=changed,
        GET={200: RECORDERS, 403: NOT_RECORDERS},
        POST={302: RECORDERS, 403: NOT_RECORDERS},
    ),
    *page(
        "smdp:elsewhere-edit",
        "other, which its school recorded",
        args=theirs,
        data=changed,
        GET={403: "other_hub_manager"},
        POST={403: "other_hub_manager"},
    ),
    *page(
        "smdp:elsewhere-confirm",
        args=ours,
        GET={"else": 405},
        POST={302: "school_leader", 403: NOT_LEADERS},
    ),
    *page(
        "smdp:elsewhere-seen",
        args=ours,
        data=lambda c, user: day("seen_on", academic_year(today()), 9),
        GET={200: LOOKERS, 403: NOT_LOOKERS},
        POST={302: LOOKERS, 403: NOT_LOOKERS},
    ),
    *page(
        "smdp:elsewhere-review",
        args=ours,
        data=lambda c, user: {"strengths": "Singing"},
        GET={200: LOOKERS, 403: NOT_LOOKERS},
        POST={302: LOOKERS, 403: NOT_LOOKERS},
    ),
    *page(
        "smdp:elsewhere-again",
        args=ours,
        data=gone_through,
        GET={200: "school_leader", 403: NOT_LEADERS},
        POST={302: "school_leader", 403: NOT_LEADERS},
    ),
    *page(
        "smdp:elsewhere-remove",
        args=ours,
        GET={200: RECORDERS, 403: NOT_RECORDERS},
        POST={302: RECORDERS, 403: NOT_RECORDERS},
    ),
]
