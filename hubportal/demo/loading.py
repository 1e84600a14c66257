"""The demo from beginning to end, in one transaction."""

from datetime import date, timedelta
from random import Random

from django.db import connection, transaction

from engagement.actions import contact_dates
from engagement.models import Attempt, Conversation, ConversationPart, Criterion, Framework, PartVersion, Strand
from engagement.reference import load_reference
from hubportal.accounts.models import User
from hubportal.demo import (
    borders,
    county,
    deliveries,
    engaging,
    ground,
    hours,
    keeping_in_touch,
    meetings,
    past,
    people,
    planning,
    ready,
    risky,
    schooldays,
    terms,
)
from hubportal.demo.added_by_hand import add_by_hand
from hubportal.demo.became import become
from hubportal.demo.book import Book
from hubportal.demo.catalogue import load_offers, load_years
from hubportal.demo.challenge import Challenge
from hubportal.demo.check_ins import CheckIns
from hubportal.demo.consultations import consult
from hubportal.demo.county import MILLBROOK, DemoSchool
from hubportal.demo.dated_facts import Facts
from hubportal.demo.digests import send_what_was_due
from hubportal.demo.elsewhere import PlansElsewhere
from hubportal.demo.evaluations import SelfEvaluations
from hubportal.demo.figures import publish
from hubportal.demo.gatherings import gather, leave_drafts
from hubportal.demo.introducing import Introducing
from hubportal.demo.known_twice import know_twice
from hubportal.demo.mailings import write_to_schools
from hubportal.demo.millbrook import Millbrook
from hubportal.demo.places import BRANNOC_BAY, EXAMPLESHIRE, SAMPLEFOLK
from hubportal.demo.plans import Plans
from hubportal.demo.register_changes import tell_changes
from hubportal.demo.reminders import Reminders
from hubportal.demo.shared import Sharing
from hubportal.demo.talk import SPECIAL_STORIES, Talk
from hubportal.demo.trust_plan import TrustPlans
from hubportal.demo.voice import Voice
from hubportal.demo.words.offers import OFFERS, SAMPLE_OFFERS
from hubportal.demo.worklists import put_aside
from hubportal.demo.world import Place, World
from schools.access import today
from schools.models import Hub, Partner, School
from schools.roles import Role
from smdp.models import Plan, SelfEvaluation

SENTINEL = "Quillfeather"  # stands in everything that Samplefolk writes, and nowhere else
CHALLENGED = 31  # schools of Exampleshire with a challenging conversation this year


def is_loaded() -> bool:
    return Hub.objects.filter(slug="exampleshire").exists()


@transaction.atomic
def load(*, on: date | None = None, seed: int = 7) -> dict[str, int]:
    """Load everything, as seen on a day (today unless said otherwise). Returns what there is then, counted.

    The same seed and day make the same county, people and words. No email is sent. Takes some ten seconds.
    """
    on = on or today()
    load_reference()
    framework = Framework.objects.get(hub=None, number=1)
    criteria = {each.code: each for each in Criterion.objects.filter(area__framework=framework).select_related("area")}
    world = World(
        on, seed, Random(f"demo {seed} {on}"), framework, criteria, {each.code: each for each in Strand.objects.all()}
    )
    accounts = {local: people.account(local, name, is_superuser=role is None) for local, name, role in people.ACCOUNTS}
    exampleshire = _load_exampleshire(world, accounts)
    samplefolk = _load_samplefolk(world, accounts)
    borders.load(exampleshire, samplefolk, world)
    send_what_was_due(accounts, world)
    contact_dates.refresh_all()
    for place in (exampleshire, samplefolk):
        engaging.load(place, world)
        Introducing(place, world).load()
    with connection.cursor() as cursor:
        # Without it the first pages are planned as if the tables were empty: minutes in place of milliseconds.
        cursor.execute("ANALYZE")
    return {
        "schools": School.objects.filter(source=School.Source.DEMO).count(),
        "conversations": Conversation.objects.count(),
        "attempts": Attempt.objects.count(),
        "shared versions": PartVersion.objects.count(),
        "plans": Plan.objects.count(),
        "self-evaluations": SelfEvaluation.objects.count(),
        "people": User.objects.count(),
    }


