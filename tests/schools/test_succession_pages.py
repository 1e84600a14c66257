"""The list of schools that became others, the decision, its undoing, and what a school's page says of it."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schools.access import today
from schools.actions import successions
from schools.models import School, SchoolLink, Succession
from schools.roles import Role
from tests import factories as make
from tests.schools.conftest import Town

pytestmark = pytest.mark.django_db

LIST = reverse("schools:succession-list")


def words(response) -> str:
    """What the page says, tags and spaces apart."""
    body = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def detail(row: Succession, name: str = "detail") -> str:
    return reverse(f"schools:succession-{name}", args=[row.uuid])


@pytest.fixture
def officer(both: Town, as_) -> Client:
    return as_(both[Role.HUB_OFFICER])


@pytest.fixture
def row(both: Town, there: Town) -> Succession:
    make.make_succession(hub=there.hub, predecessor=there.first, successor=there.second, note="Samplefolk")
    School.objects.filter(pk=both.first.pk).update(status=School.Status.CLOSED, close_date=date(2026, 8, 31))
    both.first.refresh_from_db()
    return make.make_succession(hub=both.hub, predecessor=both.first, successor=both.third, is_preticked=True)


# --- The list ------------------------------------------------------------------------------------------------------


def shown(response) -> list[str]:
    return [str(each.record) for each in response.context["table"].page.object_list]


def test_list_shows_what_waits_and_by_filter_what_was_decided(both: Town, row: Succession, officer: Client) -> None:
    other = make.make_succession(hub=both.hub, predecessor=both.second, successor=both.third, basis="merged")
    successions.dismiss(succession=other, by=both[Role.HUB_MANAGER])
    page = officer.get(LIST)
    assert shown(page) == [str(row)]
    assert page.context["finding"] == "1 school that became another"
    assert "To decide: one successor" in words(page)
    assert shown(officer.get(LIST, {"state": "dismissed"})) == [str(other)]
    assert shown(officer.get(LIST, {"state": "all"})) == [str(row), str(other)]
    assert shown(officer.get(LIST, {"state": "all", "basis": "merged"})) == [str(other)]
    assert shown(officer.get(LIST, {"state": "all", "q": str(both.second.urn)})) == [str(other)]
    assert shown(officer.get(LIST, {"state": "all", "q": "third", "sort": "-predecessor"})) == [str(other), str(row)]


def test_list_without_anything_says_what_it_is_for(both: Town, officer: Client) -> None:
    page = officer.get(LIST)
    assert "Nothing waits to be decided" in words(page)
    assert f"{LIST}?state=all" in page.content.decode()


def test_list_costs_the_same_for_one_and_three(both: Town, row: Succession, as_, django_assert_num_queries) -> None:
    client = as_(both[Role.HUB_OFFICER])
    with django_assert_num_queries(5):
        client.get(LIST)
    for number in range(2):
        old = make.make_school(f"Old {number}", hub=both.hub)
        make.make_succession(hub=both.hub, predecessor=old, successor=both.third)
    with django_assert_num_queries(5):
        assert len(shown(client.get(LIST))) == 3


def test_list_is_led_to_from_the_list_of_schools_for_the_hubs_staff(both: Town, as_) -> None:
    schools = reverse("schools:school-list")
    assert LIST in as_(both[Role.HUB_VIEWER]).get(schools).content.decode()
    assert LIST not in as_(both[Role.SCHOOL_LEADER]).get(schools).content.decode()


# --- The decision --------------------------------------------------------------------------------------------------


def test_decision_shows_both_schools_with_what_the_hub_holds(both: Town, row: Succession, officer: Client) -> None:
    page = officer.get(detail(row))
    facts = {each["label"]: (each["old"], each["new"]) for each in page.context["facts"]}
    assert facts["Number"] == (f"URN {both.first.urn}", f"URN {both.third.urn}")
    assert facts["Status"] == ("Closed on 31 August 2026", "Open since 1 September 1990")
    held = {each.label: (each.predecessor, each.successor) for each in page.context["held"]}
    assert held == {
        "Our contact": ("Exampleshire Hub officer", "Exampleshire Hub officer"),
        "Contacts": ("Exampleshire Contact 1", "Exampleshire Contact 3"),
        "People who sign in for it": (
            "Exampleshire School leader, Exampleshire School editor, Exampleshire School viewer", "None",
        ),
        "Entrusted to partners": ("Exampleshire Brass", "None"),
    }  # fmt: skip
    assert page.context["form"].initial == {"decision": "move"}
    assert "names Exampleshire Third School as the one successor of Exampleshire First School" in words(page)


def test_decision_comes_unticked_where_there_is_anything_to_choose(
    both: Town, row: Succession, officer: Client
) -> None:
    Succession.objects.update(is_preticked=False, basis="several")
    page = officer.get(detail(row))
    assert page.context["form"].initial == {}
    assert "as one of several successors" in words(page)


def test_decision_quotes_the_registers_links(both: Town, row: Succession, officer: Client) -> None:
    old, new = make.make_register_file(as_at=date(2023, 4, 21)), make.make_register_file(as_at=date(2024, 5, 24))
    SchoolLink.objects.create(
        urn=both.first.urn, link_urn=both.third.urn, kind="Successor", established_on=date(2026, 9, 1),
        first_file=old, last_file=new, first_seen=old.as_at, last_seen=new.as_at,
    )  # fmt: skip
    assert officer.get(detail(row)).context["evidence"] == [
        "In the register from 21 April 2023 to 24 May 2024: Exampleshire First School "
        f"(URN {both.first.urn}) has “Successor” Exampleshire Third School, from 1 September 2026."
    ]


def test_schools_of_one_name_are_told_apart_by_their_urns(both: Town, row: Succession, officer: Client) -> None:
    School.objects.filter(pk=both.third.pk).update(name=both.first.name)
    name = both.first.name
    said = f"Did {name} (URN {both.first.urn}) become {name} (URN {both.third.urn})?"
    assert said in words(officer.get(detail(row)))


def test_decision_is_kept_when_something_is_wrong(both: Town, row: Succession, officer: Client) -> None:
    page = officer.post(detail(row), {"decision": "", "note": "Asked the head."})
    assert page.context["form"].errors == {"decision": ["Choose what should happen to your hub’s records"]}
    assert "Asked the head." in page.content.decode()
    page = officer.post(detail(row), {"decision": "move", "note": "x" * 301})
    assert list(page.context["form"].errors) == ["note"]
    row.refresh_from_db()
    assert row.state == "proposed"


@pytest.mark.parametrize(
    ("decision", "state", "how", "said"),
    [
        ("move", "applied", "move", "stands at Exampleshire Third School now. You can undo this."),
        ("copy", "applied", "copy", "Copied to Exampleshire Third School: 1 contact, 3 people who sign in,"),
        ("dismiss", "dismissed", "", "Nothing has gone over."),
    ],
)
def test_decision_is_done_and_said(
    both: Town, row: Succession, officer: Client, decision: str, state: str, how: str, said: str
) -> None:
    page = officer.post(detail(row), {"decision": decision, "note": "Asked the head."}, follow=True)
    row.refresh_from_db()
    assert (row.state, row.how, row.note) == (state, how, "Asked the head.")
    assert said in words(page)
    assert "Asked the head." in words(page)
    assert ("Undo this" in words(page)) == (state == "applied")


def test_decision_says_what_went_over_and_what_stayed(both: Town, row: Succession, officer: Client) -> None:
    leader = both[Role.SCHOOL_LEADER]
    make.make_membership(leader, Role.SCHOOL_LEADER, both.third)
    page = officer.post(detail(row), {"decision": "move"}, follow=True)
    assert page.context["went"] == ["1 contact", "2 people who sign in", "1 commission", "3 entries in the timeline"]
    assert page.context["stayed"] == ["1 person who signs in: they have this role at the other school already"]


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ("move", "The records of Exampleshire First School went over to Exampleshire Third School. Undo that first."),
        ("copy", "There was nothing at Exampleshire First School to copy."),
    ],
)
def test_decision_after_the_records_went_elsewhere_says_where_they_are(
    both: Town, row: Succession, officer: Client, decision: str, said: str
) -> None:
    other = make.make_succession(hub=both.hub, predecessor=both.first, successor=both.second, basis="split")
    officer.post(detail(row), {"decision": "move"})
    page = officer.get(detail(other))
    assert "went over to Exampleshire Third School , so there is nothing left to move or copy" in words(page)
    assert said in words(officer.post(detail(other), {"decision": decision}, follow=True))


def test_copy_of_a_school_that_was_split_does_not_say_that_it_goes_on(
    both: Town, row: Succession, officer: Client
) -> None:
    page = officer.post(detail(row), {"decision": "copy"}, follow=True)
    assert "Exampleshire Third School came out of Exampleshire First School" in words(page)
    School.objects.filter(pk=both.first.pk).update(status=School.Status.OPEN)
    assert "Exampleshire First School and Exampleshire Third School both go on" in words(officer.get(detail(row)))


def test_decision_about_a_school_of_another_hub_is_warned_of_and_refused(
    both: Town, there: Town, officer: Client
) -> None:
    away = make.make_succession(hub=both.hub, predecessor=both.first, successor=there.first)
    page = officer.get(detail(away))
    assert "is not in your hub’s area" in words(page)
    assert "Samplefolk Contact" not in page.content.decode()  # what its own hub holds there
    assert "Samplefolk School leader" not in page.content.decode()
    page = officer.post(detail(away), {"decision": "move"})
    assert "is not in the area of Exampleshire Music Hub" in words(page)


def test_viewer_reads_the_decision_and_takes_none(both: Town, row: Succession, as_) -> None:
    client = as_(both[Role.HUB_VIEWER])
    page = client.get(detail(row))
    assert "Managers and officers of Exampleshire Music Hub decide this." in words(page)
    assert "Save the decision" not in words(page)
    assert client.post(detail(row), {"decision": "move"}).status_code == 403


def test_decision_costs_the_same_whatever_is_held(both: Town, row: Succession, officer: Client) -> None:
    with CaptureQueriesContext(connection) as few:
        officer.get(detail(row))
    for _ in range(4):
        make.make_contact(hub=both.hub, school=both.first)
        make.make_person(Role.SCHOOL_VIEWER, both.third)
    with CaptureQueriesContext(connection) as many:
        officer.get(detail(row))
    assert len(few) == len(many) <= 39  # one for each kind of thing that is held, and what the page needs


# --- Undoing -------------------------------------------------------------------------------------------------------


def test_undo_asks_first_and_then_brings_back(both: Town, row: Succession, officer: Client) -> None:
    assert officer.get(detail(row, "undo"))["Location"] == detail(row)
    officer.post(detail(row), {"decision": "move"})
    page = officer.get(detail(row, "undo"))
    assert "Bring the records back to Exampleshire First School?" in words(page)
    row.refresh_from_db()
    assert row.state == "applied"
    page = officer.post(detail(row, "undo"), {"note": "Too early."}, follow=True)
    row.refresh_from_db()
    assert (row.state, row.note) == ("undone", "Too early.")
    assert "Undone. The records are at Exampleshire First School again." in words(page)
    assert "Save the decision" in words(page)
    assert page.context["form"].initial == {}, "what somebody undid is not suggested to them again"


def test_undo_tells_two_schools_of_one_name_apart(both: Town, row: Succession, officer: Client) -> None:
    School.objects.filter(pk=both.third.pk).update(name=both.first.name)
    officer.post(detail(row), {"decision": "move"})
    page = officer.post(detail(row, "undo"), {"note": ""}, follow=True)
    assert f"Undone. The records are at {both.first.name} (URN {both.first.urn}) again." in words(page)


def test_undo_of_a_copy_says_that_the_copies_are_gone(both: Town, row: Succession, officer: Client) -> None:
    officer.post(detail(row), {"decision": "copy"})
    page = officer.post(detail(row, "undo"), {"note": ""}, follow=True)
    said = "Undone. The copies at Exampleshire Third School are gone, but for those that somebody has worked on since."
    assert said in words(page)


def test_undo_says_what_it_cannot_undo_yet(both: Town, row: Succession, officer: Client) -> None:
    officer.post(detail(row), {"decision": "move"})
    on = make.make_succession(hub=both.hub, predecessor=both.third, successor=both.second)
    officer.post(detail(on), {"decision": "move"})
    page = officer.post(detail(row, "undo"), {"note": "Too early."})
    assert "gone on to Exampleshire Second School since. Undo that first." in words(page)
    assert "Too early." in page.content.decode()


def test_undo_is_not_offered_once_another_hub_has_the_school(
    both: Town, there: Town, row: Succession, officer: Client
) -> None:
    officer.post(detail(row), {"decision": "move"})
    both.hub.areas.update(ends_on=today())
    make.make_area(hub=there.hub, authority=both.first.authority, starts_on=today())
    said = "Exampleshire Third School is in the area of Samplefolk Music Hub now, and its people with it, so this can"
    page = officer.get(detail(row))
    assert said in words(page)
    assert detail(row, "undo") not in page.content.decode()
    assert said in words(officer.post(detail(row, "undo"), {"note": ""}))


# --- A person's own word -------------------------------------------------------------------------------------------


def test_person_finds_the_school_that_it_became(both: Town, there: Town, officer: Client) -> None:
    address = reverse("schools:succession-create", args=[both.first.urn])
    assert address in officer.get(both.first.get_absolute_url()).content.decode()
    assert officer.get(address).context["form"].found == {}
    found = officer.get(address, {"q": "school"}).context["form"].found
    assert list(found.values()) == [both.second, both.third]
    assert "No school matches" in words(officer.get(address, {"q": "Samplefolk"}))
    page = officer.post(address, {"q": "school"})
    assert page.context["form"].errors == {"school": ["Choose the school that it became"]}
    answer = officer.post(address, {"q": "school", "school": str(both.third.urn)})
    made = Succession.objects.get(hub=both.hub)
    assert answer["Location"] == detail(made)
    assert (made.predecessor, made.successor, made.basis) == (both.first, both.third, "person")
    assert not officer.post(address, {"q": "school", "school": str(there.first.urn)}).context["form"].is_valid()


def test_person_corrects_a_proposal(both: Town, row: Succession, officer: Client) -> None:
    answer = officer.post(detail(row, "choose"), {"q": "second", "school": str(both.second.urn)})
    made = Succession.objects.get(hub=both.hub, successor=both.second)
    row.refresh_from_db()
    assert (answer["Location"], row.state) == (detail(made), "dismissed")
    page = officer.get(detail(made))
    assert [each.successor for each in page.context["others"]] == [both.third]


# --- The school's page ---------------------------------------------------------------------------------------------


def test_school_page_leads_to_the_decision(both: Town, row: Succession, as_) -> None:
    page = as_(both[Role.HUB_OFFICER]).get(both.first.get_absolute_url())
    assert "Next: decide whether what your hub holds here goes over to Exampleshire Third School" in words(page)
    assert detail(row) in page.content.decode()
    page = as_(both[Role.HUB_VIEWER]).get(both.third.get_absolute_url())
    assert "Exampleshire First School , URN" in words(page)
    assert "may have become this school. See the proposal" in words(page)
    for role in (Role.SCHOOL_LEADER, Role.PARTNER_OFFICER):
        page = as_(both[role]).get(both.first.get_absolute_url())
        assert page.status_code == 200
        assert detail(row) not in page.content.decode()


def test_school_page_names_the_whole_chain(both: Town, row: Succession, officer: Client) -> None:
    officer.post(detail(row), {"decision": "move"})
    on = make.make_succession(hub=both.hub, predecessor=both.third, successor=both.second)
    officer.post(detail(on), {"decision": "move"})
    first = both.first.get_absolute_url()
    assert officer.get(first)["Location"] == both.second.get_absolute_url()
    page = words(officer.get(f"{first}?former=1"))
    assert f"Now known as Exampleshire Second School, URN {both.second.urn}. What the hub held" in page
    page = officer.get(both.second.get_absolute_url())
    said = words(page)
    assert f"Formerly known as Exampleshire Third School , URN {both.third.urn}" in said
    assert f"Formerly known as Exampleshire First School , URN {both.first.urn}" in said
    assert f"{first}?former=1" in page.content.decode()


def test_school_page_of_a_copy_says_that_both_go_on(both: Town, row: Succession, officer: Client) -> None:
    officer.post(detail(row), {"decision": "copy"})
    assert "Also goes on as Exampleshire Third School" in words(officer.get(both.first.get_absolute_url()))
    assert "Came out of Exampleshire First School" in words(officer.get(both.third.get_absolute_url()))


def test_people_of_the_school_read_its_former_name_without_a_link(both: Town, row: Succession, as_) -> None:
    successions.apply(succession=row, how="move", by=both[Role.HUB_OFFICER])
    page = as_(both[Role.SCHOOL_LEADER]).get(both.third.get_absolute_url())
    assert f"Formerly known as Exampleshire First School, URN {both.first.urn}" in words(page)
    assert "former=1" not in page.content.decode()


# --- Several at once -------------------------------------------------------------------------------------------------

TOGETHER = reverse("schools:succession-move-all")


@pytest.fixture
def second_row(both: Town, row: Succession) -> Succession:
    successor = make.make_school("Exampleshire Sixth School", hub=both.hub)
    return make.make_succession(hub=both.hub, predecessor=both.second, successor=successor, is_preticked=True)


def test_several_are_moved_together_and_each_is_undone_alone(
    both: Town, row: Succession, second_row: Succession, officer: Client
) -> None:
    assert TOGETHER in officer.get(LIST).content.decode()
    page = officer.get(TOGETHER)
    form = page.context["form"]
    assert form.fields["successions"].initial == [str(row.uuid), str(second_row.uuid)]
    held = (
        "URN 700003, closed 31 August 2026; now Ashby, URN 700005. Goes over: whose school it is, 1 contact, 3 people"
    )
    assert held in words(page).replace(str(both.first.urn), "700003").replace(str(both.third.urn), "700005")
    ticked = {"successions": [str(row.uuid), str(second_row.uuid)], "note": "As the register has it"}
    said = words(officer.post(TOGETHER, ticked, follow=True))
    assert "Moved: the records of 2 schools. Each can be undone." in said
    for each in (row, second_row):
        each.refresh_from_db()
        assert (each.state, each.how, each.note) == ("applied", "move", "As the register has it")
    successions.undo(succession=second_row, by=both[Role.HUB_OFFICER])
    row.refresh_from_db()
    assert row.state == "applied"


def test_what_cannot_go_over_is_said_and_waits_on(
    both: Town, row: Succession, second_row: Succession, officer: Client, there: Town
) -> None:
    School.objects.filter(pk=second_row.successor_id).update(authority=there.first.authority)
    ticked = {"successions": [str(row.uuid), str(second_row.uuid)]}
    said = words(officer.post(TOGETHER, ticked, follow=True))
    assert "Moved: the records of 1 school." in said
    assert f"{both.second}: {second_row.successor} is not in the area of {both.hub}" in said
    second_row.refresh_from_db()
    assert second_row.state == "proposed"


def test_one_that_was_decided_meanwhile_is_said_and_nothing_moves(
    both: Town, row: Succession, second_row: Succession, officer: Client
) -> None:
    successions.dismiss(succession=second_row, by=both[Role.HUB_MANAGER])
    page = officer.post(TOGETHER, {"successions": [str(row.uuid), str(second_row.uuid)], "note": "Typed"})
    assert "has been decided meanwhile" in words(page) and "Typed" in words(page)
    row.refresh_from_db()
    assert row.state == "proposed"
    assert "Tick at least one school" in words(officer.post(TOGETHER, {}))


def test_what_leaves_a_choice_and_another_hubs_are_not_among_them(
    both: Town, row: Succession, second_row: Succession, officer: Client
) -> None:
    Succession.objects.filter(pk=second_row.pk).update(is_preticked=False, basis="several")
    Succession.objects.exclude(hub=both.hub).update(is_preticked=True)
    assert [each.pk for each in officer.get(TOGETHER).context["rows"]] == [row.pk]
    assert TOGETHER not in officer.get(LIST).content.decode(), "one is decided on its own page"
    successions.dismiss(succession=row, by=both[Role.HUB_MANAGER])
    assert "No school waits" in words(officer.get(TOGETHER, follow=True))


def test_the_page_costs_the_same_for_two_and_for_four(
    both: Town, row: Succession, second_row: Succession, officer: Client
) -> None:
    with CaptureQueriesContext(connection) as few:
        officer.get(TOGETHER)
    for number in range(2):
        old = make.make_school(f"Old {number}", hub=both.hub)
        make.make_succession(hub=both.hub, predecessor=old, successor=both.third, is_preticked=True)
    with CaptureQueriesContext(connection) as many:
        officer.get(TOGETHER)
    assert len(many) == len(few)
