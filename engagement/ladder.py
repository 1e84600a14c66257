"""The ladder of a hub: what it tries, one step after the other, where a school does not answer."""

from engagement.models import Attempt, LadderStep
from schools.models import Hub

# What somebody says they did, by the way of trying.
SAID = {
    Attempt.How.EMAIL: "I emailed",
    Attempt.How.CALL: "I called",
    Attempt.How.LETTER: "I wrote a letter",
    Attempt.How.INTRODUCTION: "I asked a school to introduce us",
    Attempt.How.VISIT: "I visited",
    Attempt.How.TRUST: "I wrote to the trust or the governors",
}


def ladder_of(hub: Hub) -> list[LadderStep]:
    """The hub's own steps in order, else those of every hub; a call where there are none at all. One query."""
    steps = list(LadderStep.objects.for_hub(hub).order_by("position"))
    own = [each for each in steps if each.hub_id == hub.pk]
    return own or steps or [LadderStep(position=1, name="Call", how=Attempt.How.CALL)]


def needs_approval(ladder: list[LadderStep], how: str) -> bool:
    """Whether a way of trying is open only with a manager's approval: that to a trust or to governors always, another
    where every step that is taken so needs it."""
    taken_so = [each for each in ladder if each.how == how]
    return how == Attempt.How.TRUST or (bool(taken_so) and all(each.needs_approval for each in taken_so))
