"""What was delivered at a school: constraints, the form's checks, who may, and how it counts as engagement."""

from datetime import date
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from engagement.actions import code_lists, deliveries
from engagement.deliveries import checks, kinds
from engagement.deliveries.checks import Census
from engagement.models import CodeEntry, Delivery
from engagement.why import why_of
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.models import EngagementYear, School, SchoolFigures, TimelineEntry
from schools.roles import Role
from tests.engagement.factories import make_contact_rules, make_delivery, make_officer
from tests.factories import make_commission, make_hub, make_partner, make_person, make_school

pytestmark = pytest.mark.django_db
YEAR = academic_year(today())


@pytest.fixture
def hub():
    return make_hub("Exampleshire Music Hub")


@pytest.fixture
def school(hub):
    return make_school("Fenwick Road Primary School", hub=hub, pupils=210, low_age=4, high_age=11)


@pytest.fixture
def officer(hub):
    return make_officer(hub)


@pytest.fixture
def partner(hub):
    return make_partner("Exampleshire Brass", hub=hub)


def entry(code: str, code_list: str = "instrument") -> CodeEntry:
    return CodeEntry.objects.get(hub=None, code_list=code_list, code=code)


def posted(**said):
    """A whole class of thirty, as the form sends it."""
    return {
        "year": str(YEAR),
        "delivered_by": "hub",
        "class_name": "4B",
        "year_groups": ["4"],
        "terms": ["in_autumn", "in_spring"],
        "turn": "first",
        "pupils": "30",
        "is_confirmed": "on",
        **said,
    }


def address(school: School, kind: str = "whole-class") -> str:
    return reverse("engagement:delivery-create", args=[school.urn, kind])


# --- what the database refuses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"pupils": -1},
        {"pupils": 20, "pupil_premium": 21},
        {"pupils": 20, "send_ehcp": 11, "sen_support": 10},
        {"pupils": 20, "boys": 12, "girls": 9},
        {"pupils": 20, "boys": 12, "gender_not_stated": 9},
        {"pupils": 20, "remission": 21},
        {"pupils": 20, "continued": 21},
        {"pupils": 20, "standard_entry": 12, "standard_advanced": 9},
        {"pp_and_send": 3, "pupil_premium": 2},
        {"pp_and_send": 3, "send_ehcp": 1, "sen_support": 1},
        {"pupils": 2, "pp_and_send": 3},
        {"pupils": 20, "pupil_premium": 15, "send_ehcp": 5, "sen_support": 5, "pp_and_send": 4},
        {"delivered_by": "partner"},
        {"delivered_by": "other"},
        {"supported_by": "other"},
        {"supporter_name": "Somebody"},
    ],
)
def test_what_can_never_hold_is_refused_by_the_database(school, officer, wrong):
    row = make_delivery(school, by=officer, kind="tuition", pupils=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=row.pk).update(**wrong)


def test_what_is_not_known_is_left_out_and_stays_apart_from_zero(school, officer):
    known = make_delivery(school, by=officer, pupils=20, pupil_premium=20, boys=0, girls=None, pp_and_send=5)
    unknown = make_delivery(school, by=officer, pupils=None, pupil_premium=400, pp_and_send=12)
    assert (known.boys, known.girls) == (0, None)
    assert Delivery.objects.get(pk=unknown.pk).pupils is None


def test_what_another_kind_asks_is_not_kept(school, officer):
    row = make_delivery(school, by=officer, kind="training", pupils=30, attendees_other=4, class_name="4B")
    assert (row.pupils, row.attendees_other, row.attendees_specialist, row.class_name) == (None, 4, None, "")


def test_an_entry_of_a_list_cannot_be_deleted_once_a_delivery_names_it(hub, school, officer):
    own = code_lists.add(hub=hub, code_list="instrument", name="Crumhorn", by=officer)
    make_delivery(school, by=officer, instrument=own)
    with pytest.raises(ProtectedError):
        own.delete()
    code_lists.change(hub=hub, entry=own, name="Krummhorn", is_offered=False, by=officer)
    assert str(Delivery.objects.get().instrument) == "Krummhorn"


