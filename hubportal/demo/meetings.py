"""Meetings of the invented hubs: wished for, to come, moved, called off, held and not written up."""

from datetime import date, datetime, timedelta
from typing import Any

from engagement.actions import diary
from engagement.meetings import words
from engagement.models import Conversation, Meeting, MeetingChange, MeetingGuest
from hubportal.accounts.models import User
from hubportal.demo import halves, schooldays
from hubportal.demo.world import Place, World
from schools.models import School

How = Conversation.How
# Days from now, hour, how, where, what about; what happened: "", "moved", "cancelled".
SET = (
    (-3, 9, How.VISIT, "The music room", "What became of the Year 4 strings.", ""),
    (2, 14, How.VISIT, "The head’s office", "Your music development plan for the spring.", ""),
    (4, 10, How.VIDEO, "", "The summer festival, and who could come to the rehearsals.", ""),
    (5, 15, How.VISIT, "The hall", "Hearing the choir, then talking over what follows.", "moved"),
    (9, 11, How.CALL, "", "How whole-class brass has begun.", ""),
    (12, 13, How.VISIT, "The staff room", "Singing in every class.", "cancelled"),
    (16, 9, How.VISIT, "", "A first meeting with the new head.", ""),
)
# Days ago, by whom: "" a contact who is signed in, else typed on the public page; when would suit; what about.
ASKED = (
    (2, "", "Any Tuesday after 3.30, or before school on a Friday", "We would like to begin a choir and need advice."),
    (1, "school", "This month, mornings best", "Instruments on loan for Year 5."),
    (1, "The primary by the church", "After half-term, any day but Monday", "Somebody to play for our assembly."),
)
DECLINED = (
    20,
    "Saturday of the fair",
    "A band for our fair.",
    "We do not work on Saturdays; the youth band’s leader will ring you.",
)


def load(place: Place, world: World) -> None:
    """A diary of a fortnight for the first officer and a colleague, four wishes, four halves. Some three hundred
    statements, and no email."""
    schools = [place.schools[each.urn] for each in place.sketches if each.is_open and each.kind == "primary"]
    mine = [each for each in schools if place.current_contacts(each) and each.pk not in place.entrusted][10:]
    first, second = place.officers[0], (place.officers[1:] or place.officers)[0]
    made = []
    for number, (days, hour, how, where, about, then) in enumerate(SET):
        officer = second if number % 3 == 2 else first
        on = schooldays.on_or_after(world.on + timedelta(days=days))
        if days < 0:
            on = schooldays.on_or_before(world.on + timedelta(days=days))
        meeting = _set(place, world, mine[number], officer, world.at(on, hour, 30), how, where, about)
        if then:
            _then(place, world, meeting, then)
        made.append(meeting)
    rest = mine[len(SET) + len(ASKED) :]
    halves.load(place, world, made[1], rest)
    for number, (days, by, when, about) in enumerate(ASKED):
        _ask(place, world, mine[len(SET) + number], world.on - timedelta(days=days), by, when, about)
    days, when, about, reason = DECLINED
    refused = _ask(place, world, mine[-1], world.on - timedelta(days=days), "school", when, about)
    at = world.at(world.on - timedelta(days=days - 1), 9, 10)
    refused.state, refused.reason, refused.settled_by, refused.settled_at = "declined", reason, first, at
    refused.save()
    _note(refused, "Said that it is not possible", first, at, reason)


def _said(place: Place, text: str) -> str:
    return f"{text} {place.sentinel}".strip()


def _note(meeting: Meeting, what: str, by: User | None, at: datetime, reason: str = "") -> None:
    name = str(by) if by else meeting.asker
    MeetingChange.objects.create(meeting=meeting, at=at, by=by, by_name=name, what=what, reason=reason)
    diary.write_timeline(meeting, at)


def _set(
    place: Place, world: World, school: School, officer: User, starts_at: datetime, how: str, where: str, about: str
) -> Meeting:
    at = min(world.office_hour(schooldays.on_or_before(world.on - timedelta(days=8))), starts_at - timedelta(days=5))
    meeting = Meeting.objects.create(
        uuid=world.uuid(),
        hub=place.hub,
        school=school,
        state=Meeting.State.AGREED,
        made_by=officer,
        made_at=at,
        message=_said(place, about),
        officer=officer,
        starts_at=starts_at,
        how=how,
        place=where,
        video_link="https://video.example/exampleshire" if how == How.VIDEO else "",
        sequence=1,
    )
    for contact in place.current_contacts(school)[:2]:
        MeetingGuest.objects.create(
            meeting=meeting,
            contact=contact,
            name=contact.name,
            job_title=contact.job_title,
            email=contact.email,
            emailed_at=at,
        )
    _note(meeting, f"Set for {words.moment(starts_at)}", officer, at)
    return meeting


def _then(place: Place, world: World, meeting: Meeting, what: str) -> None:
    at = world.at(schooldays.on_or_before(world.on - timedelta(days=1)), 16, 5)
    officer: Any = meeting.officer
    meeting.sequence += 1
    if what == "moved" and meeting.starts_at:
        meeting.state, meeting.starts_at = Meeting.State.MOVED, meeting.starts_at + timedelta(hours=-1)
        meeting.save()
        reason = _said(place, "The hall is needed for the play.")
        _note(meeting, f"Moved to {words.moment(meeting.starts_at)}", officer, at, reason)
        return
    reason = _said(place, "The school expects an inspection that week.")
    meeting.state, meeting.reason = Meeting.State.CANCELLED, reason
    meeting.settled_by, meeting.settled_at = officer, at
    meeting.save()
    _note(meeting, "Cancelled", officer, at, reason)


def _ask(place: Place, world: World, school: School, on: date, by: str, when: str, about: str) -> Meeting:
    contact = place.current_contacts(school)[0]
    leader = place.leaders.get(school.pk)
    is_known = not by or by == "school"
    at = world.at(on, 16, 40)
    meeting = Meeting.objects.create(
        uuid=world.uuid(),
        hub=place.hub,
        school=school if is_known else None,
        school_words=school.name if by == "school" else _said(place, by),
        via=Meeting.Via.PUBLIC if by else Meeting.Via.HOME,
        made_at=at,
        made_by=leader if leader and not by else None,
        name=contact.name,
        job_title=contact.job_title or "Music lead",
        email=contact.email or "office@school.example",
        wanted=_said(place, when),
        message=_said(place, about),
    )
    _note(meeting, "Asked to meet", None, at)
    return meeting
