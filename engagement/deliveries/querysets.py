"""Who sees what was delivered, and which of it counts."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q

from engagement.querysets import OfHubAndSchoolQuerySet
from schools.models import School

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class DeliveryQuerySet(OfHubAndSchoolQuerySet):
    """Staff of the hub, and partner officers at the schools entrusted to them. No school, trust or funder."""

    def own(self) -> Self:
        """The hub's own, and not what it received from another hub with a school."""
        return self.filter(received_from=None)

    def standing(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def counted(self) -> Self:
        """What a figure adds up: the hub's own that stand, and are not counted with the other half of a joint project.
        Those that nobody has confirmed are not left out here."""
        return self.own().standing().filter(counted_with=None)

    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def engaging(self) -> Self:
        """What counts as a way of being engaged, by the rules of its year: confirmed, and delivered or supported by the
        hub or one of its partners. What a school does alone is its own."""
        ours = ("hub", "partner")
        by_us = Q(delivered_by__in=ours) | Q(supported_by__in=ours)
        return self.own().standing().confirmed().filter(by_us)

    def for_list(self, user: "User", on: date | None = None) -> Self:
        """With what a row names, and adds `sees_school`: a school that left the hub's area has no page here any more.
        No further query."""
        schools = School.objects.visible_to(user, on).filter(pk=OuterRef("school_id"))
        rows = self.select_related(
            "hub", "school", "offer", "deliverer", "supporter", "instrument", "ensemble", "training", "event"
        )
        return rows.annotate(sees_school=Exists(schools))
