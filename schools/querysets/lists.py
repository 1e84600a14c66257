"""Who sees which saved views, and the log of files taken."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from schools.access import access_of

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """One's own, of hubs that one works for; and those shared in the hub, for its staff and the officers of its
        partners. Adds `is_start`: the list opens so for this person. No further query."""
        access = access_of(user)
        starts = apps.get_model("schools", "SavedViewStart")._default_manager.filter(user=user.pk, view=OuterRef("pk"))
        own = Q(owner_id=user.pk, hub_id__in=access.worked_hub_ids)
        shared = Q(is_shared=True, hub_id__in=access.hub_ids | access.served_hub_ids)
        return self.filter(own | shared).annotate(is_start=Exists(starts))

    def of_list(self, key: str) -> Self:
        return self.filter(list=key)


class ListExportQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Managers see what was taken in their hub."""
        return self.filter(hub_id__in=access_of(user).managed_hub_ids)
