"""To whom a mailing goes: the schools that a list finds, and at each of them those who were chosen. Each `request` is
that of somebody who has signed in: the filters of the list read it."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict

from engagement.mailings.marks import last_failures
from engagement.models import Mailing, MailingStop
from hubportal.kit.wording import listed
from schools.access import today
from schools.filters import SchoolEngagementFilters
from schools.models import Contact, Hub, SavedView, School

Whom = Mailing.Whom
SCHOOLS = "schools:school-list"  # the list whose filters and saved views say which schools
EVERY = "All our schools"
TICKED = "urn"  # in a mailing's query: schools ticked one by one
RULES = {
    Whom.MUSIC_LEAD: Q(is_music_lead=True),
    Whom.LEADER: Q(is_leader=True),
    Whom.BOTH: Q(is_leader=True) | Q(is_music_lead=True),
    Whom.ALL: Q(),
}


@dataclass(frozen=True)
class Person:
    """One contact who would get it, with what the fields stand for; the person at the hub is `owner`. `also_at` are
    the other schools of the list at which the same address is a contact."""

    contact: Contact
    school: School
    owner: str
    also_at: tuple[School, ...] = ()
    has_stopped: bool = False
    failure: str = ""

    @property
    def places(self) -> str:
        """ "Ashby High School and Millbrook Junior School"."""
        return listed([self.school.name, *(each.name for each in self.also_at)])

    def values(self, mailing: Mailing) -> dict[str, str]:
        """What the fields of the text stand for. No query."""
        return {
            "school": self.places,
            "name": self.contact.name,
            "first name": first_name(self.contact.name),
            "role": self.contact.job_title or "music",
            "contact": self.owner or mailing.hub.name,
            "hub": mailing.hub.name,
            "sender": str(mailing.by),
        }


@dataclass(frozen=True)
class Reach:
    """Who gets it, who has unsubscribed, and the schools at which there is nobody to write to."""

    people: list[Person]
    stopped: list[Person]
    nobody: list[School]
    schools: int


TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "rev", "prof", "professor"}


def first_name(name: str) -> str:
    """ "Ruth" of "Ruth Pell"; the whole of "Mrs Pell": who is known by a title is not called by half of it."""
    words = name.split()
    return name if len(words) < 2 or words[0].strip(".").lower() in TITLES else words[0]


def views_of(request: Any) -> list[SavedView]:
    """The saved views of the list of schools that the person may open: named groups. One query."""
    rows = SavedView.objects.visible_to(request.user).filter(list=SCHOOLS)
    return list(rows.order_by("name", "pk"))


def filters_of(request: Any, query: str, hub: Hub) -> SchoolEngagementFilters:
    """The hub's own open schools, as a list's address filters them. Raises ValidationError where the address asks for
    something that there is not any more: a mailing must not go to more schools than were meant."""
    asked = QueryDict(query)
    rows = School.objects.writable_by(request.user).in_hubs({hub.pk}, today()).schools().open()
    rows = rows.with_engagement(request.user).order_by("name_key", "pk")
    if TICKED in asked:
        urns = [int(each) for each in asked.getlist(TICKED) if each.isdecimal() and len(each) < 10]
        rows, asked = rows.filter(urn__in=urns), QueryDict()
    filters = SchoolEngagementFilters(asked, queryset=rows, request=request)
    if not filters.form.is_valid():
        raise ValidationError("This list asks for something that there is not any more. Open it, and choose again.")
    return filters


def words_of(request: Any, query: str, hub: Hub) -> str:
    """Which schools, in words. Raises ValidationError as `filters_of`."""
    if TICKED in QueryDict(query):
        return "Schools ticked one by one"
    chosen = filters_of(request, query, hub).chosen
    return "; ".join(f"{each.label}: {each.words}" for each in chosen) or EVERY


def brought_words(request: Any, query: str, hub: Hub) -> str:
    """The list that somebody brought along, in words; "" where it narrows nothing, or asks for what is gone."""
    try:
        words = words_of(request, query, hub)
    except ValidationError:
        return ""
    return "" if words == EVERY else words


def reach_of(request: Any, mailing: Mailing) -> Reach:
    """Who would get it now, by school and name; each address once. Five queries, however many schools."""
    schools = {each.pk: each for each in filters_of(request, mailing.query, mailing.hub).qs.distinct()}
    rows = Contact.objects.visible_to(request.user).current().filter(hub=mailing.hub, school__in=list(schools))
    rows = rows.filter(RULES[Whom(mailing.whom)]).exclude(email="").order_by("school__name_key", "name", "pk")
    by_address: dict[str, list[Contact]] = {}
    for each in (found := list(rows)):
        by_address.setdefault(each.email.lower(), []).append(each)
    stops = MailingStop.objects.visible_to(request.user).standing().filter(hub=mailing.hub)
    stopped = set(stops.values_list("email", flat=True))
    failures = {each.email.lower(): each.words for each in last_failures(request.user, found)}
    people = []
    for address, contacts in by_address.items():
        school, *others = (schools[pk] for pk in dict.fromkeys(each.school_id for each in contacts))
        owner = school.owner_name or ""  # type: ignore[attr-defined]  # annotated
        known = (address in stopped, failures.get(address, ""))
        people.append(Person(contacts[0], school, owner, tuple(others), *known))
    reached = {school.pk for each in people for school in (each.school, *each.also_at)}
    return Reach(
        people=[each for each in people if not each.has_stopped],
        stopped=[each for each in people if each.has_stopped],
        nobody=[school for pk, school in schools.items() if pk not in reached],
        schools=len(schools),
    )
