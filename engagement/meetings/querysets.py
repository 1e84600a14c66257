"""Who sees meetings to come, and what schools answer before them."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import F, Q

from engagement.querysets import OfHubAndSchoolQuerySet
from schools.access import access_of, today
from schools.querysets import at_entrusted

if TYPE_CHECKING:
    from hubportal.accounts.models import User

IN_DIARY = ("agreed", "moved")


class AlsoTheSchools(OfHubAndSchoolQuerySet):
    def visible_to(self, user: "User", on: date | None = None) -> Self:
        """Hub staff: their hub's. Partner officers: those at the schools entrusted to the partner now. A school's
        leaders and editors: its own. Nobody else, so no governor, trust or funder."""
        access = access_of(user)
        rule = Q(hub_id__in=access.hub_ids) | Q(school_id__in=access.writing_school_ids)
        return self.filter(rule | at_entrusted(access.officer_partner_ids, on or today()))

    def of_school_for(self, user: "User") -> Self:
        """Those that the person meets as one of the school: its leaders and editors."""
        return self.filter(school_id__in=access_of(user).writing_school_ids)

    def of_hub_for(self, user: "User", on: date | None = None) -> Self:
        """Those that the person meets as one of the hub, or as an officer of a partner entrusted with the school."""
        access = access_of(user)
        return self.filter(Q(hub_id__in=access.hub_ids) | at_entrusted(access.officer_partner_ids, on or today()))

    def editable_by(self, user: "User", on: date | None = None) -> Self:
        """Those that the person deals with for the hub: its managers and officers, and officers of a partner entrusted
        with the school now."""
        access = access_of(user)
        return self.filter(
            Q(hub_id__in=access.writing_hub_ids) | at_entrusted(access.officer_partner_ids, on or today())
        )


class MeetingQuerySet(AlsoTheSchools):
    def asked(self) -> Self:
        """Asked for, and not answered."""
        return self.filter(state="asked")

    def in_diary(self) -> Self:
        return self.filter(state__in=IN_DIARY)

    def to_come(self, at: datetime) -> Self:
        """In the diary, and not over."""
        return self.in_diary().filter(starts_at__gt=at - F("minutes") * timedelta(minutes=1))

    def to_log(self, at: datetime) -> Self:
        """In the diary, over, and without a conversation in the record."""
        over = self.in_diary().filter(starts_at__lte=at - F("minutes") * timedelta(minutes=1))
        return over.filter(Q(conversation=None) | Q(conversation__state="draft"))

    def full(self) -> Self:
        """With everything that a page of one shows."""
        along = ("hub", "partner", "school__authority", "school__type", "officer", "made_by", "settled_by")
        return self.select_related(*along, "conversation", "received_from")


class SchoolHalfQuerySet(AlsoTheSchools):
    def own(self) -> Self:
        """What the hub itself asked, and did not receive from another with a school."""
        return self.filter(received_from=None)

    def standing(self) -> Self:
        """Those that nobody withdrew."""
        return self.filter(withdrawn_at=None)

    def open(self, at: datetime) -> Self:
        """Those that the school can still answer."""
        return self.standing().own().filter(answered_at=None, expires_at__gt=at)
