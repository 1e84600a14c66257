"""Writing the one timeline of a hub and a school. Rooms above write what happened through here; pages only read it.

`source` names the record an entry stands for ("conversation:<part uuid>"): writing it again replaces the entry.
Never write private notes or a draft's words here: whoever may see the entry sees all of it.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime

from hubportal.accounts.models import User
from schools.models import Hub, School, TimelineEntry, Trust

# Of records of one kind, by what follows the colon in their entries' `source`: those whose page the person may open.
Opener = Callable[[User, Collection[str]], Collection[str]]
_openers: dict[str, Opener] = {}


def register_opener(kind: str, opener: Opener) -> None:
    """Say who may open the pages that entries of a kind ("attempt") lead to. A room calls this at start-up."""
    _openers[kind] = opener


def closed_to(user: User, entries: Iterable[TimelineEntry], only: Collection[str] | None = None) -> set[str]:
    """The sources of those entries whose page the person may not open: they are shown without a link. `only` are the
    kinds that are asked about, where the others are known to be open. What the opener of each kind costs."""
    keys: dict[str, set[str]] = {}
    for entry in entries:
        kind, _, key = entry.source.partition(":")
        if kind in _openers and (only is None or kind in only):
            keys.setdefault(kind, set()).add(key)
    return {f"{kind}:{key}" for kind, those in keys.items() for key in those.difference(_openers[kind](user, those))}


def write(
    *,
    hub: Hub,
    school: School,
    source: str,
    kind: str,
    audience: str,
    at: datetime,
    heading: str,
    detail: str = "",
    text: str = "",
    url: str = "",
    is_whole_day: bool = False,
    given_to: Trust | None = None,
    given_on: date | None = None,
) -> TimelineEntry:
    """Write, or write again, the entry of one record. `kind` and `audience` are values of `TimelineEntry.Kind` and
    `.Audience`; `at` is aware (midnight in England with `is_whole_day`); `url` is a path of this portal; `given_to`
    is a trust that may see it although it is from before the school joined, if the school had joined by `given_on`.
    Words that are too long for their column are cut with an ellipsis. One or two statements."""
    entry, _ = TimelineEntry.objects.update_or_create(
        hub=hub,
        school=school,
        source=source,
        defaults={
            "kind": TimelineEntry.Kind(kind),
            "audience": TimelineEntry.Audience(audience),
            "at": at,
            "heading": _within(heading, 200),
            "detail": _within(detail, 300),
            "text": text,
            "url": url,
            "is_whole_day": is_whole_day,
            "given_to": given_to,
            "given_on": given_on,
        },
    )
    return entry


def remove(*, hub: Hub, school: School, source: str) -> None:
    """Take the entry of one record away, if there is one. Three statements at the most."""
    TimelineEntry.objects.filter(hub=hub, school=school, source=source).delete()


def set_audience(*, hub: Hub, school: School, source: str, audience: str) -> None:
    """Widen or narrow who sees the entry of one record. One statement."""
    TimelineEntry.objects.filter(hub=hub, school=school, source=source).update(
        audience=TimelineEntry.Audience(audience)
    )


def _within(words: str, length: int) -> str:
    return words if len(words) <= length else f"{words[: length - 1]}…"
