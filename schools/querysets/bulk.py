"""Who sees tags, and what was done with several schools at once."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q

from schools.access import access_of, today
from schools.querysets.schools import at_entrusted

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class TagQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Of the hub: its staff and the officers of its partners."""
        access = access_of(user)
        return self.filter(hub_id__in=access.hub_ids | access.served_hub_ids)


class SchoolTagQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Hub staff see their hub's; partner officers those of schools entrusted to them."""
        access = access_of(user)
        return self.filter(Q(hub_id__in=access.hub_ids) | at_entrusted(access.officer_partner_ids, on or today()))


class BulkChangeQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Hub staff see their hub's; officers of its partners their own."""
        access = access_of(user)
        return self.filter(Q(hub_id__in=access.hub_ids) | Q(hub_id__in=access.served_hub_ids, by_id=user.pk))

    def with_numbers(self) -> Self:
        """Adds `changed` and `left`: how many schools were, and were not; the newest first, said anew because counting
        drops a model's own order. No further query."""
        changed = Count("rows", filter=Q(rows__left_because=""))
        rows = self.annotate(changed=changed, left=Count("rows", filter=~Q(rows__left_because="")))
        return rows.order_by("-at", "-pk")
