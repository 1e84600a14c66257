"""Contacts, owners, memberships and invitations: what is written, and what is refused in which words."""

import threading
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from schools.access import access_of, today
from schools.actions import contacts, invitations, memberships, relationships
from schools.models import Contact, Hub, Invitation, Membership, Relationship, School, TimelineEntry
from schools.roles import Role
from tests import factories as make
from tests.schools.conftest import Town

pytestmark = pytest.mark.django_db


def said(caught) -> str:
    return " ".join(caught.value.messages)


# --- contacts and owners ---------------------------------------------------------------------------------------------


def test_contact_create_outside_the_hubs_area_is_refused(here: Town, there: Town) -> None:
    with pytest.raises(ValidationError) as caught:
        contacts.create(hub=here.hub, school=there.first, by=here[Role.HUB_OFFICER], name="Ann")
    assert said(caught) == "Samplefolk First School is not in the area of Exampleshire Music Hub."


def test_contact_create_twice_is_refused(here: Town) -> None:
    values = {"name": "Ann Lee", "email": "ann@school.example"}
    contacts.create(hub=here.hub, school=here.first, by=here[Role.HUB_OFFICER], **values)
    with pytest.raises(ValidationError) as caught:
        contacts.create(hub=here.hub, school=here.first, by=here[Role.HUB_OFFICER], **values)
    assert caught.value.message_dict == {
        "email": ["Ann Lee with this email address is already a contact at Exampleshire First School"]
    }


def test_contact_change_is_kept_in_the_history(here: Town) -> None:
    contact = Contact.objects.get(school=here.first)
    contacts.edit(contact=contact, by=here[Role.HUB_OFFICER], name="Another Name")
    events = contact.events.order_by("pgh_id").values_list("pgh_label", "name")
    assert list(events) == [("insert", "Exampleshire Contact 1"), ("update", "Another Name")]


@pytest.mark.parametrize(
    ("left_on", "sentence"),
    [
        (lambda: today() + timedelta(days=1), "The date they left must be today or in the past"),
        (
            lambda: date(1990, 8, 31),
            "The date they left must be after Exampleshire First School opened, on 1 September 1990",
        ),
    ],
)
def test_contact_end_on_an_impossible_day_is_refused(here: Town, left_on, sentence: str) -> None:
    contact = Contact.objects.get(school=here.first)
    with pytest.raises(ValidationError) as caught:
        contacts.end(contact=contact, left_on=left_on(), by=here[Role.HUB_OFFICER])
    assert caught.value.message_dict == {"left_on": [sentence]}


def test_contact_end_stands_in_the_hubs_timeline_once(here: Town) -> None:
    contact = Contact.objects.get(school=here.first)
    for day in (date(2026, 7, 1), date(2026, 7, 20)):
        contacts.end(contact=contact, left_on=day, by=here[Role.HUB_OFFICER])
    entry = TimelineEntry.objects.get(kind="people")
    assert (entry.heading, entry.audience, timezone.localdate(entry.at)) == (
        *("Exampleshire Contact 1 left", "hub"),
        date(2026, 7, 20),
    )
    assert list(Contact.objects.current().filter(school=here.first)) == []


def test_owner_is_given_to_people_of_the_hub_alone(here: Town, there: Town) -> None:
    by = here[Role.HUB_MANAGER]
    relationships.set_owner(hub=here.hub, school=here.first, owner=here[Role.PARTNER_OFFICER], by=by)
    assert Relationship.objects.get(school=here.first).owner == here[Role.PARTNER_OFFICER]
    for stranger in (there[Role.HUB_OFFICER], here[Role.HUB_VIEWER], here[Role.SCHOOL_LEADER]):
        with pytest.raises(ValidationError, match="is not a manager or officer of"):
            relationships.set_owner(hub=here.hub, school=here.first, owner=stranger, by=by)
    with pytest.raises(ValidationError, match="is not in the area of"):
        relationships.set_owner(hub=here.hub, school=there.first, owner=None, by=by)
    headings = TimelineEntry.objects.filter(kind="people").values_list("heading", "detail")
    assert list(headings) == [("Exampleshire Partner officer looks after the school", "Exampleshire Hub manager")]


def test_people_who_may_own_come_with_their_workload(here: Town, there: Town) -> None:
    School.objects.filter(pk=here.third.pk).update(status=School.Status.CLOSED)
    people = relationships.people_who_may_own(hub=here.hub)
    assert [(person.name, person.workload) for person in people] == [
        ("Exampleshire Hub manager", 0),
        ("Exampleshire Hub officer", 2),
        ("Exampleshire Partner officer", 0),
    ]


