"""A school handed over from one hub to another: what goes, what does not, what is learnt before both consent."""

import json
import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from engagement.actions import attempts, sharing
from engagement.models import (
    AgreedAction,
    Attempt,
    Conversation,
    ConversationPart,
    Meeting,
    MeetingGuest,
    SchoolHalf,
)
from hubportal.accounts.models import User
from schools import handing
from schools.access import today
from schools.actions import handovers
from schools.models import Contact, DatedFact, Handover, HubArea, Membership, Relationship, School, TimelineEntry
from schools.views.handovers import MANY
from tests import factories as make
from tests.engagement.factories import full_part, make_conversation, make_draft, make_half
from tests.engagement.shared_world import SECRET, World, make_other_world, make_world

pytestmark = pytest.mark.django_db

LAST_YEAR = today() - timedelta(days=300)
FACTS = "fact on its music,facts on its music"
NOTE = "Left a message with the clerk"


@pytest.fixture
def world() -> World:
    """A school with a conversation shared and released, a draft, one that was withdrawn, and an attempt."""
    made = make_world()
    make.make_contact("Gone Already", hub=made.hub, school=made.school, left_on=today())
    for words in ("artsmark gold", "lead-school primary"):
        make.make_dated_fact(words, hub=made.hub, school=made.school, by=made.officer)
    made.share()
    sharing.release(part=made.part, by=made.head)
    attempts.log(school=made.school, how="call", note=NOTE, by=made.officer)
    make_draft(made.school, by=made.officer)
    gone = make_conversation(
        made.school,
        by=made.officer,
        on=today() - timedelta(days=4),
        parts={made.school: full_part(made.hub, summary="Wrong school")},
    )
    part = gone.parts.get()
    sharing.share(part=part, recipients=made.addressees(), by=made.officer)
    sharing.withdraw(part=part, reason="The wrong school", by=made.officer)
    return made


@pytest.fixture
def there(world: World) -> World:
    other = make_other_world()
    moves(world, other)
    return other


def moves(world: World, to: World) -> None:
    """The authority of the school goes over to the other hub today."""
    HubArea.objects.filter(authority=world.school.authority, ends_on=None).update(ends_on=today())
    HubArea.objects.create(hub=to.hub, authority=world.school.authority, starts_on=today())


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def offer(world: World, **fields) -> Handover:
    return handovers.offer(school=world.school, giver=world.hub, by=world.manager, **{"with_history": True, **fields})


def hand_over(world: World, there: World, **fields) -> Handover:
    return handovers.accept(handover=offer(world, **fields), by=there.manager)


def received(model, there: World):
    return model.objects.filter(hub=there.hub, received_from__isnull=False)


def test_offer_counts_what_would_go(world: World, there: World) -> None:
    row = offer(world)
    assert row.receiver == there.hub
    opened = AgreedAction.objects.filter(hub=world.hub).open().count()
    assert row.counts == [
        ["contact", 3],
        [FACTS, 2],
        ["conversation", 1],
        ["attempt", 1],
        ["kind of support,kinds of support", 0],
        ["open action", opened],
        ["delivery,deliveries", 0],
        ["engagement risk", 0],
        ["meeting to come,meetings to come", 0],
        ["set of a school’s answers,sets of a school’s answers", 0],
        ["introduction", 0],  # they name the giver's other schools: none goes over
        ["review of a plan,reviews of plans", 0],
        ["look at a plan kept elsewhere,looks at plans kept elsewhere", 0],
    ]
    assert opened > 0
    handovers.withdraw(handover=row, by=world.manager)
    assert offer(world, with_history=False).counts == [["contact", 2], [FACTS, 1]]


# --- The emails ----------------------------------------------------------------------------------------------------


def link_in(body: str) -> str:
    """The one link of an email, without the portal's address."""
    (found,) = re.findall(rf"^{settings.BASE_URL}(/\S+)$", body, re.MULTILINE)
    return found


def test_offer_emails_the_other_hubs_managers_once_for_all_schools(
    world: World, there: World, django_capture_on_commit_callbacks
) -> None:
    make.make_person("hub_manager", there.hub, is_active=False)
    colleague = make.make_person("hub_manager", there.hub)
    neighbour = make.make_school("Neighbour School", authority=world.school.authority)
    pairs = [(world.school, world.hub), (neighbour, world.hub)]
    with django_capture_on_commit_callbacks(execute=True):
        handovers.offer_all(pairs=pairs, by=world.manager, with_history=True, note="Between us.")
    assert [each.to for each in mail.outbox] == [[there.manager.email], [colleague.email]]
    letter = mail.outbox[0]
    assert letter.subject == f"{world.hub} offers you 2 schools"
    assert letter.reply_to == [world.manager.email]
    assert f"{world.school}, URN {world.school.urn}\nNeighbour School, URN {neighbour.urn}\n" in letter.body
    assert "Between us" not in letter.body
    assert link_in(letter.body) == reverse("schools:handover-list")


