"""Who sees which introduction of two schools, and what a school is happy to be named for.

Introductions are for the staff of the hub. A school reads its own side of one once it was asked, and through it the
other school only where both have agreed: see `school_to_school.reading`."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from schools.access import access_of, today
from schools.models import School

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class NamedForQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The school's leaders and editors, who keep it; staff of the hub whose area holds the school today. No
        partner, trust, other school or funder."""
        access = access_of(user)
        covered = School.objects.in_hubs(access.hub_ids, today()).values("pk")
        return self.filter(Q(school_id__in=access.writing_school_ids) | Q(school__in=covered))

    def standing(self) -> Self:
        """Those that the school has not taken out."""
        return self.filter(taken_out_at=None)


class IntroductionQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Staff of the hub alone: it names both schools."""
        return self.filter(hub_id__in=access_of(user).hub_ids)

    def standing(self) -> Self:
        """Those that neither were declined nor have an outcome."""
        return self.exclude(state__in=["declined", "outcome"])

    def with_schools(self) -> Self:
        """Adds the names and URNs of both: `helped_name`, `helped_urn`, `helper_name`, `helper_urn`. No further
        query."""
        sides = apps.get_model("engagement", "IntroductionSide")._base_manager.filter(introduction=OuterRef("pk"))
        columns = {
            f"{role}_{name}": Subquery(sides.filter(role=role).values(f"school__{name}")[:1])
            for role in ("helped", "helper")
            for name in ("name", "urn")
        }
        return self.annotate(**columns)

    def between(self, one: School, other: School) -> Self:
        """Those of two schools, whichever helps. Two subqueries."""
        sides = apps.get_model("engagement", "IntroductionSide")._base_manager
        of = [sides.filter(school=each).values("introduction") for each in (one, other)]
        return self.filter(pk__in=of[0]).filter(pk__in=of[1])


class IntroductionSideQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Staff of the hub; of a school that was asked its leaders and editors, and only its own side."""
        return self.filter(Q(introduction__hub_id__in=access_of(user).hub_ids) | self._of_schools(user))

    def of_school_for(self, user: "User") -> Self:
        """Those that a person reads as one of the school, and not as one of the hub: without why the hub means to
        introduce them."""
        return self.filter(self._of_schools(user)).defer("introduction__why")

    @staticmethod
    def _of_schools(user: "User") -> Q:
        return Q(school_id__in=access_of(user).writing_school_ids, asked_at__isnull=False)

    def to_answer(self) -> Self:
        """Asked, and neither answered nor overtaken by the hub's giving it up."""
        return self.filter(asked_at__isnull=False, is_agreed=None).exclude(
            introduction__state__in=["declined", "outcome"]
        )


class IntroductionStepQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """As the introduction."""
        return self.filter(introduction__hub_id__in=access_of(user).hub_ids)
