"""Time well spent: managers see everybody's, each officer their own."""

from engagement.time_spent.periods import term_at
from hubportal.kit.wording import academic_year
from schools.access import today
from tests.architecture.matrix.cadence import OTHERS
from tests.architecture.matrix.table import page

# Who works for the hub, and may not see another's time.
COLLEAGUES = "hub_viewer ENTRUSTED former_partner_officer"
HOURS = {"employed": "37", "teaching": "7.5"}


def rules(c, user):
    kinds = ("first_meeting", "challenging", "catch_up", "plan_review", "trust_meeting", "strategic")
    minutes = {f"kind_{kind}": "30" for kind in (*kinds, "delivery_review", "other")}
    return {**minutes, "email_minutes": "10", "attempt_minutes": "5", "leaders": ["head"]}


def of_person(key: str):
    """The address of one person's page."""
    hub = {"other_hub_manager": "other_hub"}.get(key, "hub")
    return lambda c: [getattr(c, hub).slug, c.memberships[key].uuid]


def _hours_of(key: str):
    term = term_at(today())
    return lambda c: [*of_person(key)(c), term.year, term.term]


ROWS = [
    *page(
        "engagement:time-spent-team",
        "Exampleshire",
        args=lambda c: [c.hub.slug],
        GET={200: "hub_manager", 403: f"hub_officer {COLLEAGUES} {OTHERS}"},
        POST={"else": 405},
    ),
    *page("engagement:time-spent-team", "other", args=lambda c: [c.other_hub.slug], GET={200: "other_hub_manager"}),
    *page(
        "engagement:time-spent-records",
        "Exampleshire",
        args=lambda c: [c.hub.slug],
        GET={200: "hub_manager", 403: f"hub_officer {COLLEAGUES} {OTHERS}"},
        POST={"else": 405},
    ),
    *page(
        "engagement:time-spent-records",
        "an officer's",
        args=lambda c: [c.hub.slug],
        query=lambda c: {"who": str(c.memberships["hub_officer"].uuid)},
        GET={200: "hub_manager hub_officer", 403: f"{COLLEAGUES} {OTHERS}"},
    ),
    *page(
        "engagement:time-spent-records",
        "other",
        args=lambda c: [c.other_hub.slug],
        GET={200: "other_hub_manager"},
    ),
    *page(
        "engagement:time-spent-person",
        "an officer",
        args=of_person("hub_officer"),
        GET={200: "hub_manager hub_officer", 403: f"{COLLEAGUES} {OTHERS}"},
        POST={"else": 405},
    ),
    *page(
        "engagement:time-spent-person",
        "a partner's officer",
        args=of_person("partner_officer"),
        GET={
            200: "hub_manager partner_officer",
            403: f"hub_officer hub_viewer other_partner_officer former_partner_officer {OTHERS}",
        },
    ),
    *page("engagement:time-spent-person", "other", args=of_person("other_hub_manager"), GET={200: "other_hub_manager"}),
    *page(
        "engagement:term-hours-edit",
        "an officer",
        args=_hours_of("hub_officer"),
        GET={200: "hub_manager hub_officer", 403: f"{COLLEAGUES} {OTHERS}"},
        POST={302: "hub_manager hub_officer", 403: f"{COLLEAGUES} {OTHERS}"},
        data=lambda c, user: HOURS,
    ),
    *page(
        "engagement:term-hours-edit",
        "other",
        args=_hours_of("other_hub_manager"),
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=lambda c, user: HOURS,
    ),
    *page(
        "engagement:time-rules-edit",
        "Exampleshire",
        args=lambda c: [c.hub.slug, academic_year(today())],
        GET={200: "hub_manager", 403: f"hub_officer {COLLEAGUES} {OTHERS}"},
        POST={302: "hub_manager", 403: f"hub_officer {COLLEAGUES} {OTHERS}"},
        data=rules,
    ),
    *page(
        "engagement:time-rules-edit",
        "other",
        args=lambda c: [c.other_hub.slug, academic_year(today())],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=rules,
    ),
]
