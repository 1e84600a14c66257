"""Who sees which reminders were sent to schools about their plans."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from engagement.querysets import entrusted
from schools.access import access_of, today
from schools.roles import Role

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class PlanReminderQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Those of the hub's own: its staff, and officers of its partner entrusted with the school."""
        access = access_of(user)
        rule = Q(hub_id__in=access.hub_ids)
        if access.officer_partner_ids:
            hubs = {each.partner.hub_id for each in access.memberships if each.role == Role.PARTNER_OFFICER}
            schools = entrusted(access.officer_partner_ids, on or today())
            rule |= Q(hub_id__in=hubs, school__in=schools)
        return self.filter(rule)

    def waiting(self, since: datetime) -> Self:
        """Those that no worker has taken up, written down before a moment."""
        return self.filter(sent_at=None, at__lt=since)
