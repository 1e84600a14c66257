"""What schools of the invented hubs were asked before a meeting: answered by link, waiting, entered by the officer who
was told it by telephone, and expired without an answer."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from engagement.actions import halves
from engagement.meetings import questions
from engagement.models import HalfAnswer, HalfSend, Meeting, SchoolHalf
from hubportal.accounts.models import User
from hubportal.demo import schooldays
from hubportal.demo.county import MILLBROOK
from hubportal.demo.world import Place, World
from hubportal.kit.models import SignedLink
from schools.models import Contact, School

ASKED = ("singing", "moving-on")  # criteria of the framework
NOTE = "Thank you for making time. A line or two each is plenty."
ANSWERED = {
    "c-singing": "Every class sings in assembly; two sing in lessons.",
    "c-singing-level": "2",
    "c-moving-on": "Four of this year’s Year 6 go on with brass; we do not know what becomes of the others.",
    questions.CHANGED: "Our Year 6 teacher now leads music; she plays the piano.",
    questions.WANTS: "To see how other schools of our size sing every day.",
}
ENTERED = {
    "c-singing": "The choir stopped when its leader left; assemblies still have a song.",
    "c-singing-level": "1",
    questions.WANTS: "Somebody who comes once a week for a term and shows the teachers how.",
}


def load(place: Place, world: World, meeting: Meeting, schools: list[School]) -> None:
    """One half for the meeting, three at the first of these schools, and one that the leaders of Millbrook find on their
    page. Some sixty statements, and no email."""
    officer = meeting.officer or place.manager
    if meeting.school is not None:
        half = _ask(place, world, meeting.school, officer, days=5, meeting=meeting)
        _answer(place, world, half, ANSWERED)
    waiting, entered, expired = schools[:3]
    _ask(place, world, waiting, officer, days=6)
    _answer(place, world, _ask(place, world, entered, officer, days=9), ENTERED, entered_by=officer)
    _ask(place, world, expired, officer, days=67)
    if MILLBROOK in place.schools:
        _ask(place, world, place.schools[MILLBROOK], officer, days=2)


def _said(place: Place, text: str) -> str:
    return f"{text} {place.sentinel}".strip()


def _ask(
    place: Place, world: World, school: School, by: User, *, days: int, meeting: Meeting | None = None
) -> SchoolHalf:
    """So many days ago, by an email to the first contact."""
    at = world.at(schooldays.on_or_before(world.on - timedelta(days=days)), 15, 50)
    half = SchoolHalf.objects.create(
        uuid=world.uuid(),
        hub=place.hub,
        school=school,
        meeting=meeting,
        framework=world.framework,
        questions=questions.freeze(world.framework, ASKED),
        note=_said(place, NOTE),
        asked_by=by,
        asked_at=at,
        expires_at=at + halves.LINK_LASTS,
    )
    contact = place.current_contacts(school)[0]
    HalfSend.objects.create(
        half=half,
        link=_link(world, half, contact, at),
        contact=contact,
        name=contact.name,
        email=contact.email or place.hub.email,
        at=at,
        by=by,
        emailed_at=at,
    )
    halves.write_timeline(half)
    return half


def _link(world: World, half: SchoolHalf, contact: Contact, at: datetime) -> SignedLink:
    """A link whose token nobody knows: no email went."""
    return SignedLink.objects.create(
        id=world.uuid(),
        token_hash=hashlib.sha256(world.uuid().bytes).hexdigest(),
        purpose=SchoolHalf.PURPOSE,
        target=half.uuid,
        email=contact.email or half.hub.email,
        name=contact.name,
        created_by=half.asked_by,
        created_at=at,
        expires_at=half.expires_at,
    )


def _answer(
    place: Place, world: World, half: SchoolHalf, said: Mapping[str, str], entered_by: User | None = None
) -> None:
    """On the school day before the demo is seen: by the link, or as the school told an officer of the hub."""
    day = schooldays.on_or_before(world.on - timedelta(days=1))
    at, contact = world.at(day, 15, 50), place.current_contacts(half.school)[0]
    HalfAnswer.objects.create(
        uuid=world.uuid(),
        half=half,
        values={name: value if name.endswith("-level") else _said(place, value) for name, value in said.items()},
        name=contact.name,
        job_title=contact.job_title or "Music lead",
        at=at,
        link=None if entered_by else half.sends.get().link,
        entered_by=entered_by,
        said_on=day if entered_by else None,
    )
    if entered_by:
        half.read_at, half.read_by = at, entered_by
    else:
        half.answered_at = at
    half.save()
    halves.write_timeline(half)
