"""Schools that the register lacks: added, changed, closed, matched to a URN; and organisations that are no schools."""

import csv
import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from schools.actions import manual, relationships, successions
from schools.areas import area_of
from schools.models import Contact, EstablishmentType, School, SchoolIdentifier, Succession, TimelineEntry
from schools.roles import Role
from tests import factories as make
from tests.schools.conftest import Town

pytestmark = pytest.mark.django_db

NEW, LIST = reverse("schools:school-create"), reverse("schools:school-list")
ORGANISATIONS = reverse("schools:organisation-list")


def values(town: Town, **changed: str) -> dict[str, str]:
    make.make_type("H1", "Virtual school", is_state_funded=False)
    facts = {
        "name": "Brannoc Virtual School",
        "type": "H1",
        "phase": "0",
        "authority": town.first.authority.code,
        "street": "",
        "town": "Ashby",
        "postcode": "zz9 9zz",
        "telephone": "",
        "website": "",
        "head_name": "",
        "pupils": "",
    }
    return facts | changed


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def add(here: Town, name: str = "Brannoc Virtual School", **facts: object) -> School:
    kind = make.make_type("H1", "Virtual school", is_state_funded=False)
    return manual.create(
        by=here[Role.HUB_OFFICER], name=name, type=kind, phase="0", authority=here.first.authority, **facts
    )


def test_school_create_looks_for_it_first(both: Town, there: Town, as_) -> None:
    page = text_of(as_(both[Role.HUB_OFFICER]).get(NEW))
    assert "Look for it first" in page and "Local authority" not in page
    found = text_of(as_(both[Role.HUB_OFFICER]).get(NEW, {"name": "Second", "postcode": ""}))
    assert "Exampleshire Second School" in found and "Samplefolk" not in found
    assert "It is none of these" in found


def test_school_create_finds_by_postcode_too(both: Town, as_) -> None:
    code = both.second.postcode.replace(" ", "").lower()
    found = text_of(as_(both[Role.HUB_OFFICER]).get(NEW, {"name": "Something new", "postcode": code}))
    assert "Exampleshire Second School" in found


def test_school_create_adds_it_under_a_number_that_is_no_urn(here: Town, as_) -> None:
    response = as_(here[Role.HUB_OFFICER]).post(NEW, values(here, name="  Brannoc   Virtual School"))
    school = School.objects.get(source=School.Source.MANUAL)
    assert response["Location"] == school.get_absolute_url()
    assert (school.urn, school.name, school.postcode, school.is_open) == (
        90_000_001, "Brannoc Virtual School", "ZZ9 9ZZ", True,
    )  # fmt: skip
    assert SchoolIdentifier.objects.get(school=school).urn == school.urn
    assert TimelineEntry.objects.get(school=school).heading == "Added by hand"
    assert add(here, "Another").urn == 90_000_002


def test_school_create_asks_before_it_makes_a_duplicate(here: Town, as_) -> None:
    given = values(here, name="Exampleshire Second School")
    response = as_(here[Role.HUB_OFFICER]).post(NEW, given)
    assert "tick “It is none of these”" in text_of(response)
    assert not School.objects.filter(source=School.Source.MANUAL).exists()
    as_(here[Role.HUB_OFFICER]).post(NEW, given | {"is_none_of_these": "on"})
    assert School.objects.filter(source=School.Source.MANUAL).count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "Enter the name"),
        ({"type": ""}, "Choose what it is"),
        ({"authority": ""}, "Choose a local authority"),
        ({"pupils": "many"}, "Pupils must be a whole number"),
    ],
)
def test_school_create_says_what_is_wrong_and_keeps_the_rest(here: Town, as_, changed: dict, said: str) -> None:
    page = text_of(as_(here[Role.HUB_OFFICER]).post(NEW, values(here, **changed)))
    assert said in page and "zz9 9zz" in page.lower()