def _load_exampleshire(world: World, accounts: dict[str, User]) -> Place:
    since = schooldays.last_years_start(world.on)
    hub = ground.make_hub(
        "Exampleshire Music Hub", "exampleshire", "#4b2067", (EXAMPLESHIRE, BRANNOC_BAY), date(since.year - 5, 9, 1),
        email="hello@exampleshire-music.example", phone="01632 960100", website="https://exampleshire-music.example",
        safeguarding_contact="Jo Marsh, 01632 960101, safeguarding@exampleshire-music.example",
    )  # fmt: skip
    sketches = county.exampleshire(world.seed, world.on)
    place = Place(
        hub,
        sketches,
        ground.load_schools(sketches, world.on),
        manager=accounts["manager"],
        officers=[accounts["officer"]],
    )
    terms.load(place)
    keeping_in_touch.decide(place, world)
    people.staff_exampleshire(place, accounts, since - timedelta(days=365))
    people.commission_exampleshire(place, world, since)
    people.meet_contacts(place, world, "example")
    people.own_relationships(place, world)
    load_offers(place, world, OFFERS)

    book = Book(place, world)
    book.entries = ground.register_entries(hub, sketches, place.schools, world)
    talk = Talk(book)
    story = Millbrook(talk, accounts)
    chosen = _to_challenge(sketches, world, CHALLENGED)
    people.leaders_at(
        place, [place.schools[MILLBROOK], *(place.schools[each.urn] for each in chosen[: CHALLENGED * 2 // 3])], since
    )
    story.tell()
    Challenge(talk).two_years(chosen, only_once=3)
    talk.known_stories()
    gather(talk)
    talk.year_of_talk(calls=525, attempts=250, skip=SPECIAL_STORIES)
    book.write()
    leave_drafts(talk, accounts)

    sharing = Sharing(place, world)
    sharing.most_of(_to_share(talk, told_apart={MILLBROOK}))
    story.share(sharing)
    _withdraw_one(talk, sharing)
    know_twice(place, world)
    publish(place, world)
    add_by_hand(place, world)
    load_years(place, world)
    Facts(place, world).load()
    become(place, world, accounts["officer"])
    tell_changes(place, world)
    plans = Plans(place, world)
    plans.load()
    PlansElsewhere(place, world).load()
    CheckIns(place, world).load()
    SelfEvaluations(place, world).load()
    Reminders(place, world).load()
    TrustPlans(world).load()
    keeping_in_touch.persist(place, world)
    past.load(place, world)
    risky.load(place, world)
    deliveries.load(place, world)
    planning.plan(place, world)
    hours.load(place, world)
    ready.load(place, world)
    write_to_schools(place, world)
    consult(place, world)
    meetings.load(place, world)
    put_aside(place, world)
    plans.of_other_kinds(since)
    return place


def _load_samplefolk(world: World, accounts: dict[str, User]) -> Place:
    """The other hub, with a word in everything it writes that nobody of Exampleshire may ever meet."""
    since = schooldays.last_years_start(world.on)
    hub = ground.make_hub(
        "Samplefolk Music Hub", "samplefolk", "#0b5d57", (SAMPLEFOLK,), date(since.year - 5, 9, 1),
        email="office@samplefolk-music.example", phone="01632 960800", website="https://samplefolk-music.example",
        safeguarding_contact="Colin Beck, 01632 960801, safeguarding@samplefolk-music.example",
    )  # fmt: skip
    sketches = county.samplefolk(world.seed, world.on)
    place = Place(
        hub,
        sketches,
        ground.load_schools(sketches, world.on),
        manager=accounts["manager2"],
        officers=[],
        sentinel=SENTINEL,
    )
    terms.load(place)
    keeping_in_touch.decide(place, world)
    people.join(accounts["manager2"], Role.HUB_MANAGER, hub, since)
    for name in ("Rosalind Fenn", "Ike Solomon"):
        officer = people.colleague(name, "samplefolk-music.example")
        people.join(officer, Role.HUB_OFFICER, hub, since)
        place.officers.append(officer)
    name = "Sample Singing Company"
    place.partners[name] = Partner.objects.create(hub=hub, name=name, email="hello@samplesinging.example")
    people.meet_contacts(place, world, "example")
    people.own_relationships(place, world)
    load_offers(place, world, SAMPLE_OFFERS)
    book = Book(place, world)
    book.entries = ground.register_entries(hub, sketches, place.schools, world)
    talk = Talk(book)
    chosen = [each for each in sketches if each.kind == "primary"][3:9]
    people.leaders_at(place, [place.schools[each.urn] for each in chosen], since)
    Challenge(talk).two_years(chosen, only_once=2)
    talk.year_of_talk(calls=60, attempts=25, skip=set())
    book.write()
    Sharing(place, world).most_of(_to_share(talk, told_apart=set()))
    tell_changes(place, world)
    publish(place, world)
    add_by_hand(place, world)
    Facts(place, world).load()
    Plans(place, world).load()
    PlansElsewhere(place, world).load()
    CheckIns(place, world).load()
    SelfEvaluations(place, world).load()
    Reminders(place, world).load()
    keeping_in_touch.persist(place, world)
    past.load(place, world)
    risky.load(place, world)
    deliveries.load(place, world)
    planning.plan(place, world)
    hours.load(place, world)
    ready.load(place, world)
    write_to_schools(place, world)
    consult(place, world)
    meetings.load(place, world)
    put_aside(place, world)
    return place


def _to_challenge(sketches: list[DemoSchool], world: World, count: int) -> list[DemoSchool]:
    """Schools with a challenging conversation: some of each kind, and enough of the trust that a demo account leads."""
    open_ones = [
        each for each in sketches
        if each.is_open and each.urn not in SPECIAL_STORIES and each.opened.year < world.on.year - 3
    ]  # fmt: skip
    larkrise = [each for each in open_ones if each.trust == county.LARKRISE][:5]
    rest = [each for each in open_ones if each not in larkrise]
    chosen = list(larkrise)
    for kinds, share in (
        (("primary",), 13),
        (("junior", "infant"), 3),
        (("secondary", "all_through"), 6),
        (("special",), 3),
        (("unit", "sixth_form"), 1),
    ):
        chosen += world.rng.sample([each for each in rest if each.kind in kinds], share)
    return chosen[:count]


def _to_share(talk: Talk, told_apart: set[int]) -> list[tuple[ConversationPart, Voice]]:
    """The full conversations, and a few of the short ones, oldest first, with the voice of their school."""
    parts = [
        (part, talk.voice_of(part))
        for meeting in talk.book.meetings
        for part in meeting.parts
        if part.school.urn not in told_apart and part.is_filled
        and (meeting.conversation.form == Conversation.Form.FULL or talk.rng.random() < 0.05)
    ]  # fmt: skip
    return sorted(parts, key=lambda pair: (pair[0].conversation.date, pair[0].school.urn))


def _withdraw_one(talk: Talk, sharing: Sharing) -> None:
    """One short conversation went to the wrong school and was withdrawn the next day."""
    versions = PartVersion.objects.filter(
        part__conversation__hub=talk.place.hub, part__conversation__form=Conversation.Form.QUICK, part__released_at=None,
        shared_at__lt=talk.world.at(talk.world.on - timedelta(days=3)), responses=None,
    ).select_related("part__conversation__hub", "part__school", "part__conversation__author")  # fmt: skip
    version = versions.order_by("shared_at", "pk").first()
    if version:
        day = schooldays.on_or_after(version.shared_at.date() + timedelta(days=1))
        reason = "Sent to the wrong school: the call was with its neighbour of the same name."
        sharing.unshare(version.part, day, reason, version.shared_by)
