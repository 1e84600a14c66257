"""Who sees which engagement plan, and what each is to be looked at for."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from engagement.querysets import OfHubAndSchoolQuerySet
from schools.access import access_of

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class EngagementPlanQuerySet(OfHubAndSchoolQuerySet):
    """Hub staff their hub's, partner officers those of the schools entrusted to them; no school, trust or funder."""

    def standing(self) -> Self:
        """Those that nobody has ended: one a school."""
        return self.filter(ended_at=None)

    def step_due(self, on: date) -> Self:
        """Their next step was to be taken by a day."""
        return self.filter(next_step_on__lte=on)

    def over(self, on: date) -> Self:
        """The day by which they were to be reached has passed."""
        return self.filter(due_on__lt=on)

    def spoken_since(self) -> Self:
        """The hub spoke with the school after they were last looked at. What was brought in from before is none."""
        part = apps.get_model("engagement", "ConversationPart")
        since = part._base_manager.filter(
            school=OuterRef("school"),
            conversation__hub=OuterRef("hub"),
            conversation__state="logged",
            conversation__logged_at__gt=OuterRef("reviewed_at"),
            conversation__date__gte=OuterRef("reviewed_at__date"),
            conversation__received_from=None,
            is_filled=True,
            withdrawn_at=None,
        )
        return self.filter(Exists(since))

    def mine(self, user: "User") -> Self:
        """The person's own, and at the schools that they look after."""
        looked_after = Q(school__relationships__owner=user, school__relationships__hub=F("hub"))
        found = self.model._base_manager.filter(Q(owner=user) | looked_after)
        return self.filter(pk__in=found.values("pk"))


class OfPlanQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """As their plan."""
        plans = apps.get_model("engagement", "EngagementPlan").objects.visible_to(user, on)
        return self.filter(plan__in=plans.order_by().values("pk"))


class TemplateQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Hub staff: their hub's. Officers of partners start no plans in bulk from them, but read their names."""
        access = access_of(user)
        return self.filter(hub_id__in=access.hub_ids | access.served_hub_ids)

    def offered(self) -> Self:
        """Those that nobody has retired."""
        return self.filter(retired_at=None)
