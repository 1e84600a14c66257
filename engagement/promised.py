"""Agreed actions in words: who is to do one, when it is due, and what a list of them says. No queries."""

from dataclasses import dataclass
from datetime import date

from engagement.models import AgreedAction
from hubportal.kit.wording import count, short_date

NOUNS = {
    "open": "open action",
    "all": "action",
    "to_do": "action to do,actions to do",
    "in_progress": "action in progress,actions in progress",
    "done": "action done,actions done",
    "dropped": "action dropped,actions dropped",
}


@dataclass(frozen=True)
class Due:
    """When an action is due: the day in words, how late it is in words ("3 days overdue"), and if it is overdue."""

    day: str
    late: str = ""

    @property
    def is_overdue(self) -> bool:
        return bool(self.late)


def due_words(action: AgreedAction, on: date) -> Due:
    """ "12 November", "10 days overdue"; a closed action is never late."""
    if action.due_on is None:
        return Due("No date")
    days = (action.due_on - on).days
    words = {0: "Today", 1: "Tomorrow", -1: "Yesterday"}.get(days, short_date(action.due_on, on))
    if days >= 0 or not action.is_open:
        return Due(words if action.is_open else short_date(action.due_on, on))
    return Due(words, f"{count(-days, 'day')} overdue")


def who(action: AgreedAction) -> str:
    """ "Amira Okafor, the hub": the owner, and whose side."""
    side = {
        AgreedAction.Side.HUB: "the hub",
        AgreedAction.Side.SCHOOL: f"the {action.school.noun}",
        AgreedAction.Side.PARTNER: str(action.partner),
    }[AgreedAction.Side(action.side)]
    name = action.owner_name or ""
    if not name or name.casefold() == side.casefold():
        return side[0].upper() + side[1:]
    return f"{name}, {side}"


def finding(*, matching: int, total: int, overdue: int, state: str, narrowed: bool) -> str:
    """What the list of actions found: "14 actions are open, 5 overdue", "2 of 14 open actions match, 1 overdue"."""
    noun = NOUNS[state]
    late = f", {overdue} overdue" if overdue else ""
    if narrowed:
        return f"{matching:,} of {count(total, noun)} {'matches' if matching == 1 else 'match'}{late}"
    if state == "open":
        if not total:
            return "No action is open"
        return f"{count(total, 'action')} {'is' if total == 1 else 'are'} open{late or ', none overdue'}"
    return f"{count(total, noun)}{late}"
