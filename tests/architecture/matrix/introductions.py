"""School to school: for the hub's own staff; of an introduction the school's side for its leaders and editors; its own
list for them and for the hub's staff."""

from uuid import UUID

from tests.architecture.matrix.table import page
from tests.cast import Cast

STAFF = "HUB other_hub_manager"
OTHERS_OF_MILLBROOK = "ENTRUSTED partner_staff school_viewer trust_leader"
NO = {"is_agreed": "no", "reason": "Not now", "said_by": "The head"}


def _ours(c: Cast) -> list[UUID]:
    return [c.introductions["ours"].uuid]


def _side(role: str):
    return lambda c: [c.introductions["ours"].sides.get(role=role).uuid]


def _pair(c: Cast) -> list[int]:
    return [c.millbrook.urn, c.ashby.urn]


ROWS = [
    *page("engagement:match-list", GET={200: STAFF, "else": 403}, POST={405: STAFF, "else": 403}),
    *page(
        "engagement:match-detail",
        args=lambda c: [c.millbrook.urn],
        GET={200: "HUB", 404: "other_hub_manager", "else": 403},
        POST={405: STAFF, "else": 403},
    ),
    *page("engagement:introduction-list", GET={200: STAFF, "else": 403}, POST={405: STAFF, "else": 403}),
    *page(
        "engagement:introduction-choose",
        GET={200: "HUB_WRITERS other_hub_manager", "else": 403},
        POST={405: STAFF, "else": 403},
    ),
    *page(
        "engagement:introduction-create",
        args=_pair,
        data=lambda c, user: {"about": "Singing", "why": "Both sing"},
        GET={200: "HUB_WRITERS", 403: "hub_viewer"},
        POST={400: "HUB_WRITERS", 403: "hub_viewer"},  # one of the two stands
    ),
    *page("engagement:introduction-detail", args=_ours, GET={200: "HUB"}, POST={405: "HUB"}),
    *page(
        "engagement:introduction-detail",
        "other",
        args=lambda c: [c.introductions["other"].uuid],
        GET={200: "other_hub_manager"},
    ),
    *page(
        "engagement:introduction-outcome",
        args=_ours,
        data=lambda c, user: {"outcome": "met"},
        GET={200: "HUB_WRITERS", 403: "hub_viewer"},
        POST={400: "HUB_WRITERS", 403: "hub_viewer"},
    ),
    *page(
        "engagement:introduction-withdraw",
        args=_ours,
        data=lambda c, user: {"reason": "It changed its mind"},
        GET={200: "HUB_WRITERS", 403: "hub_viewer"},
        POST={302: "HUB_WRITERS", 403: "hub_viewer"},
    ),
    *page(
        "engagement:introduction-ask",
        args=_side("helper"),
        GET={200: "HUB_WRITERS", 403: "hub_viewer"},
        POST={400: "HUB_WRITERS", 403: "hub_viewer"},  # the other has not agreed
    ),
    *page(
        "engagement:introduction-record",
        args=_side("helped"),
        data=lambda c, user: NO | {"said_on_0": 1, "said_on_1": 9, "said_on_2": 2026},
        GET={200: "HUB_WRITERS", 403: "hub_viewer SCHOOL_WRITERS"},
        POST={302: "HUB_WRITERS", 403: "hub_viewer SCHOOL_WRITERS"},
    ),
    *page(
        "engagement:introduction-answer",
        args=_side("helped"),
        data=lambda c, user: NO,
        GET={200: "SCHOOL_WRITERS", 302: "HUB"},
        POST={302: "SCHOOL_WRITERS", 403: "HUB"},
    ),
    *page(
        "engagement:introduction-answer",
        "a school that was not asked",
        args=_side("helper"),
        GET={302: "HUB"},
    ),
    *page(
        "engagement:named-for-list",
        args=lambda c: [c.millbrook.urn],
        data=lambda c, user: {"words": "Our steel pans"},
        GET={200: "HUB SCHOOL_WRITERS", 403: OTHERS_OF_MILLBROOK},
        POST={302: "SCHOOL_WRITERS", 403: f"HUB {OTHERS_OF_MILLBROOK}"},
    ),
    *page("engagement:named-for-list", "other", args=lambda c: [c.other_school.urn], GET={200: "other_hub_manager"}),
    *page(
        "engagement:named-for-take-out",
        args=lambda c: [c.named_for["ours"].uuid],
        GET={405: "SIGNED_IN"},
        POST={302: "SCHOOL_WRITERS", 403: "HUB"},
    ),
]
