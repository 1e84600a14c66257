"""Plans of trusts: writing one, what was shared of it, and the priorities of the trust's schools."""

from hubportal.kit.wording import academic_year
from schools.access import today
from tests.architecture.matrix.table import page

SEEING = "HUB ENTRUSTED SCHOOL partner_staff"  # who meet the trust, and do not lead it
READERS = "SCHOOL trust_leader"

ROWS = [
    *page(
        "smdp:trust-plan-begin",
        args=lambda c: [c.trust.group_uid],
        GET={200: "trust_leader", 403: SEEING},
        POST={302: "trust_leader", 403: SEEING},
        data=lambda c, user: {"year": academic_year(today()) + 1, "years": 1},
    ),
    *page(
        "smdp:trust-plan-detail",
        args=lambda c: [c.trust_plans["millbrook"].uuid],
        GET={200: "trust_leader", 302: "SCHOOL"},
        POST={"else": 405},
    ),
    *page(
        "smdp:trust-plan-detail",
        "other",
        args=lambda c: [c.trust_plans["other"].uuid],
        GET={302: "other_hub_manager"},
        POST={"else": 405},
    ),
    *page(
        "smdp:trust-plan-share",
        args=lambda c: [c.trust_plans["millbrook"].uuid],
        GET={200: "trust_leader", 403: "SCHOOL"},
        POST={302: "trust_leader", 403: "SCHOOL"},
        data=lambda c, user: {"asks": "on"},
    ),
    *page(
        "smdp:trust-version-detail",
        args=lambda c: [c.trust_plans["millbrook"].uuid, 2],
        GET={200: READERS},
        POST={"else": 405},
    ),
    *page(
        "smdp:trust-version-detail",
        "other",
        args=lambda c: [c.trust_plans["other"].uuid, 1],
        GET={200: "other_hub_manager"},
        POST={"else": 405},
    ),
    *page(
        "smdp:trust-version-compare",
        args=lambda c: [c.trust_plans["millbrook"].uuid],
        GET={200: READERS},
        POST={"else": 405},
    ),
    *page(
        "smdp:trust-section-edit",
        args=lambda c: [c.trust_plans["millbrook"].uuid, "priorities"],
        GET={200: "trust_leader"},
        POST={302: "trust_leader"},
    ),
    *page(
        "smdp:trust-section-edit",
        "vision",
        args=lambda c: [c.trust_plans["millbrook"].uuid, "vision"],
        GET={200: "trust_leader"},
        POST={302: "trust_leader"},
    ),
    *page(
        "smdp:trust-section-edit",
        "other",
        args=lambda c: [c.trust_plans["other"].uuid, "vision"],
        GET={},
        POST={},
    ),
    *page(
        "smdp:trust-section-draft",
        args=lambda c: [c.trust_plans["millbrook"].uuid, "vision"],
        GET={"else": 405},
        POST={200: "trust_leader"},
    ),
    *page(
        "smdp:trust-section-history",
        args=lambda c: [c.trust_plans["millbrook"].uuid, "vision"],
        query=lambda c: {"state": 1},
        GET={200: "trust_leader"},
        POST={"else": 405},
    ),
    *page(
        "smdp:trust-section-restore",
        args=lambda c: [c.trust_plans["millbrook"].uuid, "vision"],
        GET={"else": 405},
        POST={302: "trust_leader"},
        data=lambda c, user: {"state": "1"},
    ),
    *page(
        "smdp:trust-priority-list",
        args=lambda c: [c.trust.group_uid],
        GET={200: "trust_leader", 403: SEEING},
        POST={"else": 405},
    ),
    *page(
        "smdp:trust-priority-export",
        args=lambda c: [c.trust.group_uid, "csv"],
        GET={200: "trust_leader", 403: SEEING},
        POST={"else": 405},
    ),
    *page(
        "smdp:trust-priority-lift",
        args=lambda c: [c.trust.group_uid],
        GET={"else": 405},
        POST={302: "trust_leader", 403: SEEING},
        data=lambda c, user: {"version": c.plans["millbrook"].versions.get(why="adopted").uuid, "row": "0"},
    ),
]
