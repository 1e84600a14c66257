"""Whether the leaders of a school's trust read a released part: since it joined, or because they were given it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from engagement.models import ConversationPart
from schools.access import today
from schools.models import School, Trust, TrustSchool


@dataclass(frozen=True)
class TrustReading:
    """The trust a school is in, and how one record stands to it. `is_earlier`: from before the school joined;
    `is_given`: a leader gave it to this trust, since the school joined."""

    trust: Trust
    joined_on: date
    is_earlier: bool
    is_given: bool
    given_at: datetime | None
    given_by: str

    @property
    def name(self) -> str:
        return self.trust.name

    @property
    def reads(self) -> bool:
        """Whether the trust's leaders read what is released of it."""
        return self.is_given or not self.is_earlier


def stay_of(school: School) -> TrustSchool | None:
    """The school's present stay in a trust. One query."""
    stays = TrustSchool.objects.filter(Q(left_on=None) | Q(left_on__gt=today()), school=school, joined_on__lte=today())
    return stays.select_related("trust").order_by("-joined_on").first()


def of(part: ConversationPart) -> TrustReading | None:
    """How this part stands to the trust that its school is in today; None in no trust. Two queries at the most."""
    stay = stay_of(part.school)
    if stay is None:
        return None
    given_at = part.given_to_trust_at if part.given_to_trust_id == stay.trust_id else None
    if given_at is not None and timezone.localdate(given_at) < stay.joined_on:
        given_at = None  # given in an earlier stay, which has ended
    day = part.conversation.date
    return TrustReading(
        trust=stay.trust,
        joined_on=stay.joined_on,
        is_earlier=day is None or day < stay.joined_on,
        is_given=given_at is not None,
        given_at=given_at,
        given_by=str(part.given_to_trust_by) if given_at is not None else "",
    )
