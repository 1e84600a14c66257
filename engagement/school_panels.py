"""What this room adds to a school's page: the next thing to do, where music stands, open actions, offers that fit."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from django.http import HttpRequest
from django.urls import reverse

from engagement import rules, written
from engagement.actions.persistence import approved
from engagement.ladder import SAID, ladder_of, needs_approval
from engagement.models import AgreedAction, Conversation, Hold, Offer, Response, StepApproval
from engagement.permissions import can_edit_offer, can_log_attempt
from engagement.standing import Stand, stands
from engagement.tailoring import catalogue_of
from engagement.why import why_of
from hubportal.accounts.models import User
from hubportal.kit.wording import academic_year, short_date
from schools.access import today
from schools.formerly import carried_since
from schools.models import Hub, Relationship, School
from schools.panels import Panel
from schools.standing import standing_of

MOST_OFFERS = 4
MOST_ACTIONS = 6


def user_of(request: HttpRequest) -> User:
    """Whoever is signed in: nobody else reaches a school's page."""
    return cast(User, request.user)


def next_bar(request: HttpRequest, school: School) -> Iterable[Panel]:
    """For the hub's people and the partner entrusted: the one next thing with its reason, and the ways to log it.
    About nine queries."""
    if not standing_of(user_of(request), school).sees_engagement:
        return
    answers = Response.objects.visible_to(user_of(request)).filter(
        version__part__school=school, version__part__withdrawn_at=None, kind=Response.Kind.NOT_ACCURATE, noted_at=None
    )
    answers = answers.select_related("version__part__conversation").defer(*written.of_both("version__part__"))
    answer = answers.order_by("-at").first()
    drafts = (
        Conversation.objects.visible_to(user_of(request)).drafts().filter(parts__school=school, author=user_of(request))
    )
    draft = drafts.order_by("-updated_at").first()
    relationship = Relationship.objects.visible_to(user_of(request)).filter(school=school).first()
    may_write = can_log_attempt(user_of(request), school)
    # Trying is noted as of now: where that would be refused, as at a closed school, it is not offered.
    may_try = school.is_open or not rules.date_problem(today(), [school], today(), carried_since([school]))
    start = reverse("engagement:conversation-create", query={"school": school.urn})
    context = {
        "school": school,
        "words": _next_words(relationship, bool(answer), today(), school.noun),
        "reason": relationship.due_reason if relationship and not answer else "",
        "answer_url": answer.version.part.conversation.get_absolute_url() if answer else "",
        "draft_url": reverse("engagement:conversation-edit", args=[draft.uuid]) if draft and may_write else "",
        "may_write": may_write,
        "may_try": may_try,
        "quick_url": f"{start}&form=quick",
        "full_url": f"{start}&form=full",
        "attempt_url": reverse("engagement:attempt-create", args=[school.urn]),
        "briefing_url": "" if school.is_organisation else reverse("engagement:briefing-detail", args=[school.urn]),
        "ways": _ways(standing_of(user_of(request), school).hub, school, relationship) if may_write else [],
    }
    yield Panel("engagement/_school_next.html", context, position=10, column="next")


def _ways(hub: Hub | None, school: School, relationship: Relationship | None) -> list[tuple[str, str]]:
    """The ways in which somebody may have tried, the next step's first; without those that wait for a manager."""
    if hub is None:
        return []
    ladder, next_how = ladder_of(hub), relationship.next_how if relationship else ""
    open_ones = [
        (how.value, words)
        for how, words in SAID.items()
        if not needs_approval(ladder, how) or (how == next_how and approved(hub, school, how))
    ]
    return sorted(open_ones, key=lambda way: way[0] != next_how)


def _next_words(relationship: Relationship | None, is_disputed: bool, on: date, noun: str) -> str:
    """The next thing, in a sentence or two; why then, the relationship says itself."""
    last = relationship.last_conversation_on if relationship else None
    spoke = f"Last spoke {short_date(last, on)}." if last else "You have not spoken yet."
    if is_disputed:
        return f"answer the {noun}’s correction: it says your record is not accurate. {spoke}"
    if relationship and relationship.due_on:
        return f"{_due_words(relationship, relationship.due_on, on)} {spoke}"
    return f"agree when you talk next. {spoke}" if last else "introduce yourselves. You have not spoken yet."


def _due_words(relationship: Relationship, due_on: date, on: date) -> str:
    day, is_ahead = short_date(due_on, on), due_on > on
    match relationship.due_because:
        case Relationship.Because.AGREED:
            return f"talk on {day}, as agreed." if is_ahead else f"talk: you agreed on {day}."
        case Relationship.Because.STEP:
            step = relationship.next_step
            step = f"{step[0].lower()}{step[1:]}"
            return f"{step}, by {day}." if is_ahead else f"{step}: it was due by {day}."
        case Relationship.Because.DECLINED:
            return f"ask again on {day}." if is_ahead else f"ask again: it was due on {day}."
        case _:
            return f"talk by {day}." if is_ahead else f"talk: it was due by {day}."


