"""Hubs: the area that each covers."""

from tests.architecture.matrix.table import page

# Who has to do with the hub, and is none of its staff.
OTHERS = "PARTNERS former_partner_officer SCHOOL other_school_leader trust_leader relationship_manager"

ROWS = [
    *page(
        "schools:hub-area",
        "Exampleshire",
        args=lambda c: [c.hub.slug],
        GET={
            200: "HUB",
            403: OTHERS,
        },
        POST={
            405: "HUB",
            403: OTHERS,
        },
    ),
    *page("schools:hub-area", "Samplefolk", args=lambda c: [c.other_hub.slug], GET={200: "other_hub_manager"}),
]
