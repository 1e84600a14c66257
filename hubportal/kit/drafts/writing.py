"""What changes a draft.

Every state is kept; where two people wrote the same field, one stands and the other is kept beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from hubportal.kit.drafts.merge import COUNTER, Clash, Merged, Step, Value, Values, merge, undo
from hubportal.kit.drafts.shape import Shape
from hubportal.kit.models import Author, Draft, DraftConflict, DraftRevision

if TYPE_CHECKING:
    from hubportal.accounts.models import User

LONGEST_FIELD = 100_000  # characters in one field; a development plan's longest section is a twentieth of it
LONGEST_WRITER = 44  # characters of a tab's name that are kept
PRESENT_FOR = timedelta(minutes=2)  # a page that is being looked at speaks up every twenty seconds


class DraftClosed(ValidationError):
    """The draft is no longer being written (shared, submitted, withdrawn)."""


class OtherPerson(ValidationError):
    """The page was made for one person and is sent by another: their words must not change hands."""


@dataclass(frozen=True)
class Change:
    """A field that was changed elsewhere: what it holds now, and by whom, in words ("" when not known)."""

    value: Value
    by: str


@dataclass
class SaveResult:
    """What a save came to. `refused` and `notes` are sentences for the person; `conflicts` are all that still stand.

    `settled` holds the fields that a choice made in the same post has written.
    """

    revision: int
    values: Values
    saved_at: datetime
    changed_by_others: dict[str, Change] = field(default_factory=dict)
    conflicts: list[DraftConflict] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    settled: Values = field(default_factory=dict)


def begin(*, kind: str, target: UUID, by: User, values: Mapping[str, Value] | None = None) -> Draft:
    """The open draft of this target, made with `values` if there is none.

    One query when it is there, two or three when not.
    """
    draft = find(kind=kind, target=target)
    if draft is not None:
        return draft
    try:
        with transaction.atomic():
            kept, _refused, _notes = clean(values or {}, None)
            return Draft.objects.create(kind=kind, target=target, values=kept, created_by=by)
    except IntegrityError:  # somebody else began it in the same moment: theirs is the one
        return Draft.objects.open_for(kind, target).get()


def find(*, kind: str, target: UUID) -> Draft | None:
    """The open draft of this target, or None. One query."""
    return Draft.objects.open_for(kind, target).first()


@transaction.atomic
def close(*, draft: Draft, by: User, at: datetime | None = None) -> None:
    """End the writing, as when it is shared or submitted. Closing a closed one changes nothing. Two queries."""
    row = _lock(draft)
    if row.is_open:
        row.closed_at, row.closed_by = at or timezone.now(), by
        row.save(update_fields=["closed_at", "closed_by"])
    _refresh(draft, row)


@transaction.atomic
def save(
    *,
    draft: Draft,
    base_revision: int | None,
    values: Mapping[str, Value],
    by: User,
    writer: str = "",
    words_of: str = "",
    shape: Shape | None = None,
    at: datetime | None = None,
    held: bool = False,
) -> SaveResult:
    """Merge what one page holds into the draft and keep every word.

    `base_revision` is the revision the page was made from or last told of; None or an impossible number means not
    known. `writer` names the browser tab: its own unanswered saves are not somebody else's. `words_of` names whose
    words they are, where somebody without an account wrote what `by` saves. The same post again changes nothing. A
    field above LONGEST_FIELD characters is refused with a sentence in `refused`, the others are saved.
    Raises DraftClosed. Three queries when nobody else has written since, one or two more when somebody has; one less
    where the row is `held`: the caller has read it FOR UPDATE in this transaction.
    """
    at = at or timezone.now()
    author = Author(by, words_of)
    writer = tab(by, writer)
    row = draft if held else _lock(draft)
    if not row.is_open:
        raise DraftClosed("This is no longer a draft, so nothing was saved. Reload the page to see what it became.")
    shape = shape or Shape()
    mine, refused, notes = clean(values, shape)
    steps = _steps_since(row, base_revision)
    changed = _hold_back(row, mine, steps, writer, by)
    merged = merge(current=row.values, steps=steps, mine=mine, writer=writer, groups=shape.groups)
    changed |= {name: Change(row.values.get(name, ""), _whose(who, by)) for name, who in merged.changed.items()}
    changed |= _rows_of_others(row, values, merged, by)
    _keep_clashes(row, merged, shape, writer=writer, author=author, at=at)
    _write(row, merged.taken, writer=writer, author=author, at=at)
    _mark_present(row, by, at)
    row.save(update_fields=None if merged.taken or merged.clashes else ["present"])
    _refresh(draft, row)
    return SaveResult(row.revision, dict(row.values), at, changed, open_conflicts(row), refused, notes)


@transaction.atomic
def resolve(*, conflict: DraftConflict, choice: str, by: User, writer: str = "", at: datetime | None = None) -> bool:
    """Settle a conflict: "mine" (the words that came second), "theirs" (what stands now) or "both", one below the
    other.

    False when somebody has settled it already. Raises ValidationError for an unknown choice, or for "both" of a field
    that holds no free text, and DraftClosed. The words that lose stay in the conflict and in the history. Five queries.
    """
    at = at or timezone.now()
    row = Draft.objects.select_for_update(of=("self",)).get(pk=conflict.draft_id)
    held = DraftConflict.objects.get(pk=conflict.pk)  # read again under the draft's lock
    if held.resolved_at is not None:
        return False
    if not row.is_open:
        raise DraftClosed("This is no longer a draft, so there is nothing left to choose.")
    if choice not in DraftConflict.Choice.values or (choice == "both" and not held.joint):
        raise ValidationError("Choose whose words to keep.")
    # Written even where nothing changes, so that other pages learn that the choice was made.
    _write(row, _chosen(held, row.values, choice), writer=tab(by, writer), author=Author(by), at=at, touch=True)
    held.resolved_at, held.resolved_by, held.choice = at, by, choice
    held.save(update_fields=["resolved_at", "resolved_by", "choice"])
    row.conflicts_open -= 1
    row.save()
    return True


@transaction.atomic
def restore(*, draft: Draft, number: int, by: User, at: datetime | None = None) -> SaveResult:
    """Bring back the state of revision `number` as a new revision. What stands now stays in the history.

    Raises ValidationError when there is no such state, and DraftClosed. Five queries.
    """
    at = at or timezone.now()
    row = _lock(draft)
    if not row.is_open:
        raise DraftClosed("This is no longer a draft, so no earlier state can be brought back.")
    then = state_at(row, number)
    wanted = {name: then.get(name, "") for name in {*row.values, *then}}
    _write(row, {n: v for n, v in wanted.items() if row.values.get(n, "") != v}, writer="", author=Author(by), at=at)
    row.save()
    _refresh(draft, row)
    return SaveResult(row.revision, dict(row.values), at, conflicts=open_conflicts(row))


def history(draft: Draft) -> QuerySet[DraftRevision]:
    """Every saved state, the newest first, with who saved it. One query."""
    return draft.revisions.select_related("by").order_by("-number")


def state_at(draft: Draft, number: int) -> Values:
    """All values as they stood after revision `number` (0: as the draft began). One query over the revisions since."""
    if not 0 <= number <= draft.revision:
        raise ValidationError("There is no such saved state.")
    return undo(draft.values, _steps_since(draft, number) or [])


def open_conflicts(draft: Draft) -> list[DraftConflict]:
    """The conflicts that wait for a choice, the oldest first. No query when there are none."""
    if not draft.conflicts_open:
        return []
    return list(draft.conflicts.unresolved().select_related("by", "against").order_by("at", "field", "pk"))


def others_now(draft: Draft, user: User, within: timedelta = PRESENT_FOR, at: datetime | None = None) -> list[str]:
    """The names of the other people who had this draft open within that time, sorted. No query."""
    since = ((at or timezone.now()) - within).timestamp()
    mine = str(user.pk)
    return sorted(who["name"] for pk, who in draft.present.items() if pk != mine and who["at"] >= since)


def tab(by: User, writer: str) -> str:
    """One browser tab of one person, as rows keep it: a tab's name alone, which the browser makes up, proves
    nothing."""
    writer = _tidy(writer)[:LONGEST_WRITER]
    return f"{by.pk}.{writer}" if writer else ""


def _lock(draft: Draft) -> Draft:
    return Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)


def _refresh(draft: Draft, row: Draft) -> None:
    """The caller's copy of the row shows what was written."""
    if draft is not row:
        for column in Draft._meta.concrete_fields:
            setattr(draft, column.attname, getattr(row, column.attname))


