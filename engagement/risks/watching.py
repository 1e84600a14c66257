"""What changed at the schools that a person watches, since they last marked it as seen."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from engagement.models import Watch
from hubportal.accounts.models import User
from hubportal.kit.wording import count
from schools.models import TimelineEntry

SHOWN = 3  # entries of a school
KEPT = timedelta(days=120)  # what is older is no news, seen or not


@dataclass
class News:
    """One school on the list, how many entries its timeline gained, and the newest of them."""

    watch: Watch
    number: int = 0
    newest: list[TimelineEntry] = field(default_factory=list)

    @property
    def words(self) -> str:
        return f"{self.number} new"

    @property
    def more(self) -> int:
        return self.number - len(self.newest)


def news_of(user: User) -> list[News]:
    """Every school that the person watches: those with news first, then by name. Two queries."""
    watches = Watch.objects.visible_to(user).select_related("school")
    found = {(each.hub_id, each.school_id): News(each) for each in watches}
    for entry in _entries(user, [each.watch for each in found.values()]):
        news = found[entry.hub_id, entry.school_id]
        news.number += 1
        if len(news.newest) < SHOWN:
            news.newest.append(entry)
    return sorted(found.values(), key=lambda each: (not each.number, each.watch.school.name_key))


def _entries(user: User, watches: Iterable[Watch]) -> list[TimelineEntry]:
    """What was written down about each school since, the newest first. One query, none without a school."""
    rules = Q()
    oldest = timezone.now() - KEPT
    for each in watches:
        rules |= Q(hub=each.hub_id, school=each.school_id, written_at__gt=max(each.seen_at, oldest))
    return list(TimelineEntry.objects.visible_to(user).filter(rules).order_by("-at", "-pk")) if rules else []


@dataclass(frozen=True)
class Summary:
    """The watchlist on another page: what it finds, and the first few schools with news. `number` is of all."""

    number: int
    finding: str
    rows: list[News]


def summary_of(user: User) -> Summary:
    """Two queries."""
    rows = news_of(user)
    changed = [each for each in rows if each.number]
    return Summary(len(rows), finding(len(rows), len(changed)), changed[:SHOWN])


def finding(number: int, changed: int) -> str:
    """ "3 of the 12 schools you watch changed"."""
    if not number:
        return "You watch no school yet"
    if not changed:
        return f"Nothing new at the {'school' if number == 1 else count(number, 'school')} you watch"
    if number == changed:
        return "The school you watch changed" if number == 1 else f"All {number} schools you watch changed"
    return f"{changed} of the {count(number, 'school')} you watch changed"
