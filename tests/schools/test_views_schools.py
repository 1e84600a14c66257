"""The list of schools, its files, and a school's page."""

import csv
import io
import re
from datetime import date, datetime

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from schools import contact_marks, panels
from schools.models import EngagementYear, Relationship, School, SchoolIdentifier, TrustSchool
from schools.roles import Role
from tests import factories as make
from tests.schools.conftest import Town

pytestmark = pytest.mark.django_db

LIST = reverse("schools:school-list")
OF_HUB = [
    *("School", "Town", "Phase", "Pupils", "Engagement", "Last spoke", "Our contact", "Lead School"),
]
ALL = ["Exampleshire First School", "Exampleshire Second School", "Exampleshire Third School"]


def rows(response) -> list[str]:
    return [row.record.name for row in response.context["table"].page.object_list]


def heading(response) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def columns(response) -> list[str]:
    return [str(column.header) for column in response.context["table"].columns]


def csv_rows(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(reverse("schools:school-export", args=["csv"]) + query)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("role", "found", "shown"),
    [
        (Role.HUB_VIEWER, ALL, OF_HUB),
        (
            Role.PARTNER_OFFICER,
            ALL[:1],
            OF_HUB,
        ),
        (Role.PARTNER_STAFF, ALL[:1], ["School", "Street", "Town", "Postcode", "Telephone", "What we do there"]),
        (Role.TRUST_LEADER, ALL[1:2], ["School", "Authority", "Town", "Phase", "Pupils"]),
        (Role.SCHOOL_VIEWER, ALL[:1], ["School", "Authority", "Town", "Phase", "Pupils"]),
    ],
)
def test_school_list_fits_the_role(both: Town, as_, role: Role, found: list[str], shown: list[str]) -> None:
    response = as_(both[role]).get(LIST)
    assert rows(response) == found
    assert columns(response) == shown
    assert heading(response) == f"{len(found)} school{'s' if len(found) != 1 else ''}"


def test_school_list_and_files_are_closed_to_relationship_managers(both: Town, as_) -> None:
    client = as_(both[Role.RELATIONSHIP_MANAGER])
    assert client.get(LIST).status_code == 403
    assert client.get(reverse("schools:school-export", args=["csv"])).status_code == 403


@pytest.mark.parametrize(
    ("query", "found", "said"),
    [
        ("?q=second", ALL[1:2], "1 of 3 schools matches"),
        ("?q=samplefolk", [], "0 of 3 schools match"),
        ("?phase=4", ALL[2:], "1 of 3 schools matches"),
        ("?status=closed", ["Exampleshire Old School"], "1 school"),
        ("?status=all", [ALL[0], "Exampleshire Old School", *ALL[1:]], "4 schools"),
        ("?engagement=engaged", ALL[:2], "2 of 3 schools match"),
        ("?engagement=any", ALL[:2], "2 of 3 schools match"),
        ("?engagement=lapsed&as_at=2027-10-01", ALL[:2], "2 of 3 schools match"),
        ("?engagement=never", ALL[2:], "1 of 3 schools matches"),
        ("?owner=nobody", ALL[2:], "1 of 3 schools matches"),
        ("?state_funded=no", ALL[2:], "1 of 3 schools matches"),
        ("?type=11", ALL[2:], "1 of 3 schools matches"),
        ("?phase=bogus&page=99", ALL, "3 schools"),
        ("?sort=-name", ALL[::-1], "3 schools"),
        ("?sort=last_conversation_on", ALL, "3 schools"),
        ("?sort=-last_conversation_on", [ALL[1], ALL[0], ALL[2]], "3 schools"),
        ("?sort=bogus", ALL, "3 schools"),
    ],
)
def test_school_list_searches_filters_and_sorts(both: Town, as_, query: str, found: list[str], said: str) -> None:
    make.make_school("Exampleshire Old School", hub=both.hub, status=School.Status.CLOSED, close_date=date(2024, 8, 31))
    private = make.make_type("11", "Other independent school", is_state_funded=False)
    School.objects.filter(pk=both.third.pk).update(phase=School.Phase.SECONDARY, type=private)
    Relationship.objects.filter(school=both.third).update(owner=None, last_conversation_on=None)
    EngagementYear.objects.filter(school=both.third).delete()
    response = as_(both[Role.HUB_OFFICER]).get(LIST + query)
    assert (rows(response), heading(response)) == (found, said)


