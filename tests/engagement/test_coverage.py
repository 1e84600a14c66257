"""How the area stands: every figure against the records, counted by plain SQL and by hand; and the map."""

import re
from collections import Counter
from datetime import date, timedelta
from random import Random
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from engagement.actions import attempts, contact_dates, persistence
from engagement.due import Attempt, Contact, RulesThroughTheYears
from engagement.models import ContactRules, ConversationPart, Strand, SupportGiven, Target, TargetSchool
from engagement.ways import Role, years_of
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.actions import dated_facts
from schools.models import DatedFactValue, EngagementYear, School, TrustSchool
from tests import factories as make
from tests.engagement.by_hand import check_dashboard, schools_of
from tests.engagement.factories import make_conversation, make_officer

pytestmark = pytest.mark.django_db

PAGE, MAP = reverse("engagement:coverage-detail"), reverse("engagement:coverage-map")
YEAR = academic_year(today())


@pytest.fixture
def hub():
    return make.make_hub("Exampleshire Music Hub")


@pytest.fixture
def officer(hub):
    return make_officer(hub)


@pytest.fixture
def signed_in(officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def opened(client: Client, address: str = PAGE):
    response = client.get(address)
    assert response.status_code == 200
    return response


def a_random_area(hub, officer, seed: int) -> None:
    """Some thirty schools of every kind, with whatever may have happened to them."""
    rng = Random(seed)
    types = [
        make.make_type("1"), make.make_type("7"), make.make_type("14"),
        make.make_type("18", is_state_funded=False, is_college=True), make.make_type("11", is_state_funded=False),
    ]  # fmt: skip
    roles = list(DatedFactValue.objects.filter(kind__in=["lead-school", "hub-role"]))
    trust = make.make_trust(f"Oak Trust {seed}")
    for number in range(30):
        school = make.make_school(
            f"School {number}", hub=hub, type=rng.choice(types), phase=rng.choice(["2", "4", "7", "0"]),
            pupils=rng.choice([None, 80, 240, 900, 1400]), fsm_percentage=rng.choice([None, 4, 10, 35.5, 60]),
            urban_rural=rng.choice(["", "(England/Wales) Rural village", "(England/Wales) Urban city and town"]),
            status=rng.choice(["1", "1", "1", "3", "2", "4"]), open_date=date(2001, 9, 1),
            easting=rng.choice([None, 450_000 + number * 300]), northing=rng.choice([None, 300_000 + number * 200]),
        )  # fmt: skip
        if rng.random() < 0.4:
            TrustSchool.objects.create(trust=trust, school=school, joined_on=date(2020, 9, 1))
        if school.status not in ("1", "3"):
            continue
        for _ in range(rng.choice([0, 0, 1, 2])):
            on = today() - timedelta(days=rng.choice([0, 10, 50, 200, 420, 800]))
            kind, how = rng.choice(["challenging", "other", "catch_up"]), rng.choice(["visit", "call", "event"])
            make_conversation(school, by=officer, on=on, kind=kind, how=how)
        for _ in range(rng.choice([0, 0, 0, 2])):
            attempts.log(school=school, how="call", by=officer)
        for value in rng.sample(roles, rng.choice([0, 0, 0, 1, 2])):
            starts_on = today() - timedelta(days=rng.choice([5, 200, 900]))
            ends_on = rng.choice([None, None, starts_on + timedelta(days=100)])
            dated_facts.record(hub=hub, school=school, value=value, starts_on=starts_on, ends_on=ends_on, by=officer)
        for _ in range(rng.choice([0, 0, 0, 1, 2])):
            give_support(hub, school, by=officer, on=today() - timedelta(days=rng.choice([5, 200, 900])), rng=rng)
        if rng.random() < 0.2:
            persistence.hold(
                school=school, kind="declined", reason="other", until=today() + timedelta(days=90), by=officer,
                decided_by="The head", decided_on=today() - timedelta(days=rng.choice([0, 30, 300])),
            )  # fmt: skip
    set_targets(hub, officer, rng)


def give_support(hub, school, *, by, on: date, rng: Random) -> None:
    strand = rng.choice(list(Strand.objects.order_by("code")))
    SupportGiven.objects.create(hub=hub, school=school, strand=strand, year=academic_year(on), starts_on=on, by=by)
    contact_dates.refresh(hub=hub, school=school)


def set_targets(hub, officer, rng: Random) -> None:
    """One of each measure that the records of contact tell, at schools of which some have closed; one that is over."""
    schools = list(School.objects.order_by("pk"))
    for number, measure in enumerate(("engaged", "several", "conversation", "engaged")):
        due_on = today() + timedelta(days=60 if number < 3 else -20)
        target = Target.objects.create(
            hub=hub, name=f"{measure} {number}", measure=measure, segment_words="Some", unit="share", goal=60,
            baseline_on=today() - timedelta(days=100), due_on=due_on, owner=officer, created_by=officer,
        )  # fmt: skip
        TargetSchool.objects.bulk_create(
            TargetSchool(target=target, hub=hub, school=each, met_at_baseline=rng.random() < 0.2)
            for each in rng.sample(schools, 12)
        )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_figure_is_what_the_records_say_and_leads_to_its_schools(hub, officer, signed_in, seed) -> None:
    a_random_area(hub, officer, seed)
    check_dashboard(signed_in, hub)
    response = opened(signed_in)
    found = response.context["coverage"]
    assert found.whole.total + found.colleges.total + found.others.total == len(schools_of(hub))
    for block in found.blocks:
        assert sum((Counter(row.counts) for row in block.rows), Counter()) == Counter(found.whole.counts), block.key
    assert found.months[-1].engaged == found.whole.engaged
    for address in set(re.findall(r'href="(/schools/\?[^"]+)"', response.content.decode())):
        asked = parse_qs(urlsplit(address.replace("&amp;", "&")).query)
        listed = opened(signed_in, address.replace("&amp;", "&")).context["matching"]
        if "as_at" in asked:
            moments = {each.href: each.engaged for each in [*found.months, *found.years]}
            moments |= {each.several_href: each.several for each in found.years}
            assert moments[address.replace("&amp;", "&")] == listed
            continue
        rows = [row for block in found.blocks for row in block.rows] + [found.whole, found.colleges, found.others]
        said = {row.href: row.total for row in rows} | {row.engaged_href: row.engaged for row in rows}
        said |= {href: number for row in rows for number, href in row.numbers}
        said |= {"/schools/?state_funded=yes&engagement=disengaged": response.context["disengaged"]}
        assert said[address.replace("&amp;", "&")] == listed, address


def test_status_follows_the_records_at_once(hub, officer) -> None:
    school = make.make_school(hub=hub)

    def status() -> str:
        return School.objects.with_engagement(officer).get(pk=school.pk).engagement

    assert status() == "never"
    attempt = attempts.log(school=school, how="call", by=officer)
    assert status() == "attempted"
    conversation = make_conversation(school, by=officer, kind="challenging", how="visit")
    assert status() == "engaged"
    value = DatedFactValue.objects.get(kind="hub-role", code="board")
    fact = dated_facts.record(hub=hub, school=school, value=value, starts_on=today(), by=officer)
    assert status() == "several"
    dated_facts.strike(fact=fact, reason="Another school", by=officer)
    ConversationPart.objects.filter(conversation=conversation).update(withdrawn_at=timezone.now(), withdrawn_by=officer)
    contact_dates.refresh(hub=hub, school=school)
    assert status() == "attempted"
    attempts.take_back(attempt=attempt, by=officer)
    assert status() == "never"
    assert not EngagementYear.objects.exists()


def test_what_counted_in_a_year_is_judged_by_that_years_rules() -> None:
    rules = RulesThroughTheYears(
        [ContactRules(year=2024, ways=["visit"], roles=["venue"]), ContactRules(year=2025, ways=["call"], roles=[])]
    )
    calls = [Contact(on, "challenging", "call") for on in (date(2025, 1, 8), date(2026, 2, 1))]
    visits = [Contact(on, "challenging", "visit") for on in (date(2025, 3, 4), date(2025, 10, 1))]
    found = years_of(
        contacts=calls + visits,
        attempts=[Attempt(date(2024, 9, 2), "call"), Attempt(date(2026, 9, 2), "call")],
        roles=[Role("venue", date(2023, 5, 1), date(2025, 11, 1))],
        rules=rules,
        last_year=2026,
    )
    assert {year: (each.in_order, each.engaged_on, each.several_on, each.attempts) for year, each in found.items()} == {
        2022: (["venue"], date(2023, 5, 1), None, 0),
        2023: (["venue"], date(2023, 9, 1), None, 0),
        2024: (["venue", "conversation"], date(2024, 9, 1), date(2025, 3, 4), 1),
        2025: (["conversation"], date(2026, 2, 1), None, 0),
        2026: ([], None, None, 1),
    }


def test_map_has_a_link_for_each_school_and_the_same_list_beside_it(hub, officer, signed_in) -> None:
    placed = make.make_school("Ashby School", hub=hub, easting=450_000, northing=300_000, pupils=700)
    make_conversation(placed, by=officer, kind="challenging", how="visit")
    other = make.make_school("Brook School", hub=hub, easting=452_000, northing=301_000)
    lost = make.make_school("Copse School", hub=hub, easting=None, northing=None)
    said = opened(signed_in, MAP).content.decode()
    drawn = re.findall(r'<a href="([^"]+)" tabindex="-1">', said)
    assert sorted(drawn) == sorted(each.get_absolute_url() for each in (placed, other))
    assert "<title>Ashby School: Engaged</title>" in said
    assert "only in the list: 1 school" in said
    assert all(f">{each.name}</a>" in said for each in (placed, other, lost))
    only = opened(signed_in, f"{MAP}?engagement=never").content.decode()
    assert "Ashby School" not in only and "Brook School" in only


def test_page_of_a_hub_without_a_school_says_so(signed_in) -> None:
    assert "There is no open state-funded school in the area." in opened(signed_in).content.decode()
    assert "No school matches" in opened(signed_in, MAP).content.decode()


def test_school_page_says_why(hub, officer, signed_in) -> None:
    school = make.make_school(hub=hub)
    talk = make_conversation(school, by=officer, kind="challenging", how="visit")
    make_conversation(school, by=officer, kind="challenging", how="visit", on=today() - timedelta(days=370))
    value = DatedFactValue.objects.get(kind="hub-role", code="venue")
    dated_facts.record(hub=hub, school=school, value=value, starts_on=today(), by=officer)
    said = opened(signed_in, school.get_absolute_url()).content.decode()
    panel = said[said.index("How we are engaged") :]
    assert talk.get_absolute_url() in panel and "Role in the hub: Venue" in panel
    assert "Engaged in several ways" in panel
    assert f"{YEAR - 1} to {YEAR}" in panel and "engaged in 1 way" in panel


def test_costs_the_same_for_few_schools_and_many(hub, officer, signed_in) -> None:
    a_random_area(hub, officer, 4)
    opened(signed_in)
    with CaptureQueriesContext(connection) as few:
        opened(signed_in)
    a_random_area(hub, officer, 5)
    with CaptureQueriesContext(connection) as many:
        opened(signed_in)
    assert len(many) == len(few)