@pytest.mark.parametrize("field", ["deliverer", "instrument"])
def test_nothing_of_another_hub_is_named(school, officer, field):
    other = make_hub("Samplefolk Music Hub")
    theirs = {
        "deliverer": {"delivered_by": "partner", "deliverer": make_partner("Samplefolk Brass", hub=other)},
        "instrument": {
            "instrument": code_lists.add(hub=other, code_list="instrument", name="Samplefolk pipes", by=officer)
        },
    }[field]
    with pytest.raises(ValidationError, match="Choose one"):
        make_delivery(school, by=officer, **theirs)
    with pytest.raises(ValidationError, match="from the list"):
        make_delivery(school, by=officer, instrument=entry("string-ensemble", "ensemble"))


def test_a_year_to_come_and_a_day_to_come_are_no_deliveries(school, officer):
    with pytest.raises(ValidationError, match="Choose an academic year"):
        make_delivery(school, by=officer, year=YEAR + 1)
    with pytest.raises(ValidationError, match="in the academic year"):
        make_delivery(school, by=officer, kind="event", on=date(YEAR - 1, 10, 1))


# --- the form --------------------------------------------------------------------------------------------------------


def test_an_officer_records_a_whole_class_on_the_schools_page(client, school, officer, partner):
    client.force_login(officer)
    assert address(school) in client.get(reverse("engagement:delivery-choose", args=[school.urn])).content.decode()
    page = client.get(address(school)).content.decode()
    assert "Which year groups?" in page and "key stage" not in page and "Music specialists" not in page
    said = posted(
        instrument=str(entry("violin").uuid),
        delivered_by=f"partner:{partner.uuid}",
        supported_by="hub",
        pupil_premium="0",
        boys="1 4",
        year_groups=["3", "4"],
    )
    refused = client.post(address(school), {**said, "boys": "a few"})
    assert refused.status_code == 400 and not Delivery.objects.exists()
    page = client.post(address(school), {**said, "boys": "14"}, follow=True).content.decode()
    row = Delivery.objects.get()
    assert (row.class_name, row.year_groups, row.term_words, row.turn) == ("4B", [3, 4], "Autumn and Spring", "first")
    assert (row.delivered_by, row.deliverer, row.supported_by) == ("partner", partner, "hub")
    assert (row.pupils, row.pupil_premium, row.boys, row.girls) == (30, 0, 14, None)
    assert (row.confirmed_by, row.is_estimate, row.starts_on) == (officer, False, date(YEAR, 9, 1))
    assert "Years 3 and 4" in page and "Violin" in page and "Not known" in page
    told = TimelineEntry.objects.get(source=row.timeline_source)
    assert (told.heading, told.audience) == ("Delivered: Whole-class programme, 4B", "hub")
    assert "30 pupils" in told.detail
    assert "4B, Years 3 and 4, Violin" in client.get(school.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("pupils", "about thirty", "Enter “Pupils” in figures, as a whole number: “about thirty” is none."),
        ("pupils", "-3", "“Pupils” must be 0 or more"),
        ("pupils", "3.5", "Enter “Pupils” in figures"),
        ("pupils", "9999999", "must be 100,000 or fewer"),
        ("pupil_premium", "31", "“Pupil Premium” is 31, more than the 30 pupils it is a part of"),
        ("girls", "31", "“Girls” is 31, more than the 30 pupils"),
        ("ethnicity_white", "31", "The ethnic groups are 31 together"),
    ],
)
def test_figures_that_cannot_be_are_answered_in_a_sentence_and_what_was_typed_stays(
    client, school, officer, field, typed, sentence
):
    client.force_login(officer)
    page = client.post(address(school), posted(**{field: typed}))
    assert page.status_code == 400
    first = field if field in page.context["form"].errors else next(iter(page.context["form"].errors))
    assert sentence in page.context["form"].errors[first][0]
    assert f'value="{typed}"' in page.content.decode() and 'value="4B"' in page.content.decode()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"pp_and_send": 3, "pupil_premium": 2}, "pp_and_send", "3 with both are more than the 2 with Pupil Premium"),
        (
            {"pp_and_send": 3, "send_ehcp": 1, "sen_support": 1},
            "pp_and_send",
            "3 with both are more than the 2 with SEND (EHC plan and SEN support)",
        ),
        (
            {"pupils": 20, "boys": 12, "girls": 9},
            "boys",
            "Boys, girls and not stated are 21 together, more than the 20 pupils",
        ),
        (
            {"pupils": 20, "pupil_premium": 15, "send_ehcp": 5, "sen_support": 5, "pp_and_send": 4},
            "pupil_premium",
            "With Pupil Premium or SEND are 21, each counted once: more than the 20 pupils",
        ),
    ],
)
def test_parts_above_their_whole_are_said_by_their_field(said, field, sentence):
    assert checks.problems("tuition", said) == {field: sentence}


