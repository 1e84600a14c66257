"""Self-evaluations: writing one, and what was submitted of it."""

from hubportal.kit.wording import academic_year
from schools.access import today
from tests.architecture.matrix.table import page

READERS = "HUB ENTRUSTED SCHOOL trust_leader"
OTHERS = "HUB ENTRUSTED school_viewer trust_leader"  # who read what was submitted, and do not write
NEEDING = "HUB ENTRUSTED former_partner_officer other_hub_manager"
TRUSTED = "HUB ENTRUSTED trust_leader"
NOT_LEADERS = f"{OTHERS} school_editor acknowledging_editor"

ROWS = [
    *page(
        "smdp:evaluation-begin",
        args=lambda c: [c.millbrook.urn],
        GET={200: "SCHOOL_WRITERS", 403: f"{OTHERS} partner_staff"},
        POST={302: "SCHOOL_WRITERS", 403: f"{OTHERS} partner_staff"},
        data=lambda c, user: {"year": academic_year(today()) + 1},
    ),
    *page(
        "smdp:evaluation-detail",
        args=lambda c: [c.evaluations["millbrook"].uuid],
        GET={200: READERS},
        POST={"else": 405},
    ),
    *page(
        "smdp:evaluation-detail",
        "last year",
        args=lambda c: [c.evaluations["last"].uuid],
        GET={200: READERS},
        POST={"else": 405},
    ),
    *page(
        "smdp:evaluation-detail",
        "other",
        args=lambda c: [c.evaluations["other"].uuid],
        GET={200: "other_hub_manager"},
        POST={"else": 405},
    ),
    *page(
        "smdp:evaluation-version",
        args=lambda c: [c.evaluations["millbrook"].uuid, 1],
        GET={200: READERS},
        POST={"else": 405},
    ),
    *page(
        "smdp:evaluation-version",
        "other",
        args=lambda c: [c.evaluations["other"].uuid, 1],
        GET={200: "other_hub_manager"},
        POST={"else": 405},
    ),
    *page(
        "smdp:evaluation-years",
        args=lambda c: [c.evaluations["millbrook"].uuid],
        GET={200: READERS},
        POST={"else": 405},
    ),
    *page(
        "smdp:evaluation-years",
        "the first",
        args=lambda c: [c.evaluations["other"].uuid],
        GET={200: "other_hub_manager"},
        POST={"else": 405},
    ),
    *page(
        "smdp:evaluation-edit",
        args=lambda c: [c.evaluations["millbrook"].uuid],
        GET={200: "SCHOOL_WRITERS", 403: OTHERS},
        POST={302: "SCHOOL_WRITERS", 403: OTHERS},
    ),
    *page(
        "smdp:evaluation-edit",
        "ended by a later year",
        args=lambda c: [c.evaluations["last"].uuid],
        GET={403: READERS},
        POST={403: READERS},
    ),
    *page(
        "smdp:evaluation-edit",
        "other",
        args=lambda c: [c.evaluations["other"].uuid],
        GET={403: "other_hub_manager"},
        POST={403: "other_hub_manager"},
    ),
    *page(
        "smdp:evaluation-draft",
        args=lambda c: [c.evaluations["millbrook"].uuid],
        GET={"else": 405},
        POST={200: "SCHOOL_WRITERS", 403: OTHERS},
    ),
    *page(
        "smdp:evaluation-history",
        args=lambda c: [c.evaluations["millbrook"].uuid],
        query=lambda c: {"state": 2},
        GET={200: "SCHOOL_WRITERS", 403: OTHERS},
        POST={"else": 405},
    ),
    *page(
        "smdp:evaluation-restore",
        args=lambda c: [c.evaluations["millbrook"].uuid],
        GET={"else": 405},
        POST={302: "SCHOOL_WRITERS", 403: OTHERS},
        data=lambda c, user: {"state": "1"},
    ),
    *page(
        "smdp:evaluation-submit",
        args=lambda c: [c.evaluations["millbrook"].uuid],
        GET={200: "school_leader", 403: NOT_LEADERS},
        POST={302: "school_leader", 403: NOT_LEADERS},
    ),
    *page(
        "smdp:evaluation-submit",
        "other",
        args=lambda c: [c.evaluations["other"].uuid],
        GET={403: "other_hub_manager"},
        POST={403: "other_hub_manager"},
    ),
    *page(
        "smdp:need-list",
        GET={200: NEEDING, "else": 403},
        POST={405: NEEDING, "else": 403},
    ),
    *page(
        "smdp:need-export",
        args=lambda c: ["csv"],
        GET={200: NEEDING, "else": 403},
        POST={405: NEEDING, "else": 403},
    ),
    *page(
        "smdp:need-detail",
        args=lambda c: ["singing"],
        query=lambda c: {"level": "any"},
        GET={200: NEEDING, "else": 403},
        POST={405: NEEDING, "else": 403},
    ),
    *page(
        "smdp:need-detail",
        "not there",
        args=lambda c: ["poetry"],
        GET={404: NEEDING, "else": 403},
        POST={405: NEEDING, "else": 403},
    ),
    *page(
        "smdp:need-detail-export",
        args=lambda c: ["singing", "csv"],
        query=lambda c: {"level": "any"},
        GET={200: NEEDING, "else": 403},
        POST={405: NEEDING, "else": 403},
    ),
    *page(
        "smdp:trust-evaluation-detail",
        args=lambda c: [c.trust.group_uid],
        GET={200: TRUSTED, 403: "SCHOOL partner_staff"},
        POST={"else": 405},
    ),
    *page(
        "smdp:trust-evaluation-edit",
        args=lambda c: [c.trust.group_uid],
        GET={200: "trust_leader", 403: "HUB ENTRUSTED SCHOOL partner_staff"},
        POST={302: "trust_leader", 403: "HUB ENTRUSTED SCHOOL partner_staff"},
        data=lambda c, user: {"basis": "minimum"},
    ),
]
