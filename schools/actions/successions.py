"""Deciding what follows from one school's becoming another: apply, undo, dismiss, choose another school. What goes over
and how, each room says (`schools.succession`)."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from hubportal.accounts.models import User
from schools import timeline
from schools.access import today
from schools.holdings import SOURCE
from schools.models import Hub, School, SchoolIdentifier, Succession, TimelineEntry
from schools.permissions import can_decide_succession
from schools.succession import MADE, STAYED, Going, Record, holding_of, holdings, refresh

State, How = Succession.State, Succession.How
# What the timelines of the predecessor and of the successor say.
WENT = ("Our records went over to {}", "Our records came over from {}")
COPIED = ("Our records were copied to {}", "Our records were copied from {}")
CAME_BACK = ("Our records came back from {}", "Our records went back to {}")
COPIES_GONE = ("The copies of our records were taken away from {}", "The copies from {} were taken away")
MEANWHILE = "Somebody changed something at one of the two schools just now. Nothing has gone over: try again."


def apply(*, succession: Succession, how: str, note: str = "", by: User) -> Succession:
    """Let the hub's records go over (`how` "move"), or make their likes at the successor ("copy", where both schools
    go on; conversations stay where they were had). Rows for which there is no room at the successor stay, and the
    record says so. Everything or nothing. Some fifty statements; copying costs one more a contact and a person.

    Raises ValidationError when the person is no manager or officer of the hub, it is applied already, the hub does
    not cover the successor today, the predecessor's records went over elsewhere, or the successor was once the
    predecessor's own predecessor."""
    try:
        with transaction.atomic():
            return _apply(_locked(succession, by), How(how), note, by)
    except IntegrityError as error:
        raise ValidationError(MEANWHILE) from error


def move_all(*, rows: Iterable[Succession], note: str = "", by: User) -> tuple[list[Succession], list[str]]:
    """Let the records of several go over, each by the rules of `apply` and undone by itself. Returns those that went,
    and a sentence for each that did not, which stays as it is. As many statements for each as alone."""
    done, problems = [], []
    for each in rows:
        try:
            done.append(apply(succession=each, how=How.MOVE, note=note, by=by))
        except ValidationError as problem:
            problems += [f"{each.predecessor}: {message}" for message in problem.messages]
    return done, problems


def undo(*, succession: Succession, note: str = "", by: User) -> Succession:
    """Bring back exactly what went over, and take away what was copied. What came later stays at the successor, and
    so do copies that somebody has worked on since; `moved` then says what stayed. As many statements as `apply`.

    Raises ValidationError where something is in the way (`obstacle_to_undoing`), and when the person is no manager or
    officer of the hub."""
    try:
        with transaction.atomic():
            return _undo(_locked(succession, by), note, by)
    except IntegrityError as error:
        raise ValidationError(MEANWHILE) from error


def obstacle_to_undoing(succession: Succession) -> str:
    """Why it cannot be undone now, in a sentence or two; "" where it can. Two queries at the most.

    Once another hub covers the successor, its people, and what was shared with them, are that hub's to look after: they
    do not leave it because of what this hub decides."""
    row = succession
    if row.state != State.APPLIED:
        return "This is not applied, so there is nothing to undo."
    on = Succession.objects.filter(hub=row.hub, predecessor=row.successor, state=State.APPLIED, how=How.MOVE)
    if row.how == How.MOVE and (later := on.select_related("successor").first()):
        return f"The records have gone on to {later.successor} since. Undo that first."
    covering = Hub.objects.covering(row.successor.authority_id, today()).exclude(pk=row.hub_id).first()
    if covering is not None:
        return (
            f"{row.successor} is in the area of {covering} now, and its people with it, so this can no longer be "
            f"undone. It could be once the school is in the area of {row.hub} again."
        )
    return ""


@transaction.atomic
def dismiss(*, succession: Succession, note: str = "", by: User) -> Succession:
    """Leave things as they are. It does not come back by itself, and can still be decided otherwise. Raises
    ValidationError when it is applied (undo it first), and as `apply` for the person."""
    row = _locked(succession, by)
    if row.state == State.APPLIED:
        raise ValidationError("The records have gone over. Undo that first.")
    return _decided(row, State.DISMISSED, note, by)


