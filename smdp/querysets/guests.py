"""Which of a plan's sections a hub or a trust was asked into."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from schools.access import access_of, today
from schools.models import School
from smdp.querysets.plans import schools_advised

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class SectionGuestQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Leaders and editors of the school see whom it asked in; those who were, that they are."""
        school = Q(section__plan__school__in=access_of(user).writing_school_ids)
        return self.filter(school | self._asked(user, on))

    def asking(self, user: "User", on: date | None = None) -> Self:
        """Those by which the person is a guest of a section today."""
        return self.standing().filter(self._asked(user, on))

    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def _asked(self, user: "User", on: date | None) -> Q:
        on, access = on or today(), access_of(user)
        rule = Q(side="hub") & schools_advised(access, on, "section__plan__school")
        if access.trust_ids:
            schools = School.objects.in_trusts(access.trust_ids, on).open()
            rule |= Q(side="trust", section__plan__school__in=schools.values("pk"))
        return rule