def test_school_create_takes_no_authority_of_another_hub(both: Town, there: Town, as_) -> None:
    theirs = there.first.authority
    page = text_of(as_(both[Role.HUB_OFFICER]).post(NEW, values(both, authority=theirs.code)))
    assert "Choose a local authority from the list" in page and theirs.name not in page
    with pytest.raises(ValidationError, match="not in the area of your hub"):
        manual.create(by=both[Role.HUB_OFFICER], name="X", type=both.first.type, phase="0", authority=theirs)


def test_what_was_added_belongs_to_its_area_alone(both: Town, there: Town, as_) -> None:
    school = add(both)
    assert as_(both[Role.HUB_VIEWER]).get(school.get_absolute_url()).status_code == 200
    assert as_(there[Role.HUB_MANAGER]).get(school.get_absolute_url()).status_code == 404


def test_no_urn_yet_is_said_wherever_a_urn_stands(here: Town, as_) -> None:
    school = add(here)
    client = as_(here[Role.HUB_OFFICER])
    page = text_of(client.get(school.get_absolute_url()))
    assert "No URN yet" in page and "Added by hand, as at" in page
    assert "match it to its URN" in page and "became another school" not in page
    export = client.get(reverse("schools:school-export", args=["csv"])).content.decode("utf-8-sig")
    urns = {row["School"]: row["URN"] for row in csv.DictReader(io.StringIO(export))}
    assert urns["Brannoc Virtual School"] == "No URN yet" and urns[here.first.name] == str(here.first.urn)


def test_school_edit_keeps_what_the_facts_were(here: Town, as_) -> None:
    school = add(here, postcode="ZZ9 9ZZ", town="Ashby")
    address = reverse("schools:school-edit", args=[school.urn])
    client = as_(here[Role.HUB_OFFICER])
    assert 'value="Brannoc Virtual School"' in text_of(client.get(address))
    client.post(address, values(here, name="Bay Virtual School", pupils="85"))
    school.refresh_from_db()
    entry = TimelineEntry.objects.get(school=school, heading="Facts changed by hand")
    assert (school.name, school.pupils, school.name_key) == ("Bay Virtual School", 85, "bay virtual school")
    assert entry.text.splitlines() == [
        "Name: “Brannoc Virtual School” → “Bay Virtual School”",
        "Pupils: nothing → “85”",
    ]
    assert entry.audience == TimelineEntry.Audience.HUB
    client.post(address, values(here, name="Bay Virtual School", pupils="85"))
    assert TimelineEntry.objects.filter(school=school).count() == 2, "nothing changed, nothing written"


def test_what_the_register_says_nobody_changes(here: Town, as_) -> None:
    assert as_(here[Role.HUB_MANAGER]).get(reverse("schools:school-edit", args=[here.first.urn])).status_code == 403
    with pytest.raises(ValidationError, match="added by hand"):
        manual.close(school=here.first, on=date(2020, 1, 1), by=here[Role.HUB_MANAGER])


def test_school_close_and_open_again(here: Town, as_) -> None:
    school, client = add(here), as_(here[Role.HUB_OFFICER])
    address = reverse("schools:school-close", args=[school.urn])
    ahead = client.post(address, {"closed_on_0": "1", "closed_on_1": "9", "closed_on_2": "2099"})
    assert "the day lies ahead" in text_of(ahead)
    client.post(address, {"closed_on_0": "1", "closed_on_1": "9", "closed_on_2": "2025"})
    school.refresh_from_db()
    assert (school.status, school.close_date) == (School.Status.CLOSED, date(2025, 9, 1))
    client.post(reverse("schools:school-reopen", args=[school.urn]))
    school.refresh_from_db()
    assert (school.is_open, school.close_date) == (True, None)


def test_matching_it_moves_everything_and_the_old_number_leads_there(here: Town, as_) -> None:
    school, officer = add(here), here[Role.HUB_OFFICER]
    contact = make.make_contact("Ann Bell", hub=here.hub, school=school)
    client = as_(officer)
    client.post(
        reverse("schools:succession-create", args=[school.urn]),
        {"q": str(here.third.urn), "school": str(here.third.urn)},
    )
    succession = Succession.objects.get(predecessor=school)
    successions.apply(succession=succession, how="move", by=officer)
    assert Contact.objects.get(pk=contact.pk).school == here.third
    assert client.get(school.get_absolute_url())["Location"] == here.third.get_absolute_url()
    school.refresh_from_db()
    assert not school.is_open, "or the list would have it twice"
    successions.undo(succession=succession, by=officer)
    school.refresh_from_db()
    assert school.is_open and school.close_date is None
    assert Contact.objects.get(pk=contact.pk).school == school


