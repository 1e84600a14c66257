"""What the invented register lacks: a virtual school, a home education group, and organisations that are no schools."""

from random import Random
from uuid import UUID

from django.apps import apps

from engagement.models import Offer
from hubportal.demo.words.offers import OfferWords
from hubportal.demo.world import Place, World, chunked
from schools.models import Contact, EstablishmentType, School, SchoolIdentifier
from schools.reference import load_reference
from schools.register import keys

SCHOOLS = (
    ("H1", "{} Virtual School", "Head of the virtual school", "Ruth Adeyemi"),
    ("H2", "{} Home Educators", "Organises the meetings", "Tom Varley"),
)
ORGANISATIONS = (
    ("G1", "{} Cathedral Music Foundation", "Director of music", "Clare Ostler"),
    ("G2", "University of {}", "Lecturer in music education", "Dr Ravi Menon"),
    ("G4", "{} Teaching School Hub", "Lead for the arts", "Hannah Price"),
)


# What two of them deliver, by the organisation's kind.
OFFERS = (
    ("G1", OfferWords(
        "Choral days at the cathedral", "provision",
        "A day of singing with the choristers and their directors, and a song to take back to school.",
        "Years 4 to 6", ("singing", "moving-on"), "£0; the school pays for the coach", phases=("2", "3"),
    )),
    ("G2", OfferWords(
        "Composing with student teachers", "training",
        "Student teachers work with one class for half a term; the class teacher keeps the lessons.",
        "Years 5 to 9", ("curriculum-sequence",), "£0 for schools in the hub",
    )),
)  # fmt: skip


def add_by_hand(place: Place, world: World) -> None:
    """Called late: its dice are its own, so that the rest of the county stays as it is. The second hub has one of each.
    About eleven queries."""
    rng = Random(f"added by hand {place.hub.slug} {world.seed}")
    where = place.sentinel or "Exampleshire"
    wanted = [*SCHOOLS[:1], *ORGANISATIONS[1:2]] if place.sentinel else [*SCHOOLS, *ORGANISATIONS]
    load_reference(
        apps.get_app_config("schools")
    )  # the kinds, where nothing has been migrated since they were taken away
    types = {each.code: each for each in EstablishmentType.objects.filter(code__in=[code for code, *_ in wanted])}
    near = place.schools[place.sketches[0].urn]
    number = School.FIRST_OWN_NUMBER + School.objects.filter(urn__gte=School.FIRST_OWN_NUMBER).count()
    rows = [
        _school(number + each, name.format(where), types[code], near, world)
        for each, (code, name, *_) in enumerate(wanted)
    ]
    schools = chunked(School, rows)
    chunked(SchoolIdentifier, [SchoolIdentifier(school=each, urn=each.urn, valid_from=each.as_at) for each in schools])
    contacts = [
        Contact(
            uuid=UUID(int=rng.getrandbits(128), version=4), hub=place.hub, school=school, name=name, job_title=post,
            email=f"{name.lower().replace('dr ', '').replace(' ', '.')}@{place.hub.slug}-partners.example", is_leader=True,
        )
        for school, (_, _, post, name) in zip(schools, wanted, strict=True)
    ]  # fmt: skip
    chunked(Contact, contacts)
    by_kind = {code: school for school, (code, *_) in zip(schools, wanted, strict=True)}
    offers = [
        Offer(
            uuid=UUID(int=rng.getrandbits(128), version=4), hub=place.hub, title=each.title,
            strand=world.strands[each.strand], description=f"{each.description} {place.sentinel}".strip(),
            for_whom=each.for_whom, phases=list(each.phases), criteria_codes=list(each.criteria), cost=each.cost,
            organisation=by_kind[kind],
        )
        for kind, each in OFFERS if kind in by_kind
    ]  # fmt: skip
    chunked(Offer, offers)


def _school(number: int, name: str, kind: EstablishmentType, near: School, world: World) -> School:
    """In the town of one of the schools there."""
    return School(
        urn=number,
        source=School.Source.MANUAL,
        name=name,
        name_key=keys.name_key(name),
        search_text=keys.search_text(name=name, urn="", postcode=near.postcode, town=near.town),
        authority=near.authority,
        type=kind,
        status=School.Status.OPEN,
        phase=School.Phase.NOT_APPLICABLE,
        town=near.town,
        postcode=near.postcode,
        as_at=world.on.replace(day=1),
    )
