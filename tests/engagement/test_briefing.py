"""The one page to read before going to a school: everything on it, for those of the hub alone, at a constant cost."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from engagement.actions import risks
from engagement.actions.entries import ActionEntry
from engagement.models import AgreedAction, Offer, RiskKind, Strand, SupportGiven
from hubportal.kit.wording import academic_year, short_date
from schools.access import today
from tests.engagement.factories import full_part, make_conversation, make_officer
from tests.factories import make_contact, make_hub, make_notice, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub():
    return make_hub("Exampleshire Music Hub")


@pytest.fixture
def school(hub):
    return make_school("Fenwick Road Primary School", hub=hub, telephone="01632960111", pupils=210)


@pytest.fixture
def officer(hub):
    return make_officer(hub)


def page_of(client, school, officer) -> str:
    client.force_login(officer)
    return " ".join(client.get(reverse("engagement:briefing-detail", args=[school.urn])).content.decode().split())


def talk(hub, school, officer, days: int, *what: str) -> None:
    actions = [ActionEntry(words, AgreedAction.Side.SCHOOL, "Ruth Pell") for words in what]
    actions.append(ActionEntry("Send the tutor’s times", AgreedAction.Side.HUB, "Amira Okafor"))
    parts = {school: full_part(hub, actions=actions)}
    make_conversation(school, by=officer, form="full", on=today() - timedelta(days=days), parts=parts)


def test_everything_on_one_page(client, hub, school, officer):
    make_contact("Ruth Pell", hub=hub, school=school, is_leader=True, phone="07700900123", email="ruth@fen.example")
    talk(hub, school, officer, 30, "Name a music governor")
    kind = RiskKind.objects.get(code="new-head")
    risks.raise_risk(school=school, kind=kind, what="The choir may stop", evidence="So", by=officer)
    make_notice(hub=hub, school=school)
    page = page_of(client, school, officer)
    for words in (
        'href="tel:01632960111"',
        'href="tel:07700900123"',
        "Name a music governor",
        "Send the tutor’s times",
        f"Last spoke {short_date(today() - timedelta(days=30), today())}.",
        "Singing is a strength the school would share.",
        "What happens to pupils who leave whole-class brass?",
        "Singing assemblies that others could visit.",
        "<b>Embedded</b>",
        "judged once",
        "The choir may stop",
        "None in the portal yet.",
        "Three offers to speak of",
    ):
        assert words in page, words
    assert (
        reverse("engagement:briefing-detail", args=[school.urn])
        in client.get(school.get_absolute_url()).content.decode()
    )


def test_a_school_that_nobody_knows_says_so_in_each_place(client, school, officer):
    page = page_of(client, school, officer)
    for words in (
        "You have not spoken yet.",
        "We know nobody there yet: ask who leads music.",
        "Nothing is open.",
        "No conversation yet.",
        "Nothing has been judged yet.",
        "The catalogue holds nothing for a school of its phase.",
        "Nothing is recorded this year.",
        "Nothing this year.",
        "None stands.",
        "It was not asked anything.",
    ):
        assert words in page, words


def test_what_the_school_has_not_used_this_year_stands_beside_what_it_takes(client, hub, school, officer):
    kinds = list(Strand.objects.order_by("position")[:4])
    for each in kinds[:3]:
        Offer.objects.create(hub=hub, title=f"Offer of {each}", strand=each)
    Offer.objects.create(hub=hub, title="For older pupils", strand=kinds[3], phases=["4"])
    for kind, years in ((kinds[0], 0), (kinds[1], 2)):
        year = academic_year(today()) - years
        on = date(year, 9, 1)
        SupportGiven.objects.create(hub=hub, school=school, strand=kind, year=year, starts_on=on, by=officer)
    page = page_of(client, school, officer)
    last = f"last in {academic_year(today()) - 2} to {academic_year(today()) - 1}"
    assert f"<b>Offered, and not on record this year:</b> {kinds[1].name} ({last}); {kinds[2].name}." in page


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_whatever_the_school_holds(client, django_assert_num_queries, hub, school, officer, number):
    for each in range(number):
        make_contact(f"Person {each}", hub=hub, school=school)
        talk(hub, school, officer, 10 + each, f"Do {each}")
    client.force_login(officer)
    with django_assert_num_queries(27):  # support given, consultations, what is not used; two of what was delivered
        client.get(reverse("engagement:briefing-detail", args=[school.urn]))
