"""What named a contact names the one it was merged into, and goes back when the merge is undone."""

import pytest
from django.urls import reverse

from engagement.actions import attempts, conversations, sharing
from engagement.actions.entries import PartEntry, Person
from engagement.addressees import addressees_at
from engagement.models import AgreedAction, Attempt, Participant, Recipient
from schools import contact_references
from schools.actions import contact_merging
from schools.models import Contact
from schools.roles import Role
from tests import factories as make
from tests.engagement.factories import make_conversation, make_draft, part_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db):
    hub = make.make_hub("Exampleshire Music Hub")
    school = make.make_school("Millbrook Junior School", hub=hub)
    return hub, school, make.make_person(Role.HUB_OFFICER, hub, "Amira Okafor")


def test_conversations_attempts_actions_and_reports_follow(town) -> None:
    hub, school, officer = town
    kept = make.make_contact("Tom Adeyemi", hub=hub, school=school)
    twice = make.make_contact("T Adeyemi", hub=hub, school=school, is_leader=True)
    conversation = make_conversation(
        school, by=officer, parts={school: PartEntry(people=[Person(contact=twice)], summary="We met.")}
    )
    attempts.log(school=school, how="call", by=officer, contact=twice)
    action = AgreedAction.objects.create(
        hub=hub, school=school, what="A choir", side="school", owner_name="T Adeyemi", contact=twice
    )
    chosen = [each for each in addressees_at(school=school, hub=hub) if each.contact == twice]
    sharing.share(part=part_of(conversation), recipients=chosen, by=officer)
    words = "1 conversation, 1 attempt, 1 agreed action and 1 report sent"
    assert contact_references.held_by([kept, twice]) == {kept.pk: "", twice.pk: words}

    merge = contact_merging.merge(kept=kept, merged=twice, take=(), by=officer)
    there = Participant.objects.get(side="school")
    assert [there.contact, *(model.objects.get().contact for model in (Attempt, AgreedAction, Recipient))] == [kept] * 4
    assert there.name == "T Adeyemi"  # as it was said then

    late = Attempt.objects.create(hub=hub, school=school, how="call", by=officer, at=merge.at, contact=kept)
    contact_merging.undo(merge=merge, by=officer)
    action.refresh_from_db()
    late.refresh_from_db()
    assert (action.contact, late.contact) == (twice, kept)
    assert contact_references.held_by([twice])[twice.pk] == words


def test_a_draft_that_ticked_the_merged_one_logs_the_one_who_stands_for_it(town, client) -> None:
    hub, school, officer = town
    kept = make.make_contact("Tom Adeyemi", hub=hub, school=school)
    twice = make.make_contact("T Adeyemi", hub=hub, school=school)
    conversation = make_draft(school, by=officer)
    part = part_of(conversation)
    draft = conversations.draft_of(conversation)
    draft.values |= {f"part-{part.uuid}-contacts": [str(twice.uuid), str(kept.uuid)]}
    draft.save()
    contact_merging.merge(kept=kept, merged=twice, take=(), by=officer)
    client.force_login(officer)
    page = client.get(reverse("engagement:conversation-edit", args=[conversation.uuid]))
    assert f'value="{twice.uuid}"' in page.content.decode()
    assert Contact.with_merged.get(pk=twice.pk).standing == kept
