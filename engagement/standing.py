"""Where music stands at a school: the latest level of each criterion beside the one before, as the hub has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engagement import written
from engagement.models import Conversation, ConversationPart, Finding, Judgement
from hubportal.accounts.models import User


@dataclass(frozen=True)
class Before:
    """How a criterion stood in the last conversation that judged it."""

    level: int | None
    words: str
    on: date


@dataclass(frozen=True)
class Stand:
    """A criterion now, and before. `now` is the agreed level, else the hub's, else the school's."""

    code: str
    label: str
    now: int
    on: date | None
    was: int | None = None
    was_on: date | None = None
    next_step: str = ""


def level_of(judgement: Judgement) -> int | None:
    """The agreed level, else the hub's, else the school's own."""
    return judgement.agreed_level or judgement.hub_level or judgement.school_level


def judgements_at(school_id: int, *, user: User) -> Iterable[Judgement]:
    """Every judgement of a school that stands in conversations this person sees as one of the hub, newest first.
    One query."""
    parts = ConversationPart.objects.of_hub_for(user).filter(
        school_id=school_id, is_filled=True, withdrawn_at=None, conversation__state=Conversation.State.LOGGED
    )
    return (
        Judgement.objects.filter(part__in=parts)
        .select_related("criterion__area", "part__conversation")
        .defer(*written.of_both("part__"))
        .order_by("-part__conversation__date", "-part__conversation__logged_at", "pk")
    )


def levels_before(part: ConversationPart, *, user: User) -> dict[str, Before]:
    """How each criterion stood before this part was written, by the criterion's code. Two queries."""
    names = {each.number: each.name for each in part.conversation.framework.levels.all()}
    found: dict[str, Before] = {}
    for each in judgements_at(part.school_id, user=user):
        conversation = each.part.conversation
        on = conversation.date
        if on is None or each.part_id == part.pk or conversation.hub_id != part.conversation.hub_id:
            continue
        if part.conversation.date and on > part.conversation.date:
            continue
        level = level_of(each)
        if level:
            found.setdefault(each.criterion.code, Before(level, names.get(level, ""), on))
    return found


def stands(school_id: int, *, user: User) -> list[Stand]:
    """Where each judged criterion stands now, beside the time before, in the framework's order. One query."""
    newest: dict[str, Judgement] = {}
    before: dict[str, Judgement] = {}
    for each in judgements_at(school_id, user=user):
        code = each.criterion.code
        if not level_of(each):
            continue
        if code not in newest:
            newest[code] = each
        elif code not in before:
            before[code] = each
    ordered = sorted(newest.values(), key=lambda each: (each.criterion.area.position, each.criterion.position))
    return [_stand(each, before.get(each.criterion.code)) for each in ordered]


def to_develop(school_id: int, *, user: User) -> list[tuple[str, str, date]]:
    """(criterion's code, heading, day) of what conversations that this person sees as one of the hub named as an area
    for development, and no later one as well covered; the newest first. One query."""
    parts = ConversationPart.objects.of_hub_for(user).filter(
        school_id=school_id, is_filled=True, withdrawn_at=None, conversation__state=Conversation.State.LOGGED
    )
    rows = Finding.objects.filter(part__in=parts, criterion__isnull=False)
    said = rows.values_list("criterion__code", "heading", "kind", "part__conversation__date")
    newest: dict[str, tuple[str, bool, date]] = {}
    dated = [(on, kind == Finding.Kind.DEVELOP, code, heading) for code, heading, kind, on in said if on]
    for on, is_need, code, heading in sorted(dated, key=lambda row: row[:2], reverse=True):
        newest.setdefault(code, (heading, is_need, on))
    return [(code, heading, on) for code, (heading, is_need, on) in newest.items() if is_need]


def _stand(now: Judgement, was: Judgement | None) -> Stand:
    return Stand(
        code=now.criterion.code,
        label=now.criterion.title,
        now=level_of(now) or 0,
        on=now.part.conversation.date,
        was=level_of(was) if was else None,
        was_on=was.part.conversation.date if was else None,
        next_step=now.next_step,
    )