def test_matching_it_asks_which_it_is_and_not_what_it_became(here: Town, as_) -> None:
    school, client = add(here), as_(here[Role.HUB_OFFICER])
    choose = reverse("schools:succession-create", args=[school.urn])
    page = text_of(client.get(choose, {"q": str(here.third.urn)}))
    assert "Which school in the register is Brannoc Virtual School?" in page
    assert "Which school is it?" in page and "become" not in page
    response = client.post(choose, {"q": str(here.third.urn), "school": str(here.third.urn)}, follow=True)
    page = text_of(response)
    assert f"Is Brannoc Virtual School now {here.third.name}?" in page
    assert f"One of your hub’s people said that Brannoc Virtual School is {here.third.name} in the register." in page
    assert "It is another school" in page and "became another" not in page


def test_what_the_register_has_no_type_for_is_offered_first(here: Town, as_) -> None:
    form = as_(here[Role.HUB_OFFICER]).get(NEW, {"name": "Somewhere new"}).context["form"]
    words = [str(words) for _, words in form.fields["type"].choices]
    first = ["Home education group", "New school or site, not in the register yet", "Virtual school"]
    assert words[:4] == ["Choose one", *first]
    assert words[4:] == sorted(words[4:])


def plan_list(client) -> int:
    """How many schools the list of plans counts."""
    page = client.get(reverse("smdp:plan-list"))
    assert "University" not in text_of(page)
    return page.context["total"]


def test_organisations_stand_in_a_list_of_their_own_and_in_no_count(both: Town, there: Town, as_) -> None:
    manager = both[Role.HUB_MANAGER]
    before = area_of(both.hub, manager).total.total
    plans = plan_list(as_(manager))
    ours = make.make_manual("Exampleshire University", hub=both.hub, is_organisation=True)
    make.make_manual("Samplefolk University", hub=there.hub, is_organisation=True)
    client = as_(manager)
    page = text_of(client.get(ORGANISATIONS))
    assert ours.name in page and "Samplefolk" not in page
    assert ours.name not in text_of(client.get(LIST))
    assert "University" not in text_of(client.get(LIST)).split("Filters")[1].split("Whose school")[0]
    assert area_of(both.hub, manager).total.total == before
    assert ours.name not in text_of(client.get(reverse("schools:hub-area", args=[both.hub.slug])))
    assert plan_list(client) == plans and plans


def test_an_organisation_is_found_when_a_conversation_is_logged(here: Town, as_) -> None:
    ours = make.make_manual("Exampleshire University", hub=here.hub, is_organisation=True)
    page = text_of(as_(here[Role.HUB_OFFICER]).get(reverse("engagement:conversation-create"), {"q": "university"}))
    assert ours.name in page and "University" in page and "No URN yet" not in page


def test_the_page_of_an_organisation_does_not_call_it_a_school(here: Town, as_) -> None:
    ours = make.make_manual("Exampleshire University", hub=here.hub, is_organisation=True)
    page = text_of(as_(here[Role.HUB_OFFICER]).get(ours.get_absolute_url()))
    assert "People there" in page
    assert "People at the school" not in page
    assert "About the school" not in page


def test_organisation_create_offers_kinds_of_organisation_alone(here: Town, as_) -> None:
    make.make_type("G2", "University", is_state_funded=False, is_organisation=True)
    address = reverse("schools:organisation-create")
    client = as_(here[Role.HUB_OFFICER])
    page = text_of(client.get(address, {"name": "Somewhere"}))
    assert "University" in page and "Community school" not in page and "Pupils" not in page
    given = {name: value for name, value in values(here, type="G2").items() if name not in ("phase", "pupils")}
    client.post(address, given)
    made = School.objects.get(source=School.Source.MANUAL)
    assert (made.type.is_organisation, made.phase) == (True, School.Phase.NOT_APPLICABLE)


