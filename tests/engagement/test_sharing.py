"""Sharing a part: versions, recipients, emails; withdrawing; release."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from engagement.actions import conversations, responses, sharing
from engagement.actions.entries import Entry, PartEntry
from engagement.addressees import addressees_at
from engagement.models import AgreedAction, PartVersion, Recipient, Response
from hubportal.kit.models import SignedLink
from schools.models import Contact, Relationship, TimelineEntry
from tests.engagement.factories import full_part, make_conversation, make_draft, part_of
from tests.engagement.shared_world import SECRET, leaks, make_other_world, make_world, stranger
from tests.factories import make_contact, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    """What happens after commit happens: the emails go."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def edit(world, summary: str) -> None:
    """Log the conversation again with other words, as the full form does."""
    conversation = world.conversation
    entry = Entry(
        date=conversation.date,
        how=conversation.how,
        kind=conversation.kind,
        minutes=conversation.minutes,
        private_notes=SECRET,
        parts={world.part.uuid: full_part(world.hub, summary=summary, actions=[])},
    )
    conversations.log(conversation=conversation, entry=entry, by=world.officer)


def url(name: str, world) -> str:
    return reverse(f"engagement:{name}", args=[world.part.uuid])


# --- the action --------------------------------------------------------------------------------------------------


def test_share_makes_version_one_and_emails_each_recipient(world, committing, settings):
    with committing():
        shared = world.share("Ruth Pell", "Mia Musiclead")
    assert (shared.is_new, shared.version.number, len(shared.recipients)) == (True, 1, 2)
    assert [(each.name, each.is_leader, bool(each.emailed_at)) for each in Recipient.objects.all()] == [
        ("Ruth Pell", True, True),
        ("Mia Musiclead", False, True),
    ]
    letter = mail.outbox[0]
    assert letter.to == ["ruth.pell@millbrook.example"]
    assert letter.subject == "Exampleshire Music Hub has shared a report with Millbrook Junior School"
    assert f"{settings.BASE_URL}/r/" in letter.body
    for words in ("Singing is a strength", "brass", SECRET, "tutor"):
        assert words.lower() not in letter.body.lower()


def test_share_shows_the_actions_and_widens_the_timeline(world):
    assert AgreedAction.objects.get().shared_at is None
    world.share()
    entry = TimelineEntry.objects.get(source=world.part.timeline_source)
    assert AgreedAction.objects.get().shared_at is not None
    assert (entry.audience, entry.heading, entry.url) == (
        "school",
        "Challenging conversation",
        world.part.get_absolute_url(),
    )


def test_share_pressed_twice_makes_one_version_and_sends_once(world, committing):
    with committing():
        world.share()
    sent = len(mail.outbox)
    with committing():
        again = world.share()
    assert (again.is_new, list(again.recipients), PartVersion.objects.count(), len(mail.outbox)) == (False, [], 1, sent)


def test_share_with_more_people_sends_to_them_alone(world, committing):
    with committing():
        world.share("Ruth Pell")
    with committing():
        shared = world.share("Ruth Pell", "Tom Adeyemi")
    assert (shared.is_new, [each.name for each in shared.recipients]) == (False, ["Tom Adeyemi"])
    assert PartVersion.objects.count() == 1
    assert len(mail.outbox) == 2


def test_share_after_an_edit_is_version_two_and_keeps_version_one(world):
    world.share()
    edit(world, "Singing stays a strength.")
    assert TimelineEntry.objects.get(source=world.part.timeline_source).text.startswith("Singing is a strength")
    shared = world.share()
    assert (shared.is_new, shared.version.number) == (True, 2)
    assert [each.content["summary"] for each in world.part.versions.all()] == [
        "Singing stays a strength.",
        "Singing is a strength the school would share.",
    ]
    assert TimelineEntry.objects.get(source=world.part.timeline_source).text == "Singing stays a strength."


def test_hub_is_told_that_the_school_still_reads_the_words_before_the_change(client, world):
    world.share("Ruth Pell")
    client.force_login(world.officer)
    page = world.conversation.get_absolute_url()
    told = "Changed since: the school still reads version 1."
    assert told not in client.get(page).content.decode()
    edit(world, "Singing, and now a band as well.")
    assert told in client.get(page).content.decode()
    world.share("Ruth Pell")
    assert "Changed since" not in client.get(page).content.decode()


def test_share_gives_the_common_part_to_a_school_of_which_nothing_was_noted(client, world):
    other = make_school("Ashby High School", hub=world.hub)
    make_contact("Ola Head", hub=world.hub, school=other, is_leader=True, email="ola@ashby.example")
    conversation = make_conversation(
        world.school, other, by=world.officer, common_summary="The plan for the year.", parts={other: PartEntry()}
    )
    part = part_of(conversation, other)
    client.force_login(world.officer)
    page = client.get(conversation.get_absolute_url()).content.decode()
    assert "Nothing was noted for this school, so the meeting does not count" in page
    share_url = reverse("engagement:part-share", args=[part.uuid])
    assert share_url in page
    assert "Nothing was noted for this school alone" in client.get(share_url).content.decode()
    version = sharing.share(part=part, recipients=addressees_at(school=other, hub=world.hub), by=world.officer).version
    assert (version.content["common_summary"], version.content["summary"]) == ("The plan for the year.", "")
    entry = TimelineEntry.objects.get(school=other, source=part.timeline_source)
    assert (entry.heading, entry.audience, entry.text) == (
        f"{conversation.get_kind_display()}, the common part",
        "school",
        "The plan for the year.",
    )
    assert Relationship.objects.get(school=other).last_conversation_on is None  # it counts for the first school alone


