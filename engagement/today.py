"""This room's own things to do, for the Today page: answers to read, schools to talk to, promises, drafts, reports
unread.

Whose a thing is, `reach` says. Everything starts at `visible_to(user)`.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from engagement import scoring
from engagement.models import (
    AgreedAction,
    Attempt,
    Meeting,
    StepApproval,
)
from engagement.reach import asks_for_the_team, handed_to, is_officer, not_others, sees_whole_hub
from engagement.worklist import WorkItem, talk_key
from hubportal.accounts.models import User
from hubportal.kit.addresses import address_of
from hubportal.kit.wording import short_date
from schools import changes
from schools.access import access_of
from schools.handing import in_words
from schools.models import ChangeNotice, Handover, Relationship, School

SOON = timedelta(days=14)  # a conversation agreed for then is coming
DUE = timedelta(days=7)  # an action due by then is due
QUOTED = 120  # characters of an answer


def schools_to_talk_to(user: User, on: date) -> Iterable[WorkItem]:
    """Schools with which a conversation is due or coming, or whose next step is due because they do not answer; each
    once. None that another hub covers now, none that asks to meet, and none with a meeting in the diary within a
    fortnight: those stand on the list themselves. One query."""
    if not is_officer(user):
        return
    due = Q(due_on__lte=on) | Q(due_on__lte=on + SOON, due_because__in=COMING)
    now = timezone.now()
    meets = Meeting.objects.filter(hub=OuterRef("hub"), school=OuterRef("school"))
    soon = meets.asked() | meets.to_come(now).filter(starts_at__lte=now + SOON)
    relationships = (
        Relationship.objects.visible_to(user, on)
        .filter(
            due,
            ~Exists(soon),
            not_others(user, "hub_id", "school_id"),
            school__in=School.objects.visible_to(user, on),
        )
        .select_related("school")
        .only(*_SAID_OF_TALKS)
    )
    for each in relationships:
        item = _talk(each, on)
        if item:
            yield item


Because = Relationship.Because
_SAID_OF_TALKS = (
    *("hub_id", "last_conversation_on", "last_attempt_on", "due_on", "due_because", "due_reason", "next_step"),
    *("next_how", "school__urn", "school__name"),
)  # of a thousand schools no more is read than is said
COMING = (Because.AGREED, Because.SET, Because.CADENCE)  # of these a person is told a fortnight before


def _talk(relationship: Relationship, on: date) -> WorkItem | None:
    """Why to talk to this school, in a sentence."""
    last, then = relationship.last_conversation_on, relationship.due_on
    if then is None:
        return None
    spoke = f"Last spoke {short_date(last, on)}." if last else "You have not spoken yet."
    since, reason = then, _due_to_talk(relationship, then, on, spoke)
    what, marks = relationship.due_because, _urgency(relationship, then, on)
    school = relationship.school
    return WorkItem(
        group="talk",
        title=school.name,
        href=address_of("engagement:briefing-detail", school.urn),
        reason=reason,
        since=since,
        action="Log a conversation",
        action_href=address_of("engagement:conversation-create", school=school.urn, form="quick"),
        post=TRIED[_how(relationship)],
        post_action=address_of("engagement:attempt-create", school.urn, how=str(_how(relationship))),
        key=talk_key(school),
        school_id=school.pk,
        hub_id=relationship.hub_id,
        matter=f"{what}:{last or ''}:{relationship.last_attempt_on or ''}",
        marks=marks,
    )


def _due_to_talk(relationship: Relationship, then: date, on: date, spoke: str) -> str:
    """ "The next conversation was agreed for today."; "Due by 4 March. Once a term: 13 school weeks after ..."."""
    if relationship.due_because == Because.AGREED:
        when = f"for {short_date(then, on)}" if then > on else "for today" if then == on else _ago(then, on)
        return f"The next conversation was agreed {when}. {spoke}"
    what = f"{relationship.next_step}: due" if relationship.next_step else "Due"
    if then < on:
        what = f"{relationship.next_step}: was due" if relationship.next_step else "Was due"
    return f"{what} by {short_date(then, on)}. {relationship.due_reason}"


# What somebody says who tried and got no answer; what needs a manager's approval is tried from the school's page.
TRIED = {
    Attempt.How.CALL: "Called, no answer",
    Attempt.How.EMAIL: "Emailed",
    Attempt.How.LETTER: "Wrote a letter",
    Attempt.How.VISIT: "Visited, nobody there",
}


def _how(relationship: Relationship) -> Attempt.How:
    """By which way the next try goes, where a press is enough for it; else a call."""
    return next((how for how in TRIED if how == relationship.next_how), Attempt.How.CALL)


def _urgency(relationship: Relationship, then: date, on: date) -> dict[str, int]:
    """Why it is due, and that it is still to come or counts school weeks since it was."""
    known = {Because.AGREED: "agreed", Because.STEP: "step"}
    code = known.get(Because(relationship.due_because), "cadence")
    return {code: 1, **({"coming": 1} if then > on else {"school_weeks": 0} if then < on else {})}


def approvals_to_give(user: User, on: date) -> Iterable[WorkItem]:
    """Steps that a colleague may take only once a manager approves, for the hub's managers. One query."""
    managed = access_of(user).managed_hub_ids
    if not managed:
        return
    asked = StepApproval.objects.visible_to(user, on).open().filter(hub__in=managed)
    for each in asked.select_related("school", "asked_by"):
        address = reverse("engagement:approval-decide", args=[each.uuid])
        yield WorkItem(
            group="read",
            title=each.school.name,
            href=address,
            reason=f"{each.asked_by} asks for your approval. {each.step}: “{each.why}”",
            since=timezone.localdate(each.asked_at),
            action="Decide",
            action_href=address,
            key=f"approval:{each.uuid}",
            school_id=each.school_id,
            hub_id=each.hub_id,
            is_managers=True,
            marks={"approval": 1, **scoring.days("waits", timezone.localdate(each.asked_at), on)},
        )


