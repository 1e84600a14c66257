"""Schools that became academies: the register's links, one whose records have gone over, and some to decide about."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from random import Random

from hubportal.accounts.models import User
from hubportal.demo import people, schooldays
from hubportal.demo.book import Book
from hubportal.demo.county import DemoSchool
from hubportal.demo.names import People
from hubportal.demo.places import EXAMPLESHIRE
from hubportal.demo.talk import Talk
from hubportal.demo.words.calls import TOPICS
from hubportal.demo.world import Place, World
from schools.actions import successions
from schools.models import Contact, RegisterFile, Relationship, SchoolLink, Succession
from schools.register.proposals import propose

FILE = "demonstration-links.csv"
COLUMNS = ["URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"]


def become(place: Place, world: World, officer: User) -> None:
    """Called last: its dice are its own, so that the rest of the county stays as it is."""
    world = replace(world, rng=Random(f"became {world.seed} {world.on}"))
    by_urn = {each.urn: each for each in place.sketches}
    pairs = [(by_urn[each.predecessor], each) for each in place.sketches if each.predecessor]
    _link(pairs, place, world)
    inland = [(old, new) for old, new in pairs if old.town.authority == EXAMPLESHIRE]
    undecided, decided = sorted(inland, key=lambda pair: (pair[1].opened, pair[1].urn), reverse=True)[:2]
    book = Book(place, world)
    for old, _ in (undecided, decided):
        _remember(old, Talk(book), officer)
    book.write()
    people.leaders_at(
        place, [place.schools[old.urn] for old, _ in (undecided, decided)], world.on - timedelta(days=800)
    )
    propose([place.hub.pk])
    row = Succession.objects.get(hub=place.hub, predecessor__urn=decided[0].urn)
    successions.apply(
        succession=row, how=Succession.How.MOVE, note="Agreed with the head at our last visit.", by=officer
    )


def _link(pairs: list[tuple[DemoSchool, DemoSchool]], place: Place, world: World) -> None:
    """The links file, kept as history: the portal does not take it for the newest of the real ones."""
    file = RegisterFile.objects.create(
        kind=RegisterFile.Kind.LINKS, name=FILE, as_at=world.on.replace(day=1), encoding="utf-8", header=COLUMNS,
        sha256=hashlib.sha256(f"{FILE} {world.seed} {world.on}".encode()).hexdigest(), size=0, rows=2 * len(pairs),
        applied_at=world.at(world.on), is_history=True,
    )  # fmt: skip
    SchoolLink.objects.bulk_create(
        SchoolLink(
            urn=one.urn, link_urn=other.urn, link_name=other.name, kind=kind, established_on=new.opened,
            first_file=file, last_file=file, first_seen=file.as_at, last_seen=file.as_at,
        )
        for old, new in pairs
        for one, kind, other in ((old, "Successor", new), (new, "Predecessor", old))
    )  # fmt: skip


def _remember(old: DemoSchool, talk: Talk, officer: User) -> None:
    """What the hub held for the school before it closed: whose it was, whom one knew, two calls, and one in vain."""
    place, world, school = talk.place, talk.world, talk.place.schools[old.urn]
    place.owners[school.pk] = officer
    place.relationships[school.pk] = Relationship.objects.create(hub=place.hub, school=school, owner=officer)
    if not place.current_contacts(school):
        local = "".join(letter for letter in old.name.lower() if letter.isalnum())
        names = People(world.rng)
        for title, is_leader in (("Deputy head", True), ("Music lead", False)):
            name = names.full_name()
            contact = Contact.objects.create(
                uuid=world.uuid(), hub=place.hub, school=school, name=name, job_title=title, is_leader=is_leader,
                is_music_lead=not is_leader, email=f"{name.replace(' ', '.')}@{local}.example".lower(),
            )  # fmt: skip
            place.contacts.setdefault(school.pk, []).append(contact)
    assert old.closed is not None, "a school that became another has closed"
    for weeks in (18, 9):
        talk.call(old, schooldays.on_or_before(old.closed - timedelta(weeks=weeks)), TOPICS[weeks % 2])
    talk.attempt(old, schooldays.on_or_before(old.closed - timedelta(weeks=7)), "email")
