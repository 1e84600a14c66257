"""Who sees which mailings."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from schools.access import access_of

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class MailingQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The hub's own staff: those that were sent; of what is being written, who may write."""
        access = access_of(user)
        return self.filter(Q(hub_id__in=access.writing_hub_ids) | (Q(hub_id__in=access.hub_ids) & ~Q(state="draft")))


class OfMailingQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The hub's own staff."""
        return self.filter(mailing__hub_id__in=access_of(user).hub_ids)

    def to_do(self, untried_since: datetime) -> Self:
        """Those that wait, and that no worker took up since a moment; the oldest mailing first."""
        rows = self.filter(Q(tried_at=None) | Q(tried_at__lt=untried_since), state="waiting", mailing__state="sending")
        return rows.order_by("tries", "mailing__confirmed_at", "pk")


class MailingStopQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The hub's own staff."""
        return self.filter(hub_id__in=access_of(user).hub_ids)

    def standing(self) -> Self:
        return self.filter(ended_at=None)
