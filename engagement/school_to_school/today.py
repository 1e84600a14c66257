"""Introductions that wait for the hub, for the Today page; and what a school was asked, for its home."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from engagement import scoring
from engagement.models import Introduction, IntroductionSide
from engagement.school_to_school.words import question
from engagement.worklist import WorkItem
from hubportal.accounts.models import User
from hubportal.kit.wording import short_date
from schools.access import access_of
from schools.models import School

ASK_WHAT_CAME = timedelta(days=28)  # after the two were introduced


def introductions_to_go_on(user: User, on: date) -> Iterable[WorkItem]:
    """Where one school has agreed and the other is not asked, and where nobody has said what came of it: whose it is
    who suggested it. One query."""
    hubs = access_of(user).writing_hub_ids
    if not hubs:
        return
    sides = IntroductionSide.objects.visible_to(user).filter(introduction__hub__in=hubs, is_agreed=True)
    to_ask = sides.filter(introduction__state=Introduction.State.AGREED)
    lain = on - ASK_WHAT_CAME
    to_tell = sides.filter(introduction__state=Introduction.State.NAMED, introduction__named_at__date__lte=lain)
    rows = (to_ask | to_tell.filter(role=IntroductionSide.Role.HELPED)).select_related("introduction", "school")
    for each in rows.order_by("pk"):
        made = each.introduction
        since = timezone.localdate(made.named_at or each.answered_at)
        asks, page = not made.is_named, made.get_absolute_url()
        yield WorkItem(
            group="read" if asks else "finish",
            title=each.school.name,
            href=page,
            reason=(
                f"It agreed to meet another school about “{made.about}”. Ask the other now."
                if asks
                else f"Introduced to another school on {short_date(since, on)}: what came of it?"
            ),
            since=since,
            action="Ask the other school" if asks else "Record what came of it",
            action_href=page if asks else reverse("engagement:introduction-outcome", args=[made.uuid]),
            key=f"introduction:{made.uuid}",
            matter=made.state,
            school_id=each.school_id,
            hub_id=made.hub_id,
            also=frozenset({made.made_by_id}),
            marks={"answered": 1, **scoring.days("waits", since, on)} if asks else scoring.days("lies", since, on),
        )


def introductions_to_answer(user: User, school: School, on: date) -> Iterable[WorkItem]:
    """For the school's leaders and editors: what the hub asks, without a word of the other school. One query."""
    rows = IntroductionSide.objects.of_school_for(user).filter(school=school).to_answer()
    for each in rows.select_related("introduction__hub", "asked_by"):
        yield WorkItem(
            group="read",
            title=school.name,
            href=each.get_absolute_url(),
            reason=f"Asked by {each.asked_by} of {each.introduction.hub}: {question(each.introduction, each)}",
            since=timezone.localdate(each.asked_at),
            action="Answer",
            action_href=each.get_absolute_url(),
        )


PROVIDERS = (introductions_to_go_on,)
