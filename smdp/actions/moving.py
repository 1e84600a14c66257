"""A plan goes over to a newer version of the questions."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from hubportal.kit import drafts
from smdp import writing
from smdp.asking import sections_of
from smdp.models import Plan, PlanSection
from smdp.sections import newest

if TYPE_CHECKING:
    from hubportal.accounts.models import User


@transaction.atomic
def move(*, plan: Plan, by: "User") -> Plan:
    """Ask the plan the newest questions. Every answer stays: under its question where that is still asked, else among
    the answers to earlier questions (see `smdp.earlier`). Versions stay as they were frozen.

    Raises ValidationError where the plan answers the newest already, where a later plan has followed, and while two
    people's words wait for a choice. Six statements, and two for each section that is new."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("school__type").get(pk=plan.pk)
    if not plan.is_standing:
        raise ValidationError("A later plan has followed this one. Nothing was changed.")
    if plan.specification >= newest():
        raise ValidationError("The plan answers the newest questions already.")
    rows = writing.drafts_of(plan)
    if any(row.conflicts_open for row in rows.values()):
        raise ValidationError(
            "Two people wrote the same answer. Choose in its section whose words to keep, then go on."
        )
    plan.specification = newest()
    plan.save(update_fields=["specification"])
    for section in sections_of(plan.specification, plan.school):
        if section.key not in rows:
            row = PlanSection(plan=plan, key=section.key)
            row.draft = drafts.begin(kind=writing.KIND, target=row.uuid, by=by)
            row.save()
    return plan
