"""What must not get out: by a link that was kept, by an address that changed hands, by a school that moved away."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from engagement import content
from engagement.actions import sharing
from engagement.models import AgreedAction, Attempt
from engagement.today import schools_to_talk_to
from hubportal.kit import links
from hubportal.kit.models import LinkCode
from schools.access import today
from schools.actions import contacts, memberships
from schools.models import Contact, Membership, Relationship, TimelineEntry, TrustSchool
from schools.roles import Role
from tests.engagement.factories import make_draft, make_typed_draft
from tests.engagement.shared_world import OTHER_WORDS, SECRET, make_other_world, make_world
from tests.engagement.test_links import let_in, url
from tests.factories import make_area, make_contact, make_membership, make_trust

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def share(world, django_capture_on_commit_callbacks):
    """Share the part with these people; gives the token in the last one's email."""

    def shared(*names: str) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            world.share(*names)
        token = re.search(r"/r/([^/]+)/", mail.outbox[-1].body)[1]
        mail.outbox.clear()
        return token

    return shared


def statuses(client, token: str) -> set[int]:
    """What every page behind a link answers with."""
    pages = [url(name, token) for name in ("link-open", "link-code", "link-read", "link-respond")]
    pages += [reverse(f"reports:{name}", args=[token]) for name in ("link-report", "link-report-file")]
    return {client.get(page).status_code for page in pages}


# --- Links that somebody kept --------------------------------------------------------------------------------------


def test_a_link_ends_when_the_contact_has_left_the_school(client, world, share):
    token = share("Ruth Pell")
    let_in(client, token)
    ruth = Contact.objects.get(name="Ruth Pell")
    contacts.end(contact=ruth, left_on=today(), by=world.officer)
    assert statuses(client, token) == {410}
    assert world.hub.email in client.get(url("link-read", token)).content.decode()
    mail.outbox.clear()
    assert client.post(url("link-code", token)).status_code == 410
    assert mail.outbox == []


def test_a_link_ends_when_the_contacts_address_was_wrong(client, world, share):
    token = share("Ruth Pell")
    ruth = Contact.objects.get(name="Ruth Pell")
    contacts.edit(contact=ruth, email="ruth@millbrook.example", by=world.officer)
    assert statuses(client, token) == {410}


def test_a_link_ends_with_the_role_of_the_person_it_was_sent_to(client, world, share):
    token = share("Hetty Head", "Mia Musiclead")
    assert statuses(client, token) == {200, 302}
    editor = Membership.objects.get(user=world.music_lead)
    memberships.end(membership=editor, by=world.head)
    assert statuses(client, token) == {410}
    make_membership(world.music_lead, Role.SCHOOL_VIEWER, world.school)
    assert statuses(client, token) == {410}


def test_a_code_of_one_link_opens_no_other_and_a_token_serves_one_purpose(client, world, share):
    token = share("Ruth Pell")
    let_in(client, token)
    other = make_other_world()
    link, secret = links.make(
        purpose=sharing.PURPOSE,
        target=other.part.uuid,
        email="ruth.pell@millbrook.example",
        by=other.officer,
        expires_at=timezone.now() + timedelta(days=1),
    )
    other.share("Ruth Pell")
    assert client.get(url("link-read", secret)).url == url("link-open", secret)
    assert OTHER_WORDS not in client.get(url("link-read", secret), follow=True).content.decode()
    assert client.get(reverse("schools:invitation-accept", args=[token])).status_code == 404
    assert client.get(reverse("reports:link-report-file", args=[secret])).url == url("link-open", secret)


def test_guessing_codes_ends_after_ten_of_them_in_a_day(world, share):
    token = share("Ruth Pell")
    link = links.find(token, sharing.PURPOSE)
    start = timezone.now()
    context = {
        "subject_template": "engagement/email/code.subject.txt",
        "body_template": "engagement/email/code.txt",
        "context": {"hub": world.hub},
    }
    sent = 0
    for minutes in range(0, 20 * 60, 13):
        try:
            links.send_code(link=link, at=start + timedelta(minutes=minutes), **context)
            sent += 1
        except ValidationError as error:
            last = " ".join(error.messages)
    assert sent == links.CODES_A_DAY == LinkCode.objects.count() == 10
    assert last == "We have sent 10 codes in a day that nobody used. Try again tomorrow."
    links.send_code(link=link, at=start + timedelta(hours=25), **context)