def test_a_search_that_only_an_organisation_answers_leads_to_it(both: Town, there: Town, as_) -> None:
    types = make.make_type("P9", "Cathedral or church music foundation", is_organisation=True, is_state_funded=False)
    make.make_school("Example Cathedral Music", hub=both.hub, type=types)
    make.make_school("Samplefolk Minster", hub=there.hub, type=types)
    link = f'href="{reverse("schools:organisation-list")}?q='
    officer = as_(both[Role.HUB_OFFICER])
    assert f"{link}cathedral" in officer.get(f"{LIST}?q=cathedral").content.decode()
    for query in ("?q=minster", "?q=nowhere", "?q=first"):
        assert link not in officer.get(LIST + query).content.decode()
    assert link not in as_(both[Role.SCHOOL_LEADER]).get(f"{LIST}?q=cathedral").content.decode()


def test_a_search_that_finds_nothing_open_leads_to_the_closed_ones(both: Town, as_) -> None:
    make.make_school("Exampleshire Old School", hub=both.hub, status=School.Status.CLOSED, close_date=date(2024, 8, 31))
    client, words = as_(both[Role.HUB_OFFICER]), "Look among closed and planned ones too"
    for query in ("?q=old+school&phase=2", "?q=old+school&phase=2&status=open"):
        response = client.get(LIST + query)
        assert words in response.content.decode()
        assert rows(client.get(LIST + response.context["wider_query"])) == ["Exampleshire Old School"]
    for query in ("?q=first", "?q=nowhere&status=all", "?engagement=lapsed"):
        assert words not in client.get(LIST + query).content.decode()


def test_school_list_filters_by_trust_owner_and_authority(both: Town, there: Town, as_) -> None:
    client = as_(both[Role.HUB_OFFICER])
    assert rows(client.get(LIST, {"trust": both.trust.group_uid})) == ALL[1:2]
    assert rows(client.get(LIST, {"owner": both[Role.HUB_OFFICER].pk})) == ALL
    assert rows(client.get(LIST, {"authority": both.hub.authority.code})) == ALL
    # Another hub's trust, person and authority are no choices: named as a problem, and nothing of theirs is shown.
    for name, value in (("trust", there.trust.group_uid), ("owner", there[Role.HUB_OFFICER].pk)):
        assert set(client.get(LIST, {name: value}).context["filters"].form.errors) == {name}
    choices = client.get(LIST).context["filters"].form.fields
    assert [words for _, words in choices["owner"].choices] == ["All", "Nobody yet", "Exampleshire Hub officer"]
    assert [words for _, words in choices["trust"].choices] == ["All", "Exampleshire Trust", "In no trust"]


def test_school_list_names_the_filters_in_force(both: Town, as_) -> None:
    response = as_(both[Role.HUB_OFFICER]).get(LIST + "?q=first&phase=2&sort=town&page=1")
    shown = [(each.label, each.words, each.without) for each in response.context["filters"].chosen]
    assert shown == [
        ("Name, URN, postcode or town", "first", "?phase=2&sort=town"),
        ("Phase", "Primary", "?q=first&sort=town"),
    ]


def test_school_list_pages_hold_fifty(here: Town, as_) -> None:
    for number in range(50):
        make.make_school(f"Zebra School {number:02d}", hub=here.hub)
    client = as_(here[Role.HUB_VIEWER])
    assert len(rows(client.get(LIST))) == 50
    assert rows(client.get(LIST + "?page=2")) == ["Zebra School 47", "Zebra School 48", "Zebra School 49"]
    assert rows(client.get(LIST + "?page=77")) == ["Zebra School 47", "Zebra School 48", "Zebra School 49"]
    assert len(csv_rows(client, "?page=2")) == 53


@pytest.mark.parametrize("number", ["-1", "0", "1000000"])
def test_school_list_is_as_long_as_it_is_whatever_an_address_asks(here: Town, as_, number: str) -> None:
    for each in range(60):
        make.make_school(f"Exampleshire School {each}", hub=here.hub)
    response = as_(here[Role.HUB_OFFICER]).get(LIST, {"per_page": number})
    assert (response.status_code, len(response.context["table"].page)) == (200, 50)


def counted(client: Client, address: str, django_assert_num_queries, number: int) -> None:
    with django_assert_num_queries(number):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(("role", "number"), [(Role.HUB_OFFICER, 11), (Role.PARTNER_STAFF, 6), (Role.TRUST_LEADER, 7)])
