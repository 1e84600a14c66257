"""The code lists: the hub's people and its partners' officers read them, its managers edit them."""

from engagement.models import CodeEntry
from tests.architecture.matrix.cadence import OTHERS
from tests.architecture.matrix.table import page

READERS = "hub_officer hub_viewer ENTRUSTED former_partner_officer"


def own(hub: str):
    """The address of the entry that this hub added."""
    return lambda c: [getattr(c, hub).slug, CodeEntry.objects.get(hub=getattr(c, hub), national=None).uuid]


def entry(c, user):
    return {"name": "Nyckelharpa", "is_offered": "on"}


ROWS = [
    *page(
        "engagement:code-list-detail",
        "Exampleshire",
        args=lambda c: [c.hub.slug],
        GET={200: f"hub_manager {READERS}", 403: OTHERS},
        POST={"else": 405},
    ),
    *page("engagement:code-list-detail", "other", args=lambda c: [c.other_hub.slug], GET={200: "other_hub_manager"}),
    *page(
        "engagement:code-entry-create",
        "Exampleshire",
        args=lambda c: [c.hub.slug, "instrument"],
        GET={200: "hub_manager", 403: f"{READERS} {OTHERS}"},
        POST={302: "hub_manager", 403: f"{READERS} {OTHERS}"},
        data=entry,
    ),
    *page(
        "engagement:code-entry-create",
        "other",
        args=lambda c: [c.other_hub.slug, "instrument"],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=entry,
    ),
    *page(
        "engagement:code-entry-edit",
        "Exampleshire",
        args=own("hub"),
        GET={200: "hub_manager", 403: f"{READERS} {OTHERS}"},
        POST={302: "hub_manager", 403: f"{READERS} {OTHERS}"},
        data=entry,
    ),
    *page("engagement:code-entry-edit", "other", args=own("other_hub"), GET={200: "other_hub_manager"}),
]
