"""Who sees a school's summary as its own record, with its history; and which schools have one."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When

from hubportal.kit.wording import academic_year
from schools.access import today
from smdp.querysets.plans import plans_seen

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class SummaryState(models.TextChoices):
    """Whether a school has a summary for the public, as its hub sees it."""

    CURRENT = "current", "Current"
    DUE = "due", "Due for review"
    ELSEWHERE = "elsewhere", "Published elsewhere"
    NONE = "none", "None"
    NOT_EXPECTED = "not expected", "Not expected"


def is_due(on: date, path: str = "") -> Q:
    """The rule for a published version: its review date has come, or its academic years are over."""
    return Q(**{f"{path}review_on__lte": on}) | Q(**{f"{path}ends_year__lte": academic_year(on)})


AHEAD = timedelta(days=30)  # so long before a review people are reminded
SUMMER = timedelta(days=92)  # from 1 June on, the coming academic year is thought of


def year_to_come(on: date) -> int:
    """The academic year that a summary is to be for: from June on, the one that begins in September."""
    return academic_year(on + SUMMER)


class SummaryQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Summaries of the schools whose plans the person may see."""
        return self.filter(plans_seen(user, on, "school"))

    def to_renew(self, on: date) -> Self:
        """Those of open schools whose review comes within a month or has passed, or that are not for the academic year
        to come (see `smdp.reminding`). One that stands elsewhere has no review date and no years: it counts for the
        year whose June came before it."""
        open_ones = apps.get_model("schools", "School")._default_manager.open()
        year = year_to_come(on)
        here = Q(current__review_on__lte=on + AHEAD) | Q(current__ends_year__lte=year)
        there = Q(current=None, elsewhere_on__lt=date(year, 6, 1))
        return self.filter(here | there, school__in=open_ones.values("pk")).select_related("school", "current")

    def with_state(self, on: date) -> Self:
        """Adds `state`, one of `SummaryState`. No further query."""
        there = Q(current__isnull=False)
        return self.annotate(
            state=Case(
                When(there & is_due(on, "current__"), then=Value(SummaryState.DUE)),
                When(there, then=Value(SummaryState.CURRENT)),
                When(Q(elsewhere_on__lt=date(year_to_come(on), 6, 1)), then=Value(SummaryState.DUE)),
                When(~Q(elsewhere_url=""), then=Value(SummaryState.ELSEWHERE)),
                default=Value(SummaryState.NONE),
                output_field=models.CharField(),
            )
        )


class SummaryVersionQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Published versions, those that were replaced or withdrawn too, of the schools whose plans the person may
        see. The one that stands, everybody reads: see `smdp.summaries.public_reading`."""
        return self.filter(plans_seen(user, on, "summary__school"))


def with_summary(schools: models.QuerySet, on: date | None = None) -> models.QuerySet:
    """Adds to schools `summary_state` (see `SummaryState`), `summary_published_on` and `summary_review_on`. That there
    is a summary, and of when, the whole world may know. No further query."""
    rows = apps.get_model("smdp", "Summary")._default_manager.with_state(on or today())
    mine = rows.annotate(
        published=Case(When(current=None, then=F("elsewhere_on")), default=F("current__published_on"))
    ).filter(school=OuterRef("pk"))
    # The department expects one of schools: "Music development plan summary", 2024.
    expected = When(type__is_college=True, then=Value(SummaryState.NOT_EXPECTED))
    without = Case(expected, default=Value(SummaryState.NONE))
    return schools.annotate(
        summary_state=models.functions.Coalesce(Subquery(mine.values("state")[:1]), without),
        summary_published_on=Subquery(mine.values("published")[:1]),
        summary_review_on=Subquery(mine.values("current__review_on")[:1]),
    )
