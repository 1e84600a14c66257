"""Who reads a hub's pages for schools, and which words hold for a hub."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, Q

from schools.access import access_of
from schools.models import Hub

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class GuideQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Staff of a hub, people of its partners, its schools and trusts: the hub's, and those of every hub. Not the
        funder's."""
        access = access_of(user)
        seen = Hub.objects.visible_to(user).exclude(pk__in=access.funded_hub_ids - access.hub_ids)
        return self.filter(Q(hub__in=seen.values("pk")) | Q(hub=None) & Exists(seen))

    def for_hub(self, hub: Hub) -> Self:
        """The hub's own words of each page, else those of every hub; one row a page."""
        rows = self.filter(Q(hub=None) | Q(hub=hub))
        return rows.order_by("code", F("hub_id").asc(nulls_last=True)).distinct("code")