@pytest.mark.parametrize("items", [1, 3])
def test_organisation_list_costs_the_same_for_one_and_three(
    here: Town, as_, items: int, django_assert_num_queries
) -> None:
    for number in range(items):
        make.make_manual(f"University {number}", hub=here.hub, is_organisation=True)
    client = as_(here[Role.HUB_OFFICER])
    client.get(ORGANISATIONS)
    with django_assert_num_queries(6):  # one of them for the saved views
        client.get(ORGANISATIONS)


def test_the_kinds_of_organisation_are_there_from_the_start_and_not_state_funded() -> None:
    kinds = EstablishmentType.objects.filter(is_organisation=True)
    assert kinds.filter(name="Conservatoire").exists() and not kinds.filter(is_state_funded=True).exists()


OF_SCHOOLS_ALONE = (
    "No URN yet",
    "Not applicable",
    "State-funded",
    "<dt>Head</dt>",
    "this school",
    "the school",
    "The school",
)


def organisation(here: Town, **fields: object) -> School:
    return make.make_manual("Exampleshire University", hub=here.hub, is_organisation=True, **fields)


def main_of(response) -> str:
    """What stands on the page itself, without navigation and foot."""
    return text_of(response).split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(
    "name", ["school-detail", "school-edit", "school-close", "contact-create", "relationship-edit"]
)
def test_no_page_about_an_organisation_speaks_of_a_school(here: Town, as_, name: str) -> None:
    ours = organisation(here, head_name="Dr Ravi Menon", pupils=9000)
    page = main_of(as_(here[Role.HUB_OFFICER]).get(reverse(f"schools:{name}", args=[ours.urn])))
    assert [words for words in OF_SCHOOLS_ALONE if words in page] == []


def test_the_page_of_an_organisation_shows_the_facts_that_apply(here: Town, as_) -> None:
    ours = organisation(here, head_name="Dr Ravi Menon", pupils=9000, open_date=None)
    response = as_(here[Role.HUB_OFFICER]).get(ours.get_absolute_url())
    facts = {row["label"]: row["value"] for row in response.context["facts"]}
    assert facts == {"Type": "University", "Led by": "Dr Ravi Menon", "Our contact": "Nobody yet"}
    assert [row["key"] for row in response.context["details"]] == ["Local authority"]
    page = main_of(response)
    assert ">Other organisations</a>" in text_of(response).split("<main")[0], "it leads back to the list of them"
    assert "Nobody looks after this organisation yet." in page
    assert "every try to reach the organisation, will stand here" in page


def test_the_contact_of_an_organisation_has_a_role_at_the_organisation(here: Town, as_) -> None:
    ours = organisation(here)
    contact = make.make_contact("Ravi Menon", hub=here.hub, school=ours)
    client = as_(here[Role.HUB_OFFICER])
    page = main_of(client.get(contact.get_absolute_url()))
    assert "Role at the organisation" in page and "Ravi Menon has left the organisation" in page
    end = main_of(client.get(reverse("schools:contact-end", args=[contact.uuid])))
    assert "They stay in the organisation’s history" in end


def test_whose_an_organisation_is_stands_so_in_its_timeline(here: Town, as_) -> None:
    ours, officer = organisation(here), here[Role.HUB_OFFICER]
    relationships.set_owner(hub=here.hub, school=ours, owner=officer, by=officer)
    assert TimelineEntry.objects.get(school=ours).heading == f"{officer} looks after the organisation"


def test_a_closed_organisation_is_called_so(here: Town, as_) -> None:
    ours = organisation(here, status=School.Status.CLOSED, close_date=date(2025, 9, 1))
    page = main_of(as_(here[Role.HUB_OFFICER]).get(ours.get_absolute_url()))
    assert "This organisation closed on 1 September 2025." in page
