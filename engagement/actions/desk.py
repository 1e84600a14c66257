"""Putting a thing on a worklist off until a day, and handing it to a colleague. Both are kept, with who and when."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from engagement.models import Snooze, WorkHandover
from engagement.models.desk import LONGEST_REASON
from engagement.querysets import entrusted
from hubportal.accounts.models import User
from hubportal.kit import letters
from hubportal.kit.wording import long_date
from schools.access import today
from schools.actions.relationships import may_own
from schools.models import Hub, Membership, Partner, School
from schools.roles import Role

USUAL = timedelta(days=7)
LONGEST = timedelta(days=60)  # longer is a matter for a pause, which a school's page shows to everybody


@transaction.atomic
def snooze(*, hub: Hub, school: School | None, key: str, matter: str, until: date, reason: str, by: User) -> Snooze:
    """Take a thing off the person's own list until a day. It takes the place of an earlier one. Four statements.

    Raises ValidationError by field for a day that is not to come or lies beyond `LONGEST`, and without a reason."""
    on, reason = today(), reason.strip()
    if until <= on:
        raise ValidationError({"until": f"The day must be after today, {long_date(on)}"})
    if until > on + LONGEST:
        raise ValidationError(
            {"until": f"The day must be {long_date(on + LONGEST)} or before. For longer, pause the school on its page"}
        )
    _check("reason", reason, "Say why, so that your manager can follow")
    for before in Snooze.objects.standing().filter(hub=hub, key=key, user=by):
        end_snooze(snooze=before, by=by)
    return Snooze.objects.create(
        hub=hub, school=school, key=key, matter=matter[:200], user=by, until=until, reason=reason
    )


def end_snooze(*, snooze: Snooze, by: User) -> bool:
    """Back on the list now. Says whether this press did it. One statement."""
    return _end(Snooze, snooze, by)


def colleagues(
    *, hub: Hub, school: School | None, but: User | None = None, managers_only: bool = False
) -> list[Membership]:
    """To whom a thing may be handed: who may look after the school today, by name, each person once. The officers of a
    partner only where the school is entrusted to it. A query for each partner with officers, and one more."""
    rows = may_own(hub=hub).select_related("user", "partner").order_by("user__name", "pk")
    if but is not None:
        rows = rows.exclude(user=but)
    if managers_only:
        rows = rows.filter(hub=hub, role=Role.HUB_MANAGER)
    elif school is None:
        rows = rows.filter(hub=hub)
    else:
        there = [each.pk for each in Partner.objects.filter(hub=hub) if _holds(each, school)]
        rows = rows.filter(partner=None) | rows.filter(partner__in=there)
    return list({row.user_id: row for row in reversed(rows)}.values())[::-1]


def _holds(partner: Partner, school: School) -> bool:
    return School.objects.filter(pk__in=entrusted({partner.pk}, today())).filter(pk=school.pk).exists()


@transaction.atomic
def hand(
    *,
    hub: Hub,
    school: School | None,
    key: str,
    to: User,
    note: str,
    by: User,
    about: str,
    managers_only: bool = False,
) -> WorkHandover:
    """Give a thing to a colleague, who finds it on their list with the note and is told by email. One that the person
    was handed goes on to the next. `about` names the school, or what it is. A dozen queries.

    Raises ValidationError by field for somebody who may not see to it, and without a note."""
    note = note.strip()
    _check("note", note, "Say what your colleague should know")
    if to.pk not in {each.user_id for each in colleagues(hub=hub, school=school, but=by, managers_only=managers_only)}:
        raise ValidationError({"who": f"{to} cannot see to this. Choose a colleague from the list"})
    for before in WorkHandover.objects.standing().filter(hub=hub, key=key):
        _end(WorkHandover, before, by)
    for asleep in Snooze.objects.standing().filter(hub=hub, key=key, user__in=[by, to]):
        end_snooze(snooze=asleep, by=by)
    given = WorkHandover.objects.create(hub=hub, school=school, key=key, sender=by, receiver=to, note=note)
    context = {"by": by, "about": about, "path": reverse("engagement:today")}
    transaction.on_commit(
        lambda: letters.send("engagement/email/work_handed.txt", to=[to.email], context=context, reply_to=by.email)
    )
    return given


@transaction.atomic
def give_back(*, given: WorkHandover, by: User) -> bool:
    """Back to whose it was: given back by the receiver, or taken back by the sender. Says whether this press did it.
    The other of the two is told by email."""
    if not _end(WorkHandover, given, by):
        return False
    other = given.sender if by.pk == given.receiver_id else given.receiver
    context: dict[str, Any] = {
        "by": by,
        "about": given.school.name if given.school else "a thing on your list",
        "is_back": other.pk == given.sender_id,
        "path": reverse("engagement:today"),
    }
    transaction.on_commit(
        lambda: letters.send("engagement/email/work_back.txt", to=[other.email], context=context, reply_to=by.email)
    )
    return True


def _check(field: str, words: str, missing: str) -> None:
    if not words:
        raise ValidationError({field: missing})
    if len(words) > LONGEST_REASON:
        raise ValidationError({field: f"Use {LONGEST_REASON} characters or fewer"})


def _end(model: type[Snooze] | type[WorkHandover], row: Snooze | WorkHandover, by: User) -> bool:
    """One of two who press at once ends it."""
    ended = model.objects.standing().filter(pk=row.pk).update(ended_at=timezone.now(), ended_by=by)
    return bool(ended)
