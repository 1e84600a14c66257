"""Saved views of lists, and the log of files taken."""

from tests.architecture.matrix.table import page
from tests.cast import Cast

WORKERS = "HUB PARTNERS former_partner_officer other_hub_manager"
OFFICERS = "ENTRUSTED former_partner_officer"  # of partners


def _of(key: str):
    return lambda c: [c.saved_views[key].uuid]


def _shown(c: Cast, user) -> dict[str, str]:
    return {"shown": c.saved_views["shared"].described.signed, "name": "Mine"}


ROWS = [
    *page("schools:saved-view-list", GET={200: WORKERS, "else": 403}, POST={405: WORKERS, "else": 403}),
    *page("schools:saved-view-create", data=_shown, GET={"else": 405}, POST={302: WORKERS, "else": 403}),
    *page(
        "schools:saved-view-edit",
        "shared",
        args=_of("shared"),
        data=lambda c, user: {"name": "Another"},
        GET={200: "hub_manager", 403: f"hub_officer hub_viewer {OFFICERS}"},
        POST={302: "hub_manager", 403: f"hub_officer hub_viewer {OFFICERS}"},
    ),
    *page(
        "schools:saved-view-edit",
        "own",
        args=_of("own"),
        data=lambda c, user: {"name": "Another"},
        GET={200: "hub_officer"},
        POST={302: "hub_officer"},
    ),
    *page(
        "schools:saved-view-delete",
        "shared",
        args=_of("shared"),
        GET={200: "hub_manager", 403: f"hub_officer hub_viewer {OFFICERS}"},
        POST={302: "hub_manager", 403: f"hub_officer hub_viewer {OFFICERS}"},
    ),
    *page(
        "schools:saved-view-start",
        "shared",
        args=_of("shared"),
        data=lambda c, user: {"start": "yes"},
        GET={405: f"HUB {OFFICERS}"},
        POST={302: f"HUB {OFFICERS}"},
    ),
    *page(
        "schools:export-list",
        GET={200: "hub_manager other_hub_manager", "else": 403},
        POST={405: "hub_manager other_hub_manager", "else": 403},
    ),
    *page(
        "schools:bulk-list",
        GET={200: f"HUB {OFFICERS} other_hub_manager", "else": 403},
        POST={"else": 405},
    ),
    *page(
        "schools:bulk-create",
        data=lambda c, user: {"which": "ticked", "schools": [c.millbrook.urn], "kind": "tag"},
        GET={302: f"hub_manager hub_officer {OFFICERS} other_hub_manager", "else": 403},
        POST={200: "hub_manager hub_officer ENTRUSTED", 302: "former_partner_officer other_hub_manager", "else": 403},
    ),
    *page(
        "schools:bulk-detail",
        args=lambda c: [c.bulk_changes["ours"].uuid],
        GET={200: "HUB"},
        POST={405: "HUB"},
    ),
    *page(
        "schools:bulk-undo",
        args=lambda c: [c.bulk_changes["ours"].uuid],
        GET={405: "HUB"},
        POST={302: "hub_manager", 403: "hub_officer hub_viewer"},
    ),
]
