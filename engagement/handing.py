"""How this room's records go over to the hub that takes a school over: see `schools.handing`.

The copies read as the giving hub wrote them. The receiving hub neither changes nor shares them, and counts none of them
as its own work; open actions are the exception, since somebody must still keep them.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from engagement.actions import attempts, contact_dates, promises, recording, support
from engagement.actions.sharing import release_source
from engagement.models import (
    ActionNote,
    AgreedAction,
    Attempt,
    Conversation,
    ConversationPart,
    Finding,
    Judgement,
    Participant,
    Response,
    SupportGiven,
)
from schools import timeline
from schools.handing import Copied, Handing, Kind, Passing, mark_of

CONVERSATION = ("author_id", "state", "form", "date", "minutes", "how", "kind", "trust_id", "framework_id")
CONVERSATION_WORDS = ("common_summary", "logged_at")
PART = ("summary", "challenge", "answer", "help_offered", "could_offer", "next_on", "next_note", "is_filled")
JUDGEMENT = ("criterion_id", "school_level", "hub_level", "agreed_level", "evidence", "next_step")
FINDING = ("kind", "criterion_id", "heading", "text", "next_step", "position")
SUPPORT = ("strand_id", "year", "term", "starts_on", "what", "by_id")
ACTION = ("what", "side", "owner_name", "due_on", "state", "shared_at", "position")


def _of(row, names: Iterable[str]) -> dict:
    return {name: getattr(row, name) for name in names}


class Conversations(Kind):
    """Logged conversations, each with this school's part: never drafts, what was withdrawn from the school, or another
    school's part of the same meeting."""

    noun = "conversation"
    sources = ("conversation", "response", "release")

    def held(self, passing: Passing) -> QuerySet[ConversationPart]:
        rows = ConversationPart.objects.filter(conversation__hub=passing.giver, school=passing.school)
        rows = rows.filter(conversation__state=Conversation.State.LOGGED, withdrawn_at=None)
        return rows.exclude(conversation__received_from=passing.receiver)

    def copy(self, handing: Handing) -> Copied:
        """A dozen statements for each conversation, and one for each row of it."""
        found = Copied()
        rows = self.held(handing).select_related("conversation", "school")
        for part in rows.order_by("conversation__date", "pk"):
            twin = self._conversation(part.conversation, handing)
            like, is_new = ConversationPart.objects.get_or_create(
                conversation=twin, school=handing.school, defaults=_of(part, PART)
            )
            handing.likes["part", part.pk] = like
            if is_new:
                self._rows_of(part, like, handing)
                found.number += 1
            recording.write_timeline(part=like)
            found.written.add(like.timeline_source)
            found.along.add(release_source(part))
            found.along |= {each.timeline_source for each in Response.objects.filter(version__part=part)}
        contact_dates.refresh(hub=handing.receiver, school=handing.school)
        return found

    def _conversation(self, row: Conversation, handing: Handing) -> Conversation:
        """The copy of the common part; a meeting of several schools is copied once, and keeps it. A partner's private
        notes stay with the partner and its hub."""
        mark = mark_of(row, handing)
        notes = row.private_notes if handing.with_private_notes and row.partner_id is None else ""
        twin, is_new = Conversation.objects.get_or_create(
            hub=handing.receiver,
            received_origin=mark["received_origin"],
            defaults={**mark, **_of(row, CONVERSATION), **_of(row, CONVERSATION_WORDS), "private_notes": notes},
        )
        if is_new:
            twin.strands.set(row.strands.all())
            _people(row, twin, None, None, handing)
        elif notes and not twin.private_notes:
            twin.private_notes = notes
            twin.save(update_fields=["private_notes", "updated_at"])
        return twin

    def _rows_of(self, part: ConversationPart, like: ConversationPart, handing: Handing) -> None:
        _people(part.conversation, like.conversation, part, like, handing)
        Judgement.objects.bulk_create(Judgement(part=like, **_of(each, JUDGEMENT)) for each in part.judgements.all())
        Finding.objects.bulk_create(Finding(part=like, **_of(each, FINDING)) for each in part.findings.all())


def _people(
    conversation: Conversation,
    twin: Conversation,
    part: ConversationPart | None,
    like: ConversationPart | None,
    handing: Handing,
) -> None:
    """Who was there, by name; those of the school as the contacts that they are in the receiving hub."""
    Participant.objects.bulk_create(
        Participant(
            conversation=twin,
            part=like,
            side=each.side,
            name=each.name,
            job_title=each.job_title,
            position=each.position,
            contact=handing.like("contact", each.contact_id),
        )
        for each in conversation.participants.filter(part=part)
    )


