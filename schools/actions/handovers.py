"""A school is handed over from one hub to another: offered by the one, accepted or declined by the other."""

from collections.abc import Collection, Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from hubportal.accounts.models import User
from hubportal.kit import letters
from schools import handing, timeline
from schools.access import today
from schools.models import Handover, Hub, Membership, School, TimelineEntry
from schools.roles import Role

MOST_NAMED = 20  # schools in one email


@transaction.atomic
def offer(
    *,
    school: School,
    giver: Hub,
    by: User,
    with_history: bool,
    with_private_notes: bool = False,
    note: str = "",
    for_ended_hub: bool = False,
) -> Handover:
    """Offer a hub's records of a school to the hub that covers it now. Nothing is copied yet, and nobody is told: see
    `offer_all`.

    Raises ValidationError when no other hub covers the school, when it has been offered already, when private notes are
    to go without the history, and, `for_ended_hub` (the administrator consents in its place), when the hub has not
    ended. Some ten queries.
    """
    receiver = Hub.objects.covering(school.authority_id, today()).first()
    if receiver is None:
        raise ValidationError(f"No hub covers {school} today, so there is nobody to offer it to.")
    if receiver == giver:
        raise ValidationError(f"{school} is in the area of {giver} itself.")
    if with_private_notes and not with_history:
        raise ValidationError("Private notes go over only with the history.")
    if for_ended_hub and not handing.ended_hubs().filter(pk=giver.pk).exists():
        raise ValidationError(f"{giver} has not ended: one of its managers offers its schools.")
    try:
        with transaction.atomic():
            return Handover.objects.create(
                school=school,
                giver=giver,
                receiver=receiver,
                with_history=with_history,
                with_private_notes=with_private_notes,
                note=note.strip(),
                counts=handing.counts_of(
                    handing.Passing(
                        school=school,
                        giver=giver,
                        receiver=receiver,
                        with_history=with_history,
                        with_private_notes=with_private_notes,
                    )
                ),
                offered_by=by,
                for_ended_hub=for_ended_hub,
            )
    except IntegrityError as error:
        raise ValidationError(f"{school} has been offered already, and waits for an answer.") from error


@transaction.atomic
def offer_all(*, pairs: Iterable[tuple[School, Hub]], by: User, **fields: Any) -> list[Handover]:
    """Offer the records of schools, each with the hub that gives it, to the hubs that cover them now. The managers
    of each of these hubs get one email with the names of the schools and a link. Everything or nothing; some ten
    queries a school, and one for each hub. Raises ValidationError as `offer`."""
    made = [offer(school=school, giver=giver, by=by, **fields) for school, giver in pairs]
    between: dict[tuple[Hub, Hub], list[Handover]] = {}
    for row in made:
        between.setdefault((row.giver, row.receiver), []).append(row)
    for (giver, receiver), rows in between.items():
        path = rows[0].get_absolute_url() if len(rows) == 1 else reverse("schools:handover-list")
        context = {
            "giver": giver,
            "receiver": receiver,
            "by": by,
            "number": len(rows),
            "schools": [row.school for row in rows[:MOST_NAMED]],
            "more": max(len(rows) - MOST_NAMED, 0),
            "url": settings.BASE_URL + path,
        }
        _write("schools/email/handover_offered.txt", hub=receiver, to=_managers(receiver), context=context, by=by)
    return made


@transaction.atomic
def accept(*, handover: Handover, by: User) -> Handover:
    """Take over what was offered: copies in the receiving hub's own rows. Pressed twice, it is done once. The giving
    hub is told by email. Raises ValidationError when it is no longer open, or the receiving hub no longer covers the
    school."""
    row = _accept(handover, by)
    _tell_giver([row])
    return row


@transaction.atomic
def decline(*, handover: Handover, by: User, reason: str = "") -> Handover:
    """Say no, with a reason if there is one; it can be offered again. The giving hub is told by email. Raises
    ValidationError when it is not open."""
    row = _decline(handover, by, reason)
    _tell_giver([row])
    return row


@transaction.atomic
def answer_all(
    *, rows: Iterable[Handover], by: User, accepts: bool, reason: str = ""
) -> tuple[list[Handover], list[str]]:
    """Answer several offers alike, each by the rules of `accept` and `decline`. Returns those answered, and a sentence
    for each that was not, which stays as it is. Whoever offered them gets one email for all of theirs. As many
    statements for each as answering it alone."""
    done, problems = [], []
    for each in rows:
        try:
            with transaction.atomic():
                done.append(_accept(each, by) if accepts else _decline(each, by, reason))
        except ValidationError as problem:
            problems += [f"{each.school}: {message}" for message in problem.messages]
    offers: dict[tuple[int, int, bool], list[Handover]] = {}
    for row in done:
        offers.setdefault((row.giver_id, row.offered_by_id, row.for_ended_hub), []).append(row)
    for group in offers.values():
        _tell_giver(group)
    return done, problems