def test_offer_of_one_school_leads_to_it_and_a_refused_one_emails_nobody(
    world: World, there: World, django_capture_on_commit_callbacks
) -> None:
    address = reverse("schools:handover-offer") + f"?school={world.school.urn}"
    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in(world.manager).post(address, {"what": "history"}, follow=True)
    assert "managers are told by email" in answer.content.decode()
    assert [each.subject for each in mail.outbox] == [f"{world.hub} offers you {world.school}"]
    assert link_in(mail.outbox[0].body) == Handover.objects.get().get_absolute_url()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ValidationError, match="offered already"):
        handovers.offer_all(pairs=[(world.school, world.hub)], by=world.manager, with_history=True)
    assert len(mail.outbox) == 1


def test_offer_emails_the_hub_itself_where_nobody_manages_it(
    world: World, there: World, django_capture_on_commit_callbacks
) -> None:
    Membership.objects.filter(hub=there.hub).update(ends_on=today())
    with django_capture_on_commit_callbacks(execute=True):
        handovers.offer_all(pairs=[(world.school, world.hub)], by=world.manager, with_history=True)
    assert [each.to for each in mail.outbox] == [[there.hub.email]]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"answer": "accept"}, "has a copy of what was offered"),
        ({"answer": "decline"}, "You can offer it again."),
        ({"answer": "decline", "reason": "Not ours."}, "They say why on the page of the offer. You can"),
    ],
)
def test_answer_emails_who_offered_it(
    world: World, there: World, django_capture_on_commit_callbacks, answer: dict, said: str
) -> None:
    make.make_person("hub_manager", world.hub)
    row = offer(world)
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(there.manager).post(row.get_absolute_url(), answer)
    (letter,) = mail.outbox
    word = "accepted" if answer["answer"] == "accept" else "declined"
    assert (letter.to, letter.subject) == ([world.manager.email], f"{there.hub} has {word} {world.school}")
    assert said in letter.body and "Not ours" not in letter.body
    assert "\n\n\n" not in letter.body
    assert link_in(letter.body) == row.get_absolute_url()
    assert signed_in(world.manager).get(link_in(letter.body)).status_code == 200


def test_answer_emails_the_managers_where_who_offered_it_has_left(
    world: World, there: World, django_capture_on_commit_callbacks
) -> None:
    successor = make.make_person("hub_manager", world.hub)
    row = offer(world)
    Membership.objects.filter(user=world.manager).update(ends_on=today())
    with django_capture_on_commit_callbacks(execute=True):
        handovers.decline(handover=row, by=there.manager)
    assert [each.to for each in mail.outbox] == [[successor.email]]


def test_nothing_is_copied_or_seen_before_both_consent(world: World, there: World) -> None:
    """The other hub learns the school's name, and how much: no word of any record, on any page of the handover."""
    words = ("Ruth Pell", "Tom Adeyemi", "Singing is a strength", NOTE, SECRET)
    row = offer(world, note="Happy to talk.")
    client = signed_in(there.manager)
    pages = [
        client.get(address).content.decode()
        for address in (
            reverse("schools:handover-list"),
            row.get_absolute_url(),
            reverse("engagement:today"),
            world.school.get_absolute_url(),
            reverse("engagement:conversation-list"),
            reverse("engagement:action-list"),
        )
    ]
    assert world.school.name in pages[1] and "Happy to talk." in pages[1]
    assert not [word for word in words for page in pages if word in page]
    for model in (Conversation, Attempt, AgreedAction, Contact, TimelineEntry, Relationship):
        assert not model.objects.visible_to(fresh(there.manager)).filter(hub=world.hub).exists()
    for model in (Attempt, AgreedAction, Contact, TimelineEntry, Relationship):
        assert not model.objects.filter(hub=there.hub, school=world.school).exists()
    handovers.decline(handover=row, by=there.manager)
    assert not received(Conversation, there).exists()


def test_accepted_history_is_the_other_hubs_own_and_marked(world: World, there: World) -> None:
    row = hand_over(world, there)
    conversation = received(Conversation, there).get()
    assert (conversation.received_from, conversation.received_origin) == (world.hub, world.conversation.uuid)
    part, original = conversation.parts.get(), world.part
    for name in ("summary", "challenge", "answer", "help_offered", "could_offer", "next_on"):
        assert getattr(part, name) == getattr(original, name)
    assert part.judgements.count() == original.judgements.count() > 0
    assert part.findings.count() == original.findings.count() > 0
    assert sorted(each.name for each in conversation.participants.all()) == sorted(
        each.name for each in world.conversation.participants.all()
    )
    assert [each.how for each in received(Attempt, there)] == ["call"]
    assert {each.name for each in Contact.objects.filter(hub=there.hub, school=world.school)} == {
        "Ruth Pell", "Tom Adeyemi", "Gone Already",
    }  # fmt: skip
    assert row.copied[:4] == [["contact", 3], [FACTS, 2], ["conversation", 1], ["attempt", 1]]


