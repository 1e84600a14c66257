"""When a hub and a school last spoke and are to talk next, and how they stood in each academic year: worked out from
the records, and written down in the room below."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from engagement import due, ways
from engagement.deliveries.kinds import KINDS
from engagement.ladder import ladder_of
from engagement.models import Attempt, ContactRules, ConversationPart, Delivery, Hold, PlannedContact, SupportGiven
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.actions import relationships
from schools.dated_facts import role_of
from schools.models import DatedFact, Hub, HubArea, Relationship, School
from schools.term_dates import school_times


@dataclass
class Supposed:
    """What is supposed beside what stands, by school: see `engagement.past.changing`."""

    contacts: dict[int, list[due.Contact]] = field(default_factory=lambda: defaultdict(list))
    attempts: dict[int, list[due.Attempt]] = field(default_factory=lambda: defaultdict(list))
    support: dict[int, list[ways.Support]] = field(default_factory=lambda: defaultdict(list))


def refresh(*, hub: Hub, school: School) -> None:
    """Work the dates out again and write them down. Call it in the same transaction as whatever changed them: a
    conversation logged, moved, withdrawn, an attempt, a role in the hub, a delivery. About a dozen queries."""
    refresh_schools(hub=hub, schools=[school])


@transaction.atomic(savepoint=False)
def refresh_schools(*, hub: Hub, schools: Iterable[School], supposing: Supposed | None = None) -> None:
    """The same for several schools of a hub, in as many queries. Only parts that are filled and not withdrawn count; of
    what was received from another hub, only when hub and school meant to talk next. `supposing` counts as if it stood
    there too: whoever gives it takes back what was written."""
    schools = list(schools)
    rows = relationships.lock(hub=hub, schools=schools)  # who refreshes later sees what the other wrote
    rules = due.RulesThroughTheYears(ContactRules.objects.for_hub(hub))
    times, ladder = school_times(schools), ladder_of(hub)
    contacts, attempts, holds = _contacts(hub, schools), _attempts(hub, schools), _holds(hub, schools)
    standing = PlannedContact.objects.standing().filter(hub=hub, school__in=schools).select_related("set_by")
    planned = {each.school_id: each for each in standing}
    roles, support = _roles(hub, schools), _support(hub, schools)
    if supposing:
        for school, talks in supposing.contacts.items():  # of one day, what is supposed comes last
            contacts[school] = sorted([*talks, *contacts[school]], key=lambda each: each.on, reverse=True)
        for school, tries in supposing.attempts.items():
            attempts[school] = sorted([*tries, *attempts[school]], key=lambda each: each.on, reverse=True)
        for school, given in supposing.support.items():
            support[school] += given
    relationships.note_contacts(
        rows=rows,
        found={
            school.pk: due.work_out(
                contacts=contacts[school.pk],
                attempts=attempts[school.pk],
                rules=rules,
                time=times[school.pk],
                ladder=ladder,
                holds=holds[school.pk],
                planned=planned.get(school.pk),
            )
            for school in schools
        },
    )
    relationships.note_years(
        hub=hub,
        found={
            school.pk: ways.years_of(
                contacts=contacts[school.pk],
                attempts=attempts[school.pk],
                roles=roles[school.pk],
                support=support[school.pk],
                rules=rules,
                last_year=academic_year(today()) + 1,  # so that it is there on the first day of September
            )
            for school in schools
        },
    )


def refresh_hub(*, hub: Hub) -> None:
    """All schools with which the hub has ever had to do: after its rules have changed. As many queries, and a second
    or two for a large hub."""
    known = (
        Relationship.objects.filter(hub=hub).values("school").union(DatedFact.objects.filter(hub=hub).values("school"))
    )
    refresh_schools(hub=hub, schools=School.objects.filter(pk__in=known))


def refresh_known(schools: QuerySet[School]) -> None:
    """Schools whose term dates have changed, each for the hub that covers it now."""
    for area in _areas_of(schools):
        known = Relationship.objects.filter(hub=area.hub_id).values("school")
        here = schools.filter(authority=area.authority_id, pk__in=known)
        refresh_schools(hub=area.hub, schools=here)


def _areas_of(schools: QuerySet[School]) -> Iterable[HubArea]:
    return HubArea.objects.current(today()).filter(authority__in=schools.values("authority")).select_related("hub")


def _contacts(hub: Hub, schools: list[School]) -> dict[int, list[due.Contact]]:
    counted = ConversationPart.objects.filter(
        school__in=schools, is_filled=True, withdrawn_at=None, conversation__hub=hub, conversation__state="logged"
    )
    found: dict[int, list[due.Contact]] = defaultdict(list)
    for school, next_on, on, kind, how, received in counted.order_by(
        "-conversation__date", "-conversation__logged_at", "-pk"
    ).values_list("school", "next_on", *(f"conversation__{name}" for name in ("date", "kind", "how", "received_from"))):
        found[school].append(due.Contact(on, kind, how, next_on, is_own=received is None))
    return found


def _attempts(hub: Hub, schools: list[School]) -> dict[int, list[due.Attempt]]:
    found: dict[int, list[due.Attempt]] = defaultdict(list)
    rows = Attempt.objects.own().filter(hub=hub, school__in=schools).order_by("-at", "-pk")
    for school, at, how in rows.values_list("school", "at", "how"):
        found[school].append(due.Attempt(timezone.localdate(at), how))
    return found


def _holds(hub: Hub, schools: list[School]) -> dict[int, list[Hold]]:
    found: dict[int, list[Hold]] = defaultdict(list)
    for hold in Hold.objects.standing().filter(hub=hub, school__in=schools):
        found[hold.school_id].append(hold)
    return found


def _roles(hub: Hub, schools: list[School]) -> dict[int, list[ways.Role]]:
    found: dict[int, list[ways.Role]] = defaultdict(list)
    own = DatedFact.objects.unstruck().filter(hub=hub, school__in=schools, received_from=None)
    facts = own.with_end().select_related("value")
    for fact in facts:
        if code := role_of(fact.value):
            found[fact.school_id].append(ways.Role(code, fact.starts_on, fact.until))
    return found


def _support(hub: Hub, schools: list[School]) -> dict[int, list[ways.Support]]:
    found: dict[int, list[ways.Support]] = defaultdict(list)
    rows = SupportGiven.objects.own().filter(hub=hub, school__in=schools)
    for school, code, on in rows.values_list("school", "strand__code", "starts_on"):
        found[school].append(ways.Support(code, on))
    delivered = Delivery.objects.engaging().filter(hub=hub, school__in=schools, starts_on__lte=today())
    for school, kind, on in delivered.order_by().values_list("school", "kind", "starts_on"):
        found[school].append(ways.Support(KINDS[kind].strand, on))
    return found


def refresh_all() -> None:
    """Every hub: after an upgrade, and each night. What hub and school do counts at once; this follows the register, as
    when a school joins a trust with term dates of its own, and lets a role that goes on count in a year that begins. As
    many queries for each hub, and a second or two for a large one."""
    for hub in Hub.objects.all():
        refresh_hub(hub=hub)
