"""Who sees which plan that a school keeps elsewhere, and who looked at it."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from engagement.querysets import entrusted
from hubportal.kit.wording import academic_year
from schools.access import access_of, today
from schools.models import School, Trust
from schools.querysets import outer_day, stays_that_open
from schools.roles import Role
from smdp.querysets.plans import schools_advised

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class PlanElsewhereQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """As the versions of a plan are read. Leaders and editors of the school, staff of its hub, and officers of the
        partner entrusted with it: all of them. The school's viewers: adopted ones. Leaders of its trust: those recorded
        since the school joined, while it is open and in the trust."""
        on = on or today()
        access = access_of(user)
        rule = Q(school__in=access.writing_school_ids) | schools_advised(access, on, "school")
        rule |= Q(school__in=access.viewed_school_ids, adopted_on__isnull=False)
        if access.trust_ids:
            day = outer_day("recorded_at")
            rule |= Q(Exists(stays_that_open(access.trust_ids, on, school=OuterRef("school"), day=day)))
        return self.filter(rule)

    def standing(self) -> Self:
        """Those that nobody has taken out."""
        return self.filter(removed_at=None)

    def in_place(self, on: date) -> Self:
        """Standing ones whose years are not over and whose review is not due: they count as a plan in place."""
        return self.standing().filter(review_on__gt=on).annotate(until=F("year") + F("years")).filter(
            until__gt=academic_year(on)
        )  # fmt: skip

    def of_school(self, school: School) -> Self:
        """Those of a school, the newest first."""
        return self.filter(school=school).order_by("-year", "-recorded_at")

    def adopted_in(self, trust: Trust, on: date | None = None) -> Self:
        """Standing ones that open schools, in a trust on a date, adopted by their own word: what a hub recorded counts
        once the school has confirmed it."""
        schools = School.objects.in_trusts({trust.pk}, on or today()).open()
        rows = self.standing().filter(school__in=schools.values("pk"), adopted_on__isnull=False)
        return rows.filter(Q(recorded_for=None) | Q(confirmed_at__isnull=False))


class PlanElsewhereLookQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """What the hub saw and said: its own staff, officers of that hub's partner entrusted with the school, leaders
        and editors of the school, but not again what another hub received. That the school went through it again:
        whoever sees the plan."""
        on = on or today()
        access = access_of(user)
        plans = apps.get_model("smdp", "PlanElsewhere")._default_manager.visible_to(user, on)
        rule = Q(hub_id__in=access.hub_ids)
        rule |= Q(plan__school__in=access.writing_school_ids, received_from=None)
        rule |= Q(hub=None, plan__in=plans.values("pk"))
        if access.officer_partner_ids:
            hubs = {each.partner.hub_id for each in access.memberships if each.role == Role.PARTNER_OFFICER}
            rule |= Q(hub_id__in=hubs, plan__school__in=entrusted(access.officer_partner_ids, on))
        return self.filter(rule)