def test_share_gives_nothing_where_there_are_no_words_at_all(world):
    other = make_school("Ashby High School", hub=world.hub)
    make_contact("Ola Head", hub=world.hub, school=other, is_leader=True, email="ola@ashby.example")
    conversation = make_conversation(world.school, other, by=world.officer, parts={other: PartEntry()})
    with pytest.raises(ValidationError, match="Nothing has been written for this school yet"):
        sharing.share(
            part=part_of(conversation, other),
            recipients=addressees_at(school=other, hub=world.hub),
            by=world.officer,
        )


def test_share_answers_what_was_said_about_earlier_versions(world):
    version = world.share().version
    responses.respond(version=version, kind="not_accurate", text="We do have a choir.", by=world.head)
    edit(world, "You have a choir.")
    world.share()
    assert Response.objects.get().noted_by == world.officer


def test_share_an_email_that_failed_is_sent_again_without_a_second_version(world, committing, monkeypatch):
    def broken(self, fail_silently=False):
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", broken)
        with committing():
            world.share("Ruth Pell")
    assert Recipient.objects.get().emailed_at is None
    dead = Recipient.objects.get().link
    with committing():
        shared = world.share("Ruth Pell")
    dead.refresh_from_db()
    assert (shared.is_new, Recipient.objects.get().emailed_at is not None) == (False, True)
    assert dead.revoked_at is not None


def test_share_needs_a_leader(world):
    with pytest.raises(ValidationError, match="Choose a school leader as well"):
        world.share("Tom Adeyemi")
    assert not PartVersion.objects.exists()


def test_share_refuses_people_of_another_school(world):
    other = make_other_world()
    with pytest.raises(ValidationError, match="no longer at this school"):
        sharing.share(part=world.part, recipients=other.addressees(), by=world.officer)
    with pytest.raises(ValidationError, match="Choose who receives it"):
        sharing.share(part=world.part, recipients=[], by=world.officer)


def test_share_refuses_a_draft(world):
    draft = part_of(make_draft(world.school, by=world.officer))
    with pytest.raises(ValidationError, match="Log the conversation first"):
        sharing.share(part=draft, recipients=world.addressees(), by=world.officer)


def test_share_leaves_out_governors_and_those_who_left(world):
    Contact.objects.filter(name="Tom Adeyemi").update(left_on=world.on)
    assert [each.name for each in world.addressees()] == ["Hetty Head", "Ruth Pell", "Mia Musiclead"]


def test_addressees_are_one_for_a_contact_with_an_account(world):
    Contact.objects.filter(name="Ruth Pell").update(email=world.head.email.upper())
    found = [(each.name, each.is_leader, each.user) for each in world.addressees() if each.is_leader]
    assert found == [("Ruth Pell", True, world.head)]


def test_version_content_cannot_hold_private_notes(world):
    world.share()
    with connection.cursor() as cursor:
        cursor.execute("SELECT content::text FROM engagement_partversion")
        assert leaks(cursor.fetchone()[0]) == []


# --- withdrawing -------------------------------------------------------------------------------------------------


def test_withdraw_ends_page_links_and_actions_and_tells_those_who_had_it(world, committing):
    with committing():
        world.share("Ruth Pell")
    mail.outbox.clear()
    with committing():
        sharing.withdraw(part=world.part, reason="Wrong school", by=world.officer)
    assert SignedLink.objects.filter(revoked_at=None).count() == 0
    action = AgreedAction.objects.get()
    assert (action.state, action.closed_by_name) == ("dropped", "Amira Okafor")
    assert [letter.to for letter in mail.outbox] == [["ruth.pell@millbrook.example"]]
    assert "Wrong school" not in mail.outbox[0].body
    entry = TimelineEntry.objects.get(source=world.part.timeline_source)
    assert (entry.audience, entry.heading) == ("hub", "Challenging conversation (withdrawn from the school)")


def test_withdraw_no_longer_counts_as_a_conversation(world):
    relationship = Relationship.objects.get(school=world.school)
    assert relationship.last_conversation_on == world.on
    world.share()
    sharing.withdraw(part=world.part, reason="Wrong school", by=world.officer)
    relationship.refresh_from_db()
    assert relationship.last_conversation_on is None


def test_withdraw_needs_a_reason_and_something_shared(world):
    with pytest.raises(ValidationError, match="never shared"):
        sharing.withdraw(part=world.part, reason="Wrong school", by=world.officer)
    world.share()
    with pytest.raises(ValidationError, match="why it is withdrawn"):
        sharing.withdraw(part=world.part, reason="  ", by=world.officer)
    sharing.withdraw(part=world.part, reason="Wrong school", by=world.officer)
    with pytest.raises(ValidationError, match="withdrawn already"):
        sharing.withdraw(part=world.part, reason="Wrong school", by=world.officer)
    with pytest.raises(ValidationError, match="was withdrawn"):
        world.share()


