"""What lies across the borders: a school whose authority went to the other hub, and one that changed its trust."""

from datetime import date, timedelta
from typing import NamedTuple

from engagement.actions import attempts, contact_dates, recording
from engagement.models import Attempt, Conversation, ConversationPart
from hubportal.demo import schooldays
from hubportal.demo.places import AUTHORITIES, MARRAM_ISLES
from hubportal.demo.world import Place, World
from schools import timeline
from schools.actions import handovers
from schools.models import Contact, HubArea, LocalAuthority, School, SchoolIdentifier, Trust, TrustSchool
from schools.register import keys


class Isle(NamedTuple):
    """A school of the Marram Isles."""

    urn: int
    name: str
    head: str
    pupils: int
    street: str
    postcode: str


MARRAM = Isle(700701, "Marram Isles Primary School", "Morwenna Pike", 84, "Harbour Lane", "ZY3 1AB")
SALTING = Isle(700702, "Salting Island Primary School", "Tegan Rowe", 31, "Chapel Rise", "ZY3 2CD")
LEFT, JOINED = "990003", "990005"  # the trusts between which one school went


def load(first: Place, second: Place, world: World) -> None:
    """Marram Isles was the first hub's and is the second's since this school year: its two schools, what the first holds
    of them, and the offers of the first hub's manager to hand them over. Some sixty statements."""
    this_year = schooldays.academic_year_start(world.on)
    school = _school(first, world.on, MARRAM)
    island = _school(first, world.on, SALTING)
    second.hub.areas.create(authority=school.authority, starts_on=this_year)
    HubArea.objects.create(hub=first.hub, authority=school.authority, starts_on=date(2019, 9, 1), ends_on=this_year)
    contact, _ = (
        Contact.objects.create(hub=first.hub, school=each, name=name, job_title="Head teacher", is_leader=True)
        for each, name in ((school, MARRAM.head), (island, SALTING.head))
    )
    _talk(first, school, contact, world)
    contact_dates.refresh(hub=first.hub, school=school)
    handovers.offer(
        school=school,
        giver=first.hub,
        by=first.manager,
        with_history=True,
        note="We knew the school well and would be glad if the singing went on. Ring me any time.",
    )
    handovers.offer(school=island, giver=first.hub, by=first.manager, with_history=False)
    _change_trust()


def _school(first: Place, on: date, isle: Isle) -> School:
    authority, _ = LocalAuthority.objects.get_or_create(code=MARRAM_ISLES, defaults={"name": AUTHORITIES[MARRAM_ISLES]})
    like = next(school for school in first.schools.values() if school.type.code == "34" and school.phase == "2")
    school = School.objects.create(
        urn=isle.urn,
        source=School.Source.DEMO,
        name=isle.name,
        name_key=keys.name_key(isle.name),
        search_text=keys.search_text(name=isle.name, urn=isle.urn, postcode=isle.postcode, town="Marram"),
        authority=authority,
        type=like.type,
        status=School.Status.OPEN,
        phase=School.Phase.PRIMARY,
        open_date=date(2014, 9, 1),
        low_age=4,
        high_age=11,
        pupils=isle.pupils,
        street=isle.street,
        town="Marram",
        postcode=isle.postcode,
        head_name=isle.head,
        as_at=on.replace(day=1),
    )
    SchoolIdentifier.objects.create(school=school, urn=isle.urn, valid_from=school.open_date)
    trust = Trust.objects.get(group_uid="990008")
    TrustSchool.objects.create(trust=trust, school=school, joined_on=school.open_date, is_dated=True)
    return school


def _talk(first: Place, school: School, contact: Contact, world: World) -> None:
    """A call last summer, and an attempt before it."""
    last = schooldays.on_or_before(schooldays.academic_year_start(world.on) - timedelta(days=60))
    before = schooldays.on_or_before(last - timedelta(days=21))
    officer = first.officers[0]
    conversation = Conversation.objects.create(
        uuid=world.uuid(),
        hub=first.hub,
        author=officer,
        state=Conversation.State.LOGGED,
        date=last,
        minutes=20,
        framework=world.framework,
        private_notes="The school may federate with one on the mainland. Not to be talked about yet.",
        logged_at=world.office_hour(last),
    )
    part = ConversationPart.objects.create(
        uuid=world.uuid(),
        conversation=conversation,
        school=school,
        summary="Singing in every class each day. The school would like a visiting string teacher, who needs the ferry.",
        is_filled=True,
    )
    conversation.participants.create(side="hub", name=str(officer))
    conversation.participants.create(side="school", part=part, name=contact.name, job_title="Head teacher")
    recording.write_timeline(part=part)
    attempt = Attempt.objects.create(
        uuid=world.uuid(), hub=first.hub, school=school, how="call", at=world.office_hour(before), by=officer
    )
    timeline.write(**attempts.timeline_fields(attempt))


def _change_trust() -> None:
    """One school was in another trust before the one it is in."""
    stay = TrustSchool.objects.filter(trust__group_uid=JOINED, left_on=None).order_by("school__urn").first()
    if stay is not None:
        TrustSchool.objects.create(
            trust=Trust.objects.get(group_uid=LEFT),
            school=stay.school,
            joined_on=stay.joined_on - timedelta(days=730),
            left_on=stay.joined_on,
            is_dated=True,
        )
