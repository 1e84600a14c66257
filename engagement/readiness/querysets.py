"""Who sees whose training and joint visits."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from schools.access import access_of

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class TrainingTopicQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Reference data: the same for everybody."""
        return self


class OfColleaguesQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Managers see their hub's; each person their own, while they work for the hub or one of its partners."""
        access = access_of(user)
        own = Q(person_id=user.pk, hub_id__in=access.worked_hub_ids)
        return self.filter(Q(hub_id__in=access.managed_hub_ids) | own)

    def standing(self) -> Self:
        """Those that nobody has struck out."""
        return self.filter(struck_at=None)
