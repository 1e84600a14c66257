"""Two contacts at one school who are one person: merged by somebody's decision, and undone."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from hubportal.accounts.models import User
from schools import contact_references
from schools.actions import persons
from schools.models import Contact, ContactMerge

# What each of the two may hold differently; a person chooses. `user_id` is the account they sign in with.
CHOICES = (
    "name", "job_title", "email", "phone", "is_music_lead", "is_leader", "shared_with_partners", "left_on", "user_id"
)  # fmt: skip
POSTS = "schools.Contact.person"  # in `moved`: other posts of the merged one's person


@transaction.atomic
def merge(*, kept: Contact, merged: Contact, take: Collection[str], by: User) -> ContactMerge:
    """Let `kept` stand for `merged` too: it takes the values named in `take` (of CHOICES) from it, and every row that
    names `merged` names `kept`. The merged row stays as it is, and is met no more. About twelve statements.

    Raises ValidationError when the two are not at one school, or when a third contact there has the name and email."""
    if unknown := set(take) - set(CHOICES):
        raise TypeError(f"A contact has no {', '.join(sorted(unknown))}")
    older, younger = persons.locked(kept, merged)
    kept, merged = (older, younger) if older.pk == kept.pk else (younger, older)
    if kept.school_id != merged.school_id:
        raise ValidationError("The two are at different schools: they can be posts of one person, not one contact.")
    done = ContactMerge(hub=kept.hub, kept=kept, merged=merged, by=by)
    for name in take:
        done.before[name], done.after[name] = _plain(getattr(kept, name)), _plain(getattr(merged, name))
        setattr(kept, name, getattr(merged, name))
    if merged.person_id and kept.person_id is None:
        done.before["person_id"], done.after["person_id"] = None, merged.person_id
        kept.person_id = merged.person_id
    elif merged.person_id and merged.person_id != kept.person_id:
        posts = Contact.with_merged.filter(person=merged.person_id).exclude(pk=merged.pk)
        done.moved[POSTS] = list(posts.values_list("pk", flat=True))
        posts.update(person=kept.person_id)
    merged.merged_into = kept
    merged.save(update_fields=["merged_into"])
    _save(kept, list(done.after))
    done.moved |= contact_references.move(old=merged, new=kept)
    done.save()
    return done


@transaction.atomic
def undo(*, merge: ContactMerge, by: User) -> ContactMerge:
    """Let the merged contact stand for itself again, as it was. The kept one gets back what it held before, except
    where somebody has changed it since; rows that went over go back. About ten statements.

    Raises ValidationError when it is undone already, when the kept one has been merged itself since, and when a third
    contact at the school has the name and email by now."""
    merge = ContactMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if merge.undone_at:
        raise ValidationError("This has been undone already.")
    rows = Contact.with_merged.select_for_update(of=("self",)).in_bulk([merge.kept_id, merge.merged_id])
    kept, merged = rows[merge.kept_id], rows[merge.merged_id]
    if kept.merged_into_id:
        raise ValidationError(f"{kept.name} has been merged into another contact since. Undo that first.")
    given_back = [name for name, value in merge.after.items() if _plain(getattr(kept, name)) == value]
    for name in given_back:
        setattr(kept, name, _rich(name, merge.before[name]))
    posts = Contact.with_merged.filter(pk__in=merge.moved.get(POSTS, []), person__isnull=False, person=kept.person_id)
    posts.update(person=merged.person_id)
    _save(kept, given_back)
    merged.merged_into = None
    _save(merged, ["merged_into"])
    contact_references.put_back(merge.moved, old=merged, new=kept)
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    return merge


def _save(contact: Contact, names: list[str]) -> None:
    fields = [name.removesuffix("_id") for name in names]
    try:
        with transaction.atomic():
            contact.save(update_fields=fields)
    except IntegrityError as error:
        raise ValidationError(
            f"{contact.name} with this email address is already another contact at {contact.school}. "
            "Change or merge that one first."
        ) from error


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _rich(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name == "left_on" and value else value
