"""Where a school's summary is written: one kit draft, which stays open for as long as the school is there."""

from hubportal.kit import drafts
from hubportal.kit.models import Draft
from smdp.models import Summary

KIND = "plan-summary"  # of its draft


def draft_of(summary: Summary) -> Draft | None:
    """The draft of a summary; None where it was never begun in the portal. One query."""
    return drafts.find(kind=KIND, target=summary.uuid)
