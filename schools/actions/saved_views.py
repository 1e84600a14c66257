"""Saving a list's view, changing and deleting it, starting with it; and the log of files taken."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from hubportal.accounts.models import User
from hubportal.kit.saved import Described
from schools.models import Hub, ListExport, SavedView, SavedViewStart


@transaction.atomic
def save(*, hub: Hub, shown: Described, name: str, is_shared: bool, is_start: bool, by: User) -> SavedView:
    """Keep a list as it stands. Raises ValidationError by field where the person has one of that name already; sent
    twice with the same content it is kept once. Some five statements."""
    name = " ".join(name.split())
    before = SavedView.objects.select_for_update().filter(hub=hub, list=shown.key, owner=by, name__iexact=name).first()
    if before is not None:
        if before.described.same_as(shown) and before.is_shared == is_shared:
            set_start(view=before, is_start=is_start, by=by)
            return before
        raise ValidationError({"name": f"You have a view called “{before.name}” already. Choose another name"})
    view = SavedView.objects.create(
        hub=hub,
        list=shown.key,
        name=name,
        query=dict(shown.query),
        sort=shown.sort,
        columns=list(shown.columns),
        words=dict(shown.words),
        owner=by,
        is_shared=is_shared,
    )
    if is_start:
        set_start(view=view, is_start=True, by=by)
    return view


@transaction.atomic
def edit(*, view: SavedView, name: str, is_shared: bool) -> SavedView:
    """Another name, shared or not. One that is not shared any more opens no list of others. Raises ValidationError by
    field where its owner has one of that name already."""
    name = " ".join(name.split())
    same = SavedView.objects.filter(hub=view.hub_id, list=view.list, owner=view.owner_id, name__iexact=name)
    if same.exclude(pk=view.pk).exists():
        raise ValidationError({"name": f"There is a view called “{name}” already. Choose another name"})
    view.name, view.is_shared = name, is_shared
    view.save(update_fields=["name", "is_shared"])
    if not is_shared:
        SavedViewStart.objects.filter(view=view).exclude(user=view.owner_id).delete()
    return view


def replace(*, view: SavedView, shown: Described) -> SavedView:
    """Let it be the list as it stands now. Raises ValidationError for another list's."""
    if shown.key != view.list:
        raise ValidationError("That is another list.")
    view.query, view.sort = dict(shown.query), shown.sort
    view.columns, view.words, view.saved_at = list(shown.columns), dict(shown.words), timezone.now()
    view.save(update_fields=["query", "sort", "columns", "words", "saved_at"])
    return view


def delete(*, view: SavedView) -> None:
    """For everybody: lists that opened with it open plain. What it was stays in its history."""
    view.delete()


def set_start(*, view: SavedView, is_start: bool, by: User) -> None:
    """Let the list open with it for this person, or plain."""
    if is_start:
        SavedViewStart.objects.update_or_create(user=by, list=view.list, defaults={"view": view})
    else:
        SavedViewStart.objects.filter(user=by, view=view).delete()


def note_file(*, hub_ids: set[int], by: User, name: str, words: str, address: str, rows: int) -> None:
    """A file was taken: a line for each hub that the person works for, one without where there is none."""
    places: list[int | None] = [*sorted(hub_ids)] or [None]
    ListExport.objects.bulk_create(
        ListExport(hub_id=hub, by=by, name=name, words=words, address=address, rows=rows) for hub in places
    )
