"""Not giving up: the hub's ladder, a manager's word on the step that needs one, and schools left in peace until a
day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from engagement.actions import contact_dates, tenancy
from engagement.ladder import ladder_of, needs_approval
from engagement.models import Attempt, Hold, LadderStep, StepApproval
from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools import timeline
from schools.access import today
from schools.models import Hub, Relationship, School, TimelineEntry


@dataclass(frozen=True)
class Step:
    """One step as a manager writes it."""

    name: str
    how: str
    school_weeks: int = 1
    needs_approval: bool = False


@transaction.atomic
def set_ladder(*, hub: Hub, steps: Sequence[Step], by: User) -> list[LadderStep]:
    """Put these steps in place of the hub's own, or of those of every hub. The next step of every silent school follows
    from them at once. Some dozen queries, and a second or two for a large hub.

    Raises ValidationError where there are none. A step to a trust or to governors always needs a manager's approval."""
    if not steps:
        raise ValidationError("A ladder has at least one step.")
    LadderStep.objects.filter(hub=hub).delete()
    rows = LadderStep.objects.bulk_create(
        LadderStep(
            hub=hub,
            position=position,
            name=step.name,
            how=step.how,
            school_weeks=step.school_weeks,
            needs_approval=step.needs_approval or step.how == Attempt.How.TRUST,
        )
        for position, step in enumerate(steps, start=1)
    )
    contact_dates.refresh_hub(hub=hub)
    return rows


@transaction.atomic
def hold(
    *, school: School, kind: str, reason: str, until: date, decided_by: str, by: User, decided_on: date | None = None,
    note: str = "",
) -> Hold:  # fmt: skip
    """Leave a school in peace until a day: paused by the hub, or because it declined. It takes the place of what stood
    of the same kind. About twenty queries.

    Raises ValidationError by field for a day to come on which it was decided, and for an end that has come; and for a
    school that is not this person's to write about."""
    place, on = tenancy.place_of([school], by=by), today()
    decided_on = decided_on or on
    if decided_on > on:
        raise ValidationError({"decided_on": "The day of the decision must be today or in the past"})
    if until <= on:
        raise ValidationError({"until": f"The day must be after today, {long_date(on)}"})
    for before in Hold.objects.standing().filter(hub=place.hub, school=school, kind=kind):
        _end(before, by)
    held = Hold.objects.create(
        hub=place.hub,
        school=school,
        kind=kind,
        reason=reason,
        note=note,
        decided_by=decided_by,
        decided_on=decided_on,
        until=until,
        recorded_by=by,
    )
    timeline.write(**hold_entry(held))
    contact_dates.refresh(hub=place.hub, school=school)
    return held


@transaction.atomic
def end_hold(*, hold: Hold, by: User) -> None:
    """Talk with the school again before the day. Ended once, it stays ended. About twenty queries."""
    if hold.ended_at is None:
        _end(hold, by)
        contact_dates.refresh(hub=hold.hub, school=hold.school)


def _end(hold: Hold, by: User) -> None:
    hold.ended_at, hold.ended_by = timezone.now(), by
    hold.save(update_fields=["ended_at", "ended_by"])
    timeline.write(**hold_entry(hold))


def hold_entry(hold: Hold) -> dict[str, Any]:
    """What the timeline says of it, by the names of a TimelineEntry's fields."""
    ended = f", ended by {hold.ended_by} on {long_date(hold.ended_at)}" if hold.ended_at else ""
    return {
        "hub": hold.hub,
        "school": hold.school,
        "source": hold.timeline_source,
        "kind": TimelineEntry.Kind.HOLD,
        "audience": TimelineEntry.Audience.HUB,
        "at": timezone.make_aware(datetime.combine(hold.decided_on, time.min)),
        "is_whole_day": True,
        "heading": f"{hold.get_kind_display()} until {long_date(hold.until)}: {hold.get_reason_display().lower()}",
        "detail": f"Decided by {hold.decided_by} · {hold.recorded_by}{ended}",
        "text": hold.note,
    }


@transaction.atomic
def ask_approval(*, school: School, why: str, by: User) -> StepApproval:
    """Ask the hub's managers for the step that needs their approval, where it is the next one. Asking twice asks once.
    Some ten queries. Raises ValidationError where the next step needs none."""
    place = tenancy.place_of([school], by=by)
    kept = Relationship.objects.filter(hub=place.hub, school=school).first()
    if kept is None or not kept.next_how or not needs_approval(ladder_of(place.hub), kept.next_how):
        raise ValidationError("The next step needs no manager’s approval.")
    asked, is_new = StepApproval.objects.get_or_create(
        hub=place.hub,
        school=school,
        how=kept.next_how,
        is_approved=None,
        defaults={"step": kept.next_step, "why": why, "asked_by": by},
    )
    if is_new:
        _write_down(asked)
    return asked


@transaction.atomic
def decide(*, approval: StepApproval, is_approved: bool, answer: str, by: User) -> StepApproval:
    """A manager's word, once. Raises ValidationError where somebody has decided already."""
    row = StepApproval.objects.select_for_update(of=("self",)).select_related("hub", "school").get(pk=approval.pk)
    if row.decided_at is not None:
        raise ValidationError(f"{row.decided_by} has decided this already.")
    row.is_approved, row.answer, row.decided_by, row.decided_at = is_approved, answer, by, timezone.now()
    row.save(update_fields=["is_approved", "answer", "decided_by", "decided_at"])
    _write_down(row)
    return row


def approved(hub: Hub, school: School, how: str) -> StepApproval | None:
    """A manager's approval of such a step that holds now: since the last conversation that counts. Two queries."""
    kept = Relationship.objects.filter(hub=hub, school=school).first()
    rows = StepApproval.objects.filter(hub=hub, school=school, how=how, is_approved=True)
    if kept and kept.last_counted_on:
        rows = rows.filter(decided_at__date__gte=kept.last_counted_on)
    return rows.order_by("-decided_at").first()


def check_step(hub: Hub, school: School, how: str) -> None:
    """Raises ValidationError where such a try needs a manager's approval and none holds. Three queries at the most."""
    if needs_approval(ladder_of(hub), how) and approved(hub, school, how) is None:
        way = Attempt.How(how).label.partition(",")[0]
        raise ValidationError(f"{way}: this step is taken only with a manager’s approval. Ask for it first.")


def _write_down(approval: StepApproval) -> None:
    said = {None: "A manager is asked for", True: "Approved", False: "Not approved"}[approval.is_approved]
    who = f"{approval.asked_by}{f' · {approval.decided_by}' if approval.decided_by else ''}"
    timeline.write(
        hub=approval.hub,
        school=approval.school,
        source=approval.timeline_source,
        kind=TimelineEntry.Kind.HOLD,
        audience=TimelineEntry.Audience.HUB,
        at=approval.decided_at or approval.asked_at,
        heading=f"{said}: {approval.step}",
        detail=who,
        text="\n".join(filter(None, [approval.why, approval.answer])),
        url=reverse("engagement:approval-decide", args=[approval.uuid]),
    )
