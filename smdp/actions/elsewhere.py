"""A plan that is kept elsewhere is recorded, confirmed, looked at, gone through again and taken out."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from engagement.homes import hub_contact_of
from hubportal.kit import attached, letters
from hubportal.kit.attached import FileKind
from hubportal.kit.wording import as_date, long_date
from schools import timeline
from schools.access import today
from schools.models import Hub, School, TimelineEntry
from smdp import yearly
from smdp.actions.reminders import leaders_of
from smdp.models import Plan, PlanElsewhere, PlanElsewhereLook
from smdp.permissions import can_keep_elsewhere

if TYPE_CHECKING:
    from hubportal.accounts.models import User

NOWHERE = "Give the address of the plan or choose its file"
NOTHING_SAID = "Write what is strong or what you suggest first. The school sees it once you return it."


@dataclass(frozen=True)
class Said:
    """What is recorded of a plan. `priorities` are values as `smdp.priorities` reads them."""

    year: int
    years: int
    review_on: date | None = None  # the next summer, where nobody says
    adopted_on: date | None = None
    url: str = ""
    priorities: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def record(
    *,
    school: School,
    said: Said,
    by: "User",
    file: File | None = None,
    seen_on: date | None = None,
    at: datetime | None = None,
    is_from_list: bool = False,
) -> PlanElsewhere:
    """Note that a school keeps a plan elsewhere. Recorded by a leader of the school it is the school's word, and the
    hub's contact gets an email; by anybody else it is the hub's word, marked so until a leader confirms it, for which
    they get an email. `seen_on` is the day on which an officer saw the plan: it is enough where there is neither link
    nor file. One that the hub brings in from a list of its own needs none of them, and nobody gets an email.

    Raises ValidationError, by the name of the field, for dates and years that cannot be, for a file that is no PDF or
    Word document or is too large, where there is neither, where one that begins in that year stands already, and where
    the school has closed or no hub covers it. Some fifteen statements."""
    at = at or timezone.now()
    School.objects.select_for_update(of=("self",)).get(pk=school.pk)
    is_schools = can_keep_elsewhere(by, school)
    hub = Hub.objects.covering(school.authority_id, as_date(at)).first()
    if not school.is_open:
        raise ValidationError(f"{school} has closed, so nothing can be recorded for it.")
    if not is_schools and hub is None:
        raise ValidationError("No music hub covers this school’s area at the moment.")
    check(said, as_date(at))
    if not (said.url or file or (seen_on and not is_schools) or is_from_list):
        raise ValidationError({"url": NOWHERE if is_schools else f"{NOWHERE}, or say when you saw it"})
    _check_alone(school, said.year)
    plan = PlanElsewhere(
        school=school,
        recorded_by=by,
        recorded_at=at,
        recorded_for=None if is_schools else hub,
        **_fields(said, as_date(at)),
    )
    _keep(plan, file)
    plan.save()
    if seen_on and not is_schools:
        see(plan=plan, on=seen_on, by=by, at=at)
    _write_timeline(plan)
    if not is_from_list:
        transaction.on_commit(partial(_email_hub if is_schools else _email_leaders, plan, by))
    return plan


@transaction.atomic
def change(
    *, plan: PlanElsewhere, said: Said, by: "User", file: File | None = None, at: datetime | None = None
) -> PlanElsewhere:
    """Record it anew. A file that is given takes the place of the one there, whose bytes are deleted. A leader of the
    school who changes what the hub recorded has confirmed it.

    Raises ValidationError as `record` does, and where it was taken out meanwhile. Some ten statements."""
    at = at or timezone.now()
    plan = _locked(plan)
    check(said, as_date(at))
    if said.year != plan.year:
        _check_alone(plan.school, said.year)
    for name, value in _fields(said, as_date(at)).items():
        setattr(plan, name, value)
    _keep(plan, file)
    was_seen = plan.looks.filter(kind=PlanElsewhereLook.Kind.SEEN).exists()
    if not (plan.url or plan.file or (plan.recorded_for_id and was_seen)):
        raise ValidationError({"url": NOWHERE})
    _confirm(plan, by, at)
    plan.save()
    _write_timeline(plan)
    return plan


@transaction.atomic
def confirm(*, plan: PlanElsewhere, by: "User", at: datetime | None = None) -> PlanElsewhere:
    """What the hub recorded is right, says a leader of the school. Confirmed already, nothing changes. Raises
    ValidationError where it was taken out meanwhile. Five statements."""
    plan = _locked(plan)
    if plan.is_to_confirm:
        _confirm(plan, by, at or timezone.now())
        plan.save()
        _write_timeline(plan)
    return plan


@transaction.atomic
def remove(*, plan: PlanElsewhere, by: "User", at: datetime | None = None) -> None:
    """Take it out: it counts no more, and its file is deleted. That it was here, and what was said of it, stays. Taken
    out already, nothing changes. Four statements."""
    plan = PlanElsewhere.objects.select_for_update(of=("self",)).select_related("school").get(pk=plan.pk)
    if not plan.is_standing:
        return
    plan.removed_by, plan.removed_at = by, at or timezone.now()
    _drop_file(plan)
    plan.save()
    _write_timeline(plan)


@transaction.atomic
def see(*, plan: PlanElsewhere, on: date, by: "User", at: datetime | None = None) -> PlanElsewhereLook:
    """An officer of the hub saw the plan on a day. The same day said twice by one person is one. Raises ValidationError
    for a day that is not past or before the academic year before the plan. Six statements."""
    at = at or timezone.now()
    plan = _locked(plan)
    _check_day("seen_on", on, plan, as_date(at))
    hub = _hub_of(plan)
    kind = PlanElsewhereLook.Kind.SEEN
    if same := plan.looks.filter(kind=kind, hub=hub, on=on, by=by).first():
        return same
    look = PlanElsewhereLook.objects.create(plan=plan, kind=kind, hub=hub, on=on, by=by, at=at)
    write_look(look)
    return look


@transaction.atomic
def advise(
    *, plan: PlanElsewhere, strengths: str, suggestions: str, by: "User", at: datetime | None = None
) -> PlanElsewhereLook:
    """The hub's review, returned to the school, whose leaders get an email. It is advice. Sent twice, it is one.

    Raises ValidationError where nothing is said, and where the plan was taken out meanwhile. Seven statements."""
    at = at or timezone.now()
    plan = _locked(plan)
    if not (strengths or suggestions):
        raise ValidationError(NOTHING_SAID)
    hub = _hub_of(plan)
    said = {"kind": PlanElsewhereLook.Kind.ADVICE, "hub": hub, "strengths": strengths, "suggestions": suggestions}
    if same := plan.looks.filter(by=by, on=as_date(at), **said).first():
        return same
    look = PlanElsewhereLook.objects.create(plan=plan, on=as_date(at), by=by, at=at, **said)
    write_look(look)
    transaction.on_commit(partial(_email_advice, look))
    return look


@transaction.atomic
def go_through(
    *, plan: PlanElsewhere, on: date, review_on: date | None, by: "User", at: datetime | None = None
) -> PlanElsewhereLook:
    """The school looked at its plan again on a day, and will do so next on another: the next summer, where nobody says.

    Raises ValidationError for days that cannot be, and where it was taken out meanwhile. Seven statements."""
    at = at or timezone.now()
    plan = _locked(plan)
    _check_day("on", on, plan, as_date(at))
    if review_on is not None:
        _check_review(review_on, as_date(at), after=on, year=plan.year, years=plan.years)
    plan.review_on = review_on or yearly.usual(on, year=plan.year, years=plan.years)
    _confirm(plan, by, at)
    plan.save()
    kind = PlanElsewhereLook.Kind.AGAIN
    if same := plan.looks.filter(kind=kind, on=on, by=by).first():
        return same
    look = PlanElsewhereLook.objects.create(plan=plan, kind=kind, on=on, by=by, at=at)
    write_look(look)
    return look


def _locked(plan: PlanElsewhere) -> PlanElsewhere:
    rows = PlanElsewhere.objects.select_for_update(of=("self",)).select_related("school", "recorded_for")
    found = rows.get(pk=plan.pk)
    if not found.is_standing:
        raise ValidationError("This plan was taken out meanwhile, so nothing was changed.")
    return found


def _hub_of(plan: PlanElsewhere) -> Hub:
    hub = Hub.objects.covering(plan.school.authority_id, today()).first()
    if hub is None:
        raise ValidationError("No music hub covers this school’s area at the moment.")
    return hub


def _confirm(plan: PlanElsewhere, by: "User", at: datetime) -> None:
    if plan.is_to_confirm and can_keep_elsewhere(by, plan.school):
        plan.confirmed_by, plan.confirmed_at = by, at


def _fields(said: Said, on: date) -> dict[str, Any]:
    """As they are kept: with the day of the next review, where nobody gave one."""
    usual = yearly.usual(on, year=said.year, years=said.years)
    return said.__dict__ | {"review_on": said.review_on or usual}


def check(said: Said, on: date) -> None:
    if not 1 <= said.years <= Plan.LONGEST:
        raise ValidationError({"years": f"A plan covers one to {Plan.LONGEST} academic years"})
    if said.adopted_on is not None:
        if said.adopted_on > on:
            raise ValidationError({"adopted_on": "The day on which it was adopted must be today or earlier"})
        if said.adopted_on < (first := date(said.year - 1, 9, 1)):
            raise ValidationError({"adopted_on": f"It must have been adopted on {long_date(first)} or later"})
    if said.review_on is not None:
        _check_review(said.review_on, on, after=said.adopted_on, year=said.year, years=said.years)


def _check_review(review_on: date, on: date, *, after: date | None, year: int, years: int) -> None:
    """After it was adopted or gone through, and at the latest in the autumn after the academic year that runs: a plan
    is reviewed once a year, also where it covers several."""
    first, last = date(year, 9, 1), yearly.latest(on, year=year, years=years)
    if not first <= review_on <= last:
        words = f"The next review must be between {long_date(first)} and {long_date(last)}: it is once a year"
        raise ValidationError({"review_on": words})
    if after is not None and review_on <= after:
        raise ValidationError({"review_on": f"The next review must be after {long_date(after)}"})


def _check_day(name: str, on: date, plan: PlanElsewhere, now: date) -> None:
    if on > now:
        raise ValidationError({name: "The day must be today or earlier"})
    if on < (first := date(plan.year - 1, 9, 1)):
        raise ValidationError({name: f"The day must be {long_date(first)} or later: the plan begins in {plan.year}"})


def _check_alone(school: School, year: int) -> None:
    if PlanElsewhere.objects.standing().filter(school=school, year=year).exists():
        words = f"A plan kept elsewhere that begins in {year} is recorded already. Change that one"
        raise ValidationError({"year": words})


def _keep(plan: PlanElsewhere, file: File | None) -> None:
    """Keep a file in the place of the one there. It is told by its bytes."""
    if not file:
        return
    most = settings.ATTACHED_MOST_BYTES
    if file.size > most:
        raise ValidationError({"file": f"The file is larger than {most // 1024**2} MB. Make it smaller"})
    try:
        kind = attached.kind_of(file)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    if kind.is_picture:
        raise ValidationError({"file": "This is a picture. Save the plan as a PDF or a Word document (.docx)"})
    _drop_file(plan)
    file.seek(0)
    plan.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    plan.kind, plan.name, plan.size = FileKind(kind), attached.clean_name(file.name or ""), file.size
    file.seek(0)
    plan.file.save("", file, save=False)


def _drop_file(plan: PlanElsewhere) -> None:
    if plan.file:
        transaction.on_commit(partial(default_storage.delete, plan.file.name or ""))
    plan.file = ""


def _write_timeline(plan: PlanElsewhere) -> None:
    """An entry for the hub that covers the school now. Three statements at the most."""
    hub = Hub.objects.covering(plan.school.authority_id, today()).first()
    if hub is None:
        return
    how = "taken out" if not plan.is_standing else "adopted" if plan.adopted_on else "recorded"
    said = [str(plan.recorded_by)]
    if plan.recorded_for_id:
        said.append("confirmed by the school" if plan.confirmed_at else "recorded by the hub, not confirmed yet")
    timeline.write(
        hub=hub,
        school=plan.school,
        source=plan.timeline_source,
        kind=TimelineEntry.Kind.PLAN,
        audience=TimelineEntry.Audience.RELEASED if plan.adopted_on else TimelineEntry.Audience.SCHOOL,
        at=plan.recorded_at,
        heading=f"{plan}: {how}",
        detail=", ".join(said),
        url=plan.get_absolute_url(),
    )


def write_look(look: PlanElsewhereLook) -> None:
    """The entry of a look, where a hub covers the school; of one that its hub received, for that hub alone. Three
    statements at the most."""
    hub = look.hub or Hub.objects.covering(look.plan.school.authority_id, today()).first()
    if hub is None:
        return
    audience = TimelineEntry.Audience
    timeline.write(
        hub=hub,
        school=look.plan.school,
        source=look.timeline_source,
        kind=TimelineEntry.Kind.PLAN,
        audience=audience.HUB if look.received_from_id else audience.SCHOOL,
        at=look.at,
        heading=f"{look.plan}: {look.get_kind_display().lower()}",
        detail=f"{look.by}, {long_date(look.on)}",
        url=look.plan.get_absolute_url(),
    )


def _context(plan: PlanElsewhere, by: "User") -> dict[str, Any]:
    return {"plan": plan, "school": plan.school, "by": by, "url": settings.BASE_URL + plan.get_absolute_url()}


def _email_hub(plan: PlanElsewhere, by: "User") -> None:
    """To whoever looks after the school, else to the hub; to nobody where no hub covers it."""
    if contact := hub_contact_of(plan.school):
        letters.send("smdp/email/elsewhere_recorded.txt", to=contact.to, context=_context(plan, by), reply_to=by.email)


def _email_leaders(plan: PlanElsewhere, by: "User") -> None:
    context = _context(plan, by) | {"hub": plan.recorded_for}
    to = leaders_of(plan.school, today())
    letters.send("smdp/email/elsewhere_to_confirm.txt", to=to, context=context, reply_to=by.email)


def _email_advice(look: PlanElsewhereLook) -> None:
    context = _context(look.plan, look.by) | {"hub": look.hub}
    to = leaders_of(look.plan.school, today())
    letters.send("smdp/email/elsewhere_advice.txt", to=to, context=context, reply_to=look.by.email)
