"""What is written in a plan: one kit draft for each of its sections."""

from collections.abc import Mapping

from hubportal.kit.drafts.merge import Values
from hubportal.kit.models import Draft
from smdp.models import Plan, PlanSection

KIND = "plan-section"  # of their drafts


def drafts_of(plan: Plan) -> dict[str, Draft]:
    """The open draft of each section, by its key; none once a later plan has followed. One query."""
    rows = PlanSection._base_manager.filter(plan=plan, draft__closed_at=None).select_related("draft__updated_by")
    return {row.key: row.draft for row in rows}


def answers_of(rows: Mapping[str, Draft]) -> dict[str, Values]:
    """{section: {field: value}} of drafts as `drafts_of` gives them."""
    return {key: dict(row.values) for key, row in rows.items()}