def _ago(day: date, on: date) -> str:
    """ "for yesterday", "for 3 November, 19 days ago"."""
    days = (on - day).days
    return "for yesterday" if days == 1 else f"for {short_date(day, on)}, {days} days ago"


_SAID_OF_PROMISES = ("uuid", "hub_id", "owner_id", "owner_name", "partner_id", "what", "due_on", "school__name")


def promises_to_keep(user: User, on: date) -> Iterable[WorkItem]:
    """The hub's (or the partner's own) agreed actions that are due within a week or overdue. One query."""
    access = access_of(user)
    if not (is_officer(user) or access.partner_ids):
        return
    ours = Q(side=AgreedAction.Side.PARTNER, partner_id__in=access.partner_ids)
    if access.hub_ids or access.officer_partner_ids:
        unowned = Q(owner=None) & not_others(user, "hub_id", "school_id")
        given = Q(school__in=handed_to(user).values("school"))
        own = Q() if sees_whole_hub(user) else Q(owner=user) | unowned | given
        ours |= Q(side=AgreedAction.Side.HUB) & own
    actions = (
        AgreedAction.objects.visible_to(user, on).open().filter(ours, due_on__lte=on + DUE).select_related("school")
    )
    for each in actions.only(*_SAID_OF_PROMISES):
        yield WorkItem(
            group="promise",
            title=each.school.name,
            href=each.get_absolute_url(),
            reason=f"{_promiser(each, user)} agreed: {each.what.rstrip('.')}. {_due(each.due_on or on, on)}",
            since=each.due_on or on,
            action="Update it",
            action_href=each.get_absolute_url(),
            post="Mark done",
            post_action=address_of("engagement:action-done", str(each.uuid)),
            key=f"action:{each.uuid}",
            school_id=each.school_id,
            hub_id=each.hub_id,
            owner_id=each.owner_id,
            also=frozenset([user.pk]) if each.partner_id in access.partner_ids else frozenset(),
            matter=str(each.due_on),
            marks={"promised": 1, **scoring.days("late", each.due_on or on, on), **_coming(each.due_on or on, on)},
        )


def promises_left_behind(user: User, on: date) -> Iterable[WorkItem]:
    """Open actions of a partner who is no longer there for the school, for those who can give them to somebody else.
    One query."""
    if not is_officer(user):
        return
    rows = AgreedAction.objects.editable_by(user, on).left_behind(on)
    own = Q() if sees_whole_hub(user) else not_others(user, "hub_id", "school_id")
    for each in rows.filter(own).select_related("school", "partner"):
        yield WorkItem(
            group="promise",
            title=each.school.name,
            href=each.get_absolute_url(),
            reason=f"{each.partner} agreed: {each.what.rstrip('.')}. It is no longer there for this school.",
            since=each.due_on or on,
            action="Give it to somebody",
            action_href=reverse("engagement:action-edit", args=[each.uuid]),
            key=f"action-left:{each.uuid}",
            school_id=each.school_id,
            hub_id=each.hub_id,
            marks={"promised": 1, **scoring.days("late", each.due_on or on, on)},
        )


