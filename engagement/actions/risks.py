"""A risk to a relationship: raised with what shows it, escalated, resolved, opened again; each with who, when and
why."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from engagement.actions import tenancy
from engagement.models import Risk, RiskKind, RiskStep
from hubportal.accounts.models import User
from schools import timeline
from schools.models import School, TimelineEntry, Trust
from schools.standing import owner_of

What = RiskStep.What
SAYS = {
    What.RAISED: "Engagement risk",
    What.ESCALATED: "Engagement risk escalated to {whom}",
    What.RESOLVED: "Engagement risk resolved",
    What.REOPENED: "Engagement risk opened again",
}


@transaction.atomic
def raise_risk(
    *,
    school: School,
    kind: RiskKind,
    what: str,
    evidence: str,
    by: User,
    record: TimelineEntry | None = None,
    record_words: str = "",
) -> Risk:
    """Say that something may go wrong between the hub and the school, and what shows it: in words, and a record of the
    school's timeline. It is with whoever looks after the school, else with who raised it. Said twice while it stands,
    it is one risk. A dozen queries.

    Raises ValidationError for a school that is not this person's to write about, and for a record of another school."""
    place = tenancy.place_of([school], by=by)
    if record is not None and (record.hub_id, record.school_id) != (place.hub.pk, school.pk):
        raise ValidationError({"record": "Choose a record of this school"})
    risk, is_new = Risk.objects.standing().get_or_create(
        hub=place.hub,
        school=school,
        kind=kind,
        what=what,
        defaults={
            "evidence": evidence,
            "record_source": record.source if record else "",
            "record_words": record_words,
            "with_whom": owner_of(place.hub, school) or by,
            "raised_by": by,
        },
    )
    if is_new:
        _step(risk, What.RAISED, by, evidence)
    return risk


@transaction.atomic
def escalate(
    *, risk: Risk, why: str, by: User, to: User | None = None, to_trust: Trust | None = None, told: str = ""
) -> RiskStep:
    """Take it to a manager of the hub, with whom it is from then on, or to the school's trust, with whom it was talked
    over: it stays with the one who did. Some ten queries.

    Raises ValidationError where it is resolved, is with that manager already, or names neither or both."""
    row = _locked(risk)
    if not row.stands:
        raise ValidationError("This risk is resolved. Open it again first.")
    if (to is None) == (to_trust is None):
        raise ValidationError({"to": "Choose whom you take it to"})
    if to is not None and row.state == Risk.State.ESCALATED and row.with_whom_id == to.pk:
        raise ValidationError(f"It is with {to} already.")
    row.state, row.with_whom = Risk.State.ESCALATED, to or by
    row.save(update_fields=["state", "with_whom"])
    return _step(row, What.ESCALATED, by, why, to=to, to_trust=to_trust, told=told)


@transaction.atomic
def resolve(*, risk: Risk, outcome: str, why: str, by: User) -> RiskStep:
    """Close it, with what came of it and why. Raises ValidationError where somebody has already."""
    row = _locked(risk)
    if not row.stands:
        last = row.steps.filter(what=What.RESOLVED).last()
        raise ValidationError(f"{last.by if last else 'Somebody'} has resolved this already.")
    row.state = Risk.State.RESOLVED
    row.save(update_fields=["state"])
    return _step(row, What.RESOLVED, by, why, outcome=outcome)


@transaction.atomic
def reopen(*, risk: Risk, why: str, by: User) -> RiskStep:
    """It stands again, with the one who opens it. Raises ValidationError where it stands, or was raised again since."""
    row = _locked(risk)
    if row.stands:
        raise ValidationError("This risk is not resolved.")
    again = Risk.objects.standing().filter(hub=row.hub, school=row.school, kind=row.kind, what=row.what)
    if again.exists():
        raise ValidationError("The same risk was raised again since. See it on the school’s page.")
    row.state, row.with_whom = Risk.State.OPEN, by
    row.save(update_fields=["state", "with_whom"])
    return _step(row, What.REOPENED, by, why)


def _locked(risk: Risk) -> Risk:
    rows = Risk.objects.select_for_update(of=("self",)).select_related("hub", "school", "kind", "with_whom")
    return rows.get(pk=risk.pk)


def _step(risk: Risk, what: str, by: User, why: str, **more: Any) -> RiskStep:
    step = RiskStep.objects.create(risk=risk, what=what, by=by, why=why[:500], **more)
    write_timeline(step)
    return step


def write_timeline(step: RiskStep) -> None:
    """For the hub alone, and the partner entrusted. Two statements."""
    risk = step.risk
    timeline.write(
        hub=risk.hub,
        school=risk.school,
        source=step.timeline_source,
        kind=TimelineEntry.Kind.RISK,
        audience=TimelineEntry.Audience.HUB,
        at=step.at,
        heading=f"{SAYS[What(step.what)].format(whom=step.whom)}: {risk.what}",
        detail=f"{risk.kind} · {step.by}",
        text="" if step.what == What.RAISED else step.why,
        url=risk.get_absolute_url(),
    )
