"""What names a contact in the rooms above: conversations, attempts, actions, reports sent. When two contacts turn out
to be one, those rows follow. A room registers its fields in `AppConfig.ready()`; this room knows none.

    contact_references.register(Attempt, "contact", "attempt")
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, Model

from hubportal.kit.wording import count, listed
from schools.models import Contact


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key to a contact, and the word for what its rows are. `once` names the key of what is counted, where
    several rows may be of one thing."""

    model: type[Model]
    field: str
    noun: str
    once: str = "pk"

    @property
    def key(self) -> str:
        return f"{self.model._meta.label}.{self.field}"


_references: dict[str, Reference] = {}


def register(model: type[Model], field: str, noun: str, *, once: str = "pk") -> None:
    """Say that rows of a model name a contact. Registering the same field again changes nothing."""
    reference = Reference(model, field, noun, once)
    _references[reference.key] = reference


def held_by(contacts: Collection[Contact]) -> dict[int, str]:
    """What each contact stands in, in words ("2 conversations and 1 action"), by primary key. One query for each field
    that is registered."""
    found: dict[int, Counter[str]] = {contact.pk: Counter() for contact in contacts}
    for each in _references.values():
        rows = each.model._base_manager.filter(**{f"{each.field}__in": list(found)})
        grouped = rows.order_by().values_list(each.field).annotate(number=Count(each.once, distinct=True))
        for contact_id, number in grouped:
            found[contact_id][each.noun] += number
    return {pk: listed([count(n, noun) for noun, n in held.items()]) for pk, held in found.items()}


def move(*, old: Contact, new: Contact) -> dict[str, list[int]]:
    """Let every row that names `old` name `new`. Returns which they were, for `put_back`. Two statements a field."""
    moved: dict[str, list[int]] = {}
    for key, each in _references.items():
        rows = each.model._base_manager.filter(**{each.field: old})
        if found := list(rows.select_for_update().order_by("pk").values_list("pk", flat=True)):
            each.model._base_manager.filter(pk__in=found).update(**{each.field: new})
            moved[key] = found
    return moved


def put_back(moved: Mapping[str, Collection[int]], *, old: Contact, new: Contact) -> None:
    """Undo `move`: what still names `new` names `old` again. One statement a field; a field that is no longer there is
    passed over."""
    for key, found in moved.items():
        if each := _references.get(key):
            rows = each.model._base_manager.filter(pk__in=found, **{each.field: new})
            rows.update(**{each.field: old})
