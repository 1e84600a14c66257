"""How a hub keeps in touch with its schools."""

from engagement.scoring import RULES
from hubportal.kit.wording import academic_year
from schools.access import today
from tests.architecture.matrix.table import page

# Who has to do with the hub, and does no officer's work for it.
OTHERS = "partner_staff SCHOOL other_school_leader trust_leader relationship_manager"

ROWS = [
    *page(
        "engagement:contact-rules-list",
        "Exampleshire",
        args=lambda c: [c.hub.slug],
        GET={200: "HUB ENTRUSTED former_partner_officer", 403: OTHERS},
        POST={"else": 405},
    ),
    *page("engagement:contact-rules-list", "other", args=lambda c: [c.other_hub.slug], GET={200: "other_hub_manager"}),
    *page(
        "engagement:contact-rules-edit",
        "Exampleshire",
        args=lambda c: [c.hub.slug, academic_year(today())],
        GET={200: "hub_manager", 403: f"hub_officer hub_viewer ENTRUSTED former_partner_officer {OTHERS}"},
        POST={302: "hub_manager", 403: f"hub_officer hub_viewer ENTRUSTED former_partner_officer {OTHERS}"},
        data=lambda c, user: {"school_weeks": "39", "kinds": ["challenging"], "ways": ["visit"]},
    ),
    *page(
        "engagement:contact-rules-edit",
        "other",
        args=lambda c: [c.other_hub.slug, academic_year(today())],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=lambda c, user: {"school_weeks": "39", "kinds": ["challenging"], "ways": ["visit"]},
    ),
    *page(
        "engagement:score-points-edit",
        "Exampleshire",
        args=lambda c: [c.hub.slug],
        GET={200: "hub_manager", 403: f"hub_officer hub_viewer ENTRUSTED former_partner_officer {OTHERS}"},
        POST={302: "hub_manager", 403: f"hub_officer hub_viewer ENTRUSTED former_partner_officer {OTHERS}"},
        data=lambda c, user: {code: rule.points for code, rule in RULES.items()},
    ),
    *page(
        "engagement:score-points-edit",
        "other",
        args=lambda c: [c.other_hub.slug],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=lambda c, user: {code: rule.points for code, rule in RULES.items()},
    ),
]
