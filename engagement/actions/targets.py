"""Setting targets, changing what may be changed of them, ending them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement.models import Target, TargetNote, TargetSchool
from engagement.targets.measures import measures
from engagement.targets.progress import needed
from hubportal.accounts.models import User
from hubportal.kit.wording import academic_year, count, long_date
from schools.access import today
from schools.actions.relationships import may_own
from schools.models import EngagementYear, Hub, SavedView
from schools.querysets import SchoolQuerySet


@transaction.atomic
def create(
    *,
    hub: Hub,
    name: str,
    measure: str,
    segment: SavedView,
    schools: SchoolQuerySet,
    baseline_on: date,
    unit: str,
    goal: int,
    due_on: date,
    owner: User,
    actions: str,
    by: User,
) -> Target:
    """Fix the schools of the segment by name, and how they stand on the day of the baseline. Some ten queries.

    Raises ValidationError by field, with what to do: no school in the segment, no baseline, a goal that is met already
    or cannot be, a day that is over, somebody who is not of the hub. The same sent twice makes one target."""
    on, kept = today(), measures()[measure]
    same = Target.objects.open().filter(hub=hub, name=name, measure=measure, due_on=due_on, created_by=by)
    if (before := same.filter(segment=segment, goal=goal, unit=unit).first()) is not None:
        return before
    check_baseline(hub=hub, measure=measure, on=baseline_on)
    keys = list(schools.order_by("pk").values_list("pk", flat=True).distinct())
    if not keys:
        raise ValidationError(
            {"segment": f"No school was in “{segment}” on {long_date(baseline_on)}, so there is nothing to reach"}
        )
    if due_on <= on:
        raise ValidationError({"due_on": f"The day must be after today, {long_date(on)}"})
    if not may_own(hub=hub).filter(user=owner).exists():
        raise ValidationError({"owner": f"{owner} is no manager or officer of {hub} or its partners any more"})
    met = kept.meeting(hub=hub, user=by, schools=schools.model.objects.filter(pk__in=keys), on=baseline_on)
    check_goal(unit=unit, goal=goal, schools=len(keys), met=len(met))
    target = Target.objects.create(
        hub=hub,
        name=name,
        measure=measure,
        segment=segment,
        segment_query=segment.query,
        segment_words=segment.in_words,
        baseline_on=baseline_on,
        unit=unit,
        goal=goal,
        due_on=due_on,
        owner=owner,
        actions=actions,
        created_by=by,
    )
    TargetSchool.objects.bulk_create(
        [TargetSchool(target=target, hub=hub, school_id=pk, met_at_baseline=pk in met) for pk in keys], batch_size=1000
    )
    return target


def check_baseline(*, hub: Hub, measure: str, on: date) -> None:
    """Raises ValidationError where nothing can be said of that day."""
    if on > today():
        raise ValidationError({"baseline_on": f"The baseline must be today, {long_date(today())}, or earlier"})
    if on == today():
        return
    if not measures()[measure].knows_the_past:
        raise ValidationError(
            {
                "baseline_on": "How plans and summaries stood on an earlier day is not kept, so there is no baseline. "
                f"Enter today, {long_date(today())}"
            }
        )
    if not EngagementYear.objects.filter(hub=hub, year__lte=academic_year(on)).exists():
        raise ValidationError(
            {
                "baseline_on": f"There are no records from before {long_date(on)}, so there is no baseline. "
                "Enter a later day, or bring in what you have first"
            }
        )


def check_goal(*, unit: str, goal: int, schools: int, met: int) -> None:
    """Raises ValidationError for a goal that cannot be reached, or that is already."""
    of = count(schools, "school")
    if unit == Target.Unit.SHARE and not 1 <= goal <= 100:
        raise ValidationError({"goal": "Enter per cent as a whole number from 1 to 100"})
    if unit == Target.Unit.NUMBER and not 1 <= goal <= schools:
        raise ValidationError({"goal": f"The segment has {of}. Enter a whole number from 1 to {schools}"})
    if needed(unit, goal, schools) <= met:
        raise ValidationError({"goal": f"At the baseline {met} of {of} did already. Aim higher"})


@transaction.atomic
def edit(*, target: Target, by: User, due_on: date, owner: User, actions: str, goal: int) -> bool:
    """Another day, owner, goal or what is done for it; what it was stays as a note. Says whether anything changed. The
    schools and the baseline stay. Raises ValidationError by field."""
    row = Target.objects.select_for_update(of=("self",)).select_related("owner", "hub").get(pk=target.pk)
    if row.ended_at is not None:
        raise ValidationError("This target has been ended already.")
    rows = TargetSchool.objects.filter(target=row)
    if goal != row.goal:
        check_goal(unit=row.unit, goal=goal, schools=rows.count(), met=rows.filter(met_at_baseline=True).count())
    if due_on != row.due_on and due_on <= today():
        raise ValidationError({"due_on": f"The day must be after today, {long_date(today())}"})
    if owner.pk != row.owner_id and not may_own(hub=row.hub).filter(user=owner).exists():
        raise ValidationError({"owner": f"{owner} is no manager or officer of the hub or its partners any more"})
    said = _differences(row, {"due_on": due_on, "owner": owner, "actions": actions, "goal": goal})
    if not said:
        return False
    row.due_on, row.owner, row.actions, row.goal = due_on, owner, actions, goal
    row.save(update_fields=["due_on", "owner", "actions", "goal"])
    TargetNote.objects.create(target=row, by=by, words=" ".join(said))
    return True


def _differences(row: Target, new: Mapping[str, Any]) -> list[str]:
    said = []
    if new["goal"] != row.goal:
        said.append(f"The goal was {row.goal}{'%' if row.unit == Target.Unit.SHARE else ''}.")
    if new["due_on"] != row.due_on:
        said.append(f"It was due by {long_date(row.due_on)}.")
    if new["owner"].pk != row.owner_id:
        said.append(f"It was {row.owner}’s.")
    if new["actions"] != row.actions:
        said.append(f"What we do for it was: {row.actions or 'nothing written'}")
    return said


@transaction.atomic
def end(*, target: Target, outcome: str, by: User) -> None:
    """Close it, with how it ended. Raises ValidationError where somebody has already."""
    row = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
    if row.ended_at is not None:
        raise ValidationError("This target has been ended already.")
    row.ended_at, row.ended_by, row.outcome = timezone.now(), by, outcome
    row.save(update_fields=["ended_at", "ended_by", "outcome"])
