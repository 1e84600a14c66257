"""Somebody new leads a school, or its music: noticed, made ready, checked, sent once, or dismissed with a reason."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from engagement import desk
from engagement.actions import newcomers, risks, sharing
from engagement.addressees import addressees_at
from engagement.models import Newcomer, Offer, Recipient, RiskKind
from engagement.newcomers import noticing
from schools.access import today
from schools.actions import contacts
from schools.models import ChangeNotice, Invitation, RegisterChange, TimelineEntry
from schools.roles import Role
from tests.engagement.factories import full_part, make_conversation, make_officer, part_of, strand
from tests.factories import make_contact, make_hub, make_person, make_school

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


def add(school, hub, by, name: str, **fields):
    """Ten days after whoever was noted before: a test is one transaction, and so one moment."""
    events = apps.get_model("schools", "ContactEvent").objects
    events.update(pgh_created_at=F("pgh_created_at") - timedelta(days=10))
    return contacts.create(hub=hub, school=school, by=by, name=name, **fields)


def new_lead(school, hub, by) -> Newcomer:
    """The music lead left and another came."""
    old = add(school, hub, by, "Tom Adeyemi", is_music_lead=True)
    contacts.end(contact=old, left_on=today(), by=by)
    add(school, hub, by, "Ines Roy", is_music_lead=True, email="ines@fenwick.example")
    return Newcomer.objects.get()


# --- noticed -------------------------------------------------------------------------------------------------------


def test_the_first_people_whom_a_hub_knows_are_nobody_new(hub, school, officer):
    add(school, hub, officer, "Ruth Pell", job_title="Headteacher", is_leader=True)
    add(school, hub, officer, "Tom Adeyemi", is_music_lead=True)
    add(school, hub, officer, "Una Bell", is_music_lead=True)
    assert not Newcomer.objects.exists()


def test_a_music_lead_who_follows_another_is_new_whichever_is_noted_first(hub, school, officer):
    old = add(school, hub, officer, "Tom Adeyemi", is_music_lead=True)
    new = add(school, hub, officer, "Ines Roy", is_music_lead=True)
    assert not Newcomer.objects.exists()
    contacts.end(contact=old, left_on=today(), by=officer)
    row = Newcomer.objects.get()
    assert (row.post, row.name, row.contact, row.state) == ("music-lead", "Ines Roy", new, "waiting")
    contacts.edit(contact=new, by=officer, phone="01632 960123")
    assert Newcomer.objects.count() == 1


def test_a_music_lead_who_stays_as_a_teacher_is_followed_too(hub, school, officer):
    old = add(school, hub, officer, "Tom Adeyemi", is_music_lead=True)
    contacts.edit(contact=old, by=officer, is_music_lead=False)
    add(school, hub, officer, "Ines Roy", is_music_lead=True)
    assert Newcomer.objects.get().name == "Ines Roy"


def test_a_new_deputy_is_no_new_head(hub, school, officer):
    old = add(school, hub, officer, "Ola Wren", job_title="Deputy head", is_leader=True)
    contacts.end(contact=old, left_on=today(), by=officer)
    add(school, hub, officer, "Pat Vale", job_title="Deputy head", is_leader=True)
    assert not Newcomer.objects.exists()


def told(hub, school, name: str) -> None:
    change = RegisterChange.objects.create(school=school, kind="head", before="X", after=name, noticed_on=today())
    noticing.of_notices([ChangeNotice.objects.create(hub=hub, change=change)])


def test_the_registers_new_head_and_the_hubs_are_one(hub, school, officer):
    told(hub, school, "Mrs Ruth Pell")
    old = add(school, hub, officer, "Jane Hollis", job_title="Head", is_leader=True)
    contacts.end(contact=old, left_on=today(), by=officer)
    new = add(school, hub, officer, "Ruth Pell", job_title="Head", is_leader=True)
    row = Newcomer.objects.get()
    assert (row.name, row.contact, row.change is not None) == ("Mrs Ruth Pell", new, True)
    told(hub, school, "Mr Abel Stone")
    first, second = Newcomer.objects.order_by("pk")
    assert (first.state, first.reason, second.state) == ("dismissed", "Mr Abel Stone came after.", "waiting")


def test_those_of_one_list_of_staff_are_not_new_to_each_other(hub, school, officer):
    first = make_contact("Tom Adeyemi", hub=hub, school=school, is_music_lead=True)
    make_contact("Ines Roy", hub=hub, school=school, is_music_lead=True)
    contacts.end(contact=first, left_on=today(), by=officer)
    assert not Newcomer.objects.exists()


# --- checked and sent ----------------------------------------------------------------------------------------------


def test_checked_and_sent_once_with_a_link_of_their_own(
    client, hub, school, officer, django_capture_on_commit_callbacks
):
    make_contact("Ruth Pell", hub=hub, school=school, is_leader=True, email="ruth@fenwick.example")
    conversation = make_conversation(
        school, by=officer, form="full", on=today() - timedelta(days=9), parts={school: full_part(hub)},
        private_notes="Quicksilver",
    )  # fmt: skip
    sharing.share(part=part_of(conversation), recipients=addressees_at(school=school, hub=hub), by=officer)
    kind = RiskKind.objects.get(code="new-head")
    risks.raise_risk(school=school, kind=kind, what="Quicksilver", evidence="Quicksilver", by=officer)
    Offer.objects.create(hub=hub, title="Year 5 band", strand=strand())
    row = new_lead(school, hub, officer)
    (item,) = [each for group in desk.groups_for(officer, today()) for each in group.items if "newcomer" in each.key]
    assert item.reason == "New music lead at Fenwick Road Primary School, Ines Roy: send the handover."
    client.force_login(officer)
    address = row.get_absolute_url()
    assert address in client.get(school.get_absolute_url()).content.decode()
    page = client.get(address)
    chosen = page.context["form"].initial["to"]
    text = page.content.decode()
    assert "Dear Ines Roy" in text and "Year 5 band" in text and "Quicksilver" not in text
    again = client.post(address, {"to": chosen, "greeting": "Hello from all of us.", "preview": "1"}).content.decode()
    assert "Hello from all of us." in again and not mail.outbox[1:] and Newcomer.objects.get().state == "waiting"
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"to": chosen, "greeting": "Hello from all of us.", "invite": "on"})
        twice = client.post(address, {"to": chosen, "greeting": "Hello from all of us."})
    assert "It is not sent twice." in twice.content.decode()
    handover = [each for each in mail.outbox if "where music stands" in each.subject]
    assert [each.to for each in handover] == [["ines@fenwick.example"]]
    body = handover[0].body
    assert "Hello from all of us." in body and "Quicksilver" not in body and "1 agreed action is open" in body
    link = next(line for line in body.splitlines() if "/shared/" in line or "/link/" in line or "/r/" in line)
    client.logout()
    assert client.get(link).status_code == 200
    row.refresh_from_db()
    assert (row.state, row.sent_email, row.decided_by, row.emailed_at is not None) == (
        "sent", "ines@fenwick.example", officer, True,
    )  # fmt: skip
    assert Recipient.objects.filter(email="ines@fenwick.example").count() == 1
    assert Invitation.objects.get().role == Role.SCHOOL_EDITOR
    entry = TimelineEntry.objects.get(source=row.timeline_source)
    assert (entry.heading, entry.audience) == ("Handover sent to the new music lead, Ines Roy", "hub")


def test_with_nobody_to_write_to_the_page_says_what_to_do(client, hub, school, officer):
    told(hub, school, "Mrs Ruth Pell")
    client.force_login(officer)
    page = client.get(Newcomer.objects.get().get_absolute_url()).content.decode()
    assert "Add Mrs Ruth Pell as a contact" in page


def test_dismissed_with_a_reason_it_leaves_the_list(client, hub, school, officer):
    row = new_lead(school, hub, officer)
    client.force_login(officer)
    address = reverse("engagement:newcomer-dismiss", args=[row.uuid])
    assert client.post(address, {}).context["form"].errors == {"reason": ["Say why it is not sent"]}
    client.post(address, {"reason": "I met her."})
    row.refresh_from_db()
    assert (row.state, row.reason, row.decided_by) == ("dismissed", "I met her.", officer)
    items = [each for group in desk.groups_for(officer, today()) for each in group.items]
    assert not [each for each in items if "newcomer" in each.key]
    late = client.post(row.get_absolute_url(), {"to": f"{row.contact.uuid}", "greeting": "Hello"})
    assert "that this is not sent: I met her." in late.content.decode()


def test_an_email_that_failed_is_sent_again(hub, school, officer):
    row = new_lead(school, hub, officer)
    Newcomer.objects.update(
        state="sent", decided_by=officer, decided_at=timezone.now(), email_failed_at=timezone.now(), sent_name="Ines"
    )
    (to,) = addressees_at(school=school, hub=hub)
    sent = newcomers.send(newcomer=row, to=to, greeting="Hello", by=officer)
    assert (sent.state, sent.email_failed_at) == ("sent", None)


def test_only_those_who_write_for_the_hub(client, hub, school, officer):
    row = new_lead(school, hub, officer)
    for person, status in ((make_person(Role.HUB_VIEWER, hub), 403), (make_person(Role.SCHOOL_LEADER, school), 404)):
        client.force_login(person)
        assert client.get(row.get_absolute_url()).status_code == status
