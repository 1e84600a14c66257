"""Asking for an address as somebody of the cast, and the portal's own list of addresses."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hubportal.accounts.models import User
from tests.cast import EVERYBODY, LINK_HOLDER, SIGNED_OUT, Cast
from tests.factories import PASSWORD

SIGN_IN = "sign in"  # sent to the sign-in page
Status = int | str
Data = Callable[[Cast, User | None], dict[str, Any]]


def addresses(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(name, pattern) of every address of the URLconf; a pattern without a name is an empty name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name or ''}", pattern


@dataclass
class Row:
    """One address about one thing, one method, and the status of everybody who asks.

    `want` is {status: names}; whoever is not named gets `otherwise`. Whoever is signed out is sent to sign in, unless
    they are named.
    """

    name: str
    method: str
    want: dict[Status, str] = field(default_factory=dict)
    otherwise: Status = 404
    about: str = ""
    args: Callable[[Cast], list[Any]] = lambda cast: []
    query: Callable[[Cast], dict[str, Any]] = lambda cast: {}
    data: Data = lambda cast, user: {}

    def __str__(self) -> str:
        return f"{self.method} {self.name}{f' ({self.about})' if self.about else ''}"

    def address(self, cast: Cast) -> str:
        return reverse(self.name, args=self.args(cast), query=self.query(cast) or None)

    def status_of(self, role: str) -> Status:
        for status, names in self.want.items():
            if role in names.split():
                return status
        return SIGN_IN if role in (SIGNED_OUT, LINK_HOLDER) else self.otherwise


class Company:
    """Everybody of the cast with a browser of their own. What an address does is taken back after each request."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.sessions: dict[str, str] = {}

    def everybody_signs_in(self) -> None:
        """At once, so that no session goes when what a request did is taken back."""
        for role in EVERYBODY:
            self.session(role)

    def session(self, role: str) -> str:
        if role not in self.sessions:
            client = Client()
            if role == LINK_HOLDER:
                self._show_code(client)
            elif role != SIGNED_OUT:
                client.force_login(self.cast[role])
            cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
            self.sessions[role] = cookie.value if cookie else ""
        return self.sessions[role]

    def _show_code(self, client: Client) -> None:
        """Ask for a code for each link, and type in what came by email."""
        self._show_code_of(client, reverse("engagement:link-code", args=[self.cast.tokens["shared"]]))
        self._show_code_of(client, reverse("smdp:section-link-code", args=[self.cast.tokens["section"]]))

    def _show_code_of(self, client: Client, address: str) -> None:
        before = len(mail.outbox)
        client.post(address)
        digits = "".join(each for each in mail.outbox[before].body.replace(" ", "") if each.isdigit() or each == "\n")
        code = next(line for line in digits.split("\n") if len(line) == 6)
        assert client.post(address, {"code": code}).status_code == 302

    def client(self, role: str) -> Client:
        client = Client(raise_request_exception=True)
        if session := self.session(role):
            client.cookies[settings.SESSION_COOKIE_NAME] = session
        return client

    def ask(self, role: str, method: str, address: str, data: dict[str, Any] | None = None) -> HttpResponse:
        """The answer, its bytes in `body`; nothing stays of what was done."""
        client = self.client(role)
        cache.clear()  # the limits on tries are tested elsewhere
        with transaction.atomic():
            response = client.get(address) if method == "GET" else client.post(address, data or {})
            response.body = b"".join(response.streaming_content) if response.streaming else response.content
            transaction.set_rollback(True)
        return response

    def status(self, role: str, row: Row) -> Status:
        data = row.data(self.cast, self.cast.people.get(role)) if row.method == "POST" else None
        return status_of(self.ask(role, row.method, row.address(self.cast), data))


def status_of(response: HttpResponse) -> Status:
    if response.status_code == 302 and urlsplit(response["Location"]).path == reverse("account_login"):
        return SIGN_IN
    return response.status_code


def day(name: str) -> dict[str, str]:
    """Today in a date's three boxes."""
    from schools.access import today

    on = today()
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)}


def typed(user: User | None) -> dict[str, str]:
    """What the page of a draft sends when this person saves it."""
    return {"draft_revision": "0", "draft_person": str(user.pk if user else 0), "draft_writer": "tab", "how": "call"}


def everyone_at_millbrook(cast: Cast) -> dict[str, list[str]]:
    """A tick for each person at Millbrook who can be sent a report."""
    from engagement.addressees import addressees_at

    return {"recipients": [each.key for each in addressees_at(school=cast.millbrook, hub=cast.hub)]}


__all__ = ["PASSWORD", "SIGN_IN", "Company", "Row", "addresses", "day", "everyone_at_millbrook", "status_of", "typed"]
