"""Schools and the people whom a hub knows there."""

from typing import Any

from hubportal.accounts.models import User
from schools.actions.contact_merging import CHOICES
from schools.staff_list.planning import Plan
from tests.architecture.asking import Row, day
from tests.architecture.matrix.table import page
from tests.cast import Cast


def _one_import(key: str, owner: str) -> list[Row]:
    """The pages of one staff list: whoever brought it has them, nobody else."""

    def uuid(c: Cast) -> list[Any]:
        return [c.imports[key].uuid]

    def digest(c: Cast, user: User | None) -> dict[str, str]:
        return {"digest": Plan(c.imports[key], c[owner]).digest}

    return [
        *page("schools:contact-import-detail", key, args=uuid, data=digest, GET={200: owner}, POST={302: owner}),
        *page("schools:contact-import-failed", key, args=uuid, GET={200: owner}, POST={405: owner}),
        *page("schools:contact-import-discard", key, args=uuid, GET={405: owner}, POST={302: owner}),
    ]


ROWS = [
    *page("schools:school-list", GET={403: "NOWHERE", "else": 200}, POST={403: "NOWHERE", "else": 405}),
    *page(
        "schools:school-export",
        args=lambda c: ["csv"],
        GET={403: "NOWHERE", "else": 200},
        POST={403: "NOWHERE", "else": 405},
    ),
    *page(
        "schools:school-detail",
        "millbrook",
        args=lambda c: [c.millbrook.urn],
        GET={200: "SCHOOL HUB PARTNERS trust_leader"},
        POST={"else": 405},
    ),
    *page("schools:school-detail", "ashby", args=lambda c: [c.ashby.urn], GET={200: "HUB other_school_leader"}),
    *page("schools:school-detail", "left the area", args=lambda c: [c.leaver.urn], GET={302: "HUB"}),
    *page(
        "schools:school-records",
        args=lambda c: [c.leaver.urn],
        GET={200: "HUB"},
        POST={"else": 405},
    ),
    *page("schools:school-records", "still ours", args=lambda c: [c.millbrook.urn], GET={}),
    *page("schools:school-detail", "other", args=lambda c: [c.other_school.urn], GET={200: "other_hub_manager"}),
    *page(
        "schools:relationship-edit",
        "millbrook",
        args=lambda c: [c.millbrook.urn],
        GET={200: "HUB_WRITERS ENTRUSTED", 403: "SCHOOL partner_staff hub_viewer trust_leader"},
        POST={302: "HUB_WRITERS ENTRUSTED", 403: "SCHOOL partner_staff hub_viewer trust_leader"},
        data=lambda c, user: {"owner": "nobody"},
    ),
    *page(
        "schools:contact-create",
        "millbrook",
        args=lambda c: [c.millbrook.urn],
        GET={200: "HUB_WRITERS ENTRUSTED", 403: "SCHOOL hub_viewer partner_staff trust_leader"},
        POST={302: "HUB_WRITERS ENTRUSTED", 403: "SCHOOL hub_viewer partner_staff trust_leader"},
        data=lambda c, user: {"name": "Ann New"},
    ),
    *page(
        "schools:relationship-edit",
        "other",
        args=lambda c: [c.other_school.urn],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=lambda c, user: {"owner": "nobody"},
    ),
    *page(
        "schools:contact-create",
        "other",
        args=lambda c: [c.other_school.urn],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=lambda c, user: {"name": "Ann New"},
    ),
    *page(
        "schools:contact-edit",
        "head",
        args=lambda c: [c.contacts["head"].uuid],
        GET={200: "HUB_WRITERS ENTRUSTED", 403: "SCHOOL_WRITERS hub_viewer"},
        POST={302: "HUB_WRITERS ENTRUSTED", 403: "SCHOOL_WRITERS hub_viewer"},
        data=lambda c, user: {"name": "Ann New"},
    ),
    *page(
        "schools:contact-edit",
        "music_lead",
        args=lambda c: [c.contacts["music_lead"].uuid],
        GET={200: "HUB_WRITERS ENTRUSTED", 403: "SCHOOL_WRITERS hub_viewer partner_staff"},
        POST={302: "HUB_WRITERS ENTRUSTED", 403: "SCHOOL_WRITERS hub_viewer partner_staff"},
        data=lambda c, user: {"name": "Ann New"},
    ),
    *page(
        "schools:contact-edit",
        "ashbys",
        args=lambda c: [c.contacts["ashbys"].uuid],
        GET={200: "HUB_WRITERS", 403: "hub_viewer other_school_leader"},
        POST={302: "HUB_WRITERS", 403: "hub_viewer other_school_leader"},
        data=lambda c, user: {"name": "Ann New"},
    ),
    *page(
        "schools:contact-edit",
        "other",
        args=lambda c: [c.contacts["other"].uuid],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=lambda c, user: {"name": "Ann New"},
    ),
    *page(
        "schools:contact-end",
        "head",
        args=lambda c: [c.contacts["head"].uuid],
        GET={200: "HUB_WRITERS ENTRUSTED", 403: "SCHOOL_WRITERS hub_viewer"},
        POST={302: "HUB_WRITERS ENTRUSTED", 403: "SCHOOL_WRITERS hub_viewer"},
        data=lambda c, user: day("left_on"),
    ),
    *page(
        "schools:contact-end",
        "other",
        args=lambda c: [c.contacts["other"].uuid],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=lambda c, user: day("left_on"),
    ),
    *page(
        "schools:contact-post-create",
        "head",
        args=lambda c: [c.contacts["head"].uuid],
        GET={200: "HUB_WRITERS ENTRUSTED", 403: "SCHOOL_WRITERS hub_viewer"},
        POST={302: "HUB_WRITERS", 200: "ENTRUSTED", 403: "SCHOOL_WRITERS hub_viewer"},
        data=lambda c, user: {"school": c.ashby.urn},
    ),
    *page(
        "schools:contact-post-create",
        "other",
        args=lambda c: [c.contacts["other"].uuid],
        GET={200: "other_hub_manager"},
        POST={200: "other_hub_manager"},
        data=lambda c, user: {"school": c.ashby.urn},
    ),
    *page(
        "schools:contact-duplicates",
        GET={200: "HUB_WRITERS other_hub_manager", "else": 403},
        POST={405: "HUB_WRITERS other_hub_manager", "else": 403},
    ),
    *page(
        "schools:contact-compare",
        "two at Millbrook",
        args=lambda c: [c.contacts["head"].uuid, c.contacts["music_lead"].uuid],
        GET={200: "HUB_WRITERS", 403: "ENTRUSTED SCHOOL_WRITERS hub_viewer"},
        POST={302: "HUB_WRITERS", 403: "ENTRUSTED SCHOOL_WRITERS hub_viewer"},
        data=lambda c, user: dict.fromkeys(CHOICES, "first"),
    ),
    *page(
        "schools:contact-compare",
        "one of each hub",
        args=lambda c: [c.contacts["head"].uuid, c.contacts["other"].uuid],
        GET={"else": 404},
        POST={"else": 404},
    ),
    *page(
        "schools:contact-apart",
        "two at Millbrook",
        args=lambda c: [c.contacts["head"].uuid, c.contacts["music_lead"].uuid],
        GET={405: "HUB_WRITERS", 403: "ENTRUSTED SCHOOL_WRITERS hub_viewer"},
        POST={302: "HUB_WRITERS", 403: "ENTRUSTED SCHOOL_WRITERS hub_viewer"},
    ),
    *page(
        "schools:contact-merge-undo",
        "head",
        args=lambda c: [c.merges["head"].uuid],
        GET={200: "HUB_WRITERS", 403: "hub_viewer"},
        POST={302: "HUB_WRITERS", 403: "hub_viewer"},
    ),
    *page(
        "schools:contact-merge-undo",
        "other",
        args=lambda c: [c.merges["other"].uuid],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
    ),
    *page(
        "schools:contact-import-create",
        GET={200: "HUB_WRITERS ENTRUSTED former_partner_officer other_hub_manager", "else": 403},
        POST={200: "HUB_WRITERS ENTRUSTED former_partner_officer other_hub_manager", "else": 403},
    ),
    *page(
        "schools:contact-import-template",
        args=lambda c: ["csv"],
        GET={200: "HUB_WRITERS ENTRUSTED former_partner_officer other_hub_manager", "else": 403},
        POST={405: "HUB_WRITERS ENTRUSTED former_partner_officer other_hub_manager", "else": 403},
    ),
    *_one_import("hub_manager", "hub_manager"),
    *_one_import("partner_officer", "partner_officer"),
    *_one_import("other", "other_hub_manager"),
]
