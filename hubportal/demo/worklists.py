"""What the invented officers put off and handed to each other on their worklists."""

from datetime import timedelta

from engagement import desk
from engagement.actions import desk as actions
from engagement.desk import Entry
from engagement.models import WorkHandover
from hubportal.accounts.models import User
from hubportal.demo import schooldays
from hubportal.demo.world import Place, World
from schools.models import School

# Days from now, and why.
PUT_OFF = (
    (12, "The music lead is away until then; the office asked us to ring after that."),
    (19, "Their carol concerts come first. We meet at the one on the last day."),
    (33, "The new head starts after the holiday."),
)
HANDED = "I am in the north all week. They would like a call before Thursday: ask about the Year 4 strings."


def put_aside(place: Place, world: World) -> None:
    """The first officer put three things off and handed one to a colleague. Some hundred statements."""
    officer, colleague = (User.objects.get(pk=each.pk) for each in place.officers[:2])
    theirs = [each for each in desk.desk_of(officer, world.on).entries if _is_handy(each, officer)]
    schools = {each.pk: each for each in School.objects.filter(pk__in=[each.item.school_id for each in theirs])}
    for entry, (days, reason) in zip(theirs[3::4], PUT_OFF, strict=False):
        actions.snooze(
            hub=place.hub,
            school=schools[entry.item.school_id or 0],
            key=entry.item.key,
            matter=entry.item.matter,
            until=schooldays.on_or_after(world.on + timedelta(days=days)),
            reason=f"{reason} {place.sentinel}".strip(),
            by=officer,
        )
    for entry in theirs[2:3]:
        WorkHandover.objects.create(
            hub=place.hub,
            school=schools[entry.item.school_id or 0],
            key=entry.item.key,
            sender=officer,
            receiver=colleague,
            note=f"{HANDED} {place.sentinel}".strip(),
        )


def _is_handy(entry: Entry, officer: User) -> bool:
    """The officer's own, of a school and not bound to the person."""
    item = entry.item
    return entry.who_id == officer.pk and bool(item.school_id) and not item.is_personal and item.group == "talk"
