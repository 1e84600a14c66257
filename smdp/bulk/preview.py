"""Who of several schools would get a reminder, what it would say of each, and who was reminded lately."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.models import Contact, Hub, HubArea, Membership, School
from schools.querysets import holds_on
from schools.roles import Role
from smdp.models import PlanReminder, Reminder
from smdp.querysets import PlanPlace, SummaryState, with_plan, with_summary

LATELY = timedelta(days=30)  # a school that was reminded within them is not reminded again unless somebody says so
MOST = 200  # schools at once

PLAN_WORDS = {
    PlanPlace.NONE: "has no music development plan in the portal yet.",
    PlanPlace.DRAFT: "has begun its music development plan and not shared it yet.",
    PlanPlace.SHARED: "has shared its music development plan, and not adopted it yet.",
    PlanPlace.REVIEWED: "has its music development plan back from its hub, and has not adopted it yet.",
    PlanPlace.ADOPTED: "has adopted its music development plan. It is worth a look each term.",
    PlanPlace.ELSEWHERE: "keeps its music development plan elsewhere. It is worth a look each term.",
    PlanPlace.OUT_OF_DATE: "has a music development plan that is out of date: its years are over or its review is due.",
}
SUMMARY_WORDS = {
    SummaryState.NONE: "has no public summary of its music development plan yet.",
    SummaryState.DUE: "has a public summary that is due for review.",
    SummaryState.CURRENT: "has a current public summary of its music development plan.",
    SummaryState.ELSEWHERE: "publishes its summary elsewhere. Look whether it is for this academic year.",
}


@dataclass(frozen=True)
class Person:
    name: str
    email: str


@dataclass
class Reached:
    """One school: its hub, what is said of it, who gets it, and when it was reminded last, where that was lately."""

    school: School
    hub: Hub | None
    said: str
    people: list[Person] = field(default_factory=list)
    has_account: bool = True
    last: str = ""

    @property
    def names(self) -> str:
        return ", ".join(each.name for each in self.people)


def preview(user: User, schools: Iterable[School], about: str, on: date) -> list[Reached]:
    """Each of these schools, by name. Its leaders who can sign in get it; where there is none, the leaders and music
    leads whom the hub knows there and has an address of. Of a summary, without the colleges, of which none is expected.
    Seven queries, however many schools."""
    keys = [each.pk for each in schools]
    rows = with_summary(with_plan(School.objects.visible_to(user).filter(pk__in=keys), user, on), on)
    if about == PlanReminder.About.SUMMARY:
        rows = rows.exclude(summary_state=SummaryState.NOT_EXPECTED)
    areas = HubArea.objects.filter(holds_on(on), authority__schools__in=keys).select_related("hub")
    hubs = {each.authority_id: each.hub for each in areas}
    leaders = _leaders(keys, on)
    contacts = _contacts(user, keys, on)
    lately = _lately(user, keys, about)
    found = []
    for school in rows.order_by("name_key", "pk"):
        hub = hubs.get(school.authority_id)
        known = [each for each in contacts.get(school.pk, []) if hub and each[0] == hub.pk]
        found.append(
            Reached(
                school,
                hub,
                said_of(school, about),
                leaders.get(school.pk) or _once(person for _, person in known),
                has_account=school.pk in leaders,
                last=lately.get(school.pk, ""),
            )
        )
    return found


def said_of(school: School, about: str) -> str:
    """Where its plan or summary stands, in a sentence that begins with its name. No query."""
    if about == PlanReminder.About.SUMMARY:
        return f"{school.name} {SUMMARY_WORDS[SummaryState(school.summary_state)]}"  # type: ignore[attr-defined]
    return f"{school.name} {PLAN_WORDS[PlanPlace(school.plan_place)]}"  # type: ignore[attr-defined]  # annotated


def _leaders(keys: list[int], on: date) -> dict[int, list[Person]]:
    rows = Membership.objects.current(on).filter(school__in=keys, role=Role.SCHOOL_LEADER, user__is_active=True)
    found: dict[int, list[Person]] = {}
    for each in rows.select_related("user").order_by("user__name", "pk"):
        if each.user.email and each.school_id:
            found.setdefault(each.school_id, []).append(Person(each.user.name, each.user.email))
    return {key: _once(people) for key, people in found.items()}


def _contacts(user: User, keys: list[int], on: date) -> dict[int, list[tuple[int, Person]]]:
    """The hub's own, with the hub: leaders, or music leads where it knows no leader."""
    rows = Contact.objects.visible_to(user, on).current(on).filter(school__in=keys).exclude(email="")
    found: dict[int, list[tuple[int, Person]]] = {}
    for role in ("is_leader", "is_music_lead"):
        seen = set(found)
        for each in rows.filter(**{role: True}).order_by("name", "pk"):
            if each.school_id not in seen:
                found.setdefault(each.school_id, []).append((each.hub_id, Person(each.name, each.email)))
    return found


def _lately(user: User, keys: list[int], about: str) -> dict[int, str]:
    """Who was reminded of the same lately, and when and by whom, the newest of each."""
    since = timezone.now() - LATELY
    found: dict[int, str] = {}
    if about == PlanReminder.About.SUMMARY:
        itself = Reminder.objects.filter(school__in=keys, to=Reminder.To.SCHOOL, about__startswith="summary")
        for row in itself.filter(sent_at__gte=since).order_by("sent_at"):
            found[row.school_id] = f"by the portal on {long_date(row.sent_at)}"
    rows = PlanReminder.objects.visible_to(user).filter(school__in=keys, about=about, at__gte=since, has_failed=False)
    for each in rows.select_related("by").order_by("at"):
        found[each.school_id] = f"by {each.by} on {long_date(each.at)}"
    return found


def _once(people: Iterable[Person]) -> list[Person]:
    """Each address once."""
    return list({each.email.lower(): each for each in people}.values())
