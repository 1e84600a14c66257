"""Views of lists that people save, and the log of the files they take. The kit knows no hub: a room keeps both, and
says so once at start-up by `keep_with`.

A view is opened by its address, which says all of it: "?view=<uuid>&phase=2&columns=name&columns=town". So every filter
can be taken off, every page and file of it is the same list, and what no longer exists is told and left out. An address
that says nothing opens one's own start, where one has set one; "?view=" opens the plain list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.core import signing
from django.http import HttpRequest, QueryDict

VIEW, COLUMNS, SORT, PAGE = "view", "columns", "sort", "page"
SALT = "hubportal.saved-view"


@dataclass(frozen=True)
class Described:
    """A list as it stands on the page: its filters by their names, its order, its columns where they are not the usual
    ones; and the words of each, by `filter` or `columns.name`, for when it no longer exists."""

    key: str
    query: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    columns: Sequence[str] = ()
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def signed(self) -> str:
        """For a form: nobody can put other words in."""
        return signing.dumps(
            [self.key, dict(self.query), self.sort, list(self.columns), dict(self.words)], salt=SALT, compress=True
        )

    @classmethod
    def from_signed(cls, text: str) -> "Described":
        """Raises `signing.BadSignature` for anything else than what `signed` gave."""
        return cls(*signing.loads(text, salt=SALT))

    @property
    def in_words(self) -> str:
        """Its filters: "Phase: Primary; Whose school: Priya Shah"; "" where there is none."""
        return "; ".join(words for name, words in self.words.items() if not name.startswith(f"{COLUMNS}."))

    def same_as(self, other: "Described") -> bool:
        mine, theirs = ((dict(each.query), each.sort.strip(), sorted(each.columns)) for each in (self, other))
        return mine == theirs

    def address(self, view: str = "") -> str:
        """Its query string, with "?"."""
        query = QueryDict(mutable=True)
        query[VIEW] = view
        query.update(self.query)
        query.setlist(COLUMNS, list(self.columns))
        if self.sort:
            query[SORT] = self.sort
        return f"?{query.urlencode()}"


class Keeper(Protocol):
    """The room that keeps views and the log."""

    def way(self, request: HttpRequest, key: str, uuid: str) -> str:
        """The query string of a view; of one's start where `uuid` is ""; "" where there is none."""

    def strip(self, request: HttpRequest, shown: Described) -> Any:
        """What the list's page shows of saved views (`kit/_saved_views.html`); None for who may save none."""

    def note_file(self, request: HttpRequest, *, key: str, name: str, words: str, query: str, rows: int) -> None:
        """A file was taken."""


_keepers: list[Keeper] = []


def keep_with(keeper: Keeper) -> None:
    _keepers[:] = [keeper]


def way_to_view(request: HttpRequest, key: str) -> str:
    """Where a list's address leads that says nothing, or no more than a view's name; "" to stay."""
    asked = request.GET.get(VIEW, "")
    if not (key and _keepers) or set(request.GET) - {VIEW} or (VIEW in request.GET and not asked):
        return ""
    found = _keepers[0].way(request, key, asked)
    return found or (f"?{VIEW}=" if asked else "")


def strip_of(request: HttpRequest, shown: Described) -> Any:
    return _keepers[0].strip(request, shown) if shown.key and _keepers else None


def note_file(request: HttpRequest, *, key: str = "", name: str, words: str = "", query: str = "", rows: int) -> None:
    """Log that a person took a file of so many rows (its header is none). Call it wherever a list leaves as a file."""
    if _keepers:
        _keepers[0].note_file(request, key=key, name=name, words=words, query=query, rows=rows)


@dataclass(frozen=True)
class ColumnChoice:
    """Which of a table's columns are shown: those asked for, else the usual ones. The first column, and those that
    stand only on the page, are always there."""

    offered: Mapping[str, str]  # all that one may choose, by name, with their headings
    usual: Sequence[str]
    asked: Sequence[str]

    @classmethod
    def of(cls, table: Any, asked: Sequence[str]) -> "ColumnChoice":
        columns = list(table.columns.iterall())
        fixed = {columns[0].name, *table.screen_only} if columns else set()
        if "name" in table.base_columns:  # a number may stand before the name
            fixed |= {"name"}
        offered = {each.name: str(each.header) for each in columns if each.name not in fixed}
        hidden = {*table.export_only}
        if columns and columns[0].name in hidden:
            offered = {columns[0].name: str(columns[0].header), **offered}
        return cls(offered, [name for name in offered if name not in hidden], list(asked))

    @property
    def chosen(self) -> list[str]:
        """Those asked for, in the table's order; none where they are the usual ones."""
        found = [name for name in self.offered if name in self.asked]
        return [] if found == list(self.usual) else found

    @property
    def hidden(self) -> list[str]:
        """What the page leaves out."""
        shown = self.chosen or self.usual
        return [name for name in self.offered if name not in shown]

    @property
    def unknown(self) -> list[str]:
        return [name for name in self.asked if name not in self.offered]

    @property
    def boxes(self) -> list[dict[str, Any]]:
        """For the page: each with whether it is ticked."""
        hidden = self.hidden
        return [{"name": name, "label": label, "on": name not in hidden} for name, label in self.offered.items()]


def describe(request: HttpRequest, key: str, filters: Any, columns: ColumnChoice) -> Described:
    """The list as it stands: only what it takes; what it refuses is in `left_out`."""
    chosen = {each.name: each for each in filters.chosen}
    words = {name: f"{each.label}: {each.words}" for name, each in chosen.items()}
    words |= {f"{COLUMNS}.{name}": f"The column “{columns.offered[name]}”" for name in columns.chosen}
    query = {name: request.GET.get(name, "") for name in chosen}
    return Described(key, query, request.GET.get(SORT, ""), columns.chosen, words)


def left_out(request: HttpRequest, filters: Any, columns: ColumnChoice, words: Mapping[str, str]) -> list[str]:
    """What a view asks for and the list does not know any more, in the words it was saved with."""
    known = {*filters.form.fields, VIEW, COLUMNS, SORT, PAGE}
    names = [name for name in request.GET if name not in known or name in filters.form.errors]
    found = [words.get(name) or f"{name}: {request.GET[name]}" for name in names]
    return found + [words.get(f"{COLUMNS}.{name}") or f"The column “{name}”" for name in columns.unknown]


def columns_asked(request: HttpRequest) -> list[str]:
    return request.GET.getlist(COLUMNS)
