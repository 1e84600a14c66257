"""What may go wrong between a hub and a school: raised with what shows it, escalated, resolved, opened again."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from engagement import desk
from engagement.actions import risks
from engagement.models import Risk, RiskKind, RiskStep, Watch
from schools.access import today
from schools.models import TimelineEntry
from schools.roles import Role
from tests.engagement.factories import make_conversation, make_officer
from tests.factories import (
    make_commission,
    make_hub,
    make_partner,
    make_person,
    make_relationship,
    make_school,
    make_trust,
)

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
    return make_person(Role.HUB_MANAGER, hub, "Mo Manager")


def kind(code: str = "new-head") -> RiskKind:
    return RiskKind.objects.get(code=code)


def raised(school, by, what: str = "The new head may stop the choir") -> Risk:
    return risks.raise_risk(school=school, kind=kind(), what=what, evidence="Said so in June.", by=by)


def work_of(user) -> list:
    """What of their Today is about a risk."""
    items = [item for group in desk.groups_for(user, today()) for item in group.items]
    return [item for item in items if "/risks/" in item.href]


# --- raised --------------------------------------------------------------------------------------------------------


def test_raised_on_the_schools_page_with_the_record_that_shows_it(client, hub, school, officer):
    make_conversation(school, by=officer, on=today() - timedelta(days=3))
    client.force_login(officer)
    page = client.get(school.get_absolute_url()).content.decode()
    add = reverse("engagement:risk-create", args=[school.urn])
    assert "None stands." in page and add in page
    form = client.get(add)
    assert "that is a safeguarding matter and does not belong here" in form.content.decode()
    entry = TimelineEntry.objects.get(kind="conversation")
    said = {"kind": "new-head", "what": "The choir may stop", "evidence": "Ms Pell said so.", "record": entry.source}
    page = client.post(add, said, follow=True).content.decode()
    risk = Risk.objects.get()
    assert (risk.state, risk.with_whom, risk.raised_by) == ("open", officer, officer)
    assert "The choir may stop" in page and "Ms Pell said so." in page and f'href="{entry.url}"' in page
    told = TimelineEntry.objects.get(kind="risk")
    assert (told.heading, told.audience) == ("Engagement risk: The choir may stop", "hub")
    assert "The choir may stop" in client.get(school.get_absolute_url()).content.decode()


def test_what_was_typed_stays_where_something_is_missing(client, school, officer):
    client.force_login(officer)
    page = client.post(reverse("engagement:risk-create", args=[school.urn]), {"what": "The choir may stop"})
    assert page.context["form"].errors == {
        "kind": ["Choose what kind of risk it is"],
        "evidence": ["Say what shows it: what was said or seen, and when"],
    }
    assert 'value="The choir may stop"' in page.content.decode()
    assert not Risk.objects.exists()


def test_a_record_of_another_school_is_refused(hub, school, officer):
    other = make_school("Ashby High School", hub=hub)
    make_conversation(other, by=officer)
    entry = TimelineEntry.objects.get(school=other)
    with pytest.raises(ValidationError, match="Choose a record of this school"):
        risks.raise_risk(school=school, kind=kind(), what="It", evidence="So", by=officer, record=entry)


def test_pressed_twice_it_is_one_risk(school, officer):
    assert raised(school, officer) == raised(school, officer)
    assert RiskStep.objects.count() == 1


def test_it_is_with_whoever_looks_after_the_school(hub, school, officer, manager):
    make_relationship(hub=hub, school=school, owner=officer)
    assert raised(school, manager).with_whom == officer


# --- escalated, resolved, opened again -----------------------------------------------------------------------------


def test_escalated_to_a_manager_it_stands_on_their_today_until_it_is_resolved(client, school, officer, manager):
    risk = raised(school, officer)
    client.force_login(officer)
    address = reverse("engagement:risk-escalate", args=[risk.uuid])
    page = client.post(address, {"why": "I need you"})
    assert page.context["form"].errors == {"to": ["Choose whom you take it to"]}
    (choice,) = page.context["form"].fields["to"].choices
    client.post(address, {"to": choice[0], "why": "Only you can call the head."})
    risk.refresh_from_db()
    assert (risk.state, risk.with_whom) == ("escalated", manager)
    (item,) = [each for each in work_of(manager) if each.href == risk.get_absolute_url()]
    assert item.reason == (
        "Amira Okafor takes a risk to Mo Manager: The new head may stop the choir. “Only you can call the head.”"
    )
    assert not [each for each in work_of(officer) if each.href == risk.get_absolute_url()]
    again = client.post(address, {"to": choice[0], "why": "Again"})
    assert "It is with Mo Manager already." in again.content.decode()
    client.force_login(manager)
    resolve = reverse("engagement:risk-resolve", args=[risk.uuid])
    client.post(resolve, {"outcome": "put-right", "why": "The choir goes on: seen on Tuesday."})
    assert not work_of(manager)
    twice = client.post(resolve, {"outcome": "passed", "why": "Pressed twice"})
    assert "Mo Manager has resolved this already." in twice.content.decode()
    said = list(RiskStep.objects.values_list("what", "by__name", "why"))
    assert said == [
        ("raised", "Amira Okafor", "Said so in June."),
        ("escalated", "Amira Okafor", "Only you can call the head."),
        ("resolved", "Mo Manager", "The choir goes on: seen on Tuesday."),
    ]
    assert set(TimelineEntry.objects.filter(kind="risk").values_list("audience", flat=True)) == {"hub"}


def test_what_was_escalated_to_somebody_who_left_every_manager_has(hub, school, officer, manager):
    other = make_person(Role.HUB_MANAGER, hub, "Olu Other")
    risk = raised(school, officer)
    risks.escalate(risk=risk, to=other, why="Now", by=officer)
    assert not work_of(manager)
    other.memberships.update(ends_on=today())
    (item,) = work_of(manager)
    assert item.href == risk.get_absolute_url()


def test_only_a_manager_takes_it_to_the_trust(client, hub, school, officer, manager):
    trust = make_trust("Rowan Trust", schools=(school,))
    risk = raised(school, officer)
    address = reverse("engagement:risk-escalate", args=[risk.uuid])
    client.force_login(officer)
    assert "Rowan Trust" not in client.get(address).content.decode()
    refused = client.post(address, {"to": "trust", "told": "The chief", "why": "Now"})
    assert refused.status_code == 200 and "to" in refused.context["form"].errors
    client.force_login(manager)
    missing = client.post(address, {"to": "trust", "why": "Now"})
    assert missing.context["form"].errors == {"told": ["Enter whom at the trust you tell"]}
    client.post(address, {"to": "trust", "told": "Pat Vale, chief executive", "why": "Three schools the same."})
    step = RiskStep.objects.get(what="escalated")
    assert (step.to_trust, step.whom) == (trust, "Rowan Trust (Pat Vale, chief executive)")
    risk.refresh_from_db()
    assert risk.with_whom == manager


def test_opened_again_with_its_history(client, school, officer):
    risk = raised(school, officer)
    risks.resolve(risk=risk, outcome="passed", why="Nothing came of it", by=officer)
    client.force_login(officer)
    client.post(reverse("engagement:risk-reopen", args=[risk.uuid]), {"why": "It came back."})
    risk.refresh_from_db()
    assert (risk.state, risk.steps.count()) == ("open", 3)
    page = client.post(reverse("engagement:risk-reopen", args=[risk.uuid]), {"why": "Twice"})
    assert "This risk is not resolved." in page.content.decode()


def test_not_opened_again_beside_its_like(school, officer):
    risk = raised(school, officer)
    risks.resolve(risk=risk, outcome="passed", why="Nothing came of it", by=officer)
    raised(school, officer)
    with pytest.raises(ValidationError, match="The same risk was raised again since"):
        risks.reopen(risk=risk, why="It came back", by=officer)


# --- the list ------------------------------------------------------------------------------------------------------


def test_list_by_state_and_by_person(client, hub, school, officer, manager):
    for words, state in (("Choir", "open"), ("Brass", "escalated"), ("Drums", "resolved")):
        risk = raised(school, manager if state == "open" else officer, f"{words} may stop")
        if state == "escalated":
            risks.escalate(risk=risk, to=manager, why="Now", by=officer)
        if state == "resolved":
            risks.resolve(risk=risk, outcome="passed", why="It passed", by=officer)
    client.force_login(officer)
    address = reverse("engagement:risk-list")

    def shown(**query) -> set[str]:
        return {row.record.what.split()[0] for row in client.get(address, query).context["table"].page}

    assert shown() == {"Choir", "Brass"}
    assert client.get(address).context["finding"] == "2 engagement risks stand, 1 of them escalated"
    assert shown(state="escalated") == {"Brass"}
    assert shown(state="resolved") == {"Drums"}
    assert shown(state="all") == {"Choir", "Brass", "Drums"}
    assert shown(who="me") == {"Brass"}
    assert shown(who=manager.pk) == {"Choir", "Brass"}
    assert shown(q="choir") == {"Choir"}


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, hub, officer, number):
    for each in range(number):
        raised(make_school(f"School {each}", hub=hub), officer)
    client.force_login(officer)
    with django_assert_num_queries(7):
        client.get(reverse("engagement:risk-list"))


def test_no_school_or_trust_ever_sees_one(client, hub, school, officer):
    risk = raised(school, officer, "Quicksilver may stop")
    trust = make_trust("Rowan Trust", schools=(school,))
    people = [make_person(role, school) for role in (Role.SCHOOL_LEADER, Role.SCHOOL_EDITOR, Role.SCHOOL_VIEWER)]
    for person in (*people, make_person(Role.TRUST_LEADER, trust), make_person(Role.RELATIONSHIP_MANAGER, hub)):
        client.force_login(person)
        assert client.get(risk.get_absolute_url()).status_code == 404
        assert client.get(reverse("engagement:risk-list")).status_code == 403
        assert "Quicksilver" not in client.get(school.get_absolute_url()).content.decode()


def test_the_partner_entrusted_raises_and_sees_those_at_its_schools(client, hub, school, officer):
    partner = make_partner("Exampleshire Brass", hub=hub)
    make_commission(partner=partner, school=school)
    theirs = make_person(Role.PARTNER_OFFICER, partner, "Pia Partner")
    other = raised(make_school("Ashby High School", hub=hub), officer)
    client.force_login(theirs)
    said = {"kind": "unhappy", "what": "Late lessons", "evidence": "The head called."}
    client.post(reverse("engagement:risk-create", args=[school.urn]), said)
    assert Risk.objects.get(what="Late lessons").with_whom == theirs
    assert client.get(other.get_absolute_url()).status_code == 404


# --- the watchlist -------------------------------------------------------------------------------------------------


def test_a_watched_school_says_what_changed_until_it_is_seen(client, hub, school, officer):
    client.force_login(officer)
    address = reverse("engagement:watch-list")
    assert "You watch no school yet" in client.get(address).content.decode()
    press = reverse("engagement:watch-create", args=[school.urn])
    client.post(press)
    client.post(press)
    assert Watch.objects.count() == 1
    assert "Stop watching" in client.get(school.get_absolute_url()).content.decode()
    assert "Nothing new at the school you watch" in client.get(address).content.decode()
    make_conversation(school, by=officer, on=today() - timedelta(days=40))
    page = client.get(address)
    assert "The school you watch changed" in page.content.decode()
    assert "1 new" in page.content.decode()
    assert "The school you watch changed" in client.get("/today/").content.decode()
    drawn = page.context["now"]
    raised(school, officer)
    client.post(reverse("engagement:watch-seen"), {"until": drawn})
    (news,) = client.get(address).context["rows"]
    assert [each.heading for each in news.newest] == ["Engagement risk: The new head may stop the choir"]
    client.post(reverse("engagement:watch-seen"), {"until": "nonsense"})
    (news,) = client.get(address).context["rows"]
    assert news.number == 0
    client.post(reverse("engagement:watch-end", args=[school.urn]))
    assert not Watch.objects.exists()


def test_a_watchlist_is_ones_own(client, hub, school, officer, manager):
    client.force_login(manager)
    client.post(reverse("engagement:watch-create", args=[school.urn]))
    client.force_login(officer)
    assert "You watch no school yet" in client.get(reverse("engagement:watch-list")).content.decode()


def test_seen_is_never_later_than_now(client, school, officer):
    client.force_login(officer)
    client.post(reverse("engagement:watch-create", args=[school.urn]))
    ahead = (timezone.now() + timedelta(days=9)).isoformat()
    client.post(reverse("engagement:watch-seen"), {"until": ahead})
    assert Watch.objects.get().seen_at <= timezone.now()
