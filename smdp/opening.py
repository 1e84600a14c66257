"""Who may open the pages that entries of plans and self-evaluations in the timeline lead to."""

from collections.abc import Collection

from hubportal.accounts.models import User
from smdp.models import (
    PlanCheckIn,
    PlanElsewhere,
    PlanElsewhereLook,
    PlanReview,
    PlanVersion,
    SelfEvaluationVersion,
    SummaryVersion,
)


def versions_open_to(user: User, keys: Collection[str]) -> Collection[str]:
    """Of these versions (by their uuid, as the entries name them) those that the person may read. One query."""
    rows = PlanVersion.objects.visible_to(user).filter(uuid__in=keys)
    return {str(uuid) for uuid in rows.values_list("uuid", flat=True)}


def evaluations_open_to(user: User, keys: Collection[str]) -> Collection[str]:
    """The same of versions of self-evaluations. One query."""
    rows = SelfEvaluationVersion.objects.visible_to(user).filter(uuid__in=keys)
    return {str(uuid) for uuid in rows.values_list("uuid", flat=True)}


def reviews_open_to(user: User, keys: Collection[str]) -> Collection[str]:
    """Of these reviews (by their uuid) those that the person may read. One query."""
    rows = PlanReview.objects.visible_to(user).filter(uuid__in=keys)
    return {str(uuid) for uuid in rows.values_list("uuid", flat=True)}


def summaries_open_to(user: User, keys: Collection[str]) -> Collection[str]:
    """The same of versions of public summaries. One query."""
    rows = SummaryVersion.objects.visible_to(user).filter(uuid__in=keys)
    return {str(uuid) for uuid in rows.values_list("uuid", flat=True)}


def kept_open_to(user: User, keys: Collection[str]) -> Collection[str]:
    """The same of plans kept elsewhere. One query."""
    rows = PlanElsewhere.objects.visible_to(user).filter(uuid__in=keys)
    return {str(uuid) for uuid in rows.values_list("uuid", flat=True)}


def looks_open_to(user: User, keys: Collection[str]) -> Collection[str]:
    """The same of what was said of them. One query."""
    rows = PlanElsewhereLook.objects.visible_to(user).filter(uuid__in=keys)
    return {str(uuid) for uuid in rows.values_list("uuid", flat=True)}


def check_ins_open_to(user: User, keys: Collection[str]) -> Collection[str]:
    """The same of check-ins on plans. One query."""
    rows = PlanCheckIn.objects.visible_to(user).filter(uuid__in=keys)
    return {str(uuid) for uuid in rows.values_list("uuid", flat=True)}
