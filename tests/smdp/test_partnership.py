"""The partnership section fills itself from the hub's offers and the plan's priorities, and each version keeps what it
said."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from engagement.models import Offer
from schools.access import today
from schools.models import School
from schools.roles import Role
from smdp import partnership, priorities
from smdp.actions import guests, plans, reviews
from smdp.models import Side
from smdp.partnership import Line
from tests import factories as make
from tests.engagement.factories import strand
from tests.smdp.factories import write

pytestmark = pytest.mark.django_db


def offered(hub, title: str, **more) -> Offer:
    return Offer.objects.create(hub=hub, title=title, strand=strand(), **more)


@pytest.fixture
def choirs(hub, school, officer) -> Offer:
    make.make_relationship(hub=hub, school=school, owner=officer)
    return offered(hub, "Choirs together", description="A day of song", cost="£40 a school", delivered_by="Sing Well")


@pytest.fixture
def asked(plan, head, choirs):
    """The plan asks for the choirs, and for something that nobody offers."""
    rows = [
        {"what": "A choir", "offer": choirs.title, "by_0": "1", "by_1": "7", "by_2": "2027"},
        {"what": "A gamelan", "ask": "Somebody who plays it"},
        {"what": "A recorder club", "ask": "Recorders to borrow", "rag": priorities.DONE},
    ]
    write(plan, "priorities", by=head, **priorities.values_of(rows))
    return plan


def words(groups) -> str:
    return "\n".join(f"{group.title}: {line}" for group in groups for line in group.lines)


def test_the_section_says_what_is_on_offer_with_cost_and_contact(plan, choirs, hub, officer, client):
    offered(make.make_hub("Samplefolk Music Hub"), "Far away")
    offered(hub, "For the sixth form", phases=[School.Phase.SECONDARY.value])
    offered(hub, "Taken off", is_current=False)
    text = client.get(plan.section_url("partnership")).text
    for said in ("Choirs together", "A day of song", "Cost: £40 a school", "Delivered by: Sing Well", officer.email):
        assert said in text
    assert not any(other in text for other in ("Far away", "For the sixth form", "Taken off"))
    assert "Choirs together" not in client.get(plan.section_url("vision")).text


def test_what_the_priorities_ask_for_comes_first_and_once(asked, head):
    found = words(partnership.live(head, asked))
    assert "Asked for in the priorities: Choirs together; What it is: For “A choir”; When: By 1 July 2027" in found
    assert "Somebody who plays it" in found and "Recorders" not in found
    assert found.count("Choirs together") == 1


def test_the_live_section_follows_the_offer_and_the_version_does_not(asked, choirs, head, officer, client, client_of):
    version = plans.share(plan=asked, by=head)
    choirs.cost = "£90 a school"
    choirs.save()
    assert "£90 a school" in client.get(asked.section_url("partnership")).text
    pages = [version.get_absolute_url(), reverse("smdp:plan-print", args=[asked.uuid])]
    pages.append(reviews.begin(version=version, by=officer).get_absolute_url())
    for page in pages:
        text = client_of(officer).get(page).text
        assert "£40 a school" in text and "£90" not in text
    assert "£90 a school" in client.get(pages[1]).text, "those who write print what stands there now"


def test_two_versions_are_compared_word_by_word(asked, choirs, head, client):
    plans.share(plan=asked, by=head)
    choirs.cost = "£90 a school"
    choirs.save()
    write(asked, "vision", by=head, now="Changed")
    plans.share(plan=asked, by=head)
    text = client.get(reverse("smdp:version-compare", args=[asked.uuid])).text
    assert "Partnership: Asked for in the priorities" in text
    assert "£40" in text and "£90" in text and "2 changes" in text


def test_a_guest_reads_no_priority_that_was_not_opened_to_it(asked, head, officer, client_of):
    hub = client_of(officer)
    page = reverse("smdp:comment-list", args=[asked.uuid, "partnership"])
    assert hub.get(page).status_code == 403
    guests.invite(section=asked.sections.get(key="partnership"), side=Side.HUB, may_write=True, by=head)
    for address in (page, asked.section_url("partnership")):
        text = hub.get(address).text
        assert "Choirs together" in text and "gamelan" not in text and "Somebody who plays it" not in text
    guests.invite(section=asked.sections.get(key="priorities"), side=Side.HUB, may_write=False, by=head)
    assert "Somebody who plays it" in hub.get(page).text


def test_the_section_says_when_and_each_version_keeps_what_it_said(asked, choirs, hub, head, officer, client):
    """Of an offer that a priority asks for, and of one that it does not."""
    offered(hub, "Songbook", when="Any day")
    Offer.objects.filter(pk=choirs.pk).update(begins_on=date(2027, 3, 4), ends_on=date(2027, 3, 4))
    page = client.get(asked.section_url("partnership")).text
    assert "By 1 July 2027. On offer: 4 March 2027" in page and "When: Any day" in page
    version = plans.share(plan=asked, by=head)
    Offer.objects.update(when="", begins_on=None, ends_on=None)
    assert "On offer: 4 March 2027" in client.get(version.get_absolute_url()).text
    assert "On offer: 4 March 2027" not in client.get(asked.section_url("partnership")).text


def test_who_answers_the_section_by_link_sees_what_is_on_offer_and_no_priority(asked, choirs, client, mailoutbox):
    def open_link(key: str) -> str:
        who = {"name": "Ann Sparrow", "email": "ann@choirs.example"}
        client.post(reverse("smdp:section-ask", args=[asked.uuid, key]), who)
        token = re.search(r"/s/([^/\s]+)/", mailoutbox[-1].body)[1]
        browser = Client()
        browser.post(reverse("smdp:section-link-code", args=[token]))
        code = re.search(r"\b(\d{6})\b", mailoutbox[-1].body)[1]
        return browser.post(reverse("smdp:section-link-code", args=[token]), {"code": code}, follow=True).text

    page = open_link("partnership")
    assert "On offer from the hub" in page and choirs.title in page and "£40 a school" in page
    assert "A choir" not in page and "Asked for in the priorities" not in page
    assert choirs.title not in open_link("vision")


def test_the_trust_reads_it_in_the_version(asked, school, head, client_of):
    trust = make.make_trust("Larkrise Trust", schools=(school,), joined_on=today() - timedelta(days=90))
    version = plans.share(plan=asked, by=head)
    leader = make.make_person(Role.TRUST_LEADER, trust, "Marcus Thwaite")
    assert "£40 a school" in client_of(leader).get(version.get_absolute_url()).text
    assert client_of(leader).get(asked.section_url("partnership")).status_code == 403


def test_another_room_adds_its_lines(asked, head, client, monkeypatch):
    monkeypatch.setattr(partnership, "providers", list(partnership.providers))
    partnership.register(lambda user, plan, said: [Line("Proposed to you", f"A harp for {plan.school.name}")])
    assert "A harp for Millbrook" in client.get(asked.section_url("partnership")).text
    assert "A harp for Millbrook" in words(partnership.frozen(plans.share(plan=asked, by=head)))


def test_a_school_outside_every_hub_reads_that_nothing_is_on_offer(school, plan, hub, client):
    hub.areas.update(ends_on=today() - timedelta(days=1))
    assert "has nothing on offer" in client.get(plan.section_url("partnership")).text