class Attempts(Kind):
    """Attempts without an answer. Their notes are the giving hub's own words: they go only with the private notes."""

    noun = "attempt"
    sources = ("attempt",)

    def held(self, passing: Passing) -> QuerySet[Attempt]:
        rows = Attempt.objects.filter(hub=passing.giver, school=passing.school)
        return rows.exclude(received_from=passing.receiver)

    def copy(self, handing: Handing) -> Copied:
        """Four statements for each."""
        found = Copied()
        rows = self.held(handing)
        for row in rows.order_by("at"):
            mark = mark_of(row, handing)
            like, is_new = Attempt.objects.get_or_create(
                hub=handing.receiver,
                school=handing.school,
                received_origin=mark["received_origin"],
                defaults={
                    **mark,
                    **_of(row, ("how", "at", "by_id")),
                    "contact": handing.like("contact", row.contact_id),
                    "note": row.note if handing.with_private_notes else "",
                },
            )
            found.number += is_new
            timeline.write(**attempts.timeline_fields(like))
            found.written.add(like.timeline_source)
        return found


class Support(Kind):
    """Kinds of support that were given: the receiving hub reads them, and counts none as its own."""

    noun = "kind of support,kinds of support"
    sources = ("support",)

    def held(self, passing: Passing) -> QuerySet[SupportGiven]:
        rows = SupportGiven.objects.filter(hub=passing.giver, school=passing.school)
        return rows.exclude(received_from=passing.receiver)

    def copy(self, handing: Handing) -> Copied:
        """Four statements for each."""
        found = Copied()
        for row in self.held(handing).select_related("strand").order_by("starts_on", "pk"):
            mark = mark_of(row, handing)
            like, is_new = SupportGiven.objects.get_or_create(
                hub=handing.receiver,
                received_origin=mark["received_origin"],
                defaults={**mark, **_of(row, SUPPORT), "school": handing.school},
            )
            found.number += is_new
            timeline.write(**support.timeline_fields(like))
            found.written.add(like.timeline_source)
        return found


class OpenActions(Kind):
    """What was agreed and is not done. The other hub keeps it from now on, and the school with it: the giver's own is
    closed, so that nobody is asked for the same thing twice. What was done or dropped goes along in the timeline."""

    noun = "open action"
    sources = ("action",)

    def held(self, passing: Passing) -> QuerySet[AgreedAction]:
        logged = Q(part__withdrawn_at=None, part__conversation__state=Conversation.State.LOGGED)
        rows = AgreedAction.objects.filter(Q(part=None) | logged, hub=passing.giver, school=passing.school)
        return rows.open().exclude(received_from=passing.receiver)

    def copy(self, handing: Handing) -> Copied:
        """A dozen statements for each."""
        found = Copied()
        closed = AgreedAction.objects.filter(
            Q(part=None) | Q(part__withdrawn_at=None), hub=handing.giver, school=handing.school
        ).exclude(state__in=AgreedAction.OPEN_STATES)
        found.along = {each.timeline_source for each in closed}
        rows = self.held(handing).select_related("hub", "school", "part")
        for row in rows.order_by("pk"):
            self._go_over(row, handing)
            found.number += 1
        return found

    def _go_over(self, row: AgreedAction, handing: Handing) -> None:
        values = _of(row, ACTION)
        if row.side != AgreedAction.Side.SCHOOL:
            values |= {"side": AgreedAction.Side.HUB, "owner_name": self._promiser(row)}
        like = AgreedAction.objects.create(
            hub=handing.receiver,
            school=handing.school,
            part=handing.like("part", row.part_id),
            contact=handing.like("contact", row.contact_id),
            **values,
            **mark_of(row, handing),
        )
        for note in row.notes.all():
            copy = ActionNote.objects.create(action=like, text=note.text, by_name=note.by_name)
            ActionNote.objects.filter(pk=copy.pk).update(at=note.at)
        promises.change(
            action=row,
            state=AgreedAction.State.DROPPED,
            reason=f"Handed over to {handing.receiver}, which keeps it from now on.",
            by=handing.by,
            at=handing.at,
        )

    @staticmethod
    def _promiser(row: AgreedAction) -> str:
        place = row.partner if row.partner_id else row.hub
        return ", ".join(filter(None, [row.owner_name, str(place)]))[:120]


KINDS = (Conversations, Attempts, Support, OpenActions)
