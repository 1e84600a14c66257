"""Who sees what happened between a hub and a school, what the register changed, and what follows from it."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, Min, OuterRef, Q

from schools.access import access_of, today
from schools.querysets.schools import at_entrusted, outer_day, stays_that_open

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class TimelineEntryQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Hub staff see what their hub wrote down; partner officers the same for their schools; school leaders and
        editors what is shared with the school; viewers and trust leaders what a leader released; a trust's leaders
        only of a school that is in the trust now and open, and only since it joined or what a leader gave that trust
        since. Partner staff see none of it."""
        on = on or today()
        access = access_of(user)
        audience = apps.get_model("schools", "TimelineEntry").Audience
        rule = (
            Q(hub_id__in=access.hub_ids)
            | Q(
                school_id__in=access.writing_school_ids,
                audience__in=[audience.SCHOOL, audience.RELEASED],
            )
            | Q(school_id__in=access.viewed_school_ids, audience=audience.RELEASED)
            | at_entrusted(access.officer_partner_ids, on)
        )
        if access.trust_ids:
            times = stays_that_open(
                access.trust_ids,
                on,
                school=OuterRef("school_id"),
                day=outer_day("at"),
                given_to=OuterRef("given_to_id"),
                given_on=OuterRef("given_on"),
            )
            rule |= Q(Q(audience=audience.RELEASED), Exists(times))
        return self.filter(rule)


class ChangeNoticeQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Hub staff see their hub's feed; partner officers what concerns the schools entrusted to them."""
        on = on or today()
        access = access_of(user)
        entrusted = at_entrusted(access.officer_partner_ids, on, school="change__school")
        return self.filter(Q(hub_id__in=access.hub_ids) | entrusted)

    def open(self) -> Self:
        return self.filter(state__in=apps.get_model("schools", "ChangeNotice").OPEN_STATES)

    def without_echoes(self) -> Self:
        """Not that a school closed or plans to, nor that one opened, where that is told as one becoming the other."""
        change = apps.get_model("schools", "RegisterChange")
        became = change._default_manager.filter(kind=change.Kind.CONVERTED)
        closes = Q(change__kind__in=[change.Kind.CLOSED, change.Kind.CLOSING])
        opens = Q(change__kind__in=[change.Kind.OPENED, change.Kind.PROPOSED])
        return self.exclude(closes & Exists(became.filter(school=OuterRef("change__school")))).exclude(
            opens & Exists(became.filter(other_school=OuterRef("change__school")))
        )

    def without_repeats(self, user: "User", on: date | None = None) -> Self:
        """Of a trust that got another name, which each of its schools is told, only the first that the person sees."""
        renamed = Q(change__kind=apps.get_model("schools", "RegisterChange").Kind.TRUST_RENAMED)
        seen = type(self)(self.model).visible_to(user, on).filter(renamed).order_by()
        one_each = seen.values("hub", "change__file", "change__before", "change__after")
        return self.exclude(renamed & ~Q(pk__in=one_each.annotate(first=Min("pk")).values("first")))

    def about_schools_of(self, user: "User") -> Self:
        """About schools whose relationship the person owns, or given to the person. A trust that got another name is
        told of one of its schools (`without_repeats`): it is the person's where any of its schools is."""
        change = apps.get_model("schools", "RegisterChange")
        relationships = apps.get_model("schools", "Relationship")._default_manager.filter(owner=user)
        owned = relationships.filter(hub=OuterRef("hub"), school=OuterRef("change__school"))
        told = type(self)(self.model).filter(
            hub=OuterRef("hub"),
            change__kind=change.Kind.TRUST_RENAMED,
            change__file=OuterRef("change__file"),
            change__before=OuterRef("change__before"),
            change__after=OuterRef("change__after"),
        )
        of_trust = told.filter(Exists(relationships.filter(hub=OuterRef("hub"), school=OuterRef("change__school"))))
        renamed = Q(change__kind=change.Kind.TRUST_RENAMED) & Exists(of_trust)
        others = ~Q(state="assigned") & (Exists(owned) | renamed)
        return self.filter(Q(state="assigned", assigned_to=user) | others)

    def for_list(self, user: "User", on: date | None = None) -> Self:
        """Without echoes and repeats, with what a list says of each; adds `succession_uuid`, a proposal to move the
        school's records that waits for a decision, and `sees_school`. No further query."""
        proposals = apps.get_model("schools", "Succession")._default_manager.visible_to(user).to_decide()
        schools = apps.get_model("schools", "School")._default_manager.visible_to(user, on or today())
        return (
            self.without_echoes()
            .without_repeats(user, on)
            .select_related("hub", "change__school", "change__other_school__type", "assigned_to", "decided_by")
            .annotate(
                succession_uuid=models.Subquery(
                    proposals.filter(hub=OuterRef("hub"), predecessor=OuterRef("change__school"))
                    .order_by("-is_preticked", "pk")
                    .values("uuid")[:1]
                ),
                sees_school=Exists(schools.filter(pk=OuterRef("change__school"))),
            )
        )


class SuccessionQuerySet(models.QuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Hub staff see their hub's."""
        return self.filter(hub_id__in=access_of(user).hub_ids)

    def to_decide(self) -> Self:
        return self.filter(state="proposed")

    def clear(self) -> Self:
        """Those to decide for which the register leaves no other choice: one open successor."""
        return self.to_decide().filter(is_preticked=True)