@transaction.atomic
def withdraw(*, handover: Handover, by: User) -> Handover:
    """The giving hub takes its offer back. Raises ValidationError when it is not open."""
    return _decide(_open(handover), Handover.State.WITHDRAWN, by)


def withdraw_all(*, rows: Iterable[Handover], by: User) -> tuple[list[Handover], list[str]]:
    """Take several offers back. Returns those taken back, and a sentence for each that was answered meanwhile, which
    stays as it is."""
    done, problems = [], []
    for each in rows:
        try:
            done.append(withdraw(handover=each, by=by))
        except ValidationError as problem:
            problems += [f"{each.school}: {message}" for message in problem.messages]
    return done, problems


def _accept(handover: Handover, by: User) -> Handover:
    row = _open(handover)
    if not Hub.objects.covering(row.school.authority_id, today()).filter(pk=row.receiver_id).exists():
        raise ValidationError(f"{row.school} is no longer in the area of {row.receiver}.")
    going = handing.Handing(
        school=row.school,
        giver=row.giver,
        receiver=row.receiver,
        by=row.offered_by,
        at=timezone.now(),
        with_history=row.with_history,
        with_private_notes=row.with_private_notes,
    )
    row.copied = handing.copy(going)
    _decide(row, Handover.State.ACCEPTED, by)
    words = handing.in_words(row.copied)
    _note(row, row.receiver, f"Received from {row.giver}", words)
    _note(row, row.giver, f"Handed over to {row.receiver}", words)
    return row


def _decline(handover: Handover, by: User, reason: str) -> Handover:
    row = _open(handover)
    row.reason = reason.strip()
    return _decide(row, Handover.State.DECLINED, by)


def _open(handover: Handover) -> Handover:
    rows = Handover.objects.select_for_update(of=("self",)).select_related("school", "giver", "receiver", "offered_by")
    row = rows.get(pk=handover.pk)
    if not row.is_open:
        raise ValidationError(f"This offer was {row.get_state_display().lower()} already.")
    return row


def _decide(row: Handover, state: str, by: User) -> Handover:
    row.state, row.decided_by, row.decided_at = Handover.State(state), by, timezone.now()
    row.save(update_fields=["state", "decided_by", "decided_at", "reason", "copied"])
    return row


def _managers(hub: Hub) -> list[User]:
    """The hub's managers who can sign in. One query."""
    held = Membership.objects.current(today()).filter(hub=hub, role=Role.HUB_MANAGER, user__is_active=True)
    return [each.user for each in held.select_related("user").order_by("pk")]


def _tell_giver(rows: list[Handover]) -> None:
    """Tell whoever offered them, the same for all, as they were answered: a manager of the giving hub who still is
    one, else its managers; for a hub that has ended, the platform administrator who consented in its place."""
    row = rows[0]
    managers = _managers(row.giver)
    to = [row.offered_by] if row.for_ended_hub or row.offered_by in managers else managers
    if row.for_ended_hub:
        one, several = reverse("admin:schools_handover_change", args=[row.pk]), "admin:schools_handover_changelist"
    else:
        one, several = row.get_absolute_url(), "schools:handover-list"
    url = one if len(rows) == 1 else reverse(several)
    context = {
        "row": row,
        "number": len(rows),
        "schools": [each.school for each in rows[:MOST_NAMED]],
        "more": max(len(rows) - MOST_NAMED, 0),
        "url": settings.BASE_URL + url,
    }
    _write("schools/email/handover_answered.txt", hub=row.giver, to=to, context=context, by=row.decided_by)


def _write(name: str, *, hub: Hub, to: Collection[User], context: dict[str, Any], by: User | None) -> None:
    """Email these people, apart from the one who does it, once it is done; where there is nobody, the hub's own
    address."""
    addresses = [each.email for each in to if each != by] if to else [hub.email] if hub.email else []
    reply_to = by.email if by else ""
    transaction.on_commit(partial(letters.send, name, to=addresses, context=context, reply_to=reply_to))


def _note(row: Handover, hub: Hub, heading: str, words: str) -> None:
    timeline.write(
        hub=hub,
        school=row.school,
        source=f"handover:{row.uuid}",
        kind=TimelineEntry.Kind.PEOPLE,
        audience=TimelineEntry.Audience.HUB,
        at=row.decided_at or timezone.now(),
        heading=heading,
        detail=words,
        url=row.get_absolute_url(),
    )
