"""Development plans: the list, one, writing in it, and what was frozen of it."""

from typing import Any

from hubportal.accounts.models import User
from hubportal.kit.wording import academic_year
from schools.access import today
from tests.architecture.matrix.table import page
from tests.cast import Cast

READERS = "HUB ENTRUSTED SCHOOL_WRITERS trust_leader"
TALKING = "SCHOOL_WRITERS HUB_WRITERS ENTRUSTED trust_leader"  # who comment on what they read
OTHERS = "HUB ENTRUSTED school_viewer trust_leader"  # who see the plan, and do not write in it
NOT_LEADERS = f"{OTHERS} school_editor acknowledging_editor"
LISTED = "HUB ENTRUSTED former_partner_officer SCHOOL trust_leader other_hub_manager other_school_leader"


def adopted_today(cast: Cast, user: User | None) -> dict[str, Any]:
    boxes = enumerate((today().day, today().month, today().year))
    return {"approved": "on", **{f"presented_on_{at}": value for at, value in boxes}}


ROWS = [
    *page("smdp:plan-list", GET={200: LISTED, "else": 403}, POST={405: LISTED, "else": 403}),
    *page(
        "smdp:plan-export",
        args=lambda c: ["csv"],
        GET={200: LISTED, "else": 403},
        POST={405: LISTED, "else": 403},
    ),
    *page(
        "smdp:plan-begin",
        args=lambda c: [c.millbrook.urn],
        GET={200: "SCHOOL_WRITERS", 403: f"{OTHERS} partner_staff"},
        POST={302: "SCHOOL_WRITERS", 403: f"{OTHERS} partner_staff"},
        data=lambda c, user: {"year": academic_year(today()) + 1, "years": 1, "carry": "yes"},
    ),
    *page(
        "smdp:plan-detail",
        args=lambda c: [c.plans["millbrook"].uuid],
        GET={200: f"{READERS} school_viewer"},
        POST={"else": 405},
    ),
    *page(
        "smdp:plan-detail",
        "other",
        args=lambda c: [c.plans["other"].uuid],
        GET={200: "other_hub_manager"},
        POST={"else": 405},
    ),
    *page(
        "smdp:plan-print",
        args=lambda c: [c.plans["millbrook"].uuid],
        GET={200: f"{READERS} school_viewer"},
        POST={"else": 405},
    ),
    *page(
        "smdp:plan-print",
        "other",
        args=lambda c: [c.plans["other"].uuid],
        GET={200: "other_hub_manager"},
        POST={"else": 405},
    ),
    *page(
        "smdp:plan-blank",
        args=lambda c: [c.millbrook.urn],
        GET={200: f"{READERS} school_viewer", 403: "partner_staff"},
        POST={"else": 405},
    ),
    *page(
        "smdp:plan-share",
        args=lambda c: [c.plans["millbrook"].uuid],
        GET={200: "school_leader", 403: NOT_LEADERS},
        POST={302: "school_leader", 403: NOT_LEADERS},
    ),
    *page(
        "smdp:plan-share",
        "other",
        args=lambda c: [c.plans["other"].uuid],
        GET={403: "other_hub_manager"},
        POST={403: "other_hub_manager"},
    ),
    *page(
        "smdp:plan-adopt",
        args=lambda c: [c.plans["millbrook"].uuid],
        GET={200: "school_leader", 403: NOT_LEADERS},
        POST={302: "school_leader", 403: NOT_LEADERS},
        data=adopted_today,
    ),
    *page(
        "smdp:section-edit",
        args=lambda c: [c.plans["millbrook"].uuid, "vision"],
        GET={200: "SCHOOL_WRITERS", 403: OTHERS},
        POST={302: "SCHOOL_WRITERS", 403: OTHERS},
    ),
    *page(
        "smdp:section-edit",
        "not there",
        args=lambda c: [c.plans["millbrook"].uuid, "poetry"],
        GET={},
        POST={},
    ),
    *page(
        "smdp:section-edit",
        "other",
        args=lambda c: [c.plans["other"].uuid, "vision"],
        GET={403: "other_hub_manager"},
        POST={403: "other_hub_manager"},
    ),
    *page(
        "smdp:section-draft",
        args=lambda c: [c.plans["millbrook"].uuid, "vision"],
        GET={"else": 405},
        POST={200: "SCHOOL_WRITERS", 403: OTHERS},
    ),
    *page(
        "smdp:section-history",
        args=lambda c: [c.plans["millbrook"].uuid, "vision"],
        query=lambda c: {"state": 1},
        GET={200: "SCHOOL_WRITERS", 403: OTHERS},
        POST={"else": 405},
    ),
    *page(
        "smdp:section-restore",
        args=lambda c: [c.plans["millbrook"].uuid, "vision"],
        GET={"else": 405},
        POST={302: "SCHOOL_WRITERS", 403: OTHERS},
        data=lambda c, user: {"state": "1"},
    ),
    *page(
        "smdp:section-edit",
        "opened",
        args=lambda c: [c.plans["millbrook"].uuid, "inclusion"],
        GET={200: "SCHOOL_WRITERS HUB_WRITERS ENTRUSTED", 403: "hub_viewer school_viewer trust_leader"},
        POST={302: "SCHOOL_WRITERS HUB_WRITERS ENTRUSTED", 403: "hub_viewer school_viewer trust_leader"},
    ),
    *page(
        "smdp:section-draft",
        "opened",
        args=lambda c: [c.plans["millbrook"].uuid, "inclusion"],
        GET={"else": 405},
        POST={200: "SCHOOL_WRITERS HUB_WRITERS ENTRUSTED", 403: "hub_viewer school_viewer trust_leader"},
    ),
    *page(
        "smdp:section-history",
        "opened",
        args=lambda c: [c.plans["millbrook"].uuid, "inclusion"],
        GET={200: "SCHOOL_WRITERS", 403: OTHERS},
        POST={"else": 405},
    ),
    *page(
        "smdp:comment-list",
        args=lambda c: [c.plans["millbrook"].uuid, "vision"],
        GET={200: TALKING, 403: "hub_viewer school_viewer"},
        POST={302: TALKING, 403: "hub_viewer school_viewer"},
        data=lambda c, user: {"text": "Say more of the choir"},
    ),
    *page(
        "smdp:comment-list",
        "other",
        args=lambda c: [c.plans["other"].uuid, "vision"],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=lambda c, user: {"text": "Say more of the choir"},
    ),
    *page(
        "smdp:comment-mark",
        args=lambda c: [c.plans["millbrook"].uuid, "vision", c.plan_comments["millbrook"].uuid],
        GET={"else": 405},
        POST={302: "SCHOOL_WRITERS", 403: "hub_viewer school_viewer", 404: "HUB_WRITERS ENTRUSTED trust_leader"},
        data=lambda c, user: {"resolve": "1"},
    ),
    *page(
        "smdp:comment-mark",
        "another plan's",
        args=lambda c: [c.plans["millbrook"].uuid, "vision", c.plan_comments["other"].uuid],
        GET={"else": 405},
        POST={403: "hub_viewer school_viewer"},
        data=lambda c, user: {"resolve": "1"},
    ),
    *page(
        "smdp:guest-list",
        args=lambda c: [c.plans["millbrook"].uuid, "inclusion"],
        GET={200: "school_leader", 403: NOT_LEADERS},
        POST={302: "school_leader", 403: NOT_LEADERS},
        data=lambda c, user: {"side": "hub"},
    ),
    *page(
        "smdp:guest-end",
        args=lambda c: [c.plans["millbrook"].uuid, "inclusion", c.guest.uuid],
        GET={"else": 405},
        POST={302: "school_leader", 403: NOT_LEADERS},
    ),
    *page(
        "smdp:plan-together",
        args=lambda c: [c.plans["millbrook"].uuid],
        GET={200: "school_leader", 403: NOT_LEADERS},
        POST={400: "school_leader", 403: NOT_LEADERS},
        data=lambda c, user: {"urn": "1"},
    ),
    *page(
        "smdp:plan-apart",
        args=lambda c: [c.plans["millbrook"].uuid],
        GET={"else": 405},
        POST={302: "school_leader", 403: NOT_LEADERS},
    ),
    *page(
        "smdp:joint-withdraw",
        args=lambda c: [c.joint_offers["millbrook"].uuid],
        GET={"else": 405},
        POST={302: "school_leader", 403: "school_editor acknowledging_editor other_school_leader"},
    ),
    *page(
        "smdp:joint-answer",
        args=lambda c: [c.joint_offers["millbrook"].uuid],
        GET={"else": 405},
        POST={302: "other_school_leader", 403: "SCHOOL_WRITERS"},
        data=lambda c, user: {"decline": "1"},
    ),
    *page("smdp:hub-question-list", GET={200: "HUB other_hub_manager", "else": 403}, POST={405: "SIGNED_IN"}),
    *page(
        "smdp:hub-question-create",
        GET={200: "hub_manager other_hub_manager", "else": 403},
        POST={302: "hub_manager other_hub_manager", "else": 403},
        data=lambda c, user: {"label": "Who sings with us?", "kind": "choice"},
    ),
    *page(
        "smdp:hub-question-edit",
        args=lambda c: [c.hub_questions["millbrook"].uuid],
        GET={200: "hub_manager", 403: "hub_officer hub_viewer"},
        POST={302: "hub_manager", 403: "hub_officer hub_viewer"},
        data=lambda c, user: {"label": "Who sings with us?", "kind": "text"},
    ),
    *page(
        "smdp:hub-question-retire",
        args=lambda c: [c.hub_questions["millbrook"].uuid],
        GET={"else": 405},
        POST={302: "hub_manager", 403: "hub_officer hub_viewer"},
    ),
    *page(
        "smdp:hub-question-answers",
        args=lambda c: [c.hub_questions["millbrook"].uuid],
        GET={200: "HUB"},
        POST={"else": 405},
    ),
    *page(
        "smdp:section-ask",
        args=lambda c: [c.plans["millbrook"].uuid, "inclusion"],
        GET={200: "school_leader", 403: NOT_LEADERS},
        POST={302: "school_leader", 403: NOT_LEADERS},
        data=lambda c, user: {"name": "Ann Archer", "email": "ann@millbrook.example"},
    ),
    *page(
        "smdp:section-answer",
        args=lambda c: [c.section_answer.uuid],
        GET={200: "SCHOOL_WRITERS"},
        POST={302: "SCHOOL_WRITERS"},
    ),
    *page(
        "smdp:section-answer-end",
        args=lambda c: [c.section_answer.uuid],
        GET={"else": 405},
        POST={302: "school_leader", 403: "school_editor acknowledging_editor"},
    ),
    *page(
        "smdp:section-link-open",
        "a living link",
        args=lambda c: [c.tokens["section"]],
        GET={200: "signed_out", 302: "SCHOOL_WRITERS link_holder", "else": 200},
        POST={302: "SCHOOL_WRITERS", 405: "OUT", "else": 405},
    ),
    *page("smdp:section-link-open", "a token of nothing", args=lambda c: ["nothing"], GET={404: "EVERYBODY"}),
    *page(
        "smdp:section-link-code",
        "a living link",
        args=lambda c: [c.tokens["section"]],
        GET={200: "OUT", 302: "SCHOOL_WRITERS", "else": 200},
        POST={302: "EVERYBODY"},
    ),
    *page("smdp:section-link-code", "a token of nothing", args=lambda c: ["nothing"], GET={404: "EVERYBODY"}),
    *page(
        "smdp:section-link-write",
        "a living link",
        args=lambda c: [c.tokens["section"]],
        GET={200: "link_holder", 302: "signed_out", "else": 302},
        POST={302: "EVERYBODY"},
        data=lambda c, user: {"staff": "Class teachers", "draft_save": "1"},
    ),
    *page("smdp:section-link-write", "a token of nothing", args=lambda c: ["nothing"], GET={404: "EVERYBODY"}),
    *page(
        "smdp:section-link-draft",
        "a living link",
        args=lambda c: [c.tokens["section"]],
        GET={405: "link_holder", 302: "signed_out", "else": 302},
        POST={200: "link_holder", 302: "signed_out", "else": 302},
        data=lambda c, user: {"staff": "Class teachers"},
    ),
    *page("smdp:section-link-draft", "a token of nothing", args=lambda c: ["nothing"], GET={404: "EVERYBODY"}),
    *page(
        "smdp:version-detail",
        "shared",
        args=lambda c: [c.plans["millbrook"].uuid, 1],
        GET={200: READERS},
        POST={"else": 405},
    ),
    *page(
        "smdp:version-detail",
        "adopted",
        args=lambda c: [c.plans["millbrook"].uuid, 2],
        GET={200: f"{READERS} school_viewer"},
        POST={"else": 405},
    ),
    *page(
        "smdp:version-detail",
        "other",
        args=lambda c: [c.plans["other"].uuid, 1],
        GET={200: "other_hub_manager"},
        POST={"else": 405},
    ),
    *page(
        "smdp:version-compare",
        args=lambda c: [c.plans["millbrook"].uuid],
        GET={200: READERS},
        POST={"else": 405},
    ),
]
