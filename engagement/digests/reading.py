"""What a digest says: the same things that stand on Today or on the school's home. It names schools, days and what is
to be done, and never a word of a record: those are read in the portal."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from engagement import reading
from engagement.desk import desk_of
from engagement.models import AgreedAction
from engagement.permissions import can_acknowledge, can_start_conversations
from engagement.worklist import GROUPS, things_for
from hubportal.accounts.models import User
from hubportal.kit.wording import short_date
from schools.access import access_of
from schools.models import School

MOST = 10  # lines under one heading
SOON = timedelta(days=7)  # an action due by then is due


@dataclass(frozen=True)
class Chapter:
    """A heading, its lines, and how many more there are. `path` is where they stand."""

    heading: str
    lines: list[str]
    number: int
    path: str

    @property
    def more(self) -> int:
        return self.number - len(self.lines)


def chapters(user: User, on: date) -> list[Chapter]:
    """What is due for a person on a day, in the order of Today; [] where nothing is. What Today costs, and a dozen
    queries for each of their schools."""
    return [*_of_hub(user, on), *_of_schools(user, on)]


def number_of(found: list[Chapter]) -> int:
    return sum(each.number for each in found)


def _of_hub(user: User, on: date) -> list[Chapter]:
    """Of those who work at the list of Today: what needs them, without what is only coming."""
    if not can_start_conversations(user):
        return []
    due = [each for each in desk_of(user, on).entries if each.needs_somebody and not each.marks.get("coming")]
    found = []
    for code, heading in GROUPS.items():
        if mine := [each for each in due if each.item.group == code]:
            lines = [f"{each.item.title}: since {short_date(each.item.since, on)}" for each in mine[:MOST]]
            found.append(Chapter(heading, lines, len(mine), reverse("engagement:today")))
    return found


def _of_schools(user: User, on: date) -> list[Chapter]:
    """Of a school's leaders and editors: what waits for them there."""
    writing = access_of(user).writing_school_ids
    schools = School.objects.visible_to(user, on).filter(pk__in=writing).order_by("name_key", "pk") if writing else []
    found = []
    for school in schools:
        if lines := _of_school(user, school, on):
            home = reverse("engagement:school-home", query={"school": school.urn})
            found.append(Chapter(school.name, lines[:MOST], len(lines), home))
    return found


def _of_school(user: User, school: School, on: date) -> list[str]:
    rows: Any = reading.newest_shared(user).filter(part__school=school)
    shared = [each for each in rows if not each.was_answered]
    lines = [
        f"The report from {short_date(each.part.conversation.date, on)}: "
        + ("say whether it is accurate" if can_acknowledge(user, each.part) else "read it")
        for each in shared
        if can_acknowledge(user, each.part) or not each.was_read
    ]
    actions = AgreedAction.objects.visible_to(user, on).open()
    for action in actions.filter(school=school, side=AgreedAction.Side.SCHOOL, due_on__lte=on + SOON).order_by(
        "due_on"
    ):
        if action.due_on:
            was = "was due" if action.due_on < on else "is due"
            lines.append(f"An agreed action {was} on {short_date(action.due_on, on)}")
    for item in things_for(user, school, on):
        name = "Before you meet" if item.title == school.name else item.title
        lines.append(f"{name}: {item.action.lower()} (since {short_date(item.since, on)})")
    return lines
