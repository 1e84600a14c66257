"""Giving a school its part to read, taking it back, and a school leader's release to governors and the trust."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from engagement import content
from engagement.actions import contact_dates, promises
from engagement.addressees import Addressee, addressees_at
from engagement.models import AgreedAction, Conversation, ConversationPart, PartVersion, Reading, Recipient, Response
from hubportal.accounts.models import User
from hubportal.kit import letters, links
from hubportal.kit.models import SignedLink
from hubportal.kit.wording import long_date
from schools import timeline
from schools.models import TimelineEntry

PURPOSE = "part"  # of the signed links; their target is the part's uuid
LINK_LASTS = timedelta(days=90)
GIVEN = ("given_to_trust", "given_to_trust_at", "given_to_trust_by")
NO_LEADER = (
    "Choose a school leader as well: a report always goes to somebody who answers for the school. If no leader is in "
    "the list, add one to the school’s contacts first."
)


@dataclass(frozen=True)
class Shared:
    """What came of sharing: the version that now stands, whether this press made it, and to whom an email went."""

    version: PartVersion
    is_new: bool
    recipients: Sequence[Recipient] = field(default_factory=list)


@transaction.atomic
def share(*, part: ConversationPart, recipients: Sequence[Addressee], by: User, at: datetime | None = None) -> Shared:
    """Freeze the part as a version that the school reads, and email a link to each recipient.

    Pressing twice makes no second version: with the same words, only those who were not sent them yet (or whose email
    did not go) get an email. Raises ValidationError when the conversation is a draft, there is nothing to read in the
    part and in the common one, it was withdrawn, nobody was chosen, somebody chosen is not of this school, or no leader
    is among them.
    """
    at = at or timezone.now()
    part = ConversationPart.objects.select_for_update(of=("self",)).select_related("conversation").get(pk=part.pk)
    _check_shareable(part)
    _check_recipients(part, recipients)
    now = content.freeze(part)
    latest = part.versions.first()
    is_new = latest is None or latest.content != now
    if is_new or latest is None:
        number = (part.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        latest = PartVersion.objects.create(part=part, number=number, content=now, shared_at=at, shared_by=by)
        # A new version is the hub's reply to what was said about the earlier ones.
        Response.objects.filter(version__part=part, noted_at=None).update(noted_at=at, noted_by=by)
    sent = _write_recipients(latest, recipients, by, at)
    AgreedAction.objects.filter(part=part, shared_at=None).update(shared_at=at)
    promises.write_timelines(part)
    write_timeline(part)
    return Shared(version=latest, is_new=is_new, recipients=sent)


def _check_shareable(part: ConversationPart) -> None:
    if part.conversation.state != Conversation.State.LOGGED:
        raise ValidationError("Log the conversation first: a draft cannot be shared.")
    if part.conversation.received_from_id is not None:
        raise ValidationError("This came from another hub, which has shared it or not: it is not yours to share.")
    if part.withdrawn_at is not None:
        raise ValidationError("This was withdrawn from the school. Log a new conversation to share.")
    if not part.has_words:
        raise ValidationError("Nothing has been written for this school yet.")


def _check_recipients(part: ConversationPart, recipients: Sequence[Addressee]) -> None:
    if not recipients:
        raise ValidationError("Choose who receives it.")
    known = {each.key for each in addressees_at(school=part.school, hub=part.conversation.hub)}
    if {each.key for each in recipients} - known:
        raise ValidationError("Somebody you chose is no longer at this school. Choose again.")
    if not any(each.is_leader for each in recipients):
        raise ValidationError(NO_LEADER)


def _write_recipients(version: PartVersion, recipients: Sequence[Addressee], by: User, at: datetime) -> list[Recipient]:
    """The rows and links of those who have no email of this version yet; their emails go once this is committed."""
    had = {each.email.lower(): each for each in version.recipients.select_related("link")}
    sent = []
    for chosen in recipients:
        before = had.get(chosen.email.lower())
        if before is not None and before.emailed_at is not None:
            continue
        link, token = links.make(
            purpose=PURPOSE,
            target=version.part.uuid,
            email=chosen.email,
            name=chosen.name,
            by=by,
            expires_at=at + LINK_LASTS,
        )
        if before is not None:
            links.revoke(link=before.link, by=by, reason="Its email could not be sent; another was made.")
            before.link = link
            before.save(update_fields=["link"])
        else:
            before = Recipient.objects.create(
                version=version,
                contact=chosen.contact,
                user=chosen.user,
                name=chosen.name,
                email=chosen.email,
                is_leader=chosen.is_leader,
                link=link,
            )
        sent.append(before)
        transaction.on_commit(partial(_email_recipient, before.pk, token))
    return sent


def _email_recipient(recipient_id: int, token: str) -> None:
    recipient = Recipient.objects.select_related(
        "version__part__school", "version__part__conversation__hub", "version__shared_by"
    ).get(pk=recipient_id)
    version = recipient.version
    context = {
        "recipient": recipient,
        "version": version,
        "school": version.part.school,
        "hub": version.part.conversation.hub,
        "date": long_date(day_of(version.part)),
        "sender": version.shared_by,
        "url": settings.BASE_URL + reverse("engagement:link-open", args=[token]),
        "expires": long_date(recipient.link.expires_at),
    }
    if letters.send(
        "engagement/email/part_shared.txt", to=[recipient.email], context=context, reply_to=version.shared_by.email
    ):
        Recipient.objects.filter(pk=recipient_id).update(emailed_at=timezone.now())


def day_of(part: ConversationPart) -> date:
    """The day of a part's conversation. Whatever is logged has one, by a constraint; ValueError for a draft without."""
    if part.conversation.date is None:
        raise ValueError("This conversation has no date yet.")
    return part.conversation.date


