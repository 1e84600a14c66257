"""This room's own things to do, for the Today page: answers to read, schools to talk to, promises, drafts, reports
unread.

Hub managers and viewers see the hub's. Officers, of the hub or of a partner, see what is theirs: the schools whose
relationship they own or nobody owns, and what they wrote themselves. Everything starts at `visible_to(user)`.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from engagement import written
from engagement.actions.meetings import SOURCE as MEETING_SOURCE
from engagement.actions.sharing import day_of
from engagement.models import (
    AgreedAction,
    Conversation,
    ConversationPart,
    PartVersion,
    Reading,
    Response,
    StepApproval,
)
from engagement.worklist import WorkItem
from hubportal.accounts.models import User
from hubportal.kit.wording import short_date
from schools import changes
from schools.access import access_of
from schools.handing import in_words
from schools.models import ChangeNotice, Handover, Relationship, School, TimelineEntry
from schools.naming import told_apart
from schools.roles import Role

SOON = timedelta(days=14)  # a conversation agreed for then is coming
DUE = timedelta(days=7)  # an action due by then is due
PATIENCE = timedelta(days=7)  # after which an unanswered report is worth a look
WORTH_ASKING = timedelta(days=120)  # and until when
ASKED = timedelta(days=90)  # how long a school's wish to meet stays on the list
SHARE_WITHIN = timedelta(days=60)
NOT_YOURS_TO_SHARE = "The hub can share it: a school of it is no longer entrusted to your organisation."
QUOTED = 120  # characters of an answer


def is_officer(user: User) -> bool:
    """Whether the person has a worklist at all: hub staff and partner officers."""
    access = access_of(user)
    return bool(access.hub_ids or access.officer_partner_ids)


def sees_whole_hub(user: User) -> bool:
    return access_of(user).has(Role.HUB_MANAGER, Role.HUB_VIEWER)


def others(user: User) -> QuerySet:
    """Relationships that somebody else owns, as a subquery by hub and school; none for those who see the whole hub."""
    owned = Relationship.objects.visible_to(user).exclude(owner=None).exclude(owner=user)
    return owned.none() if sees_whole_hub(user) else owned


def _mine(user: User, hub: str, school: str) -> Q:
    return ~Q(Exists(others(user).filter(hub_id=OuterRef(hub), school_id=OuterRef(school))))


def answers_to_read(user: User, on: date) -> Iterable[WorkItem]:
    """Schools' answers that nobody at the hub has noted. One query."""
    if not is_officer(user):
        return
    responses = (
        Response.objects.visible_to(user)
        .filter(
            Q(version__part__conversation__author=user)
            | Q(version__shared_by=user)
            | _mine(user, "version__part__conversation__hub_id", "version__part__school_id"),
            version__part__in=ConversationPart.objects.of_hub_for(user),
            version__part__withdrawn_at=None,
            noted_at=None,
        )
        .select_related("version__part__conversation", "version__part__school")
        .defer("version__content", *written.of_both("version__part__"))
    )
    for each in responses:
        part = each.version.part
        yield WorkItem(
            group="read",
            title=part.school.name,
            href=part.conversation.get_absolute_url(),
            reason=_answered(each, on),
            since=timezone.localdate(each.at),
            action="Answer" if each.kind == Response.Kind.NOT_ACCURATE else "Read",
            action_href=part.conversation.get_absolute_url(),
            post="Mark as read",
            post_action=reverse("engagement:response-note", args=[each.uuid]),
        )


def _answered(response: Response, on: date) -> str:
    day = short_date(day_of(response.version.part), on)
    words = " ".join(response.text.split())
    quoted = f": “{words if len(words) <= QUOTED else words[:QUOTED].rstrip() + '…'}”" if words else ""
    said = {
        Response.Kind.NOT_ACCURATE: f"{response.name} says the report of {day} is not accurate{quoted}",
        Response.Kind.ADD: f"{response.name} says the report of {day} is accurate, and would add{quoted}",
        Response.Kind.ACCURATE: f"{response.name} says the report of {day} is accurate",
        Response.Kind.ACKNOWLEDGED: f"{response.name} has read the report of {day}",
    }[Response.Kind(response.kind)]
    return said if said.endswith("”") else f"{said}."