def test_facts_go_over_as_the_other_hubs_own(world: World, there: World) -> None:
    """With the history also the Lead School, ended: which schools lead in its area, the other hub decides."""
    hand_over(world, there)
    artsmark, lead = DatedFact.objects.filter(hub=there.hub, school=world.school).order_by("value__kind")
    assert (artsmark.received_from, artsmark.ends_on, artsmark.recorded_by) == (world.hub, None, world.officer)
    assert (lead.received_from, lead.ends_on) == (world.hub, today())
    assert lead.end_reason == f"Handed over by {world.hub}"
    entries = TimelineEntry.objects.filter(hub=there.hub, school=world.school, kind="dated-fact")
    assert {(each.heading, each.audience, each.received_from) for each in entries} == {
        ("Artsmark: Gold", "hub", world.hub),
        ("Lead School: Primary", "hub", world.hub),
        ("Ended: Lead School: Primary", "hub", world.hub),
    }
    page = signed_in(there.manager).get(reverse("schools:dated-fact-list", args=[world.school.urn])).content.decode()
    assert f"from {world.hub}, recorded by {world.officer}" in page
    assert DatedFact.objects.filter(hub=world.hub, ended_at=None).count() == 2, "the giver keeps its own"


def test_facts_that_hold_go_over_without_the_history(world: World, there: World) -> None:
    make.make_dated_fact(
        "artsmark silver", hub=world.hub, school=world.school, by=world.officer, starts_on=date(2018, 9, 1)
    )
    make.make_dated_fact("artsmark gold", hub=there.hub, school=world.school, by=there.officer, starts_on=today())
    form = signed_in(world.manager).get(reverse("schools:handover-offer", query={"school": world.school.urn}))
    assert "The people you know there now, and what holds of its music" in form.content.decode()
    row = hand_over(world, there, with_history=False)
    assert row.copied == [["contact", 2], [FACTS, 1]]
    page = signed_in(there.manager).get(row.get_absolute_url()).content.decode()
    assert "The people known there and what holds of its music, without the history" in page
    mine = DatedFact.objects.filter(hub=there.hub, school=world.school)
    assert [(each.value.code, each.starts_on) for each in mine] == [("gold", today()), ("gold", make.LONG_AGO)]
    assert not TimelineEntry.objects.filter(hub=there.hub, kind="dated-fact").exists()


def test_private_notes_and_notes_of_attempts_go_only_if_ticked(world: World, there: World) -> None:
    hand_over(world, there)
    assert received(Conversation, there).get().private_notes == ""
    assert received(Attempt, there).get().note == ""
    assert not TimelineEntry.objects.filter(hub=there.hub, text__contains=NOTE).exists()
    hand_over(world, there, with_private_notes=True)
    assert received(Conversation, there).get().private_notes == SECRET


def test_ticked_private_notes_go_but_never_a_partners(world: World, there: World) -> None:
    Conversation.objects.filter(pk=world.conversation.pk).update(partner=world.partner)
    hand_over(world, there, with_private_notes=True)
    assert received(Conversation, there).get().private_notes == ""
    assert received(Attempt, there).get().note == NOTE


def test_drafts_and_what_was_withdrawn_do_not_go(world: World, there: World) -> None:
    hand_over(world, there)
    assert received(Conversation, there).count() == 1
    said = " ".join(TimelineEntry.objects.filter(hub=there.hub, school=world.school).values_list("text", flat=True))
    assert "Wrong school" not in said


def test_without_history_only_the_present_people_go(world: World, there: World) -> None:
    hand_over(world, there, with_history=False)
    assert {each.name for each in Contact.objects.filter(hub=there.hub, school=world.school)} == {
        "Ruth Pell", "Tom Adeyemi",
    }  # fmt: skip
    assert not received(Conversation, there).exists() and not received(Attempt, there).exists()
    entries = TimelineEntry.objects.filter(hub=there.hub, school=world.school)
    assert [entry.heading for entry in entries] == [f"Received from {world.hub}"]


def test_contact_whom_the_other_hub_knows_is_not_doubled(world: World, there: World) -> None:
    head = Contact.objects.get(hub=world.hub, name="Ruth Pell")
    make.make_contact("Ruth Pell", hub=there.hub, school=world.school, email=head.email.upper())
    row = hand_over(world, there)
    assert row.copied[0] == ["contact", 2]
    assert Contact.objects.filter(hub=there.hub, school=world.school, name="Ruth Pell").count() == 1


