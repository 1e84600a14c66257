"""What the register suggests to a hub: proposals for a person, never more."""

import csv
import gzip
import io
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schools.actions import successions
from schools.models import Hub, HubArea, LocalAuthority, Relationship, School, SchoolLink, Succession
from schools.register.importing import import_establishments
from schools.register.links import import_links
from schools.register.proposals import propose
from schools.roles import Role
from schools.succession import holdings
from tests import factories as make
from tests.schools.register.files import MISSING, SHARED, row
from tests.schools.register.inbox import FIRST, SECOND, Inbox
from tests.schools.register.sheets import LINKS, link, save

pytestmark = pytest.mark.django_db

OPEN, CLOSED, CLOSING, PLANNED = School.Status
CLOSED_ON, OPENED_ON = date(2026, 8, 31), date(2026, 9, 1)


@pytest.fixture
def hub() -> Hub:
    return make.make_hub("Exampleshire Music Hub")


@pytest.fixture
def old(hub: Hub) -> School:
    """A closed school of which the hub knows a contact."""
    school = make.make_school("Old School", hub=hub, status=CLOSED, close_date=CLOSED_ON, postcode="EX1 1AA")
    make.make_contact(hub=hub, school=school)
    return school


def make_new(hub: Hub, name: str = "New Academy", **fields) -> School:
    fields = {"open_date": OPENED_ON, "postcode": "EX9 9ZZ", **fields}
    return make.make_school(name, hub=hub, **fields)


def tie(one: School, kind: str, other: School, back: str = "") -> None:
    """A row of the links file, and the row back."""
    file = make.make_register_file("links.csv")
    for first, words, second in ((one, kind, other), (other, back, one)):
        if words:
            SchoolLink.objects.create(
                urn=first.urn, kind=words, link_urn=second.urn, first_file=file, last_file=file,
                first_seen=file.as_at, last_seen=file.as_at,
            )  # fmt: skip


def follow(one: School, other: School, how: str = "") -> None:
    tie(one, f"Successor{how}", other, f"Predecessor{how}")


def proposed() -> list[tuple[str, str, str, bool]]:
    rows = Succession.objects.select_related("predecessor", "successor").order_by(
        "successor__name", "predecessor__name"
    )
    assert {row.state for row in rows} <= {"proposed"}
    return [(str(row.predecessor), str(row.successor), row.basis, row.is_preticked) for row in rows]


def test_one_open_successor_is_preticked(hub: Hub, old: School) -> None:
    follow(old, make_new(hub))
    assert propose() == {"new": 1, "changed": 0, "withdrawn": 0}
    assert proposed() == [("Old School", "New Academy", "successor", True)]
    assert propose() == {"new": 0, "changed": 0, "withdrawn": 0}


@pytest.mark.parametrize(
    ("there", "back", "basis"),
    [
        ("Successor", "", "one_way"),
        ("", "Predecessor", "one_way"),
        ("Successor - merged", "Predecessor - merged", "merged"),
        ("Successor", "Predecessor - merged", "merged"),
        ("Successor - amalgamated", "Predecessor - amalgamated", "merged"),
        ("Result of Amalgamation", "Result of Amalgamation", "merged"),
        ("Merged - change in age range", "", "merged"),
        ("Successor - Split School", "Predecessor - Split School", "split"),
        ("Sixth Form Centre Link", "Sixth Form Centre School", "sixth_form"),
        ("", "Sixth Form Centre School", "sixth_form"),
        ("Successor", "Successor", "cycle"),
    ],
)
def test_everything_else_is_for_a_person(hub: Hub, old: School, there: str, back: str, basis: str) -> None:
    tie(old, there, make_new(hub), back)
    propose()
    assert proposed() == [("Old School", "New Academy", basis, False)]


@pytest.mark.parametrize("kind", ["Other", "Closure", "Expansion", "Children's Centre Link"])
def test_links_that_say_nothing_of_who_follows_propose_nothing(hub: Hub, old: School, kind: str) -> None:
    tie(old, kind, make_new(hub), kind)
    propose()
    assert proposed() == []


def test_several_successors_are_each_proposed(hub: Hub, old: School) -> None:
    follow(old, make_new(hub, "A Academy"))
    follow(old, make_new(hub, "B Academy"))
    propose()
    assert proposed() == [("Old School", "A Academy", "several", False), ("Old School", "B Academy", "several", False)]


@pytest.mark.parametrize("status", [OPEN, CLOSING])
def test_two_open_schools_are_for_a_person(hub: Hub, old: School, status: str) -> None:
    School.objects.filter(pk=old.pk).update(status=status)
    follow(old, make_new(hub))
    propose()
    assert proposed() == [("Old School", "New Academy", "both_open", False)]


def test_planned_successor_is_for_a_person_until_it_opens(hub: Hub, old: School) -> None:
    new = make_new(hub, status=PLANNED)
    follow(old, new)
    propose()
    assert proposed() == [("Old School", "New Academy", "proposed", False)]
    School.objects.filter(pk=new.pk).update(status=OPEN)
    assert propose() == {"new": 0, "changed": 1, "withdrawn": 0}
    assert proposed() == [("Old School", "New Academy", "successor", True)]


