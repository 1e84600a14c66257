"""What was delivered: recorded, changed, confirmed, withdrawn, carried into the next year, joined to its other half.
Each works out again how hub and school are engaged, and writes the school's timeline."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from engagement.actions import contact_dates, tenancy
from engagement.deliveries import checks, kinds
from engagement.models import DeliveriesApart, Delivery
from engagement.past.dates import Time
from hubportal.accounts.models import User
from hubportal.kit.wording import academic_year, count
from schools import timeline
from schools.access import today
from schools.models import Hub, School, TimelineEntry

WHO = (
    "delivered_by",
    "deliverer",
    "deliverer_name",
    "supported_by",
    "supporter",
    "supporter_name",
    "offer",
    "note",
    "is_estimate",
)
OF_KINDS = {name for kind in kinds.KINDS for name in kinds.kept_columns(kind)}
EMPTY = {each.name: each.get_default for each in Delivery._meta.fields}
EARLIEST = 10  # academic years back


@transaction.atomic
def record(*, school: School, kind: str, year: int, values: Mapping[str, Any], by: User) -> Delivery:
    """Write down what was delivered at a school. `values` has the names of the model's fields, and beside them
    `is_confirmed` and `warnings`, the sentences that the person read and said: it is so. Some twenty queries.

    Raises ValidationError for a school that is not this person's to write about, for figures that cannot be, and for
    warnings that nobody has confirmed."""
    place = tenancy.place_of([school], by=by)
    row = Delivery(hub=place.hub, school=school, kind=kind, by=by)
    return _save(row, year, values, by)


@transaction.atomic
def change(*, delivery: Delivery, year: int, values: Mapping[str, Any], by: User) -> Delivery:
    """The same of one that is there. Raises ValidationError also where it was withdrawn, or came from another hub."""
    row = _locked(delivery)
    _open(row)
    row.changed_by = by
    return _save(row, year, values, by)


@transaction.atomic
def withdraw(*, delivery: Delivery, why: str, by: User) -> Delivery:
    """It counts no more, and stays readable with who withdrew it and why. What was counted with it counts again.
    Raises ValidationError where somebody has withdrawn it already. A dozen queries."""
    row = _locked(delivery)
    _open(row)
    Delivery.objects.filter(counted_with=row).update(counted_with=None)
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_why, row.counted_with = timezone.now(), by, why, None
    row.save()
    return _told(row)


@transaction.atomic
def confirm(*, delivery: Delivery, by: User) -> Delivery:
    """Say that the figures are so. Raises ValidationError where the census speaks against them and nobody has said that
    they are right all the same."""
    row = _locked(delivery)
    _open(row)
    _check_warnings(row, row.warnings)
    row.confirmed_at, row.confirmed_by, row.changed_by = timezone.now(), by, by
    row.save()
    return _told(row)


@transaction.atomic
def carry_over(*, school: School, deliveries: Sequence[Delivery], year: int, by: User) -> list[Delivery]:
    """Last year's, as unconfirmed records of this year, for somebody to confirm or change. One that was carried over
    before is not carried again. Four statements for each. Raises ValidationError for one of another school or hub."""
    place = tenancy.place_of([school], by=by)
    there = Delivery.objects.standing().filter(carried_from__in=deliveries, year=year)
    done = set(there.values_list("carried_from", flat=True))
    made = []
    for old in deliveries:
        if (old.hub_id, old.school_id) != (place.hub.pk, school.pk) or not (old.stands and old.is_own):
            raise ValidationError("Choose deliveries of this school.")
        if old.pk in done:
            continue
        values = {name: getattr(old, name) for name in (*WHO, *OF_KINDS)} | {"on": None}
        row = Delivery(hub=old.hub, school=school, kind=old.kind, carried_from=old, by=by, year=year, **values)
        _place_in_time(row)
        row.save()
        made.append(_told(row, refresh=False))
    return made


@transaction.atomic
def count_with(*, delivery: Delivery, other: Delivery, by: User) -> Delivery:
    """They are the two halves of one project: the `other` counts, this one is counted with it. Raises ValidationError
    where they are not of one hub, school, year and kind, or one of them counts no more."""
    rows = {each.pk: each for each in _lock_both(delivery, other)}
    row, whole = rows[delivery.pk], rows[other.pk]
    if _same(row) != _same(whole) or row.pk == whole.pk:
        raise ValidationError("Only records of one school, year and kind are counted together.")
    if any(not each.stands or not each.is_own or each.counted_with_id for each in (row, whole)):
        raise ValidationError("One of the two is not counted by itself any more. See below how they stand now.")
    Delivery.objects.filter(counted_with=row).update(counted_with=whole)
    row.counted_with, row.changed_by = whole, by
    row.save()
    return _told(row)


@transaction.atomic
def count_again(*, delivery: Delivery, by: User) -> Delivery:
    """It counts by itself again, and is not taken for a half of the other any more."""
    row = _locked(delivery)
    _open(row)
    whole = row.counted_with
    if whole is None:
        raise ValidationError("It is counted by itself already.")
    row.counted_with, row.changed_by = None, by
    row.save()
    keep_apart(delivery=row, other=whole, by=by)
    return _told(row)


@transaction.atomic
def keep_apart(*, delivery: Delivery, other: Delivery, by: User) -> None:
    """They are two things, and are not shown as one again. Raises ValidationError for records of two hubs."""
    if delivery.hub_id != other.hub_id or delivery.pk == other.pk:
        raise ValidationError("Choose two records of one hub.")
    one, second = sorted((delivery, other), key=lambda each: each.pk)
    DeliveriesApart.objects.get_or_create(one=one, other=second, defaults={"by": by})


def _same(row: Delivery) -> tuple:
    return row.hub_id, row.school_id, row.year, row.kind


def _locked(delivery: Delivery) -> Delivery:
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("hub", "school", "counted_with")
    return rows.get(pk=delivery.pk)


def _lock_both(*deliveries: Delivery) -> Iterable[Delivery]:
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("hub", "school").order_by("pk")
    return list(rows.filter(pk__in=[each.pk for each in deliveries]))


def _open(row: Delivery) -> None:
    if not row.stands:
        raise ValidationError(f"{row.withdrawn_by} has withdrawn this record.")
    if not row.is_own:
        raise ValidationError("It came from another hub with the school: nobody changes it here.")


def _save(row: Delivery, year: int, values: Mapping[str, Any], by: User) -> Delivery:
    this = academic_year(today())
    if not this - EARLIEST <= year <= this:
        raise ValidationError({"year": f"Choose an academic year from {this - EARLIEST} to {this}"})
    row.year = year
    kept = kinds.kept_columns(row.kind)
    for name in OF_KINDS:  # what another kind asks is not kept
        setattr(row, name, values.get(name, _empty(name)) if name in kept else _empty(name))
    for name in WHO:
        setattr(row, name, values.get(name, _empty(name)))
    _check_tenancy(row)
    if found := checks.problems(row.kind, {name: getattr(row, name) for name in OF_KINDS}):
        raise ValidationError(found)
    accepted = list(values.get("warnings", []))
    _check_warnings(row, accepted)
    row.warnings = accepted
    row.warned_at, row.warned_by = (timezone.now(), by) if accepted else (None, None)
    if not values.get("is_confirmed", True):
        row.confirmed_at, row.confirmed_by = None, None
    else:
        row.confirmed_at, row.confirmed_by = timezone.now(), by
    _place_in_time(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ValidationError("These figures do not go together. Look at them again.") from error
    return _told(row)


def _empty(name: str) -> Any:
    """What a column holds where nothing is said: None for a number."""
    return EMPTY[name]()


def _check_tenancy(row: Delivery) -> None:
    """Another hub's partner, offer or entry is none of this hub's."""
    for name in ("deliverer", "supporter", "offer"):
        if (named := getattr(row, name)) and named.hub_id != row.hub_id:
            raise ValidationError({name: f"Choose one of {row.hub}"})
    for name in ("instrument", "ensemble", "training", "event"):
        named = getattr(row, name)
        if named and (named.code_list != name or named.hub_id not in (None, row.hub_id) or named.national_id):
            raise ValidationError({name: f"Choose one from the list of {row.hub}"})


def _check_warnings(row: Delivery, accepted: Sequence[str]) -> None:
    said = {"pupils": row.pupils, "year_groups": row.year_groups}
    if open_ones := [each for each in checks.warnings(said, checks.Census.of(row.school)) if each not in accepted]:
        raise ValidationError({"warnings": open_ones})


def _place_in_time(row: Delivery) -> None:
    """From which day it counts, and what would make another record the same thing."""
    if row.on is not None and academic_year(row.on) != row.year:
        raise ValidationError({"on": f"The day must be in the academic year {row.year_words}"})
    if row.on is not None and row.on > today():
        raise ValidationError({"on": "The day must be today or earlier: what is recorded has happened"})
    terms = [number for number, name in enumerate(kinds.TERMS, start=1) if getattr(row, name)]
    row.starts_on = row.on or Time(row.year, terms[0] if terms else 1).first_day
    row.thing = thing_of(row)


def thing_of(row: Delivery) -> str:
    """What it was, for finding the other half of a joint project: the name of the class or ensemble, else whatever
    else tells it; "" where nothing does."""
    if row.class_name:
        return f"name:{' '.join(row.class_name.casefold().split())}"[:200]
    told = (
        *(getattr(row, f"{name}_id") or "" for name in ("instrument", "ensemble", "training", "event")),
        ",".join(str(each) for each in sorted(row.year_groups)),
        row.group_size,
        row.key_stage,
        row.on.isoformat() if row.on else "",
    )
    return "|".join(str(each) for each in told) if any(told) else ""


def _told(row: Delivery, *, refresh: bool = True) -> Delivery:
    """The school's timeline says it, and the engagement of hub and school follows."""
    if row.stands:
        timeline.write(**timeline_fields(row))
    else:
        timeline.remove(hub=row.hub, school=row.school, source=row.timeline_source)
    if refresh:
        contact_dates.refresh(hub=row.hub, school=row.school)
    return row


def timeline_fields(row: Delivery) -> dict[str, Any]:
    """What the timeline says of it, by the names of a TimelineEntry's fields: for the hub and the partner entrusted."""
    pupils = count(row.pupils, "pupil") if row.pupils is not None else ""
    loaned = count(row.loaned, "instrument") if row.loaned is not None else ""
    said = (loaned, pupils, "" if row.confirmed_at else "not confirmed yet")
    return {
        "hub": row.hub,
        "school": row.school,
        "source": row.timeline_source,
        "kind": TimelineEntry.Kind.SUPPORT,
        "audience": TimelineEntry.Audience.HUB,
        "at": _midnight(row.starts_on),
        "is_whole_day": True,
        "heading": f"Delivered: {row}"[:200],
        "detail": " · ".join(filter(None, [f"By {row.by_words}", row.year_words, *said])),
        "url": row.get_absolute_url(),
    }


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time()))


def years_of(hub: Hub) -> list[int]:
    """The academic years of which a hub can record, the newest first."""
    this = academic_year(today())
    return list(range(this, this - EARLIEST - 1, -1))
