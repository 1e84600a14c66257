"""The diary as a page shows it: what is to be written up, who waits for an answer, and what comes, day by day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils import timezone

from engagement.meetings import words
from engagement.models import Meeting
from hubportal.accounts.models import User
from hubportal.kit.wording import local
from schools.access import access_of

PER_PAGE = 30
MOST_PAST = 50
MINE, EVERYBODY = "mine", "all"


@dataclass(frozen=True)
class Whose:
    """One way to choose whose diary: its words, where it leads, and whether it is chosen."""

    words: str
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class Day:
    on: date
    words: str
    meetings: list[Meeting]


def page(user: User, asked: Mapping[str, str]) -> dict[str, Any]:
    """Everything that the diary shows. `whose` is "mine", "all" or the number of a colleague with something in it; what
    nobody knows is "mine", and for those who have no diary of their own "all". Six queries."""
    now = timezone.now()
    rows = Meeting.objects.of_hub_for(user)
    people = _people(rows, user)
    has_own = bool(access_of(user).writing_hub_ids or access_of(user).officer_partner_ids)
    usual = MINE if has_own else EVERYBODY
    whose = asked.get("whose", usual)
    if whose not in (MINE, EVERYBODY, *(str(each.pk) for each in people)):
        whose = usual
    chosen = rows if whose == EVERYBODY else rows.filter(officer=user.pk if whose == MINE else int(whose))
    paged: Page = Paginator(chosen.to_come(now).full().order_by("starts_at", "pk"), PER_PAGE).get_page(
        asked.get("page")
    )
    past = list(chosen.to_log(now).full().order_by("starts_at", "pk")[:MOST_PAST])
    return {
        "whose": [
            *([Whose("Mine", f"?whose={MINE}", whose == MINE)] if has_own else []),
            *(Whose(str(each), f"?whose={each.pk}", whose == str(each.pk)) for each in people if each != user),
            Whose("Everybody’s", f"?whose={EVERYBODY}", whose == EVERYBODY),
        ],
        "is_mine": whose == MINE,
        "past": past,
        "asked": list(rows.asked().full().order_by("made_at")[:MOST_PAST]),
        "page": paged,
        "days": _days(paged.object_list),
    }


def _people(rows: Any, user: User) -> list[User]:
    """Colleagues with something in the diary that the person sees, by name."""
    live = rows.in_diary().filter(Q(starts_at__gte=timezone.now()) | Q(conversation=None))
    return list(User.objects.filter(pk__in=live.order_by().values("officer")).order_by("name", "pk"))


def _days(meetings: Any) -> list[Day]:
    found = []
    for on, those in groupby(meetings, key=lambda each: local(each.starts_at).date()):
        held = list(those)
        found.append(Day(on, words.short_moment(held[0].starts_at).rsplit(",", 1)[0], held))
    return found
