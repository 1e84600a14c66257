"""A school's own list of what it is happy to be named for to other schools: put on it, and taken out."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement.models import NamedFor
from hubportal.accounts.models import User
from schools.models import School

MOST = 20  # more of them and nobody reads the list


@transaction.atomic
def add(*, school: School, words: str, by: User, code: str = "", said_by: str = "") -> NamedFor:
    """Put something on the list; what stands there in the same words is not put on it twice. Four statements. Raises
    ValidationError for a list that is full."""
    School.objects.select_for_update(of=("self",)).get(pk=school.pk)  # two presses come one after the other
    rows = NamedFor.objects.standing().filter(school=school)
    same = rows.filter(words__iexact=words).first()
    if same is not None:
        return same
    if rows.count() >= MOST:
        raise ValidationError({"words": f"The list holds {MOST} at the most. Take something out first"})
    return NamedFor.objects.create(school=school, words=words, criterion_code=code, added_by=by, said_by=said_by)


def take_out(*, row: NamedFor, by: User) -> None:
    """Take something out: no school reads it any more, of introductions that were made before neither. One
    statement."""
    rows = NamedFor.objects.standing().filter(pk=row.pk)
    rows.update(taken_out_at=timezone.now(), taken_out_by=by)
