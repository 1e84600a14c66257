"""From the first word to the record: start a draft, write in it, move it, log it, take it up again.

What is typed lives in a kit draft (kind "conversation", target: the conversation's uuid) until `log` writes it into
rows.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement import rules
from engagement.actions import contact_dates, halves, recording, tenancy
from engagement.actions.entries import Entry
from engagement.models import Conversation, ConversationPart, Framework
from engagement.querysets import DRAFT
from hubportal.accounts.models import User
from hubportal.kit import drafts
from hubportal.kit.models import Draft
from schools.access import today
from schools.areas import outside
from schools.formerly import carried_since
from schools.models import School, Trust


@transaction.atomic
def start(
    *,
    schools: Sequence[School],
    by: User,
    form: str = Conversation.Form.QUICK,
    trust: Trust | None = None,
    values: Mapping[str, str | list[str]] | None = None,
    more: Callable[[ConversationPart], Mapping[str, str | list[str]]] | None = None,
) -> Conversation:
    """Begin a conversation with one school or several: the row, a part for each school, and the draft to write in.

    `values` are the draft's first words, as the form names them, and `more` gives those of each part: with it a new
    draft is made, whatever there is. Raises ValidationError where the schools are not
    this person's to write about, or the hub has no framework yet. About 12 queries and two a school.
    """
    place = tenancy.place_of(schools, by=by)
    untouched = None if more else _untouched(schools, by, form, trust)
    if untouched:
        return untouched
    framework = Framework.objects.current_for_hub(place.hub.pk, today()).first()
    if framework is None:
        raise ValidationError("There is no framework of criteria yet. Ask the platform’s administrator to publish one.")
    conversation = Conversation.objects.create(
        hub=place.hub, partner=place.partner, author=by, form=form, trust=trust, framework=framework
    )
    words = dict(values or {})
    for school in schools:
        part = ConversationPart.objects.create(conversation=conversation, school=school)
        words |= more(part) if more else {}
    drafts.begin(kind=DRAFT, target=conversation.uuid, values=words, by=by)
    return conversation


def _untouched(schools: Sequence[School], by: User, form: str, trust: Trust | None) -> Conversation | None:
    """The person's own draft about the very same schools in which nobody has typed: pressing the button twice makes
    one draft."""
    mine = Conversation.objects.filter(
        author=by, state=Conversation.State.DRAFT, form=form, trust=trust, parts__school=schools[0]
    )
    wanted = {school.pk for school in schools}
    for conversation in mine.order_by("-created_at")[:3]:
        draft = draft_of(conversation)
        if draft and draft.revision == 0 and set(conversation.parts.values_list("school", flat=True)) == wanted:
            return conversation
    return None


def first_words(*, conversation: Conversation) -> None:
    """Somebody has typed into it: from now on the hub sees in the timeline that there is a draft. Doing it again
    changes nothing. Three queries a school."""
    if conversation.state == Conversation.State.DRAFT:
        for part in conversation.parts.select_related("school", "conversation__hub"):
            recording.note_draft(part=part)


def draft_of(conversation: Conversation) -> Draft | None:
    """The open draft, or None where the conversation is logged and nobody is changing it. One query."""
    return drafts.find(kind=DRAFT, target=conversation.uuid)


@transaction.atomic
def take_up(*, conversation: Conversation, values: Mapping[str, str | list[str]], by: User) -> Draft:
    """Open a logged conversation for changes: a new draft with the record's own words. The record stands until it
    is logged again. The open draft where there is one. Two queries."""
    return drafts.begin(kind=DRAFT, target=conversation.uuid, values=values, by=by)


@transaction.atomic
def open_full(*, conversation: Conversation, by: User) -> None:
    """Go on in the full form. Both forms name their fields alike, so nothing typed is lost. One query."""
    conversation.form = Conversation.Form.FULL
    conversation.save(update_fields=["form", "updated_at"])


@transaction.atomic
def move(*, part: ConversationPart, to: School, by: User, words_to_clear: Sequence[str] = ()) -> ConversationPart:
    """Move a part to another school, as when the wrong one was picked: a draft's, or one that was logged and that no
    school was given. `words_to_clear` are the draft's fields that name people or actions of the former school; the
    people of its contacts who were logged go too. Everything else that was written stays.

    Raises ValidationError for a part that was shared, a school in another hub's area or not this person's, one that is
    in the conversation already, and one with which nobody can have spoken on the day that was logged.
    """
    conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=part.conversation_id)
    if part.versions.exists():
        raise ValidationError(
            "This was shared with the school. Withdraw it from the school, with a reason, and log it again."
        )
    _check_place(conversation, to, by)
    recording.forget_part(part=part)
    before, part.school, part.conversation = part.school, to, conversation
    part.save(update_fields=["school"])
    draft = draft_of(conversation)
    if conversation.state == Conversation.State.LOGGED:
        recording.move_part(part=part, before=before)
        for school in (before, to):
            contact_dates.refresh(hub=conversation.hub, school=school)
    elif draft and draft.revision:
        recording.note_draft(part=part)
    cleared = {name: "" for name in words_to_clear if draft and name in draft.values}
    if draft and cleared:
        drafts.save(draft=draft, base_revision=draft.revision, values=cleared, by=by)
    return part


def _check_place(conversation: Conversation, to: School, by: User) -> None:
    """Raises ValidationError where the conversation cannot be about this school."""
    place = tenancy.place_of([to], by=by)
    if place.hub.pk != conversation.hub_id:
        raise ValidationError(f"{to.name} is in another hub’s area, so this cannot be moved there.")
    if conversation.partner_id and place.partner and place.partner.pk != conversation.partner_id:
        raise ValidationError(f"{to.name} is not entrusted to {conversation.partner}.")
    if conversation.parts.filter(school=to).exists():
        raise ValidationError(f"{to.name} is in this conversation already.")
    if conversation.state == Conversation.State.LOGGED and conversation.date:
        problem = rules.date_problem(conversation.date, [to], today(), carried_since([to]))
        if not problem and outside(conversation.hub, [to], conversation.date):
            problem = rules.outside_problem(to, conversation.hub.name)
        if problem:
            raise ValidationError(problem)


@transaction.atomic
def discard(*, conversation: Conversation, by: User) -> bool:
    """Throw a draft away. What was typed stays in the draft's history. True where the whole conversation went,
    False where only the changes to a logged one did."""
    draft = draft_of(conversation)
    if draft:
        drafts.close(draft=draft, by=by)
    if conversation.state == Conversation.State.LOGGED:
        return False
    for part in conversation.parts.select_related("school", "conversation__hub"):
        recording.forget_part(part=part)
    conversation.delete()
    return True


@transaction.atomic
def log(
    *, conversation: Conversation, entry: Entry, by: User, at: datetime | None = None, revision: int | None = None
) -> Conversation:
    """Write what was said into the record, for the first time or again, and close the draft.

    Parts, people, judgements, findings and actions are matched with those that stand already: an action keeps its
    state, its notes and its history. Versions that a school was given are not touched. Raises ValidationError with
    a sentence where the entry breaks a rule (see `engagement.rules`), or where the draft is no longer at `revision`,
    the state that the entry was made from. About 25 queries and 20 a school.
    """
    at = at or timezone.now()
    row = Conversation.objects.select_for_update(of=("self",)).select_related("hub", "partner").get(pk=conversation.pk)
    draft = draft_of(row)
    if draft and revision is not None and draft.revision != revision:
        raise ValidationError("Somebody else has just written in this draft. Read it through, then log it.")
    parts = {part.uuid: part for part in row.parts.select_related("school")}
    recording.check(conversation=row, parts=parts, entry=entry)
    row.state = Conversation.State.LOGGED
    row.logged_at = row.logged_at or at
    recording.write_common(conversation=row, entry=entry)
    for uuid, part in parts.items():
        part.conversation = row
        recording.write_part(part=part, entry=recording.part_entry(entry, uuid), by=by, at=at)
    for part in parts.values():
        recording.write_timeline(part=part)
        contact_dates.refresh(hub=row.hub, school=part.school)
    halves.take_along(conversation=row, by=by)
    if draft:
        drafts.close(draft=draft, by=by)
    conversation.refresh_from_db()
    return conversation
