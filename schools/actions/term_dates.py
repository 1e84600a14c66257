"""Term dates are entered a year at a time, and taken away where the owner goes by others' again."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from hubportal.accounts.models import User
from hubportal.kit.terms import PARTS, Span, part_name
from schools import term_dates
from schools.access import today
from schools.models import DaysOff, TermCalendar, TermPart
from schools.term_dates import Owner


@transaction.atomic
def save(
    *,
    owner: Owner,
    year: int,
    terms_in_year: int,
    parts: Sequence[Span],
    days_off: Sequence[Span] = (),
    source: str = "",
    is_checked: bool = False,
    by: User | None,
) -> TermCalendar:
    """Write an owner's dates of one academic year, in place of those it had. What follows from them at its schools is
    worked out again. About fifteen statements, and what the other rooms cost.

    Raises ValidationError where the dates do not make a year without a gap: see `term_dates.problems`, which the form
    asks first."""
    names = [part_name(number, terms_in_year) for number in PARTS]
    wrong = [each.sentence for each in term_dates.problems(year, parts, days_off, names)]
    if wrong := wrong or list(filter(None, [term_dates.neighbour_problem(owner, year, parts)])):
        raise ValidationError(wrong)
    which: dict[str, Any] = {term_dates.owner_field(owner): owner, "year": year}
    calendar, _ = TermCalendar.objects.update_or_create(
        **which,
        defaults={
            "terms_in_year": terms_in_year,
            "source": source,
            "is_checked": is_checked,
            "changed_by": by,
            "changed_at": timezone.now(),
        },
    )
    calendar.parts.all().delete()
    calendar.days_off.all().delete()
    TermPart.objects.bulk_create(
        TermPart(calendar=calendar, number=number, starts_on=part.first, ends_on=part.last)
        for number, part in enumerate(parts, start=1)
    )
    DaysOff.objects.bulk_create(
        DaysOff(calendar=calendar, name=off.name, starts_on=off.first, ends_on=off.last) for off in days_off
    )
    term_dates.tell(term_dates.schools_of(owner, today()))
    return calendar


@transaction.atomic
def remove(*, calendar: TermCalendar, by: User) -> None:
    """The owner has no dates of its own for this year any more. What follows is worked out again."""
    owner = calendar.owner
    calendar.delete()
    term_dates.tell(term_dates.schools_of(owner, today()))