def test_school_list_costs_the_same_for_one_and_three(both: Town, as_, role, number, django_assert_num_queries) -> None:
    client = as_(both[role])
    client.get(LIST)  # the session's first request writes nothing that the next would
    counted(client, LIST, django_assert_num_queries, number)
    place = {Role.TRUST_LEADER: {"trust": both.trust}, Role.PARTNER_STAFF: {"partner": both.partner}}.get(role)
    for school in (both.third, make.make_school(hub=both.hub)):
        if place and "trust" in place:
            TrustSchool.objects.create(school=school, trust=both.trust, joined_on=make.LONG_AGO)
        elif place:
            make.make_commission(partner=both.partner, school=school)
    counted(client, LIST, django_assert_num_queries, number)
    assert len(rows(client.get(LIST))) == (4 if role == Role.HUB_OFFICER else 3)
    counted(client, LIST + "?q=school", django_assert_num_queries, number + 1)


def test_school_list_costs_the_same_for_a_thousand(here: Town, as_, django_assert_num_queries) -> None:
    before = make.make_school("Template", hub=here.hub)
    School.objects.bulk_create(
        School(
            urn=900000 + number,
            name=f"Many {number}",
            name_key=f"many {number:04d}",
            search_text=f"many {number} {900000 + number}",
            authority=before.authority,
            type=before.type,
            status="1",
            as_at=before.as_at,
        )
        for number in range(1000)
    )
    client = as_(here[Role.HUB_OFFICER])
    client.get(LIST)
    counted(client, LIST, django_assert_num_queries, 11)  # one of them the saved views, one the tags
    counted(client, reverse("schools:school-export", args=["csv"]), django_assert_num_queries, 10)  # one the log
    counted(client, reverse("schools:school-export", args=["xlsx"]), django_assert_num_queries, 10)


def test_school_export_holds_exactly_what_is_filtered_in_order(both: Town, as_) -> None:
    client = as_(both[Role.HUB_OFFICER])
    found = csv_rows(client, "?sort=-name&q=exampleshire&page=2")
    assert [row["School"] for row in found] == ALL[::-1]
    assert [row["School"] for row in csv_rows(client, "?q=second")] == ALL[1:2]
    assert found[0]["Last spoke"] == "2026-09-04"
    assert found[0]["Engagement"] == "Engaged"
    assert found[0]["Our contact"] == "Exampleshire Hub officer"


def test_school_export_of_partner_staff_has_no_engagement(both: Town, as_) -> None:
    found = csv_rows(as_(both[Role.PARTNER_STAFF]))
    assert [list(row) for row in found] == [
        ["URN", "School", "Street", "Town", "Postcode", "Telephone", "What we do there"]
    ]
    assert found[0]["What we do there"] == "Whole-class brass"


