"""What is written in a plan, one kit draft for each of its sections, and in a review, one for the whole."""

from collections.abc import Mapping

from hubportal.kit.drafts.merge import Values
from hubportal.kit.models import Draft
from smdp.models import Plan, PlanReview, PlanSection

KIND = "plan-section"  # of their drafts
REVIEW = "plan-review"  # of the drafts of reviews


def drafts_of(plan: Plan) -> dict[str, Draft]:
    """The open draft of each section, by its key; none once a later plan has followed. One query."""
    rows = PlanSection._base_manager.filter(plan=plan, draft__closed_at=None).select_related("draft__updated_by")
    return {row.key: row.draft for row in rows}


def review_draft_of(review: PlanReview) -> Draft:
    """The draft of a review, closed once it was returned. One query."""
    return Draft.objects.select_related("updated_by").get(kind=REVIEW, target=review.uuid)


def answers_of(rows: Mapping[str, Draft]) -> dict[str, Values]:
    """{section: {field: value}} of drafts as `drafts_of` gives them."""
    return {key: dict(row.values) for key, row in rows.items()}


def last_drafts_of(plan: Plan) -> dict[str, Draft]:
    """The draft of each section, by its key, open or closed: all that was ever written in the plan stands there. One
    query."""
    rows = PlanSection._base_manager.filter(plan=plan).select_related("draft")
    return {row.key: row.draft for row in rows}


def to_confirm(plan: Plan) -> dict[str, Plan]:
    """The sections that still say what an earlier plan said, by key, each with that plan. One query."""
    rows = PlanSection._base_manager.filter(plan=plan, carried_from__isnull=False, confirmed_at=None)
    return {row.key: row.carried_from for row in rows.select_related("carried_from") if row.carried_from}
