"""Meetings and the diary: for the hub, the partner entrusted, the school; the public page, and the secret feed."""

from datetime import timedelta

from schools.access import today
from tests.architecture.matrix.table import page

WRITERS = "HUB_WRITERS ENTRUSTED"
LISTERS = "HUB ENTRUSTED former_partner_officer other_hub_manager"
DIARIES = "HUB_WRITERS ENTRUSTED former_partner_officer other_hub_manager"
# Who sees Millbrook, and does no officer's work for it.
READERS = "hub_viewer partner_staff SCHOOL trust_leader"


def terms(c, user):
    day = today() + timedelta(days=20)
    return {
        "date_0": str(day.day),
        "date_1": str(day.month),
        "date_2": str(day.year),
        "time": "14:30",
        "minutes": "60",
        "how": "visit",
        "officer": str(user.pk) if user else "",
        "other_name": "Sam",
        "reason": "The hall is taken",
        "seen": "1",
    }


def reason(c, user):
    return {"reason": "An inspection"}


def key(about: str):
    return lambda c: [c.meetings[about].uuid]


ROWS = [
    *page("engagement:diary", GET={200: LISTERS, "else": 403}, POST={405: LISTERS, "else": 403}),
    *page("engagement:diary-calendar", GET={200: DIARIES, "else": 403}, POST={200: DIARIES, "else": 403}),
    *page("engagement:diary-feed", "a living one", args=lambda c: [c.tokens["diary"]], GET={200: "EVERYBODY"}),
    *page(
        "engagement:diary-feed",
        "of nobody",
        args=lambda c: ["nothing"],
        GET={404: "EVERYBODY"},
        POST={405: "EVERYBODY"},
    ),
    *page(
        "engagement:meeting-public",
        args=lambda c: [c.hub.slug],
        GET={200: "EVERYBODY"},
        POST={200: "EVERYBODY"},  # nothing is filled in: the form says so
    ),
    *page("engagement:meeting-public", "of no hub", args=lambda c: ["nowhere"], GET={404: "EVERYBODY"}),
    *page(
        "engagement:meeting-public-sent",
        args=lambda c: [c.hub.slug],
        GET={200: "EVERYBODY"},
        POST={405: "EVERYBODY"},
    ),
    *page(
        "engagement:meeting-create",
        "Millbrook",
        args=lambda c: [c.millbrook.urn],
        GET={200: WRITERS, 403: READERS},
        POST={302: WRITERS, 403: READERS},
        data=terms,
    ),
    *page(
        "engagement:meeting-create",
        "other",
        args=lambda c: [c.other_school.urn],
        GET={200: "other_hub_manager"},
        POST={302: "other_hub_manager"},
        data=terms,
    ),
    *page(
        "engagement:meeting-detail",
        "Millbrook",
        args=key("millbrook"),
        GET={200: "HUB ENTRUSTED SCHOOL_WRITERS"},
        POST={"else": 405},
    ),
    *page("engagement:meeting-detail", "other", args=key("other"), GET={200: "other_hub_manager"}),
    *page(
        "engagement:meeting-detail",
        "Millbrook, asked",
        args=key("millbrook, asked"),
        GET={200: "HUB ENTRUSTED SCHOOL_WRITERS"},
    ),
]
for name, about, data, status in (
    ("accept", ", asked", terms, 302),
    ("decline", ", asked", reason, 302),
    ("school", ", asked", reason, 200),  # no school is chosen: the form says so
    ("move", "", terms, 302),
):
    ROWS += page(
        f"engagement:meeting-{name}",
        "Millbrook",
        args=key(f"millbrook{about}"),
        GET={200: WRITERS, 403: "hub_viewer SCHOOL_WRITERS"},
        POST={status: WRITERS, 403: "hub_viewer SCHOOL_WRITERS"},
        data=data,
    )
    ROWS += page(
        f"engagement:meeting-{name}",
        "other",
        args=key(f"other{about}"),
        GET={200: "other_hub_manager"},
        POST={status: "other_hub_manager"},
        data=data,
    )
ROWS += page(
    "engagement:meeting-cancel",
    "Millbrook",
    args=key("millbrook"),
    GET={200: f"{WRITERS} SCHOOL_WRITERS", 403: "hub_viewer"},
    POST={302: f"{WRITERS} SCHOOL_WRITERS", 403: "hub_viewer"},
    data=reason,
)
ROWS += page(
    "engagement:meeting-cancel",
    "other",
    args=key("other"),
    GET={200: "other_hub_manager"},
    POST={302: "other_hub_manager"},
    data=reason,
)
ROWS += page(
    "engagement:meeting-write-up",
    "Millbrook",
    args=key("millbrook"),
    GET={"else": 405},
    POST={302: WRITERS, 403: "hub_viewer SCHOOL_WRITERS"},
)
ROWS += page("engagement:meeting-write-up", "other", args=key("other"), POST={302: "other_hub_manager"})