# --- Whom a school is led to ---------------------------------------------------------------------------------------


def test_a_school_is_not_led_to_somebody_who_has_left_the_hub(client, world):
    mine = Membership.objects.get(user=world.officer)
    assert content.freeze(world.part)["hub"]["contact_name"] == "Amira Okafor"
    mine.ends_on = today()
    mine.save()
    client.force_login(world.head)
    page = client.get(reverse("engagement:school-home")).content.decode()
    school = client.get(world.school.get_absolute_url()).content.decode()
    assert world.officer.email not in page + school
    assert world.hub.email in page
    assert world.hub.email in school


def test_asking_to_meet_is_not_emailed_to_somebody_who_has_left_the_hub(
    client, world, django_capture_on_commit_callbacks
):
    Membership.objects.filter(user=world.officer).update(ends_on=today())
    client.force_login(world.head)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("engagement:meeting-ask", args=[world.school.urn]), {"when": "Tuesday", "message": "Brass"})
    assert [letter.to for letter in mail.outbox] == [[world.hub.email]]


# --- A school that moved -------------------------------------------------------------------------------------------


@pytest.fixture
def moved(world, share):
    """The school's area went to the other hub yesterday; the first hub's records stay its own."""
    share("Ruth Pell")
    other = make_other_world()
    area = world.hub.areas.get()
    area.ends_on = today() - timedelta(days=1)
    area.save()
    make_area(hub=other.hub, authority=area.authority, starts_on=today() - timedelta(days=1))
    Relationship.objects.filter(school=world.school).update(next_conversation_on=today(), attempts_since=3)
    return other


def test_after_an_area_moved_each_hub_sees_its_own_records_and_the_new_one_the_school(client, world, moved):
    records = [
        world.conversation.get_absolute_url(),
        reverse("engagement:version-detail", args=[world.part.uuid, 1]),
        reverse("reports:report-detail", args=[world.part.uuid]),
        *(each.get_absolute_url() for each in AgreedAction.objects.filter(school=world.school)),
    ]
    school = world.school.get_absolute_url()
    client.force_login(world.manager)
    assert {client.get(each).status_code for each in records} == {200}
    assert client.get(school).url == reverse("schools:school-records", args=[world.school.urn])  # its own, to read
    assert str(world.school.urn) not in client.get("/schools/export.csv").content.decode()
    client.force_login(moved.manager)
    assert {client.get(each).status_code for each in records} == {404}
    page = client.get(school)
    assert page.status_code == 200
    seen = page.content.decode() + client.get("/conversations/").content.decode()
    seen += client.get("/actions/").content.decode() + client.get("/today/").content.decode()
    for word in ("Singing is a strength", "PRIVATE-the head", world.officer.email):
        assert (word, word in seen) == (word, False)
    assert "ruth.pell@millbrook.example" not in page.content.decode()


def test_today_asks_nobody_to_talk_to_a_school_that_another_hub_covers_now(world, moved):
    assert [item.title for item in schools_to_talk_to(world.manager, today())] == []
    assert [item.title for item in schools_to_talk_to(moved.manager, today())] == []


def test_no_link_of_the_former_hubs_pages_leads_nowhere(client, world, moved):
    client.force_login(world.officer)
    for start in ("/today/", "/conversations/", "/actions/?state=all", world.conversation.get_absolute_url()):
        page = client.get(start).content.decode()
        for found in set(re.findall(r'href="(/(?:schools|conversations|actions|shared|reports)/[^"#]*)"', page)):
            address = found.replace("&amp;", "&")
            assert (start, address, client.get(address).status_code) in (
                (start, address, 200),
                (start, address, 302),
            )


def test_a_trust_sees_of_a_school_what_was_released_and_dated_since_it_joined(client, world, share):
    share("Ruth Pell")
    sharing.release(part=world.part, by=world.head)
    part_url = reverse("engagement:part-detail", args=[world.part.uuid])
    client.force_login(world.trust_leader)
    assert client.get(part_url).status_code == 200
    times = TrustSchool.objects.filter(school=world.school)
    times.update(left_on=today())
    assert client.get(part_url).status_code == 404
    times.delete()
    later = make_trust("Later Trust", (world.school,), joined_on=today() - timedelta(days=1))
    newcomer = make_membership(role=Role.TRUST_LEADER, organisation=later).user
    client.force_login(newcomer)
    assert client.get(part_url).status_code == 404
    assert "Challenging conversation" not in client.get(world.school.get_absolute_url()).content.decode()
    assert not TimelineEntry.objects.visible_to(newcomer).exists()


