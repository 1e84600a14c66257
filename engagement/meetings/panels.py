"""Where the school's half is shown: on the school's page, beside the form in which the officer writes, and on the page
of the conversation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from engagement.meetings import questions
from engagement.models import Conversation, ConversationPart, HalfAnswer, Meeting, SchoolHalf
from engagement.panels import PartPanel
from engagement.permissions import can_write_for
from hubportal.accounts.models import User
from schools.models import School
from schools.panels import Panel
from schools.standing import standing_of

LATELY = timedelta(days=120)  # a half from before then is not what one talks about now
SHOWN = 3
MOST_MEETINGS = 6


@dataclass(frozen=True)
class Beside:
    """A school's half as it stands beside a conversation."""

    half: SchoolHalf
    answer: HalfAnswer
    answered: Sequence[questions.Answered]

    @property
    def context(self) -> dict[str, Any]:
        return {"half": self.half, "answer": self.answer, "answered": self.answered}


def beside(user: User, conversation: Conversation, part: ConversationPart) -> list[Beside]:
    """What the school answered for this conversation; while it is a draft, also what waits to be talked about. None of
    it for whoever does not see it as the hub's. Two queries."""
    rule = Q(conversation=conversation)
    if conversation.is_draft:
        rule |= Q(conversation=None, asked_at__gte=timezone.now() - LATELY)
    rows = (
        SchoolHalf.objects.of_hub_for(user)
        .standing()
        .filter(rule, hub=conversation.hub_id, school=part.school_id, answers__isnull=False)
    )
    found = []
    for half in (
        rows.select_related("hub", "school").prefetch_related("answers__entered_by", "answers__link").distinct()
    ):
        answer = half.answer
        if answer is not None:
            found.append(Beside(half, answer, questions.read(half, answer.values)))
    return found


def halves_of_part(request: HttpRequest, part: ConversationPart) -> Iterable[PartPanel]:
    """On the hub's page of a conversation: the school's half. Two queries."""
    match = request.resolver_match
    if not request.user.is_authenticated or match is None or match.url_name != "conversation-detail":
        return
    for each in beside(request.user, part.conversation, part):
        yield PartPanel("engagement/_half_of_part.html", each.context, position=5)


def meetings_of_school(request: HttpRequest, school: School) -> Iterable[Panel]:
    """On the school's page, for the hub's people and the partner entrusted: meetings that come, that wait for an
    answer, and that were held and not written up. Two queries."""
    user = cast(User, request.user)
    standing = standing_of(user, school)
    if not standing.sees_engagement or standing.hub is None:
        return
    now = timezone.now()
    rows = Meeting.objects.of_hub_for(user).filter(hub=standing.hub, school=school)
    rows = rows.asked() | rows.to_come(now) | rows.to_log(now)
    meetings = list(rows.select_related("officer", "conversation").order_by("starts_at", "made_at")[:MOST_MEETINGS])
    may_write = standing.writes and school.is_open and can_write_for(user, school)
    if meetings or may_write:
        context = {"school": school, "meetings": meetings, "may_write": may_write}
        yield Panel("engagement/_school_meetings.html", context, position=24)


def halves_of_school(request: HttpRequest, school: School) -> Iterable[Panel]:
    """On the school's page, for the hub's people and the partner entrusted: the newest questions and where they stand,
    and the way to ask. Three queries."""
    user = cast(User, request.user)
    standing = standing_of(user, school)
    if not standing.sees_engagement or standing.hub is None or school.is_organisation or not school.is_open:
        return
    rows = SchoolHalf.objects.of_hub_for(user).filter(hub=standing.hub, school=school)
    halves = list(rows.prefetch_related("answers")[:SHOWN])
    may_ask = standing.writes and can_write_for(user, school)
    if halves or may_ask:
        context = {"school": school, "halves": halves, "may_ask": may_ask}
        yield Panel("engagement/_school_halves.html", context, position=25)
