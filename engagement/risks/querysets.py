"""Who sees which engagement risk, and whose watchlist is whose."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from engagement.querysets import OfHubAndSchoolQuerySet
from schools.access import access_of, today
from schools.models import School
from schools.querysets import at_entrusted

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class RiskKindQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Reference data: the same for everybody."""
        return self

    def offered(self) -> Self:
        """Those that can be chosen."""
        return self.filter(is_offered=True)


class RiskQuerySet(OfHubAndSchoolQuerySet):
    """Staff of the hub, and partner officers at the schools entrusted to them. No school, trust or funder, ever."""

    def standing(self) -> Self:
        """Open or escalated."""
        return self.exclude(state="resolved")

    def mine(self, user: "User") -> Self:
        """With the person, raised by them, or at a school that they look after."""
        looked_after = Q(school__relationships__owner=user, school__relationships__hub=models.F("hub"))
        found = self.model._base_manager.filter(Q(with_whom=user) | Q(raised_by=user) | looked_after)
        return self.filter(pk__in=found.values("pk"))

    def for_list(self, user: "User", on: date | None = None) -> Self:
        """With school, hub, kind and people, and adds `sees_school`: a school that left the hub's area has no page
        here any more. No further query."""
        schools = School.objects.visible_to(user, on).filter(pk=OuterRef("school_id"))
        rows = self.select_related("school", "hub", "kind", "with_whom", "raised_by")
        return rows.annotate(sees_school=Exists(schools))


class RiskStepQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """As the risk."""
        risks = apps.get_model("engagement", "Risk").objects.visible_to(user, on)
        return self.filter(risk__in=risks.order_by().values("pk"))


class WatchQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """One's own, of schools that one does an officer's work for or reads of as one of the hub. A school that left
        the hub's area, or a partner's care, is watched no more."""
        on = on or today()
        access = access_of(user)
        covered = Q(hub_id__in=access.hub_ids, school__in=School.objects.in_hubs(access.hub_ids, on).values("pk"))
        return self.filter(covered | at_entrusted(access.officer_partner_ids, on), user=user.pk)
