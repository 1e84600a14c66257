"""How an entry becomes rows. Used by `actions.conversations` inside its transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from engagement import rules
from engagement.actions import promises
from engagement.actions.entries import Entry, FindingEntry, JudgementEntry, PartEntry, Person
from engagement.models import Conversation, ConversationPart, Finding, Judgement, Participant
from hubportal.accounts.models import User
from schools import timeline
from schools.access import today
from schools.areas import outside
from schools.formerly import carried_since
from schools.models import Membership, School, TimelineEntry

TEXTS = ("summary", "challenge", "answer", "help_offered", "could_offer", "next_on", "next_note")
LEVELS = ("school_level", "hub_level", "agreed_level", "evidence", "next_step")
TIMELINE_TEXT = 300  # characters of what was said that the timeline shows


def part_entry(entry: Entry, uuid: UUID) -> PartEntry:
    """The school's part of an entry; an empty one where nothing was said about it."""
    return entry.parts.get(uuid) or PartEntry()


def check(*, conversation: Conversation, parts: Mapping[UUID, ConversationPart], entry: Entry) -> None:
    """Every rule that the forms hold, for whoever comes without a form. Raises ValidationError. One query."""
    problems: list[str] = []
    schools = [part.school for part in parts.values()]
    if problem := rules.date_problem(entry.date, schools, today(), carried_since(schools)):
        problems.append(problem)
    if entry.minutes is not None and (problem := rules.minutes_problem(entry.minutes)):
        problems.append(problem)
    problems += [
        rules.outside_problem(school, conversation.hub.name)
        for school in outside(conversation.hub, schools, entry.date)
    ]
    if unknown := set(entry.parts) - set(parts):
        problems.append(f"{len(unknown)} of the parts belong to another conversation.")
    for uuid in parts:
        said = part_entry(entry, uuid)
        if said.next_on and (problem := rules.next_problem(said.next_on, entry.date)):
            problems.append(problem)
        problems += [
            problem for each in said.actions if each.due_on and (problem := rules.due_problem(each.due_on, entry.date))
        ]
    if not entry.common_summary.strip() and not any(each.is_filled for each in entry.parts.values()):
        problems.append("Write what was said before you log it. One sentence is enough.")
    if problems:
        raise ValidationError(problems)


@transaction.atomic
def write_common(*, conversation: Conversation, entry: Entry) -> None:
    """The conversation's own columns, its strands and the people on the hub's side."""
    conversation.date, conversation.minutes = entry.date, entry.minutes
    conversation.how, conversation.kind = entry.how, entry.kind
    conversation.common_summary, conversation.private_notes = entry.common_summary, entry.private_notes
    conversation.save()
    conversation.strands.set(entry.strands)
    held = conversation.participants.filter(part=None)
    _write_people(
        conversation, None, held, [person for person in entry.people if person.side != Participant.Side.SCHOOL]
    )


@transaction.atomic
def write_part(*, part: ConversationPart, entry: PartEntry, by: User, at: datetime) -> None:
    """One school's part with its people, judgements, findings and actions. An organisation is asked for no judgements
    and findings: what stands of them stays."""
    for name in TEXTS:
        setattr(part, name, getattr(entry, name))
    part.is_filled = entry.is_filled
    part.save(update_fields=[*TEXTS, "is_filled"])
    _write_people(part.conversation, part, part.participants.all(), entry.people)
    if not part.school.is_organisation:
        _write_judgements(part, entry.judgements)
        _write_findings(part, entry.findings)
    promises.write(part=part, entries=entry.actions, by=by, at=at)
    promises.carry_on(part=part, changes=entry.changes, by=by, at=at)


def _write_people(
    conversation: Conversation, part: ConversationPart | None, held: Iterable[Participant], people: Iterable[Person]
) -> None:
    """The people on one side. Somebody who stood there already keeps the row; a contact keeps the role they had
    then."""
    standing = {_key(each.name, each.contact_id): each for each in held}
    users = _users_by_name(conversation) if part is None else {}
    seen: set[int] = set()
    for position, person in enumerate(people):
        contact = person.contact
        name = person.name or (contact.name if contact else "")
        row = standing.get(_key(name, contact.pk if contact else None)) or Participant(
            conversation=conversation, part=part
        )
        row.side = Participant.Side.SCHOOL if part else person.side
        row.name, row.contact, row.position = name, contact, position
        if person.job_title or not contact:
            row.job_title = person.job_title
        elif row._state.adding:
            row.job_title = contact.job_title
        row.user_id = contact.user_id if contact else users.get(name.casefold())
        row.save()
        seen.add(row.pk)
    for row in standing.values():
        if row.pk not in seen:
            row.delete()