def test_another_schools_part_of_a_meeting_does_not_go(world: World, there: World) -> None:
    HubArea.objects.filter(hub=there.hub, authority=world.school.authority).delete()
    HubArea.objects.filter(hub=world.hub).update(ends_on=None)
    neighbour = make.make_school("Neighbour School", hub=world.hub)
    meeting = make_conversation(
        world.school,
        neighbour,
        by=world.officer,
        on=today() - timedelta(days=2),
        common_summary="To both",
        parts={
            world.school: full_part(world.hub, summary="Ours alone"),
            neighbour: full_part(world.hub, summary="NEIGHBOUR"),
        },
    )
    moves(world, there)
    hand_over(world, there)
    twin = received(Conversation, there).get(received_origin=meeting.uuid)
    assert [part.school for part in twin.parts.all()] == [world.school]
    assert (twin.common_summary, twin.parts.get().summary) == ("To both", "Ours alone")
    assert "NEIGHBOUR" not in json.dumps(list(ConversationPart.objects.filter(conversation=twin).values()), default=str)
    later = handovers.offer(school=neighbour, giver=world.hub, by=world.manager, with_history=True)
    handovers.accept(handover=later, by=there.manager)
    assert received(Conversation, there).filter(received_origin=meeting.uuid).count() == 1
    assert {part.school for part in twin.parts.all()} == {world.school, neighbour}


def test_giver_keeps_its_records_and_closes_its_open_actions(world: World, there: World) -> None:
    opened = list(AgreedAction.objects.filter(hub=world.hub).open().values_list("what", flat=True))
    before = {model: model.objects.filter(hub=world.hub).count() for model in (Conversation, Attempt, Contact)}
    hand_over(world, there)
    assert {model: model.objects.filter(hub=world.hub).count() for model in before} == before
    assert world.conversation.private_notes == SECRET
    assert not AgreedAction.objects.filter(hub=world.hub).open().exists()
    mine = received(AgreedAction, there).open()
    assert sorted(mine.values_list("what", flat=True)) == sorted(opened)
    assert {each.side for each in mine} <= {"hub", "school"}
    assert all(f", {world.hub}" in each.owner_name for each in mine if each.side == "hub")


def test_school_has_its_reports_once_and_each_open_action_once(world: World, there: World) -> None:
    def sees(user: User) -> tuple[int, int]:
        user = fresh(user)
        parts = ConversationPart.objects.shared_with(user)
        return parts.count(), AgreedAction.objects.visible_to(user).open().count()

    before = sees(world.head)
    entries = TimelineEntry.objects.visible_to(fresh(world.head)).filter(kind=TimelineEntry.Kind.CONVERSATION).count()
    hand_over(world, there)
    assert sees(world.head) == before
    after = TimelineEntry.objects.visible_to(fresh(world.head)).filter(kind=TimelineEntry.Kind.CONVERSATION).count()
    assert after == entries
    action = received(AgreedAction, there).filter(side="school").first() or received(AgreedAction, there).first()
    assert signed_in(world.head).get(action.get_absolute_url()).status_code == 200


def test_received_work_counts_in_no_figure_of_the_other_hub(world: World, there: World) -> None:
    """The school stands as one with which this hub has not spoken; what it was promised next is kept."""
    kept = hand_over(world, there)
    relationship = Relationship.objects.get(hub=there.hub, school=world.school)
    assert (relationship.last_conversation_on, relationship.last_attempt_on, relationship.attempts_since) == (
        None,
        None,
        0,
    )
    assert relationship.next_conversation_on == world.part.next_on
    assert Conversation.objects.own().filter(hub=there.hub, parts__school=kept.school).count() == 0
    school = School.objects.with_engagement(fresh(there.manager)).get(pk=world.school.pk)
    assert school.engagement == "never"
    attempts.log(school=world.school, how="call", by=there.officer)
    relationship.refresh_from_db()
    assert relationship.attempts_since == 1


def test_what_the_giver_decided_for_itself_stays_with_it(world: World, there: World) -> None:
    make.make_entry(hub=world.hub, school=world.school, heading="Paused", kind=TimelineEntry.Kind.HOLD)
    hand_over(world, there)
    kept = TimelineEntry.objects.filter(school=world.school, kind=TimelineEntry.Kind.HOLD)
    assert [entry.hub for entry in kept] == [world.hub]


