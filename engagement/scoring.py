"""What makes a thing on the worklist urgent: the rules and their usual points, in one place; a hub may weigh them
otherwise (`ScorePoints`). Values in, values out; no query.

An item's score is the sum of what holds of it, and it says each in words. The points follow what the field asks of a
hub: answer a school that has spoken before anything else; keep what was promised; then the silent, the ones that were
never reached and those in need first, because hubs "gave up too easily" on them (Ofsted, Music in schools: what hubs
must do, 2013) and are to target "those schools that have been historically disengaged" (Arts Council England,
guidance for music hubs, 2023). Time waited adds to it, up to a bound, so that nothing waits for ever and nothing old
drowns a school that speaks today."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from hubportal.kit.wording import count

HIGH_NEED = 30  # per cent of pupils with free school meals: the two highest bands of the area's figures


@dataclass(frozen=True)
class Rule:
    """Points for what holds of an item: `points` once, or for every one of its number up to `times`. `words` says it,
    with {number}, or with {count} where `noun` counts it."""

    words: str
    points: int
    times: int = 1
    noun: str = ""

    def worth(self, number: int) -> int:
        return self.points * min(number, self.times)

    @property
    def label(self) -> str:
        """Its words without a number: "It has waited …"."""
        return self.words.format(number="…", count="…")

    def said(self, number: int) -> str:
        return self.words.format(number=number, count=count(number, self.noun) if self.noun else number)


RULES: Mapping[str, Rule] = {
    # What it is.
    "disputes": Rule("The school says that a report is not accurate", 85),
    "asked": Rule("The school asked to meet", 85),
    "approval": Rule("A colleague cannot go on without a manager’s word", 70),
    "answered": Rule("The school answered", 55),
    "handover": Rule("Another hub waits for your answer", 50),
    "to_review": Rule("The school waits for the hub to read what it wrote", 60),
    "agreed": Rule("Agreed with the school", 50),
    "promised": Rule("The hub promised it", 45),
    "step": Rule("The next step where a school does not answer", 30),
    "planned": Rule("The engagement plan for the school asks for it", 30),
    "cadence": Rule("The hub’s rhythm of keeping in touch", 20),
    "register": Rule("The register changed something about the school", 25),
    "given": Rule("A colleague gave it to you", 25),
    "unshared": Rule("What was said has not reached the school yet", 25),
    "held": Rule("A meeting was held and is not written up", 40),
    "meet": Rule("You meet the school", 35),
    "draft": Rule("You began it", 20),
    "award": Rule("An award or a role needs looking after", 15),
    "reminder": Rule("It may need a friendly reminder", 5),
    "coming": Rule("It is still to come", -15),
    # How long it waits. School weeks are counted from `since` where an item says 0: the providers know no terms.
    "school_weeks": Rule("{count} overdue", 3, 12, "school week"),
    "late": Rule("{count} overdue", 1, 35, "day"),
    "waits": Rule("It has waited {count}", 2, 15, "day"),
    "lies": Rule("It has lain there {count}", 1, 20, "day"),
    # The school.
    "never": Rule("Never engaged", 12),
    "disengaged": Rule("Historically disengaged: in none of the last {number} academic years", 10),
    "silent": Rule("{count} without an answer", 3, 4, "attempt"),
    "need": Rule("High need: {number}% of pupils have free school meals", 10),
    # Whose.
    "from_colleague": Rule("A colleague handed it to you", 10),
}

Rules = Mapping[str, Rule]
FEWEST, MOST = -50, 100  # points that a hub may give
# Where the rules change from one kind to another, and how that kind is called.
HEADINGS = {
    "disputes": "What it is",
    "school_weeks": "How long it waits",
    "never": "The school",
    "from_colleague": "Whose it is",
}
CIRCUMSTANCES = ("school_weeks", "late", "waits", "never", "disengaged", "silent", "need")  # beside what it is
OVERDUE = ("school_weeks", "late")  # of an item that says so, its day has passed


@dataclass(frozen=True)
class Part:
    """One reason of a score: in words, and its points."""

    words: str
    points: int
    is_circumstance: bool = False

    @property
    def signed(self) -> str:
        return f"+{self.points}" if self.points >= 0 else f"−{-self.points}"


def days(code: str, since: date, on: date) -> dict[str, int]:
    """The mark of a rule that counts days, from `since` to a day; none before and on the first."""
    return {code: (on - since).days} if since < on else {}


def rules_with(points: Mapping[str, int]) -> Rules:
    """The rules as a hub weighs them: with these points by their codes, else the usual ones."""
    return {code: replace(rule, points=points.get(code, rule.points)) for code, rule in RULES.items()}


def score(marks: Mapping[str, int], rules: Rules = RULES) -> int:
    """The points of what holds of an item, by the codes of the rules with their numbers."""
    return sum(rules[code].worth(number) for code, number in marks.items())


def parts(marks: Mapping[str, int], rules: Rules = RULES) -> list[Part]:
    """The same in words, what weighs most first; what a hub gives no points is left out."""
    found = [
        Part(rules[code].said(number), rules[code].worth(number), code in CIRCUMSTANCES)
        for code, number in marks.items()
        if rules[code].points
    ]
    return sorted(found, key=lambda part: -part.points)
