"""What a page of a draft is told, by template and by drafts.js, and what it sends back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString

from hubportal.kit import kept_forms
from hubportal.kit.drafts.shape import Shape, values_from
from hubportal.kit.drafts.writing import OtherPerson, SaveResult, open_conflicts, others_now, resolve, save, tab
from hubportal.kit.models import Author, Draft, DraftConflict
from hubportal.kit.wording import clock

if TYPE_CHECKING:
    from hubportal.accounts.models import User


NOT_RICH = SafeString()


@dataclass(frozen=True)
class ConflictPanel:
    """One conflict as it is shown: both sides as people read them, and whose they are. A rich field's sides are there
    as a page shows them, too."""

    id: str
    field: str
    label: str
    mine: str
    theirs: str
    heading: str
    mine_title: str
    theirs_title: str
    keep_mine: str
    keep_theirs: str
    yours: bool
    here: bool
    joinable: bool
    mine_html: SafeString = NOT_RICH
    theirs_html: SafeString = NOT_RICH


# The panel that drafts.js fills in for a conflict that comes up while the page is open.
BLANK = ConflictPanel("", "", "", "", "", "", "", "", "", "", yours=False, here=False, joinable=True)


@dataclass(frozen=True)
class DraftPage:
    """All that `kit/_draft_*.html` show. `writer` is new for each page made, so that two tabs are told apart."""

    id: str
    url: str
    person: str
    writer: str
    csrf_cookie: str
    revision: int
    saved: str
    others: list[str]
    conflicts: list[ConflictPanel]
    blank: ConflictPanel = BLANK


def page(
    *, draft: Draft, user: User, shape: Shape, url: str, key: UUID | None = None, at: datetime | None = None
) -> DraftPage:
    """The draft for a template. Its browsers keep their copies under `key`: for a page whose draft may become another.

    One query when there are open conflicts, one for the last writer's name when it is another's.
    """
    at = at or timezone.now()
    return DraftPage(
        id=str(key or draft.pk),
        url=url,
        person=str(user.pk),
        writer=uuid.uuid4().hex,
        csrf_cookie=settings.CSRF_COOKIE_NAME,
        revision=draft.revision,
        saved=_saved_words(draft, user, at),
        others=others_now(draft, user, at=at),
        conflicts=conflict_panels(draft, user, shape),
    )


def conflict_panels(draft: Draft, user: User, shape: Shape, writer: str = "") -> list[ConflictPanel]:
    """The open conflicts as shown to this person. `theirs` is what stands in the draft now. One query, or none."""
    return [_panel(each, draft, user, shape, writer) for each in open_conflicts(draft)]


def take_post(
    *, draft: Draft, post: QueryDict, by: User, shape: Shape, held: bool = False, words_of: str = ""
) -> SaveResult:
    """Save all that a page sends: its fields, the revision it was made from, and a conflict's choice where a button
    made one.

    Raises OtherPerson when the page was made for somebody else (they signed in in another tab of the same browser),
    DraftClosed, and ValidationError for a choice that cannot be made. Queries, `held` and `words_of` as `save`, six
    queries more for a choice.
    """
    made_for = post.get("draft_person", "")
    if made_for and made_for != str(by.pk):
        raise OtherPerson(
            f"This page was opened by somebody else, and you are now signed in as {by}. "
            "Nothing was saved under your name. Whoever wrote this must sign in again to keep it."
        )
    writer = post.get("draft_writer", "")
    with transaction.atomic():
        values = values_from(post, shape)
        base = _whole_number(post.get("draft_revision", ""))
        result = save(
            draft=draft,
            base_revision=base,
            values=values,
            by=by,
            writer=writer,
            words_of=words_of,
            shape=shape,
            held=held,
        )
        if chosen := post.get("draft_resolve", ""):
            _settle(draft, chosen, result, by=by, writer=writer)
    return result


def only_saving(post: QueryDict) -> bool:
    """Whether the person pressed "Save draft" or chose in a conflict, and so wants to stay on the page; or the words
    came back after a new sign-in, to be looked at first."""
    return any(name in post for name in ("draft_save", "draft_resolve", kept_forms.AGAIN))


def _settle(draft: Draft, chosen: str, result: SaveResult, *, by: User, writer: str) -> None:
    """Make the choice a button stands for ("<conflict id>:<choice>") and bring `result` up to date."""
    given, _, choice = chosen.partition(":")
    try:
        conflict = draft.conflicts.get(pk=uuid.UUID(given))
    except (ValueError, DraftConflict.DoesNotExist):
        raise ValidationError("This choice is not there any more. Reload the page.") from None
    if not resolve(conflict=conflict, choice=choice, by=by, writer=writer):
        result.notes.append("Somebody had already made this choice. What they chose stands.")
    draft.refresh_from_db()
    names = conflict.parts or [conflict.field]
    result.settled = {name: draft.values.get(name, "") for name in names}
    result.values, result.revision = dict(draft.values), draft.revision
    result.conflicts = open_conflicts(draft)
    result.changed_by_others = {n: c for n, c in result.changed_by_others.items() if n not in result.settled}


def _panel(conflict: DraftConflict, draft: Draft, user: User, shape: Shape, writer: str) -> ConflictPanel:
    now = [draft.values.get(n, "") for n in conflict.parts] if conflict.parts else draft.values.get(conflict.field, "")
    label = shape.label(conflict.field)
    return ConflictPanel(
        id=str(conflict.pk),
        field=conflict.field,
        label=label,
        mine=shape.words(conflict.field, conflict.mine),
        theirs=shape.words(conflict.field, now),
        yours=conflict.by_id == user.pk,
        here=bool(writer) and conflict.writer == tab(user, writer),
        joinable=bool(conflict.joint),
        mine_html=shape.html(conflict.field, conflict.mine),
        theirs_html=shape.html(conflict.field, now),
        **_sides(conflict, user, label),
    )


def _sides(conflict: DraftConflict, user: User, label: str) -> dict[str, str]:
    """Whose words are whose, as this person is told."""
    mine, theirs = Author(conflict.by, conflict.mine_of), Author(conflict.against, conflict.theirs_of)
    if mine == theirs:
        whose = "Your" if conflict.by_id == user.pk else f"{conflict.by}’s"
        return {
            "heading": f"“{label}” was written in two places",
            "mine_title": f"{whose} words from another page",
            "theirs_title": f"{whose} words that stand now",
            "keep_mine": "Keep those from the other page",
            "keep_theirs": "Keep those that stand now",
        }
    other = theirs if mine == Author(user) else mine
    return {
        "heading": f"{other.words_of or other.by} also changed “{label}”",
        "mine_title": _title(mine, user),
        "theirs_title": _title(theirs, user),
        "keep_mine": f"Keep {_whose(mine, user)}",
        "keep_theirs": f"Keep {_whose(theirs, user)}",
    }


def _whose(author: Author, user: User) -> str:
    return "yours" if author == Author(user) else f"{author.words_of or author.by}’s"


def _title(author: Author, user: User) -> str:
    """The same above their words, with who took them over."""
    if author == Author(user):
        return "Yours"
    carried = f", taken over by {'you' if author.by == user else author.by}" if author.words_of else ""
    return f"{_whose(author, user)}{carried}"


def _saved_words(draft: Draft, user: User, at: datetime) -> str:
    if draft.updated_at is None:
        return "Nothing saved yet"
    saved = timezone.localtime(draft.updated_at)
    day = "" if saved.date() == timezone.localtime(at).date() else f"{saved.day} {saved:%B} "
    by = "" if draft.updated_by_id == user.pk else f" by {draft.updated_by}"
    return f"Saved {day}at {clock(saved)}{by}"


def _whole_number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None
