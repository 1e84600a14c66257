"""What a trust's page shows: its schools as far as a person may see them, how many more it has, and whom one knows."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.access import today
from schools.models import Contact, Membership, School, Trust, TrustSchool


@dataclass(frozen=True)
class Stay:
    """A school's time in a trust, of a school that the person may see. `note` says what is not ordinary about it."""

    school: School
    joined_on: date
    left_on: date | None
    is_dated: bool = True
    note: str = ""

    @property
    def since(self) -> str:
        """When it joined, or what is not ordinary: "by 1 May 2024" where the register gives no day."""
        return self.note or f"{'' if self.is_dated else 'by '}{long_date(self.joined_on)}"


@dataclass
class TrustSchools:
    """`now` and `former` name schools that the person may see, by name; the numbers count the others. `elsewhere`
    counts open schools only, so that it agrees with the list of trusts."""

    now: list[Stay] = field(default_factory=list)
    former: list[Stay] = field(default_factory=list)
    elsewhere: int = 0
    former_elsewhere: int = 0

    @property
    def open_now(self) -> int:
        """How many of the schools shown are open and have joined."""
        return sum(1 for stay in self.now if stay.school.is_open and not stay.note.startswith(JOINS))


JOINS = "Joins on"


def schools_of(trust: Trust, user: User, on: date | None = None) -> TrustSchools:
    """The trust's schools for this person, with their engagement where they may see it. Two queries."""
    on = on or today()
    times = list(TrustSchool.objects.filter(trust=trust).select_related("school").order_by("joined_on", "pk"))
    seen = School.objects.visible_to(user, on).filter(pk__in={each.school_id for each in times})
    seen = seen.select_related("authority", "type").with_engagement(user, on)
    schools = {school.pk: school for school in seen}
    found, present = TrustSchools(), {each.school_id for each in times if each.left_on is None or each.left_on > on}
    for time in times:
        is_over, school = time.left_on is not None and time.left_on <= on, schools.get(time.school_id)
        if is_over and time.school_id in present:
            continue  # it came back: the present stay is the one to show
        if school is not None:
            stay = Stay(school, time.joined_on, time.left_on, time.is_dated, _note(time, on))
            (found.former if is_over else found.now).append(stay)
        elif is_over:
            found.former_elsewhere += 1
        elif time.school.is_open and time.joined_on <= on:
            found.elsewhere += 1
    for stays in (found.now, found.former):
        stays.sort(key=lambda stay: (stay.school.name_key, stay.school.urn))
    return found


def _note(time: TrustSchool, on: date) -> str:
    if time.joined_on > on:
        return f"{JOINS} {long_date(time.joined_on)}"
    if time.left_on and time.left_on > on:
        return f"Leaves on {long_date(time.left_on)}"
    return ""


def leaders_of(trust: Trust, user: User) -> list[Membership]:
    """Who leads the trust here, as far as the person may see it. One query."""
    held = Membership.objects.visible_to(user).current(today()).filter(trust=trust).select_related("user")
    return list(held.order_by("user__name", "pk"))


def contacts_of(schools: Collection[School], user: User) -> list[Contact]:
    """Whom one knows at these schools and who answers for something there: leaders and music leads. One query."""
    known = Contact.objects.visible_to(user).current().filter(school__in=schools)
    posts = known.filter(is_leader=True) | known.filter(is_music_lead=True)
    return list(posts.select_related("school").order_by("school__name_key", "-is_leader", "name"))
