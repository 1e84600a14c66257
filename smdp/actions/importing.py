"""Words of a plan that was written elsewhere come into this one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from hubportal.kit import drafts
from hubportal.kit.drafts.merge import Values
from smdp import importing, writing
from smdp.importing import Piece, Target
from smdp.models import Plan

if TYPE_CHECKING:
    from hubportal.accounts.models import User


@dataclass(frozen=True)
class TakenOver:
    """What came of it: the questions whose answers are longer now than they may be, and those at which the words of two
    people wait for a choice."""

    long: list[Target]
    waiting: list[Target]


@transaction.atomic
def take_over(
    *,
    plan: Plan,
    pieces: Mapping[str, Sequence[Piece]],
    to: Mapping[str, Target],
    left: str,
    of_unplaced: str | None = None,
    by: "User",
) -> TakenOver:
    """Put pieces below what their questions say already, and keep what is `left` with the plan. Each section is saved
    as if typed: what it said before stays in its history, and what somebody else saves meanwhile stands beside it for a
    choice. `of_unplaced` says that the pieces are what was left of an earlier time, which they replace.

    Raises ValidationError where a later plan has followed, and where those words have changed meanwhile. Two queries,
    and three for each section."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if not plan.is_standing:
        raise ValidationError("A later plan has followed this one. Nothing was changed.")
    if of_unplaced is not None and plan.unplaced != of_unplaced:
        raise ValidationError("Somebody has placed some of these words meanwhile. Look at what is left, then go on.")
    rows = writing.drafts_of(plan)
    found = TakenOver([], [])
    for key in dict.fromkeys(to[name].section.key for name in pieces):
        mine = {name: new for name, new in pieces.items() if to[name].section.key == key}
        row = rows[key]
        values: Values = {
            to[name].field.name: importing.joined(row.values.get(to[name].field.name, ""), new)
            for name, new in mine.items()
        }
        result = drafts.save(draft=row, base_revision=row.revision, values=values, by=by)
        if result.refused:
            raise ValidationError(list(result.refused.values()))
        waiting = {each.field for each in result.conflicts}
        found.long.extend(to[name] for name in mine if importing.too_long(values, [to[name].field]))
        found.waiting.extend(to[name] for name in mine if to[name].field.name in waiting)
    before = plan.unplaced if of_unplaced is None else ""
    plan.unplaced = "\n\n".join(filter(None, (before, left if left not in before else "")))
    plan.save(update_fields=["unplaced"])
    return found
