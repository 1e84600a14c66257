"""Opening every address of the matrix as everybody: what was shown, given to templates, and written."""

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db import connection
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet

from tests.architecture.asking import SIGN_IN, Company, Row, Status, status_of
from tests.architecture.matrix import ROWS
from tests.cast import EVERYBODY, SIGNED_IN, WORDS, Cast

# The secret of a form. Of so many, one spells a short word of the cast now and then.
FORM_SECRET = re.compile(r"\b[A-Za-z0-9]{64}\b")
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.I)


@dataclass(frozen=True)
class Visit:
    """What one person met at one address: `shown` and `given` are the words of the cast in the answer's bytes and in
    the contexts of its templates; `written` the tables that were written to; `closed` the links and buttons in it that
    lead the same person nowhere, each with the status behind it."""

    role: str
    row: Row
    address: str
    status: Status
    kind: str
    body: str
    shown: frozenset[str]
    given: frozenset[str]
    written: frozenset[str]
    closed: frozenset[str] = frozenset()

    @property
    def is_page(self) -> bool:
        """Whether it is a whole HTML page."""
        return self.kind.startswith("text/html") and "<html" in self.body

    def __str__(self) -> str:
        return f"{self.row} as {self.role}"


class Ways(HTMLParser):
    """The ways on from a page: (method, address) of every link, form, button and piece fetched by a script."""

    def __init__(self, address: str, body: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.found: set[tuple[str, str]] = set()
        self.feed(body)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "a" and "href" in given:
            self._add("GET", given["href"])
        if tag == "form":
            self._add(given.get("method", "get").upper(), given.get("action", ""))
        if "formaction" in given:
            self._add("POST", given["formaction"])
        if "hx-get" in given:
            self._add("GET", given["hx-get"])

    def _add(self, method: str, target: str) -> None:
        parts = urlsplit(urljoin(self.address, target))
        if not parts.scheme and not parts.netloc and not parts.path.startswith(settings.STATIC_URL):
            self.found.add((method, parts._replace(fragment="").geturl()))


REFUSED = (403, 404, 405)


class Follower:
    """Goes every way that anybody was shown, once for each person, whatever the query; where the person's visits have
    been to that very address already, their status tells. Buttons are pressed with nothing typed: whoever may press is
    told what is missing."""

    def __init__(self, company: Company, visits: Iterable[Visit]) -> None:
        self.company = company
        self.met: dict[tuple[str, str, str], Status] = {
            (visit.role, "GET", visit.address): visit.status for visit in visits if "?" not in visit.address
        }

    def closed(self, visit: Visit) -> Iterator[str]:
        """The ways shown on a visit that end at no page of this person's."""
        if visit.status != 200:
            return
        for method, target in sorted(Ways(visit.address, visit.body).found):
            way = (visit.role, method, urlsplit(target).path)
            if way not in self.met:
                self.met[way] = status_of(self.company.ask(visit.role, method, target))
            status = self.met[way]
            if status in REFUSED and "?" in target:  # whose records it opens may hang on the query
                status = status_of(self.company.ask(visit.role, method, target))
            if status in REFUSED or (status == SIGN_IN and visit.role in SIGNED_IN):
                yield f"{method} {target}: {status}"


def walk_everywhere(cast: Cast) -> list[Visit]:
    """Some 8,000 visits, and every way on from what was met. The cast's rows stay as they were."""
    company = Company(cast)
    company.everybody_signs_in()  # signing in writes; opening a page is what is looked at
    rows = [(row, row.address(cast)) for row in ROWS if row.method == "GET"]
    visits = [_visit(company, role, row, address) for row, address in rows for role in EVERYBODY]
    follower = Follower(company, visits)
    return [replace(visit, closed=frozenset(follower.closed(visit))) for visit in visits]


def _visit(company: Company, role: str, row: Row, address: str) -> Visit:
    written: set[str] = set()

    def note(execute: Callable, sql: str, *more: Any) -> Any:
        if match := WRITES.match(sql):
            written.add(match[1])
        return execute(sql, *more)

    with connection.execute_wrapper(note):
        response = company.ask(role, "GET", address)
    body = response.body.decode("utf-8", "replace")
    kind = response.get("Content-Type", "")
    lower = FORM_SECRET.sub("", body).lower()
    return Visit(
        role=role,
        row=row,
        address=address,
        status=status_of(response),
        kind=kind,
        body=body if kind.startswith("text/html") else "",
        shown=frozenset(word for word in WORDS if word.lower() in lower),
        given=frozenset(_words_in(response.context)),
        written=frozenset(written),
    )


def _words_in(contexts: Any) -> set[str]:
    found: set[str] = set()
    seen: set[int] = set()
    for layer in contexts or ():
        for text in _texts(list(layer.dicts) if hasattr(layer, "dicts") else layer, seen):
            found |= {word for word in WORDS if word in text}
    return found


def _texts(value: Any, seen: set[int], depth: int = 0) -> Iterator[str]:
    """Every text that a template could read from a value without asking the database for more."""
    if isinstance(value, str):
        yield value
        return
    if value is None or isinstance(value, int | float | bytes | type) or id(value) in seen or depth > 12:
        return
    seen.add(id(value))
    for inner in _inside(value):
        yield from _texts(inner, seen, depth + 1)


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list | tuple | set | frozenset):
        yield from value
    elif isinstance(value, QuerySet):
        yield from value._result_cache or ()
    elif isinstance(value, Model):
        held = {name: inner for name, inner in value.__dict__.items() if name not in ("_state", "_access")}
        yield from held.values()
        yield from value._state.fields_cache.values()
    elif isinstance(value, BaseForm):
        yield from (value.data, value.initial, value.fields, getattr(value, "instance", None))
        for inner in value.fields.values():
            yield getattr(inner, "choices", None) and list(inner.choices)
    elif isinstance(value, BaseFormSet):
        yield from value.forms
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from (getattr(value, each.name, None) for each in dataclasses.fields(value))
    elif type(value).__module__.startswith(
        ("engagement", "schools", "smdp", "reports", "hubportal", "django_tables2", "django.core.pag")
    ):
        yield from getattr(value, "__dict__", {}).values()
