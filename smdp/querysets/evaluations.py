"""Who sees which self-evaluation, and which of its versions."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from schools.access import access_of, today
from schools.models import School, TrustSchool
from schools.querysets import outer_day, stays_that_open
from smdp.querysets.plans import schools_advised

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class SelfEvaluationQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """The school's leaders and editors: theirs, from the first day. Everybody else: those of which they may read a
        submitted version."""
        mine = Q(school__in=access_of(user).writing_school_ids)
        return self.filter(mine | Exists(_versions(user, on).filter(evaluation=OuterRef("pk"))))

    def of_school(self, school: School) -> Self:
        """Those of a school, the newest year first."""
        return self.filter(school=school).order_by("-year")

    def with_submitted(self, user: "User", on: date | None = None) -> Self:
        """Adds `submitted_at` of the newest version that the person may read, None where there is none. No further
        query."""
        newest = _versions(user, on).filter(evaluation=OuterRef("pk")).order_by("-number")
        return self.annotate(submitted_at=Subquery(newest.values("made_at")[:1]))


class SelfEvaluationVersionQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Submitted versions. People of the school, governors among them; staff of the hub that covers it, and officers
        of the partner entrusted with it: all. Leaders of its trust: those that were submitted since the school joined,
        while it is in the trust and open. Partner staff, relationship managers and administrators: none."""
        on = on or today()
        access = access_of(user)
        rule = Q(evaluation__school__in=access.school_ids) | schools_advised(access, on, "evaluation__school")
        if access.trust_ids:
            stays = stays_that_open(
                access.trust_ids, on, school=OuterRef("evaluation__school"), day=outer_day("made_at")
            )
            rule |= Q(Exists(stays))
        return self.filter(rule)


def _versions(user: "User", on: date | None) -> models.QuerySet:
    return apps.get_model("smdp", "SelfEvaluationVersion")._default_manager.visible_to(user, on)


class TrustEvaluationQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """The trust's leaders: theirs. Staff of a hub and partner officers: those of the trusts with a school that they
        may see."""
        access = access_of(user)
        rule = Q(trust_id__in=access.trust_ids)
        if access.hub_ids or access.officer_partner_ids:
            on = on or today()
            stays = TrustSchool.objects.filter(
                Q(left_on=None) | Q(left_on__gt=on), schools_advised(access, on, "school"), joined_on__lte=on
            )
            rule |= Q(trust__in=stays.values("trust_id"))
        return self.filter(rule)