@transaction.atomic
def begin(
    *, hub: Hub, predecessor: School, successor: School, by: User, instead: Succession | None = None
) -> Succession:
    """A person says which school it became: a proposal to decide, the one that stands there already where there is
    one. `instead` is a proposal that was wrong: it is dismissed. About six statements.

    Raises ValidationError when it is the same school, the hub does not cover the successor today, and as `apply` for
    the person."""
    if predecessor == successor:
        raise ValidationError("A school does not become itself. Choose another.")
    _check_covers(hub, successor)
    found, _ = Succession.objects.get_or_create(
        hub=hub, predecessor=predecessor, successor=successor, defaults={"basis": Succession.Basis.PERSON}
    )
    row = _locked(found, by)
    if instead is not None and instead.pk != row.pk and instead.state != State.APPLIED:
        if instead.hub_id != hub.pk or instead.predecessor_id != predecessor.pk:
            raise ValidationError("The other proposal is about another school.")
        dismiss(succession=instead, note=f"Not {instead.successor}: {successor}."[:300], by=by)
    return row


def _locked(succession: Succession, by: User) -> Succession:
    """The row, and both schools against another succession of theirs, in an order that two who meet both keep."""
    rows = Succession.objects.select_related("hub", "predecessor", "successor")
    row = rows.select_for_update(of=("self",)).get(pk=succession.pk)
    if not can_decide_succession(by, row):
        raise ValidationError(f"What becomes of these records, the managers and officers of {row.hub} decide.")
    pair = School.objects.filter(pk__in=[row.predecessor_id, row.successor_id])
    list(pair.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    return row


def _apply(row: Succession, how: Succession.How, note: str, by: User) -> Succession:
    _check_may_go(row, how)
    going = Going(row.hub, row.predecessor, row.successor, by)
    row.moved = [
        record for holding in holdings() for record in (holding.move(going) if how == How.MOVE else holding.copy(going))
    ]
    row.how = how
    refresh(row.hub, [row.predecessor, row.successor])
    _decided(row, State.APPLIED, note, by)
    _write_down(row, by, WENT if how == How.MOVE else COPIED)
    return row


def _undo(row: Succession, note: str, by: User) -> Succession:
    if problem := obstacle_to_undoing(row):
        raise ValidationError(problem)
    going = Going(row.hub, row.predecessor, row.successor, by)
    records: list[Record] = row.moved
    stayed = _take_back((each for each in records if each["did"] != MADE), going)
    refresh(row.hub, [row.predecessor, row.successor])
    _take_back((each for each in records if each["did"] == MADE), going)
    row.moved = stayed
    _decided(row, State.UNDONE, note, by)
    _write_down(row, by, CAME_BACK if row.how == How.MOVE else COPIES_GONE)
    return row


def _take_back(records: Iterable[Record], going: Going) -> list[Record]:
    """Returns what stayed at the successor."""
    stayed = []
    for record in records:
        holding = holding_of(record["kind"])
        if holding is not None and record["did"] != STAYED:
            stayed += holding.take_back(record, going)
    return stayed


def _check_may_go(row: Succession, how: Succession.How) -> None:
    if row.state == State.APPLIED:
        raise ValidationError(f"This has been done already, by {row.decided_by}.")
    _check_covers(row.hub, row.successor)
    others = Succession.objects.filter(hub=row.hub, predecessor=row.predecessor, state=State.APPLIED, how=How.MOVE)
    if how == How.MOVE and (other := others.select_related("successor").first()):
        raise ValidationError(f"The records of {row.predecessor} went over to {other.successor}. Undo that first.")
    if SchoolIdentifier.objects.filter(school=row.predecessor, urn=row.successor.urn).exists():
        raise ValidationError(
            f"{row.predecessor} carries the records of {row.successor}, so they cannot go back by another way. "
            "Undo that instead."
        )


def _check_covers(hub: Hub, school: School) -> None:
    if not Hub.objects.covering(school.authority_id, today()).filter(pk=hub.pk).exists():
        raise ValidationError(
            f"{school} is not in the area of {hub}, so its records cannot go there. Hand the school over to its hub."
        )


def _decided(row: Succession, state: Succession.State, note: str, by: User) -> Succession:
    row.state, row.note, row.decided_by, row.decided_at = state, note.strip()[:300], by, timezone.now()
    row.save()
    return row


def _write_down(row: Succession, by: User, words: tuple[str, str]) -> None:
    """In the timeline of each school, for the hub: what became of its records."""
    more: dict[str, Any] = {
        "source": f"{SOURCE}:{row.uuid}:{row.decided_at:%Y%m%dT%H%M%S.%f}",
        "kind": TimelineEntry.Kind.REGISTER,
        "audience": TimelineEntry.Audience.HUB,
        "at": row.decided_at,
        "url": reverse("schools:succession-detail", args=[row.uuid]),
    }
    pair = (row.predecessor, row.successor)
    for school, other, heading in zip(pair, reversed(pair), words, strict=True):
        timeline.write(
            hub=row.hub, school=school, heading=heading.format(other), detail=f"{other.urn_words} · {by}", **more
        )
