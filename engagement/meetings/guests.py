"""Who is invited to a meeting, and who goes there for the hub."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F

from engagement.actions.desk import colleagues
from engagement.addressees import Addressee
from engagement.models import Meeting
from hubportal.accounts.models import User
from schools.models import Contact, Hub, School


@dataclass(frozen=True)
class Guest:
    """Somebody to invite: a contact of the hub's, or anybody by name."""

    name: str
    job_title: str = ""
    email: str = ""
    contact: Contact | None = None


def of_addressees(addressees: Iterable[Addressee]) -> list[Guest]:
    return [Guest(each.name, each.job_title, each.email, each.contact) for each in addressees]


def once(guests: Iterable[Guest]) -> list[Guest]:
    """Each person once, by address, else by name."""
    found: dict[str, Guest] = {}
    for each in guests:
        found.setdefault((each.email or each.name).casefold(), each)
    return list(found.values())


def officers_for(hub: Hub, school: School) -> list[User]:
    """Who can go to the school for the hub: its managers and officers, and the officers of partners entrusted with the
    school now; by name. As many queries as `desk.colleagues`."""
    return [each.user for each in colleagues(hub=hub, school=school)]


def clashing(meeting: Meeting) -> Meeting | None:
    """Another meeting that the same officer has at the same time. One query."""
    starts, ends = meeting.starts_at, meeting.ends_at
    if starts is None or ends is None:
        return None
    rows = Meeting.objects.in_diary().filter(officer=meeting.officer, starts_at__lt=ends)
    rows = rows.filter(starts_at__gt=starts - F("minutes") * timedelta(minutes=1))
    return rows.exclude(pk=meeting.pk).select_related("school").first()
