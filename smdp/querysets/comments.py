"""Who sees which comment on a section of a plan."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count

from schools.access import access_of

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class SectionCommentQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Leaders and editors of the school, who read the section's draft too. Nobody else."""
        return self.filter(section__plan__school__in=access_of(user).writing_school_ids)

    def open(self) -> Self:
        """Those that are neither dealt with nor withdrawn."""
        return self.filter(resolved_at=None, withdrawn_at=None)

    def open_by_section(self) -> dict[str, int]:
        """{section: how many are open}; sections without are left out. One query."""
        rows = self.open().order_by().values("section__key").annotate(found=Count("pk"))
        return dict(rows.values_list("section__key", "found"))