def test_received_records_are_read_and_not_changed_or_shared(world: World, there: World) -> None:
    hand_over(world, there)
    conversation, attempt = received(Conversation, there).get(), received(Attempt, there).get()
    client = signed_in(there.manager)
    page = client.get(conversation.get_absolute_url()).content.decode()
    assert f"From {world.hub}, which handed the school over." in page
    assert "Change this record" not in page and "Singing is a strength" in page
    part = conversation.parts.get()
    assert client.get(reverse("engagement:part-share", args=[part.uuid])).status_code == 403
    assert client.post(reverse("engagement:part-withdraw", args=[part.uuid]), {"reason": "x"}).status_code == 403
    assert client.post(reverse("engagement:attempt-edit", args=[attempt.uuid]), {"note": "x"}).status_code == 403
    listed = client.get(reverse("engagement:conversation-list") + "?state=not_shared").context["table"].rows
    assert conversation.pk not in {row.record.pk for row in listed}
    with pytest.raises(ValidationError, match="not yours to share"):
        sharing.share(part=part, recipients=[], by=there.manager)


def test_timeline_of_the_other_hub_tells_the_history_and_whose_it_is(world: World, there: World) -> None:
    hand_over(world, there)
    page = signed_in(there.manager).get(world.school.get_absolute_url())
    rows = page.context["entries"]
    assert rows[0]["heading"] == f"Received from {world.hub}"
    told = {row["heading"]: row for row in rows[1:]}
    assert "Challenging conversation" in told and "Call, no answer" in told
    assert all(row["detail"].endswith(f"from {world.hub}") for row in rows[1:])
    assert told["Call, no answer"]["url"] == ""
    twin = received(Conversation, there).get()
    assert told["Challenging conversation"]["url"] == twin.get_absolute_url()


def test_going_back_brings_nothing_twice(world: World, there: World) -> None:
    """The school returns to the first hub a year later: its own records are still there, and are not copied again."""
    hand_over(world, there)
    moves(there_as(world, there), world)
    row = handovers.offer(school=world.school, giver=there.hub, by=there.manager, with_history=True)
    assert row.counts[1:4] == [[FACTS, 0], ["conversation", 0], ["attempt", 0]]
    handovers.accept(handover=row, by=world.manager)
    assert not received(Conversation, world).exists()


def there_as(world: World, there: World) -> World:
    """The other hub holding the school, so that it can move on from there."""
    HubArea.objects.filter(hub=world.hub, ends_on=today()).delete()
    HubArea.objects.filter(hub=there.hub, authority=world.school.authority).update(
        starts_on=today() - timedelta(days=300)
    )
    return world


def test_third_hub_learns_whose_work_it_was_first(world: World, there: World) -> None:
    hand_over(world, there)
    third = make_world("Thirdshire Music Hub", "Third School")
    there_as(world, there)
    moves(world, third)
    row = handovers.offer(school=world.school, giver=there.hub, by=there.manager, with_history=True)
    handovers.accept(handover=row, by=third.manager)
    assert received(Conversation, third).get().received_from == world.hub


def test_offer_and_answers_are_refused_with_a_sentence(world: World, there: World) -> None:
    with pytest.raises(ValidationError, match="is in the area of Samplefolk Music Hub itself"):
        handovers.offer(school=world.school, giver=there.hub, by=there.manager, with_history=True)
    with pytest.raises(ValidationError, match="only with the history"):
        offer(world, with_history=False, with_private_notes=True)
    with pytest.raises(ValidationError, match="has not ended"):
        other = make.make_authority()
        HubArea.objects.create(hub=world.hub, authority=other, starts_on=today())
        offer(world, for_ended_hub=True)
    row = offer(world)
    with pytest.raises(ValidationError, match="has been offered already"):
        offer(world)
    handovers.accept(handover=row, by=there.manager)
    for act in (handovers.accept, handovers.decline):
        with pytest.raises(ValidationError, match="was accepted already"):
            act(handover=row, by=there.manager)
    HubArea.objects.filter(authority=world.school.authority, ends_on=None).delete()
    with pytest.raises(ValidationError, match="No hub covers"):
        offer(world)


def test_offer_of_a_school_that_moved_on_is_not_accepted(world: World, there: World) -> None:
    row = offer(world)
    HubArea.objects.filter(hub=there.hub, authority=world.school.authority).delete()
    with pytest.raises(ValidationError, match="no longer in the area"):
        handovers.accept(handover=row, by=there.manager)
    assert not received(Conversation, there).exists()


# --- Pages -----------------------------------------------------------------------------------------------------------


