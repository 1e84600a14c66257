"""Who sees which comment on a section of a plan."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from schools.access import access_of, today
from schools.querysets import outer_day, stays_that_open
from smdp.querysets.plans import schools_advised

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class SectionCommentQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Leaders and editors of the school see all. Staff of its hub, and officers of the partner entrusted with it,
        those that are for the hub. Leaders of its trust those for the trust, said since the school joined, while it is
        open and in it. Nobody else any."""
        on, access = on or today(), access_of(user)
        rule = Q(section__plan__school__in=access.writing_school_ids)
        rule |= Q(for_hub=True) & schools_advised(access, on, "section__plan__school")
        if access.trust_ids:
            stays = stays_that_open(access.trust_ids, on, school=OuterRef("section__plan__school"), day=outer_day("at"))
            rule |= Q(Exists(stays), for_trust=True)
        return self.filter(rule)

    def open(self) -> Self:
        """Those that are neither dealt with nor withdrawn."""
        return self.filter(resolved_at=None, withdrawn_at=None)

    def open_by_section(self) -> dict[str, int]:
        """{section: how many are open}; sections without are left out. One query."""
        rows = self.open().order_by().values("section__key").annotate(found=Count("pk"))
        return dict(rows.values_list("section__key", "found"))