def test_chain_of_closed_schools_leads_to_the_living_one(hub: Hub, old: School) -> None:
    middle = make_new(hub, "Middle Academy", status=CLOSED)
    follow(old, middle)
    follow(middle, make_new(hub))
    propose()
    assert proposed() == [("Old School", "New Academy", "successor", True)]


def test_chain_to_nowhere_proposes_nothing(hub: Hub, old: School) -> None:
    follow(old, make_new(hub, status=CLOSED))
    propose()
    assert proposed() == []


def test_circle_of_three_ends(hub: Hub, old: School) -> None:
    second, third = make_new(hub, "Second Academy"), make_new(hub, "Third Academy", status=CLOSED)
    for one, other in ((old, third), (third, second), (second, old)):
        follow(one, other)
    propose()
    assert proposed() == [("Old School", "Second Academy", "cycle", False)]


def test_guesses_without_a_link(hub: Hub, old: School) -> None:
    School.objects.filter(pk=old.pk).update(establishment_number="2031")
    make_new(hub, "Same number", establishment_number="02031")
    make_new(hub, "Same postcode", postcode="ex11aa", open_date=date(2026, 10, 30))
    make_new(hub, "Too late", postcode="EX1 1AA", open_date=date(2026, 10, 31))
    make_new(hub, "Closed too", postcode="EX1 1AA", status=CLOSED, establishment_number="2031")
    make_new(hub, "Gone", postcode="EX1 1AA", not_in_register_since=OPENED_ON)
    make.make_school("Elsewhere", establishment_number="2031")
    propose()
    assert proposed() == [
        ("Old School", "Same number", "same_number", False),
        ("Old School", "Same postcode", "same_postcode", False),
    ]


def test_a_link_leaves_no_room_for_guesses(hub: Hub, old: School) -> None:
    make_new(hub, "Same postcode", postcode="EX1 1AA")
    follow(old, make_new(hub))
    propose()
    assert proposed() == [("Old School", "New Academy", "successor", True)]


def test_only_hubs_that_hold_something_and_cover_either(hub: Hub, old: School) -> None:
    new = make_new(hub)
    follow(old, new)
    once, there, both = (make.make_hub(name) for name in ("Once", "There", "Nothing"))
    make.make_contact(hub=once, school=old)  # covers neither
    other = make.make_school("Over the border", hub=there, open_date=OPENED_ON)
    make.make_contact(hub=there, school=old)
    follow(old, other)
    propose()
    found = Succession.objects.order_by("hub__name", "successor__name").values_list("hub__name", "successor__name")
    assert list(found) == [
        ("Exampleshire Music Hub", "New Academy"),
        ("Exampleshire Music Hub", "Over the border"),
        ("There", "Over the border"),
    ]
    assert propose(hub_ids=[both.pk]) == {"new": 0, "changed": 0, "withdrawn": 0}


def test_people_who_sign_in_are_held_by_the_hub_that_covers_the_school(hub: Hub) -> None:
    school = make.make_school("Signed in", hub=hub, status=CLOSED, close_date=CLOSED_ON)
    make.make_membership(make.make_user(), Role.SCHOOL_LEADER, school)
    follow(school, make_new(hub))
    propose()
    assert proposed() == [("Signed in", "New Academy", "successor", True)]


def test_what_a_person_decided_does_not_come_back(hub: Hub, old: School) -> None:
    new = make_new(hub)
    follow(old, new)
    propose()
    row = Succession.objects.get()
    officer = make.make_person(Role.HUB_OFFICER, hub)
    successions.dismiss(succession=row, note="They are two schools.", by=officer)
    kept = Succession.objects.values().get()
    for _ in range(2):
        assert propose() == {"new": 0, "changed": 0, "withdrawn": 0}
        assert Succession.objects.values().get() == kept
        SchoolLink.objects.all().delete()
    follow(old, new)
    successions.apply(succession=row, how="move", by=officer)
    assert propose() == {"new": 0, "changed": 0, "withdrawn": 0}
    successions.undo(succession=row, by=officer)
    assert propose() == {"new": 0, "changed": 0, "withdrawn": 0}
    row.refresh_from_db()
    assert row.state == "undone"


def test_undecided_proposal_goes_with_its_link_and_a_persons_own_stays(hub: Hub, old: School) -> None:
    new, other = make_new(hub), make_new(hub, "Other Academy")
    follow(old, new)
    propose()
    successions.begin(hub=hub, predecessor=old, successor=other, by=make.make_person(Role.HUB_OFFICER, hub))
    SchoolLink.objects.all().delete()
    assert propose() == {"new": 0, "changed": 0, "withdrawn": 1}
    assert proposed() == [("Old School", "Other Academy", "person", False)]


