"""Bringing a list of staff: what it would do, row by row, and what it did."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.access import today
from schools.actions import successions
from schools.models import Contact, ContactImport, School
from schools.roles import Role
from schools.staff_list.planning import Plan
from tests import factories as make
from tests.schools.conftest import Town

pytestmark = pytest.mark.django_db

UPLOAD = reverse("schools:contact-import-create")
HEADER = ["URN", "School", "Postcode", "Name", "Role", "Email", "Phone", "Music lead", "Leader", "Shared with partners"]


def line(school: School | None = None, name: str = "Tom Adeyemi", **cells: str) -> list[str]:
    values = {"URN": str(school.urn) if school else "", "Name": name} | {
        key.replace("_", " "): value for key, value in cells.items()
    }
    return [values.get(heading, "") for heading in HEADER]


def as_csv(*lines: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *lines])
    return out.getvalue().encode()


def bring(client: Client, data: bytes, name: str = "staff.csv"):
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, data)})


def planned(client: Client, *lines: list[str]) -> ContactImport:
    response = bring(client, as_csv(*lines))
    assert response.status_code == 302, response.context["form"].errors
    return ContactImport.objects.get(uuid=response["Location"].split("/")[-2])


def told(imported: ContactImport) -> list[tuple[str, str, str]]:
    """(outcome, who, why or what) of every row."""
    return [
        (row.outcome, row.who, row.reason or "; ".join(" ".join(change) for change in row.changes))
        for row in Plan(imported, imported.by).rows
    ]


def take_over(client: Client, imported: ContactImport):
    address = reverse("schools:contact-import-detail", args=[imported.uuid])
    return client.post(address, {"digest": client.get(address).context["digest"]})


@pytest.fixture
def officer(here: Town, as_) -> Client:
    return as_(here[Role.HUB_OFFICER])


@pytest.fixture
def tom(here: Town) -> Contact:
    return make.make_contact(
        "Tom Adeyemi",
        hub=here.hub,
        school=here.first,
        email="tom@first.example",
        job_title="Teacher",
        phone="01632960111",
    )


def test_each_row_says_what_would_come_of_it_and_nothing_is_written(here: Town, officer: Client, tom) -> None:
    before = set(Contact.objects.values_list("pk", "job_title"))
    imported = planned(
        officer,
        line(here.first, job="", Role="Music lead", Music_lead="Yes"),
        line(here.first, "TOM ADEYEMI", Email="Tom@First.example"),
        line(here.second, "Ann Lee", Leader="x"),
        line(None, "Bo Reed", School=here.third.name.upper(), Postcode=here.third.postcode.replace(" ", "").lower()),
        line(here.second, "", Email="nobody@second.example"),
        line(here.second, "Cy Dale", Email="cy at second"),
        line(here.second, "Di Fox", Music_lead="perhaps"),
    )
    assert told(imported) == [
        ("changes", "Tom Adeyemi", "Role Teacher Music lead; Leads music no yes"),
        ("failed", "TOM ADEYEMI", "The same person at the same school as in line 2."),
        ("new", "Ann Lee", ""),
        ("new", "Bo Reed", ""),
        ("failed", "", "The name is missing."),
        ("failed", "Cy Dale", "“cy at second” is no email address in the right form, like name@example.com."),
        ("failed", "Di Fox", "Leads music: write yes or no, not “perhaps”."),
    ]
    officer.get(reverse("schools:contact-import-detail", args=[imported.uuid]))
    assert set(Contact.objects.values_list("pk", "job_title")) == before


def test_confirmed_it_is_taken_over_and_a_second_time_changes_nothing(here: Town, officer: Client, tom) -> None:
    lines = [
        line(here.first, Role="Music lead", Shared_with_partners="yes"),
        line(here.second, "Ann Lee", Email="ann@second.example", Phone="+44 1632 960222", Leader="yes"),
    ]
    first = planned(officer, *lines)
    response = take_over(officer, first)
    assert response["Location"] == reverse("schools:contact-import-detail", args=[first.uuid])
    tom.refresh_from_db()
    assert (tom.job_title, tom.shared_with_partners, tom.email) == ("Music lead", True, "tom@first.example")
    ann = Contact.objects.get(name="Ann Lee")
    assert (ann.hub, ann.school, ann.phone, ann.is_leader) == (here.hub, here.second, "+44 1632 960222", True)
    assert ann.events.get().pgh_context.metadata["user"] == here[Role.HUB_OFFICER].pk
    second = planned(officer, *lines)
    assert [outcome for outcome, _who, _what in told(second)] == ["same", "same"]
    page = officer.get(reverse("schools:contact-import-detail", args=[second.uuid])).content.decode()
    assert "There is nothing to import." in page
    count = Contact.objects.count()
    take_over(officer, second)
    take_over(officer, first)  # pressed again
    assert Contact.objects.count() == count


def test_an_empty_cell_leaves_what_is_known(here: Town, officer: Client, tom) -> None:
    take_over(officer, planned(officer, line(here.first, Role="Music lead")))
    tom.refresh_from_db()
    assert (tom.email, tom.phone) == ("tom@first.example", "01632960111")


def test_somebody_is_found_by_their_own_address_and_never_by_the_offices(here: Town, officer: Client, tom) -> None:
    office = make.make_contact("Carol Dunmore", hub=here.hub, school=here.first, email="office@first.example")
    assert told(planned(officer, line(here.first, "Thomas Adeyemi", Email="tom@first.example")))[0][0] == "new"
    assert told(planned(officer, line(here.first, "T Adeyemi", Email="TOM@first.example"))) == [
        ("changes", "T Adeyemi", "Name Tom Adeyemi T Adeyemi")
    ]
    assert told(planned(officer, line(here.first, "C Dunmore", Email=office.email)))[0][0] == "new"


def test_two_of_one_name_are_told_apart_by_their_addresses(here: Town, officer: Client) -> None:
    lines = [line(here.first, "Jo Bell", Email=f"{each}@first.example") for each in ("jo.bell", "j.bell")]
    take_over(officer, planned(officer, *lines))
    assert Contact.objects.filter(name="Jo Bell").count() == 2
    assert [outcome for outcome, _who, _what in told(planned(officer, *lines))] == ["same", "same"]
    assert told(planned(officer, line(here.first, "Jo Bell"))) == [
        ("failed", "Jo Bell", "Several contacts at the school are called Jo Bell. Give the email address of one.")
    ]


def test_who_has_left_is_not_brought_back(here: Town, officer: Client, tom) -> None:
    Contact.objects.filter(pk=tom.pk).update(left_on=today())
    (outcome, _who, why), *_ = told(planned(officer, line(here.first)))
    assert outcome == "failed" and why.startswith("Noted as having left on")


def test_a_closed_school_takes_nobody_and_a_former_urn_is_known(here: Town, officer: Client) -> None:
    School.objects.filter(pk=here.third.pk).update(status=School.Status.CLOSED)
    here.second.identifiers.create(urn=123456)
    rows = told(planned(officer, line(here.third), [*["123456"], *line(None)[1:]]))
    assert rows == [
        ("failed", "Tom Adeyemi", f"{here.third.name} closed. Give the school that followed it."),
        ("new", "Tom Adeyemi", ""),
    ]


def test_urn_of_a_school_whose_records_went_over_is_that_of_the_school_that_has_them(
    here: Town, officer: Client
) -> None:
    old, new = here.third, here.second
    School.objects.filter(pk=old.pk).update(status=School.Status.CLOSED)
    row = make.make_succession(hub=here.hub, predecessor=old, successor=new)
    successions.apply(succession=row, how="move", by=here[Role.HUB_OFFICER])
    imported = planned(officer, line(old, "Wanda Newman"))
    (row,) = Plan(imported, imported.by).rows
    assert (row.outcome, row.school) == ("new", new)


def test_another_hubs_school_does_not_exist(here: Town, there: Town, officer: Client) -> None:
    by_name = line(None, School=there.first.name, Postcode=there.first.postcode)
    rows = told(planned(officer, line(there.first), ["999999", *line(None)[1:]], by_name))
    assert rows == [
        ("failed", "Tom Adeyemi", f"No school of yours has the URN {there.first.urn}."),
        ("failed", "Tom Adeyemi", "No school of yours has the URN 999999."),
        ("failed", "Tom Adeyemi", f"No school of yours is called {there.first.name} and has the postcode "
         f"{there.first.postcode}."),
    ]  # fmt: skip


def test_a_partners_officer_brings_those_of_the_schools_entrusted(here: Town, as_) -> None:
    client = as_(here[Role.PARTNER_OFFICER])
    imported = planned(client, line(here.first), line(here.second))
    assert [outcome for outcome, _who, _why in told(imported)] == ["new", "failed"]
    take_over(client, imported)
    assert Contact.objects.get(name="Tom Adeyemi").hub == here.hub


@pytest.mark.parametrize("role", list(Role))
def test_another_persons_list_does_not_exist(here: Town, there: Town, as_, role: Role) -> None:
    theirs = make.make_contact_import(hub=there.hub, by=there[Role.HUB_OFFICER])
    colleagues = make.make_contact_import(hub=here.hub, by=make.make_person(Role.HUB_OFFICER, here.hub))
    client = as_(here[role])
    for imported in (theirs, colleagues):
        for name in ("detail", "failed", "discard"):
            address = reverse(f"schools:contact-import-{name}", args=[imported.uuid])
            assert client.post(address).status_code in (403, 404)
            assert client.get(address).status_code in (403, 404)
    assert ContactImport.objects.filter(pk__in=[theirs.pk, colleagues.pk], applied_at=None).count() == 2


def test_rows_that_failed_come_back_as_the_same_kind_of_file(here: Town, officer: Client) -> None:
    imported = planned(officer, line(here.first), line(here.second, "=1+1", Music_lead="perhaps"))
    address = reverse("schools:contact-import-failed", args=[imported.uuid])
    wanted = [HEADER + ["Why it could not be imported"]]
    wanted.append(line(here.second, "'=1+1", Music_lead="perhaps") + ["Leads music: write yes or no, not “perhaps”."])
    for _ in range(2):
        found = list(csv.reader(io.StringIO(officer.get(address).content.decode("utf-8-sig"))))
        assert found == wanted
        take_over(officer, imported)
    mended = officer.get(address).content.decode("utf-8-sig").replace("perhaps", "yes").encode()
    response = bring(officer, mended)
    again = ContactImport.objects.get(uuid=response["Location"].split("/")[-2])
    assert told(again) == [("new", "=1+1", "")]
    assert officer.get(response["Location"]).context["left_out"] == []  # our own column is nothing to be told of


def test_a_mended_file_that_fails_again_gives_the_new_reason_alone(here: Town, officer: Client) -> None:
    def failed(data: bytes) -> str:
        return officer.get(bring(officer, data)["Location"] + "failed/").content.decode("utf-8-sig")

    once = failed(as_csv(line(here.second, Music_lead="perhaps")))
    again = failed(once.replace(str(here.second.urn), "999999").encode())
    assert list(csv.reader(io.StringIO(again))) == [
        [*HEADER, "Why it could not be imported"],
        ["999999", *line(None, Music_lead="perhaps")[1:], "No school of yours has the URN 999999."],
    ]


def test_rows_that_failed_say_at_which_school_before_and_after(here: Town, officer: Client) -> None:
    lost = [line(None, School="Nowhere School", Postcode="ZZ1 1ZZ"), ["999999", *line(None)[1:]], line(None)]
    imported = planned(officer, line(here.first, Leader="perhaps"), *lost, line(here.first))
    address = reverse("schools:contact-import-detail", args=[imported.uuid])
    for _ in range(2):
        places = [row.place for row in officer.get(address, {"show": "failed"}).context["rows"]]
        assert places == [here.first.name, "Nowhere School", "URN 999999", ""]
        take_over(officer, imported)


def test_two_schools_of_one_name_are_told_apart(here: Town, officer: Client) -> None:
    School.objects.filter(pk__in=[here.first.pk, here.second.pk]).update(name="St Mary’s", name_key="st marys")
    imported = planned(officer, line(here.first), line(here.second))
    rows = officer.get(reverse("schools:contact-import-detail", args=[imported.uuid])).context["rows"]
    assert [row.place for row in rows] == [f"St Mary’s, {each.told_by}" for each in (here.first, here.second)]


def test_an_excel_list_fails_into_an_excel_list(here: Town, officer: Client) -> None:
    book = openpyxl.Workbook()
    for cells in (HEADER, line(here.first, "=SUM(A1)", Leader="perhaps")):
        book.active.append(cells)
    book.active["D2"].data_type = "s"
    out = io.BytesIO()
    book.save(out)
    response = bring(officer, out.getvalue(), "staff.xlsx")
    address = response["Location"] + "failed/"
    sheet = openpyxl.load_workbook(io.BytesIO(officer.get(address).content)).active
    assert (sheet["D2"].value, sheet["D2"].data_type) == ("=SUM(A1)", "s")
    assert sheet["K2"].value == "Leader: write yes or no, not “perhaps”."


def test_what_was_shown_is_what_is_confirmed(here: Town, officer: Client, tom) -> None:
    imported = planned(officer, line(here.first, Role="Music lead"))
    address = reverse("schools:contact-import-detail", args=[imported.uuid])
    digest = officer.get(address).context["digest"]
    Contact.objects.filter(pk=tom.pk).update(job_title="Head")
    response = officer.post(address, {"digest": digest})
    assert response.status_code == 409
    assert "The contacts have changed since you looked." in response.content.decode()
    tom.refresh_from_db()
    assert (tom.job_title, Contact.objects.count()) == ("Head", 4)


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_template_is_a_list_that_can_be_filled_in(here: Town, officer: Client, format: str) -> None:
    response = officer.get(reverse("schools:contact-import-template", args=[format]))
    assert f"staff-list.{format}" in response["Content-Disposition"]
    refused = bring(officer, response.content, f"staff.{format}")
    assert refused.context["form"].errors == {"file": ["The file has a header and nobody below it."]}


def test_a_list_is_thrown_away_and_old_ones_go_by_themselves(here: Town, officer: Client) -> None:
    imported = planned(officer, line(here.first))
    response = officer.post(reverse("schools:contact-import-discard", args=[imported.uuid]))
    assert (response["Location"], ContactImport.objects.count()) == (UPLOAD, 0)
    old = planned(officer, line(here.first))
    ContactImport.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=8))
    planned(officer, line(here.second))
    assert not ContactImport.objects.filter(pk=old.pk).exists()


def test_a_file_of_nothing_is_told_beside_the_field(here: Town, officer: Client) -> None:
    assert bring(officer, b"").context["form"].errors == {"file": ["The file is empty. Choose another"]}
    assert officer.post(UPLOAD).context["form"].errors == {"file": ["Choose a file"]}


def test_the_preview_asks_the_same_of_one_row_and_of_three(
    here: Town, officer: Client, django_assert_num_queries
) -> None:
    one = planned(officer, line(here.first))
    three = planned(officer, line(here.first), line(here.second), line(here.third))
    for imported in (one, three):
        with django_assert_num_queries(6):
            officer.get(reverse("schools:contact-import-detail", args=[imported.uuid]))


def test_five_thousand_rows_are_taken_over_in_few_statements(here: Town, officer: Client) -> None:
    lines = [line(here.schools[number % 3], f"Person {number}") for number in range(5000)]
    imported = planned(officer, *lines)
    response = take_over(officer, imported)
    assert response.status_code == 302
    assert Contact.objects.count() == 5003


def test_who_works_for_two_hubs_says_for_which(here: Town, there: Town, as_) -> None:
    officer = here[Role.HUB_OFFICER]
    make.make_membership(officer, Role.HUB_OFFICER, there.hub)
    client = as_(officer)
    assert bring(client, as_csv(line(here.first))).context["form"].errors == {"hub": ["Choose which hub"]}
    data = {"hub": here.hub.slug, "file": SimpleUploadedFile("staff.csv", as_csv(line(here.first), line(there.first)))}
    client.post(UPLOAD, data)
    assert [outcome for outcome, _who, _why in told(ContactImport.objects.get())] == ["new", "failed"]