def schools_to_talk_to(user: User, on: date) -> Iterable[WorkItem]:
    """Schools that asked to meet, with which a conversation is due or coming, or whose next step is due because they do
    not answer; each once. None that another hub covers now. Two queries."""
    if not is_officer(user):
        return
    asks: dict[tuple[int, int], TimelineEntry] = {
        (entry.hub_id, entry.school_id): entry
        for entry in TimelineEntry.objects.visible_to(user, on)
        .filter(source__startswith=MEETING_SOURCE, at__gte=timezone.now() - ASKED)
        .order_by("at")
    }
    due = Q(due_on__lte=on) | Q(due_on__lte=on + SOON, due_because__in=COMING)
    relationships = (
        Relationship.objects.visible_to(user, on)
        .filter(
            due | Q(school__in=[school for _, school in asks]),
            _mine(user, "hub_id", "school_id"),
            school__in=School.objects.visible_to(user, on),
        )
        .select_related("school")
    )
    for each in relationships:
        item = _talk(each, asks.get((each.hub_id, each.school_id)), on)
        if item:
            yield item


COMING = (Relationship.Because.AGREED, Relationship.Because.CADENCE)  # of these a person is told a fortnight before


def _talk(relationship: Relationship, asked: TimelineEntry | None, on: date) -> WorkItem | None:
    """Why to talk to this school, in a sentence; the strongest reason only."""
    last, then = relationship.last_conversation_on, relationship.due_on
    spoke = f"Last spoke {short_date(last, on)}." if last else "You have not spoken yet."
    if asked and (last is None or last <= timezone.localdate(asked.at)):
        since, reason = timezone.localdate(asked.at), f"{asked.heading}: “{' '.join(asked.text.split())[:QUOTED]}”"
    elif then and then <= on + SOON:
        since, reason = then, _due_to_talk(relationship, then, on, spoke)
    else:
        return None
    school = relationship.school
    return WorkItem(
        group="talk",
        title=school.name,
        href=school.get_absolute_url(),
        reason=reason,
        since=since,
        action="Log a conversation",
        action_href=reverse("engagement:conversation-create", query={"school": school.urn, "form": "quick"}),
    )


def _due_to_talk(relationship: Relationship, then: date, on: date, spoke: str) -> str:
    """ "The next conversation was agreed for today."; "Due by 4 March. Once a term: 13 school weeks after ..."."""
    if relationship.due_because == Relationship.Because.AGREED:
        when = f"for {short_date(then, on)}" if then > on else "for today" if then == on else _ago(then, on)
        return f"The next conversation was agreed {when}. {spoke}"
    what = f"{relationship.next_step}: due" if relationship.next_step else "Due"
    if then < on:
        what = f"{relationship.next_step}: was due" if relationship.next_step else "Was due"
    return f"{what} by {short_date(then, on)}. {relationship.due_reason}"


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
        )


def _ago(day: date, on: date) -> str:
    """ "for yesterday", "for 3 November, 19 days ago"."""
    days = (on - day).days
    return "for yesterday" if days == 1 else f"for {short_date(day, on)}, {days} days ago"


def promises_to_keep(user: User, on: date) -> Iterable[WorkItem]:
    """The hub's (or the partner's own) agreed actions that are due within a week or overdue. One query."""
    access = access_of(user)
    if not (is_officer(user) or access.partner_ids):
        return
    ours = Q(side=AgreedAction.Side.PARTNER, partner_id__in=access.partner_ids)
    if access.hub_ids or access.officer_partner_ids:
        unowned = Q(owner=None) & _mine(user, "hub_id", "school_id")
        mine = Q() if sees_whole_hub(user) else Q(owner=user) | unowned
        ours |= Q(side=AgreedAction.Side.HUB) & mine
    actions = (
        AgreedAction.objects.visible_to(user, on).open().filter(ours, due_on__lte=on + DUE).select_related("school")
    )
    for each in actions:
        yield WorkItem(
            group="promise",
            title=each.school.name,
            href=each.get_absolute_url(),
            reason=f"{_promiser(each, user)} agreed: {each.what.rstrip('.')}. {_due(each.due_on or on, on)}",
            since=each.due_on or on,
            action="Update it",
            action_href=each.get_absolute_url(),
            post="Mark done",
            post_action=reverse("engagement:action-done", args=[each.uuid]),
        )


def promises_left_behind(user: User, on: date) -> Iterable[WorkItem]:
    """Open actions of a partner who is no longer there for the school, for those who can give them to somebody else.
    One query."""
    if not is_officer(user):
        return
    rows = AgreedAction.objects.editable_by(user, on).left_behind(on)
    mine = Q() if sees_whole_hub(user) else _mine(user, "hub_id", "school_id")
    for each in rows.filter(mine).select_related("school", "partner"):
        yield WorkItem(
            group="promise",
            title=each.school.name,
            href=each.get_absolute_url(),
            reason=f"{each.partner} agreed: {each.what.rstrip('.')}. It is no longer there for this school.",
            since=each.due_on or on,
            action="Give it to somebody",
            action_href=reverse("engagement:action-edit", args=[each.uuid]),
        )