def where_music_stands(request: HttpRequest, school: School) -> Iterable[Panel]:
    """For the hub's people and the partner entrusted: each judged criterion now, beside the time before. One
    query."""
    if not standing_of(user_of(request), school).sees_engagement:
        return
    found = stands(school.pk, user=user_of(request))
    if not found:
        return
    rows = [{"label": each.label, "now": each.now, "was": each.was} for each in found]
    yield Panel("engagement/_school_levels.html", {"rows": rows, "note": _dates_of(found)}, position=10)


def _dates_of(found: list[Stand]) -> str:
    """ "Filled: 12 November. Outlined: 12 November 2025." """
    now, was = (
        max(each.on for each in found if each.on),
        max((each.was_on for each in found if each.was_on), default=None),
    )
    before = f" Outlined: {short_date(was, today())}." if was else ""
    return f"Filled: {short_date(now, today())}.{before}"


def offers_that_fit(request: HttpRequest, school: School) -> Iterable[Panel]:
    """For the hub's people and the partner entrusted: what of the catalogue answers what the school needs, the best
    first, with the reason. Six queries, and those of the rooms above."""
    user = user_of(request)
    standing = standing_of(user, school)
    if not standing.sees_engagement or school.is_organisation or standing.hub is None:
        return
    catalogue = catalogue_of(user, standing.hub, school, sees_engagement=True)
    if catalogue.suited:
        context = {
            "offers": [
                {"title": each.offer.title, "href": each.offer.get_absolute_url(), "because": each.reason}
                for each in catalogue.answering[:MOST_OFFERS]
            ],
            "school": school,
            "more": len(catalogue.suited) - len(catalogue.answering[:MOST_OFFERS]),
        }
        yield Panel("engagement/_school_offers.html", context, position=30)


def open_actions(request: HttpRequest, school: School) -> Iterable[Panel]:
    """What was agreed and is not done, for whoever may see it. One query."""
    if not standing_of(user_of(request), school).sees_facts:
        return
    rows = list(
        AgreedAction.objects.visible_to(user_of(request))
        .filter(school=school)
        .open()
        .select_related("partner")[: MOST_ACTIONS + 1]
    )
    if rows:
        context = {"actions": rows[:MOST_ACTIONS], "more": len(rows) > MOST_ACTIONS, "today": today()}
        yield Panel("engagement/_school_actions.html", context, position=20)


def offers_it_delivers(request: HttpRequest, school: School) -> Iterable[Panel]:
    """On the page of an organisation that is no school: what of the hub's catalogue it delivers. One query."""
    standing = standing_of(user_of(request), school)
    if not (school.is_organisation and standing.sees_engagement):
        return
    rows = Offer.objects.visible_to(user_of(request)).filter(organisation=school, hub=standing.hub)
    offers = rows.filter(year__gte=academic_year(today()))
    context = {
        "offers": list(offers.order_by("-is_current", "title")),
        "may_add": standing.hub is not None and can_edit_offer(user_of(request), standing.hub.pk),
        "add_url": reverse(
            "engagement:offer-create",
            query={"hub": standing.hub.slug if standing.hub else "", "organisation": school.urn},
        ),
    }
    yield Panel("engagement/_organisation_offers.html", context, position=30)


def when_they_do_not_answer(request: HttpRequest, school: School) -> Iterable[Panel]:
    """For the hub's people and the partner entrusted: the ladder and how far it is, what holds the school in peace, and
    a manager's word on a step that needs it. Five queries at the most."""
    user, standing = user_of(request), standing_of(user_of(request), school)
    if not standing.sees_engagement or standing.hub is None or school.is_organisation or not school.is_open:
        return
    relationship = Relationship.objects.visible_to(user).filter(hub=standing.hub, school=school).first()
    approval = None
    ladder = ladder_of(standing.hub)
    how = relationship.next_how if relationship else ""
    needs = bool(how) and needs_approval(ladder, how)
    if needs:
        rows = StepApproval.objects.visible_to(user).filter(hub=standing.hub, school=school, how=how)
        approval = approved(standing.hub, school, how) or rows.first()
    context = {
        "school": school,
        "ladder": ladder,
        "next_step": relationship.next_step if relationship else "",
        "holds": list(Hold.objects.visible_to(user).standing().filter(hub=standing.hub, school=school)),
        "needs_approval": needs,
        "approval": approval,
        "may_write": standing.writes,
        "may_ask": standing.writes and needs and (approval is None or approval.is_approved is False),
    }
    yield Panel("engagement/_school_silence.html", context, position=60, column="facts")


def how_engaged(request: HttpRequest, school: School) -> Iterable[Panel]:
    """For the hub's people and the partner entrusted: the school's status this year with the records behind it, and the
    years before. Five queries."""
    user, standing = user_of(request), standing_of(user_of(request), school)
    if not standing.sees_engagement or standing.hub is None or school.is_organisation:
        return
    why = why_of(user, standing.hub, school, today())
    yield Panel("engagement/_school_engagement.html", {"school": school, "why": why}, position=35, column="facts")


PROVIDERS = (
    *(how_engaged, next_bar, when_they_do_not_answer, where_music_stands, offers_that_fit),
    *(open_actions, offers_it_delivers),
)
