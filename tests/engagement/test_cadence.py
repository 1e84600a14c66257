"""Rules of contact: how often, and what counts; the dates of all schools follow."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from engagement.actions import cadence
from engagement.models import ContactRules, Conversation
from engagement.tasks import refresh_all
from hubportal.kit.terms import SchoolTime, Span, usual_year
from hubportal.kit.wording import academic_year, long_date, short_date
from schools.access import today
from schools.models import Relationship, TrustSchool
from schools.roles import Role
from schools.term_dates import school_times
from tests.engagement.factories import make_contact_rules, make_conversation, make_officer, part_of
from tests.factories import make_hub, make_person, make_school, make_term_calendar, make_trust

pytestmark = pytest.mark.django_db


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
def manager(hub):
    return make_person(Role.HUB_MANAGER, hub)


def due_on(school) -> date | None:
    return Relationship.objects.get(school=school).due_on


def weeks_later(day: date, weeks: int) -> date:
    return SchoolTime().weeks_after(day, weeks)


def test_the_due_date_moves_at_once_when_a_conversation_is_logged(school, officer):
    before, on = today() - timedelta(days=40), today() - timedelta(days=2)
    make_conversation(school, by=officer, on=before)
    assert due_on(school) == weeks_later(before, 13)
    make_conversation(school, by=officer, on=on, how=Conversation.How.EVENT)
    assert due_on(school) == weeks_later(before, 13), "being at the same event is no conversation"
    make_conversation(school, by=officer, on=on)
    assert due_on(school) == weeks_later(on, 13)


def test_the_page_says_why_then(client, school, officer):
    on = today() - timedelta(days=2)
    make_conversation(school, by=officer, on=on)
    client.force_login(officer)
    page = client.get(school.get_absolute_url()).content.decode()
    assert f"talk by {short_date(weeks_later(on, 13), today())}. Last spoke {short_date(on, today())}." in page
    assert f"Once a term: 13 school weeks after {long_date(on)}, when you last talked." in page


def test_rules_are_set_by_a_manager_and_every_date_follows(client, hub, school, officer, manager):
    on = today() - timedelta(days=2)
    make_conversation(school, by=officer, on=on)
    client.force_login(manager)
    year = academic_year(on)
    typed = {"school_weeks": "39", "kinds": ["catch_up"], "ways": ["call", "visit"], "roles": ["venue"]}
    page = client.post(reverse("engagement:contact-rules-edit", args=[hub.slug, year]), typed, follow=True)
    assert "wants to talk with each school once a year: every 39 school weeks" in page.content.decode()
    rules = ContactRules.objects.get(hub=hub)
    assert (rules.year, rules.school_weeks, rules.kinds, rules.ways) == (year, 39, ["catch_up"], ["call", "visit"])
    assert rules.roles == ["venue"]
    assert due_on(school) == weeks_later(on, 39)
    typed["kinds"] = ["challenging"]
    client.post(reverse("engagement:contact-rules-edit", args=[hub.slug, year]), typed)
    assert ContactRules.objects.filter(hub=hub).count() == 1
    assert due_on(school) is None, "a catch-up does not count any more"


def test_rules_of_the_next_year_leave_this_years_contacts_alone(hub, school, officer, manager):
    make_conversation(school, by=officer, on=today())
    before = due_on(school)
    cadence.set_rules(
        hub=hub,
        year=academic_year(today()) + 1,
        school_weeks=39,
        kinds=["strategic"],
        ways=["visit"],
        roles=[],
        by=manager,
    )
    assert due_on(school) == before


def test_rules_are_refused_with_a_sentence(client, hub, manager):
    client.force_login(manager)
    address = reverse("engagement:contact-rules-edit", args=[hub.slug, academic_year(today())])
    page = client.post(address, {"school_weeks": "13"})
    assert page.context["form"].errors == {
        "kinds": ["Choose at least one kind of conversation that counts"],
        "ways": ["Choose at least one way of talking that counts"],
    }
    with pytest.raises(ValidationError, match="The rules of a year that is over stay as they were"):
        cadence.set_rules(
            hub=hub, year=2020, school_weeks=13, kinds=["strategic"], ways=["visit"], roles=[], by=manager
        )
    assert client.get(reverse("engagement:contact-rules-edit", args=[hub.slug, 2020])).status_code == 404


def test_another_hubs_rules_are_not_there(hub, school, officer):
    make_contact_rules(make_hub("Samplefolk Music Hub"), school_weeks=39, kinds=["strategic"])
    on = today() - timedelta(days=2)
    make_conversation(school, by=officer, on=on)
    assert due_on(school) == weeks_later(on, 13)
    assert list(ContactRules.objects.visible_to(officer)) == list(ContactRules.objects.filter(hub=None))


def test_new_term_dates_move_the_due_date(school, officer):
    """A school that has a week off more is due a week later."""
    on = today() - timedelta(days=2)
    make_conversation(school, by=officer, on=on)
    before = due_on(school)
    for year in (academic_year(on), academic_year(on) + 1):
        parts = [Span(part.first, part.last - timedelta(7)) for part in usual_year(year).parts]
        make_term_calendar(school, year, parts=parts, days_off=())
    assert due_on(school) == school_times([school])[school.pk].weeks_after(on, 13) > before


def test_a_withdrawn_part_moves_the_date_back(client, hub, school, officer):
    earlier, on = today() - timedelta(days=30), today() - timedelta(days=2)
    make_conversation(school, by=officer, on=earlier)
    part = part_of(make_conversation(school, by=officer, on=on))
    assert due_on(school) == weeks_later(on, 13)
    client.force_login(officer)
    client.post(reverse("engagement:part-withdraw", args=[part.uuid]), {"reason": "Another school"})
    part.refresh_from_db()
    assert (part.withdrawn_at is not None) == (due_on(school) == weeks_later(earlier, 13))


def test_each_night_the_dates_follow_the_register(school, officer):
    on = today() - timedelta(days=2)
    make_conversation(school, by=officer, on=on)
    before = due_on(school)
    trust = make_trust("A trust with less school")
    for year in (academic_year(on), academic_year(on) + 1):
        parts = [Span(part.first, part.last - timedelta(7)) for part in usual_year(year).parts]
        make_term_calendar(trust, year, parts=parts, days_off=())
    TrustSchool.objects.create(trust=trust, school=school, joined_on=on)
    assert due_on(school) == before
    refresh_all()
    assert due_on(school) > before
