"""Who sees the dated facts on a school, which of them hold, and what a list of schools says of them."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Least

from schools.access import access_of, today
from schools.querysets.schools import at_entrusted, holds_on

if TYPE_CHECKING:
    from hubportal.accounts.models import User
    from schools.models import DatedFactValue

ONE_AT_A_TIME = ("artsmark", "music-mark")  # kinds of which a school has one; of the others several may hold


class DatedFactQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Hub staff see what their hub recorded; partner officers the same for their schools; the school's people what
        any hub recorded of it. Trust leaders see of an open school in their trust what has held since it joined, and
        nothing that was struck out. Partner staff and the funder see none."""
        on = on or today()
        access = access_of(user)
        rule = Q(hub_id__in=access.hub_ids) | Q(school_id__in=access.school_ids)
        rule |= at_entrusted(access.officer_partner_ids, on)
        if access.trust_ids:
            rule |= Q(pk__in=self._open_to_trusts(access.trust_ids, on))
        return self.filter(rule)

    def _open_to_trusts(self, trust_ids: set[int], on: date) -> models.QuerySet:
        """Ids of those that held on a day since their school joined one of these trusts, as a subquery."""
        stays = apps.get_model("schools", "TrustSchool")._default_manager.filter(
            Q(left_on=None) | Q(left_on__gt=on),
            trust_id__in=trust_ids,
            joined_on__lte=on,
            joined_on__lt=OuterRef("over_on"),
            school=OuterRef("school_id"),
            school__status__in=apps.get_model("schools", "School").OPEN_STATUSES,
        )
        over_on = Coalesce(Least("ends_on", "followed_on"), Value(date.max, models.DateField()))
        rows = type(self)(self.model).unstruck().with_end().annotate(over_on=over_on)
        return rows.filter(Exists(stays)).values("pk")

    def unstruck(self) -> Self:
        return self.filter(struck_at=None)

    def clashing_with(self, value: "DatedFactValue") -> Self:
        """Those that cannot begin on the same day as this value: the same, and of the kinds of which a school has one,
        those of the same standing (an award, or a step towards one)."""
        rule = Q(value=value)
        if value.kind in ONE_AT_A_TIME:
            rule |= Q(value__kind=value.kind, value__is_award=value.is_award)
        return self.filter(rule)

    def with_end(self) -> Self:
        """Adds `followed_on`: the first day of the fact that ended this one by coming after it, or None. The same value
        begun anew does; of the kinds of which a school has one, also another value, except that working towards an
        award ends no award. No further query."""
        later = self.model._default_manager.filter(
            Q(value=OuterRef("value"))
            | Q(value__kind__in=ONE_AT_A_TIME, value__is_award=True)
            | Q(value__kind__in=ONE_AT_A_TIME, value__is_award=OuterRef("value__is_award")),
            struck_at=None,
            hub=OuterRef("hub"),
            school=OuterRef("school"),
            value__kind=OuterRef("value__kind"),
            starts_on__gt=OuterRef("starts_on"),
        )
        return self.annotate(followed_on=Subquery(later.order_by("starts_on").values("starts_on")[:1]))

    def current(self, on: date) -> Self:
        """Those that hold on a date."""
        return self.unstruck().with_end().filter(holds_on(on)).filter(Q(followed_on=None) | Q(followed_on__gt=on))

    def running_out(self, on: date, within: timedelta) -> Self:
        """Awards and memberships of open schools whose last day lies within a time of a date, before or after it, and
        which nothing followed; the first to end first."""
        last_days = {"ends_on__gt": on - within, "ends_on__lte": on + within + timedelta(days=1)}
        rows = self.unstruck().with_end().filter(Q(value__is_award=True) | Q(value__kind="music-mark"), **last_days)
        rows = rows.filter(
            followed_on=None, school__status__in=apps.get_model("schools", "School").OPEN_STATUSES, starts_on__lte=on
        )
        return rows.order_by("ends_on", "school__name_key", "pk")

    def of_covering_hubs(self, on: date) -> Self:
        """Those of the hub that covers the school's authority on a date."""
        return self.filter(holds_on(on, "hub__areas__"), hub__areas__authority=models.F("school__authority"))
