"""The catalogue from year to year, in public, beside one school; and the hub's pages for schools."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from engagement import matching, offering
from engagement.actions import guides as guide_actions
from engagement.actions import offers as actions
from engagement.catalogue.today import catalogue_to_carry, pages_to_check
from engagement.models import Guide, Offer
from engagement.models.guides import GOOD_FOR
from engagement.reference import read
from hubportal.kit.wording import academic_year, short_date
from schools.access import today
from schools.models import School
from schools.roles import Role
from smdp.actions import evaluations, plans
from tests.engagement.factories import criterion, make_support, strand
from tests.engagement.shared_world import make_world
from tests.engagement.test_offers import for_action, grouped, make_offer, make_report, shown
from tests.factories import make_hub, make_membership, make_partner, make_school, make_type
from tests.smdp.factories import answer, fill, make_evaluation, make_plan, priority, write

pytestmark = pytest.mark.django_db

YEAR = academic_year(today())
LIST = reverse("engagement:offer-list")
CARRY = reverse("engagement:offer-carry")
GUIDES = reverse("engagement:guide-list")


@pytest.fixture
def here():
    world = make_world()
    Offer.objects.all().delete()
    return world


@pytest.fixture
def there(here):
    world = make_world("Samplefolk Music Hub", "Samplefolk School")
    Offer.objects.all().delete()
    make_offer(world.hub, "LEAK", phases=["2"], criteria_codes=["singing"])
    return world


def page_of(code: str, name: str = "detail") -> str:
    return reverse(f"engagement:guide-{name}", args=[code])


def public(hub, name: str = "offer-public-list", *more) -> str:
    return reverse(f"engagement:{name}", args=[hub.slug, *more])


def of_school(school) -> str:
    return reverse("engagement:school-offers", args=[school.urn])


# The kinds of support, and what an offer may say


def test_the_kinds_of_support_are_the_ten_of_the_guidance():
    """Arts Council England, “Working with Schools” (May 2023), key features of a strong offer, in its order."""
    assert [each["code"] for each in read("strands.json")["strands"]] == [
        *("plan", "curriculum", "training", "staff", "provision", "instruments", "links", "information"),
        *("teaching-school-hubs", "tools"),
    ]


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"types": ["castle"]}, "types", "There is no kind of school “castle”."),
        ({"roles": ["king"]}, "roles", "There is no role “king”."),
        ({"signposts": ["nowhere"]}, "signposts", "There is no page “nowhere”."),
        ({"capacity": 0}, "capacity", "Enter 1 or more, or leave it empty for as many as want it"),
        ({"fewest_pupils": 90, "most_pupils": 80}, "most_pupils", "Enter 90, the fewest, or more"),
        ({"is_charged": True}, "cost", "Say what schools pay"),
        ({"cost": "£0 with Pupil Premium; otherwise £12"}, "is_charged", "The cost names an amount"),
    ],
)
def test_an_offers_terms_are_refused_in_a_sentence(client, here, more, field, words):
    with pytest.raises(ValidationError, match=words):
        actions.create(hub=here.hub, values=for_action(**more), by=here.officer)
    assert not Offer.objects.exists()
    client.force_login(here.officer)
    typed = {name: "on" if value is True else value for name, value in more.items()}
    page = client.post(
        reverse("engagement:offer-create"), {"title": "Band", "strand": strand().pk, "year": YEAR, **typed}
    )
    assert (page.status_code, list(page.context["form"].errors)) == (400, [field])
    assert page.context["form"]["title"].value() == "Band"


@pytest.mark.parametrize(
    ("cost", "asks"),
    [
        ("", False),
        ("£0 this year", False),
        ("Free", False),
        ("£0.00", False),
        ("£0.50 each", True),
        ("from £ 95", True),
    ],
)
def test_whether_the_words_of_a_cost_ask_for_money(cost, asks):
    assert actions.asks_for_money(cost) is bool(asks)


@pytest.mark.parametrize("wrong", [{"capacity": 0}, {"fewest_pupils": 9, "most_pupils": 8}, {"opened_on": None}])
def test_the_database_refuses_terms_that_make_no_sense(here, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_offer(here.hub, **wrong)


def test_an_offer_says_all_of_itself(client, here):
    guide = guide_actions.write(
        hub=here.hub,
        code="artsmark",
        values={"title": "Our Artsmark page", "text": "Words", "source": "Artsmark", "source_url": ""},
        by=here.officer,
    )
    offer = make_offer(
        here.hub,
        types=["special"],
        most_pupils=120,
        roles=["head", "music-lead"],
        staff="non-specialist",
        capacity=1,
        cost="£90 a class",
        is_charged=True,
        remission="Free above 35% free school meals",
        comes_after="Singing in class",
        comes_before="A band",
        access_notes="Step-free.",
        adapted_instruments="One-handed cornets.",
        pupil_premium="Name it in your statement.",
        school_improvement="More pupils go on.",
        signposts=["artsmark"],
    )
    client.force_login(here.head)
    page = client.get(offer.get_absolute_url())
    facts = {row["label"]: row["value"] for row in page.context["facts"]}
    assert (facts["Schools"], facts["Places"], facts["Cost"]) == (
        "Special schools, schools of up to 120 pupils",
        "For 1 school",
        "£90 a class. Free above 35% free school meals",
    )
    assert dict(page.context["sections"]) == {
        "For whom in the school": "For head and Music lead. Class teachers and others who are no music specialists.",
        "How it helps your school improve": "More pupils go on.",
        "What comes before it in the curriculum": "Singing in class",
        "What comes after it": "A band",
        "Access": "Step-free.",
        "Adapted instruments": "One-handed cornets.",
        "Pupil Premium": "Name it in your statement.",
    }
    assert page.context["signposts"] == [guide]
    assert page_of("artsmark") in page.text


# From year to year


def test_a_title_stands_once_a_hub_and_year(here):
    make_offer(here.hub, "Bands")
    make_offer(here.hub, "Bands", year=YEAR + 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_offer(here.hub, "Bands")
    with pytest.raises(ValidationError, match=f"an offer called “bands” in {YEAR} to {YEAR + 1} already"):
        actions.create(hub=here.hub, values=for_action(title="bands"), by=here.officer)


def test_schools_see_this_year_and_what_is_on_offer_for_the_next(client, here):
    make_offer(here.hub, "Last", year=YEAR - 1)
    make_offer(here.hub, "Now")
    make_offer(here.hub, "Next", year=YEAR + 1)
    make_offer(here.hub, "Not yet", year=YEAR + 1, is_current=False, opened_on=None)
    client.force_login(here.head)
    assert [title for title, _ in grouped(client.get(LIST))["For schools like yours"]] == ["Next", "Now"]
    assert f"For {YEAR + 1} to {YEAR + 2}." in client.get(LIST).text
    client.force_login(here.partner_staff)
    assert shown(client.get(LIST)) == ["Next", "Now"]
    client.force_login(here.officer)
    assert shown(client.get(LIST)) == ["Next", "Now", "Not yet"]
    assert shown(client.get(LIST, {"year": str(YEAR - 1)})) == ["Last"]
    assert shown(client.get(LIST, {"year": "all"})) == ["Last", "Next", "Now", "Not yet"]
    assert shown(client.get(LIST, {"state": "soon"})) == ["Not yet"]


def test_offer_list_by_who_delivers(client, here, there):
    partner = make_partner("Strings", hub=here.hub)
    make_offer(here.hub, "Theirs", partner=partner)
    make_offer(here.hub, "Ours")
    client.force_login(here.officer)
    page = client.get(LIST, {"by": f"partner-{partner.pk}"})
    assert shown(page) == ["Theirs"]
    assert shown(client.get(LIST, {"by": "hub"})) == ["Ours"]
    assert there.partner.name not in page.text


def test_offers_are_carried_into_next_year_after_a_look(client, here, there):
    days = {"begins_on": today(), "ends_on": today()}
    old = make_offer(here.hub, "Bands", cost="£5", is_charged=True, capacity=3, criteria_codes=["singing"], **days)
    off = make_offer(here.hub, "Off", is_current=False)
    make_offer(here.hub, "Both")
    make_offer(here.hub, "BOTH", year=YEAR + 1)
    client.force_login(here.manager)
    page = client.get(CARRY)
    form = page.context["form"]
    assert form.fields["offers"].choices == [(str(old.uuid), "Bands"), (str(off.uuid), "Off")]
    assert form["offers"].value() == [str(old.uuid)], "what is off is not ticked"
    assert "Its days are left out" in page.text and "That year has an offer of this title already." in page.text
    assert Offer.objects.filter(hub=here.hub, year=YEAR + 1).count() == 1, "a look changes nothing"
    assert "LEAK" not in page.text

    nothing = client.post(CARRY, {"opens": "no"})
    assert (nothing.status_code, nothing.context["form"].errors["offers"]) == (400, ["Tick at least one offer"])

    client.post(CARRY, {"offers": [str(old.uuid)], "opens": "no"})
    new = Offer.objects.get(hub=here.hub, title="Bands", year=YEAR + 1)
    assert (new.carried_from, new.cost, new.capacity, new.criteria_codes) == (old, "£5", 3, ["singing"])
    assert (new.begins_on, new.ends_on, new.is_current, new.opened_on) == (None, None, False, None)
    old.refresh_from_db()
    assert (old.year, old.begins_on, old.is_current) == (YEAR, today(), True)
    again = client.get(CARRY)
    assert [each.offer.title for each in again.context["obstacles"]] == ["Bands", "Both"]
    twice = client.post(CARRY, {"offers": [str(old.uuid)], "opens": "no"})
    assert twice.status_code == 400 and "can no longer be carried over" in twice.text


def test_a_carried_year_is_put_on_offer_with_one_press_and_what_was_taken_off_stays_off(client, here, there):
    for hub in (here.hub, there.hub):
        make_offer(hub, "Bands", year=YEAR + 1, is_current=False, opened_on=None)
    make_offer(here.hub, "Withdrawn", year=YEAR + 1, is_current=False)
    client.force_login(here.officer)
    page = client.get(LIST)
    assert [each["words"] for each in page.context["waiting"]] == [f"1 offer of {YEAR + 1} to {YEAR + 2}"]
    client.post(page.context["waiting"][0]["href"])
    on = dict(Offer.objects.filter(year=YEAR + 1).values_list("hub__name", "is_current").filter(title="Bands"))
    assert on == {here.hub.name: True, there.hub.name: False}
    assert not Offer.objects.get(title="Withdrawn").is_current
    assert client.get(LIST).context["waiting"] == []


def test_two_who_carry_at_once_make_it_once(here):
    old = make_offer(here.hub, "Bands")
    actions.carry(hub=here.hub, offers=[old], into=YEAR + 1, by=here.manager)
    with pytest.raises(ValidationError, match="have been carried over meanwhile"):
        actions.carry(hub=here.hub, offers=[old], into=YEAR + 1, by=here.officer)
    assert Offer.objects.filter(year=YEAR + 1).count() == 1


def test_another_hubs_offers_are_not_carried(here, there):
    with pytest.raises(ValidationError, match="of this hub"):
        actions.carry(hub=here.hub, offers=Offer.objects.filter(title="LEAK"), into=YEAR + 1, by=here.manager)


@pytest.mark.parametrize("who", ["head", "governor", "partner_officer", "trust_leader", "funder"])
def test_the_years_are_the_hubs_to_keep(client, here, who):
    client.force_login(getattr(here, who))
    addresses = [CARRY, reverse("engagement:offer-open-year")]
    assert [client.post(each).status_code for each in addresses] == [403, 403]


def test_offers_are_carried_into_no_year_but_this_and_the_next(client, here):
    client.force_login(here.officer)
    assert client.get(CARRY, {"into": YEAR + 2}).status_code == 404
    assert client.get(CARRY, {"into": "soon"}).status_code == 404
    assert "Nothing to carry over" in client.get(CARRY).text


def test_an_offer_kept_back_is_not_seen_before_it_is_put_on_offer(client, here):
    client.force_login(here.officer)
    data = {"title": "Band", "strand": strand().pk, "year": YEAR, "keep_back": "yes"}
    offer_page = client.post(reverse("engagement:offer-create"), data).url
    offer = Offer.objects.get()
    assert (offer.is_current, offer.opened_on, offer.state_words) == (False, None, "Not on offer yet")
    client.force_login(here.head)
    assert client.get(offer_page).status_code == 404
    actions.put_back(offer=offer, by=here.officer)
    offer.refresh_from_db()
    assert (offer.is_current, offer.opened_on) == (True, today())


def test_reports_and_rankings_name_an_offer_of_two_years_once(here):
    old = make_offer(here.hub, "Bands")
    actions.carry(hub=here.hub, offers=[old], into=YEAR + 1, by=here.manager, opens=True)
    assert list(Offer.objects.to_suggest()) == [old]
    actions.take_off(offer=old, by=here.manager)
    assert [each.year for each in Offer.objects.to_suggest()] == [YEAR + 1]


def test_managers_are_told_on_today_of_a_year_without_offers(here, there):
    make_offer(here.hub, "Bands", year=YEAR - 1)
    found = list(catalogue_to_carry(here.manager, today()))
    assert [each.reason for each in found] == [
        f"It holds nothing for {YEAR} to {YEAR + 1} yet. Carry over what you offer again."
    ]
    assert list(catalogue_to_carry(here.officer, today())) == []
    make_offer(here.hub, "Bands")
    june = today().replace(year=YEAR + 1, month=6, day=1)
    assert list(catalogue_to_carry(here.manager, today())) == []
    assert [each.matter for each in catalogue_to_carry(here.manager, june)] == [str(YEAR + 1)]


# In public


def test_everybody_reads_what_is_on_offer_by_phase_and_by_need(client, here, there):
    make_offer(here.hub, "Choirs", phases=["2"], criteria_codes=["singing"], strand=strand("provision"))
    make_offer(here.hub, "Advice", strand=strand("plan"))
    for title, fields in (
        ("Off", {"is_current": False}),
        ("Last", {"year": YEAR - 1}),
        ("Soon", {"is_current": False, "opened_on": None}),
    ):
        make_offer(here.hub, title, **fields)
    page = client.get(public(here.hub))
    listing = page.context["listing"]
    assert [(kind, [each.title for each in offers]) for kind, offers in listing.by_kind] == [
        (str(strand("plan")), ["Advice"]),
        (str(strand("provision")), ["Choirs"]),
    ]
    assert {each.words: each.number for each in listing.phases} == {
        str(words): 2 if code == "2" else 1 for code, words in offering.PHASES
    }
    assert [(each.words, each.number) for each in listing.needs] == [(criterion("singing").title, 1)]
    assert "LEAK" not in page.text
    titles = [each.title for each in client.get(public(here.hub), {"phase": "4"}).context["listing"].offers]
    assert titles == ["Advice"]
    found = client.get(public(here.hub), {"need": "singing", "phase": "rubbish"}).context["listing"].offers
    assert [each.title for each in found] == ["Choirs"]
    both = client.get(public(here.hub), {"need": "singing", "phase": "4"})
    assert "Nothing for this choice" in both.text


def test_one_offer_in_public_is_one_on_offer_of_that_hub(client, here, there):
    offer = make_offer(here.hub, "Choirs", school_improvement="More pupils sing.", criteria_codes=["singing"])
    page = client.get(public(here.hub, "offer-public", offer.uuid))
    assert page.status_code == 200 and "More pupils sing." in page.text and criterion("singing").title in page.text
    leak = Offer.objects.get(title="LEAK")
    assert client.get(public(here.hub, "offer-public", leak.uuid)).status_code == 404
    actions.take_off(offer=offer, by=here.officer)
    assert client.get(public(here.hub, "offer-public", offer.uuid)).status_code == 404
    assert "Nothing is on offer at the moment" in client.get(public(here.hub)).text
    assert client.get(reverse("engagement:offer-public-list", args=["nowhere"])).status_code == 404


def test_the_public_list_costs_the_same_for_one_and_three(client, here):
    counts = []
    for titles in (["a"], ["b", "c"]):
        for title in titles:
            make_offer(here.hub, title, criteria_codes=["singing"], partner=make_partner(title, hub=here.hub))
        with CaptureQueriesContext(connection) as queries:
            client.get(public(here.hub))
        counts.append(len(queries))
    assert counts == [5, 5]


# Pages for schools


def words(**more):
    return {"title": "Ofsted", "text": "Words", "source": "The report", "source_url": "", "is_checked": "on", **more}


def test_the_pages_come_with_sources_and_nobody_has_checked_them():
    rows = list(Guide.objects.filter(hub=None))
    assert {each.code for each in rows} == set(Guide.Code.values)
    assert all(each.source and each.text and each.checked_on is None for each in rows)


def test_a_hub_writes_its_own_words_of_a_page(client, here, there):
    client.force_login(here.officer)
    assert client.get(GUIDES).context["old"] == 6
    assert "Nobody at your hub has checked them yet" in client.get(page_of("ofsted")).text
    wrong = client.post(page_of("ofsted", "edit"), words(text="", source="", source_url="no link", is_checked=""))
    assert (wrong.status_code, dict(wrong.context["form"].errors)) == (
        400,
        {
            "text": ["Enter what schools read"],
            "source": ["Enter where this comes from"],
            "source_url": ["Enter a web address, such as https://www.gov.uk/guidance"],
            "is_checked": ["Compare the words with the source, and tick that you have"],
        },
    )
    client.post(page_of("ofsted", "edit"), words(title="OURS", source_url="www.example.org/report"))
    row = Guide.objects.get(hub=here.hub)
    assert (row.title, row.code, row.source_url, row.checked_on) == (
        *("OURS", "ofsted", "https://www.example.org/report"),
        today(),
    )
    assert client.get(GUIDES).context["old"] == 5
    client.post(page_of("ofsted", "edit"), words(title="OURS AGAIN"))
    assert Guide.objects.filter(hub=here.hub).count() == 1
    client.force_login(here.head)
    page = client.get(page_of("ofsted"))
    assert "OURS AGAIN" in page.text and "I have checked it" not in page.text
    assert "OURS AGAIN" in client.get(public(here.hub, "guide-public", "ofsted")).text
    for reader in (there.head, there.manager):
        client.force_login(reader)
        assert "OURS" not in client.get(page_of("ofsted")).text
    assert "OURS" not in client.get(public(there.hub, "guide-public", "ofsted")).text


def test_a_page_that_holds_is_checked_with_one_press(client, here):
    client.force_login(here.manager)
    client.post(page_of("artsmark", "check"))
    row = Guide.objects.get(hub=here.hub)
    assert (row.text, row.checked_on) == (Guide.objects.get(hub=None, code="artsmark").text, today())
    row.checked_on = today() - GOOD_FOR - timedelta(days=1)
    row.save()
    assert [each.reason for each in pages_to_check(here.manager, today())] == [
        "1 page was last checked over a year ago."
    ]
    assert list(pages_to_check(here.officer, today())) == []
    assert "over a year ago" in client.get(page_of("artsmark")).text
    client.post(page_of("artsmark", "check"))
    assert list(pages_to_check(here.manager, today())) == []


@pytest.mark.parametrize("who", ["head", "governor", "partner_officer", "trust_leader"])
def test_the_pages_are_the_hubs_to_keep(client, here, who):
    client.force_login(getattr(here, who))
    assert client.get(GUIDES).status_code == 200
    codes = [client.post(page_of("ofsted", name), words()).status_code for name in ("edit", "check")]
    assert (codes, client.get(page_of("nothing")).status_code) == ([403, 403], 404)
    assert not Guide.objects.exclude(hub=None).exists()


def test_somebody_of_two_hubs_reads_and_keeps_the_pages_of_each(client, here):
    second = make_hub("Second Music Hub", slug="second")
    make_membership(here.officer, Role.HUB_VIEWER, second)
    client.force_login(here.officer)
    address = f"{page_of('ofsted', 'check')}?hub="
    assert client.post(f"{address}second").status_code == 403, "a viewer there"
    assert client.post(f"{address}{here.hub.slug}").status_code == 302
    assert [each.hub for each in Guide.objects.exclude(hub=None)] == [here.hub]


# What could be offered to one school


def test_suits_by_phase_kind_and_size(here):
    small = make_school("Small School", hub=here.hub, pupils=80)
    unknown = make_school("Unknown School", hub=here.hub, pupils=None)
    special = make_school(
        "The Larches", hub=here.hub, phase=School.Phase.NOT_APPLICABLE, type=make_type("7", "Community special school")
    )
    for fields, wanted in (
        ({}, [True, True, True]),
        ({"most_pupils": 80}, [True, True, None]),
        ({"fewest_pupils": 81}, [False, True, None]),
        ({"types": ["special"]}, [False, False, True]),
        ({"types": ["mainstream"]}, [True, True, False]),
    ):
        offer = Offer(hub=here.hub, title="x", strand=strand(), **fields)
        found = [matching.suits(offer, each) for each in (small, unknown, special)]
        assert [got for got, want in zip(found, wanted, strict=True) if want is not None] == [
            want for want in wanted if want is not None
        ], fields


def ranked(client, school) -> list[tuple[str, str, str]]:
    """Group, title, and why."""
    groups = client.get(of_school(school)).context["groups"]
    return [(heading, each.offer.title, each.why) for heading, group in groups for each in group]


ANSWERS, SUITS, REST = "For what it is working on", "For schools like this one", "For other schools"


def test_offers_for_a_school_are_ranked_by_what_it_needs_with_every_reason(client, here, there):
    make_report(here, develop=["choir"], levels=[("singing", 1)])
    make_offer(here.hub, "Advice", strand=strand("plan"))
    make_offer(here.hub, "Big choirs", criteria_codes=["singing"], phases=["4"])
    make_offer(here.hub, "Choirs", criteria_codes=["choir"])
    make_offer(here.hub, "Voices", criteria_codes=["singing", "choir"])
    make_offer(here.hub, "Small schools together", strand=strand("plan"), most_pupils=999_999)
    client.force_login(here.officer)
    level = "not yet in place"
    develop = f"“More choir” was an area for development on {short_date(here.on, today())}"
    title = criterion("singing").title
    assert ranked(client, here.school) == [
        (ANSWERS, "Voices", f"Because “{title}” is {level}; and because {develop}."),
        (ANSWERS, "Choirs", f"Because {develop}."),
        (SUITS, "Small schools together", "Because it is made for schools of up to 999,999 pupils."),
        (SUITS, "Advice", ""),
        (REST, "Big choirs", ""),
    ]
    page = client.get(of_school(here.school))
    assert page.context["finding"] == "2 of 5 offers answer what it is working on"
    assert "LEAK" not in page.text
    panel = client.get(here.school.get_absolute_url()).text
    assert "What we could offer" in panel and f"because “{title}” is {level}" in panel


def test_the_plan_and_the_self_evaluation_of_the_school_are_reasons(client, here, there):
    make_offer(here.hub, "Bands")
    make_offer(here.hub, "Choirs", strand=strand("provision"), criteria_codes=["ensemble"])
    make_offer(here.hub, "Advice", strand=strand("plan"))
    plan = fill(make_plan(here.school, by=here.head), by=here.head)
    rows = priority("A band by July", of=3, offer="bands") | priority("Sing more", 1, 3, strand="provision")
    rows |= priority("Done long ago", 2, 3, strand="plan", rag="done")
    write(plan, "priorities", by=here.head, **rows)
    plans.share(plan=plan, by=here.head)
    evaluation = answer(make_evaluation(here.school, by=here.head), "ensemble", 2, by=here.head)
    evaluations.submit(evaluation=evaluation, by=here.head)
    day = short_date(today(), today())
    wanted = [
        "Because the plan names it for “A band by July”.",
        f"Because “{criterion('ensemble').title}” is emerging in the self-evaluation of {day}; "
        "and because the plan’s priority “Sing more” asks for lessons, ensembles and singing.",
        "",
    ]
    client.force_login(here.officer)
    found = ranked(client, here.school)
    assert [(title, why) for _, title, why in found] == list(zip(["Bands", "Choirs", "Advice"], wanted, strict=True))
    client.force_login(here.head)
    theirs = client.get(LIST).context["groups"]
    assert [(each.offer.title, each.why) for _, group in theirs for each in group] == [
        (title, why) for _, title, why in found
    ]
    client.force_login(here.governor)
    reasons = [each.reasons for _, group in client.get(LIST).context["groups"] for each in group]
    seen = (f"“{criterion('ensemble').title}” is emerging in the self-evaluation of {day}",)
    assert reasons == [seen, (), ()], "viewers read what was submitted, and no plan that was not adopted"


def test_what_a_school_had_before_is_a_reason_and_what_it_has_this_year_comes_last(client, here, there):
    make_offer(here.hub, "Advice", strand=strand("plan"))
    make_offer(here.hub, "A band", comes_after="Whole-class brass, three terms")
    make_offer(here.hub, "Whole-class brass")
    make_offer(here.hub, "Strings")
    make_support(here.school, hub=here.hub, by=here.officer, what="Whole-class brass")
    make_support(here.school, hub=here.hub, by=here.officer, what="strings", year=YEAR)
    make_support(there.school, hub=there.hub, by=there.officer, what="Advice")
    client.force_login(here.officer)
    last = f"{YEAR - 1} to {YEAR}"
    assert ranked(client, here.school) == [
        (SUITS, "A band", f"Because it comes after “Whole-class brass”, taken up in {last}."),
        (SUITS, "Whole-class brass", f"Because it was taken up in {last}."),
        (SUITS, "Advice", ""),
        (SUITS, "Strings", "Because it was taken up this year already."),
    ]


def test_the_offers_of_a_school_cost_the_same_for_one_and_three(client, here):
    make_report(here, develop=["singing"])
    client.force_login(here.officer)
    counts = []
    for titles in (["a"], ["b", "c"]):
        for title in titles:
            make_offer(here.hub, title, criteria_codes=["singing"], partner=make_partner(title, hub=here.hub))
            make_support(here.school, hub=here.hub, by=here.officer, what=title)
        with CaptureQueriesContext(connection) as queries:
            client.get(of_school(here.school))
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


def test_who_sees_what_could_be_offered_to_a_school(client, here, there):
    found = {}
    for who in ("manager", "officer", "partner_officer", "head", "trust_leader", "partner_staff", "funder"):
        client.force_login(getattr(here, who))
        found[who] = client.get(of_school(here.school)).status_code
    assert found == {
        "manager": 200,
        "officer": 200,
        "partner_officer": 200,
        "head": 302,
        "trust_leader": 403,
        "partner_staff": 403,
        "funder": 404,
    }
    client.force_login(there.manager)
    assert client.get(of_school(here.school)).status_code == 404
