"""A plan moves to newer questions; its priorities are started from conversations, and counted over all plans."""

from tests.architecture.matrix.table import page

NOT_WRITERS = "HUB ENTRUSTED school_viewer trust_leader"
NEEDING = "HUB ENTRUSTED former_partner_officer other_hub_manager"
REMINDING_MILLBROOK = "HUB_WRITERS ENTRUSTED"
REMINDING = f"{REMINDING_MILLBROOK} former_partner_officer other_hub_manager"
NOT_LEADERS = "HUB ENTRUSTED school_viewer trust_leader school_editor acknowledging_editor"

ROWS = [
    *page(
        "smdp:plan-move",
        args=lambda c: [c.plans["millbrook"].uuid],
        GET={200: "school_leader", 403: NOT_LEADERS},
        POST={400: "school_leader", 403: NOT_LEADERS},  # it answers the newest questions already
    ),
    *page(
        "smdp:plan-move",
        "other",
        args=lambda c: [c.plans["other"].uuid],
        GET={403: "other_hub_manager"},
        POST={403: "other_hub_manager"},
    ),
    *page(
        "smdp:priority-start",
        args=lambda c: [c.plans["millbrook"].uuid],
        GET={"else": 405},
        POST={302: "SCHOOL_WRITERS", 403: NOT_WRITERS},
        data=lambda c, user: {"origin": f"judgement:{c.part('shared').uuid}:singing"},
    ),
    *page("smdp:priority-needs", GET={200: NEEDING, "else": 403}, POST={"else": 405}),
    *page(
        "smdp:priority-needs-export",
        args=lambda c: ["csv"],
        GET={200: NEEDING, "else": 403},
        POST={"else": 405},
    ),
    *page(
        "smdp:plan-remind",
        GET={200: REMINDING, "else": 403},
        POST={200: REMINDING_MILLBROOK, 400: "former_partner_officer other_hub_manager", "else": 403},
        data=lambda c, user: {"about": "plan", "schools": [c.millbrook.urn]},
    ),
    *page(
        "smdp:plan-reminders",
        args=lambda c: [c.batches["millbrook"]],
        GET={200: REMINDING_MILLBROOK, 404: "former_partner_officer other_hub_manager", "else": 403},
        POST={"else": 405},
    ),
    *page(
        "smdp:plan-reminders",
        "other",
        args=lambda c: [c.batches["other"]],
        GET={200: "other_hub_manager", 404: f"{REMINDING_MILLBROOK} former_partner_officer", "else": 403},
        POST={"else": 405},
    ),
]
