"""Engagement plans, for the hub's own staff and the partner entrusted; their templates, for the hub's managers."""

from datetime import timedelta
from uuid import UUID

from schools.access import today
from tests.architecture.matrix.table import page
from tests.cast import Cast

LISTED = "HUB ENTRUSTED former_partner_officer other_hub_manager"
READERS = "hub_viewer partner_staff SCHOOL trust_leader"
MANAGERS = "hub_manager other_hub_manager"


def _ours(c: Cast) -> list[UUID]:
    return [c.engagement_plans["ours"].uuid]


def _template(c: Cast) -> list[UUID]:
    return [c.plan_templates["ours"].uuid]


def _reviewed(c: Cast, user) -> dict[str, object]:
    on = today() + timedelta(days=3)
    day = {"next_step_on_0": on.day, "next_step_on_1": on.month, "next_step_on_2": on.year}
    return {"words": "It goes well", "next_step": "Call", **day}


ROWS = [
    *page("engagement:plan-list", GET={200: LISTED, "else": 403}, POST={405: LISTED, "else": 403}),
    *page(
        "engagement:plan-export",
        args=lambda c: ["csv"],
        GET={200: LISTED, "else": 403},
        POST={405: LISTED, "else": 403},
    ),
    *page("engagement:plan-detail", args=_ours, GET={200: "HUB ENTRUSTED"}, POST={405: "HUB ENTRUSTED"}),
    *page(
        "engagement:plan-review",
        args=_ours,
        data=_reviewed,
        GET={200: "HUB_WRITERS ENTRUSTED", 403: "hub_viewer"},
        POST={302: "HUB_WRITERS ENTRUSTED", 403: "hub_viewer"},
    ),
    *page(
        "engagement:plan-edit",
        args=_ours,
        data=lambda c, user: {"aim": ""},
        GET={200: "HUB_WRITERS ENTRUSTED", 403: "hub_viewer"},
        POST={400: "HUB_WRITERS ENTRUSTED", 403: "hub_viewer"},
    ),
    *page(
        "engagement:plan-end",
        args=_ours,
        data=lambda c, user: {"is_reached": "yes", "outcome": "They sing"},
        GET={200: "HUB_WRITERS ENTRUSTED", 403: "hub_viewer"},
        POST={302: "HUB_WRITERS ENTRUSTED", 403: "hub_viewer"},
    ),
    *page(
        "engagement:plan-create",
        "Millbrook",
        args=lambda c: [c.millbrook.urn],
        GET={302: "HUB_WRITERS ENTRUSTED", 403: READERS},  # it has one: there the page leads
        POST={302: "HUB_WRITERS ENTRUSTED", 403: READERS},
    ),
    *page("engagement:plan-create", "other", args=lambda c: [c.other_school.urn], GET={302: "other_hub_manager"}),
    *page(
        "engagement:plan-detail",
        "other",
        args=lambda c: [c.engagement_plans["other"].uuid],
        GET={200: "other_hub_manager"},
    ),
    *page("engagement:plan-template-list", GET={200: MANAGERS, "else": 403}, POST={405: MANAGERS, "else": 403}),
    *page(
        "engagement:plan-template-create",
        data=lambda c, user: {"name": ""},
        GET={200: MANAGERS, "else": 403},
        POST={400: MANAGERS, "else": 403},
    ),
    *page(
        "engagement:plan-template-edit",
        args=_template,
        data=lambda c, user: {"name": ""},
        GET={200: "hub_manager", 404: "other_hub_manager", "else": 403},
        POST={400: "hub_manager", 404: "other_hub_manager", "else": 403},
    ),
    *page(
        "engagement:plan-template-retire",
        args=_template,
        GET={405: MANAGERS, "else": 403},
        POST={302: "hub_manager", 404: "other_hub_manager", "else": 403},
    ),
]
