"""Who sees which review of a plan."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from engagement.querysets import entrusted
from schools.access import access_of, today
from schools.roles import Role

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class PlanReviewQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Its hub's staff, and officers of that hub's partner entrusted with the school: also while it is written.
        Leaders and editors of the school: once it is returned, and not again where another hub received it. Nobody
        else: not another hub, trust or governor."""
        access = access_of(user)
        rule = Q(hub_id__in=access.hub_ids)
        schools = access.writing_school_ids
        rule |= Q(returned_at__isnull=False, received_from=None, version__plan__school__in=schools)
        if access.officer_partner_ids:
            hubs = {each.partner.hub_id for each in access.memberships if each.role == Role.PARTNER_OFFICER}
            rule |= Q(hub_id__in=hubs, version__plan__school__in=entrusted(access.officer_partner_ids, on or today()))
        return self.filter(rule)

    def own(self) -> Self:
        """Without those that a hub received with a school that was handed over to it."""
        return self.filter(received_from=None)

    def returned(self) -> Self:
        """Those that the school was given, the newest first."""
        return self.filter(returned_at__isnull=False).order_by("-returned_at")
