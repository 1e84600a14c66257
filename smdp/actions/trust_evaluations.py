"""A trust's leaders say on what their view of music in its schools is based."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement.models import Framework
from hubportal.kit.wording import academic_year, as_date
from schools.access import today
from schools.models import Trust
from smdp.models import TrustEvaluation

if TYPE_CHECKING:
    from hubportal.accounts.models import User


@transaction.atomic
def record(
    *, trust: Trust, basis: str, levels: Mapping[str, int], by: "User", at: datetime | None = None
) -> TrustEvaluation:
    """The basis of this academic year, in place of the one that stood; with the levels that the trust expects, where
    that is the basis. What stood stays in the record's history.

    Raises ValidationError where nothing is expected of any criterion, and where there is no framework. Five
    statements."""
    at = at or timezone.now()
    is_expected = TrustEvaluation.Basis(basis) == TrustEvaluation.Basis.EXPECTATION
    if is_expected and not levels:
        raise ValidationError("Choose the level that you expect for at least one criterion.")
    framework = framework_of(trust)
    if framework is None:
        raise ValidationError("There is no framework of criteria yet. Ask the platform’s administrator to publish one.")
    row, _ = TrustEvaluation.objects.update_or_create(
        trust=trust,
        year=academic_year(as_date(at)),
        defaults={
            "framework": framework,
            "basis": basis,
            "levels": dict(levels) if is_expected else {},
            "set_by": by,
            "set_at": at,
        },
    )
    return row


def framework_of(trust: Trust) -> Framework | None:
    """The framework that is the same for every hub: a trust's schools may lie in the areas of several. One query."""
    return Framework.objects.current_for_hub(0, today()).first()