def audience_of(part: ConversationPart) -> str:
    """Who sees the part's entry in the timeline: as many as may read the part. One query at the most."""
    if part.withdrawn_at is not None:
        return TimelineEntry.Audience.HUB
    shared = PartVersion.objects.filter(part=part)
    if part.released_at is not None and shared.filter(shared_at__lte=part.released_at).exists():
        return TimelineEntry.Audience.RELEASED
    return TimelineEntry.Audience.SCHOOL if shared.exists() else TimelineEntry.Audience.HUB


def write_timeline(part: ConversationPart) -> None:
    """Write the timeline's entry of a part that was shared, in the words that were shared and no others.

    While the newest version waits for a leader's release, viewers and the trust see the words that were released.
    Does nothing for a part that was never shared. Some five queries.
    """
    versions = list(part.versions.all())
    if not versions:
        return
    audience = audience_of(part)
    released = [each for each in versions if part.released_at and each.shared_at <= part.released_at]
    shown = (released[0] if audience == TimelineEntry.Audience.RELEASED else versions[0]).content
    minutes = f", {shown['minutes']} minutes" if shown["minutes"] else ""
    ours = ", ".join(each["name"] for each in shown["people"] if each["side"] != "school")
    theirs = ", ".join(each["name"] for each in shown["people"] if each["side"] == "school")
    withdrawn = " (withdrawn from the school)" if part.withdrawn_at else ""
    timeline.write(
        hub=part.conversation.hub,
        school=part.school,
        source=part.timeline_source,
        kind=TimelineEntry.Kind.CONVERSATION,
        audience=audience,
        at=timezone.make_aware(datetime.combine(day_of(part), time.min)),
        is_whole_day=True,
        heading=f"{shown['kind_words']}{'' if part.is_filled else ', the common part'}{withdrawn}",
        detail=f"{shown['how_words']}{minutes} · {' with '.join(filter(None, [ours, theirs]))}",
        text=shown["summary"] or shown["common_summary"],
        url=part.get_absolute_url(),
        given_to=part.given_to_trust,
        given_on=timezone.localdate(part.given_to_trust_at) if part.given_to_trust_at else None,
    )


@transaction.atomic
def withdraw(*, part: ConversationPart, reason: str, by: User, at: datetime | None = None) -> None:
    """Take a shared part back from the school: its page and its links end, its open actions are dropped, those who were
    sent it are told. Who opened it stays in the record. Raises ValidationError without a reason, when it was never
    shared, or when it was withdrawn before."""
    at = at or timezone.now()
    reason = reason.strip()
    part = ConversationPart.objects.select_for_update(of=("self",)).select_related("conversation").get(pk=part.pk)
    if part.withdrawn_at is not None:
        raise ValidationError("This has been withdrawn already.")
    if not part.versions.exists():
        raise ValidationError("This was never shared with the school, so there is nothing to withdraw.")
    if not reason:
        raise ValidationError("Enter why it is withdrawn.")
    part.withdrawn_at, part.withdrawn_by, part.withdrawn_reason = at, by, reason
    part.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    links.revoke_all(purpose=PURPOSE, target=part.uuid, by=by, reason="Withdrawn from the school.")
    AgreedAction.objects.filter(part=part, state__in=AgreedAction.OPEN_STATES).update(
        state=AgreedAction.State.DROPPED,
        dropped_reason="The conversation was withdrawn from the school.",
        closed_at=at,
        closed_by_name=str(by),
    )
    promises.write_timelines(part)
    write_timeline(part)
    _narrow_entries(part, TimelineEntry.Audience.HUB)
    contact_dates.refresh(hub=part.conversation.hub, school=part.school)
    transaction.on_commit(partial(_email_withdrawn, part.pk, by.pk))


