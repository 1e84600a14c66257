"""What a hub makes of a change in the register: done, somebody's, dismissed, or new again. The history keeps each."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from hubportal.accounts.models import User
from schools.actions.relationships import may_own
from schools.models import ChangeNotice

State = ChangeNotice.State
LONGEST_NOTE = 300


def finish(*, notice: ChangeNotice, by: User, note: str | None = None) -> ChangeNotice:
    """Note that what the change asked for is done. Without a `note`, the one that stands there stays. Two
    statements."""
    return _decide(notice, State.DONE, by, note)


def dismiss(*, notice: ChangeNotice, by: User, note: str = "") -> ChangeNotice:
    """Note that nothing needs doing. Two statements."""
    return _decide(notice, State.DISMISSED, by, note)


def assign(*, notice: ChangeNotice, to: User, by: User, note: str = "") -> ChangeNotice:
    """Give it to a colleague: it stands on their Today page. Three statements.

    Raises ValidationError when they are not a manager or officer of the hub or of one of its partners."""
    if not may_own(hub=notice.hub).filter(user=to).exists():
        raise ValidationError({"who": f"{to} is not a manager or officer of {notice.hub} or of one of its partners"})
    return _decide(notice, State.ASSIGNED, by, note, to)


def reopen(*, notice: ChangeNotice, by: User) -> ChangeNotice:
    """Put it back among the new ones, with the note that stands there. Two statements."""
    return _decide(notice, State.NEW, by, None)


@transaction.atomic
def _decide(notice: ChangeNotice, state: str, by: User, note: str | None, to: User | None = None) -> ChangeNotice:
    notice = ChangeNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    notice.state, notice.assigned_to = state, to
    notice.note = notice.note if note is None else note.strip()[:LONGEST_NOTE]
    notice.decided_by, notice.decided_at = by, timezone.now()
    notice.save(update_fields=["state", "assigned_to", "note", "decided_by", "decided_at"])
    return notice
