"""Who may open the pages that entries of a school's timeline lead to. Each takes the uuids that the entries name and
gives those that open, in one query."""

from collections.abc import Collection

from engagement.models import (
    Attempt,
    ConsultationSchool,
    ConversationPart,
    Delivery,
    IntroductionSide,
    Mailing,
    Meeting,
    Response,
    SchoolHalf,
    SupportGiven,
)
from hubportal.accounts.models import User
from schools.models import School


def parts(user: User, uuids: Collection[str]) -> set[str]:
    """A conversation's part, draft or logged, and its release."""
    return _texts(ConversationPart.objects.visible_to(user).filter(uuid__in=uuids))


def responses(user: User, uuids: Collection[str]) -> set[str]:
    return _texts(Response.objects.visible_to(user).filter(uuid__in=uuids))


def attempts(user: User, uuids: Collection[str]) -> set[str]:
    """Its page is for changing it: only for those who write about the school."""
    writable = School.objects.writable_by(user)
    return _texts(Attempt.objects.visible_to(user).own().filter(uuid__in=uuids, school__in=writable))


def support(user: User, uuids: Collection[str]) -> set[str]:
    return _texts(SupportGiven.objects.visible_to(user).filter(uuid__in=uuids))


def deliveries(user: User, uuids: Collection[str]) -> set[str]:
    return _texts(Delivery.objects.visible_to(user).filter(uuid__in=uuids))


def halves(user: User, uuids: Collection[str]) -> set[str]:
    return _texts(SchoolHalf.objects.visible_to(user).filter(uuid__in=uuids))


def mailings(user: User, uuids: Collection[str]) -> set[str]:
    """For the hub's own staff; a partner's officers read the line in the timeline."""
    return _texts(Mailing.objects.visible_to(user).filter(uuid__in=uuids))


def meetings(user: User, uuids: Collection[str]) -> set[str]:
    return _texts(Meeting.objects.visible_to(user).filter(uuid__in=uuids))


def introductions(user: User, uuids: Collection[str]) -> set[str]:
    """For the hub's own staff, and the school; a partner's officers read the line in the timeline."""
    return _texts(IntroductionSide.objects.visible_to(user).filter(uuid__in=uuids))


def consultations(user: User, uuids: Collection[str]) -> set[str]:
    return _texts(ConsultationSchool.objects.visible_to(user).filter(uuid__in=uuids))


def _texts(rows) -> set[str]:
    return {str(each) for each in rows.values_list("uuid", flat=True)}


OPENERS = {
    "conversation": parts,
    "release": parts,
    "response": responses,
    "attempt": attempts,
    "support": support,
    "delivery": deliveries,
    "half": halves,
    "mailing": mailings,
    "meeting": meetings,
    "introduction": introductions,
    "consultation": consultations,
}
