"""A school notes how the priorities of its plan go: one at a time, or all of them on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement.homes import hub_contact_of
from hubportal.kit import letters
from hubportal.kit.wording import as_date
from schools import timeline
from schools.access import today
from schools.models import Hub, TimelineEntry
from smdp import priorities
from smdp.actions import review_days
from smdp.models import Plan, PlanCheckIn, PlanVersion, PriorityNote
from smdp.sections import RAG

if TYPE_CHECKING:
    from hubportal.accounts.models import User

NOTHING_SAID = "Say how at least one priority goes, what has changed, or what help you need."


@dataclass(frozen=True)
class Said:
    """How one priority of a version goes, by the number of its row."""

    row: int
    rag: str
    text: str = ""


@transaction.atomic
def note(*, version: PlanVersion, said: Said, by: "User", at: datetime | None = None) -> PriorityNote:
    """Note how a priority goes. The same noted twice by one person on one day is one.

    Raises ValidationError where the version has no such priority, a later plan was adopted, or the school has closed.
    Four statements."""
    at = at or timezone.now()
    _check(version, [said])
    kept = {"version": version, "row": said.row, "rag": said.rag, "text": said.text, "by": by}
    for same in PriorityNote.objects.filter(check_in=None, **kept)[:1]:
        if as_date(same.at) == as_date(at):
            return same
    return PriorityNote.objects.create(at=at, **kept)


@transaction.atomic
def check_in(
    *,
    version: PlanVersion,
    said: Sequence[Said],
    changed: str = "",
    help: str = "",
    by: "User",
    at: datetime | None = None,
) -> PlanCheckIn:
    """Go through the priorities of a plan on a day: how those go of which anything is said, what has changed and what
    help the school needs. The hub's contact gets an email. Sent twice by one person on one day, it is one.

    Raises ValidationError as `note` does, and where nothing is said. Some fifteen statements."""
    at = at or timezone.now()
    _check(version, said)
    if not (said or changed or help):
        raise ValidationError(NOTHING_SAID)
    same = PlanCheckIn.objects.filter(version=version, by=by, changed=changed, help=help).first()
    if same and as_date(same.at) == as_date(at) and _notes_of(same) == set(said):
        return same
    found = PlanCheckIn.objects.create(version=version, changed=changed, help=help, by=by, at=at)
    PriorityNote.objects.bulk_create(
        PriorityNote(version=version, check_in=found, row=each.row, rag=each.rag, text=each.text, by=by, at=at)
        for each in said
    )
    review_days.keep(version.plan)
    _write_timeline(found)
    transaction.on_commit(partial(_email_hub, found))
    return found


def _notes_of(check_in: PlanCheckIn) -> set[Said]:
    return {Said(each.row, each.rag, each.text) for each in check_in.notes.all()}


def _check(version: PlanVersion, said: Sequence[Said]) -> None:
    """Lock the plan, and see that this may be said of it."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("school").get(pk=version.plan_id)
    if not plan.is_standing:
        raise ValidationError("A later plan has followed this one. Note how its priorities go in that one.")
    if not plan.school.is_open:
        raise ValidationError(f"{plan.school} has closed, so nothing can be noted for it. What was noted stays.")
    rows = dict(priorities.numbered_in(version.answers.get(priorities.SECTION, {})))
    if any(each.row not in rows or each.rag not in dict(RAG) for each in said):
        raise ValidationError("That priority does not stand in this version of the plan.")


def _write_timeline(found: PlanCheckIn) -> None:
    """An entry for the hub that covers the school now, seen by those who read the version. Three statements at the
    most."""
    version, plan = found.version, found.version.plan
    hub = Hub.objects.covering(plan.school.authority_id, today()).first()
    if hub is None:
        return
    is_adopted = version.why == PlanVersion.Why.ADOPTED
    timeline.write(
        hub=hub,
        school=plan.school,
        source=found.timeline_source,
        kind=TimelineEntry.Kind.PLAN,
        audience=TimelineEntry.Audience.RELEASED if is_adopted else TimelineEntry.Audience.SCHOOL,
        at=found.at,
        heading=f"{plan}: check-in",
        detail=f"{found.by}, who asks the hub for help" if found.help else str(found.by),
        url=found.get_absolute_url(),
    )


def _email_hub(found: PlanCheckIn) -> None:
    """To whoever looks after the school, else to the hub; to nobody where no hub covers it."""
    plan = found.version.plan
    if contact := hub_contact_of(plan.school):
        letters.send(
            "smdp/email/checked_in.txt",
            to=contact.to,
            context={
                "check_in": found,
                "plan": plan,
                "school": plan.school,
                "url": settings.BASE_URL + found.get_absolute_url(),
            },
            reply_to=found.by.email,
        )
