"""Schools that do not answer: the ladder, pauses, declines, a manager's word."""

from datetime import timedelta

from schools.access import today
from tests.architecture.matrix.table import page

OTHERS = "partner_staff SCHOOL other_school_leader trust_leader relationship_manager"
# Who sees Millbrook, and does no officer's work for it.
READERS = "hub_viewer partner_staff SCHOOL trust_leader"


def hold(c, user):
    until = today() + timedelta(days=40)
    day = {"until_0": until.day, "until_1": until.month, "until_2": until.year}
    return {**day, "reason": "inspection", "decided_by": "The head"}


def ladder(c, user):
    return {
        "step-TOTAL_FORMS": "1",
        "step-INITIAL_FORMS": "0",
        "step-0-name": "Call",
        "step-0-how": "call",
        "step-0-school_weeks": "2",
    }


ROWS = [
    *page(
        "engagement:ladder-edit",
        "Exampleshire",
        args=lambda c: [c.hub.slug],
        GET={200: "hub_manager", 403: f"hub_officer hub_viewer ENTRUSTED former_partner_officer {OTHERS}"},
        POST={302: "hub_manager", 403: f"hub_officer hub_viewer ENTRUSTED former_partner_officer {OTHERS}"},
        data=ladder,
    ),
    *page(
        "engagement:ladder-edit",
        "other",
        args=lambda c: [c.other_hub.slug],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=ladder,
    ),
    *page(
        "engagement:approval-ask",
        "Millbrook",
        args=lambda c: [c.millbrook.urn],
        GET={200: "HUB_WRITERS ENTRUSTED", 403: READERS},
        POST={200: "HUB_WRITERS ENTRUSTED", 403: READERS},  # its next step needs none: the form says so
        data=lambda c, user: {"why": "Silence"},
    ),
    *page(
        "engagement:approval-ask",
        "other",
        args=lambda c: [c.other_school.urn],
        GET={200: "other_hub_manager"},
        POST={200: "other_hub_manager"},
        data=lambda c, user: {"why": "Silence"},
    ),
    *page(
        "engagement:approval-decide",
        "Millbrook",
        args=lambda c: [c.approvals["millbrook"].uuid],
        GET={200: "HUB ENTRUSTED"},
        POST={302: "hub_manager", 403: "hub_officer hub_viewer ENTRUSTED"},
        data=lambda c, user: {"is_approved": "yes"},
    ),
    *page(
        "engagement:approval-decide",
        "other",
        args=lambda c: [c.approvals["other"].uuid],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=lambda c, user: {"is_approved": "no"},
    ),
    *page(
        "engagement:hold-end",
        "Millbrook",
        args=lambda c: [c.holds["millbrook"].uuid],
        GET={"else": 405},
        POST={302: "HUB_WRITERS ENTRUSTED", 403: "hub_viewer"},
    ),
    *page("engagement:hold-end", "other", args=lambda c: [c.holds["other"].uuid], POST={302: "other_hub_manager"}),
]
for name in ("engagement:pause-create", "engagement:decline-create"):
    ROWS += page(
        name,
        "Millbrook",
        args=lambda c: [c.millbrook.urn],
        GET={200: "HUB_WRITERS ENTRUSTED", 403: READERS},
        POST={302: "HUB_WRITERS ENTRUSTED", 403: READERS},
        data=hold,
    )
    ROWS += page(
        name,
        "other",
        args=lambda c: [c.other_school.urn],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=hold,
    )
