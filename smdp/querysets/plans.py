"""Who sees which plan, and which of its versions."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from engagement.querysets import entrusted
from hubportal.kit.wording import academic_year
from schools.access import Access, access_of, today
from schools.models import School, Trust
from schools.querysets import authorities_of_hubs, outer_day, stays_that_open

if TYPE_CHECKING:
    from hubportal.accounts.models import User


def schools_advised(access: Access, on: date, path: str) -> Q:
    """Schools that the person advises for the hub: its staff those in the hub's area now, a partner's officers those
    entrusted to the partner. Partner staff none."""
    rule = Q(**{f"{path}__authority_id__in": authorities_of_hubs(access.hub_ids, on)})
    if access.officer_partner_ids:
        rule |= Q(**{f"{path}__in": entrusted(access.officer_partner_ids, on)})
    return rule


def plans_seen(user: "User", on: date | None, path: str) -> Q:
    """Whose plan a person may see the state of, where `path` leads to the school. No query."""
    on = on or today()
    access = access_of(user)
    rule = Q(**{f"{path}__in": access.school_ids}) | schools_advised(access, on, path)
    if access.trust_ids:
        rule |= Q(**{f"{path}__in": School.objects.in_trusts(access.trust_ids, on).open().values("pk")})
    return rule


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Plans whose state and progress a person may see: people of the school, its hub and the partner entrusted with
        it, and the leaders of the trust it is in. What is written in one, `PlanVersion.visible_to` opens, and
        `permissions.can_write_plan`."""
        return self.filter(plans_seen(user, on, "school"))

    def standing(self) -> Self:
        """Those that no later plan of the school has followed."""
        return self.filter(superseded_at=None)

    def in_force(self, on: date) -> Self:
        """Standing ones of open schools that were shared or adopted and whose academic years hold the day."""
        this_year = academic_year(on)
        rows = self.standing().exclude(state="draft").filter(school__status__in=School.OPEN_STATUSES)
        rows = rows.filter(year__lte=this_year)
        return rows.annotate(until=F("year") + F("years")).filter(until__gt=this_year)

    def of_school(self, school: School) -> Self:
        """Those of a school, the newest first."""
        return self.filter(school=school).order_by("-year", "-begun_at")

    def with_versions(self, user: "User", on: date | None = None) -> Self:
        """Adds, as far as the person sees those versions, `shared_at` and `adopted_on` of the last of each kind. No
        further query."""
        versions = apps.get_model("smdp", "PlanVersion")._default_manager.visible_to(user, on)
        mine = versions.filter(plan=OuterRef("pk")).order_by("-number")
        return self.annotate(
            shared_at=Subquery(mine.values("made_at")[:1]),
            adopted_on=Subquery(mine.filter(why="adopted").values("presented_on")[:1]),
        )

    def waiting_for_review(self, user: "User", on: date | None = None) -> Self:
        """Whose newest version, as far as the person sees it, was shared and not reviewed yet: also one that was shared
        again after the plan was adopted. No further query."""
        versions = apps.get_model("smdp", "PlanVersion")._default_manager.visible_to(user, on)
        newest = versions.filter(plan=OuterRef("pk")).order_by("-number")
        returned = apps.get_model("smdp", "PlanReview")._default_manager.filter(
            version=OuterRef("newest_version"), returned_at__isnull=False
        )
        found = self.annotate(
            newest_version=Subquery(newest.values("pk")[:1]), newest_why=Subquery(newest.values("why")[:1])
        )
        return found.filter(~Exists(returned), newest_why="shared")


class PlanSectionQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Sections of the plans that the person sees. Who may read what is written in one, `permissions` say."""
        plans = apps.get_model("smdp", "Plan")._default_manager.visible_to(user, on)
        return self.filter(plan__in=plans)

    def readable_by(self, user: "User") -> Self:
        """Sections whose words the person reads as they are written, and whose files: leaders and editors
        of the school, and whom it asked in while the plan stands."""
        guests = apps.get_model("smdp", "SectionGuest")._default_manager.asking(user).filter(section=OuterRef("pk"))
        return self.filter(
            Q(plan__school__in=access_of(user).writing_school_ids) | Q(Exists(guests), plan__superseded_at=None)
        )

    def with_draft(self) -> Self:
        """Reads the draft, the plan and its school along, in the same query."""
        return self.select_related(
            "plan__school__type", "plan__school__authority", "draft__updated_by", "carried_from", "entered_by"
        )


class PlanVersionQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Frozen versions. Leaders and editors of the school, staff of its hub, and officers of the partner entrusted
        with it: all of them. The school's viewers: adopted ones. Leaders of its trust: all that were frozen since the
        school joined, while it is open and in the trust."""
        on = on or today()
        access = access_of(user)
        rule = Q(plan__school__in=access.writing_school_ids) | schools_advised(access, on, "plan__school")
        rule |= Q(plan__school__in=access.viewed_school_ids, why="adopted")
        if access.trust_ids:
            stays = stays_that_open(
                access.trust_ids,
                on,
                school=OuterRef("plan__school"),
                day=outer_day("made_at"),
            )
            rule |= Q(Exists(stays))
        return self.filter(rule)

    def adopted_in(self, trust: Trust, on: date | None = None) -> Self:
        """Those that open schools, in a trust on a date, adopted."""
        schools = School.objects.in_trusts({trust.pk}, on or today()).open()
        return self.filter(why="adopted", plan__school__in=schools.values("pk"))


def newest_shared(user: "User", on: date | None = None) -> models.QuerySet:
    """The last version that each open school shared or adopted of this or last year's plan, or of one of several years
    that still runs, as far as the person may read them. No query."""
    on = on or today()
    year = academic_year(on)
    model = apps.get_model("smdp", "PlanVersion")
    rows = model._default_manager.visible_to(user, on).annotate(until=F("plan__year") + F("plan__years"))
    rows = rows.filter(Q(plan__year__gte=year - 1) | Q(until__gt=year), plan__school__status__in=School.OPEN_STATUSES)
    newest = rows.order_by("plan__school_id", "-plan__year", "-number").distinct("plan__school_id")
    return model._default_manager.filter(pk__in=newest.values("pk")).order_by("plan__school__name_key", "pk")
