"""Attempts: two clicks, one line in the timeline, counted since the last conversation."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from engagement.actions import attempts as actions
from engagement.models import Attempt
from hubportal.kit.wording import long_date
from schools.access import today
from schools.models import Relationship, TimelineEntry
from schools.roles import Role
from tests.engagement.factories import make_conversation, make_officer
from tests.factories import make_commission, make_contact, make_hub, make_partner, make_person, make_school

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


def test_attempt_create_stands_in_the_timeline(client, hub, school, officer):
    client.force_login(officer)
    response = client.post(reverse("engagement:attempt-create", args=[school.urn]), {"how": "call"})
    attempt = Attempt.objects.get()
    assert response.url == school.get_absolute_url()
    assert (attempt.hub, attempt.school, attempt.how, attempt.by, attempt.partner) == (
        hub,
        school,
        "call",
        officer,
        None,
    )
    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.heading, entry.detail, entry.audience) == (
        "attempt",
        "Call, no answer",
        "Amira Okafor",
        "hub",
    )
    relationship = Relationship.objects.get()
    assert (relationship.attempts_since, relationship.last_attempt_on, relationship.last_conversation_on) == (
        1,
        today(),
        None,
    )


def test_attempt_create_twice_in_a_breath_is_one(school, officer):
    first = actions.log(school=school, how="call", by=officer)
    assert actions.log(school=school, how="call", by=officer) == first
    assert actions.log(school=school, how="email", by=officer) != first
    assert Attempt.objects.count() == 2


def test_attempts_are_counted_since_the_last_conversation(hub, school, officer):
    now = timezone.now()
    for days in (40, 30, 10, 5):
        actions.log(school=school, how="email", by=officer, at=now - timedelta(days=days))
    make_conversation(school, by=officer, on=today() - timedelta(days=20))
    relationship = Relationship.objects.get()
    assert (relationship.attempts_since, relationship.last_attempt_on) == (2, today() - timedelta(days=5))
    make_conversation(school, by=officer)
    relationship.refresh_from_db()
    assert relationship.attempts_since == 0


def test_attempt_edit_adds_a_word(client, hub, school, officer):
    attempt = actions.log(school=school, how="call", by=officer)
    contact = make_contact("Ruth Pell", hub=hub, school=school)
    make_contact("Other Person", hub=hub, school=make_school(hub=hub))
    client.force_login(officer)
    url = reverse("engagement:attempt-edit", args=[attempt.uuid])
    page = client.get(url)
    assert [str(each) for each in page.context["form"].fields["contact"].queryset] == ["Ruth Pell"]
    client.post(url, {"contact": contact.pk, "note": "Left a message."})
    entry = TimelineEntry.objects.get()
    assert (entry.detail, entry.text) == ("to Ruth Pell · Amira Okafor", "Left a message.")


def test_attempt_delete_only_on_its_day(client, school, officer):
    attempt = actions.log(school=school, how="call", by=officer)
    old = actions.log(school=school, how="call", by=officer, at=timezone.now() - timedelta(days=2))
    client.force_login(officer)
    client.post(reverse("engagement:attempt-delete", args=[attempt.uuid]))
    assert list(Attempt.objects.all()) == [old]
    client.post(reverse("engagement:attempt-delete", args=[old.uuid]))
    assert Attempt.objects.count() == 1
    assert Relationship.objects.get().attempts_since == 1


def test_attempt_is_refused_with_a_sentence(school, officer):
    closed = make_school(
        "Old School", hub=None, authority=school.authority, status="2", close_date=today() - timedelta(days=3)
    )
    for wrong, sentence in (
        ({"school": school, "how": "pigeon"}, "Choose how you tried to reach them."),
        ({"school": school, "how": "call", "at": timezone.now() + timedelta(days=2)}, "The date is in the future"),
        ({"school": closed, "how": "call"}, "Old School closed on"),
        ({"school": make_school("Far School"), "how": "call"}, "Far School is not in your hub’s area"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            actions.log(by=officer, **wrong)
    assert Attempt.objects.count() == 0


def test_attempt_at_a_closed_school_is_refused_on_its_page(client, hub, school, officer):
    closed_on = today() - timedelta(days=3)
    closed = make_school("Old School", hub=None, authority=school.authority, status="2", close_date=closed_on)
    client.force_login(officer)
    page = client.post(reverse("engagement:attempt-create", args=[closed.urn]), {"how": "call"}, follow=True)
    said = f"Old School closed on {long_date(closed_on)}, so the date must be on or before that"
    assert [str(each) for each in page.context["messages"]] == [said]
    assert Attempt.objects.count() == 0
    html = page.content.decode()
    assert ("Log a call" in html, "No answer" in html) == (True, False)
    assert "No answer" in client.get(school.get_absolute_url()).content.decode()


def test_attempt_of_another_hub_is_not_there(client, hub, school, officer):
    attempt = actions.log(school=school, how="call", by=officer)
    other = make_person(Role.HUB_MANAGER, make_hub("Samplefolk Music Hub"))
    viewer = make_person(Role.HUB_VIEWER, hub)
    head = make_person(Role.SCHOOL_LEADER, school)
    for user, expected in ((other, (404, 404, 404)), (viewer, (403, 403, 403)), (head, (403, 404, 404))):
        client.force_login(user)
        found = (
            client.post(reverse("engagement:attempt-create", args=[school.urn]), {"how": "call"}).status_code,
            client.get(reverse("engagement:attempt-edit", args=[attempt.uuid])).status_code,
            client.post(reverse("engagement:attempt-delete", args=[attempt.uuid])).status_code,
        )
        assert found == expected
    assert Attempt.objects.count() == 1


def test_attempt_by_a_partners_officer_names_the_partner(hub, school):
    partner = make_partner("Exampleshire Brass", hub=hub)
    make_commission(partner=partner, school=school)
    pat = make_person(Role.PARTNER_OFFICER, partner)
    assert actions.log(school=school, how="visit", by=pat).partner == partner