def test_the_sentences_and_the_database_refuse_the_same(school, officer):
    """Every way of filling five of the boxes with 0 to 3 or nothing."""
    row = make_delivery(school, by=officer, kind="tuition", pupils=None)
    names = ("pupils", "pupil_premium", "send_ehcp", "sen_support", "pp_and_send")
    for values in product((None, 0, 2, 3), repeat=len(names)):
        said = dict(zip(names, values, strict=True))
        try:
            with transaction.atomic():
                Delivery.objects.filter(pk=row.pk).update(**said)
            refused = False
        except IntegrityError:
            refused = True
        assert bool(checks.problems("tuition", said)) == refused, said


def test_more_pupils_than_the_school_has_are_asked_about_and_who_said_so_is_kept(client, school, officer):
    client.force_login(officer)
    said = posted(pupils="1,200", is_estimate="on")
    page = client.post(address(school), said)
    sentence = "1,200 pupils are more than the 210 that Fenwick Road Primary School has by the register"
    assert page.status_code == 400 and sentence in page.content.decode() and 'value="1,200"' in page.content.decode()
    other = {**said, "pupils": "1,300", "warnings": [sentence]}
    assert client.post(address(school), other).status_code == 400  # another figure is another question
    page = client.post(address(school), {**said, "warnings": [sentence]}, follow=True).content.decode()
    row = Delivery.objects.get()
    assert (row.pupils, row.warnings, row.warned_by) == (1200, [sentence], officer)
    assert "Checked against the census" in page and sentence in page and "Estimate" in page
    edit = reverse("engagement:delivery-edit", args=[row.uuid])
    assert sentence in client.get(edit).content.decode()
    assert client.post(edit, {**said, "warnings": [sentence]}).status_code == 302
    client.post(edit, posted(pupils="28"))
    row.refresh_from_db()
    assert (row.pupils, row.warnings, row.warned_by) == (28, [], None)


def test_a_year_group_is_judged_by_its_census_else_by_its_share():
    said = {"pupils": 61, "year_groups": [3, 4]}
    census = Census("Fenwick", 210, 7, 2025, {"3": 30, "4": 30})
    assert checks.warnings(said, census) == [
        "61 pupils are more than the 60 that Years 3 and 4 had in the census of 2025 to 2026"
    ]
    assert checks.warnings({**said, "pupils": 60}, census) == []
    share = Census("Fenwick", 210, 7)
    assert checks.warnings({"pupils": 60, "year_groups": [4]}, share) == []
    assert "61 pupils in Year 4 are many" in checks.warnings({"pupils": 61, "year_groups": [4]}, share)[0]
    assert checks.warnings({"pupils": 9000, "year_groups": [4]}, Census("Fenwick")) == []  # nothing is known of it