def _key(name: str, contact_id: int | None) -> tuple[str, int | None]:
    return ("", contact_id) if contact_id else (name.casefold(), None)


def _users_by_name(conversation: Conversation) -> dict[str, int]:
    """The hub's and its partners' people by name; a name that two of them bear names nobody."""
    memberships = Membership.objects.current(today())
    ours = memberships.filter(hub=conversation.hub) | memberships.filter(partner__hub=conversation.hub)
    found: dict[str, set[int]] = {}
    for name, pk in ours.values_list("user__name", "user_id"):
        found.setdefault(name.casefold(), set()).add(pk)
    return {name: pks.pop() for name, pks in found.items() if len(pks) == 1}


def _write_judgements(part: ConversationPart, entries: Iterable[JudgementEntry]) -> None:
    standing = {each.criterion_id: each for each in part.judgements.all()}
    for entry in entries:
        row = standing.pop(entry.criterion.pk, None) or Judgement(part=part, criterion=entry.criterion)
        for name in LEVELS:
            setattr(row, name, getattr(entry, name))
        row.save()
    for row in standing.values():
        row.delete()


def _write_findings(part: ConversationPart, entries: Iterable[FindingEntry]) -> None:
    standing = {each.pk: each for each in part.findings.all()}
    for position, entry in enumerate(entries):
        row = (standing.pop(entry.row, None) if entry.row else None) or Finding(part=part)
        row.kind, row.heading, row.text, row.next_step = entry.kind, entry.heading, entry.text, entry.next_step
        row.criterion, row.position = entry.criterion, position
        row.save()
    for row in standing.values():
        row.delete()


def forget_part(*, part: ConversationPart) -> None:
    """Take a part out of its school's timeline."""
    timeline.remove(hub=part.conversation.hub, school=part.school, source=part.timeline_source)


@transaction.atomic
def move_part(*, part: ConversationPart, before: School) -> None:
    """A logged part that has been given another school: its actions go with it, the former school's contacts were not
    there, and it stands in the other timeline. Some four statements and five an action."""
    part.participants.exclude(contact=None).delete()
    promises.move(part=part, before=before)
    write_timeline(part=part)


def note_draft(*, part: ConversationPart) -> None:
    """A draft of the hub's stands in the timeline without its words; a partner's draft does not, before it is
    logged."""
    conversation = part.conversation
    if conversation.partner_id:
        return
    timeline.write(
        hub=conversation.hub,
        school=part.school,
        source=part.timeline_source,
        kind=TimelineEntry.Kind.CONVERSATION,
        audience=TimelineEntry.Audience.HUB,
        at=conversation.created_at,
        heading="Draft conversation",
        url=conversation.get_absolute_url(),
    )


def write_timeline(*, part: ConversationPart) -> None:
    """A logged part's entry, for the hub. One that the school was given is left alone: sharing again writes it."""
    conversation = part.conversation
    if conversation.date is None or part.versions.exists():
        return
    heading = conversation.get_kind_display()
    said = part.summary or (conversation.common_summary if part.is_filled else "")
    timeline.write(
        hub=conversation.hub,
        school=part.school,
        source=part.timeline_source,
        kind=TimelineEntry.Kind.CONVERSATION,
        audience=TimelineEntry.Audience.HUB,
        at=timezone.make_aware(datetime.combine(conversation.date, time())),
        is_whole_day=True,
        heading=heading if part.is_filled else f"{heading}: nothing noted for this school",
        detail=detail_of(part),
        text=said if len(said) <= TIMELINE_TEXT else f"{said[: TIMELINE_TEXT - 1].rstrip()}…",
        url=reverse("engagement:conversation-detail", args=[conversation.uuid]),
    )


def detail_of(part: ConversationPart) -> str:
    """How, how long and who, in a line: "Visit, 70 minutes · Amira Okafor with Ruth Pell, Tom Adeyemi". One query."""
    conversation = part.conversation
    people = list(conversation.participants.all())
    ours = ", ".join(each.name for each in people if each.part_id is None)
    theirs = ", ".join(each.name for each in people if each.part_id == part.pk)
    minutes = f", {conversation.minutes} minutes" if conversation.minutes else ""
    who = " with ".join(filter(None, [ours or str(conversation.author), theirs]))
    return f"{conversation.get_how_display()}{minutes} · {who}"
