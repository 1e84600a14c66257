"""Who sees what was answered in a section by an emailed link."""

from typing import TYPE_CHECKING, Self

from django.db import models

from schools.access import access_of

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class SectionAnswerQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Leaders and editors of the school: they write the plan."""
        return self.filter(section__plan__school__in=access_of(user).writing_school_ids)

    def waiting(self) -> Self:
        """Given to the school, which has neither taken them over nor laid them aside."""
        return self.filter(sent_at__isnull=False, outcome="")

    def standing(self) -> Self:
        """Those whose link was not ended."""
        return self.exclude(outcome="ended")
