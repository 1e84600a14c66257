"""Who is who: accounts, memberships, partners and commissions, contacts, and whose school it is."""

from collections.abc import Callable
from datetime import date
from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from hubportal.accounts.models import User
from hubportal.demo.county import FENWICK_ROAD, LARCHES, MILLBROOK, ST_BRANNOCS, DemoSchool
from hubportal.demo.ground import larkrise
from hubportal.demo.names import People
from hubportal.demo.places import BRANNOC_BAY
from hubportal.demo.words.offers import BAY, BRASS, OPEN_DOOR, STRINGS, VOICES
from hubportal.demo.world import Place, World, chunked
from schools.models import Commission, Contact, LocalAuthority, Membership, Partner, Relationship, School
from schools.roles import SCOPES, Role

PASSWORD = "learn-to-play-together"  # noqa: S105 - the demo’s own, public, and only on a loopback address
DOMAIN = "demo.example"

# The accounts that README names: local part, name, role.
ACCOUNTS = (
    ("manager", "Jo Marsh", Role.HUB_MANAGER),
    ("officer", "Amira Okafor", Role.HUB_OFFICER),
    ("viewer", "Margaret Ellwood", Role.HUB_VIEWER),
    ("partner", "Lewis Garside", Role.PARTNER_OFFICER),
    ("partnerstaff", "Bea Fontaine", Role.PARTNER_STAFF),
    ("head", "Ruth Pell", Role.SCHOOL_LEADER),
    ("musiclead", "Tom Adeyemi", Role.SCHOOL_EDITOR),
    ("governor", "Sheila Okonjo", Role.SCHOOL_VIEWER),
    ("trust", "Marcus Thwaite", Role.TRUST_LEADER),
    ("funder", "Helen Stroud", Role.RELATIONSHIP_MANAGER),
    ("admin", "Nadia Farouk", None),
    ("manager2", "Colin Beck", Role.HUB_MANAGER),
)

OFFICERS = ("Daniel Kerr", "Priya Nair", "Hannah Boateng", "Gareth Lowe", "Sian Whitlow")
MUSIC_TITLES = {
    "secondary": "Head of music",
    "all_through": "Head of music",
    "sixth_form": "Music tutor",
    "college": "Head of arts",
}


@cache
def _hash() -> str:
    """The password's hash, made once: hashing is slow on purpose."""
    return make_password(PASSWORD)