def test_school_export_escapes_what_looks_like_a_formula(here: Town, as_) -> None:
    make.make_school('=HYPERLINK("https://bad.example")', hub=here.hub, town="@risk")
    client = as_(here[Role.HUB_OFFICER])
    found = csv_rows(client, "?q=hyperlink")
    assert (found[0]["School"], found[0]["Town"]) == ('\'=HYPERLINK("https://bad.example")', "'@risk")
    sheet = workbook(client, "?q=hyperlink")
    cell = sheet["B2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("https://bad.example")')


def workbook(client: Client, query: str = ""):
    response = client.get(reverse("schools:school-export", args=["xlsx"]) + query)
    return openpyxl.load_workbook(io.BytesIO(response.content)).active


def test_school_export_xlsx_has_real_types_and_a_frozen_header(both: Town, as_) -> None:
    School.objects.filter(pk=both.first.pk).update(pupils=1284)
    sheet = workbook(as_(both[Role.HUB_OFFICER]))
    head = [cell.value for cell in sheet[1]]
    first = dict(zip(head, [cell.value for cell in sheet[2]], strict=True))
    assert sheet.max_row == 4
    assert (first["School"], first["URN"], first["Pupils"]) == (ALL[0], both.first.urn, 1284)
    assert first["Last spoke"] == datetime(2026, 9, 2)
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref.startswith("A1:")


def test_school_export_knows_two_formats(both: Town, as_) -> None:
    assert as_(both[Role.HUB_OFFICER]).get("/schools/export.pdf/").status_code == 404


# --- a school's page -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
def test_school_detail_of_another_hub_does_not_exist(here: Town, there: Town, as_, role: Role) -> None:
    client = as_(here[role])
    assert [client.get(school.get_absolute_url()).status_code for school in there.schools] == [404, 404, 404]


def test_school_detail_shows_the_hub_facts_people_and_timeline(both: Town, as_) -> None:
    School.objects.filter(pk=both.first.pk).update(
        pupils=284, fsm_percentage="31.0", low_age=7, high_age=11, head_name="Ruth Pell", website="www.first.example"
    )
    make.make_contact("Tom Adeyemi", hub=both.hub, school=both.first, is_music_lead=True)
    response = as_(both[Role.HUB_OFFICER]).get(both.first.get_absolute_url())
    facts = {row["label"]: row["value"] for row in response.context["facts"]}
    assert facts == {
        "Type": "Community school, 7 to 11",
        "Pupils": "284, 31% free school meals",
        "Music lead": "Tom Adeyemi",
        "Head": "Ruth Pell",
        "Our contact": "Exampleshire Hub officer",
        "URN": str(both.first.urn),
    }
    assert response.context["source"] == "Demonstration data, as at 1 September 2026"
    assert sorted(row["heading"] for row in response.context["entries"]) == [
        *("Exampleshire hub 1", "Exampleshire released 1", "Exampleshire school 1")
    ]
    assert [person.name for person in response.context["contacts"]] == ["Tom Adeyemi", "Exampleshire Contact 1"]
    page = response.content.decode()
    assert 'href="https://www.first.example"' in page
    assert reverse("schools:relationship-edit", args=[both.first.urn]) in page
    assert reverse("schools:contact-create", args=[both.first.urn]) in page


def test_school_detail_names_nobody_twice_whom_the_hub_before_knew_too(both: Town, there: Town, as_) -> None:
    for hub in (both.hub, there.hub):
        make.make_contact("Tom Adeyemi", hub=hub, school=both.first, is_music_lead=True)
    response = as_(both[Role.SCHOOL_LEADER]).get(both.first.get_absolute_url())
    assert [person.name for person in response.context["contacts"]] == ["Tom Adeyemi", "Exampleshire Contact 1"]
    assert "Tom Adeyemi" in [row["value"] for row in response.context["facts"]]


def test_school_detail_shows_no_opening_day_that_stands_for_not_known(both: Town, as_) -> None:
    client = as_(both[Role.HUB_OFFICER])
    for day, shown in ((date(1952, 9, 1), "1 September 1952"), (School.UNKNOWN_OPEN_DATE, None)):
        School.objects.filter(pk=both.first.pk).update(open_date=day)
        details = {row["key"]: row["value"] for row in client.get(both.first.get_absolute_url()).context["details"]}
        assert details.get("Opened") == shown


@pytest.mark.parametrize(
    ("role", "headings", "hub_contact"),
    [
        (Role.HUB_VIEWER, ["hub", "released", "school"], False),
        (Role.PARTNER_OFFICER, ["hub", "released", "school"], False),
        (Role.SCHOOL_LEADER, ["released", "school"], True),
        (Role.SCHOOL_EDITOR, ["released", "school"], True),
        (Role.SCHOOL_VIEWER, ["released"], True),
    ],
)
def test_school_detail_fits_the_role(both: Town, as_, role: Role, headings: list[str], hub_contact: bool) -> None:
    response = as_(both[role]).get(both.first.get_absolute_url())
    assert sorted(row["heading"] for row in response.context["entries"]) == [f"Exampleshire {h} 1" for h in headings]
    shown = response.context["hub_contact"]
    assert (shown.name if shown else None) == ("Exampleshire Hub officer" if hub_contact else None)
    assert bool(response.context["engagement"]) is not hub_contact
    editing = reverse("schools:contact-create", args=[both.first.urn]) in response.content.decode()
    assert editing is (role == Role.PARTNER_OFFICER)


def test_school_detail_of_the_trust_shows_what_was_released(both: Town, as_) -> None:
    response = as_(both[Role.TRUST_LEADER]).get(both.second.get_absolute_url())
    assert [row["heading"] for row in response.context["entries"]] == ["Exampleshire released 2"]
    assert list(response.context["contacts"]) == []


def test_school_detail_for_partner_staff_is_name_address_contacts_and_commission(both: Town, as_) -> None:
    make.make_contact("Not marked", hub=both.hub, school=both.first)
    School.objects.filter(pk=both.first.pk).update(head_name="Ruth Pell", pupils=284, street="1 Mill Lane")
    response = as_(both[Role.PARTNER_STAFF]).get(both.first.get_absolute_url())
    page = response.content.decode()
    for shown in (ALL[0], "1 Mill Lane", "Exampleshire Contact 1", "Whole-class brass", "Exampleshire Brass"):
        assert shown in page
    for hidden in ("Not marked", "Ruth Pell", "284", "Engaged", "Hub officer", "What has happened", "released 1"):
        assert hidden not in page
    assert {name for name in ("facts", "entries", "engagement") if name in response.context} == set()


def test_a_search_for_a_former_urn_says_why_the_school_was_found(both: Town, there: Town, as_) -> None:
    SchoolIdentifier.objects.create(school=both.first, urn=123456)
    SchoolIdentifier.objects.create(school=there.first, urn=123456)
    client = as_(both[Role.HUB_OFFICER])
    for query in ("?q=123456", "?q=123456&sort=-name&status=all"):
        response = client.get(LIST + query)
        assert rows(response) == [both.first.name]
        assert "formerly URN 123456" in response.content.decode()
    assert "formerly URN" not in client.get(f"{LIST}?q={both.first.urn}").content.decode()
    response = client.get(reverse("schools:school-export", args=["csv"]), {"q": "123456"})
    assert response.status_code == 200 and both.first.name in b"".join(response).decode("utf-8-sig")


def test_school_detail_leads_from_a_former_urn_to_the_current_one(both: Town, there: Town, as_) -> None:
    SchoolIdentifier.objects.create(school=both.first, urn=123456)
    SchoolIdentifier.objects.create(school=there.first, urn=123457)
    client = as_(both[Role.HUB_VIEWER])
    moved = client.get(reverse("schools:school-detail", args=[123456]))
    assert (moved.status_code, moved["Location"]) == (301, both.first.get_absolute_url())
    assert client.get(reverse("schools:school-detail", args=[123457])).status_code == 404
    assert client.get(f"/schools/{'9' * 30}/").status_code == 404


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"status": "2", "close_date": date(2025, 8, 31)}, "This school closed on 31 August 2025."),
        ({"status": "2"}, "This school has closed. The register gives no date."),
        ({"status": "3", "close_date": date(2027, 8, 31)}, "This school plans to close on 31 August 2027."),
        ({"status": "4", "open_date": date(2027, 9, 1)}, "This school is planned to open on 1 September 2027."),
        ({"status": "1"}, ""),
    ],
)
def test_school_detail_says_when_a_school_is_not_simply_open(both: Town, as_, values: dict, said: str) -> None:
    School.objects.filter(pk=both.first.pk).update(**values)
    response = as_(both[Role.HUB_VIEWER]).get(both.first.get_absolute_url())
    assert response.context["standing_words"] == said
    assert (said in response.content.decode()) is True


