"""How the area stands, for the hub's own staff."""

from tests.architecture.matrix.table import page

STAFF = "HUB other_hub_manager"

ROWS = [
    *page("engagement:coverage-detail", GET={200: STAFF, "else": 403}, POST={405: STAFF, "else": 403}),
    *page("engagement:coverage-map", GET={200: STAFF, "else": 403}, POST={405: STAFF, "else": 403}),
]