def test_the_census_comes_from_the_newest_published_figures(school):
    SchoolFigures.objects.create(school=school, year=2023, by_year_group={"R": 29, "4": 28})
    SchoolFigures.objects.create(school=school, year=2024, by_year_group={})
    found = Census.of(school)
    assert (found.pupils, found.ages, found.year, found.in_groups([0, 4]), found.in_groups([4, 5])) == (
        210, 7, 2023, 57, None,
    )  # fmt: skip


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_each_kind_asks_what_it_has_and_nothing_else(client, school, officer, kind):
    client.force_login(officer)
    form = client.get(address(school, kind)).context["form"]
    assert set(kinds.KINDS[kind].numbers) == set(form.fields) & set(kinds.NUMBERS)
    said = {"year": str(YEAR), "delivered_by": "school", "supported_by": "other", "supporter_name": "A trust"}
    assert client.post(address(school, kind), said).status_code == 302
    row = Delivery.objects.get()
    assert (row.kind, row.delivered_by, row.supporter_words, row.confirmed_at) == (kind, "school", "A trust", None)
    assert all(getattr(row, name) is None for name in kinds.NUMBERS)
    assert client.get(row.get_absolute_url()).status_code == 200
    assert client.get(reverse("engagement:delivery-edit", args=[row.uuid])).status_code == 200


def test_a_retired_entry_stays_in_the_form_of_the_record_that_names_it(client, hub, school, officer):
    row = make_delivery(school, by=officer, instrument=entry("violin"))
    code_lists.change(hub=hub, entry=entry("violin"), name="Fiddle", is_offered=False, by=officer)
    client.force_login(officer)
    assert "Fiddle" in client.get(reverse("engagement:delivery-edit", args=[row.uuid])).content.decode()
    assert "Fiddle" not in client.get(address(school)).content.decode()
    assert "Fiddle" in client.get(row.get_absolute_url()).content.decode()


# --- who may ---------------------------------------------------------------------------------------------------------


def test_a_viewer_reads_and_writes_nothing(client, hub, school, officer):
    row = make_delivery(school, by=officer)
    client.force_login(make_person(Role.HUB_VIEWER, hub))
    page = client.get(row.get_absolute_url()).content.decode()
    assert "What next?" not in page
    assert client.get(address(school)).status_code == 403
    for name in ("delivery-edit", "delivery-withdraw"):
        assert client.get(reverse(f"engagement:{name}", args=[row.uuid])).status_code == 403
    assert client.post(reverse("engagement:delivery-confirm", args=[row.uuid])).status_code == 403
    assert "Record a delivery" not in client.get(school.get_absolute_url()).content.decode()


def test_a_partners_officer_records_at_the_schools_entrusted_and_sees_no_other(client, hub, school, officer, partner):
    make_commission(partner=partner, school=school)
    next_door = make_school("Next Door Primary School", hub=hub)
    hidden = make_delivery(next_door, by=officer, class_name="Hidden class")
    theirs = make_person(Role.PARTNER_OFFICER, partner)
    client.force_login(theirs)
    assert client.get(address(school)).context["form"].initial["delivered_by"] == f"partner:{partner.uuid}"
    client.post(address(school), posted(delivered_by=f"partner:{partner.uuid}"))
    assert Delivery.objects.visible_to(theirs).get().deliverer == partner
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert client.get(address(next_door)).status_code == 404
    assert "Hidden class" not in client.get(reverse("engagement:delivery-list")).content.decode()


def test_two_hubs_never_meet(client, hub, school, officer):
    row = make_delivery(school, by=officer)
    other = make_hub("Samplefolk Music Hub")
    client.force_login(make_person(Role.HUB_MANAGER, other))
    for name in ("delivery-detail", "delivery-edit", "delivery-withdraw"):
        assert client.get(reverse(f"engagement:{name}", args=[row.uuid])).status_code == 404
    assert client.get(address(school)).status_code == 404
    assert client.get(reverse("engagement:delivery-list")).context["total"] == 0
    assert client.get(reverse("engagement:delivery-sums"), {"hub": hub.slug}).context["hub"] == other


