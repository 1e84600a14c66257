"""Who sees the questions that a hub asks of its own."""

from typing import TYPE_CHECKING, Self

from django.db import models

from schools.access import access_of

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class HubQuestionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The hub's staff. Schools meet them in their plans, and partners in those that they may read."""
        return self.filter(hub__in=access_of(user).hub_ids)

    def standing(self) -> Self:
        """Those that plans carry which are begun now."""
        return self.filter(retired_at=None)
