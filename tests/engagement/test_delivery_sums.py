"""How much was delivered, the list, what stands there twice, last year's, and where it goes with a school."""

import re
from random import Random
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from engagement.actions import code_lists, deliveries
from engagement.deliveries import kinds, reading
from engagement.deliveries.handing import Deliveries
from engagement.deliveries.sums import sums_of
from engagement.models import CodeEntry, Delivery
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.actions import successions
from schools.handing import Handing
from schools.models import EngagementYear, TimelineEntry
from schools.roles import Role
from tests.engagement.factories import make_delivery, make_officer
from tests.factories import make_hub, make_partner, make_person, make_school, make_succession

pytestmark = pytest.mark.django_db
YEAR = academic_year(today())


@pytest.fixture
def hub():
    return make_hub("Exampleshire Music Hub")


@pytest.fixture
def school(hub):
    return make_school("Fenwick Road Primary School", hub=hub)


@pytest.fixture
def officer(hub):
    return make_officer(hub)


@pytest.fixture
def partner(hub):
    return make_partner("Exampleshire Brass", hub=hub)


# --- sums ------------------------------------------------------------------------------------------------------------


def some_figures(kind: str, rng: Random) -> dict:
    """Figures that hold together, some of them unknown."""
    pupils = rng.choice([None, 0, *range(1, 40)])
    most = 40 if pupils is None else pupils
    premium, send = rng.randint(0, most // 2), rng.randint(0, most // 4)
    all_of = {
        "pupils": pupils,
        "pupil_premium": premium,
        "send_ehcp": send,
        "sen_support": rng.randint(0, most // 4),
        "pp_and_send": rng.randint(0, min(premium, send)),
        "boys": rng.randint(0, most // 2),
        "girls": rng.randint(0, most // 2),
        "gender_not_stated": 0,
        "remission": rng.randint(0, most),
        "continued": rng.randint(0, most),
        **{name: rng.randint(0, most // 4) for name in kinds.STANDARDS},
        "loaned": rng.randint(0, 9),
        "attendees_specialist": rng.randint(0, 9),
        "attendees_other": rng.randint(0, 9),
    }
    return {name: None if rng.random() < 0.3 and name != "pupils" else value for name, value in all_of.items()}


def a_random_hub(hub, officer, partner, seed: int) -> None:
    rng = Random(seed)
    schools = [make_school(hub=hub) for _ in range(6)]
    for number in range(60):
        kind = rng.choice(list(kinds.KINDS))
        row = make_delivery(
            rng.choice(schools),
            by=officer,
            kind=kind,
            year=YEAR - rng.choice([0, 0, 0, 1]),
            class_name=f"Class {number}",
            is_confirmed=rng.random() < 0.8,
            is_estimate=rng.random() < 0.3,
            **some_figures(kind, rng),
        )
        if rng.random() < 0.1:
            deliveries.withdraw(delivery=row, why="Entered twice", by=officer)
    pair = list(Delivery.objects.counted().confirmed().filter(kind="tuition", year=YEAR)[:2])
    if len(pair) == 2:
        Delivery.objects.filter(pk=pair[0].pk).update(counted_with=pair[1])


def by_plain_sql(hub_id: int, kind: str, name: str) -> tuple:
    """Records, what is known of them added up, and of how many it is not known."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), sum({name}), sum(CASE WHEN {name} IS NULL THEN 1 ELSE 0 END) FROM engagement_delivery "
            "WHERE hub_id = %s AND kind = %s AND year = %s AND withdrawn_at IS NULL AND received_from_id IS NULL "
            "AND counted_with_id IS NULL AND confirmed_at IS NOT NULL",
            [hub_id, kind, YEAR],
        )
        return cursor.fetchone()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_sum_is_what_plain_sql_says_with_unknown_apart_and_leads_to_its_records(
    client, hub, officer, partner, seed
):
    a_random_hub(hub, officer, partner, seed)
    other = make_hub("Samplefolk Music Hub")
    make_delivery(make_school(hub=other), by=make_officer(other), pupils=29)
    client.force_login(officer)
    page = client.get(reverse("engagement:delivery-sums"), {"year": YEAR})
    found = page.context["sums"]
    assert found.records == Delivery.objects.filter(hub=hub, year=YEAR).counted().confirmed().count()
    labels = {label: name for name, label in kinds.MEASURES.items()}
    codes = {kind.label: code for code, kind in kinds.KINDS.items()}
    for kind in found.kinds:
        for figure in kind.figures:
            records, known, unknown = by_plain_sql(hub.pk, codes[kind.label], labels[figure.label])
            assert (figure.records, figure.known, figure.unknown) == (records, known, unknown), figure
        listed = client.get(kind.url).context
        assert listed["matching"] == kind.records
        assert client.get(kind.main.unknown_url).context["matching"] == kind.main.unknown
        assert client.get(kind.estimates_url).context["matching"] == kind.estimates
    assert client.get(found.waiting_url).context["matching"] == found.waiting


def test_every_link_of_the_sums_opens_a_list(client, hub, officer, partner):
    a_random_hub(hub, officer, partner, 5)
    client.force_login(officer)
    page = client.get(reverse("engagement:delivery-sums")).content.decode().replace("&amp;", "&")
    links = set(re.findall(r'href="(/[^"]*deliveries/\?[^"]+)"', page))
    assert len(links) > 20
    for link in sorted(links):
        wanted = parse_qs(urlsplit(link).query)
        answer = client.get(link)
        assert answer.status_code == 200 and not answer.context["filters"].form.errors, wanted
        assert answer.context["matching"] > 0, wanted


def test_unknown_is_said_apart_from_zero(client, hub, school, officer):
    make_delivery(school, by=officer, pupils=412, warnings=[])
    make_delivery(school, by=officer, pupils=0)
    for _ in range(3):
        make_delivery(school, by=officer, pupils=None)
    (kind,) = sums_of(officer, hub, YEAR).kinds
    assert (kind.main.words, kind.main.gap) == ("412", "not known for 3 of 5 records")
    premium = next(each for each in kind.figures if each.label == "Pupil Premium")
    assert (premium.words, premium.gap, premium.unknown) == ("Not known", "", 5)
    client.force_login(officer)
    page = client.get(reverse("engagement:delivery-sums")).content.decode()
    assert "not known for 3 of 5 records" in page
    assert (
        "412 pupils; not known for 3 of 5 records" in client.get(reverse("engagement:delivery-list")).content.decode()
    )


def test_the_list_costs_the_same_for_one_row_and_for_many(client, hub, officer, partner):
    client.force_login(officer)
    counts = []
    for number in (1, 3):
        for each in range(number):
            made = {"delivered_by": "partner", "deliverer": partner, "class_name": f"Class {number} {each}"}
            make_delivery(make_school(hub=hub), by=officer, **made)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("engagement:delivery-list")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_filters_and_the_file(client, hub, school, officer, partner):
    make_delivery(school, by=officer, class_name="4B", delivered_by="partner", deliverer=partner, boys=0)
    make_delivery(school, by=officer, kind="tuition", is_estimate=True, pupils=None)
    make_delivery(school, by=officer, kind="training", year=YEAR - 1, is_confirmed=False)
    client.force_login(officer)
    for query, number in (
        ({}, 3),
        ({"kind": "tuition"}, 1),
        ({"year": YEAR - 1}, 1),
        ({"partner": partner.uuid}, 1),
        ({"confirmed": "no"}, 1),
        ({"confirmed": "yes"}, 2),
        ({"estimates": "yes"}, 1),
        ({"unknown": "pupils"}, 1),
        ({"q": "4B"}, 1),
        ({"q": school.urn}, 3),
        ({"state": "withdrawn"}, 0),
        ({"state": "all"}, 3),
    ):
        answer = client.get(reverse("engagement:delivery-list"), query)
        assert answer.context["matching"] == number, query
    body = client.get(reverse("engagement:delivery-export", args=["csv"])).content.decode("utf-8-sig")
    head, *rows = [line.split(",") for line in body.splitlines()]
    found = {row[head.index("What")]: dict(zip(head, row, strict=False)) for row in rows}
    assert (found["Whole-class programme"]["Boys"], found["Whole-class programme"]["Girls"]) == ("0", "")
    assert (found["Tuition"]["Pupils"], found["Tuition"]["How sure"]) == ("", "Estimate")


# --- twice -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def halves(school, officer, partner):
    """The two halves of a joint project."""
    one = make_delivery(school, by=officer, class_name="Year 4  Brass")
    other = make_delivery(
        school, by=officer, class_name="year 4 brass", delivered_by="partner", deliverer=partner, pupils=28
    )
    return one, other


def test_two_halves_are_shown_until_a_person_decides_which_counts(client, hub, school, officer, halves):
    one, other = halves
    for _ in range(2):  # by one deliverer: no joint project
        make_delivery(school, by=officer, class_name="5C")
    make_delivery(school, by=officer, kind="singing", class_name="Year 4 Brass")
    assert reading.duplicates(officer) == [(one, other)]
    assert sums_of(officer, hub, YEAR).kinds[0].main.known == 88
    client.force_login(officer)
    twice = reverse("engagement:delivery-duplicates")
    page = client.get(twice).content.decode()
    assert "Exampleshire Brass" in page and "They are two things" in page
    decide = reverse("engagement:delivery-decide", args=[one.uuid])
    page = client.post(decide, {"decision": f"with:{other.uuid}"}, follow=True).content.decode()
    assert "One counts; the other is counted with it." in page and "Nothing seems to stand there twice" in page
    one.refresh_from_db()
    assert one.counted_with == other
    assert sums_of(officer, hub, YEAR).kinds[0].main.known == 68
    assert "The other half of a joint project counts" in client.get(one.get_absolute_url()).content.decode()
    assert "Counted with it" in client.get(other.get_absolute_url()).content.decode()
    client.post(reverse("engagement:delivery-count-again", args=[one.uuid]))
    assert sums_of(officer, hub, YEAR).kinds[0].main.known == 88
    assert reading.duplicates(officer) == []  # they were said to be two things


def test_two_things_stay_two_things(client, officer, halves):
    one, other = halves
    client.force_login(officer)
    decide = reverse("engagement:delivery-decide", args=[other.uuid])
    client.post(decide, {"decision": f"apart:{one.uuid}"})
    assert reading.duplicates(officer) == []
    assert Delivery.objects.counted().count() == 2


def test_a_half_whose_other_is_withdrawn_counts_again(hub, officer, halves):
    one, other = halves
    deliveries.count_with(delivery=one, other=other, by=officer)
    deliveries.withdraw(delivery=other, why="Entered twice", by=officer)
    one.refresh_from_db()
    assert one.counted_with is None
    assert sums_of(officer, hub, YEAR).kinds[0].main.known == 20


def test_only_halves_of_one_thing_are_joined(client, hub, school, officer, halves):
    one, _ = halves
    elsewhere = make_delivery(make_school(hub=hub), by=officer, class_name="Year 4 Brass")
    with pytest.raises(ValidationError, match="one school, year and kind"):
        deliveries.count_with(delivery=one, other=elsewhere, by=officer)
    client.force_login(officer)
    decide = reverse("engagement:delivery-decide", args=[one.uuid])
    page = client.post(decide, {"decision": f"with:{elsewhere.uuid}"}, follow=True).content.decode()
    assert "Choose which of the two counts" in page


# --- last year's -----------------------------------------------------------------------------------------------------


def test_last_years_are_carried_over_unconfirmed_once_and_count_when_confirmed(client, hub, school, officer):
    old = make_delivery(school, by=officer, year=YEAR - 1, class_name="4B", pupils=30, girls=0)
    make_delivery(school, by=officer, year=YEAR - 1, class_name="5C")
    client.force_login(officer)
    carry = reverse("engagement:delivery-carry", args=[school.urn])
    assert carry in client.get(school.get_absolute_url()).content.decode()
    assert client.post(carry, {}).status_code == 400
    page = client.post(carry, {"deliveries": [str(old.uuid)]}, follow=True)
    assert "Carried over: 1 delivery." in page.content.decode() and page.context["matching"] == 1
    new = Delivery.objects.get(year=YEAR)
    assert (new.carried_from, new.pupils, new.girls, new.boys, new.confirmed_at) == (old, 30, 0, None, None)
    assert sums_of(officer, hub, YEAR).kinds == [] and sums_of(officer, hub, YEAR).waiting == 1
    assert not EngagementYear.objects.filter(hub=hub, school=school, year=YEAR).exists()
    assert [row.class_name for row in reading.last_years(officer, hub, school)] == ["5C"]
    assert deliveries.carry_over(school=school, deliveries=[old], year=YEAR, by=officer) == []
    client.post(reverse("engagement:delivery-confirm", args=[new.uuid]))
    assert sums_of(officer, hub, YEAR).kinds[0].main.known == 30
    assert EngagementYear.objects.get(hub=hub, school=school, year=YEAR).ways == ["support:provision"]


def test_another_schools_is_not_carried_over(hub, school, officer):
    old = make_delivery(make_school(hub=hub), by=officer, year=YEAR - 1)
    with pytest.raises(ValidationError, match="of this school"):
        deliveries.carry_over(school=school, deliveries=[old], year=YEAR, by=officer)


# --- with a school ---------------------------------------------------------------------------------------------------


def test_deliveries_go_over_to_the_school_that_follows(hub, school, officer, halves):
    one, other = halves
    deliveries.count_with(delivery=one, other=other, by=officer)
    academy = make_school("Fenwick Road Academy", hub=hub)
    succession = make_succession(hub=hub, predecessor=school, successor=academy)
    manager = make_person(Role.HUB_MANAGER, hub)
    successions.apply(succession=succession, how="move", by=manager)
    assert set(Delivery.objects.filter(school=academy)) == {one, other}
    assert sums_of(officer, hub, YEAR).kinds[0].main.known == 28
    assert TimelineEntry.objects.filter(school=academy, source=one.timeline_source).exists()
    assert EngagementYear.objects.get(hub=hub, school=academy, year=YEAR).ways == ["support:provision"]


def test_a_hub_that_takes_the_school_over_reads_them_and_counts_none(hub, school, officer, partner):
    own = code_lists.add(hub=hub, code_list="instrument", name="Northumbrian pipes", by=officer)
    row = make_delivery(school, by=officer, instrument=own, delivered_by="partner", deliverer=partner)
    make_delivery(school, by=officer, kind="ensemble", ensemble=CodeEntry.objects.get(code="jazz-band"))
    gone = make_delivery(school, by=officer)
    deliveries.withdraw(delivery=gone, why="Entered twice", by=officer)
    receiver = make_hub("Samplefolk Music Hub")
    passing = {"school": school, "giver": hub, "receiver": receiver, "with_history": True}
    for number in (2, 0):
        copied = Deliveries().copy(Handing(**passing, by=officer, at=timezone.now()))
        assert copied.number == number
    theirs = {each.kind: each for each in Delivery.objects.filter(hub=receiver)}
    like = theirs["whole-class"]
    assert (like.received_from, like.received_origin, like.pupils) == (hub, row.uuid, 20)
    assert (like.delivered_by, like.deliverer, like.deliverer_name) == ("other", None, "Exampleshire Brass")
    assert (like.instrument.hub, like.instrument.name, like.instrument.is_offered) == (
        receiver, "Northumbrian pipes", False,
    )  # fmt: skip
    assert theirs["ensemble"].ensemble.hub is None
    assert theirs["ensemble"].deliverer_words == "Exampleshire Music Hub"
    manager = make_person(Role.HUB_MANAGER, receiver)
    assert sums_of(manager, receiver, YEAR).kinds == []
    assert not Delivery.objects.filter(hub=receiver).engaging().exists()
    with pytest.raises(ValidationError, match="came from another hub"):
        deliveries.withdraw(delivery=like, why="No", by=manager)
