"""Who may take which document out of the house."""

from datetime import date
from typing import TYPE_CHECKING, Self

from engagement.models import PartVersion
from hubportal.kit.work import LeasedWorkQuerySet

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class DocumentQuerySet(LeasedWorkQuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Documents of the records that the person may read."""
        return self.filter(version__in=PartVersion.objects.visible_to(user, on))
