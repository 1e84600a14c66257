"""Who reads what a school notes of its priorities: whoever reads the version of the plan that it is said of."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class OfVersion(models.QuerySet):
    """Rows that hang on a version of a plan."""

    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Those of the versions that the person may read: see `PlanVersionQuerySet.visible_to`."""
        versions = apps.get_model("smdp", "PlanVersion")._default_manager.visible_to(user, on)
        return self.filter(version__in=versions.order_by().values("pk"))


class PriorityNoteQuerySet(OfVersion):
    pass


class PlanCheckInQuerySet(OfVersion):
    pass
