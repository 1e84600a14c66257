"""A meeting of several schools of which some are entrusted to a partner: its officers read what concerns those, as the
schools themselves do, and learn nothing of the others."""

from datetime import timedelta

import pytest
from django.urls import reverse

from engagement.actions import responses, sharing
from engagement.actions.entries import ActionEntry, PartEntry, Person
from engagement.addressees import addressees_at, hub_people_of
from engagement.models import AgreedAction, ConversationPart, PartVersion, Response
from engagement.permissions import can_close_action
from schools.access import today
from schools.models import Commission
from schools.roles import Role
from tests.engagement.factories import make_conversation, make_officer, part_of
from tests.factories import make_commission, make_contact, make_hub, make_partner, make_person, make_school

pytestmark = pytest.mark.django_db
HIDDEN = ("Bexley", "Teasel", "Bea Bex", "private words")


@pytest.fixture
def hub():
    return make_hub("Exampleshire Music Hub")


@pytest.fixture
def ours(hub):
    return make_school("Ashby School", hub=hub)


@pytest.fixture
def other(hub):
    return make_school("Bexley School", hub=hub)


@pytest.fixture
def partner(hub, ours):
    row = make_partner("Exampleshire Brass", hub=hub)
    make_commission(partner=row, school=ours)
    return row


@pytest.fixture
def pat(partner):
    return make_person(Role.PARTNER_OFFICER, partner, "Pat Green")


@pytest.fixture
def meeting(hub, ours, other):
    parts = {
        ours: PartEntry(summary="Ashby wants a band.", actions=[ActionEntry(what="Send brass", due_on=today())]),
        other: PartEntry(
            summary="Teasel is what they sing.",
            people=[Person(name="Bea Bex")],
            actions=[ActionEntry(what="Teasel songs", due_on=today())],
        ),
    }
    return make_conversation(
        ours,
        other,
        by=make_officer(hub, "Amira Okafor"),
        parts=parts,
        common_summary="All the schools met.",
        private_notes="private words",
    )


def give(part, *, answered):
    school, conversation = part.school, part.conversation
    make_contact(f"Head of {school}", hub=conversation.hub, school=school, email="h@x.example", is_leader=True)
    to = addressees_at(school=school, hub=conversation.hub)
    version = sharing.share(part=part, recipients=to, by=conversation.author).version
    if answered:
        head = make_person(Role.SCHOOL_LEADER, school)
        responses.respond(version=version, kind=answered, text="Teasel is wrong.", by=head)


def hidden_in(page):
    return [words for words in HIDDEN if words in page.content.decode()]


def test_partner_officer_reads_the_meetings_common_part_and_that_of_the_entrusted_school(client, pat, meeting):
    client.force_login(pat)
    page = client.get(meeting.get_absolute_url())
    assert page.status_code == 200
    for words in ("All the schools met.", "Ashby wants a band.", "Send brass", "with Ashby School"):
        assert words in page.content.decode()
    assert hidden_in(page) == []
    assert [each["school"].name for each in page.context["parts"]] == ["Ashby School"]


def test_timeline_of_the_entrusted_school_leads_to_the_meeting(client, pat, meeting, ours):
    client.force_login(pat)
    page = client.get(ours.get_absolute_url())
    assert f'href="{meeting.get_absolute_url()}"' in page.content.decode()
    assert hidden_in(page) == []


def test_partner_officer_finds_the_meeting_by_what_they_may_read_alone(client, pat, meeting, ours, other):
    client.force_login(pat)

    def found(**query):
        page = client.get(reverse("engagement:conversation-list", query=query or None))
        assert [words for words in HIDDEN[1:] if words in page.content.decode().split("<tbody")[-1]] == []
        return page.context["matching"]

    assert (found(), found(q="band"), found(q="schools met"), found(q="ashby"), found(school=ours.urn)) == (1,) * 5
    assert (found(q="teasel"), found(q="bexley"), found(school=other.urn)) == (0, 0, 0)
    give(part_of(meeting, other), answered=Response.Kind.NOT_ACCURATE)
    assert (found(state="not_shared"), found(state="disputed"), found(state="shared")) == (1, 0, 0)


