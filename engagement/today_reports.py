"""What goes back and forth between the hub and a school in writing, for the Today page: answers to read, drafts and
conversations that no school has been given, reports unread. Everything starts at `visible_to(user)`."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from engagement import scoring, written
from engagement.actions.sharing import day_of
from engagement.models import Conversation, ConversationPart, PartVersion, Reading, Response
from engagement.reach import asks_for_the_team, is_officer, not_others
from engagement.today import QUOTED
from engagement.worklist import WorkItem
from hubportal.accounts.models import User
from hubportal.kit.wording import short_date
from schools.naming import told_apart

PATIENCE = timedelta(days=7)  # after which an unanswered report is worth a look
WORTH_ASKING = timedelta(days=120)  # and until when
SHARE_WITHIN = timedelta(days=60)
NOT_YOURS_TO_SHARE = "The hub can share it: a school of it is no longer entrusted to your organisation."


def answers_to_read(user: User, on: date) -> Iterable[WorkItem]:
    """Schools' answers that nobody at the hub has noted. One query."""
    if not is_officer(user):
        return
    responses = (
        Response.objects.visible_to(user)
        .filter(
            Q(version__part__conversation__author=user)
            | Q(version__shared_by=user)
            | not_others(user, "version__part__conversation__hub_id", "version__part__school_id"),
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
            key=f"answer:{each.uuid}",
            school_id=part.school_id,
            hub_id=part.conversation.hub_id,
            also=_writers(each.version),
            marks={
                "disputes" if each.kind == Response.Kind.NOT_ACCURATE else "answered": 1,
                **scoring.days("waits", timezone.localdate(each.at), on),
            },
        )


def _writers(version: PartVersion) -> frozenset[int]:
    """Who wrote the conversation, and who shared it."""
    return frozenset({version.part.conversation.author_id, version.shared_by_id} - {None})


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


def drafts_to_finish(user: User, on: date) -> Iterable[WorkItem]:
    """The person's own drafts, and full conversations logged lately that no school has been given. Five queries."""
    if not is_officer(user):
        return
    parts = ConversationPart.objects.of_hub_for(user, on).select_related("school")
    own = Conversation.objects.visible_to(user, on)
    own = own if asks_for_the_team(user) else own.filter(author=user)
    own = own.prefetch_related(Prefetch("parts", parts))
    for each in own.drafts():
        schools = ", ".join(told_apart(part.school for part in each.parts.all())) or "A draft without a school"
        yield WorkItem(
            group="finish",
            title=schools,
            href=each.get_absolute_url(),
            reason=f"Draft of a conversation, last changed {short_date(timezone.localdate(each.updated_at), on)}.",
            since=timezone.localdate(each.updated_at),
            action="Finish it",
            action_href=reverse("engagement:conversation-edit", args=[each.uuid]),
            key=f"draft:{each.uuid}",
            school_id=next((part.school_id for part in each.parts.all()), None),
            hub_id=each.hub_id,
            owner_id=each.author_id,
            is_personal=True,
            marks={"draft": 1, **scoring.days("lies", timezone.localdate(each.updated_at), on)},
        )
    logged = own.logged().own().filter(form=Conversation.Form.FULL, date__gte=on - SHARE_WITHIN)
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
                    key=f"unshared:{part.uuid}",
                    school_id=part.school_id,
                    hub_id=each.hub_id,
                    owner_id=each.author_id,
                    is_personal=True,
                    marks={"unshared": 1, **scoring.days("lies", day_of(part), on)},
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
            | not_others(user, "part__conversation__hub_id", "part__school_id"),
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
            key=f"unanswered:{each.uuid}",
            school_id=each.part.school_id,
            hub_id=each.part.conversation.hub_id,
            also=_writers(each),
            matter="read" if each.was_read else "",
            marks={"reminder": 1, **scoring.days("lies", timezone.localdate(each.shared_at), on)},
        )


PROVIDERS = (answers_to_read, drafts_to_finish, reports_unanswered)