# --- Links on a school's page --------------------------------------------------------------------------------------


def test_the_timeline_links_only_to_what_the_person_may_open(client, world):
    make_typed_draft(world.school, by=world.officer)
    Attempt.objects.all().delete()
    client.force_login(world.officer)
    client.post(reverse("engagement:attempt-create", args=[world.school.urn]), {"how": "call"})
    viewer = make_membership(role=Role.HUB_VIEWER, organisation=world.hub).user
    for person in (world.officer, viewer, world.partner_officer):
        client.force_login(person)
        page = client.get(world.school.get_absolute_url()).content.decode()
        assert "Draft conversation" in page
        timeline = page.partition('id="timeline"')[2]
        for found in set(re.findall(r'timeline__title"><a class="govuk-link" href="([^"#]*)"', timeline)):
            assert (str(person), found, client.get(found).status_code) == (str(person), found, 200)


# --- What is typed -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["²²²²²", "a\0b", "٣٣٣٣٣", "9" * 6000, "\u202e<b>", "%", "\\"])
def test_searching_for_anything_is_no_failure(client, world, words):
    client.force_login(world.officer)
    for address in ("/schools/", "/conversations/", "/actions/", "/conversations/new/"):
        assert client.get(address, {"q": words}).status_code in (200, 400)
    assert client.get("/conversations/new/", {"trust": words}).status_code in (400, 404)
    assert client.post("/conversations/new/", {"search": "1", "choose": "1", "q": words}).status_code == 200


@pytest.mark.parametrize("back", ["a\0b", "999", "admin:index", "//evil.example/", "https://evil.example/", "/\\evil"])
def test_a_button_leads_back_to_a_page_of_ours_and_nowhere_else(client, world, back):
    client.force_login(world.officer)
    action = AgreedAction.objects.first()
    done = client.post(reverse("engagement:action-done", args=[action.uuid]), {"back": back})
    assert (done.status_code, done["Location"]) == (302, action.get_absolute_url())


@pytest.mark.parametrize("count", ["²²²", "a\0b", "9" * 6000, "-1"])
def test_a_draft_takes_a_damaged_count_of_rows_and_a_damaged_tab(client, world, count):
    conversation = make_draft(world.school, by=world.officer)
    prefix = f"part-{conversation.parts.get().uuid}-people"
    client.force_login(world.officer)
    posted = {"draft_revision": count, "draft_writer": count, f"{prefix}-TOTAL_FORMS": count, "date_0": count}
    saved = client.post(reverse("engagement:conversation-draft", args=[conversation.uuid]), posted)
    kept = client.post(reverse("engagement:conversation-edit", args=[conversation.uuid]), posted | {"add_row": prefix})
    checked = client.get(reverse("engagement:conversation-edit", args=[conversation.uuid]), {"check": "1"})
    assert (saved.status_code, kept.status_code, checked.status_code) == (200, 302, 200)


def test_a_date_too_large_for_a_computer_is_named_as_no_date(client, world):
    action = AgreedAction.objects.first()
    client.force_login(world.officer)
    posted = {"owner_name": "Amira", "due_on_0": "9" * 30, "due_on_1": "1", "due_on_2": "2026"}
    page = client.post(reverse("engagement:action-edit", args=[action.uuid]), posted)
    assert page.status_code == 400
    assert "must be a real date" in page.content.decode()


def test_the_private_notes_word_is_found_by_no_search(client, world):
    client.force_login(world.officer)
    for address in ("/conversations/", "/actions/", "/schools/"):
        page = client.get(address, {"q": SECRET})
        assert world.conversation.get_absolute_url() not in page.content.decode()


def test_contacts_of_another_school_or_hub_cannot_be_named_in_a_form(client, world):
    other = make_other_world()
    foreign = make_contact("Foreign Person", hub=other.hub, school=other.school)
    client.force_login(world.officer)
    client.post(reverse("engagement:attempt-create", args=[world.school.urn]), {"how": "call"})
    attempt = Attempt.objects.get(school=world.school)
    page = client.post(reverse("engagement:attempt-edit", args=[attempt.uuid]), {"contact": foreign.pk, "note": ""})
    assert page.status_code == 400
    assert "Foreign Person" not in page.content.decode()
    attempt.refresh_from_db()
    assert attempt.contact is None
