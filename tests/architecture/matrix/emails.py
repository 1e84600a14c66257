"""Emails with what is due, and mailings."""

from engagement.digests.letter import token_of
from engagement.mailings.letter import token_of as mailing_token
from tests.architecture.matrix.table import page

STAFF = "HUB other_hub_manager"
DRAFT, SENT = "mailing, draft", "mailing, sent"


def _of(key: str):
    return lambda c: [c.mailings[key].uuid]


def _said(c, user):
    return {"which": "all", "whom": "all", "subject": "Hello", "text": "Dear {first name}"}


ROWS = [
    *page(
        "engagement:digest-wish-edit",
        GET={"else": 200},
        POST={"else": 302},
        data=lambda c, user: {"how": "daily"},
    ),
    *page(
        "engagement:digest-stop",
        "the officer's",
        args=lambda c: [token_of(c["hub_officer"])],
        GET={200: "EVERYBODY"},
        POST={200: "EVERYBODY"},
    ),
    *page(
        "engagement:digest-stop",
        "nobody's",
        args=lambda c: ["nobody"],
        GET={404: "EVERYBODY"},
        POST={404: "EVERYBODY"},
    ),
    *page("engagement:mailing-list", GET={200: STAFF, "else": 403}, POST={405: STAFF, "else": 403}),
    *page("engagement:mailing-stop-list", GET={200: STAFF, "else": 403}, POST={405: STAFF, "else": 403}),
    *page(
        "engagement:mailing-create",
        data=_said,
        GET={200: "HUB_WRITERS other_hub_manager", "else": 403},
        POST={302: "HUB_WRITERS other_hub_manager", "else": 403},
    ),
    *page("engagement:mailing-detail", DRAFT, args=_of("draft"), GET={200: "HUB_WRITERS"}, POST={405: "HUB_WRITERS"}),
    *page("engagement:mailing-detail", SENT, args=_of("sent"), GET={200: "HUB"}, POST={405: "HUB"}),
    *page(
        "engagement:mailing-detail",
        "of the other hub",
        args=_of("other"),
        GET={200: "other_hub_manager"},
        POST={405: "other_hub_manager"},
    ),
    *page(
        "engagement:mailing-edit",
        DRAFT,
        args=_of("draft"),
        data=_said,
        GET={200: "HUB_WRITERS"},
        POST={302: "HUB_WRITERS"},
    ),
    *page(
        "engagement:mailing-edit",
        SENT,
        args=_of("sent"),
        data=_said,
        GET={302: "HUB_WRITERS", 403: "hub_viewer"},
        POST={400: "HUB_WRITERS", 403: "hub_viewer"},
    ),
    *page(
        "engagement:mailing-unsubscribe",
        "a recipient's",
        args=lambda c: [mailing_token(c.mailings["sent"].recipients.get())],
        GET={200: "EVERYBODY"},
        POST={200: "EVERYBODY"},
    ),
    *page(
        "engagement:mailing-unsubscribe",
        "nobody's",
        args=lambda c: ["nobody"],
        GET={404: "EVERYBODY"},
        POST={404: "EVERYBODY"},
    ),
]
for name in ("test", "confirm", "halt", "discard"):
    ROWS += page(
        f"engagement:mailing-{name}", DRAFT, args=_of("draft"), GET={405: "HUB_WRITERS"}, POST={302: "HUB_WRITERS"}
    )
    ROWS += page(
        f"engagement:mailing-{name}",
        SENT,
        args=_of("sent"),
        GET={405: "HUB_WRITERS", 403: "hub_viewer"},
        POST={302: "HUB_WRITERS", 403: "hub_viewer"},
    )
