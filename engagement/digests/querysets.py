"""Who sees which digests, and which are to be worked at."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class DigestWishQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """One's own."""
        return self.filter(user_id=user.pk)


class DigestQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """One's own."""
        return self.filter(user_id=user.pk)

    def to_do(self, untried_since: datetime) -> Self:
        """Those that wait, and that no worker took up since a moment."""
        return self.filter(Q(tried_at=None) | Q(tried_at__lt=untried_since), state="waiting").order_by("tries", "pk")