def test_school_detail_pages_the_timeline(both: Town, as_, django_assert_num_queries, monkeypatch) -> None:
    monkeypatch.setattr(panels.school_panels, "providers", [])  # what rooms above add, they count themselves
    monkeypatch.setattr(contact_marks, "_providers", [])
    client = as_(both[Role.HUB_VIEWER])
    address = both.first.get_absolute_url()
    client.get(address)
    with django_assert_num_queries(7):
        client.get(address)
    for number in range(30):
        make.make_entry(hub=both.hub, school=both.first, heading=f"More {number}")
    with django_assert_num_queries(7):
        first = client.get(address)
    assert len(first.context["entries"]) == 20
    assert len(client.get(address + "?page=2").context["entries"]) == 13
    assert "?page=2#timeline" in first.content.decode()


def test_school_detail_draws_what_rooms_above_register(both: Town, as_, monkeypatch) -> None:
    monkeypatch.setattr(panels.school_panels, "providers", [])

    def provide(request, school):
        words = {"status": "declined"}
        return [panels.Panel("schools/_engagement.html", words, column=column) for column in panels.COLUMNS]

    panels.register(provide)
    panels.register(provide)
    response = as_(both[Role.HUB_VIEWER]).get(both.first.get_absolute_url())
    assert {column: len(found) for column, found in response.context["panels"].items()} == {
        **dict.fromkeys(panels.COLUMNS, 1)
    }


def test_panel_in_an_unknown_column_is_refused() -> None:
    with pytest.raises(ValueError, match="A panel stands in one of"):
        panels.Panel("x.html", column="left")
