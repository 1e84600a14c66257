"""Who sees hubs, their areas, their partners and what those are commissioned for."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from schools.access import access_of, today
from schools.querysets.schools import holds_on

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class HubQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """The hub one works for or looks after, and the hub of one's school or trust now."""
        on = on or today()
        access = access_of(user)
        areas = apps.get_model("schools", "HubArea")._default_manager.filter(holds_on(on))
        schools = apps.get_model("schools", "School")._default_manager
        mine = schools.filter(
            Q(pk__in=access.school_ids) | Q(pk__in=schools.in_trusts(access.trust_ids, on).values("pk"))
        )
        return self.filter(
            Q(pk__in=access.hub_ids | access.funded_hub_ids)
            | Q(partners__in=access.partner_ids)
            | Q(pk__in=areas.filter(authority_id__in=mine.values("authority_id")).values("hub_id"))
        ).distinct()

    def covering(self, authority_id: int, on: date) -> Self:
        """The hub (one or none) that covers an authority on a date."""
        return self.filter(holds_on(on, "areas__"), areas__authority_id=authority_id)


class HubAreaQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(hub__in=apps.get_model("schools", "Hub")._default_manager.visible_to(user))

    def current(self, on: date) -> Self:
        return self.filter(holds_on(on))


class PartnerQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Hub staff see their hub's partners; partner people see their own."""
        access = access_of(user)
        return self.filter(Q(hub_id__in=access.hub_ids) | Q(pk__in=access.partner_ids))


class CommissionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Hub staff see their hub's commissions; partner people their partner's."""
        access = access_of(user)
        return self.filter(Q(partner__hub_id__in=access.hub_ids) | Q(partner_id__in=access.partner_ids))

    def of_school(self, school_id: int, authority_id: int) -> Self:
        """Commissions of the school itself or of its whole authority."""
        return self.filter(Q(school_id=school_id) | Q(authority_id=authority_id))

    def current(self, on: date) -> Self:
        return self.filter(holds_on(on))


class HandoverQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Staff of the two hubs. Which of them may offer, answer and withdraw, the permissions say."""
        hubs = access_of(user).hub_ids
        return self.filter(Q(giver_id__in=hubs) | Q(receiver_id__in=hubs))

    def open(self) -> Self:
        return self.filter(state="offered")
