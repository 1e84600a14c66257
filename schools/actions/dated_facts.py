"""Dated facts on a school: recorded, ended with a day, struck out with a reason. Never changed otherwise, and never
deleted."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools import timeline
from schools.access import today
from schools.formerly import carried_since, first_day
from schools.models import DatedFact, DatedFactValue, Hub, School, TimelineEntry
from schools.succession import refresh


@transaction.atomic
def record(
    *,
    hub: Hub,
    school: School,
    value: DatedFactValue,
    starts_on: date,
    ends_on: date | None = None,
    source: str = "",
    said_by_school: bool = False,
    by: User,
) -> DatedFact:
    """Record a fact. `ends_on` is the first day on which it no longer holds. What was before it ends by itself
    (`DatedFactQuerySet.with_end`). About eight statements.

    Raises ValidationError by field: `starts_on` for a day that lies ahead, before the school opened or after it closed,
    or from which the same kind is recorded already; `last_day` for an end that is not after the start; and without a
    field where the hub does not cover the school or it is no school."""
    _lock(school)
    _check_place(hub, school)
    if value.kind == DatedFactValue.Kind.MUSIC_MARK:
        starts_on = _within_the_year(school, starts_on, ends_on)
    _check_start(school, starts_on)
    if ends_on is not None and ends_on <= starts_on:
        raise ValidationError({"last_day": f"The last day must not be before it began, on {long_date(starts_on)}"})
    _check_free(hub, school, value, starts_on)
    fact = DatedFact.objects.create(
        hub=hub,
        school=school,
        value=value,
        starts_on=starts_on,
        ends_on=ends_on,
        source=source,
        said_by_school=said_by_school,
        recorded_by=by,
    )
    write_timeline(fact)
    refresh(hub, [school])
    return fact


@transaction.atomic
def record_teaching(
    *,
    hub: Hub,
    school: School,
    values: Collection[DatedFactValue],
    starts_on: date,
    source: str = "",
    said_by_school: bool = False,
    by: User,
) -> list[DatedFact]:
    """Who teaches music from a day on: exactly these. Those that hold and are not among them end on the day before;
    those that hold and are go on. Returns what was begun. About eight statements a value.

    Raises ValidationError as `record` does; under `values` when nothing would change, and under `starts_on` when one
    that would end began on that day or later."""
    _lock(school)
    _check_place(hub, school)
    _check_start(school, starts_on)
    kind = DatedFactValue.Kind.TEACHING
    held = DatedFact.objects.filter(hub=hub, school=school, value__kind=kind).current(today()).select_related("value")
    staying = {fact.value_id for fact in held}
    ending = [fact for fact in held if fact.value not in values]
    new = [value for value in values if value.pk not in staying]
    if not (new or ending):
        raise ValidationError({"values": "This is what is recorded already. Change what has changed, or go back"})
    for fact in ending:
        if fact.starts_on >= starts_on:
            since = f"“{fact.value.name}” is recorded from {long_date(fact.starts_on)}"
            said = f"{since}: the change must be later, or strike that out if it was a mistake"
            raise ValidationError({"starts_on": said})
        _end(fact, starts_on, "", by)
    more: dict[str, Any] = {"source": source, "said_by_school": said_by_school, "by": by}
    return [record(hub=hub, school=school, value=value, starts_on=starts_on, **more) for value in new]


@transaction.atomic
def end(*, fact: DatedFact, ends_on: date | None, reason: str = "", by: User) -> DatedFact:
    """Say when it ends, or ended, and why: the first day on which it no longer holds; None where it goes on. About four
    statements.

    Raises ValidationError under `last_day` for a day before it began or after it was followed by another, and without
    a field when it is struck out."""
    row = _locked(fact)
    if row.followed_on and (ends_on is None or ends_on > row.followed_on):
        raise ValidationError(
            {"last_day": f"Another followed it on {long_date(row.followed_on)}: the last day must be before that"}
        )
    if ends_on is not None and ends_on <= row.starts_on:
        raise ValidationError({"last_day": f"The last day must not be before it began, on {long_date(row.starts_on)}"})
    return _end(row, ends_on, reason, by)


@transaction.atomic
def strike(*, fact: DatedFact, reason: str, by: User) -> DatedFact:
    """It was never so: it counts no more, stands in the history struck out, and what it ended goes on. About six
    statements. Raises ValidationError when it is struck out already."""
    row = _locked(fact)
    row.struck_at, row.struck_by, row.strike_reason = timezone.now(), by, reason
    row.save(update_fields=["struck_at", "struck_by", "strike_reason"])
    for source in (row.timeline_source, row.end_source):
        timeline.remove(hub=row.hub, school=row.school, source=source)
    refresh(row.hub, [row.school])
    return row


def write_timeline(fact: DatedFact) -> None:
    """The entry of its beginning, and of its end where a person said that it ended and it has: for the hub and the
    school; of what came from another hub, for the hub alone. Two or four statements."""
    received = fact.received_from_id is not None
    shared: dict[str, Any] = {
        "hub": fact.hub,
        "school": fact.school,
        "kind": TimelineEntry.Kind.DATED_FACT,
        "audience": TimelineEntry.Audience.HUB if received else TimelineEntry.Audience.SCHOOL,
        "is_whole_day": True,
    }
    how = "The school said so" if fact.said_by_school else fact.source
    timeline.write(
        source=fact.timeline_source, at=_midnight(fact.starts_on), heading=str(fact.value), detail=how, **shared
    )
    if fact.ended_at and fact.ends_on and fact.ends_on <= today():
        heading, at = f"Ended: {fact.value}", _midnight(fact.ends_on)
        timeline.write(source=fact.end_source, at=at, heading=heading, detail=fact.end_reason, **shared)
    else:
        timeline.remove(hub=fact.hub, school=fact.school, source=fact.end_source)


def _end(fact: DatedFact, ends_on: date | None, reason: str, by: User) -> DatedFact:
    fact.ends_on, fact.ended_at, fact.ended_by, fact.end_reason = ends_on, timezone.now(), by, reason
    fact.save(update_fields=["ends_on", "ended_at", "ended_by", "end_reason"])
    write_timeline(fact)
    refresh(fact.hub, [fact.school])
    return fact


def _lock(school: School) -> None:
    """Two who record at once see what the other did."""
    School.objects.select_for_update(no_key=True, of=("self",)).values_list("pk").get(pk=school.pk)


def _locked(fact: DatedFact) -> Any:
    """The row, `with_end()`."""
    rows = DatedFact.objects.with_end().select_related("hub", "school", "value")
    row = rows.select_for_update(of=("self",)).get(pk=fact.pk)
    if row.struck_at is not None:
        raise ValidationError("This is struck out already.")
    return row


def _check_place(hub: Hub, school: School) -> None:
    if not Hub.objects.covering(school.authority_id, today()).filter(pk=hub.pk).exists():
        raise ValidationError(f"{school} is not in the area of {hub}.")
    if school.type.is_organisation:
        raise ValidationError(f"{school} is not a school.")


def _within_the_year(school: School, starts_on: date, ends_on: date | None) -> date:
    """A membership of the year in which the school opened holds since it opened."""
    opened = first_day(school, carried_since([school]))
    return opened if opened and ends_on and starts_on < opened < ends_on else starts_on


def _check_start(school: School, starts_on: date) -> None:
    if starts_on > today():
        raise ValidationError({"starts_on": "The date it began must be today or in the past"})
    opened = first_day(school, carried_since([school]))
    if opened and starts_on < opened:
        raise ValidationError(
            {"starts_on": f"The date it began must not be before {school} opened, on {long_date(opened)}"}
        )
    if not school.is_open and school.close_date and starts_on > school.close_date:
        raise ValidationError(
            {"starts_on": f"The date it began must not be after {school} closed, on {long_date(school.close_date)}"}
        )


def _check_free(hub: Hub, school: School, value: DatedFactValue, starts_on: date) -> None:
    """Nothing is recorded from the same day that it would have to end."""
    rows = DatedFact.objects.unstruck().filter(hub=hub, school=school, starts_on=starts_on)
    found = rows.clashing_with(value).select_related("value").first()
    if found:
        since = f"“{found.value}” is recorded from {long_date(starts_on)} already"
        said = f"{since}. Choose another day, or strike that out first if it was a mistake"
        raise ValidationError({"starts_on": said})


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