def test_manager_offers_a_school_that_has_left_and_the_other_accepts(world: World, there: World) -> None:
    giver, receiver = signed_in(world.manager), signed_in(there.manager)
    listed = giver.get(reverse("schools:handover-list"))
    assert [each.school for each in listed.context["leavers"]] == [world.school]
    address = reverse("schools:handover-offer", query={"school": world.school.urn})
    assert "We hold: 3 contacts, 2 facts on its music, 1 conversation, 1 attempt" in giver.get(address).content.decode()
    refused = giver.post(address, {"what": "people", "with_private_notes": "on", "note": "Kept words"}).content.decode()
    assert "Private notes go only with the history." in refused and "Kept words" in refused
    said = giver.post(address, {"what": "history", "note": "Kept words"}, follow=True).content.decode()
    assert "Offered: 1 school. The other hub’s managers are told by email, and answer." in said
    assert "No answer yet." in said
    today_page = receiver.get(reverse("engagement:today")).content.decode()
    assert f"{world.hub} offers you its history of this school: 3 contacts, 2 facts on its music" in today_page
    row = Handover.objects.get()
    assert "Choose whether you accept" in receiver.post(row.get_absolute_url(), {}).content.decode()
    done = receiver.post(row.get_absolute_url(), {"answer": "accept"}, follow=True)
    assert done.redirect_chain[-1][0] == world.school.get_absolute_url()
    assert "Taken over: 3 contacts, 2 facts on its music, 1 conversation, 1 attempt" in done.content.decode()
    row.refresh_from_db()
    assert (row.state, row.offered_by, row.decided_by) == ("accepted", world.manager, there.manager)
    assert giver.get(reverse("schools:handover-list")).context["leavers"] == []


def test_all_schools_of_an_authority_are_offered_at_a_tick(world: World, there: World) -> None:
    authority = world.school.authority
    for number in range(MANY):
        make.make_relationship(hub=world.hub, school=make.make_school(f"School {number}", authority=authority))
    giver, receiver = signed_in(world.manager), signed_in(there.manager)
    listed = giver.get(reverse("schools:handover-list")).content.decode()
    assert f"All {MANY + 1} in {authority.name}" in listed and 'name="authority"' in listed
    address = reverse("schools:handover-offer", query={"authority": authority.code})
    assert f"Offer {MANY + 1} schools to {there.hub}" in giver.get(address).content.decode()
    giver.post(address, {"what": "people"})
    assert Handover.objects.open().count() == MANY + 1
    assert f"{MANY + 1} schools." in receiver.get(reverse("schools:handover-list")).content.decode()
    assert giver.get(address).status_code == 404, "nothing of it waits to be offered any more"
    assert receiver.get(address).status_code == 404, "nor is it this hub's to offer"


def test_declined_and_withdrawn_offers_can_be_made_again(world: World, there: World) -> None:
    receiver, giver = signed_in(there.manager), signed_in(world.manager)
    first = offer(world)
    receiver.post(first.get_absolute_url(), {"answer": "decline", "reason": "We know the school well."})
    assert "We know the school well." in giver.get(first.get_absolute_url()).content.decode()
    second = offer(world)
    said = giver.post(reverse("schools:handover-withdraw", args=[second.uuid]), follow=True).content.decode()
    assert "The offer is taken back." in said
    assert offer(world).is_open


def test_several_offers_are_answered_at_once_each_by_its_own_rules(
    world: World, there: World, django_capture_on_commit_callbacks
) -> None:
    """All but the one that was unticked, and the one whose school has moved on meanwhile."""
    second, unticked, moved = (make.make_school(f"{name} School", authority=world.school.authority) for name in "BCD")
    for school in (second, unticked, moved):
        make.make_relationship(hub=world.hub, school=school)
    schools = (world.school, second, unticked, moved)
    rows = [
        handovers.offer(school=each, giver=world.hub, by=world.manager, with_history=each == world.school)
        for each in schools
    ]
    School.objects.filter(pk=moved.pk).update(authority=make.make_authority())
    receiver, address = signed_in(there.manager), reverse("schools:handover-answer-all")
    assert f"{address}?answer=accept" in receiver.get(reverse("schools:handover-list")).content.decode()
    page = receiver.get(f"{address}?answer=accept")
    form = page.context["form"]
    assert (form["offers"].value(), form["answer"].value()) == ([str(each.uuid) for each in rows], "accept")
    assert "with its history: 3 contacts, 2 facts on its music" in page.content.decode()
    assert receiver.get(reverse("schools:handover-list")).context["to_answer"] != []
    ticked = [str(rows[number].uuid) for number in (0, 1, 3)]
    with django_capture_on_commit_callbacks(execute=True):
        said = receiver.post(address, {"offers": ticked, "answer": "accept"}, follow=True).content.decode()
    assert "Taken over: 2 schools. Whoever offered is told by email." in said
    assert f"D School: D School is no longer in the area of {there.hub}." in said
    states = [Handover.objects.get(pk=each.pk).state for each in rows]
    assert states == ["accepted", "accepted", "offered", "offered"]
    assert received(Conversation, there).count() == 1
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([world.manager.email], f"{there.hub} has accepted 2 schools")
    assert all(each.name in letter.body for each in (world.school, second)) and "C School" not in letter.body
    assert "\n\n\n" not in letter.body
    assert link_in(letter.body) == reverse("schools:handover-list")
    stale = receiver.post(address, {"offers": ticked[:2], "answer": "decline"}, follow=True).content.decode()
    assert "B School: This offer was accepted already." in stale and "Declined: " not in stale
    assert "Tick at least one school" in receiver.post(address, {"answer": "decline"}).content.decode()
    left = [str(each.uuid) for each in rows[2:]]
    receiver.post(address, {"offers": left, "answer": "decline", "reason": "Not ours."})
    assert {Handover.objects.get(pk=each.pk).reason for each in rows[2:]} == {"Not ours."}
    assert "Nothing waits for your answer." in receiver.get(address, follow=True).content.decode()
    assert signed_in(there.officer).get(address).status_code == 403


