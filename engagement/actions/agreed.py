"""What becomes of an agreed action between conversations: either side brings it on, closes it, writes a note, and the
hub moves its date or gives it to somebody else."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement import rules
from engagement.actions import promises
from engagement.models import AgreedAction
from engagement.promised import who
from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.models import Partner

NOTHING_SAID = "Choose what has changed, or write a note"
NO_REASON = "Say why it is dropped"
NO_REOPENING_NOTE = "Say why it is open again"


@transaction.atomic
def update(
    *,
    action: AgreedAction,
    state: str,
    seen: str = "",
    note: str = "",
    reason: str = "",
    by: User,
    at: datetime | None = None,
) -> bool:
    """Bring an action to a state (or leave it in its own) and keep a note. `seen` is the state that the person's page
    showed. The same press twice changes nothing the second time; says whether anything changed.

    Raises ValidationError when nothing was said, when it is dropped without a reason or opened again without a note,
    and when somebody else brought it to a third state in the meantime. About eight queries.
    """
    locked = _locked(action)
    state, note, reason = AgreedAction.State(state), note.strip(), reason.strip()
    if seen and locked.state not in (seen, state):
        if state != seen:
            raise ValidationError(_overtaken(locked))
        state = AgreedAction.State(locked.state)  # the person left it as it was: only the note is theirs
    if state != locked.state:
        _check(locked, state, note, reason)
    elif note and _is_last_note(locked, note, by):
        return False
    elif not note:
        if seen and seen != state:
            return False
        raise ValidationError(NOTHING_SAID)
    promises.change(action=locked, state=state, note=note, reason=reason, by=by, at=at or timezone.now())
    action.refresh_from_db()
    return True


@transaction.atomic
def mark_done(*, action: AgreedAction, by: User, at: datetime | None = None) -> bool:
    """Done, in one press. Says whether this press did it: one that is done already stays as it was. Raises
    ValidationError for one that was dropped: it is opened again first."""
    locked = _locked(action)
    if locked.state == AgreedAction.State.DROPPED:
        raise ValidationError(_overtaken(locked))
    if locked.state == AgreedAction.State.DONE:
        return False
    promises.change(action=locked, state=AgreedAction.State.DONE, by=by, at=at or timezone.now())
    action.refresh_from_db()
    return True


@transaction.atomic
def undo_done(*, action: AgreedAction, by: User, at: datetime | None = None) -> bool:
    """To do again, after a press by mistake: a note keeps it. Says whether it was done."""
    locked = _locked(action)
    if locked.state != AgreedAction.State.DONE:
        return False
    state, note = AgreedAction.State.TO_DO, "Was marked done by mistake."
    promises.change(action=locked, state=state, note=note, by=by, at=at or timezone.now())
    action.refresh_from_db()
    return True


@transaction.atomic
def edit(
    *,
    action: AgreedAction,
    owner_name: str,
    due_on: date | None,
    side: str = "",
    partner: Partner | None = None,
    note: str = "",
    by: User,
    at: datetime | None = None,
) -> bool:
    """Give an action another owner or due date, and keep a note that says what was there before. `side` "" leaves it
    with hub, school or partner as it is; a partner's names the `partner`. Says whether anything changed. Raises
    ValidationError without an owner, for another hub's partner, for a date before the conversation, and for an action
    that is closed. About eight queries."""
    locked = _locked(action)
    owner_name = " ".join(owner_name.split())
    if not locked.is_open:
        raise ValidationError(_overtaken(locked))
    if not owner_name:
        raise ValidationError({"owner_name": "Enter who is to do it"})
    on = locked.part.conversation.date if locked.part else None
    if due_on and due_on != locked.due_on and on and (problem := rules.due_problem(due_on, on)):
        raise ValidationError({"due_on": problem})
    promises.check_side(locked.hub, side or locked.side, partner if side else locked.partner)
    changes, before = [], who(locked)
    if side and (side, partner) != (locked.side, locked.partner):
        locked.side, locked.partner, locked.owner_name = AgreedAction.Side(side), partner, owner_name
        changes.append(f"Given to {who(locked)}; it was {before}.")
    elif owner_name != locked.owner_name:
        changes.append(f"Given to {owner_name}; it was {locked.owner_name or 'nobody’s'}.")
    if due_on != locked.due_on:
        changes.append(f"Due {_day(due_on)}; it was due {_day(locked.due_on)}.")
    if not changes:
        return False
    locked.owner_name, locked.due_on = owner_name, due_on
    locked.owner, locked.contact = promises.owner_of(locked)
    locked.save(update_fields=["side", "partner", "owner_name", "due_on", "owner", "contact"])
    words = " ".join(filter(None, [*changes, note.strip()]))
    promises.change(action=locked, note=words, by=by, at=at or timezone.now())
    action.refresh_from_db()
    return True


def _locked(action: AgreedAction) -> AgreedAction:
    rows = AgreedAction.objects.select_for_update(of=("self",))
    return rows.select_related("hub", "school", "partner", "part__conversation").get(pk=action.pk)


def _check(action: AgreedAction, state: str, note: str, reason: str) -> None:
    if state == AgreedAction.State.DROPPED and not reason:
        raise ValidationError({"reason": NO_REASON})
    if not action.is_open and state in AgreedAction.OPEN_STATES and not note:
        raise ValidationError({"note": NO_REOPENING_NOTE})


def _is_last_note(action: AgreedAction, note: str, by: User) -> bool:
    last = action.notes.order_by("-at", "-pk").first()
    return last is not None and (last.text, last.by_id) == (note, by.pk)


def _overtaken(action: AgreedAction) -> str:
    """What somebody else made of it in the meantime."""
    if action.closed_at is None:
        return f"Somebody else set this to “{action.get_state_display().lower()}” in the meantime. Look at it again."
    done = "done" if action.state == AgreedAction.State.DONE else "dropped"
    by = f" by {action.closed_by_name}" if action.closed_by_name else ""
    return f"This was marked {done}{by} on {long_date(action.closed_at)}. Open it again first, with a note."


def _day(day: date | None) -> str:
    return long_date(day) if day else "on no date"
