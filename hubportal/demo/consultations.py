"""What a hub has asked its schools: a consultation of last term, closed with "You said, we did", and one that runs."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from engagement.actions import consultations
from engagement.consultations import inviting
from engagement.consultations import questions as asking
from engagement.consultations.questions import LEVEL, ONE, SEVERAL, TEXT, Wanted
from engagement.mailings import sending
from engagement.mailings.whom import Person, Reach
from engagement.models import Consultation, MailingRecipient
from hubportal.demo import schooldays
from hubportal.demo.county import MILLBROOK
from hubportal.demo.world import Place, World
from hubportal.kit import drafts

MOST = 36  # schools of one consultation
INTRODUCTION = """We are planning what we offer next year, and would like to hear what would help you most. Four short questions; two minutes are enough.

Thank you for your time."""
CHOICES = (
    "Whole-class instrumental lessons",
    "Singing in every class",
    "Training for teachers",
    "Instruments to borrow",
    "Help with our music development plan",
)
WORDS = (
    "Somebody who comes in and shows us how to teach singing in Key Stage 2.",
    "Instruments for a class of thirty, for longer than a term.",
    "To meet the other music leads nearby.",
    "Concerts that we can walk to: coaches cost too much.",
    "A choir for our older pupils.",
    "Time. And a plan that governors understand.",
)
OUTCOME = (
    (
        "Most of you want training for your own teachers, at your school and in the afternoon.",
        "From January there are three afternoons of training each half-term, one in each part of the county.",
    ),
    (
        "Coaches to concerts cost too much.",
        "Two of the spring concerts are in schools that others can walk to, and we pay half of every other coach.",
    ),
    (
        "You would like instruments for longer than a term.",
        "Class sets are lent for a whole year. We do not have enough of them for everybody yet: we ask again in summer.",
    ),
)


def consult(place: Place, world: World) -> None:
    """Some eight hundred statements. No email goes: every row is written down as sent."""
    people = _people(place)
    ended = schooldays.on_or_before(world.on - timedelta(days=30))
    begun = schooldays.on_or_before(ended - timedelta(days=20))
    closed = _ask(place, world, "What would help music at your school?", people, begun=begun)
    _answer(closed, world, begun=begun, of=(0, 1, 3, 4, 6, 7, 8))
    Consultation.objects.filter(pk=closed.pk).update(closes_on=ended)
    pairs = [{"said": f"{said}{_end(place)}", "did": did} for said, did in OUTCOME]
    consultations.set_outcome(consultation=closed, pairs=pairs)
    published = world.at(schooldays.on_or_after(ended + timedelta(days=12)), 11)
    consultations.publish(consultation=closed, by=place.manager, at=published)
    begun = schooldays.on_or_before(world.on - timedelta(days=7))
    # What runs waits on the home of Millbrook's head.
    asked = [*_people(place, [MILLBROOK]), *(each for each in people[5:] if each.school.urn != MILLBROOK)]
    running = _ask(place, world, "Training next term: when, and about what?", asked, begun=begun)
    _answer(running, world, begun=begun, of=(1, 4, 7), but=MILLBROOK)
    _begin_to_answer(running)
    day = world.on + timedelta(days=21)  # a week more, as many schools asked for
    later = world.at(schooldays.on_or_before(world.on - timedelta(days=2)), 9)
    consultations.change_day(consultation=running, closes_on=day, by=place.manager, at=later)


def _begin_to_answer(consultation: Consultation) -> None:
    """Somebody at one school has written something, and not sent it: the hub does not read it."""
    silent = consultation.schools.unanswered().exclude(school__urn=MILLBROOK).order_by("-school__urn")
    asked = silent.select_related("consultation", "school")[0]
    draft, by = consultations.begin_writing(asked=asked), consultation.sent_by
    if by is not None:
        values = {"q1": ["1", "3"], "q4": "Let me ask the others in the staff room first."}
        drafts.save(draft=draft, base_revision=0, values=values, by=by, words_of="School office")


def _people(place: Place, urns: Collection[int] = ()) -> list[Person]:
    """The music leads of every third school, or of those schools."""
    leads = [
        Person(contact, school, str(place.owners.get(school.pk, "")))
        for school in sorted(place.schools.values(), key=lambda each: each.urn)
        if school.is_open and (not urns or school.urn in urns)
        for contact in place.current_contacts(school)
        if contact.is_music_lead and contact.email
    ]
    return leads if urns else leads[::3][:MOST]


def _end(place: Place) -> str:
    return f" {place.sentinel}" if place.sentinel else ""


def _ask(place: Place, world: World, title: str, people: list[Person], *, begun: date) -> Consultation:
    wanted = [
        Wanted(SEVERAL, "What would help you most?", CHOICES),
        Wanted(LEVEL, "", criterion=world.criteria["singing"]),
        Wanted(ONE, "When would training suit your teachers?", ("In school time", "After school", "In the holidays")),
        Wanted(TEXT, "What is the one thing that you would change?"),
    ]
    at = world.at(begun, 10)
    consultation = consultations.begin(
        hub=place.hub,
        by=place.manager,
        title=f"{title}{_end(place)}",
        introduction=f"{INTRODUCTION}{_end(place)}",
        questions=asking.make(wanted, world.framework),
        closes_on=world.on + timedelta(days=14),
        whom=Consultation._meta.get_field("whom").default,
        query="",
        words="All our schools",
    )
    reach = Reach(people=people, stopped=[], nobody=[], schools=len({each.school.pk for each in people}))
    consultations.send(consultation=consultation, reach=reach, by=place.manager, at=at)
    Consultation.objects.filter(pk=consultation.pk).update(made_at=at - timedelta(days=1))
    rows = MailingRecipient.objects.filter(mailing__consultation=consultation)
    for number, row in enumerate(rows.select_related("mailing__hub", "mailing__by", "school")):
        sending.note_sent(row, at=at + timedelta(seconds=number))
    return Consultation.objects.get(pk=consultation.pk)


def _answer(consultation: Consultation, world: World, *, begun: date, of: Collection[int], but: int = 0) -> None:
    """Of every nine schools those at these places answer, a day after the other, but not that of the URN `but`; one
    changes its mind."""
    rows = MailingRecipient.objects.filter(mailing__consultation=consultation).order_by("school__urn", "pk")
    asked = {each.school_id: each for each in consultation.schools.select_related("consultation", "school")}
    for number, row in enumerate(rows.select_related("contact", "school", "mailing__by")):
        if number % 9 not in of or row.school.urn == but:
            continue
        at = world.at(begun, 15) + timedelta(days=number % 6, minutes=7 * number)
        school = asked[row.school_id]
        link, _ = inviting.make_link(school, email=row.email, name=row.name, by=row.mailing.by, at=at)
        who = {"name": row.name, "job_title": row.contact.job_title or "Music lead", "link": link}
        first = consultations.answer(asked=school, values=_values(number), at=at, **who)
        if number == 1:
            later = at + timedelta(days=1)
            consultations.answer(asked=school, values=_values(5), seen=str(first.uuid), at=later, **who)


def _values(number: int) -> dict[str, Any]:
    """What the school at this place answers."""
    chosen = sorted({str(number % 5 + 1), str(number * 3 % 5 + 1)})
    values: dict[str, Any] = {"q1": chosen, "q2": str(number % 4 + 1), "q3": str(number % 7 % 3 + 1)}
    if number % 3 != 2:
        values["q4"] = WORDS[number % len(WORDS)]
    return values
