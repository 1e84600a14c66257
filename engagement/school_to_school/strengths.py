"""What the schools of a hub could give others: criteria embedded, what they say they could offer, Lead School and
Artsmark, and what they are happy to be named for."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from engagement.models import ConversationPart, NamedFor, PartVersion
from engagement.school_to_school.needs import EMBEDDED, Level, levels_of
from hubportal.accounts.models import User
from hubportal.kit.wording import short_date
from schools.access import today
from schools.models import DatedFact, DatedFactValue, Hub, School

QUOTED = 120  # characters of what a school could offer
Kind = DatedFactValue.Kind


@dataclass
class Candidate:
    """A school with what it could give. `low` are criteria on which it stands low itself."""

    school: School
    embedded: dict[str, Level] = field(default_factory=dict)
    low: set[str] = field(default_factory=set)
    named: list[NamedFor] = field(default_factory=list)
    offers: str = ""
    facts: list[str] = field(default_factory=list)

    def answers(self, code: str) -> bool:
        """Whether it is strong in just this criterion."""
        return code in self.embedded or any(each.criterion_code == code for each in self.named)

    @property
    def is_strong(self) -> bool:
        """Whether it could give anything at all."""
        return bool(self.embedded or self.named or self.offers or self.facts)

    def reasons(self, code: str) -> list[str]:
        """What it could give with this criterion, in words."""
        on, found = today(), []
        if level := self.embedded.get(code):
            found.append(f"“{level.title}” is embedded there, {short_date(level.on, on)}")
        found += [f"Happy to be named for: {each.words}" for each in self.named if each.criterion_code in ("", code)]
        if self.offers:
            found.append(f"Could offer others: {self.offers}")
        return found + self.facts


def candidates_of(hub: Hub, user: User, codes: Collection[str]) -> list[Candidate]:
    """Every open school of the hub's area that could give something with one of these criteria, or altogether. Five
    queries, whatever the number of schools."""
    levels = levels_of(hub, user, codes=codes)
    named, offers, facts = _named(hub, user), _offers(hub, user), _facts(hub, user)
    strong = {pk for pk, those in levels.items() if any(each.number == EMBEDDED for each in those)}
    schools = School.objects.visible_to(user).in_hubs({hub.pk}, today()).schools().open()
    rows = schools.filter(pk__in=strong | set(named) | set(offers) | set(facts)).with_trust(today())
    return [
        Candidate(
            school,
            embedded={each.code: each for each in levels.get(school.pk, ()) if each.number == EMBEDDED},
            low={each.code for each in levels.get(school.pk, ()) if each.is_low},
            named=named.get(school.pk, []),
            offers=offers.get(school.pk, ""),
            facts=facts.get(school.pk, []),
        )
        for school in rows.order_by("name_key", "urn")
    ]


def _named(hub: Hub, user: User) -> dict[int, list[NamedFor]]:
    found: dict[int, list[NamedFor]] = defaultdict(list)
    for row in NamedFor.objects.visible_to(user).standing():
        found[row.school_id].append(row)
    return found


def _offers(hub: Hub, user: User) -> dict[int, str]:
    """What each could offer others, as its newest shared report that speaks of it says."""
    given = Exists(PartVersion.objects.filter(part=OuterRef("pk")))
    parts = ConversationPart.objects.of_hub_for(user).filter(given, conversation__hub=hub, withdrawn_at=None)
    rows = parts.exclude(could_offer="").order_by("school_id", "-conversation__date", "-pk").distinct("school_id")
    return {
        school: words if len(words) <= QUOTED else f"{words[: QUOTED - 1].rstrip()}…"
        for school, words in rows.values_list("school", "could_offer")
    }


def _facts(hub: Hub, user: User) -> dict[int, list[str]]:
    """Lead School of any kind, and an Artsmark that was awarded: what holds today."""
    on = today()
    named = Q(value__kind=Kind.LEAD_SCHOOL) | Q(value__kind=Kind.ARTSMARK, value__is_award=True)
    rows = DatedFact.objects.visible_to(user, on).current(on).filter(named, hub=hub).select_related("value")
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows.order_by("value__kind", "value__position", "pk"):
        found[row.school_id].append(str(row.value))
    return found
