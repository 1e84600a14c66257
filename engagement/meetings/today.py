"""What meetings give people to do: wishes to answer, meetings to go to and to write up; and the school's half: answers
to read, questions that nobody answers, questions to answer."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from engagement import scoring
from engagement.meetings import words
from engagement.models import Meeting, SchoolHalf
from engagement.worklist import WorkItem
from hubportal.accounts.models import User
from hubportal.kit.wording import count, short_date
from schools.models import School

PATIENCE = timedelta(days=5)  # after which unanswered questions are worth a reminder
WORTH_ASKING = timedelta(days=90)
NEAR = timedelta(days=7)  # a meeting within it stands on the list
QUOTED = 120  # characters of a wish


def halves_to_read(user: User, on: date) -> Iterable[WorkItem]:
    """What schools answered before a meeting, and nobody at the hub has read. One query."""
    rows = SchoolHalf.objects.of_hub_for(user, on).own().filter(answered_at__isnull=False, read_at=None)
    for each in rows.select_related("school"):
        day = timezone.localdate(each.answered_at)
        yield WorkItem(
            group="read",
            title=each.school.name,
            href=each.get_absolute_url(),
            reason=f"The school answered your questions before you meet, {short_date(day, on)}.",
            since=day,
            action="Read",
            action_href=each.get_absolute_url(),
            post="Mark as read",
            post_action=reverse("engagement:half-read", args=[each.uuid]),
            key=f"half:{each.uuid}",
            school_id=each.school_id,
            hub_id=each.hub_id,
            also=frozenset({each.asked_by_id}),
            marks={"answered": 1, **scoring.days("waits", day, on)},
        )


def halves_unanswered(user: User, on: date) -> Iterable[WorkItem]:
    """Questions that nobody at the school has answered for some days, also those whose links have expired. One
    query."""
    now = timezone.now()
    rows = SchoolHalf.objects.of_hub_for(user, on).own().standing().filter(answers=None, conversation=None)
    rows = rows.filter(asked_at__lt=now - PATIENCE, asked_at__gte=now - WORTH_ASKING)
    for each in rows.select_related("school"):
        day = timezone.localdate(each.asked_at)
        gone = " The links have expired." if each.is_expired else ""
        yield WorkItem(
            group="wait",
            title=each.school.name,
            href=each.get_absolute_url(),
            reason=f"Asked {short_date(day, on)} before you meet: not answered yet.{gone}",
            since=day,
            action="Remind or enter it",
            action_href=each.get_absolute_url(),
            key=f"half-unanswered:{each.uuid}",
            school_id=each.school_id,
            hub_id=each.hub_id,
            also=frozenset({each.asked_by_id}),
            marks={"reminder": 1},
        )


def halves_to_answer(user: User, school: School, on: date) -> Iterable[WorkItem]:
    """For the school's leaders and editors: what the hub asks before a meeting. One query."""
    rows = SchoolHalf.objects.of_school_for(user).filter(school=school).open(timezone.now())
    for each in rows.select_related("hub", "asked_by"):
        yield WorkItem(
            group="read",
            title=school.name,
            href=each.get_answer_url(),
            reason=f"Before you meet, {each.asked_by} of {each.hub} asks {count(len(each.questions), 'question')}.",
            since=timezone.localdate(each.asked_at),
            action="Answer",
            action_href=each.get_answer_url(),
        )


def meetings_asked(user: User, on: date) -> Iterable[WorkItem]:
    """Schools that ask to meet, until somebody answers. One query."""
    for each in Meeting.objects.of_hub_for(user, on).asked().select_related("school"):
        day = timezone.localdate(each.made_at)
        known = "" if each.school else " Nobody has told yet which school it is."
        yield WorkItem(
            group="read",
            title=each.school_name,
            href=each.get_absolute_url(),
            reason=f"{each.name} asks to meet: “{each.wanted[:QUOTED]}”{known}",
            since=day,
            action="Answer",
            action_href=each.get_absolute_url(),
            key=f"meeting:{each.uuid}",
            school_id=each.school_id,
            hub_id=each.hub_id,
            marks={"asked": 1, **scoring.days("waits", day, on)},
        )


def meetings_to_come(user: User, on: date) -> Iterable[WorkItem]:
    """Meetings of the next days, in whose diary they stand. One query."""
    now = timezone.now()
    rows = Meeting.objects.of_hub_for(user, on).to_come(now).filter(starts_at__lte=now + NEAR)
    for each in rows.select_related("school"):
        if each.school is None or each.starts_at is None:
            continue
        place = f", {each.place}" if each.place else ""
        yield WorkItem(
            group="talk",
            title=each.school.name,
            href=each.get_absolute_url(),
            reason=f"You meet {words.short_moment(each.starts_at)}: {each.get_how_display().lower()}{place}.",
            since=timezone.localdate(each.starts_at),
            action="Before you go",
            action_href=reverse("engagement:briefing-detail", args=[each.school.urn]),
            key=f"meeting:{each.uuid}",
            school_id=each.school_id,
            hub_id=each.hub_id,
            owner_id=each.officer_id,
            matter=str(each.sequence),
            marks={"meet": 1} | ({"coming": 1} if timezone.localdate(each.starts_at) > on else {}),
        )


def meetings_to_log(user: User, on: date) -> Iterable[WorkItem]:
    """Meetings that were held and are not written up, by whose diary they stood in. One query."""
    for each in Meeting.objects.of_hub_for(user, on).to_log(timezone.now()).select_related("school"):
        if each.starts_at is None:
            continue
        day = timezone.localdate(each.starts_at)
        yield WorkItem(
            group="finish",
            title=each.school_name,
            href=each.get_absolute_url(),
            reason=f"You met {short_date(day, on)}, and it is not written up yet.",
            since=day,
            action="See it",
            action_href=each.get_absolute_url(),
            post="Write it up",
            post_action=reverse("engagement:meeting-write-up", args=[each.uuid]),
            key=f"meeting-held:{each.uuid}",
            school_id=each.school_id,
            hub_id=each.hub_id,
            owner_id=each.officer_id,
            matter=str(each.sequence),
            marks={"held": 1, **scoring.days("lies", day, on)},
        )


PROVIDERS = (halves_to_read, halves_unanswered, meetings_asked, meetings_to_come, meetings_to_log)