def test_offer_that_no_longer_waits_does_not_hold_up_the_others(world: World, there: World) -> None:
    """One of those on the page was taken back before the answer was sent; then the only one left was. What nobody
    offered to the hub is refused, and what was ticked is kept."""
    schools = [make.make_school(f"{name} School", authority=world.school.authority) for name in "BC"]
    pairs = [(each, world.hub) for each in (world.school, *schools)]
    rows = handovers.offer_all(pairs=pairs, by=world.manager, with_history=False)
    receiver, address = signed_in(there.manager), reverse("schools:handover-answer-all")
    handovers.withdraw(handover=rows[1], by=world.manager)
    said = receiver.post(address, {"offers": [str(each.uuid) for each in rows[:2]], "answer": "accept"}, follow=True)
    assert "Taken over: 1 school. Whoever offered is told by email." in said.content.decode()
    assert "B School: This offer was withdrawn already." in said.content.decode()
    answer = {"answer": "accept", "offers": [str(rows[2].uuid)]}
    third = make_world("Thirdshire Music Hub", "Third School")
    assert "One of these offers is not yours" in signed_in(third.manager).post(address, answer).content.decode()
    page = receiver.post(address, {**answer, "offers": [*answer["offers"], "x"]})
    assert "One of these offers is not yours" in page.content.decode()
    assert page.context["form"]["answer"].value() == "accept"
    assert Handover.objects.get(pk=rows[2].pk).is_open
    handovers.withdraw(handover=rows[2], by=world.manager)
    said = receiver.post(address, {"offers": [str(rows[2].uuid)], "answer": "accept"}, follow=True)
    assert "C School: This offer was withdrawn already." in said.content.decode()


def test_several_offers_are_taken_back_at_once_but_not_what_was_answered_meanwhile(world: World, there: World) -> None:
    second, unticked, answered = (
        make.make_school(f"{name} School", authority=world.school.authority) for name in "BCD"
    )
    rows = [
        handovers.offer(school=each, giver=world.hub, by=world.manager, with_history=each == world.school)
        for each in (world.school, second, unticked, answered)
    ]
    giver, address = signed_in(world.manager), reverse("schools:handover-withdraw-all")
    assert address in giver.get(reverse("schools:handover-list")).content.decode()
    page = giver.get(address)
    assert page.context["form"]["offers"].value() == [str(each.uuid) for each in rows]
    assert f"URN {world.school.urn}. To {there.hub}, with its history, offered on" in page.content.decode()
    assert "Tick at least one offer" in giver.post(address, {}).content.decode()
    ticked = [str(rows[number].uuid) for number in (0, 1, 3)]
    assert "not yours" in signed_in(there.manager).post(address, {"offers": ticked}).content.decode()
    handovers.decline(handover=rows[3], by=there.manager)
    said = giver.post(address, {"offers": ticked}, follow=True).content.decode()
    assert "Taken back: 2 offers. Nothing was copied." in said
    assert "D School: This offer was declined already." in said
    states = [Handover.objects.get(pk=each.pk).state for each in rows]
    assert states == ["withdrawn", "withdrawn", "offered", "declined"]
    assert signed_in(world.officer).post(address, {"offers": ticked}).status_code == 403
    giver.post(address, {"offers": [str(rows[2].uuid)]})
    assert "None of your offers waits for an answer." in giver.get(address, follow=True).content.decode()


def test_offers_form_answers_what_is_no_offer_at_all_in_plain_words(world: World, there: World) -> None:
    row = offer(world)
    for user, name, more in ((world.manager, "withdraw", {}), (there.manager, "answer", {"answer": "accept"})):
        address = reverse(f"schools:handover-{name}-all")
        said = signed_in(user).post(address, {"offers": ["x"], **more}).content.decode()
        assert "One of these offers is not yours. Look at what is ticked, and send it again" in said
        assert "not a valid value" not in said
    row.refresh_from_db()
    assert row.is_open


