"""What is done with a thing on a worklist, and the lists of a team."""

from datetime import timedelta

from schools.access import today
from tests.architecture.matrix.table import page

LEADS = "hub_manager hub_viewer ENTRUSTED former_partner_officer other_hub_manager"
STRANGERS = "partner_staff SCHOOL other_school_leader trust_leader NOWHERE"


def key_of(c):
    """A school's answer that the hub has not read."""
    return f"answer:{c.versions['shared'].responses.get().uuid}"


def put_off(c, user):
    day = today() + timedelta(days=7)
    return {"until_0": day.day, "until_1": day.month, "until_2": day.year, "reason": "The head is away"}


def hand(c, user):
    to = c.memberships["hub_officer" if user == c["hub_manager"] else "hub_manager"]
    return {"who": str(to.uuid), "note": "Please"}


ROWS = [
    *page(
        "engagement:team-detail",
        GET={200: LEADS, "else": 403},
        POST={405: LEADS, "else": 403},
    ),
    *page(
        "engagement:team-list",
        GET={200: LEADS, "else": 403},
        POST={405: LEADS, "else": 403},
    ),
    *page(
        "engagement:snooze-end",
        "Millbrook",
        args=lambda c: [c.snoozes["millbrook"].uuid],
        GET={"else": 405},
        POST={302: "hub_officer", 403: "hub_manager hub_viewer ENTRUSTED"},
    ),
    *page(
        "engagement:snooze-end",
        "other",
        args=lambda c: [c.snoozes["other"].uuid],
        POST={302: "other_hub_manager"},
    ),
    *page(
        "engagement:work-give-back",
        "Millbrook",
        args=lambda c: [c.handed_on["millbrook"].uuid],
        GET={"else": 405},
        POST={302: "hub_officer hub_manager", 403: "hub_viewer ENTRUSTED"},
    ),
    *page(
        "engagement:work-give-back",
        "other",
        args=lambda c: [c.handed_on["other"].uuid],
        POST={302: "other_hub_manager"},
    ),
    *page(
        "engagement:action-reopen",
        "shared",
        args=lambda c: [c.actions["shared"].uuid],
        GET={"else": 405},
        POST={302: "SCHOOL_WRITERS HUB_WRITERS ENTRUSTED", 403: "hub_viewer"},
    ),
    *page(
        "engagement:action-reopen", "other", args=lambda c: [c.actions["other"].uuid], POST={302: "other_hub_manager"}
    ),
]
for name, data in (("engagement:snooze-create", put_off), ("engagement:work-hand", hand)):
    ROWS += page(
        name,
        "an answer of Millbrook",
        args=lambda c: [key_of(c)],
        GET={200: "HUB_WRITERS", 403: f"hub_viewer {STRANGERS}"},
        POST={302: "HUB_WRITERS", 403: f"hub_viewer {STRANGERS}"},
        data=data,
    )