def test_note_contacts_writes_the_dates_and_leaves_the_owner(here: Town) -> None:
    said = relationships.Contacted(last_conversation_on=date(2026, 11, 1), next_conversation_on=date(2026, 12, 1))
    with transaction.atomic():
        rows = relationships.lock(hub=here.hub, schools=[here.first])
        relationships.note_contacts(rows=rows, found={here.first.pk: said})
    kept = Relationship.objects.get(school=here.first)
    assert (kept.owner, kept.last_conversation_on, kept.next_conversation_on) == (
        *(here[Role.HUB_OFFICER], date(2026, 11, 1)),
        date(2026, 12, 1),
    )


# --- memberships -----------------------------------------------------------------------------------------------------


def test_membership_end_holds_from_today_and_says_who(here: Town) -> None:
    membership = Membership.objects.get(user=here[Role.HUB_OFFICER])
    memberships.end(membership=membership, by=here[Role.HUB_MANAGER])
    membership.refresh_from_db()
    assert (membership.ends_on, membership.ended_by) == (today(), here[Role.HUB_MANAGER])
    assert list(Membership.objects.current(today()).filter(pk=membership.pk)) == []
    assert membership.events.count() == 2
    with pytest.raises(ValidationError, match="ended on .* already"):
        memberships.end(membership=membership, by=here[Role.HUB_MANAGER])


@pytest.mark.parametrize("other", ["nobody", "ended", "ending", "not yet", "closed account", "another hub"])
def test_membership_end_of_the_last_manager_is_refused(here: Town, there: Town, other: str) -> None:
    if other in ("ended", "ending", "not yet"):
        dates = {
            "ended": {"ends_on": today()},
            "ending": {"ends_on": today() + timedelta(days=9)},
            "not yet": {"starts_on": today() + timedelta(days=9)},
        }[other]
        make.make_membership(role=Role.HUB_MANAGER, organisation=here.hub, **dates)
    if other == "closed account":
        make.make_membership(make.make_user(is_active=False), Role.HUB_MANAGER, here.hub)
    membership = Membership.objects.get(user=here[Role.HUB_MANAGER])
    with pytest.raises(ValidationError) as caught:
        memberships.end(membership=membership, by=here[Role.HUB_MANAGER])
    assert said(caught) == (
        "Exampleshire Hub manager is the last manager of Exampleshire Music Hub. Make somebody else a manager first."
    )
    membership.refresh_from_db()
    assert membership.ends_on is None


def test_membership_end_of_one_of_two_managers_is_fine(here: Town) -> None:
    make.make_membership(role=Role.HUB_MANAGER, organisation=here.hub)
    membership = Membership.objects.get(user=here[Role.HUB_MANAGER])
    assert memberships.end(membership=membership, by=here[Role.HUB_MANAGER]).ends_on == today()


@pytest.mark.django_db(transaction=True)
def test_membership_end_of_two_managers_at_once_leaves_one() -> None:
    hub = make.make_hub()
    pair = [make.make_membership(role=Role.HUB_MANAGER, organisation=hub) for _ in range(2)]
    gate, outcomes = threading.Barrier(2), []

    def end(membership: Membership) -> None:
        try:
            gate.wait()
            memberships.end(membership=membership, by=membership.user)
            outcomes.append("ended")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=end, args=(membership,)) for membership in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["ended", "refused"]
    assert Membership.objects.filter(hub=hub, ends_on=None).count() == 1


def test_let_acknowledge_is_for_editors(here: Town) -> None:
    by = here[Role.SCHOOL_LEADER]
    editor = Membership.objects.get(user=here[Role.SCHOOL_EDITOR])
    assert memberships.let_acknowledge(membership=editor, allowed=True, by=by).may_acknowledge is True
    assert memberships.let_acknowledge(membership=editor, allowed=False, by=by).may_acknowledge is False
    with pytest.raises(ValidationError, match="Only a school editor"):
        memberships.let_acknowledge(membership=Membership.objects.get(user=by), allowed=True, by=by)


# --- invitations -----------------------------------------------------------------------------------------------------


def invite(
    town: Town, role: Role = Role.SCHOOL_EDITOR, email: str = "New.Person@school.example", **values
) -> Invitation:
    place = town.first if role.scope == "school" else town.hub
    by = values.pop("by", town[Role.HUB_MANAGER])
    return invitations.invite(role=role, organisation=place, email=email, name="New Person", by=by, **values)


