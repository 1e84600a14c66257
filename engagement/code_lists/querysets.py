"""Who sees which entries of the code lists."""

from typing import Self

from django.db.models import Q

from engagement.querysets import HubRulesQuerySet
from schools.models import Hub


class CodeEntryQuerySet(HubRulesQuerySet):
    """Staff of a hub, and the officers of its partners: the national ones, and those of the hub."""

    def to_name(self) -> Self:
        """Those that records name: national and hubs' own, without the words in which a hub says a national one."""
        return self.filter(national=None)

    def not_of_other_hubs(self, hub: Hub) -> Self:
        """Those that a record of this hub may name."""
        return self.to_name().filter(Q(hub=None) | Q(hub=hub))
