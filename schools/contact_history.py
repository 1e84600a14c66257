"""What a contact was before: every change of it and of those merged into it, with who made it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q

from hubportal.accounts.models import User
from hubportal.kit.wording import listed
from schools.contact_values import LABELS, shown
from schools.models import Contact, ContactMerge

MOST = 100  # changes shown


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history, the kind and shape that a timeline item has."""

    at: datetime
    heading: str
    words: str
    who: str
    merge: ContactMerge | None = None  # that one could undo from this contact's page


def merges_into(contact: Contact) -> list[ContactMerge]:
    """The merges that stand and ended in this contact, also by way of another, the newest first. A query a step."""
    found: list[ContactMerge] = []
    into = [contact.pk]
    while into:
        merges = ContactMerge.objects.standing().filter(kept__in=into).select_related("kept", "merged", "by")
        step = list(merges)
        found += step
        into = [merge.merged_id for merge in step]
    return sorted(found, key=lambda merge: merge.at, reverse=True)


def history_of(contact: Contact, merges: list[ContactMerge]) -> list[Happening]:
    """The newest first, at most MOST. Three queries."""
    rows = {contact.pk: contact} | {merge.merged_id: merge.merged for merge in merges}
    events = apps.get_model("schools", "ContactEvent")._default_manager.filter(pgh_obj__in=list(rows))
    kept = list(events.select_related("pgh_context").order_by("pgh_id"))
    ids = {who for event in kept if (who := _who(event))}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}
    found = [
        Happening(
            merge.at,
            f"Merged with {merge.merged.name}",
            ", ".join(filter(None, [merge.merged.job_title, merge.merged.email])),
            str(merge.by),
            merge if merge.kept_id == contact.pk else None,
        )
        for merge in merges
    ]
    found += _undone(contact)
    before: dict[int, Any] = {}
    for event in kept:
        earlier = before.get(event.pgh_obj_id)
        before[event.pgh_obj_id] = event
        heading = "Added" if earlier is None else "Changed"
        words = (
            listed([event.name, *filter(None, [event.email])]) if earlier is None else "; ".join(_diff(earlier, event))
        )
        if words:
            other = "" if event.pgh_obj_id == contact.pk else f" (as {rows[event.pgh_obj_id].name}, merged since)"
            found.append(Happening(event.pgh_created_at, f"{heading}{other}", words, names.get(_who(event) or 0, "")))
    found.reverse()  # what was written in one moment stands in its order too
    return sorted(found, key=lambda each: each.at, reverse=True)[:MOST]


def _undone(contact: Contact) -> Iterator[Happening]:
    """Merges of this contact that were taken back: each is told when it was made, and when it was undone."""
    of_it = Q(kept=contact) | Q(merged=contact)
    undone = ContactMerge.objects.filter(of_it, undone_at__isnull=False)
    for merge in undone.select_related("kept", "merged", "by", "undone_by"):
        other = merge.merged if merge.kept_id == contact.pk else merge.kept
        yield Happening(merge.at, f"Merged with {other.name}", "This was undone later.", str(merge.by))
        if merge.undone_at:  # as all of these have
            again = f"{other.name} is a contact of their own again."
            yield Happening(merge.undone_at, f"Merge with {other.name} undone", again, str(merge.undone_by))


def _who(event: Any) -> int | None:
    return (event.pgh_context.metadata if event.pgh_context else {}).get("user")


def _diff(earlier: Any, later: Any) -> Iterator[str]:
    for name, label in LABELS.items():
        was, now = getattr(earlier, name), getattr(later, name)
        if was != now:
            yield f"{label}: {shown(was)} → {shown(now)}"
