"""The school's half of a meeting: asked, answered by a link and signed in, read, entered for the school."""

from tests.architecture.matrix.table import page

WRITERS = "HUB_WRITERS ENTRUSTED"
# Who sees Millbrook, and does no officer's work for it.
READERS = "hub_viewer partner_staff SCHOOL trust_leader"


def answers(c, user):
    return {"c-singing": "We sing.", "who-name": "Ann Lee", "who-job_title": "Clerk", "draft_save": "1"}


def said(c, user):
    return {
        "wants": "A choir",
        "who-name": "Ann Lee",
        "who-job_title": "Head",
        "who-said_on_0": "1",
        "who-said_on_1": "9",
        "who-said_on_2": "2025",
    }


ROWS = [
    *page(
        "engagement:half-ask",
        "Millbrook",
        args=lambda c: [c.millbrook.urn],
        GET={200: WRITERS, 403: READERS},
        POST={200: WRITERS, 403: READERS},  # nobody is chosen: the form says so
    ),
    *page(
        "engagement:half-ask",
        "other",
        args=lambda c: [c.other_school.urn],
        GET={200: "other_hub_manager"},
        POST={200: "other_hub_manager"},
    ),
    *page(
        "engagement:half-detail",
        "Millbrook",
        args=lambda c: [c.halves["millbrook"].uuid],
        GET={200: "HUB ENTRUSTED", 302: "SCHOOL_WRITERS"},
        POST={"else": 405},
    ),
    *page(
        "engagement:half-detail",
        "other",
        args=lambda c: [c.halves["other"].uuid],
        GET={200: "other_hub_manager"},
        POST={"else": 405},
    ),
    *page(
        "engagement:half-read",
        "Millbrook",
        args=lambda c: [c.halves["millbrook"].uuid],
        GET={"else": 405},
        POST={302: WRITERS, 403: "hub_viewer SCHOOL_WRITERS"},
    ),
    *page("engagement:half-read", "other", args=lambda c: [c.halves["other"].uuid], POST={302: "other_hub_manager"}),
    *page(
        "engagement:half-remind",
        "Millbrook",
        args=lambda c: [c.halves["millbrook, open"].uuid],
        GET={200: WRITERS, 403: "hub_viewer SCHOOL_WRITERS"},
        POST={200: WRITERS, 403: "hub_viewer SCHOOL_WRITERS"},  # nobody is chosen: the form says so
    ),
    *page(
        "engagement:half-remind",
        "other",
        args=lambda c: [c.halves["other, open"].uuid],
        GET={200: "other_hub_manager"},
        POST={200: "other_hub_manager"},
    ),
    *page(
        "engagement:half-withdraw",
        "Millbrook",
        args=lambda c: [c.halves["millbrook, open"].uuid],
        GET={200: WRITERS, 403: "hub_viewer SCHOOL_WRITERS"},
        POST={302: WRITERS, 403: "hub_viewer SCHOOL_WRITERS"},
        data=lambda c, user: {"reason": "Sent to the wrong school"},
    ),
    *page(
        "engagement:half-withdraw",
        "other",
        args=lambda c: [c.halves["other, open"].uuid],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=lambda c, user: {"reason": "Sent to the wrong school"},
    ),
    *page(
        "engagement:half-enter",
        "Millbrook",
        args=lambda c: [c.halves["millbrook, open"].uuid],
        GET={200: WRITERS, 403: "hub_viewer SCHOOL_WRITERS"},
        POST={302: WRITERS, 403: "hub_viewer SCHOOL_WRITERS"},
        data=said,
    ),
    *page(
        "engagement:half-enter",
        "other",
        args=lambda c: [c.halves["other, open"].uuid],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=said,
    ),
    *page(
        "engagement:half-answer",
        "Millbrook",
        args=lambda c: [c.halves["millbrook, open"].uuid],
        GET={200: "SCHOOL_WRITERS", 403: "HUB ENTRUSTED"},
        POST={302: "SCHOOL_WRITERS", 403: "HUB ENTRUSTED"},
        data=answers,
    ),
    *page(
        "engagement:half-answer",
        "Millbrook, answered",
        args=lambda c: [c.halves["millbrook"].uuid],
        GET={200: "SCHOOL_WRITERS", 403: "HUB ENTRUSTED"},
    ),
    *page(
        "engagement:half-answer",
        "other",
        args=lambda c: [c.halves["other, open"].uuid],
        GET={403: "other_hub_manager"},
        POST={403: "other_hub_manager"},
        data=answers,
    ),
    *page(
        "engagement:half-draft",
        "Millbrook",
        args=lambda c: [c.halves["millbrook, open"].uuid],
        GET={"else": 405},
        POST={200: "SCHOOL_WRITERS", 403: "HUB ENTRUSTED"},
        data=answers,
    ),
    *page(
        "engagement:half-draft",
        "other",
        args=lambda c: [c.halves["other, open"].uuid],
        POST={403: "other_hub_manager"},
        data=answers,
    ),
    *page(
        "engagement:half-link-open",
        "a living link",
        args=lambda c: [c.tokens["half, millbrook"]],
        GET={200: "OUT", 302: "HUB ENTRUSTED SCHOOL_WRITERS", "else": 200},
        POST={302: "EVERYBODY"},
        data=answers,
    ),
    *page("engagement:half-link-open", "a token of nothing", args=lambda c: ["nothing"], GET={404: "EVERYBODY"}),
    *page(
        "engagement:half-link-draft",
        "a living link",
        args=lambda c: [c.tokens["half, millbrook"]],
        GET={302: "HUB ENTRUSTED SCHOOL_WRITERS", 405: "OUT", "else": 405},
        POST={200: "OUT", 302: "HUB ENTRUSTED SCHOOL_WRITERS", "else": 200},
        data=answers,
    ),
    *page("engagement:half-link-draft", "a token of nothing", args=lambda c: ["nothing"], POST={404: "EVERYBODY"}),
]
