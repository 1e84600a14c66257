"""Consultations: a hub's own, the links by which schools answer, their file, and what everybody reads of them."""

from datetime import timedelta

from schools.access import today
from tests.architecture.matrix.table import page

STAFF = "HUB other_hub_manager"
MANAGERS = "hub_manager other_hub_manager"
READERS = "hub_officer hub_viewer"


def of(key: str):
    return lambda c: [c.consultations[key].uuid]


def written(c, user):
    day = today() + timedelta(days=20)
    return {
        "title": "Needs",
        "introduction": "We plan.",
        "which": "all",
        "whom": "all",
        "closes_on_0": str(day.day),
        "closes_on_1": str(day.month),
        "closes_on_2": str(day.year),
        "question-TOTAL_FORMS": "1",
        "question-INITIAL_FORMS": "0",
        "question-0-ask": "What would help?",
        "question-0-kind": "text",
    }


def another_day(c, user):
    day = today() + timedelta(days=30)
    return {"closes_on_0": str(day.day), "closes_on_1": str(day.month), "closes_on_2": str(day.year)}


def pairs(c, user):
    return {
        "pair-TOTAL_FORMS": "1",
        "pair-INITIAL_FORMS": "0",
        "pair-0-said": "Coaches",
        "pair-0-did": "Half of them",
    }


def answers(c, user):
    return {"q1": "A choir", "name": "Ann Lee", "job_title": "Clerk"}


ROWS = [
    *page("engagement:consultation-list", GET={200: STAFF, "else": 403}, POST={405: STAFF, "else": 403}),
    *page(
        "engagement:consultation-create",
        data=written,
        GET={200: MANAGERS, "else": 403},
        POST={302: MANAGERS, "else": 403},
    ),
    *page(
        "engagement:consultation-link-open",
        "a living link",
        args=lambda c: [c.tokens["consultation, open"]],
        GET={302: "HUB ENTRUSTED SCHOOL_WRITERS", "else": 200, 200: "OUT"},
        POST={302: "EVERYBODY"},
        data=answers,
    ),
    *page(
        "engagement:consultation-link-draft",
        "a living link",
        args=lambda c: [c.tokens["consultation, open"]],
        GET={302: "HUB ENTRUSTED SCHOOL_WRITERS", 405: "OUT", "else": 405},
        POST={200: "OUT", 302: "HUB ENTRUSTED SCHOOL_WRITERS", "else": 200},
        data=answers,
    ),
    *page("engagement:consultation-link-draft", "of nothing", args=lambda c: ["nothing"], POST={404: "EVERYBODY"}),
    *page("engagement:consultation-link-open", "of nothing", args=lambda c: ["nothing"], GET={404: "EVERYBODY"}),
    *page(
        "engagement:consultation-outcome-list",
        args=lambda c: [c.hub.slug],
        GET={200: "EVERYBODY"},
        POST={405: "EVERYBODY"},
    ),
    *page(
        "engagement:consultation-outcome",
        "published",
        args=lambda c: [c.hub.slug, c.consultations["sent"].uuid],
        GET={200: "EVERYBODY"},
        POST={405: "EVERYBODY"},
    ),
    *page(
        "engagement:consultation-outcome",
        "not published",
        args=lambda c: [c.hub.slug, c.consultations["open"].uuid],
        GET={404: "EVERYBODY"},
    ),
    *page(
        "engagement:consultation-outcome",
        "of the other hub",
        args=lambda c: [c.hub.slug, c.consultations["other"].uuid],
        GET={404: "EVERYBODY"},
    ),
    *page(
        "engagement:consultation-answer",
        "Millbrook",
        args=lambda c: [c.consultations["sent"].schools.get().uuid],
        GET={200: "HUB ENTRUSTED SCHOOL_WRITERS"},
        POST={"else": 405},
    ),
    *page(
        "engagement:consultation-answer",
        "other",
        args=lambda c: [c.consultations["other"].schools.get().uuid],
        GET={200: "other_hub_manager"},
    ),
    *page(
        "engagement:consultation-answer-edit",
        "Millbrook",
        args=lambda c: [c.consultations["open"].schools.get().uuid],
        GET={200: "SCHOOL_WRITERS", 403: "HUB ENTRUSTED"},
        POST={302: "SCHOOL_WRITERS", 403: "HUB ENTRUSTED"},
        data=answers,
    ),
    *page(
        "engagement:consultation-answer-edit",
        "closed",
        args=lambda c: [c.consultations["sent"].schools.get().uuid],
        GET={302: "SCHOOL_WRITERS", 403: "HUB ENTRUSTED"},
    ),
    *page(
        "engagement:consultation-answer-draft",
        "Millbrook",
        args=lambda c: [c.consultations["open"].schools.get().uuid],
        GET={"else": 405},
        POST={200: "SCHOOL_WRITERS", 403: "HUB ENTRUSTED"},
        data=answers,
    ),
    *page(
        "engagement:consultation-answer-draft",
        "other",
        args=lambda c: [c.consultations["other"].schools.get().uuid],
        POST={403: "other_hub_manager"},
        data=answers,
    ),
]
for key, whose, others in (("sent", "hub_manager", READERS), ("other", "other_hub_manager", "")):
    ROWS += page(
        "engagement:consultation-detail",
        key,
        args=of(key),
        GET={200: f"{whose} {others}"},
        POST={405: f"{whose} {others}"},
    )
    ROWS += page(
        "engagement:consultation-schools",
        key,
        args=of(key),
        GET={200: f"{whose} {others}"},
        POST={405: f"{whose} {others}"},
    )
    ROWS += page(
        "engagement:consultation-export",
        key,
        args=lambda c, key=key: [c.consultations[key].uuid, "csv"],
        GET={200: f"{whose} {others}"},
        POST={405: f"{whose} {others}"},
    )
    ROWS += page(
        "engagement:consultation-outcome-edit",
        key,
        args=of(key),
        data=pairs,
        GET={200: whose, 403: others},
        POST={302: whose, 403: others},
    )
    ROWS += page(
        "engagement:consultation-outcome-take-down",
        key,
        args=of(key),
        GET={405: whose, 403: others},
        POST={302: whose, 403: others},
    )
ROWS += page("engagement:consultation-detail", "draft", args=of("draft"), GET={200: "hub_manager"})
ROWS += page(
    "engagement:consultation-edit",
    "draft",
    args=of("draft"),
    data=written,
    GET={200: "hub_manager"},
    POST={302: "hub_manager"},
)
ROWS += page(
    "engagement:consultation-edit",
    "sent",
    args=of("sent"),
    data=written,
    GET={302: "hub_manager", 403: READERS},
    POST={400: "hub_manager", 403: READERS},
)
for key, whose, others in (("open", "hub_manager", READERS), ("other", "other_hub_manager", "")):
    ROWS += page(
        "engagement:consultation-closing-day",
        key,
        args=of(key),
        data=another_day,
        GET={200 if key == "open" else 302: whose, 403: others},
        POST={302 if key == "open" else 400: whose, 403: others},
    )
for name, key in (("test", "draft"), ("send", "draft"), ("discard", "draft"), ("remind", "open"), ("close", "open")):
    readers = {} if key == "draft" else {403: READERS}
    ROWS += page(
        f"engagement:consultation-{name}",
        key,
        args=of(key),
        GET={405: "hub_manager", **readers},
        POST={302: "hub_manager", **readers},
    )
    ROWS += page(
        f"engagement:consultation-{name}", "of the other hub", args=of("other"), POST={302: "other_hub_manager"}
    )