def _whose(who: Author | None, reader: User) -> str:
    """Who wrote it, as the person who reads it is told."""
    if who is None:
        return ""
    return "you, in another window," if who.by.pk == reader.pk else str(who)


def clean(values: Mapping[str, Value], shape: Shape | None) -> tuple[Values, dict[str, str], list[str]]:
    """Values as they can be kept, those refused with a sentence, and notes.

    Line ends are made one kind: browsers send two.
    """
    kept: Values = {}
    refused: dict[str, str] = {}
    notes: list[str] = []
    label = shape.label if shape else str
    for name, value in values.items():
        if shape and shape.names and name not in shape.names:
            continue
        texts = [value] if isinstance(value, str) else list(value)
        tidy = [_tidy(text) for text in texts]
        if any("\0" in text for text in texts):
            notes.append(f"“{label(name)}” held characters that no text can hold; they were left out.")
        if sum(map(len, tidy)) > LONGEST_FIELD:
            refused[name] = (
                f"“{label(name)}” is longer than {LONGEST_FIELD:,} characters, so it was not saved. "
                "Your words are still on this page: shorten them or put part of them elsewhere."
            )
            continue
        kept[name] = tidy if len(tidy) > 1 else (tidy[0] if tidy else "")
    return kept, refused, notes


def _tidy(text: str) -> str:
    """One kind of line end, nothing that PostgreSQL cannot hold (null characters, halves of characters)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text.encode("utf-8", "replace").decode("utf-8")


def _steps_since(row: Draft, base: int | None) -> list[Step] | None:
    """The revisions after `base`, oldest first; None when there never was such a state.

    No query when nothing came after.
    """
    if base is None or not 0 <= base <= row.revision:
        return None
    if base == row.revision:
        return []
    revisions = row.revisions.filter(number__gt=base).select_related("by").order_by("number")
    return [Step(each.values, each.before, each.writer, each.author) for each in revisions]


def _hold_back(row: Draft, mine: Values, steps: list[Step] | None, writer: str, by: User) -> dict[str, Change]:
    """Take out of `mine` what this page holds in conflict: its words go on being kept in the conflict, not in the
    draft.

    Words that somebody has since decided against are not put back by a page that has not heard of it: they are
    reported changed.
    """
    changed: dict[str, Change] = {}
    if not (row.conflicts_ever and writer):
        return changed
    touched = {name for step in steps or () for name in step.values}
    standing_first = F("resolved_at").desc(nulls_first=True)
    for conflict in row.conflicts.filter(writer=writer).select_related("resolved_by").order_by(standing_first):
        names = tuple(conflict.parts) or (conflict.field,)
        if any(name not in mine for name in names):
            continue
        said: Value = [str(mine[name]) for name in names] if conflict.parts else mine[names[0]]
        if conflict.resolved_at is None:
            if said != conflict.mine and any(mine[name] != row.values.get(name, "") for name in names):
                conflict.earlier = [*conflict.earlier, conflict.mine]
                conflict.mine = said
                conflict.save(update_fields=["mine", "earlier"])
        elif said == conflict.mine and touched.intersection(names):
            whose = _whose(Author(conflict.resolved_by), by)
            changed |= {n: Change(row.values.get(n, ""), whose) for n in names if mine[n] != row.values.get(n, "")}
        else:
            continue
        for name in names:
            del mine[name]
    return changed


def _rows_of_others(row: Draft, posted: Mapping[str, Value], merged: Merged, reader: User) -> dict[str, Change]:
    """What stands in rows that others added: the page does not have them yet, and must not take them for empty ones
    of its own."""
    added = {name.removesuffix(COUNTER): by for name, by in merged.changed.items() if name.endswith(COUNTER)}
    return {
        name: Change(value, _whose(by, reader))
        for prefix, by in added.items()
        for name, value in row.values.items()
        if name.startswith(f"{prefix}-") and name not in posted
    }


def _keep_clashes(row: Draft, merged: Merged, shape: Shape, *, writer: str, author: Author, at: datetime) -> None:
    """A conflict row for each clash; the same words by the same person are kept once."""
    standing = open_conflicts(row) if merged.clashes else []
    for clash in merged.clashes:
        if any(_same(clash, each, author.by) for each in standing):
            continue
        against = clash.against or Author(row.updated_by or row.created_by)
        DraftConflict.objects.create(
            draft=row,
            field=clash.field,
            parts=list(clash.parts),
            joint=shape.joints.get(clash.field, ""),
            mine=clash.mine,
            theirs=clash.theirs,
            writer=writer,
            by=author.by,
            mine_of=author.words_of,
            against=against.by,
            theirs_of=against.words_of,
            at=at,
        )
        row.conflicts_ever += 1
        row.conflicts_open += 1


def _same(clash: Clash, conflict: DraftConflict, by: User) -> bool:
    return (conflict.field, conflict.by_id, conflict.mine) == (clash.field, by.pk, clash.mine)


def _chosen(conflict: DraftConflict, current: Mapping[str, Value], choice: str) -> Values:
    """The fields to write for a choice."""
    names = tuple(conflict.parts) or (conflict.field,)
    if choice == DraftConflict.Choice.THEIRS:
        return {name: current.get(name, "") for name in names}
    if choice == DraftConflict.Choice.MINE:
        return dict(zip(names, conflict.mine if conflict.parts else [conflict.mine], strict=True))
    texts = [text for text in (current.get(conflict.field, ""), conflict.mine) if text]
    return {conflict.field: conflict.joint.join(str(text) for text in texts)}


def _write(row: Draft, taken: Values, *, writer: str, author: Author, at: datetime, touch: bool = False) -> None:
    """A new revision of what changes (with `touch`, of what was chosen unchanged as well). The caller saves the row."""
    if not taken:
        return
    before = {name: row.values.get(name, "") for name in taken}
    if before == taken and not touch:
        return
    row.revision += 1
    DraftRevision.objects.create(
        draft=row,
        number=row.revision,
        values=taken,
        before=before,
        writer=writer,
        by=author.by,
        words_of=author.words_of,
        at=at,
    )
    row.values = {**row.values, **taken}
    row.updated_by, row.updated_at = author.by, at


def _mark_present(row: Draft, by: User, at: datetime) -> None:
    """Note that this person has the page open, and forget who has been away for a day."""
    since = (at - timedelta(days=1)).timestamp()
    row.present = {pk: who for pk, who in row.present.items() if who["at"] >= since}
    row.present[str(by.pk)] = {"name": str(by), "at": at.timestamp()}
