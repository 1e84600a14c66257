"""Who may take which document out of the house."""

from datetime import date
from typing import TYPE_CHECKING, Self

from engagement.models import PartVersion
from hubportal.kit.work import LeasedWorkQuerySet, WorkState

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class DocumentQuerySet(LeasedWorkQuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Documents of the records that the person may read. The files of public summaries are not among them: see
        `public_files`."""
        return self.filter(version__in=PartVersion.objects.visible_to(user, on))

    def build_lost_again(self, pk: int) -> bool:
        """Queue finished work again whose file is lost; False when another press has. One query, two when it has not.
        The caller sends the task."""
        lost = self.filter(pk=pk, state=WorkState.READY).update(state=WorkState.FAILED, failure="Its file was lost.")
        return bool(lost) and self.retry(pk)