def test_only_the_managers_of_the_two_hubs_have_to_do_with_it(world: World, there: World) -> None:
    row = offer(world)
    third = make_world("Thirdshire Music Hub", "Third School")
    for user, status in ((world.officer, 403), (there.officer, 403), (third.manager, 404), (world.head, 404)):
        assert signed_in(user).get(row.get_absolute_url()).status_code == status
    assert signed_in(world.manager).post(row.get_absolute_url(), {"answer": "accept"}).status_code == 403
    withdraw = reverse("schools:handover-withdraw", args=[row.uuid])
    assert signed_in(there.manager).post(withdraw).status_code == 403
    address = reverse("schools:handover-offer", query={"school": world.school.urn})
    assert signed_in(there.manager).get(address).status_code == 404
    assert not received(Conversation, there).exists()


def test_handover_list_costs_the_same_for_one_and_three(world: World, there: World, django_assert_num_queries) -> None:
    client = signed_in(world.manager)
    address = reverse("schools:handover-list")
    client.get(address)
    with django_assert_num_queries(8):
        client.get(address)
    for _ in range(2):
        school = make.make_school(authority=world.school.authority)
        make.make_relationship(hub=world.hub, school=school)
    with django_assert_num_queries(8):
        assert len(client.get(address).context["leavers"]) == 3


def test_administrator_consents_for_a_hub_that_has_ended(
    world: World, there: World, django_capture_on_commit_callbacks
) -> None:
    admin = make.make_user("Nadia Farouk", is_superuser=True)
    client = signed_in(admin)
    address = reverse("admin:schools_handover_ended")
    page = client.get(address).content.decode()
    assert f"{world.hub}: 1 school to offer" in page and there.hub.name not in page
    assert client.post(address, {"giver": there.hub.pk, "with_history": "on"}).status_code == 200
    assert client.post(address, {"giver": world.hub.pk, "with_history": "on"}).status_code == 302
    row = Handover.objects.get()
    assert (row.for_ended_hub, row.offered_by, row.with_private_notes) == (True, admin, False)
    said = signed_in(there.manager).get(row.get_absolute_url()).content.decode()
    assert "Nadia Farouk, platform administrator, for a hub that has ended" in said
    again = client.post(address, {"giver": world.hub.pk, "with_history": "on"}).content.decode()
    assert "waits to be offered" in again
    with django_capture_on_commit_callbacks(execute=True):
        handovers.accept(handover=row, by=there.manager)
    (letter,) = mail.outbox
    assert letter.to == [admin.email]
    assert client.get(link_in(letter.body)).status_code == 200
    assert received(Conversation, there).count() == 1
    listed = client.get(reverse("admin:schools_handover_changelist")).content.decode()
    assert world.school.name in listed and "Singing" not in listed


def test_ended_hubs_are_those_that_cover_nothing_any_more(world: World, there: World) -> None:
    make.make_hub("Starting Hub", since=today() + timedelta(days=30))
    assert list(handing.ended_hubs()) == [world.hub]


def test_meetings_go_over_as_wishes_and_the_giver_calls_its_own_off(
    world: World, django_capture_on_commit_callbacks
) -> None:
    half, _ = make_half(world.school, by=world.officer, word="Choir")
    there = make_other_world()
    moves(world, there)
    at = timezone.now() + timedelta(days=6)
    met = Meeting.objects.create(
        hub=world.hub, school=world.school, state="agreed", officer=world.officer, starts_at=at, place="The hall"
    )
    MeetingGuest.objects.create(meeting=met, name="Rosa", email="rosa@school.example")
    wish = Meeting.objects.create(
        hub=world.hub, school=world.school, via="public", name="Ann", email="ann@school.example", wanted="Tuesday"
    )
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(world, there)
    copies = {each.received_origin: each for each in received(Meeting, there)}
    assert copies.keys() == {met.uuid, wish.uuid} and {each.state for each in copies.values()} == {"asked"}
    assert "Agreed with Exampleshire Music Hub for" in copies[met.uuid].wanted
    assert copies[met.uuid].name == "Rosa" and "The hall" in copies[met.uuid].wanted
    assert copies[wish.uuid].wanted == "Tuesday"
    assert {each.state for each in Meeting.objects.filter(hub=world.hub)} == {"cancelled"}
    assert any(each.to == ["rosa@school.example"] and "looks after the school" in each.body for each in mail.outbox)
    like = received(SchoolHalf, there).get()
    assert (like.received_origin, like.answer.values) == (half.uuid, half.answer.values)
    assert signed_in(there.officer).get(like.get_absolute_url()).status_code == 200
