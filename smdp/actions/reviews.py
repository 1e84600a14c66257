"""The hub reviews a version of a plan and returns it with comments. It is advice: nothing waits for it."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from hubportal.kit import drafts, letters
from schools import timeline
from schools.access import today
from schools.models import Hub, Membership, TimelineEntry
from schools.roles import Role
from smdp import writing
from smdp.asking import said_in
from smdp.models import Plan, PlanReview, PlanVersion

if TYPE_CHECKING:
    from hubportal.accounts.models import User

NOTHING_SAID = "Write a comment, a strength or a suggestion first. The school sees what you write once you return it."


@transaction.atomic
def begin(*, version: PlanVersion, by: "User", at: datetime | None = None) -> PlanReview:
    """The review of a version by the hub that covers the school, with an empty draft; the one that stands, where it was
    begun before.

    Raises ValidationError where no hub covers the school, the school has closed, a later plan was adopted, or a later
    version of this one was frozen. About ten statements."""
    at = at or timezone.now()
    plan = _locked(version)
    hub = Hub.objects.covering(plan.school.authority_id, today()).first()
    if hub is None:
        raise ValidationError("No music hub covers this school’s area at the moment.")
    if found := PlanReview.objects.own().filter(version=version, hub=hub).first():
        return found
    _check_open(plan)
    if plan.versions.filter(number__gt=version.number).exists():
        raise ValidationError("The school has shared a later version. Review that one.")
    review = PlanReview.objects.create(version=version, hub=hub, begun_by=by, begun_at=at)
    drafts.begin(kind=writing.REVIEW, target=review.uuid, by=by, values={})
    return review


@transaction.atomic
def give_back(*, review: PlanReview, by: "User", at: datetime | None = None) -> PlanReview:
    """Freeze the review and give it to the school, whose leaders get an email. A plan whose newest version it is, and
    that waits for its hub, is reviewed from then on. Pressing twice changes nothing.

    Raises ValidationError where nothing is written, two people's words wait for a choice, the school has closed or a
    later plan was adopted; what is written stays. About fifteen statements."""
    at = at or timezone.now()
    plan = _locked(review.version)
    review = PlanReview.objects.select_for_update(of=("self",)).select_related("version", "hub").get(pk=review.pk)
    if review.returned_at is not None:
        return review
    _check_open(plan)
    draft = writing.review_draft_of(review)
    if draft.conflicts_open:
        raise ValidationError("Two people wrote the same answer. Choose whose words to keep, then go on.")
    said = {name: str(value).strip() for name, value in draft.values.items()}
    keys = [each.key for each in said_in(review.version)]
    review.strengths, review.suggestions = said.get("strengths", ""), said.get("suggestions", "")
    review.comments = {key: said[f"on_{key}"] for key in keys if said.get(f"on_{key}")}
    if not (review.strengths or review.suggestions or review.comments):
        raise ValidationError(NOTHING_SAID)
    review.returned_by, review.returned_at = by, at
    review.save()
    drafts.close(draft=draft, by=by, at=at)
    if plan.state == Plan.State.SHARED and not plan.versions.filter(number__gt=review.version.number).exists():
        Plan.objects.filter(pk=plan.pk).update(state=Plan.State.REVIEWED)
    write_timeline(review)
    transaction.on_commit(partial(_email_leaders, review, plan))
    return review


def _locked(version: PlanVersion) -> Plan:
    rows = Plan.objects.select_for_update(of=("self",)).select_related("school__type")
    return rows.get(pk=version.plan_id)


def _check_open(plan: Plan) -> None:
    if not plan.school.is_open:
        raise ValidationError(f"{plan.school} has closed, so its plan cannot be reviewed. What is written here stays.")
    if not plan.is_standing:
        raise ValidationError("A later plan has followed this one. What is written here stays.")


def write_timeline(review: PlanReview) -> None:
    """The entry of a returned review; of one that its hub received, for that hub alone. Two statements."""
    plan, audience = review.version.plan, TimelineEntry.Audience
    timeline.write(
        hub=review.hub,
        school=plan.school,
        source=review.timeline_source,
        kind=TimelineEntry.Kind.PLAN,
        audience=audience.HUB if review.received_from_id else audience.SCHOOL,
        at=review.returned_at or review.begun_at,
        heading=f"{plan}: reviewed by the hub",
        detail=f"Version {review.version.number}, {review.returned_by}",
        url=review.version.get_absolute_url(),
    )


def _email_leaders(review: PlanReview, plan: Plan) -> None:
    leaders = Membership.objects.current(today()).filter(school=plan.school, role=Role.SCHOOL_LEADER)
    letters.send(
        "smdp/email/review_returned.txt",
        to=sorted(set(leaders.filter(user__is_active=True).values_list("user__email", flat=True))),
        context={
            "plan": plan,
            "school": plan.school,
            "hub": review.hub,
            "by": review.returned_by,
            "url": settings.BASE_URL + review.version.get_absolute_url(),
        },
        reply_to=review.returned_by.email if review.returned_by else "",
    )