def _narrow_entries(part: ConversationPart, audience: str) -> None:
    """The entries that stand beside the part's own: its answers and its release."""
    sources = [each.timeline_source for each in Response.objects.filter(version__part=part)]
    for source in [*sources, release_source(part)]:
        timeline.set_audience(hub=part.conversation.hub, school=part.school, source=source, audience=audience)


def _email_withdrawn(part_id: int, by_id: int) -> None:
    part = ConversationPart.objects.select_related("school", "conversation__hub").get(pk=part_id)
    by = User.objects.get(pk=by_id)
    emails = Recipient.objects.filter(version__part=part, emailed_at__isnull=False).values_list("email", flat=True)
    context = {
        "school": part.school,
        "hub": part.conversation.hub,
        "date": long_date(day_of(part)),
        "sender": by,
    }
    letters.send("engagement/email/part_withdrawn.txt", to=sorted(set(emails)), context=context, reply_to=by.email)


def release_source(part: ConversationPart) -> str:
    """The name under which a part's release stands in the timeline, beside the part itself."""
    return f"release:{part.uuid}"


@transaction.atomic
def release(*, part: ConversationPart, by: User, at: datetime | None = None) -> None:
    """A leader lets the school's viewers (governors) and its trust read what has been shared so far. A version shared
    later waits for another release. Raises ValidationError when nothing is shared. Releasing again is a later
    release."""
    at = at or timezone.now()
    part = ConversationPart.objects.select_for_update(of=("self",)).select_related("conversation").get(pk=part.pk)
    if part.withdrawn_at is not None or not part.versions.exists():
        raise ValidationError("There is nothing to release: the hub has shared nothing here, or has withdrawn it.")
    part.released_at, part.released_by = at, by
    part.save(update_fields=["released_at", "released_by"])
    write_timeline(part)
    write_release(part, "Released to governors and the trust", by, at)


@transaction.atomic
def take_back(*, part: ConversationPart, by: User, at: datetime | None = None) -> None:
    """A leader ends the release: viewers and the trust no longer read it, a trust to which it was given apart
    included. Raises ValidationError when it is not
    released."""
    at = at or timezone.now()
    part = ConversationPart.objects.select_for_update(of=("self",)).select_related("conversation").get(pk=part.pk)
    if part.released_at is None:
        raise ValidationError("This is not released, so there is nothing to take back.")
    part.released_at, part.released_by = None, None
    part.given_to_trust, part.given_to_trust_at, part.given_to_trust_by = None, None, None
    part.save(update_fields=["released_at", "released_by", *GIVEN])
    write_timeline(part)
    write_release(part, "Release to governors and the trust taken back", by, at)


def write_release(part: ConversationPart, heading: str, by: User, at: datetime) -> None:
    """Not for governors and the trust: they see what was released, where it is theirs to see. A trust that the school
    joined since would learn from this entry, which has today's date, of a conversation before its time."""
    timeline.write(
        hub=part.conversation.hub,
        school=part.school,
        source=release_source(part),
        kind=TimelineEntry.Kind.REPORT,
        audience=TimelineEntry.Audience.SCHOOL,
        at=at,
        heading=heading,
        detail=f"{part.conversation.get_kind_display()} of {long_date(day_of(part))} · {by}",
        url=part.get_absolute_url(),
    )


def record_reading(*, version: PartVersion, user: User | None = None, link: SignedLink | None = None) -> None:
    """Add a receipt that somebody opened a version: one a person (or link), version and day. It changes nothing else,
    so a GET may do it. One or two queries."""
    start = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    if not Reading.objects.filter(version=version, user=user, link=link, at__gte=start).exists():
        name = str(user) if user else (link.name or link.email if link else "")
        Reading.objects.create(version=version, user=user, link=link, name=name)


def readings_of(versions: Iterable[PartVersion]) -> list[Reading]:
    """Who opened these versions and when, the newest first. One query. The caller scoped the versions."""
    return list(
        Reading.objects.filter(version__in=versions).select_related("version", "link", "user").order_by("-at", "-pk")
    )
