"""Which school nearby may help which: needs beside strengths, each match with its reason in words."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from heapq import nsmallest
from math import inf
from typing import Any

from engagement.matching import phases_of
from engagement.models import Introduction, IntroductionSide
from engagement.school_to_school import words
from engagement.school_to_school.needs import EMBEDDED, Level, Wish, levels_of, wishes_of
from engagement.school_to_school.strengths import Candidate, candidates_of
from hubportal.accounts.models import User
from hubportal.kit.wording import count
from schools.access import today
from schools.models import Hub, School

NEEDS = 3  # of a school, the lowest
SHOWN = 3  # schools that could help with a need

Pairs = Mapping[frozenset[int], Introduction]


@dataclass(frozen=True)
class Match:
    """`helper` could help `helped` with a criterion; `code` is "" for what was asked for in words. `introduction` is
    the one of the two that stands."""

    helped: School
    helper: School
    code: str
    about: str
    strengths: list[str]
    miles: float | None
    introduction: Introduction | None = None

    @property
    def reasons(self) -> list[str]:
        """Why, in words: what it could give, how far, which phase, which trust."""
        said = [*self.strengths, self.near, self.phase, self.trust]
        return [each.rstrip(".") for each in said if each]

    @property
    def near(self) -> str:
        return capital(words.distance(self.miles))

    @property
    def phase(self) -> str:
        alike = phases_of(self.helped) & phases_of(self.helper)
        return "Same phase" if alike else f"Other phase: {self.helper.get_phase_display().lower()}"

    @property
    def trust(self) -> str:
        one, other = (getattr(each, "trust_uid", None) for each in (self.helped, self.helper))
        if one and one == other:
            return f"Same trust: {self.helper.trust_name}"  # type: ignore[attr-defined]  # by `with_trust`
        return "Another trust" if one and other else ""


@dataclass
class Need:
    """One thing that a school needs, and the schools nearby that could help with it."""

    label: str
    reason: str
    code: str = ""
    matches: list[Match] = field(default_factory=list)

    @property
    def others(self) -> list[Match]:
        """Those below the best."""
        return self.matches[1:]

    @property
    def others_words(self) -> str:
        """ "2 more schools that could help"."""
        return count(len(self.others), "more school that could help,more schools that could help")


def capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def rank(helped: School, code: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The best few for a need of a school: those strong in just this before the others, its phase before another, the
    nearest first. None that stands low on it itself. No query."""
    phases = phases_of(helped)

    def place(each: Candidate) -> tuple[Any, ...]:
        miles = words.miles_between(helped, each.school)
        is_other = not (phases & phases_of(each.school))
        return (not each.answers(code), is_other, inf if miles is None else miles, each.school.name_key, each.school.pk)

    able = (each for each in candidates if each.school.pk != helped.pk and code not in each.low)
    return nsmallest(SHOWN, (each for each in able if each.reasons(code)), key=place)


def needs_of_schools(hub: Hub, user: User, schools: Collection[School], *, only: str = "") -> dict[int, list[Need]]:
    """By school id, its needs with who could help: the lowest criteria (of one code, where `only` is given), then what
    it asked for. Nine queries, whatever the number of schools. The schools come `with_trust`."""
    ids = [each.pk for each in schools]
    levels = levels_of(hub, user, schools=ids)
    low = {pk: [each for each in levels.get(pk, ()) if each.is_low and only in ("", each.code)] for pk in ids}
    wishes = {} if only else wishes_of(hub, user, ids)
    codes = {each.code for those in low.values() for each in those[:NEEDS]}
    candidates = candidates_of(hub, user, codes)
    pairs = pairs_of(hub, user, ids)
    return {
        each.pk: [_need(each, level, candidates, pairs) for level in low[each.pk][:NEEDS]]
        + ([_asked(each, wishes[each.pk], candidates, pairs)] if each.pk in wishes else [])
        for each in schools
    }


def _need(helped: School, level: Level, candidates: list[Candidate], pairs: Pairs) -> Need:
    reason = f"{level.words}, {words.day(level.on)}"
    found = [match(helped, each, level.code, level.title, pairs) for each in rank(helped, level.code, candidates)]
    return Need(level.title, reason, level.code, found)


def _asked(helped: School, wish: Wish, candidates: list[Candidate], pairs: Pairs) -> Need:
    found = [match(helped, each, "", "", pairs) for each in rank(helped, "", candidates)]
    return Need(f"It asked: “{wish.words}”", words.day(wish.on), "", found)


def match(helped: School, helper: Candidate, code: str, about: str, pairs: Pairs) -> Match:
    """One match with its reason. No query."""
    return Match(
        helped,
        helper.school,
        code,
        about,
        helper.reasons(code),
        words.miles_between(helped, helper.school),
        pairs.get(frozenset((helped.pk, helper.school.pk))),
    )


def pairs_of(hub: Hub, user: User, schools: Collection[int]) -> Pairs:
    """The introductions that stand of any of these schools, by the two. Two queries."""
    standing = Introduction.objects.visible_to(user).standing().filter(hub=hub, sides__school__in=schools).distinct()
    found = {each.pk: each for each in standing}
    sides: dict[int, set[int]] = {}
    rows = IntroductionSide.objects.visible_to(user).filter(introduction__in=found)
    for introduction, school in rows.values_list("introduction", "school"):
        sides.setdefault(introduction, set()).add(school)
    return {frozenset(those): found[pk] for pk, those in sides.items()}


def helped_by(hub: Hub, user: User, school: School, levels: Collection[Level]) -> list[Match]:
    """The schools nearby that this one could help: those that stand low where it is embedded, its phase first, then the
    nearest. Three queries, and those of `pairs_of`; one where it is embedded in nothing."""
    embedded = {each.code: each for each in levels if each.number == EMBEDDED}
    if not embedded:
        return []
    low = levels_of(hub, user, codes=embedded)
    needing = {pk: [each for each in those if each.is_low] for pk, those in low.items() if pk != school.pk}
    rows = School.objects.visible_to(user).in_hubs({hub.pk}, today()).schools().open().with_trust(today())
    schools = list(rows.filter(pk__in=[pk for pk, those in needing.items() if those]).order_by("name_key", "urn"))
    phases = phases_of(school)

    def place(each: School) -> tuple[Any, ...]:
        miles = words.miles_between(school, each)
        return (not (phases & phases_of(each)), inf if miles is None else miles, each.name_key, each.pk)

    nearest = nsmallest(SHOWN, schools, key=place)
    pairs = pairs_of(hub, user, [school.pk]) if nearest else {}
    helper = Candidate(school, embedded=embedded)
    found = []
    for each in nearest:
        need = needing[each.pk][0]
        found.append(match(each, helper, need.code, need.title, pairs))
    return found
