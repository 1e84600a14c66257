"""Dates of plans that a hub brings in from its own lists: each becomes a plan kept elsewhere, recorded by the hub,
which the school confirms when it comes to it. Nobody gets an email."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from engagement.past.plan_dates import PlanSaid
from hubportal.accounts.models import User
from schools.models import Hub, School, TimelineEntry
from smdp.actions import elsewhere
from smdp.models import PlanElsewhere, PlanElsewhereLook

CONFIRMED = "The school has confirmed it."
LOOKED_AT = "Somebody has looked at it, or said something about it, since."
CHANGED = "Somebody has changed it, or taken it out, since it was brought in."
_is_address = URLValidator(schemes=["http", "https"])


class PlansOfTheSchools:
    """See `engagement.past.plan_dates`."""

    def standing(self, schools: Collection[int]) -> set[tuple[int, int]]:
        rows = PlanElsewhere.objects.standing().filter(school__in=schools)
        return set(rows.values_list("school", "year"))

    def problem(self, school: School, said: PlanSaid, on: date) -> str:
        if not school.is_open:
            return f"{school} has closed: a plan is recorded for schools that are open"
        if said.url:
            try:
                _is_address(said.url)
            except ValidationError:
                return f"“{said.url[:60]}” is no address of a page. It begins with https://"
        if said.seen_on and said.seen_on < (first := date(said.year - 1, 9, 1)):
            return f"It cannot have been seen before {first:%-d %B %Y}: the plan begins in {said.year}"
        try:
            elsewhere.check(_said(said), on)
        except ValidationError as problem:
            return " ".join(problem.messages)
        return ""

    def record(self, school: School, said: PlanSaid, by: User) -> UUID:
        plan = elsewhere.record(school=school, said=_said(said), by=by, seen_on=said.seen_on, is_from_list=True)
        return plan.uuid

    @transaction.atomic
    def take_out(self, plan: UUID, by: User) -> str:
        row = PlanElsewhere.objects.select_for_update(of=("self",)).select_related("school").filter(uuid=plan).first()
        if row is None:
            return ""
        looks = list(row.looks.all())
        if row.confirmed_at:
            return CONFIRMED
        if any(look.kind != PlanElsewhereLook.Kind.SEEN or look.at > row.recorded_at for look in looks):
            return LOOKED_AT
        if row.removed_at or row.file or row.priorities or _is_changed(row):
            return CHANGED
        hub: Hub | None = row.recorded_for
        sources = [row.timeline_source, *(look.timeline_source for look in looks)]
        TimelineEntry.objects.filter(hub=hub, school=row.school, source__in=sources).delete()
        row.looks.all().delete()
        row.delete()
        return ""


def _said(said: PlanSaid) -> elsewhere.Said:
    return elsewhere.Said(year=said.year, years=said.years, adopted_on=said.adopted_on, url=said.url)


def _is_changed(row: PlanElsewhere) -> bool:
    """Whether it stands otherwise than it was recorded: the history that the database keeps says so. One query."""
    return row.events.filter(pgh_label="update").exists()  # type: ignore[attr-defined]  # pghistory adds it
