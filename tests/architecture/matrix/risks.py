"""Engagement risks, the watchlist, the page to read before one goes: for the hub and the entrusted partner alone."""

from tests.architecture.matrix.table import page

# Who sees Millbrook, and does no officer's work for it.
READERS = "hub_viewer partner_staff SCHOOL trust_leader"
LISTERS = "HUB ENTRUSTED former_partner_officer other_hub_manager"


def risk(c, user):
    return {"kind": "new-head", "what": "The head may stop the choir", "evidence": "Said so in June."}


def why(c, user):
    """A manager takes it to the trust, the others to the manager."""
    trust = {"to": "trust", "told": "The chief executive"}
    whom = trust if user == c["hub_manager"] else {"to": str(c.memberships["hub_manager"].uuid)}
    return {"why": "It is time.", "outcome": "passed", **whom}


ROWS = [
    *page("engagement:risk-list", GET={200: LISTERS, "else": 403}, POST={405: LISTERS, "else": 403}),
    *page("engagement:watch-list", GET={200: LISTERS, "else": 403}, POST={405: LISTERS, "else": 403}),
    *page("engagement:watch-seen", GET={"else": 405}, POST={302: LISTERS, "else": 403}),
    *page(
        "engagement:risk-create",
        "Millbrook",
        args=lambda c: [c.millbrook.urn],
        GET={200: "HUB_WRITERS ENTRUSTED", 403: READERS},
        POST={302: "HUB_WRITERS ENTRUSTED", 403: READERS},
        data=risk,
    ),
    *page(
        "engagement:risk-create",
        "other",
        args=lambda c: [c.other_school.urn],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=risk,
    ),
    *page(
        "engagement:risk-detail",
        "Millbrook",
        args=lambda c: [c.risks["millbrook"].uuid],
        GET={200: "HUB ENTRUSTED"},
        POST={"else": 405},
    ),
    *page(
        "engagement:risk-detail",
        "other",
        args=lambda c: [c.risks["other"].uuid],
        GET={200: "other_hub_manager"},
    ),
]
ROWS += page(
    "engagement:briefing-detail",
    "Millbrook",
    args=lambda c: [c.millbrook.urn],
    GET={200: "HUB ENTRUSTED", 403: "partner_staff SCHOOL trust_leader"},
    POST={405: "HUB ENTRUSTED", 403: "partner_staff SCHOOL trust_leader"},
)
ROWS += page("engagement:briefing-detail", "other", args=lambda c: [c.other_school.urn], GET={200: "other_hub_manager"})
for name in ("engagement:newcomer-detail", "engagement:newcomer-dismiss"):
    ROWS += page(
        name,
        "Millbrook",
        args=lambda c: [c.newcomers["millbrook"].uuid],
        GET={200: "HUB_WRITERS ENTRUSTED", 403: "hub_viewer"},
        POST={200: "HUB_WRITERS ENTRUSTED", 403: "hub_viewer"},  # nothing was typed: the form says so
    )
    ROWS += page(name, "other", args=lambda c: [c.newcomers["other"].uuid], GET={200: "other_hub_manager"})
for name in ("engagement:watch-create", "engagement:watch-end"):
    ROWS += page(
        name,
        "Millbrook",
        args=lambda c: [c.millbrook.urn],
        GET={"else": 405},
        POST={302: "HUB ENTRUSTED", 403: "partner_staff SCHOOL trust_leader"},
    )
    ROWS += page(name, "other", args=lambda c: [c.other_school.urn], POST={302: "other_hub_manager"})
for name, key in (
    ("engagement:risk-escalate", "open"),
    ("engagement:risk-resolve", "millbrook"),
    ("engagement:risk-reopen", "resolved"),
):
    ROWS += page(
        name,
        "Millbrook",
        args=lambda c, key=key: [c.risks[key].uuid],
        GET={200: "HUB_WRITERS ENTRUSTED", 403: "hub_viewer"},
        POST={302: "HUB_WRITERS ENTRUSTED", 403: "hub_viewer"},
        data=why,
    )
    ROWS += page(name, "other", args=lambda c: [c.risks["other"].uuid], GET={200: "other_hub_manager"})
