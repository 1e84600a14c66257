"""How the area stands, for the hub's own staff."""

from uuid import UUID

from tests.architecture.matrix.table import page
from tests.cast import Cast

STAFF = "HUB other_hub_manager"


def _ours(c: Cast) -> list[UUID]:
    return [c.targets["ours"].uuid]


ROWS = [
    *page("engagement:coverage-detail", GET={200: STAFF, "else": 403}, POST={405: STAFF, "else": 403}),
    *page("engagement:coverage-map", GET={200: STAFF, "else": 403}, POST={405: STAFF, "else": 403}),
    *page("engagement:target-list", GET={200: STAFF, "else": 403}, POST={405: STAFF, "else": 403}),
    *page(
        "engagement:target-create",
        data=lambda c, user: {"name": ""},
        GET={200: "hub_manager other_hub_manager", "else": 403},
        POST={400: "hub_manager other_hub_manager", "else": 403},
    ),
    *page("engagement:target-detail", args=_ours, GET={200: "HUB"}, POST={405: "HUB"}),
    *page("engagement:target-export", args=lambda c: [*_ours(c), "csv"], GET={200: "HUB"}, POST={405: "HUB"}),
    *page(
        "engagement:target-edit",
        args=_ours,
        data=lambda c, user: {"goal": ""},
        GET={200: "hub_manager", 403: "hub_officer hub_viewer"},
        POST={400: "hub_manager", 403: "hub_officer hub_viewer"},
    ),
    *page(
        "engagement:target-end",
        args=_ours,
        data=lambda c, user: {"outcome": "Reached"},
        GET={200: "hub_manager", 403: "hub_officer hub_viewer"},
        POST={302: "hub_manager", 403: "hub_officer hub_viewer"},
    ),
]