def test_the_school_and_the_funder_see_none(client, school, officer):
    row = make_delivery(school, by=officer)
    leader = make_person(Role.SCHOOL_LEADER, school)
    client.force_login(leader)
    assert client.get(row.get_absolute_url()).status_code == 404
    assert client.get(reverse("engagement:delivery-list")).status_code == 403
    assert not Delivery.objects.visible_to(leader).exists()


# --- withdrawn, confirmed --------------------------------------------------------------------------------------------


def test_withdrawn_it_counts_no_more_and_stays_to_read(client, school, officer):
    row = make_delivery(school, by=officer)
    client.force_login(officer)
    withdraw = reverse("engagement:delivery-withdraw", args=[row.uuid])
    assert client.post(withdraw, {"why": ""}).status_code == 400
    page = client.post(withdraw, {"why": "Entered twice"}, follow=True).content.decode()
    assert "Withdrawn by" in page and "Entered twice" in page and "What next?" not in page
    assert not Delivery.objects.counted().exists()
    assert not TimelineEntry.objects.filter(source=row.timeline_source).exists()
    again = client.post(withdraw, {"why": "Once more"})
    assert again.status_code == 400 and "has withdrawn this record" in again.content.decode()
    assert client.get(reverse("engagement:delivery-list")).context["total"] == 0
    assert client.get(reverse("engagement:delivery-list"), {"state": "withdrawn"}).context["total"] == 1


def test_confirmed_with_one_press_unless_the_census_speaks_against_it(client, school, officer):
    row = make_delivery(school, by=officer, is_confirmed=False)
    client.force_login(officer)
    confirm = reverse("engagement:delivery-confirm", args=[row.uuid])
    client.post(confirm)
    row.refresh_from_db()
    assert row.confirmed_by == officer
    Delivery.objects.filter(pk=row.pk).update(pupils=999, confirmed_at=None, confirmed_by=None)
    page = client.post(confirm, follow=True)
    assert "999 pupils are more than the 210" in page.content.decode()
    row.refresh_from_db()
    assert row.confirmed_at is None


# --- a way of being engaged ------------------------------------------------------------------------------------------


def ways(hub, school) -> list[str]:
    return [way for row in EngagementYear.objects.filter(hub=hub, school=school, year=YEAR) for way in row.ways]


def test_what_the_hub_or_a_partner_delivers_or_supports_counts_as_a_way(hub, school, officer, partner):
    make_delivery(school, by=officer, delivered_by="school", supported_by="nobody")
    make_delivery(school, by=officer, delivered_by="other", deliverer_name="A company")
    make_delivery(school, by=officer, is_confirmed=False)
    assert ways(hub, school) == []
    made = make_delivery(school, by=officer, delivered_by="school", supported_by="partner", supporter=partner)
    make_delivery(school, by=officer, kind="tuition")
    assert ways(hub, school) == ["support:provision"]
    make_delivery(school, by=officer, kind="training", on=today(), attendees_other=3)
    assert sorted(ways(hub, school)) == ["support:provision", "support:training"]
    said = [each.words for each in why_of(officer, hub, school, today()).reasons]
    assert said == [
        f"Whole-class programme, {YEAR} to {YEAR + 1}",
        f"Tuition, {YEAR} to {YEAR + 1}",
        f"Training for staff (CPD), {today().day} {today():%B %Y}",
    ]
    deliveries.withdraw(delivery=made, why="It did not take place", by=officer)
    assert len(why_of(officer, hub, school, today()).reasons) == 2


def test_it_counts_by_the_rules_of_its_year(hub, school, officer):
    make_contact_rules(hub, year=YEAR, support=["training"])
    make_delivery(school, by=officer)
    assert ways(hub, school) == []
    assert why_of(officer, hub, school, today()).reasons == []
