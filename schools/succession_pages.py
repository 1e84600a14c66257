"""What the pages of a succession show: the two schools, what stands at each, and what was done."""

from typing import Any

from django.db.models import Q

from hubportal.accounts.models import User
from schools import reasons
from schools.access import today
from schools.models import Hub, School, SchoolLink, Succession
from schools.succession import CHANGED, COPIED, MOVED, STAYED, Record, compared, holding_of

State, How = Succession.State, Succession.How


def page_of(succession: Succession, user: User) -> dict[str, Any]:
    """The decision page. Some fifteen queries, whatever the number of rows."""
    pair = [succession.predecessor_id, succession.successor_id]
    schools = School.objects.filter(pk__in=pair).select_related("authority", "type").with_trust()
    by_pk = {each.pk: each for each in schools}
    old, new = (by_pk[pk] for pk in pair)
    both = [old.urn, new.urn]
    links = SchoolLink.objects.filter(Q(urn__in=both) & Q(link_urn__in=both))
    seen = set(School.objects.visible_to(user).filter(pk__in=pair).values_list("pk", flat=True))
    rows = Succession.objects.visible_to(user).filter(hub=succession.hub, predecessor=succession.predecessor)
    others = list(rows.exclude(pk=succession.pk).select_related("successor").order_by("successor__name_key", "pk"))
    return {
        "old": old,
        "new": new,
        "sees_old": old.pk in seen,
        "sees_new": new.pk in seen,
        "facts": reasons.side_by_side(old, new),
        "held": compared(succession.hub, old, new),
        "evidence": reasons.evidence_of(succession, links),
        "others": others,
        "gone": next((each for each in others if each.state == State.APPLIED and each.how == How.MOVE), None),
        "is_covered": Hub.objects.covering(new.authority_id, today()).filter(pk=succession.hub_id).exists(),
        **outcome_of(succession),
    }


def outcome_of(succession: Succession) -> dict[str, Any]:
    """What was done, in lines; and what stayed where it was, with the reason. No queries."""
    is_applied = succession.state == State.APPLIED
    old_name, new_name = reasons.names_of(succession)
    done = MOVED if succession.how == How.MOVE else COPIED
    return {
        "old_name": old_name,
        "new_name": new_name,
        "is_applied": is_applied,
        "is_undone": succession.state == State.UNDONE,
        "is_move": succession.how == How.MOVE,
        "went": _lines(succession.moved, done) if is_applied else [],
        "stayed": _stayed(succession.moved, is_applied=is_applied),
    }


def done_words(succession: Succession, decision: str) -> str:
    """What the page says once it is decided."""
    old, new = reasons.names_of(succession)
    match decision:
        case How.MOVE:
            return f"Done. What your hub held at {old} stands at {new} now. You can undo this."
        case How.COPY:
            copied = ", ".join(_lines(succession.moved, COPIED))
            return (
                f"Copied to {new}: {copied}. You can undo this." if copied else f"There was nothing at {old} to copy."
            )
    return f"Nothing has gone over. {old} and {new} stay as they are."


def _lines(records: list[Record], did: str) -> list[str]:
    lines = []
    for record in records:
        holding = holding_of(record["kind"])
        if holding is None or not holding.noun:
            continue
        if record["did"] == did:
            lines.append(holding.words(len(record["rows"])))
        elif record["did"] == CHANGED and record["after"].get("owner_id"):
            lines.append(holding.words(1))
    return lines


def _stayed(records: list[Record], *, is_applied: bool) -> list[str]:
    """One line a kind: "1 contact: the hub knows them at the other school already"."""
    lines = []
    for record in records:
        holding = holding_of(record["kind"])
        if record["did"] == STAYED and holding is not None and holding.noun:
            because = holding.stays_because if is_applied else "somebody has worked on it since, or there was no room"
            lines.append(": ".join(filter(None, [holding.words(len(record["rows"])), because])))
    return lines
