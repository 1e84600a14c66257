"""Who sees that a school offers another to write one plan together."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from schools.access import access_of

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class JointOfferQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Leaders and editors of both schools."""
        mine = access_of(user).writing_school_ids
        return self.filter(Q(plan__school__in=mine) | Q(school__in=mine))

    def open(self) -> Self:
        """Not answered, for a plan that stands."""
        return self.filter(answer="", plan__superseded_at=None)
