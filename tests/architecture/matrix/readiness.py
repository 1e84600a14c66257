"""Our readiness: managers see everybody's, each officer their own; a person changes what they entered themselves."""

from tests.architecture.matrix.cadence import OTHERS
from tests.architecture.matrix.table import page
from tests.architecture.matrix.time_spent import COLLEAGUES, of_person

TRAINING = {"topic": "challenging", "on_0": "1", "on_1": "9", "on_2": "2025", "provider": "Music Mark"}
STRANGERS = f"{COLLEAGUES} {OTHERS}"


def review(c, user):
    """A joint visit, with somebody of the hub who is not the person."""
    colleague = c.memberships["hub_manager"].uuid
    day = {"on_0": "1", "on_1": "9", "on_2": "2025"}
    return {"kind": "joint", "colleague": str(colleague), "outcome": "agreed", **day}


ROWS = [
    *page(
        "engagement:readiness-list",
        "Exampleshire",
        args=lambda c: [c.hub.slug],
        GET={200: "hub_manager", 403: f"hub_officer {STRANGERS}"},
        POST={405: "hub_manager", 403: f"hub_officer {STRANGERS}"},
    ),
    *page("engagement:readiness-list", "other", args=lambda c: [c.other_hub.slug], GET={200: "other_hub_manager"}),
    *page(
        "engagement:readiness-export",
        "Exampleshire",
        args=lambda c: [c.hub.slug, "csv"],
        GET={200: "hub_manager", 403: f"hub_officer {STRANGERS}"},
        POST={405: "hub_manager", 403: f"hub_officer {STRANGERS}"},
    ),
    *page(
        "engagement:readiness-export", "other", args=lambda c: [c.other_hub.slug, "csv"], GET={200: "other_hub_manager"}
    ),
    *page(
        "engagement:readiness-rules-edit",
        "Exampleshire",
        args=lambda c: [c.hub.slug],
        GET={200: "hub_manager", 403: f"hub_officer {STRANGERS}"},
        POST={302: "hub_manager", 403: f"hub_officer {STRANGERS}"},
        data=lambda c, user: {"topics": ["safeguarding"], "months": "6"},
    ),
    *page(
        "engagement:readiness-rules-edit", "other", args=lambda c: [c.other_hub.slug], GET={200: "other_hub_manager"}
    ),
    *page(
        "engagement:readiness-detail",
        "an officer",
        args=of_person("hub_officer"),
        GET={200: "hub_manager hub_officer", 403: STRANGERS},
        POST={"else": 405},
    ),
    *page(
        "engagement:readiness-detail",
        "a partner's officer",
        args=of_person("partner_officer"),
        GET={
            200: "hub_manager partner_officer",
            403: f"hub_officer hub_viewer other_partner_officer former_partner_officer {OTHERS}",
        },
    ),
    *page("engagement:readiness-detail", "other", args=of_person("other_hub_manager"), GET={200: "other_hub_manager"}),
]
for name, data in (
    ("engagement:training-create", lambda c, user: TRAINING),
    ("engagement:colleague-review-create", review),
):
    ROWS += page(
        name,
        "an officer",
        args=of_person("hub_officer"),
        GET={200: "hub_manager hub_officer", 403: STRANGERS},
        POST={302: "hub_manager hub_officer", 403: STRANGERS},
        data=data,
    )
    ROWS += page(name, "other", args=of_person("other_hub_manager"), GET={200: "other_hub_manager"})
for name, key, data in (
    ("engagement:training-edit", "trainings", lambda c, user: TRAINING),
    ("engagement:colleague-review-edit", "reviews", review),
):
    ROWS += page(
        name,
        "an officer's",
        args=lambda c, key=key: [getattr(c, key)["hub_officer"].uuid],
        GET={200: "hub_manager hub_officer"},
        POST={302: "hub_manager hub_officer"},
        data=data,
    )
    ROWS += page(
        name,
        "other",
        args=lambda c, key=key: [getattr(c, key)["other_hub_manager"].uuid],
        GET={200: "other_hub_manager"},
    )
for name, key in (("engagement:training-strike", "trainings"), ("engagement:colleague-review-strike", "reviews")):
    ROWS += page(
        name,
        "an officer's",
        args=lambda c, key=key: [getattr(c, key)["hub_officer"].uuid],
        GET={"else": 405},
        POST={302: "hub_manager hub_officer"},
    )
    ROWS += page(
        name,
        "other",
        args=lambda c, key=key: [getattr(c, key)["other_hub_manager"].uuid],
        POST={302: "other_hub_manager"},
    )
