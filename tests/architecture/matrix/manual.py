"""Schools that the register lacks, and organisations that are no schools."""

from tests.architecture.matrix.table import page

# Who sees something of the portal and adds nothing to it.
OTHERS = (
    "hub_viewer PARTNERS former_partner_officer SCHOOL other_school_leader trust_leader relationship_manager "
    "administrator nobody former_person"
)
ADDS = "HUB_WRITERS other_hub_manager"

ROWS = [
    *page("schools:school-create", GET={200: ADDS, 403: OTHERS}, POST={200: ADDS, 403: OTHERS}),
    *page("schools:organisation-create", GET={200: ADDS, 403: OTHERS}, POST={200: ADDS, 403: OTHERS}),
    *page(
        "schools:organisation-list",
        GET={200: "HUB ENTRUSTED former_partner_officer other_hub_manager", "else": 403},
        POST={405: "HUB ENTRUSTED former_partner_officer other_hub_manager", "else": 403},
    ),
    *page(
        "schools:organisation-export",
        args=lambda c: ["csv"],
        GET={200: "HUB ENTRUSTED former_partner_officer other_hub_manager", "else": 403},
        POST={405: "HUB ENTRUSTED former_partner_officer other_hub_manager", "else": 403},
    ),
]
for name, on_get in (("schools:school-edit", 200), ("schools:school-close", 200), ("schools:school-reopen", 405)):
    for key, hubs in (("ours", "HUB_WRITERS"), ("theirs", "other_hub_manager")):
        sees = "hub_viewer" if key == "ours" else ""
        ROWS += page(
            name,
            key,
            args=lambda c, key=key: [c.manual[key].urn],
            GET={405: "SIGNED_IN"} if on_get == 405 else {200: hubs, 403: sees},
            POST={302 if on_get == 405 else 200: hubs, 403: sees},
        )
