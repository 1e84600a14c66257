"""What a person's hours are in a term, and how a hub reckons time that nobody wrote down."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement.models import Conversation, MetRole, TermHours, TimeRules
from engagement.models.time_spent import MOST_HOURS
from engagement.rules import minutes_problem
from engagement.time_spent.periods import Period
from hubportal.accounts.models import User
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.actions.relationships import may_own
from schools.models import Hub


@transaction.atomic
def enter_hours(*, hub: Hub, person: User, period: Period, employed: Decimal, teaching: Decimal, by: User) -> TermHours:
    """The hours a week in a term; what was entered before gives way. Raises ValidationError for a person who does not
    work for the hub, a whole year, a term that has not begun, and hours that cannot be."""
    if not period.term or period.first > today():
        raise ValidationError("Enter the hours of a term that has begun.")
    if not may_own(hub=hub).filter(user=person).exists():
        raise ValidationError(f"{person} does not work for {hub} or one of its partners today.")
    if not 0 <= employed <= MOST_HOURS:
        raise ValidationError(f"The hours employed must be from 0 to {MOST_HOURS} a week.")
    if not 0 <= teaching <= employed:
        raise ValidationError("The hours teaching cannot be more than the hours employed.")
    said = {"employed": employed, "teaching": teaching, "entered_by": by, "entered_at": timezone.now()}
    return TermHours.objects.update_or_create(
        hub=hub, person=person, year=period.year, term=period.term, defaults=said
    )[0]


@transaction.atomic
def set_time_rules(
    *,
    hub: Hub,
    year: int,
    minutes: Mapping[str, int],
    email_minutes: int,
    attempt_minutes: int,
    leaders: Sequence[str],
    by: User,
) -> TimeRules:
    """How the hub reckons from an academic year on. Raises ValidationError for a year that is over, a kind without its
    minutes, minutes that cannot be, and where nobody would be a leader."""
    if year < academic_year(today()):
        raise ValidationError("The rules of a year that is over stay as they were.")
    if set(minutes) != set(Conversation.Kind.values):
        raise ValidationError("Give the minutes of every kind of conversation.")
    for each in (*minutes.values(), email_minutes, attempt_minutes):
        if problem := minutes_problem(each):
            raise ValidationError(f"{problem}.")
    known = list(MetRole.objects.filter(code__in=leaders).values_list("code", flat=True))
    if not known:
        raise ValidationError("Choose at least one role of leaders: else no conversation is strategic.")
    said = {"minutes": dict(minutes), "email_minutes": email_minutes, "attempt_minutes": attempt_minutes}
    return TimeRules.objects.update_or_create(hub=hub, year=year, defaults={**said, "leaders": known})[0]