def test_invite_sends_a_link_for_fourteen_days(here: Town) -> None:
    invitation = invite(here)
    letter = mail.outbox[-1]
    assert letter.to == ["new.person@school.example"]
    assert letter.subject == "Exampleshire Hub manager invites you to Exampleshire First School"
    assert "/invitation/" in letter.body
    assert timedelta(days=13, hours=23) < invitation.expires_at - timezone.now() <= timedelta(days=14)


def test_invite_to_what_one_may_not_give_is_refused(here: Town, there: Town) -> None:
    for values in (
        {"role": Role.HUB_VIEWER, "organisation": here.hub, "by": here[Role.HUB_OFFICER]},
        {"role": Role.SCHOOL_LEADER, "organisation": there.first, "by": here[Role.HUB_MANAGER]},
    ):
        with pytest.raises(ValidationError, match="You cannot make somebody"):
            invitations.invite(email="x@people.example", name="X", **values)
    assert (Invitation.objects.count(), mail.outbox) == (0, [])


def test_invite_of_somebody_there_or_invited_is_refused(here: Town) -> None:
    with pytest.raises(ValidationError) as caught:
        invite(here, email=here[Role.SCHOOL_EDITOR].email.upper())
    assert list(caught.value.message_dict) == ["email"]
    assert "is already school editor of" in said(caught)
    invite(here)
    with pytest.raises(ValidationError, match="has been invited already"):
        invite(here)


def test_invite_keeps_nothing_when_the_email_cannot_be_sent(here: Town, monkeypatch) -> None:
    def fail(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(invitations, "send_mail", fail)
    with pytest.raises(ValidationError, match="could not be sent just now"):
        invite(here)
    assert Invitation.objects.count() == 0


def test_accept_gives_the_role_once_and_makes_a_contact(here: Town) -> None:
    invitation = invite(here)
    user = make.make_user("New Person", "new.person@school.example")
    membership = invitations.accept(invitation=invitation, user=user)
    assert (membership.role, membership.school, membership.starts_on) == (Role.SCHOOL_EDITOR, here.first, today())
    assert access_of(user).school_ids == {here.first.pk}
    contact = Contact.objects.get(user=user)
    assert (contact.hub, contact.school, contact.name, contact.is_leader) == (here.hub, here.first, "New Person", False)
    with pytest.raises(ValidationError, match="accepted already"):
        invitations.accept(invitation=invitation, user=user)
    assert Membership.objects.filter(user=user).count() == 1


def test_accept_links_the_contact_with_the_same_email(here: Town, there: Town) -> None:
    known = make.make_contact("N. Person", hub=here.hub, school=here.first, email="NEW.person@school.example")
    make.make_contact("N. Person", hub=there.hub, school=there.first, email="new.person@school.example")
    user = make.make_user("New Person", "new.person@school.example")
    invitations.accept(invitation=invite(here, role=Role.SCHOOL_LEADER), user=user)
    assert [contact.pk for contact in Contact.objects.filter(user=user)] == [known.pk]


@pytest.mark.parametrize("state", ["revoked", "expired", "another address"])
def test_accept_is_refused(here: Town, state: str) -> None:
    invitation = invite(here)
    user = make.make_user("New Person", "new.person@school.example")
    if state == "revoked":
        invitations.revoke(invitation=invitation, by=here[Role.HUB_MANAGER])
    elif state == "expired":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    else:
        user = make.make_user("Somebody", "else@school.example")
    words = {"revoked": "withdrawn", "expired": "expired", "another address": "was sent to"}[state]
    with pytest.raises(ValidationError, match=words):
        invitations.accept(invitation=invitation, user=user)
    assert Membership.objects.filter(user=user).count() == 0


def test_accept_as_new_makes_the_account(here: Town) -> None:
    user = invitations.accept_as_new(invitation=invite(here), name="New Person", password=make.PASSWORD)
    assert (user.email, user.name, user.check_password(make.PASSWORD)) == (
        *("new.person@school.example", "New Person"),
        True,
    )
    with pytest.raises(ValidationError, match="There is an account"):
        invitations.accept_as_new(
            invitation=invite(here, role=Role.SCHOOL_VIEWER), name="Again", password=make.PASSWORD
        )


def test_accept_after_the_area_moved_meets_the_new_hub(here: Town) -> None:
    invitation = invite(here)
    area = here.hub.areas.get()
    area.ends_on = today()
    area.save()
    new = make.make_hub("New Hub")
    make.make_area(hub=new, authority=area.authority, starts_on=today())
    user = make.make_user("New Person", "new.person@school.example")
    invitations.accept(invitation=invitation, user=user)
    assert Contact.objects.get(user=user).hub == Hub.objects.get(pk=new.pk)
