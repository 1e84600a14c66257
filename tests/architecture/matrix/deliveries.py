"""What was delivered: for the hub's own staff and the partner entrusted; no school, trust or funder."""

from hubportal.kit.wording import academic_year
from schools.access import today
from tests.architecture.matrix.table import page
from tests.cast import Cast

LISTERS = "HUB ENTRUSTED former_partner_officer other_hub_manager"
READERS = "hub_viewer partner_staff SCHOOL trust_leader"  # who sees Millbrook, and does no officer's work for it
WRITERS = "HUB_WRITERS ENTRUSTED"


def of(key: str):
    return lambda c: [c.deliveries[key].uuid]


def said(c: Cast, user):
    return {"year": str(academic_year(today())), "delivered_by": "hub", "class_name": "4B", "pupils": "20"}


ROWS = [
    *page("engagement:delivery-list", GET={200: LISTERS, "else": 403}, POST={405: LISTERS, "else": 403}),
    *page(
        "engagement:delivery-export",
        args=lambda c: ["csv"],
        GET={200: LISTERS, "else": 403},
        POST={405: LISTERS, "else": 403},
    ),
    *page("engagement:delivery-sums", GET={200: LISTERS, "else": 403}, POST={405: LISTERS, "else": 403}),
    *page("engagement:delivery-duplicates", GET={200: LISTERS, "else": 403}, POST={405: LISTERS, "else": 403}),
    *page(
        "engagement:delivery-choose",
        "Millbrook",
        args=lambda c: [c.millbrook.urn],
        GET={200: WRITERS, 403: READERS},
        POST={405: WRITERS, 403: READERS},
    ),
    *page(
        "engagement:delivery-create",
        "Millbrook",
        args=lambda c: [c.millbrook.urn, "whole-class"],
        GET={200: WRITERS, 403: READERS},
        POST={302: WRITERS, 403: READERS},
        data=said,
    ),
    *page(
        "engagement:delivery-carry",
        "Millbrook",
        args=lambda c: [c.millbrook.urn],
        GET={200: WRITERS, 403: READERS},
        POST={302: WRITERS, 403: READERS},
        data=lambda c, user: {"deliveries": [str(c.deliveries["last"].uuid)]},
    ),
    *page(
        "engagement:delivery-detail",
        "Millbrook",
        args=of("counted"),
        GET={200: "HUB ENTRUSTED"},
        POST={405: "HUB ENTRUSTED"},
    ),
    *page(
        "engagement:delivery-edit",
        "Millbrook",
        args=of("counted"),
        GET={200: WRITERS, 403: "hub_viewer"},
        POST={302: WRITERS, 403: "hub_viewer"},
        data=said,
    ),
    *page(
        "engagement:delivery-withdraw",
        "Millbrook",
        args=of("counted"),
        GET={200: WRITERS, 403: "hub_viewer"},
        POST={302: WRITERS, 403: "hub_viewer"},
        data=lambda c, user: {"why": "Entered twice"},
    ),
    *page(
        "engagement:delivery-confirm",
        "Millbrook",
        args=of("waiting"),
        GET={405: WRITERS, 403: "hub_viewer"},
        POST={302: WRITERS, 403: "hub_viewer"},
    ),
    *page(
        "engagement:delivery-decide",
        "Millbrook",
        args=of("counted"),
        GET={405: WRITERS, 403: "hub_viewer"},
        POST={302: WRITERS, 403: "hub_viewer"},
        data=lambda c, user: {"decision": f"with:{c.deliveries['twin'].uuid}"},
    ),
    *page(
        "engagement:delivery-count-again",
        "Millbrook",
        args=of("half"),
        GET={405: WRITERS, 403: "hub_viewer"},
        POST={302: WRITERS, 403: "hub_viewer"},
    ),
]
for name, post in (
    ("choose", 405),
    ("create", 302),
    ("carry", 400),
):
    ROWS += page(
        f"engagement:delivery-{name}",
        "other",
        args=lambda c, name=name: [c.other_school.urn, *(["tuition"] if name == "create" else [])],
        GET={200: "other_hub_manager"},
        POST={post: "other_hub_manager"},
        data=said,
    )
for name, get, post in (
    ("detail", 200, 405),
    ("edit", 200, 302),
    ("withdraw", 200, 400),
    ("confirm", 405, 302),
    ("decide", 405, 302),
    ("count-again", 405, 302),
):
    ROWS += page(
        f"engagement:delivery-{name}",
        "other",
        args=of("other"),
        GET={get: "other_hub_manager"},
        POST={post: "other_hub_manager"},
        data=said,
    )
