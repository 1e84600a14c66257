"""A priority is started from what was said in a conversation."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from engagement.models import PartVersion
from hubportal.kit import drafts
from smdp import helping, priorities, writing
from smdp.models import Plan
from smdp.priorities import Origin

if TYPE_CHECKING:
    from hubportal.accounts.models import User


@transaction.atomic
def start(*, plan: Plan, version: PartVersion, origin: Origin, by: "User") -> bool:
    """Write a judgement or an agreed action into the plan as a priority; whether it is new, for what is one already
    stays as it is. `version` is what the school was given to read of the conversation, and nothing else is carried.

    Raises ValidationError where it does not stand in that version, where ten priorities are there, and where a later
    plan has followed. Some eight statements."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("school").get(pk=plan.pk)
    if not plan.is_standing:
        raise ValidationError("A later plan has followed this one. Start the priority in that one.")
    row = helping.row_of(version, origin)
    if version.part.school_id != plan.school_id or row is None:
        raise ValidationError("That does not stand in the report any more. Read its newest version.")
    draft = writing.drafts_of(plan)[priorities.SECTION]
    if origin in priorities.origins_in(draft.values):
        return False
    if len(priorities.rows_in(draft.values)) >= priorities.MOST:
        raise ValidationError(f"Your plan has {priorities.MOST} priorities, and that is the most. Take one out first.")
    values = priorities.row_values(priorities.free_row(draft.values), row, draft.values)
    drafts.save(draft=draft, base_revision=draft.revision, values=values, by=by)
    return True
