"""What is written in a trust's plan: one kit draft for each of its sections."""

from hubportal.kit.models import Draft
from smdp.models import TrustPlan, TrustPlanSection

KIND = "trust-plan-section"  # of their drafts


def drafts_of(plan: TrustPlan) -> dict[str, Draft]:
    """The open draft of each section, by its key; none once that of a later year was shared. One query."""
    rows = TrustPlanSection._base_manager.filter(plan=plan, draft__closed_at=None).select_related("draft__updated_by")
    return {row.key: row.draft for row in rows}
