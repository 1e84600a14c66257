"""When a hub is to talk with a school next, and why, from what happened between them. Values in, values out; no query.

The last contact that counts decides: the day that was agreed then, else the hub's cadence in school weeks. What counts,
the rules of the contact's own academic year say (`ContactRules`)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from engagement.models import ContactRules
from hubportal.kit.terms import SchoolTime
from hubportal.kit.wording import academic_year, count, listed, long_date
from schools.actions.relationships import Contacted
from schools.models import Relationship

Because = Relationship.Because


@dataclass(frozen=True)
class Contact:
    """A logged conversation with the school. One that came from another hub is not this hub's own."""

    on: date
    kind: str
    how: str
    next_on: date | None = None
    is_own: bool = True


@dataclass(frozen=True)
class Attempt:
    """A try that got no answer."""

    on: date
    how: str


class RulesThroughTheYears:
    """The rules of one hub: for each academic year its own, else those of every hub."""

    def __init__(self, rows: Iterable[ContactRules]) -> None:
        """`rows` are the hub's and those of every hub; the usual ones where there are none."""
        self.rows = sorted(rows, key=lambda row: (row.hub_id is not None, row.year), reverse=True) or [
            ContactRules(year=0)
        ]

    def on(self, day: date) -> ContactRules:
        """Those of the academic year of a day; before the first ones, the first."""
        return self.of_year(academic_year(day))

    def of_year(self, year: int) -> ContactRules:
        """Those that hold in the academic year that begins in `year`."""
        return next((row for row in self.rows if row.year <= year), self.rows[-1])

    def count(self, contact: Contact) -> bool:
        return contact.is_own and self.on(contact.on).counts(contact.kind, contact.how)


def work_out(
    *, contacts: Sequence[Contact], attempts: Sequence[Attempt], rules: RulesThroughTheYears, time: SchoolTime
) -> Contacted:
    """What stands between hub and school: `contacts` and `attempts` the newest first."""
    last = next((each for each in contacts if each.is_own), None)
    counted = next((each for each in contacts if rules.count(each)), None)
    agreed = _agreed(contacts, rules)
    since = [each for each in attempts if counted is None or each.on > counted.on]
    because, due_on, reason = _due(counted, agreed, rules, time)
    return Contacted(
        last_conversation_on=last.on if last else None,
        last_counted_on=counted.on if counted else None,
        last_attempt_on=attempts[0].on if attempts else None,
        attempts_since=len(since),
        next_conversation_on=agreed.next_on if agreed else None,
        due_on=due_on,
        due_because=because,
        due_reason=reason,
    )


def _agreed(contacts: Sequence[Contact], rules: RulesThroughTheYears) -> Contact | None:
    """The contact at which the next conversation was agreed: the newest that names a day, unless one that counts came
    after it."""
    for each in contacts:
        if each.next_on:
            return each
        if rules.count(each):
            return None
    return None


def _due(
    counted: Contact | None, agreed: Contact | None, rules: RulesThroughTheYears, time: SchoolTime
) -> tuple[str, date | None, str]:
    if agreed:
        return Because.AGREED, agreed.next_on, f"Agreed with the school on {long_date(agreed.on)}."
    if counted:
        of = rules.on(counted.on)
        due_on = time.weeks_after(counted.on, of.school_weeks)
        return Because.CADENCE, due_on, _cadence_words(counted, of, due_on, time)
    return Because.NOTHING, None, ""


def _cadence_words(counted: Contact, rules: ContactRules, due_on: date, time: SchoolTime) -> str:
    """Such as: "Once a term: 13 school weeks after 12 November 2026, when you last talked. Christmas is not counted."""
    weeks = count(rules.school_weeks, "school week")
    said = f"{rules.get_school_weeks_display()}: {weeks} after {long_date(counted.on)}, when you last talked."
    holidays = list(time.holidays_between(counted.on, due_on))
    if holidays:
        said += f" Not counted: {listed([f'the {each} holiday' for each in holidays])}."
    return said