def account(local: str, name: str, **fields: object) -> User:
    """Somebody who can sign in, with a verified address."""
    user = User.objects.create(email=f"{local}@{DOMAIN}", name=name, password=_hash(), **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def colleague(name: str, domain: str) -> User:
    """Somebody the demo tells of who cannot sign in."""
    email = f"{name.lower().replace(' ', '.')}@{domain}"
    return User.objects.create(email=email, name=name, password=make_password(None))


def join(user: User, role: Role, organisation: object, since: date, **fields: object) -> Membership:
    return Membership.objects.create(user=user, role=role, starts_on=since, **{SCOPES[role]: organisation}, **fields)


def staff_exampleshire(place: Place, accounts: dict[str, User], since: date) -> None:
    """The hub's own people, its partners, and the people at Millbrook, Larkrise and the funder."""
    join(accounts["manager"], Role.HUB_MANAGER, place.hub, since)
    join(accounts["officer"], Role.HUB_OFFICER, place.hub, since)
    join(accounts["viewer"], Role.HUB_VIEWER, place.hub, since)
    join(accounts["funder"], Role.RELATIONSHIP_MANAGER, place.hub, since)
    join(accounts["trust"], Role.TRUST_LEADER, larkrise(), since)
    millbrook = place.schools[MILLBROOK]
    join(accounts["head"], Role.SCHOOL_LEADER, millbrook, since)
    join(accounts["musiclead"], Role.SCHOOL_EDITOR, millbrook, since, may_acknowledge=True)
    join(accounts["governor"], Role.SCHOOL_VIEWER, millbrook, since)
    for name in OFFICERS:
        user = colleague(name, "exampleshire-music.example")
        join(user, Role.HUB_OFFICER, place.hub, since)
        place.officers.append(user)
    for name in (BRASS, STRINGS, VOICES, OPEN_DOOR, BAY):
        local = "".join(letter for letter in name.lower() if letter.isalpha())
        place.partners[name] = Partner.objects.create(
            hub=place.hub, name=name, email=f"hello@{local}.example", phone=f"01632 9605{len(place.partners):02d}"
        )
    join(accounts["partner"], Role.PARTNER_OFFICER, place.partners[BRASS], since)
    join(accounts["partnerstaff"], Role.PARTNER_STAFF, place.partners[BRASS], since)
    bay_officer = colleague("Oonagh Trevelyan", "brannocbaymusicservice.example")
    join(bay_officer, Role.PARTNER_OFFICER, place.partners[BAY], since)
    place.partner_officers = {BRASS: accounts["partner"], BAY: bay_officer}


def commission_exampleshire(place: Place, world: World, since: date) -> None:
    """Brannoc Bay is entrusted to its music service; some schools to other partners, for a purpose."""
    bay = LocalAuthority.objects.get(code=BRANNOC_BAY)
    rows = [
        Commission(
            uuid=world.uuid(), partner=place.partners[BAY], authority=bay, starts_on=since,
            purpose="The hub’s work with every school of Brannoc Bay",
        )
    ]  # fmt: skip
    inland = [
        each for each in place.sketches
        if each.is_open and each.town.authority != BRANNOC_BAY and each.kind in ("primary", "junior", "special")
    ]  # fmt: skip
    for name, count, purpose in (
        (BRASS, 23, "Whole-class brass and the Year 5 progression band"),
        (STRINGS, 16, "Whole-class strings"),
        (VOICES, 12, "Singing all week"),
        (OPEN_DOOR, 9, "Adapted instruments and inclusive ensembles"),
    ):
        chosen = world.rng.sample(inland, count)
        if name == BRASS:
            known = [each for each in place.sketches if each.urn in (MILLBROOK, FENWICK_ROAD)]
            chosen = known + [each for each in chosen if each not in known]
        rows += [
            Commission(
                uuid=world.uuid(), partner=place.partners[name], school=place.schools[each.urn], starts_on=since,
                purpose=purpose,
            )
            for each in chosen
        ]  # fmt: skip
    chunked(Commission, rows)
    for sketch in place.sketches:
        if sketch.town.authority == BRANNOC_BAY:
            place.entrusted[place.schools[sketch.urn].pk] = place.partners[BAY]


def meet_contacts(place: Place, world: World, domain: str) -> None:
    """One to four people at each open school; some have left."""
    people = People(world.rng)
    rows: list[Contact] = []
    for sketch in place.sketches:
        if sketch.is_open or world.rng.random() < 0.3:
            rows += _contacts_at(sketch, place, world, people, domain)
    for contact in chunked(Contact, rows):
        place.contacts.setdefault(contact.school_id, []).append(contact)


def _contacts_at(sketch: DemoSchool, place: Place, world: World, people: People, domain: str) -> list[Contact]:
    rng, school = world.rng, place.schools[sketch.urn]
    words = "".join(letter for letter in "".join(sketch.name.lower().split()[:2]) if letter.isalnum())
    at_school = f"{words}.{domain}"

    def person(name: str, job_title: str, **facts: object) -> Contact:
        local = name.lower().replace("’", "").replace("'", "").replace(" ", ".")
        return Contact(
            uuid=world.uuid(), hub=place.hub, school=school, name=name, job_title=job_title,
            email=f"{local}@{at_school}", phone=school.telephone if rng.random() < 0.5 else "", **facts,
        )  # fmt: skip

    title = "Principal" if sketch.kind in ("college", "sixth_form") else "Headteacher"
    found = [person(f"{sketch.head[1]} {sketch.head[2]}", title, is_leader=True)]
    if sketch.urn == MILLBROOK:
        return _people_of_millbrook(found[0], person, world)
    music = MUSIC_TITLES.get(sketch.kind, "Music lead")
    if rng.random() < 0.82:
        new = sketch.urn == ST_BRANNOCS or rng.random() < 0.12
        found.append(person(people.full_name(), music, is_music_lead=True, shared_with_partners=rng.random() < 0.6))
        if new:
            left = date(world.on.year if world.on.month >= 9 else world.on.year - 1, 8, 31)
            found.append(person(people.full_name(), music, left_on=left))
    if rng.random() < 0.4:
        found.append(
            person(
                people.full_name(), rng.choice(("School business manager", "Office manager")), shared_with_partners=True
            )
        )
    if rng.random() < 0.25:
        found.append(person(people.full_name(), rng.choice(("Deputy head", "Assistant head")), is_leader=True))
    if sketch.urn == LARCHES:
        found.append(person(people.full_name(), "Lead for creative therapies", shared_with_partners=True))
    return found


def _people_of_millbrook(head: Contact, person: Callable[..., Contact], world: World) -> list[Contact]:
    head.email, head.user = f"head@{DOMAIN}", User.objects.get(email=f"head@{DOMAIN}")
    lead = person("Tom Adeyemi", "Music lead, Year 5 teacher", is_music_lead=True, shared_with_partners=True)
    lead.email, lead.user = f"musiclead@{DOMAIN}", User.objects.get(email=f"musiclead@{DOMAIN}")
    office = person("Carol Dunmore", "School business manager", shared_with_partners=True)
    left = person("Anna Brightwell", "Music lead", left_on=date(world.on.year - 1, 7, 22))
    return [head, lead, office, left]


def own_relationships(place: Place, world: World) -> None:
    """Each school has an owner by its town; Brannoc Bay's are its music service's."""
    towns: dict[str, User] = {}
    for sketch in place.sketches:
        towns.setdefault(sketch.town.name, place.officers[len(towns) % len(place.officers)])
    if "Ashby" in towns:  # Amira Okafor has the schools around Ashby; the others share the rest
        ashby = next(each for each in place.officers if each.name == "Amira Okafor")
        others = [each for each in place.officers if each != ashby]
        inland = [town for town in towns if town != "Ashby"]
        towns = {town: others[number % len(others)] for number, town in enumerate(inland)} | {"Ashby": ashby}
    rows = []
    for sketch in place.sketches:
        if not sketch.is_open:
            continue
        school = place.schools[sketch.urn]
        partner = place.entrusted.get(school.pk)
        owner: User | None = place.partner_officers[partner.name] if partner else towns[sketch.town.name]
        if sketch.kind == "independent" and world.rng.random() < 0.7:
            owner = None
        if sketch.urn in (ST_BRANNOCS,):
            owner = towns.get("Ashby", owner)
        if owner:
            place.owners[school.pk] = owner
        rows.append(Relationship(hub=place.hub, school=school, owner=owner))
    for row in chunked(Relationship, rows):
        place.relationships[row.school_id] = row


def leaders_at(place: Place, schools: list[School], since: date) -> None:
    """Leaders of some schools have an account of their own in the demo's story (nobody can sign in with it)."""
    heads = {
        each.school_id: each
        for rows in place.contacts.values()
        for each in rows
        if each.is_leader and each.left_on is None
    }
    new = [heads[school.pk] for school in schools if school.pk in heads and heads[school.pk].user_id is None]
    users = chunked(User, [User(email=each.email, name=each.name, password=make_password(None)) for each in new])
    chunked(
        Membership,
        [
            Membership(user=user, role=Role.SCHOOL_LEADER, school_id=each.school_id, starts_on=since)
            for user, each in zip(users, new, strict=True)
        ],
    )
    for user, each in zip(users, new, strict=True):
        each.user = user
    Contact.objects.bulk_update(new, ["user"], batch_size=500)
    for school in schools:
        head = heads.get(school.pk)
        if head and head.user:
            place.leaders[school.pk] = head.user
