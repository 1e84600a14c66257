"""The dated facts on a school, read and worded: what holds, what held, what was struck out. The rows are `DatedFact`.

Nothing here is the register's: its facts are worded in `schools/facts.py`.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from hubportal.accounts.models import User
from hubportal.kit.wording import academic_year, count, long_date
from schools.models import DatedFact, DatedFactValue, Hub, School

Kind = DatedFactValue.Kind
PEOPLE = ("recorded_by", "ended_by", "struck_by", "received_from")
HOW = ("source", "said_by_school", "end_reason", "strike_reason")  # how it is known, and why it ended
SOON = timedelta(days=90)  # an award that ends within these is said to expire soon, one that did lately is looked for


@dataclass
class Told:
    """One fact as a page says it. `alarm` is a sentence about an award that has expired or soon will. The page sets
    `may_change`."""

    fact: DatedFact
    holds: bool
    dates: str
    known: str  # how, by whom and when
    alarm: str = ""
    may_change: bool = False


@dataclass
class Section:
    """One kind of facts on a school: what holds now, an award that ran out, and everything else."""

    kind: Kind
    now: list[Told] = field(default_factory=list)
    expired: Told | None = None
    before: list[Told] = field(default_factory=list)

    @property
    def label(self) -> str:
        return str(self.kind.label)

    @property
    def all(self) -> list[Told]:
        return [*self.now, *([self.expired] if self.expired else []), *self.before]


def offered_by_kind() -> dict[Kind, list[DatedFactValue]]:
    """What can be chosen, kind by kind. One query."""
    found: dict[Kind, list[DatedFactValue]] = {kind: [] for kind in Kind}
    for value in DatedFactValue.objects.filter(is_offered=True):
        found[Kind(value.kind)].append(value)
    return found


def role_of(value: DatedFactValue) -> str:
    """Under which code a value counts as a role of the school in the hub; "" for what is none. Lead Schools of any kind
    are one."""
    if value.kind == Kind.LEAD_SCHOOL:
        return Kind.LEAD_SCHOOL.value
    return value.code if value.kind == Kind.HUB_ROLE else ""


def roles_in_words() -> dict[str, str]:
    """Every role that a school can have in the hub, by its code. One query."""
    rows = DatedFactValue.objects.filter(kind__in=[Kind.LEAD_SCHOOL, Kind.HUB_ROLE]).order_by("-kind", "position")
    lead = str(Kind.LEAD_SCHOOL.label)
    return {role_of(each): lead if each.kind == Kind.LEAD_SCHOOL else each.name for each in rows}


def sections_of(user: User, school: School, hub: Hub | None, on: date, *, with_how: bool = True) -> list[Section]:
    """Every kind, with what the hub that covers the school holds of it, as far as the person may see. Without
    `with_how` nothing is read of how it is known, by whom and why it ended. One query, none without a hub."""
    sections = {kind: Section(kind) for kind in Kind}
    if hub is None:
        return list(sections.values())
    facts = DatedFact.objects.visible_to(user, on).filter(hub=hub, school=school).with_end().select_related("value")
    facts = facts.select_related(*PEOPLE) if with_how else facts.defer(*HOW)
    for fact in facts:
        section, told = sections[Kind(fact.value.kind)], tell(fact, on, with_how=with_how)
        (section.now if told.holds else section.before).append(told)
    for section in sections.values():
        section.now.sort(key=lambda told: (not told.fact.value.is_award, told.fact.value.position))
        _find_expired(section)
    return list(sections.values())


def _find_expired(section: Section) -> None:
    """The newest award or membership, where none holds and none came after it: it ran out and nobody said what
    followed."""
    if any(_runs_out(told.fact.value) for told in section.now):
        return
    for told in section.before:
        if told.alarm:
            section.expired = told
            section.before.remove(told)
            return


def tell(fact: DatedFact, on: date, *, with_how: bool = True) -> Told:
    """A fact in words. It comes `with_end()`, with its value and, `with_how`, the people."""
    holds = fact.struck_at is None and fact.holds(on)
    return Told(fact, holds, dates_of(fact), _known(fact) if with_how else "", _alarm(fact, on))


def dates_of(fact: DatedFact) -> str:
    """ "since 1 September 2025", "1 September 2025 to 31 August 2027"; a membership by its year."""
    if fact.value.kind == Kind.MUSIC_MARK and is_of_a_year(fact):
        return f"{fact.starts_on.year} to {fact.starts_on.year + 1}"
    if fact.last_day is None:
        return f"since {long_date(fact.starts_on)}"
    return f"{long_date(fact.starts_on)} to {long_date(fact.last_day)}"


def is_of_a_year(fact: DatedFact) -> bool:
    """Whether it holds for exactly an academic year."""
    first, until = year_of(academic_year(fact.starts_on))
    return (fact.starts_on, fact.until) == (first, until)


def year_of(year: int) -> tuple[date, date]:
    """The first day of an academic year, and the first day after it. 2026 is 2026 to 2027."""
    return date(year, 9, 1), date(year + 1, 9, 1)


def _known(fact: DatedFact) -> str:
    how = "The school said so" if fact.said_by_school else fact.source
    hub = f"from {fact.received_from}, " if fact.received_from_id else ""
    who = f"{hub}recorded by {fact.recorded_by} on {long_date(fact.recorded_at)}"
    return f"{how.rstrip('.')}; {who}." if how else f"{who[0].upper()}{who[1:]}."


def _runs_out(value: DatedFactValue) -> bool:
    """Whether somebody must see to it that it is renewed: an award, or a membership of a year."""
    return value.is_award or value.kind == Kind.MUSIC_MARK


def _alarm(fact: DatedFact, on: date) -> str:
    """What came after an award settles it, even years later."""
    is_settled = fact.struck_at is not None or getattr(fact, "followed_on", None) is not None
    if not _runs_out(fact.value) or is_settled or fact.last_day is None:
        return ""
    left = fact.last_day - on
    if left < timedelta(0):
        return f"It expired on {long_date(fact.last_day)}."
    if left <= SOON:
        return f"It expires in {count(left.days, 'day')}." if left else "It expires today."
    return ""


def running_out(user: User, hub_ids: set[int], on: date) -> list[DatedFact]:
    """Awards and memberships that expire soon, or did lately, at the open schools that these hubs cover, the first to
    end first. One query."""
    rows = DatedFact.objects.visible_to(user, on).of_covering_hubs(on).filter(hub__in=hub_ids)
    return list(rows.running_out(on, SOON).select_related("school", "value"))


def expected_of_each_authority() -> list[DatedFactValue]:
    """The kinds of Lead School that each authority is to have. One query."""
    return list(DatedFactValue.objects.filter(kind=Kind.LEAD_SCHOOL, is_expected=True))


def lead_schools(user: User, hub: Hub, on: date) -> list[DatedFact]:
    """The open Lead Schools of a hub on a date, with school and value. One query."""
    rows = DatedFact.objects.visible_to(user, on).filter(hub=hub, value__kind=Kind.LEAD_SCHOOL).current(on)
    rows = rows.filter(school__status__in=School.OPEN_STATUSES)
    return list(rows.select_related("school", "value").order_by("school__name_key", "school__urn"))
