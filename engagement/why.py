"""Why a school counts as engaged, or does not: the records behind its status, each with where it stands."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from engagement.deliveries import reading as deliveries
from engagement.due import RulesThroughTheYears
from engagement.models import Attempt, ContactRules, ConversationPart, SupportGiven
from hubportal.accounts.models import User
from hubportal.kit.wording import academic_year, count, short_date
from schools.dated_facts import role_of, tell, year_of
from schools.models import DatedFact, EngagementYear, Hub, School

SHOWN = 3  # conversations
YEARS = 5  # academic years before this one


@dataclass(frozen=True)
class Reason:
    """One record that counts, or tries that do not: in words, and where it stands."""

    words: str
    href: str = ""


@dataclass
class Why:
    """A school's year so far, and how it stood in the years before."""

    year: str
    reasons: list[Reason] = field(default_factory=list)
    more: int = 0  # conversations that count and are not shown
    before: list[tuple[str, str]] = field(default_factory=list)  # year and words


def why_of(user: User, hub: Hub, school: School, on: date) -> Why:
    """For the hub's staff, and the officers of the partner entrusted. Seven queries."""
    year = academic_year(on)
    begins, ends = year_of(year)
    rules = RulesThroughTheYears(ContactRules.objects.for_hub(hub)).of_year(year)
    kept = EngagementYear.objects.visible_to(user, on).filter(hub=hub, school=school, year__lte=year)
    years = {row.year: row for row in kept.filter(year__gte=year - YEARS)}
    this = years.pop(year, None)
    found = Why(f"{year} to {year + 1}")
    parts = ConversationPart.objects.of_hub_for(user, on).filter(
        school=school,
        is_filled=True,
        withdrawn_at=None,
        conversation__hub=hub,
        conversation__state="logged",
        conversation__received_from=None,
        conversation__date__gte=begins,
        conversation__date__lt=ends,
        conversation__kind__in=rules.kinds,
        conversation__how__in=rules.ways,
    )
    talks = list(parts.select_related("conversation").order_by("-conversation__date", "-pk"))
    for part in talks[:SHOWN]:
        talk = part.conversation
        said = f"{talk.get_kind_display()}, {talk.get_how_display().lower()}, {short_date(talk.date or on, on)}"
        found.reasons.append(Reason(said, talk.get_absolute_url()))
    found.more = len(talks) - len(talks[:SHOWN])
    given = SupportGiven.objects.visible_to(user, on).own().filter(hub=hub, school=school, year=year, starts_on__lte=on)
    for each in given.filter(strand__code__in=rules.support).select_related("strand"):
        found.reasons.append(Reason(f"{each}, {each.when}", each.get_absolute_url()))
    found.reasons += [Reason(*said) for said in deliveries.reasons(user, hub, school, on, rules)]
    own = DatedFact.objects.visible_to(user, on).unstruck().filter(hub=hub, school=school, received_from=None)
    facts = own.with_end()
    address = reverse("schools:dated-fact-list", args=[school.urn])
    for fact in facts.select_related("value"):
        if role_of(fact.value) in rules.roles and fact.starts_on <= on and (fact.until is None or fact.until > begins):
            found.reasons.append(Reason(f"{fact.value}, {tell(fact, on, with_how=False).dates}", address))
    if this and this.attempts:
        tries = Attempt.objects.own().filter(hub=hub, school=school, at__date__gte=begins, at__date__lte=on)
        last = tries.order_by("-at").first()
        when = f", the last on {short_date(last.at, on)}" if last else ""
        found.reasons.append(Reason(f"{count(this.attempts, 'attempt')} without an answer{when}"))
    for row in sorted(years.values(), key=lambda row: -row.year):
        found.before.append((f"{row.year} to {row.year + 1}", _words(row)))
    return found


def _words(row: EngagementYear) -> str:
    if row.ways:
        return f"engaged in {count(len(row.ways), 'way')}"
    return f"no answer to {count(row.attempts, 'attempt')}"
