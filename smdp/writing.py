"""What is written in a plan: one kit draft for each of its sections."""

from collections.abc import Mapping

from hubportal.kit import drafts
from hubportal.kit.drafts.merge import Values
from hubportal.kit.models import Draft
from smdp.models import Plan, PlanSection

KIND = "plan-section"  # of their drafts


def drafts_of(plan: Plan) -> dict[str, Draft]:
    """The open draft of each section, by its key. Two queries."""
    keys = dict(PlanSection._base_manager.filter(plan=plan).values_list("uuid", "key"))
    rows = Draft.objects.filter(kind=KIND, target__in=list(keys), closed_at=None).select_related("updated_by")
    return {keys[row.target]: row for row in rows}


def draft_of(section: PlanSection) -> Draft | None:
    """The open draft of a section; None once a later plan has followed. One query."""
    return drafts.find(kind=KIND, target=section.uuid)


def answers_of(rows: Mapping[str, Draft]) -> dict[str, Values]:
    """{section: {field: value}} of drafts as `drafts_of` gives them."""
    return {key: dict(row.values) for key, row in rows.items()}
