"""What stands beside a plan while it is reviewed, and what the hub said about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engagement import content
from engagement.matching import suits
from engagement.models import FrameworkArea, Offer, PartVersion
from hubportal.accounts.models import User
from smdp import answers
from smdp.asking import said_in
from smdp.elsewhere.asking import PRIORITIES
from smdp.evaluations import evaluating, reading
from smdp.evaluations.reading import Reading
from smdp.followed import GoingPlan, followed
from smdp.models import Plan, PlanElsewhere, PlanReview, PlanVersion, SelfEvaluationVersion

RECENT = 3  # conversations that stand beside


@dataclass(frozen=True)
class Beside:
    """What a reviewer has beside the text: last year's plan, written here or kept elsewhere (with its priorities), how
    the priorities of both went, how the school judges itself (by area of the framework), what was said with the school,
    what the hub offers."""

    last: PlanVersion | None
    chapters: dict[str, answers.Chapter]
    kept: PlanElsewhere | None
    kept_chapter: answers.Chapter | None
    going: list[GoingPlan]
    evaluation: SelfEvaluationVersion | None
    areas: list[tuple[FrameworkArea, list[Reading]]]
    talks: list[dict[str, Any]]
    offers: list[Offer]


def beside(user: User, version: PlanVersion, hub_id: int) -> Beside:
    """As far as the person sees it. Twelve queries at the most."""
    plan = version.plan
    evaluation = newest_evaluation(user, plan)
    last = last_version_before(user, plan)
    kept = _kept_before(user, plan, last)
    return Beside(
        last,
        {each.section.key: each for each in chapters_of(last)} if last else {},
        kept,
        answers.chapter(PRIORITIES, kept.priorities) if kept else None,
        followed(user, [plan, last.plan] if last else [plan]),
        evaluation,
        areas_of(evaluation) if evaluation else [],
        _talks(user, plan),
        [
            each
            for each in Offer.objects.visible_to(user).to_suggest().filter(hub=hub_id).select_related("strand")
            if suits(each, plan.school)
        ],
    )


def last_version_before(user: User, plan: Plan) -> PlanVersion | None:
    """The newest version of the school's last plan that began before this one, where the person may read it. One
    query."""
    earlier = PlanVersion.objects.visible_to(user).filter(plan__school=plan.school_id, plan__year__lt=plan.year)
    return earlier.select_related("plan").order_by("-plan__year", "-number").first()


def _kept_before(user: User, plan: Plan, last: PlanVersion | None) -> PlanElsewhere | None:
    """The newest plan that the school kept elsewhere and that began before this one, but after the last that was
    written here. One query."""
    rows = PlanElsewhere.objects.visible_to(user).standing().of_school(plan.school).filter(year__lt=plan.year)
    if last is not None:
        rows = rows.filter(year__gte=last.plan.year)
    return rows.select_related("school").first()


def chapters_of(version: PlanVersion) -> list[answers.Chapter]:
    """What a version says. No queries."""
    return answers.chapters(said_in(version), version.answers)


def newest_evaluation(user: User, plan: Plan) -> SelfEvaluationVersion | None:
    """What the school submitted last of how it judges itself, where the person may read that. One query."""
    rows = SelfEvaluationVersion.objects.visible_to(user).filter(evaluation__school=plan.school_id)
    return rows.select_related("evaluation__framework", "made_by").order_by("-evaluation__year", "-number").first()


def areas_of(version: SelfEvaluationVersion) -> list[tuple[FrameworkArea, list[Reading]]]:
    """What it says, criterion by criterion, by area. Three queries."""
    return reading.chapters(evaluating.frame_of(version.evaluation.framework), version.answers)


def _talks(user: User, plan: Plan) -> list[dict[str, Any]]:
    """The newest version of what was shared with the school in each of its last conversations: day, address, levels and
    actions."""
    rows = PartVersion.objects.visible_to(user).filter(part__school=plan.school, part__withdrawn_at=None)
    rows = rows.select_related("part__conversation").order_by("part_id", "-number").distinct("part_id")
    newest = sorted(rows, key=lambda each: (each.part.conversation.date, each.shared_at), reverse=True)[:RECENT]
    found = []
    for each in newest:
        page = content.thaw(each.content)
        conversation = each.part.conversation
        found.append(
            {
                "words": str(conversation),
                "date": conversation.date,
                "href": conversation.get_absolute_url(),
                "judgements": page["judgements"],
                "actions": page["actions"],
            }
        )
    return found


def newest_returned(user: User, plan: Plan) -> PlanReview | None:
    """The last review of a plan that was returned and that the person may read. One query."""
    rows = PlanReview.objects.visible_to(user).returned().filter(version__plan=plan)
    return rows.select_related("version__plan", "hub", "received_from", "returned_by").first()


def comments_on(key: str, reviews: Iterable[PlanReview]) -> list[tuple[PlanReview, str]]:
    """What these reviews say about a section, each with its words. No query."""
    return [(each, words) for each in reviews if (words := each.comments.get(key, ""))]


def of_version(user: User, version: PlanVersion) -> list[PlanReview]:
    """The reviews of a version that the person may read, with those that are still written. One query."""
    rows = PlanReview.objects.visible_to(user).filter(version=version)
    return list(rows.select_related("hub", "received_from", "returned_by", "begun_by"))
