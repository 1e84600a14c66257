"""The catalogue of offers: who sees what, who keeps it, and what answers a school's needs."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from engagement import offering, tailoring
from engagement.actions import offers as actions
from engagement.actions import sharing
from engagement.actions.entries import FindingEntry, JudgementEntry
from engagement.models import Finding, Offer
from hubportal.kit.wording import academic_year, short_date
from schools.access import today
from schools.models import School
from schools.roles import Role
from tests.engagement.factories import criterion, framework, full_part, make_conversation, part_of, strand
from tests.engagement.shared_world import make_world
from tests.factories import make_hub, make_manual, make_membership, make_partner, make_person, make_school

pytestmark = pytest.mark.django_db

LIST = reverse("engagement:offer-list")
NEW = reverse("engagement:offer-create")


@pytest.fixture
def here():
    world = make_world()
    Offer.objects.all().delete()
    return world


@pytest.fixture
def there(here):
    world = make_world("Samplefolk Music Hub", "Samplefolk School")
    Offer.objects.all().delete()
    make_offer(world.hub, "LEAK")
    return world


def make_offer(hub, title="Whole-class brass", **fields) -> Offer:
    fields.setdefault("strand", strand())
    return Offer.objects.create(hub=hub, title=title, **fields)


def address(name, offer) -> str:
    return reverse(f"engagement:offer-{name}", args=[offer.uuid])


def shown(response) -> list[str]:
    return [row.record.title for row in response.context["table"].page.object_list]


def grouped(response) -> dict[str, list[tuple[str, str]]]:
    return {
        heading: [(each.offer.title, each.reason) for each in group] for heading, group in response.context["groups"]
    }


YEAR = academic_year(today())


def values(**more):
    return {
        "year": YEAR,
        "title": "Year 5 band",
        "strand": strand(),
        "description": "",
        "for_whom": "",
        "phases": [],
        "criteria_codes": [],
        "delivered_by": "",
        "partner": None,
        "organisation": None,
        "cost": "",
        "when": "",
        "link": "",
        **more,
    }


def for_action(**more):
    """With the days, which a browser sends box by box."""
    return {"begins_on": None, "ends_on": None, **values(**more)}


# Who sees what


def test_offer_list_of_the_hub_has_what_is_off_as_well(client, here, there):
    make_offer(here.hub, "Off", is_current=False)
    make_offer(here.hub, "On")
    for who in (here.officer, here.manager, make_person(Role.HUB_VIEWER, here.hub)):
        client.force_login(who)
        response = client.get(LIST)
        assert (shown(response), response.context["finding"]) == (
            ["On", "Off"],
            "2 offers, 1 of them not on offer any more",
        )
        assert b"LEAK" not in response.content
    assert shown(client.get(LIST, {"state": "off"})) == ["Off"]


@pytest.mark.parametrize("who", ["partner_officer", "partner_staff", "trust_leader"])
def test_offer_list_of_partners_and_trusts_has_what_is_on(client, here, there, who):
    make_offer(here.hub, "Off", is_current=False)
    make_offer(here.hub, "On")
    client.force_login(getattr(here, who))
    response = client.get(LIST)
    assert shown(response) == ["On"]
    assert "Add an offer" not in response.content.decode()


def test_offer_list_is_not_for_the_funder(client, here):
    client.force_login(here.funder)
    assert client.get(LIST).status_code == 403


def test_offer_list_filters(client, here):
    kind = strand()
    make_offer(here.hub, "Choirs", phases=["2"], criteria_codes=["singing"], strand=kind)
    make_offer(here.hub, "Bands", phases=["4"], description="Brass for Year 7")
    make_offer(here.hub, "Advice")
    client.force_login(here.officer)
    assert shown(client.get(LIST, {"phase": "2"})) == ["Advice", "Choirs"]
    assert shown(client.get(LIST, {"criterion": "singing"})) == ["Choirs"]
    assert shown(client.get(LIST, {"q": "brass"})) == ["Bands"]
    assert shown(client.get(LIST, {"kind": str(kind.pk)})) == ["Advice", "Bands", "Choirs"]
    assert shown(client.get(LIST, {"sort": "-title"})) == ["Choirs", "Bands", "Advice"]
    page = client.get(LIST, {"criterion": "singing"}).content.decode()
    assert criterion("singing").title in page


@pytest.mark.parametrize("who", ["officer", "partner_staff", "head"])
def test_offer_list_costs_the_same_for_one_row_and_three(client, here, who):
    here.share()
    client.force_login(getattr(here, who))
    client.get(LIST)
    counts = []
    for titles in (["a"], ["b", "c"]):
        for title in titles:
            make_offer(here.hub, title, criteria_codes=["singing"], partner=make_partner(title, hub=here.hub))
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


@pytest.mark.parametrize("who", ["officer", "head", "governor", "partner_officer", "trust_leader", "funder"])
def test_another_hubs_offer_is_not_found(client, here, there, who):
    offer = Offer.objects.get(title="LEAK")
    client.force_login(getattr(here, who))
    found = {name: client.post(address(name, offer)).status_code for name in ("edit", "take-off", "put-back")}
    assert found == {"edit": 404, "take-off": 404, "put-back": 404}
    assert [client.get(address(name, offer)).status_code for name in ("detail", "edit")] == [404, 404]


@pytest.mark.parametrize("who", ["head", "governor", "partner_officer", "trust_leader"])
def test_an_offer_is_kept_by_the_hub_alone(client, here, who):
    offer = make_offer(here.hub)
    client.force_login(getattr(here, who))
    assert client.get(address("detail", offer)).status_code == 200
    statuses = {name: client.post(address(name, offer)).status_code for name in ("edit", "take-off", "put-back")}
    assert statuses == {"edit": 403, "take-off": 403, "put-back": 403}
    assert client.get(NEW).status_code == 403
    actions.take_off(offer=offer, by=here.officer)
    assert client.get(address("detail", offer)).status_code == 404


def test_a_hub_viewer_reads_the_catalogue_alone(client, here):
    offer = make_offer(here.hub)
    client.force_login(make_person(Role.HUB_VIEWER, here.hub))
    page = client.get(address("detail", offer))
    assert (page.status_code, "Take off offer" in page.content.decode()) == (200, False)
    assert [client.get(NEW).status_code, client.get(address("edit", offer)).status_code] == [403, 403]


# Keeping it


def test_offer_create_puts_it_in_the_hubs_catalogue(client, here, there):
    client.force_login(here.officer)
    page = client.get(NEW).content.decode()
    assert criterion("singing").title in page
    assert (str(here.partner) in page, str(there.partner) in page) == (True, False)
    data = {
        "year": str(YEAR),
        "title": " Year 5  band ",
        "strand": str(strand().pk),
        "description": "A tutor for a term.",
        "for_whom": "Primary schools",
        "phases": ["2", "3"],
        "types": ["special"],
        "most_pupils": "120",
        "roles": ["music-lead"],
        "staff": "both",
        "comes_after": "Whole-class brass",
        "school_improvement": "More pupils go on.",
        "access_notes": "Step-free.",
        "adapted_instruments": "One-handed cornets.",
        "pupil_premium": "Name it in your statement.",
        "signposts": ["pupil-premium", "artsmark"],
        "capacity": "12",
        "remission": "Free above 35%",
        "criteria_codes": ["singing"],
        "partner": str(here.partner.pk),
        "delivered_by": "",
        "cost": "£0 for schools in the hub",
        "when": "Thursdays",
        "begins_on_0": "7",
        "begins_on_1": "1",
        "begins_on_2": "2027",
        "link": "www.example.org/band",
    }
    response = client.post(NEW, data)
    offer = Offer.objects.get(hub=here.hub)
    assert response.url == offer.get_absolute_url()
    assert {name: getattr(offer, name) for name in (*actions.FIELDS, "hub", "is_current", "opened_on")} == {
        "year": YEAR,
        "types": ["special"],
        "fewest_pupils": None,
        "most_pupils": 120,
        "roles": ["music-lead"],
        "staff": "both",
        "comes_after": "Whole-class brass",
        "comes_before": "",
        "school_improvement": "More pupils go on.",
        "access_notes": "Step-free.",
        "adapted_instruments": "One-handed cornets.",
        "pupil_premium": "Name it in your statement.",
        "signposts": ["pupil-premium", "artsmark"],
        "capacity": 12,
        "is_charged": False,
        "remission": "Free above 35%",
        "opened_on": today(),
        "title": "Year 5 band",
        "strand": strand(),
        "description": "A tutor for a term.",
        "for_whom": "Primary schools",
        "phases": ["2", "3"],
        "criteria_codes": ["singing"],
        "partner": here.partner,
        "organisation": None,
        "delivered_by": "",
        "cost": "£0 for schools in the hub",
        "when": "Thursdays",
        "begins_on": date(2027, 1, 7),
        "ends_on": None,
        "link": "https://www.example.org/band",
        "hub": here.hub,
        "is_current": True,
    }
    detail = client.get(response.url).content.decode()
    assert (criterion("singing").title in detail, "Primary, Middle deemed primary" in detail) == (True, True)


def test_offer_create_names_each_problem_and_keeps_what_was_typed(client, here, there):
    make_offer(here.hub, "Year 5 band")
    client.force_login(here.officer)
    response = client.post(NEW, {"link": "not a link", "cost": "£5", "partner": str(there.partner.pk), "capacity": "0"})
    assert response.status_code == 400
    assert dict(response.context["form"].errors) == {
        "year": ["Choose the academic year"],
        "title": ["Enter a title"],
        "strand": ["Choose the kind of support"],
        "capacity": ["Enter 1 or more for “How many schools can take it?”, or leave it empty"],
        "partner": ["Select a valid choice. That choice is not one of the available choices."],
        "link": ["Enter a web address, such as https://www.example.org/brass"],
    }
    assert response.context["form"]["cost"].value() == "£5"
    again = client.post(NEW, {"title": "year 5 BAND", "strand": str(strand().pk), "year": YEAR})
    assert (again.status_code, list(again.context["form"].errors)) == (400, ["title"])
    assert "already" in again.context["form"].errors["title"][0]
    assert Offer.objects.filter(hub=here.hub).count() == 1


def test_offer_create_for_one_of_several_hubs(client, here):
    second = make_hub("Second Music Hub", slug="second")
    make_membership(here.officer, Role.HUB_MANAGER, second)
    client.force_login(here.officer)
    client.post(f"{NEW}?hub=second", {"title": "Theirs", "strand": str(strand().pk), "year": YEAR})
    client.post(f"{NEW}?hub=somewhere-else", {"title": "Ours", "strand": str(strand().pk), "year": YEAR})
    assert dict(Offer.objects.values_list("title", "hub__name")) == {
        "Theirs": "Second Music Hub",
        "Ours": "Exampleshire Music Hub",
    }


def test_offer_edit_keeps_what_an_older_framework_knew(client, here):
    offer = make_offer(here.hub, criteria_codes=["singing", "of-old"])
    client.force_login(here.officer)
    page = client.get(address("edit", offer))
    assert page.status_code == 200
    form = page.context["form"]
    assert form.initial["criteria_codes"] == ["singing", "of-old"]


def test_actions_refuse_another_hubs_partner_and_unknown_codes(here, there):
    for more, field in (
        ({"partner": there.partner}, "partner"),
        ({"phases": ["99"]}, "phases"),
        ({"criteria_codes": ["nothing"]}, "criteria_codes"),
        ({"title": "  "}, "title"),
    ):
        with pytest.raises(ValidationError) as problem:
            actions.create(hub=here.hub, values=for_action(**more), by=here.officer)
        assert list(problem.value.message_dict) == [field]
    assert not Offer.objects.filter(hub=here.hub).exists()


def test_two_hubs_may_call_an_offer_the_same(here, there):
    actions.create(hub=here.hub, values=for_action(title="LEAK"), by=here.officer)
    assert Offer.objects.filter(title="LEAK").count() == 2


def test_offer_is_taken_off_and_put_back(client, here):
    offer = make_offer(here.hub)
    client.force_login(here.officer)
    for name, current in (("take-off", False), ("take-off", False), ("put-back", True)):
        assert client.post(address(name, offer)).url == offer.get_absolute_url()
        offer.refresh_from_db()
        assert offer.is_current is current
    assert [client.get(address(name, offer)).status_code for name in ("take-off", "put-back")] == [405, 405]


# What a school sees


def make_report(world, develop=(), levels=(), on=None, covered=()):
    """A shared report with these criteria to develop, covered, or at these levels."""
    findings = [FindingEntry(Finding.Kind.DEVELOP, f"More {code}", criterion=criterion(code)) for code in develop]
    findings += [FindingEntry(Finding.Kind.COVERED, f"Good {code}", criterion=criterion(code)) for code in covered]
    judged = [JudgementEntry(criterion(code), None, None, level) for code, level in levels]
    entry = full_part(world.hub, findings=findings, judgements=judged, actions=[])
    conversation = make_conversation(
        world.school, by=world.officer, on=on or world.on, parts={world.school: entry}, form="full"
    )
    sharing.share(part=part_of(conversation), recipients=world.addressees(), by=world.officer)
    return conversation


def test_offer_list_of_a_school_says_what_fits_and_why(client, here, there):
    make_report(here, develop=["singing"])
    make_offer(here.hub, "Choirs", criteria_codes=["singing"], phases=["2"])
    make_offer(here.hub, "Big choirs", criteria_codes=["singing"], phases=["4"])
    make_offer(here.hub, "Advice")
    make_offer(here.hub, "Off", criteria_codes=["singing"], is_current=False)
    reason = f"because “More singing” was an area for development on {short_date(here.on, today())}"
    for who in (here.head, here.music_lead):
        client.force_login(who)
        response = client.get(LIST)
        assert response.context["finding"] == "1 of 3 offers answers what you are working on"
        assert grouped(response) == {
            "For what you are working on": [("Choirs", reason)],
            "For schools like yours": [("Advice", "")],
            "For other schools": [("Big choirs", "")],
        }
        assert "Because “More singing”" in response.content.decode()
        assert b"LEAK" not in response.content
    choirs = client.get(address("detail", Offer.objects.get(title="Choirs")))
    assert choirs.context["reasons"] == [(here.school, reason)]
    big = client.get(address("detail", Offer.objects.get(title="Big choirs")))
    assert big.context["reasons"] == []


def test_governors_see_no_reason_from_what_was_not_released(client, here):
    make_report(here, develop=["singing"])
    make_offer(here.hub, "Choirs", criteria_codes=["singing"])
    client.force_login(here.governor)
    response = client.get(LIST)
    assert grouped(response) == {"For schools like yours": [("Choirs", "")]}
    assert response.context["finding"] == "Exampleshire Music Hub has 1 offer for schools"


def test_needs_are_low_levels_and_the_newest_word_counts(here):
    make_report(here, levels=[("singing", 2), ("choir", 1)], on=here.on)
    singing = offering.needs_of(here.school, here.head)["singing"]
    level = framework().levels.get(number=2).name
    assert singing == f"“{criterion('singing').title}” was “{level}” on {short_date(here.on, today())}"
    assert set(offering.needs_of(here.school, here.head)) == {"singing", "choir"}
    make_report(here, levels=[("singing", 3)], covered=["choir"], on=here.on + timedelta(days=1))
    assert offering.needs_of(here.school, here.head) == {}


def test_a_special_school_goes_by_its_pupils_ages(here):
    make_offer(here.hub, "Primary", phases=["2"])
    make_offer(here.hub, "Secondary", phases=["4"])
    special = make_school("The Larches", hub=here.hub, phase=School.Phase.NOT_APPLICABLE, low_age=4, high_age=11)
    head = make_person(Role.SCHOOL_LEADER, special)
    page = tailoring.page_for(special, head)
    groups = {heading: [each.offer.title for each in group] for heading, group in page["groups"]}
    assert groups == {"For schools like yours": ["Primary"], "For other schools": ["Secondary"]}


def test_offer_list_of_a_school_without_offers_says_so(client, here):
    client.force_login(here.head)
    response = client.get(LIST)
    assert (response.status_code, response.context["finding"]) == (200, "Nothing is on offer yet")


def test_offer_list_of_a_school_that_no_hub_covers(client):
    school = make_school("Far Away School")
    client.force_login(make_person(Role.SCHOOL_LEADER, school))
    assert "No music hub covers your area" in client.get(LIST).content.decode()


def test_offer_list_of_a_person_of_two_schools(client, here):
    second = make_school("Second School", hub=here.hub, phase=School.Phase.SECONDARY)
    make_membership(here.head, Role.SCHOOL_LEADER, second)
    make_offer(here.hub, "Bands", phases=["4"])
    client.force_login(here.head)
    assert list(grouped(client.get(LIST, {"school": str(second.urn)}))) == ["For schools like yours"]
    assert list(grouped(client.get(LIST, {"school": str(here.school.urn)}))) == ["For other schools"]


# Who delivers it


@pytest.fixture
def university(here):
    return make_manual("University of Exampleshire", hub=here.hub, is_organisation=True)


def test_an_organisation_delivers_an_offer_and_stands_on_its_page(client, here, university):
    client.force_login(here.officer)
    page = client.get(NEW, {"organisation": university.urn})
    assert page.context["form"]["organisation"].value() == str(university.urn)
    given = values(strand=strand().pk, partner="", organisation=university.urn)
    client.post(NEW, given)
    offer = Offer.objects.get(title="Year 5 band")
    assert (offer.organisation, offer.deliverer) == (university, university.name)
    facts = {row["label"]: row for row in client.get(offer.get_absolute_url()).context["facts"]}
    delivers = facts["Who delivers it"]
    assert (delivers["value"], delivers["href"]) == (university.name, university.get_absolute_url())
    assert university.name in client.get(LIST).content.decode()
    edit = client.get(address("edit", offer)).content.decode()
    assert f'<option value="{university.urn}" selected>{university.name}</option>' in edit


def test_an_organisations_page_shows_the_offers_it_delivers(client, here, university):
    client.force_login(here.officer)
    page = client.get(university.get_absolute_url()).content.decode()
    assert "Offers it delivers" in page and "None yet." in page and "Add an offer it delivers" in page
    make_offer(here.hub, "Composing", organisation=university)
    make_offer(here.hub, "Choral days", organisation=university, is_current=False)
    client.force_login(make_person(Role.HUB_VIEWER, here.hub))
    page = client.get(university.get_absolute_url()).content.decode()
    assert page.index("Composing") < page.index("Choral days") < page.index("Not on offer any more")
    assert "Add an offer it delivers" not in page
    assert "Offers it delivers" not in client.get(here.school.get_absolute_url()).content.decode()


def test_a_school_is_told_who_delivers_and_led_to_no_page_it_cannot_see(client, here, university):
    offer = make_offer(here.hub, organisation=university)
    client.force_login(here.head)
    page = client.get(offer.get_absolute_url()).content.decode()
    assert university.name in page and university.get_absolute_url() not in page


def test_only_an_organisation_of_the_hub_delivers_and_no_school(client, here, there, university):
    theirs = make_manual("University of Samplefolk", hub=there.hub, is_organisation=True)
    client.force_login(here.officer)
    page = client.get(NEW).content.decode()
    assert university.name in page and theirs.name not in page
    response = client.post(NEW, values(strand=strand().pk, partner="", organisation=theirs.urn))
    assert "Choose an organisation from the list" in response.content.decode()
    for wrong in (theirs, here.school):
        with pytest.raises(ValidationError, match="is not an organisation of"):
            actions.create(hub=here.hub, values=for_action(organisation=wrong), by=here.officer)
    assert not Offer.objects.filter(hub=here.hub).exists()


def test_a_partner_and_an_organisation_do_not_deliver_one_offer_both(client, here, university):
    client.force_login(here.officer)
    given = values(strand=strand().pk, partner=here.partner.pk, organisation=university.urn)
    assert "Choose a partner or an organisation, not both" in client.post(NEW, given).content.decode()
    with pytest.raises(ValidationError, match="not both"):
        actions.create(hub=here.hub, values=for_action(partner=here.partner, organisation=university), by=here.officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_offer(here.hub, partner=here.partner, organisation=university)


def test_a_hub_without_organisations_is_not_asked_for_one(client, here):
    client.force_login(here.officer)
    assert "Or which other organisation?" not in client.get(NEW).content.decode()
    client.post(NEW, values(strand=strand().pk, partner="", organisation=""))
    assert Offer.objects.get(hub=here.hub).organisation is None


@pytest.mark.parametrize(
    ("when", "begins_on", "ends_on", "said"),
    [
        ("", None, None, ""),
        ("weekly in spring", None, None, "Weekly in spring"),
        ("Thursdays", date(2027, 1, 7), date(2027, 3, 25), "Thursdays, 7 January 2027 to 25 March 2027"),
        ("", date(2027, 1, 7), None, "From 7 January 2027"),
        ("", None, date(2027, 3, 25), "Until 25 March 2027"),
        ("", date(2027, 1, 7), date(2027, 1, 7), "7 January 2027"),
    ],
)
def test_when_an_offer_takes_place_in_words(when, begins_on, ends_on, said):
    assert Offer(when=when, begins_on=begins_on, ends_on=ends_on).when_said == said


def test_when_an_offer_takes_place_is_written_and_read_by_hub_and_school(client, here):
    offer = make_offer(here.hub)
    client.force_login(here.officer)
    typed = {"title": offer.title, "strand": offer.strand_id, "year": YEAR, "when": "Thursdays"}
    typed |= {"begins_on_0": "7", "begins_on_1": "1", "begins_on_2": "2027", "ends_on_0": "25", "ends_on_1": "3"}
    wrong = client.post(address("edit", offer), typed | {"ends_on_2": "2026"})
    assert wrong.status_code == 400 and "The last day must be the first one or later" in wrong.text
    assert 'value="2026"' in wrong.text, "what was typed stays"
    client.post(address("edit", offer), typed | {"ends_on_2": "2027"})
    words = "Thursdays, 7 January 2027 to 25 March 2027"
    assert words in client.get(address("detail", offer)).text
    assert words in client.get(reverse("engagement:offer-list")).text
    client.force_login(here.head)
    assert words in client.get(address("detail", offer)).text
    assert words in client.get(reverse("engagement:offer-list")).text


def test_action_refuses_a_last_day_before_the_first(here):
    with pytest.raises(ValidationError, match="The last day must be 7 January 2027, the first, or later"):
        days = {"begins_on": date(2027, 1, 7), "ends_on": date(2027, 1, 6)}
        actions.create(hub=here.hub, values=for_action(**days), by=here.officer)
