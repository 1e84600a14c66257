"""A plan goes over to a newer version of the questions."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from hubportal.kit import drafts
from hubportal.kit.models import Draft
from smdp import writing
from smdp.actions.plans import trust_name
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
    people's words wait for a choice. Six statements, and two for each section that is new; three where the
    overview is told the school's trust."""
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
    _fill_known(rows, plan, by)
    for section in sections_of(plan.specification, plan.school):
        if section.key not in rows:
            row = PlanSection(plan=plan, key=section.key)
            row.draft = drafts.begin(kind=writing.KIND, target=row.uuid, by=by)
            row.save()
    return plan


def _fill_known(rows: Mapping[str, Draft], plan: Plan, by: "User") -> None:
    """What the register knows and nobody has said: the trust."""
    draft, name = rows.get("overview"), trust_name(plan.school)
    if draft and name and not draft.values.get("trust"):
        drafts.save(draft=draft, base_revision=draft.revision, values={"trust": name}, by=by)