def test_imports_propose(tmp_path: Path) -> None:
    """The links first, the school that follows planned; then it opens, and the old one closes."""
    inbox = Inbox(tmp_path)
    before, after = {"EstablishmentStatus (code)": "3"}, {"EstablishmentStatus (code)": "4"}
    inbox.bring(FIRST, [row(110001, "Old School", **before), row(120001, "New Academy", **after)])
    hub = make.make_hub(authority=LocalAuthority.objects.get(code="845"))
    make.make_contact(hub=hub, school=School.objects.get(urn=110001))
    rows = [link(110001, "Successor", 120001), link(120001, "Predecessor", 110001)]
    import_links(save(tmp_path, "links_edubasealldata20220407.csv", rows, LINKS))
    assert proposed() == [("Old School", "New Academy", "proposed", False)]
    closed = {"EstablishmentStatus (code)": "2"}
    opened = [row(110001, "Old School", **closed), row(120001, "New Academy")]
    inbox.bring(SECOND, opened, dry_run=True)
    assert proposed() == [("Old School", "New Academy", "proposed", False)]
    inbox.bring(SECOND, opened)
    assert proposed() == [("Old School", "New Academy", "successor", True)]


def test_queries_do_not_grow_with_the_schools(hub: Hub, old: School) -> None:
    follow(old, make_new(hub))
    with CaptureQueriesContext(connection) as one:
        propose()
    for number in range(5):
        more = make.make_school(f"Old {number}", hub=hub, status=CLOSED, close_date=CLOSED_ON)
        make.make_contact(hub=hub, school=more)
        follow(more, make_new(hub, f"New {number}"))
    Succession.objects.all().delete()
    with CaptureQueriesContext(connection) as many:
        propose()
    assert len(one) == len(many) <= 11 + len(holdings())  # one of them for each kind of thing that is held


# --- The real files ------------------------------------------------------------------------------------------------

REAL = sorted(SHARED.glob("links/links_edubasealldata*.csv.gz"))
WHOLE = SHARED / "establishments/joined_edubasealldata20220407.csv.gz"
CIRCLES = {122057, 122060, 101144, 101146, 135073, 147355, 121064, 142855, 146558}


def plainly(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode("cp1252"), newline="")))


def certain(links: list[dict[str, str]], status: dict[str, str]) -> set[tuple[int, int]]:
    """Closed schools with a single successor, which is open, named by both as no more than that: read without any of
    our code."""
    after, before, said = defaultdict(set), defaultdict(set), defaultdict(set)
    joined = set()
    for each in links:
        one, other, kind = each["URN"], each["LinkURN"], each["LinkType"]
        if kind.startswith("Successor"):
            after[one].add(other)
            said[one, other].add((one, kind))
        elif kind.startswith("Predecessor"):
            after[other].add(one)
            said[other, one].add((one, kind))
        elif kind.startswith(("Merged", "Result", "Sixth")):
            joined |= {one, other}
    for one, others in after.items():
        for other in others:
            before[other].add(one)
    return {
        (int(one), int(*others))
        for one, others in after.items()
        if len(others) == 1
        for other in others
        if status.get(one) == "2" and status.get(other) in ("1", "3") and not after.get(other)
        and said[one, other] == {(one, "Successor"), (other, "Predecessor")}
    }  # fmt: skip


@pytest.mark.skipif(not REAL, reason=MISSING)
def test_three_real_files_of_links_and_the_whole_register() -> None:
    """A hub that covers England and has somebody for every school: proposals only, every circle survived."""
    import_establishments(WHOLE)
    england = make.make_hub("England Music Hub")
    HubArea.objects.bulk_create(
        HubArea(hub=england, authority=each, starts_on=date(2012, 9, 1))
        for each in LocalAuthority.objects.exclude(hub_areas__hub=england)
    )
    schools = School.objects.filter(source=School.Source.REGISTER)
    somebody = make.make_user("Somebody")
    Relationship.objects.bulk_create(
        [Relationship(hub=england, school=each, owner=somebody) for each in schools.only("pk")], batch_size=10_000
    )
    for path in REAL:
        import_links(path)
        rows = Succession.objects.all()
        assert set(rows.values_list("state", flat=True)) == {"proposed"}
        assert Relationship.objects.filter(owner=somebody).count() == schools.count()
    status = {each["URN"]: each["EstablishmentStatus (code)"] for each in plainly(WHOLE)}
    found = set(rows.filter(is_preticked=True).values_list("predecessor__urn", "successor__urn"))
    assert found >= certain(plainly(REAL[-1]), status)
    assert set(rows.filter(is_preticked=True).values_list("basis", flat=True)) == {"successor"}
    circular = rows.filter(predecessor__urn__in=CIRCLES, successor__urn__in=CIRCLES)
    assert set(circular.values_list("basis", flat=True)) <= {"cycle"}
    counted = {basis: rows.filter(basis=basis).count() for basis in Succession.Basis.values}
    assert counted["several"] > 0 < counted["merged"]
    assert propose() == {"new": 0, "changed": 0, "withdrawn": 0}
