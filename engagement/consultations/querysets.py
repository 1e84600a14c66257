"""Who sees which consultation, and what a school answered."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import CharField, Count, F, OuterRef, Q, Subquery

from engagement.querysets import OfHubAndSchoolQuerySet
from schools.access import access_of, today
from schools.models import School
from schools.querysets import at_entrusted
from schools.segments import SEGMENTS

if TYPE_CHECKING:
    from hubportal.accounts.models import User


class ConsultationQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """The hub's own staff: those that were sent. Of what is being written, its managers."""
        access = access_of(user)
        sent = Q(hub_id__in=access.hub_ids, sent_at__isnull=False)
        return self.filter(sent | Q(hub_id__in=access.managed_hub_ids))

    def with_counts(self) -> Self:
        """Adds `number_asked` and `number_answered`, of schools. No further query."""
        answered = Count("schools", filter=Q(schools__answer__isnull=False))
        return self.annotate(number_asked=Count("schools"), number_answered=answered)

    def published(self) -> Self:
        """Those whose "You said, we did" everybody may read, the newest first."""
        return self.filter(published_at__isnull=False).order_by("-published_at", "-pk")


class ConsultationSchoolQuerySet(OfHubAndSchoolQuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Hub staff: their hub's. Partner officers: those at the schools entrusted to the partner now. A school's
        leaders and editors: its own. Nobody else, so no governor, trust or funder."""
        access = access_of(user)
        rule = Q(hub_id__in=access.hub_ids) | Q(school_id__in=access.writing_school_ids)
        return self.filter(rule | at_entrusted(access.officer_partner_ids, on or today()))

    def of_hub_for(self, user: "User", on: date | None = None) -> Self:
        """Those that the person reads as one of the hub, or as an officer of a partner entrusted with the school."""
        return super().visible_to(user, on)

    def answered(self) -> Self:
        return self.filter(answer__isnull=False)

    def unanswered(self) -> Self:
        return self.filter(answer=None)

    def waiting(self, on: date) -> Self:
        """Those at which the questions are open that day, and nobody has answered them."""
        is_open = Q(consultation__sent_at__isnull=False, consultation__closed_at=None, consultation__closes_on__gte=on)
        return self.unanswered().filter(is_open)

    def saying(self, key: str, value: str = "") -> Self:
        """Those whose answer to a question is this value, or has it among several; without one, any answer to it."""
        if not value:
            return self.filter(answer__values__has_key=key)
        one, several = {key: value}, {key: [value]}
        return self.filter(Q(answer__values__contains=one) | Q(answer__values__contains=several))

    def with_segments(self) -> Self:
        """Adds `kind`, `meals`, `setting` and `size`, the segments that the school is in, as the register has it now.
        No further query."""
        school = School._base_manager.filter(pk=OuterRef("school"))
        return self.annotate(
            **{each.key: Subquery(each.on(school).values(each.key)[:1], output_field=CharField()) for each in SEGMENTS}
        )

    def with_school(self) -> Self:
        """With what a list shows of each: its school and the answer that stands."""
        rows = self.with_segments().select_related("school__authority", "school__type", "answer", "consultation")
        return rows.order_by(F("school__name_key"), "pk")
