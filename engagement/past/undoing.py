"""Taking out again exactly what a file brought in, but for what somebody has written onto since: that stays."""

from collections.abc import Callable, Iterable

from django.db.models import Exists, OuterRef, Q

from engagement.actions import contact_dates
from engagement.models import Attempt, Conversation, ConversationPart
from engagement.models.past import PastImport, PastRow, SupportGiven
from engagement.past.plan_dates import keeper
from engagement.querysets import DRAFT
from hubportal.accounts.models import User
from hubportal.kit.models import Draft
from schools.models import School, TimelineEntry

Kind, Outcome = PastRow.Kind, PastRow.Outcome
CHANGED = "Somebody has changed it since it was brought in."
SHARED = "It was shared with the school."
DRAFTED = "Somebody is writing in it."
GIVEN = "Something was agreed or judged in it since."
MOVED = "It stands at another school now."
GONE = "It is not there any more."


def undo(imported: PastImport, by: User, on_progress: Callable[[int], None]) -> dict[str, int]:
    """Take it out, in one transaction that the caller holds. Returns how many of each kind went, and under "kept" how
    many stay; each row of those says why. Some eighty statements, and for each hundred rows two: conversations and
    their parts go by the hundred; of plans six each."""
    rows = list(imported.rows.filter(outcome=Outcome.BROUGHT).select_related("school"))
    kept = _contacts_kept(imported, rows) | _attempts_kept(rows) | _support_kept(rows)
    schools = {row.school_id: row.school for row in rows if row.school}
    for done, row in enumerate((each for each in rows if each.kind == Kind.PLAN), start=1):
        if row.plan and (why := keeper().take_out(row.plan, by)):
            kept[row.pk] = why
        on_progress(done)
    going = [row for row in rows if row.pk not in kept]
    for row in rows:
        row.outcome = Outcome.KEPT if row.pk in kept else Outcome.UNDONE
        row.reason = kept.get(row.pk, "")
        if row.pk not in kept:
            row.plan = None
    PastRow.objects.bulk_update(rows, ["outcome", "reason", "plan"], batch_size=500)
    _remove(imported, going)
    contact_dates.refresh_schools(hub=imported.hub, schools=list(filter(None, schools.values())))
    found = {kind: sum(row.kind == kind for row in going) for kind in Kind.values}
    return found | {"kept": len(rows) - len(going)}


def _contacts_kept(imported: PastImport, rows: Iterable[PastRow]) -> dict[int, str]:
    """Why which conversations stay, by the row. Two queries."""
    mine = [row for row in rows if row.kind == Kind.CONTACT]
    drafts = Draft.objects.filter(kind=DRAFT, closed_at=None, target=OuterRef("conversation__uuid"))
    parts = ConversationPart.objects.filter(conversation__past_row__in=mine).annotate(
        is_drafted=Exists(drafts),
        has_more=Q(Exists(ConversationPart.objects.filter(pk=OuterRef("pk"), judgements__isnull=False)))
        | Q(Exists(ConversationPart.objects.filter(pk=OuterRef("pk"), findings__isnull=False)))
        | Q(Exists(ConversationPart.objects.filter(pk=OuterRef("pk"), agreed_actions__isnull=False))),
        is_shared=Exists(ConversationPart.objects.filter(pk=OuterRef("pk"), versions__isnull=False)),
    )
    found = {part.conversation_id: part for part in parts.select_related("conversation")}
    kept = {}
    for row in mine:
        part = found.get(row.conversation_id or 0)
        if part is None:
            continue  # nothing is there to take out
        if part.is_shared or part.withdrawn_at:
            kept[row.pk] = SHARED
        elif part.school_id != row.school_id:
            kept[row.pk] = MOVED
        elif imported.brought_at and part.conversation.updated_at > imported.brought_at:
            kept[row.pk] = CHANGED
        elif part.has_more:
            kept[row.pk] = GIVEN
        elif part.is_drafted:
            kept[row.pk] = DRAFTED
    return kept


def _attempts_kept(rows: Iterable[PastRow]) -> dict[int, str]:
    mine = [row for row in rows if row.kind == Kind.ATTEMPT]
    found = {each.pk: each for each in Attempt.objects.filter(past_row__in=mine)}
    kept = {}
    for row in mine:
        attempt = found.get(row.attempt_id or 0)
        if attempt and attempt.school_id != row.school_id:
            kept[row.pk] = MOVED
        elif attempt and (attempt.contact_id or attempt.note != row.values.get("note", attempt.note)):
            kept[row.pk] = CHANGED
    return kept


def _support_kept(rows: Iterable[PastRow]) -> dict[int, str]:
    mine = [row for row in rows if row.kind == Kind.SUPPORT]
    schools = dict(SupportGiven.objects.filter(past_row__in=mine).values_list("pk", "school_id"))
    return {row.pk: MOVED for row in mine if schools.get(row.support_id or 0, row.school_id) != row.school_id}


def _remove(imported: PastImport, rows: list[PastRow]) -> None:
    conversations = [row.conversation_id for row in rows if row.conversation_id]
    attempts = [row.attempt_id for row in rows if row.attempt_id]
    support = [row.support_id for row in rows if row.support_id]
    sources = [
        *(f"conversation:{uuid}" for uuid in _uuids(ConversationPart.objects.filter(conversation__in=conversations))),
        *(f"attempt:{uuid}" for uuid in _uuids(Attempt.objects.filter(pk__in=attempts))),
        *(f"support:{uuid}" for uuid in _uuids(SupportGiven.objects.filter(pk__in=support))),
    ]
    schools: set[School | None] = {row.school for row in rows}
    entries = TimelineEntry.objects.filter(hub=imported.hub, school__in=filter(None, schools), source__in=sources)
    entries.delete()
    Conversation.objects.filter(pk__in=conversations).delete()
    Attempt.objects.filter(pk__in=attempts).delete()
    SupportGiven.objects.filter(pk__in=support).delete()


def _uuids(rows) -> Iterable:
    return rows.order_by().values_list("uuid", flat=True)
