"""Who sees who may act for whom, whom a hub knows, and whose school it is."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from schools.access import access_of, today
from schools.querysets.schools import at_entrusted, authorities_of_hubs, commissioned_schools, holds_on

if TYPE_CHECKING:
    from hubportal.accounts.models import User


def _trusts_in_hubs(hub_ids: set[int], on: date) -> models.QuerySet:
    """Ids of the trusts with a school in the area of these hubs on a date, as a subquery."""
    return apps.get_model("schools", "Trust")._default_manager.with_school_in(hub_ids, on).order_by().values("pk")


def _entrusted(partner_ids: set[int], on: date) -> models.QuerySet:
    """Ids of the schools entrusted to these partners on a date, as a subquery."""
    schools = apps.get_model("schools", "School")._default_manager
    return schools.filter(commissioned_schools(partner_ids, on)).order_by().values("pk")


class MembershipQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """One's own; hub staff those of their hub, its partners, and the schools in its area now; school leaders those
        of their school; trust leaders those of their trust; partner officers those of their partner and of the schools
        entrusted to it now. Hub staff also the leaders of trusts with a school in their area now."""
        on = on or today()
        access = access_of(user)
        rule = (
            Q(user_id=user.pk)
            | Q(hub_id__in=access.hub_ids)
            | Q(partner__hub_id__in=access.hub_ids)
            | Q(partner_id__in=access.officer_partner_ids)
            | Q(school_id__in=access.led_school_ids)
            | Q(trust_id__in=access.trust_ids)
        )
        if access.hub_ids:
            rule |= Q(school__authority_id__in=authorities_of_hubs(access.hub_ids, on))
            rule |= Q(trust__in=_trusts_in_hubs(access.hub_ids, on))
        if access.officer_partner_ids:
            rule |= Q(school__in=_entrusted(access.officer_partner_ids, on))
        return self.filter(rule)

    def current(self, on: date) -> Self:
        return self.filter(holds_on(on))

    def with_organisations(self) -> Self:
        return self.select_related("hub", "partner__hub", "school", "trust")

    def current_for(self, user: "User") -> tuple:
        """The person's memberships that hold today, from the request's own store. One query at the most."""
        return access_of(user).memberships


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """As for memberships: hub staff, partner officers, school leaders and trust leaders, each for their own; hub
        staff also those to lead a trust with a school in their area, partner officers those to a school entrusted."""
        on = on or today()
        access = access_of(user)
        rule = (
            Q(hub_id__in=access.hub_ids)
            | Q(partner__hub_id__in=access.hub_ids)
            | Q(partner_id__in=access.officer_partner_ids)
            | Q(school_id__in=access.led_school_ids)
            | Q(trust_id__in=access.trust_ids)
        )
        if access.hub_ids:
            rule |= Q(school__authority_id__in=authorities_of_hubs(access.hub_ids, on))
            rule |= Q(trust__in=_trusts_in_hubs(access.hub_ids, on))
        if access.officer_partner_ids:
            rule |= Q(school__in=_entrusted(access.officer_partner_ids, on))
        return self.filter(rule)

    def open(self) -> Self:
        return self.filter(accepted_at=None, revoked_at=None)

    def with_organisations(self) -> Self:
        return self.select_related("hub", "partner__hub", "school", "trust")


class ContactQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Hub staff see their hub's contacts; partner officers those at their schools; partner staff those marked for
        partners; school leaders and editors their own school's."""
        on = on or today()
        access = access_of(user)
        shown = Q(shared_with_partners=True) & at_entrusted(access.partner_ids, on)
        rule = Q(hub_id__in=access.hub_ids) | Q(school_id__in=access.writing_school_ids) | shown
        return self.filter(rule | at_entrusted(access.officer_partner_ids, on))

    def current(self, on: date | None = None) -> Self:
        return self.filter(Q(left_on=None) | Q(left_on__gt=on or today()))


class ContactMergeQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Hub staff see their hub's."""
        return self.filter(hub_id__in=access_of(user).hub_ids)

    def standing(self) -> Self:
        return self.filter(undone_at=None)


class ContactImportQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """One's own, as long as one writes for the hub: its managers and officers, and the officers of its partners."""
        return self.filter(hub_id__in=access_of(user).served_hub_ids, by_id=user.pk)


class RelationshipQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Hub staff see their hub's; partner officers those with the schools entrusted to them."""
        on = on or today()
        access = access_of(user)
        return self.filter(Q(hub_id__in=access.hub_ids) | at_entrusted(access.officer_partner_ids, on))


class EngagementYearQuerySet(RelationshipQuerySet):
    """Seen as relationships are."""