def _coming(day: date, on: date) -> dict[str, int]:
    return {"coming": 1} if day > on else {}


def _promiser(action: AgreedAction, user: User) -> str:
    return "You" if action.owner_id == user.pk or action.owner_name == user.name else action.owner_name


def _due(day: date, on: date) -> str:
    days = (day - on).days
    words = {0: "Due today.", -1: "Due yesterday.", 1: "Due tomorrow."}
    return words.get(days, f"Due {short_date(day, on)}" + (f", {-days} days ago." if days < 0 else "."))


def handovers_to_answer(user: User, on: date) -> Iterable[WorkItem]:
    """Schools that another hub offers to hand over, for the managers of this one. One query."""
    managed = access_of(user).managed_hub_ids
    if not managed:
        return
    offers = Handover.objects.visible_to(user).open().filter(receiver__in=managed)
    for each in offers.select_related("school", "giver"):
        what = "its history of this school" if each.with_history else "whom it knows at this school"
        yield WorkItem(
            group="read",
            title=each.school.name,
            href=each.get_absolute_url(),
            reason=f"{each.giver} offers you {what}: {in_words(each.counts)}.",
            since=timezone.localdate(each.offered_at),
            action="Answer",
            action_href=each.get_absolute_url(),
            key=f"handover:{each.uuid}",
            school_id=each.school_id,
            hub_id=each.receiver_id,
            is_managers=True,
            marks={"handover": 1, **scoring.days("waits", timezone.localdate(each.offered_at), on)},
        )


def register_changes(user: User, on: date) -> Iterable[WorkItem]:
    """What the register changed about the person's own schools and asks something of them, and what a colleague gave
    them. One query."""
    if not is_officer(user):
        return
    rows = ChangeNotice.objects.visible_to(user, on).for_list(user, on).open()
    rows = rows if asks_for_the_team(user) else rows.about_schools_of(user)
    for each in rows.filter(Q(state="assigned") | Q(change__kind__in=changes.PRESSING)):
        said = changes.said(each.change, on)
        yield WorkItem(
            group="register",
            title=each.change.school.name,
            href=each.get_absolute_url(),
            reason=_register_words(each, f"{said.title} {said.meaning}", user),
            since=each.change.noticed_on,
            action="Decide",
            action_href=each.get_absolute_url(),
            post="Mark done",
            post_action=reverse("schools:change-done", args=[each.uuid]),
            key=f"register:{each.uuid}",
            school_id=each.change.school_id,
            hub_id=each.hub_id,
            owner_id=each.assigned_to_id,
            is_personal=True,
            matter=each.state,
            marks={
                "given" if each.assigned_to_id == user.pk else "register": 1,
                **scoring.days("lies", each.change.noticed_on, on),
            },
        )


def _register_words(notice: ChangeNotice, said: str, user: User) -> str:
    """With who gave it to the person, and the note."""
    if notice.assigned_to_id != user.pk or notice.decided_by is None:
        return said
    return f"{said} From {notice.decided_by}{f': “{notice.note}”' if notice.note else '.'}"


def promises_of_schools(user: User, on: date) -> Iterable[WorkItem]:
    """What schools agreed to do and have not done by the day that was agreed. One query."""
    if not is_officer(user):
        return
    actions = AgreedAction.objects.visible_to(user, on).overdue(on).filter(side=AgreedAction.Side.SCHOOL)
    own = Q() if sees_whole_hub(user) else not_others(user, "hub_id", "school_id")
    for each in actions.filter(own).select_related("school").only(*_SAID_OF_PROMISES):
        due_on = each.due_on or on
        yield WorkItem(
            group="wait",
            title=each.school.name,
            href=each.get_absolute_url(),
            reason=f"{each.owner_name or 'The school'} agreed: {each.what.rstrip('.')}. {_due(due_on, on)}",
            since=due_on,
            action="See it",
            action_href=each.get_absolute_url(),
            key=f"action:{each.uuid}",
            school_id=each.school_id,
            hub_id=each.hub_id,
            matter=str(due_on),
            marks={"reminder": 1, **scoring.days("late", due_on, on)},
        )


PROVIDERS = (
    approvals_to_give,
    handovers_to_answer,
    schools_to_talk_to,
    promises_to_keep,
    promises_left_behind,
    promises_of_schools,
    register_changes,
)
