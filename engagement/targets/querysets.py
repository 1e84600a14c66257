"""Who sees which targets."""

from typing import TYPE_CHECKING, Self

from django.db import models

from schools.access import access_of

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class TargetQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Hub staff see their hub's."""
        return self.filter(hub_id__in=access_of(user).hub_ids)

    def open(self) -> Self:
        return self.filter(ended_at=None)
