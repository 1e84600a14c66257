"""A hub's own entries of the code lists, and its own words for the national ones. Nothing is ever deleted."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from engagement.code_lists.reading import lists_of
from engagement.models import CodeEntry
from hubportal.accounts.models import User
from schools.models import Hub

OWN = "own"  # the beginning of a hub's codes, so that none is ever that of a national entry to come


@transaction.atomic
def add(*, hub: Hub, code_list: str, name: str, by: User) -> CodeEntry:
    """An entry that only this hub has. Four queries. Raises ValidationError where the list has that name already."""
    name = " ".join(name.split())
    Hub.objects.select_for_update().get(pk=hub.pk)
    _check_name(hub, code_list, name)
    own = CodeEntry.objects.filter(hub=hub, code_list=code_list, national=None)
    number = own.count() + 1
    code = f"{OWN}-{number}-{slugify(name)}"[:40].rstrip("-")
    return CodeEntry.objects.create(hub=hub, code_list=code_list, code=code, name=name, position=number)


@transaction.atomic
def change(*, hub: Hub, entry: CodeEntry, name: str, is_offered: bool, by: User) -> CodeEntry:
    """Call an entry otherwise in this hub, or retire it there; records that name it keep it, under its new name. What
    is said of a national one holds in this hub alone; said again as it is nationally, it follows the national one.
    Four queries.

    Raises ValidationError where another entry of the list has that name, and for an entry of another hub."""
    if entry.national_id is not None or entry.hub_id not in (None, hub.pk):
        raise ValidationError("This entry is not of your hub.")
    name = " ".join(name.split())
    _check_name(hub, entry.code_list, name, but=entry)
    if entry.hub_id == hub.pk:
        entry.name, entry.is_offered = name, is_offered
        entry.save(update_fields=["name", "is_offered"])
        return entry
    same = {field: getattr(entry, field) for field in ("code_list", "code", "position")}
    said = {"name": name, "is_offered": is_offered, **same}
    own, _ = CodeEntry.objects.update_or_create(hub=hub, national=entry, defaults=said)
    return own


def _check_name(hub: Hub, code_list: str, name: str, but: CodeEntry | None = None) -> None:
    if not name:
        raise ValidationError({"name": "Enter a name"})
    for entry in lists_of(hub)[code_list]:
        if entry.row != but and entry.name.casefold() == name.casefold():
            more = "" if entry.is_offered else ", retired: take it up again instead"
            raise ValidationError({"name": f"“{entry.name}” is on this list already{more}"})