def test_partner_officer_gets_404_for_what_concerns_the_other_school(client, pat, meeting, other):
    part = part_of(meeting, other)
    give(part, answered=Response.Kind.NOT_ACCURATE)
    client.force_login(pat)
    addresses = [
        reverse(f"engagement:{name}", args=[part.uuid]) for name in ("part-detail", "part-share", "part-withdraw")
    ]
    addresses.append(reverse("engagement:version-detail", args=[part.uuid, 1]))
    addresses.append(AgreedAction.objects.get(what="Teasel songs").get_absolute_url())
    assert [client.get(address).status_code for address in addresses] == [404] * len(addresses)
    note = reverse("engagement:response-note", args=[Response.objects.get().uuid])
    assert client.post(note).status_code == 404
    assert not ConversationPart.objects.visible_to(pat).filter(school=other).exists()
    assert not PartVersion.objects.visible_to(pat).exists()
    assert hidden_in(client.get(reverse("engagement:today"))) == []


def test_partner_officer_only_reads_what_the_hub_made(client, pat, meeting, ours):
    client.force_login(pat)
    part = part_of(meeting, ours)
    assert client.get(reverse("engagement:conversation-edit", args=[meeting.uuid])).status_code == 403
    assert client.get(reverse("engagement:part-share", args=[part.uuid])).status_code == 403


def test_partners_own_meeting_is_only_read_once_one_of_its_schools_is_no_longer_theirs(
    client, pat, partner, ours, other
):
    """The draft's page and the private notes are about all the schools at once."""
    make_commission(partner=partner, school=other)
    own = make_conversation(
        ours,
        other,
        by=pat,
        private_notes="private words",
        parts={other: PartEntry(summary="Teasel", people=[Person(name="Bea Bex")])},
    )
    edit = reverse("engagement:conversation-edit", args=[own.uuid])
    client.force_login(pat)
    assert client.get(edit).status_code == 200
    assert "private words" in client.get(own.get_absolute_url()).content.decode()
    Commission.objects.filter(school=other).update(ends_on=today())
    assert client.get(edit).status_code == 403
    page = client.get(own.get_absolute_url())
    assert (page.status_code, hidden_in(page)) == (200, [])
    assert hidden_in(client.get(reverse("engagement:today"))) == []
    assert hub_people_of(part_of(own, other)) == []
    assert hub_people_of(part_of(own, ours)) == [pat]


# --- A partner's own actions -----------------------------------------------------------------------------------------


def given(meeting, school, partner):
    action = AgreedAction.objects.get(school=school)
    action.side, action.partner = "partner", partner
    action.save()
    return action


@pytest.mark.parametrize("role", [Role.PARTNER_OFFICER, Role.PARTNER_STAFF])
def test_partners_action_ends_for_the_partner_with_the_commission(client, partner, meeting, ours, role):
    action = given(meeting, ours, partner)
    person = make_person(role, partner)
    client.force_login(person)
    assert client.get(action.get_absolute_url()).status_code == 200
    assert can_close_action(person, action)
    # It runs until tomorrow, then it is over.
    Commission.objects.filter(school=ours).update(ends_on=today() + timedelta(days=1))
    assert can_close_action(person, action)
    tomorrow = today() + timedelta(days=1)
    assert not can_close_action(person, action, tomorrow)
    assert not AgreedAction.objects.visible_to(person, tomorrow).exists()


def test_partners_action_ends_on_every_page_with_the_commission(client, partner, meeting, ours):
    action = given(meeting, ours, partner)
    meeting.date = today() - timedelta(days=1)
    meeting.save()
    Commission.objects.filter(school=ours).update(ends_on=today())
    client.force_login(make_person(Role.PARTNER_STAFF, partner))
    assert client.get(action.get_absolute_url()).status_code == 404
    assert client.post(reverse("engagement:action-done", args=[action.uuid])).status_code == 404
    for name in ("action-list", "today"):
        page = client.get(reverse(f"engagement:{name}")).content.decode()
        assert ("Send brass" in page, "Ashby" in page) == (False, False), name


def test_partners_action_outside_a_commission_or_after_a_new_one_is_theirs(partner, meeting, ours, other):
    """The hub may give an action to a partner that has no commission at the school yet."""
    staff = make_person(Role.PARTNER_STAFF, partner)
    elsewhere = given(meeting, other, partner)
    here = given(meeting, ours, partner)
    later = today() + timedelta(days=30)
    Commission.objects.filter(school=ours).update(ends_on=today() + timedelta(days=9))
    assert list(AgreedAction.objects.visible_to(staff, later)) == [elsewhere]
    make_commission(partner=partner, authority=ours.authority, starts_on=today() + timedelta(days=20))
    assert set(AgreedAction.objects.visible_to(staff, later)) == {elsewhere, here}
