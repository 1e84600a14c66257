"""What is written in a plan, one kit draft for each of its sections, and in a review, one for the whole."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from hubportal.kit.drafts.merge import Values
from hubportal.kit.models import Draft
from smdp.models import Plan, PlanReview, PlanSection

KIND = "plan-section"  # of their drafts
REVIEW = "plan-review"  # of the drafts of reviews


def held(rows: QuerySet) -> Any:
    """The one section among `rows` (which read its draft along), held with its draft until the transaction ends, so
    that what is saved into the draft is saved into the section's own; None where there is none. First the draft and
    then the section, as whoever writes apart does. One query, two where there is none."""
    rows = rows.select_for_update(of=("draft", "self"))
    # Nothing is found, too, where the section was given another draft while this waited for the first one.
    return rows.first() or rows.first()


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


def to_confirm(plan: Plan) -> dict[str, PlanSection]:
    """The sections that say what an earlier plan said, or what somebody wrote for the school, and that nobody of the
    school has confirmed, by key. One query."""
    carried = Q(carried_from__isnull=False, confirmed_at=None)
    rows = PlanSection._base_manager.filter(carried | Q(entered_at__isnull=False), plan=plan)
    return {row.key: row for row in rows.select_related("carried_from", "entered_by")}