def _promiser(action: AgreedAction, user: User) -> str:
    return "You" if action.owner_id == user.pk or action.owner_name == user.name else action.owner_name


def _due(day: date, on: date) -> str:
    days = (day - on).days
    words = {0: "Due today.", -1: "Due yesterday.", 1: "Due tomorrow."}
    return words.get(days, f"Due {short_date(day, on)}" + (f", {-days} days ago." if days < 0 else "."))


def drafts_to_finish(user: User, on: date) -> Iterable[WorkItem]:
    """The person's own drafts, and full conversations logged lately that no school has been given. Five queries."""
    if not is_officer(user):
        return
    parts = ConversationPart.objects.of_hub_for(user, on).select_related("school")
    mine = Conversation.objects.visible_to(user, on).filter(author=user)
    mine = mine.prefetch_related(Prefetch("parts", parts))
    for each in mine.drafts():
        schools = ", ".join(told_apart(part.school for part in each.parts.all())) or "A draft without a school"
        yield WorkItem(
            group="finish",
            title=schools,
            href=each.get_absolute_url(),
            reason=f"Draft of a conversation, last changed {short_date(timezone.localdate(each.updated_at), on)}.",
            since=timezone.localdate(each.updated_at),
            action="Finish it",
            action_href=reverse("engagement:conversation-edit", args=[each.uuid]),
        )
    logged = mine.logged().own().filter(form=Conversation.Form.FULL, date__gte=on - SHARE_WITHIN)
    shareable = set(logged.editable_by(user, on).values_list("pk", flat=True))
    for each in logged.prefetch_related("parts__versions"):
        can_share = each.pk in shareable
        for part in each.parts.all():
            if part.is_filled and part.withdrawn_at is None and not part.versions.all():
                said = f"{each.get_kind_display()} of {short_date(day_of(part), on)}, not shared yet."
                yield WorkItem(
                    group="finish",
                    title=part.school.name,
                    href=each.get_absolute_url(),
                    reason=said if can_share else f"{said} {NOT_YOURS_TO_SHARE}",
                    since=day_of(part),
                    action="Share it" if can_share else "",
                    action_href=reverse("engagement:part-share", args=[part.uuid]) if can_share else "",
                )


def reports_unanswered(user: User, on: date) -> Iterable[WorkItem]:
    """Newest versions that no school person has answered for a week. One query."""
    if not is_officer(user):
        return
    newer = PartVersion.objects.filter(part=OuterRef("part"), number__gt=OuterRef("number"))
    answered = Response.objects.filter(version__part=OuterRef("part"))
    versions = (
        PartVersion.objects.visible_to(user, on)
        .filter(
            ~Exists(newer),
            ~Exists(answered),
            Q(part__conversation__author=user)
            | Q(shared_by=user)
            | _mine(user, "part__conversation__hub_id", "part__school_id"),
            part__in=ConversationPart.objects.of_hub_for(user, on),
            part__withdrawn_at=None,
            shared_at__lt=timezone.now() - PATIENCE,
            shared_at__gte=timezone.now() - WORTH_ASKING,
        )
        .select_related("part__school", "part__conversation")
        .defer("content", *written.of_both("part__"))
        .annotate(was_read=Exists(Reading.objects.filter(version=OuterRef("pk"))))
    )
    for each in versions:
        read = "opened, not answered yet" if each.was_read else "not opened yet"
        yield WorkItem(
            group="wait",
            title=each.part.school.name,
            href=each.part.conversation.get_absolute_url(),
            reason=f"Shared {short_date(each.shared_at, on)}: {read}.",
            since=timezone.localdate(each.shared_at),
            action="See who has it",
            action_href=each.part.conversation.get_absolute_url(),
        )


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
        )


def register_changes(user: User, on: date) -> Iterable[WorkItem]:
    """What the register changed about the person's own schools and asks something of them, and what a colleague gave
    them. One query."""
    if not is_officer(user):
        return
    rows = ChangeNotice.objects.visible_to(user, on).for_list(user, on).open().about_schools_of(user)
    for each in rows.filter(Q(state="assigned") | Q(change__kind__in=changes.PRESSING)):
        said = changes.said(each.change, on)
        yield WorkItem(
            group="register",
            title=each.change.school.name,
            href=each.get_absolute_url(),
            reason=f"{said.title} {said.meaning}",
            since=each.change.noticed_on,
            action="Decide",
            action_href=each.get_absolute_url(),
            post="Mark done",
            post_action=reverse("schools:change-done", args=[each.uuid]),
        )


PROVIDERS = (
    approvals_to_give,
    handovers_to_answer,
    answers_to_read,
    schools_to_talk_to,
    promises_to_keep,
    promises_left_behind,
    register_changes,
    drafts_to_finish,
    reports_unanswered,
)