# --- release -----------------------------------------------------------------------------------------------------


def test_release_and_take_back_move_the_timeline(world):
    world.share()

    def audiences():
        entries = TimelineEntry.objects.filter(school=world.school)
        return {entry.source.split(":")[0]: entry.audience for entry in entries}

    sharing.release(part=world.part, by=world.head)
    assert audiences() == {"conversation": "released", "release": "school"}
    sharing.take_back(part=world.part, by=world.head)
    assert audiences() == {"conversation": "school", "release": "school"}
    with pytest.raises(ValidationError, match="not released"):
        sharing.take_back(part=world.part, by=world.head)


def test_release_of_nothing_is_refused(world):
    with pytest.raises(ValidationError, match="nothing to release"):
        sharing.release(part=world.part, by=world.head)


def test_a_version_shared_after_the_release_waits_for_another(world):
    world.share()
    sharing.release(part=world.part, by=world.head)
    edit(world, "Words of version two.")
    world.share(at=timezone.now() + timedelta(seconds=1))
    assert [each.number for each in PartVersion.objects.visible_to(world.governor)] == [1]
    assert [each.number for each in PartVersion.objects.visible_to(world.trust_leader)] == [1]
    assert [each.number for each in PartVersion.objects.visible_to(world.head)] == [2, 1]
    entry = TimelineEntry.objects.visible_to(world.governor).get(source=world.part.timeline_source)
    assert entry.text.startswith("Singing is a strength")


# --- pages -------------------------------------------------------------------------------------------------------


def test_part_share_previews_exactly_and_hides_private_notes(client, world):
    client.force_login(world.officer)
    page = client.get(url("part-share", world))
    text = page.content.decode()
    assert page.status_code == 200
    assert "Singing is a strength the school would share." in text
    assert leaks(text) == []
    assert leaks(str([each.flatten() for each in page.context])) == []


def test_part_share_by_post_says_how_many_and_twice_that_nothing_went(client, world, monkeypatch):
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act: act())  # a test's own commit never comes
    client.force_login(world.officer)
    keys = [each.key for each in world.addressees("Ruth Pell", "Tom Adeyemi")]
    first = client.post(url("part-share", world), {"recipients": keys}, follow=True)
    second = client.post(url("part-share", world), {"recipients": keys}, follow=True)
    assert "Version 1 is shared with Millbrook Junior School: 2 emails sent." in first.content.decode()
    assert "nothing was sent again" in second.content.decode()
    assert PartVersion.objects.count() == 1


def test_part_share_without_a_leader_keeps_the_choice_and_names_the_way_out(client, world):
    client.force_login(world.officer)
    keys = [each.key for each in world.addressees("Tom Adeyemi")]
    page = client.post(url("part-share", world), {"recipients": keys})
    assert page.status_code == 200
    assert "Choose a school leader as well" in page.content.decode()
    assert reverse("schools:contact-create", args=[world.school.urn]) in page.content.decode()


def test_part_share_where_no_leader_is_known_says_so(client, world):
    Contact.objects.update(is_leader=False)
    world.head.memberships.update(ends_on=world.on)
    client.force_login(world.officer)
    assert (
        "None of the people known at this school is a leader" in client.get(url("part-share", world)).content.decode()
    )


def test_part_withdraw_by_post_needs_a_reason_then_withdraws(client, world):
    world.share()
    client.force_login(world.officer)
    assert "Enter why it is withdrawn" in client.post(url("part-withdraw", world), {"reason": ""}).content.decode()
    client.post(url("part-withdraw", world), {"reason": "Wrong school"})
    client.force_login(world.head)
    assert client.get(url("part-detail", world)).status_code == 404


def test_part_withdraw_lists_who_opened_it(client, world):
    version = world.share().version
    sharing.record_reading(version=version, user=world.head)
    client.force_login(world.officer)
    assert "Hetty Head" in client.get(url("part-withdraw", world)).content.decode()


STATUSES = {
    "officer": 200,
    "manager": 200,
    "partner_officer": 403,
    "head": 404,
    "music_lead": 404,
    "governor": 404,
    "trust_leader": 404,
    "partner_staff": 404,
    "funder": 404,
}


@pytest.mark.parametrize("name", ["part-share", "part-withdraw"])
def test_sharing_pages_open_for_the_hubs_writers_alone(client, world, name):
    other = make_other_world()
    world.share()
    seen = {}
    for person in STATUSES:
        client.force_login(getattr(world, person))
        seen[person] = client.get(url(name, world)).status_code
    assert seen == STATUSES
    strangers = [other.officer, other.manager, other.head, world.more["other_partner_officer"], stranger()]
    for person in strangers:
        client.force_login(person)
        assert client.get(url(name, world)).status_code == 404
        assert client.post(url(name, world)).status_code == 404
