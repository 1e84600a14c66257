"""Who sees which plan of a trust, which of its versions, and who confirmed them."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from schools.access import access_of, today
from schools.models import School, Trust, TrustSchool
from smdp.querysets.plans import schools_advised

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class TrustPlanQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """The trust's leaders: theirs, from the first day. Everybody else: those of which they may read a version."""
        mine = Q(trust__in=access_of(user).trust_ids)
        return self.filter(mine | Exists(_versions(user, on).filter(plan=OuterRef("pk"))))

    def standing(self) -> Self:
        """Those that none of a later year has followed."""
        return self.filter(superseded_at=None)

    def of_trust(self, trust: Trust) -> Self:
        """Those of a trust, the newest first."""
        return self.filter(trust=trust).order_by("-year")


class TrustPlanSectionQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Sections of the plans of the trusts that the person leads: nobody else meets a trust's draft."""
        return self.filter(plan__trust__in=access_of(user).trust_ids)

    def with_draft(self) -> Self:
        """Reads the draft, the plan and its trust along, in the same query."""
        return self.select_related("plan__trust", "draft__updated_by")


class TrustPlanVersionQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """What was shared. The trust's leaders: theirs. People of a school, governors among them, that is open and in
        the trust: from the day it joined and until it leaves. Staff of a hub and officers of a partner, where they
        advise such a school: what was shared with its hubs too. Nobody else any; what a school's own version carries is
        read with that."""
        on = on or today()
        access = access_of(user)
        rule = Q(plan__trust__in=access.trust_ids)
        stays = TrustSchool.objects.filter(
            Q(left_on=None) | Q(left_on__gt=on),
            joined_on__lte=on,
            school__status__in=School.OPEN_STATUSES,
            trust=OuterRef("plan__trust"),
        )
        if access.school_ids:
            rule |= Q(Exists(stays.filter(school__in=access.school_ids)))
        if access.hub_ids or access.officer_partner_ids:
            rule |= Q(Exists(stays.filter(schools_advised(access, on, "school"))), with_hubs=True)
        return self.filter(rule)

    def for_school(self, school: School, year: int, years: int, on: date) -> Self:
        """What the school's plan for these academic years mirrors on a date, the first: the newest of the trust that it
        is in then, of a plan that covers one of these years."""
        stays = TrustSchool.objects.filter(Q(left_on=None) | Q(left_on__gt=on), school=school, joined_on__lte=on)
        rows = self.filter(plan__trust__in=stays.values("trust"), plan__year__lt=year + years)
        rows = rows.filter(plan__year__gt=year - F("plan__years"))
        return rows.order_by("-plan__year", "-number")


class TrustConfirmationQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Leaders of the trust whose words were confirmed: of the schools in it now. Whoever writes the school's
        plan: its own."""
        access = access_of(user)
        schools = School.objects.in_trusts(access.trust_ids, on or today()).open().values("pk")
        theirs = Q(version__plan__trust__in=access.trust_ids, plan__school__in=schools)
        return self.filter(theirs | Q(plan__school__in=access.writing_school_ids))


class LiftedPriorityQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """The trust's leaders alone: to its other schools nothing says whose priority it was."""
        return self.filter(plan__trust__in=access_of(user).trust_ids)


def _versions(user: "User", on: date | None) -> models.QuerySet:
    return apps.get_model("smdp", "TrustPlanVersion")._default_manager.visible_to(user, on)
