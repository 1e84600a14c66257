"""When a hub is to talk with a school next, and why, from what happened between them. Values in, values out; no query.

The last contact that counts decides: the day that was agreed then, else the hub's cadence in school weeks. What counts,
the rules of the contact's own academic year say (`ContactRules`). Where the school has not answered since, the next
step of the hub's ladder follows the last try. A school that declined is asked again on the day that was given; a pause
moves what would fall into it to its end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from engagement.models import ContactRules, Hold, LadderStep, PlannedContact
from hubportal.kit.terms import SchoolTime
from hubportal.kit.wording import academic_year, count, listed, local, long_date
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
    *,
    contacts: Sequence[Contact],
    attempts: Sequence[Attempt],
    rules: RulesThroughTheYears,
    time: SchoolTime,
    ladder: Sequence[LadderStep],
    holds: Sequence[Hold] = (),
    planned: PlannedContact | None = None,
) -> Contacted:
    """What stands between hub and school: `contacts` and `attempts` the newest first, `ladder` in its order, `holds`
    those that nobody has ended, `planned` the day that the hub set itself."""
    last = next((each for each in contacts if each.is_own), None)
    counted = next((each for each in contacts if rules.count(each)), None)
    agreed = _agreed(contacts, rules)
    since = [each for each in attempts if counted is None or each.on > counted.on]
    planned = _standing_plan(planned, counted, agreed)
    declined, paused = _declined(holds, counted), _of_kind(holds, Hold.Kind.PAUSED)
    # Of what was tried before the school declined nothing is followed up: the hub asks again from the first step.
    tries = [each for each in since if declined is None or each.on >= declined.until]
    meant = planned.on if planned else agreed.next_on if agreed else None
    if tries and not (meant and meant > tries[0].on):
        due = _next_step(tries, rules, time, ladder)
    elif declined:
        due = Due(Because.DECLINED, time.school_day_from(declined.until), _hold_words(declined))
    elif planned:
        who = f"{planned.set_by} on {long_date(planned.set_at)}"
        due = Due(Because.SET, planned.on, f"Set by {who}: {planned.reason.rstrip('.')}.")
    elif agreed:
        due = Due(Because.AGREED, agreed.next_on, f"Agreed with the school on {long_date(agreed.on)}.")
    elif counted:
        due = _by_cadence(counted, rules, time)
    else:
        due = Due()
    if paused and (due.on is None or due.on < paused.until):
        said = " ".join(filter(None, [_hold_words(paused), due.reason]))
        due = replace(due, because=Because.PAUSED, on=time.school_day_from(paused.until), reason=said)
    return Contacted(
        last_conversation_on=last.on if last else None,
        last_counted_on=counted.on if counted else None,
        last_attempt_on=attempts[0].on if attempts else None,
        attempts_since=len(since),
        next_conversation_on=meant,
        due_on=due.on,
        due_because=due.because,
        due_reason=due.reason,
        next_step=due.step.name if due.step else "",
        next_how=due.step.how if due.step else "",
        declined_until=declined.until if declined else None,
        paused_until=paused.until if paused else None,
    )


@dataclass(frozen=True)
class Due:
    """By when to talk, and why; and the step of the ladder, where the school does not answer."""

    because: str = Because.NOTHING
    on: date | None = None
    reason: str = ""
    step: LadderStep | None = None


def _agreed(contacts: Sequence[Contact], rules: RulesThroughTheYears) -> Contact | None:
    """The contact at which the next conversation was agreed: the newest that names a day, unless one that counts came
    after it."""
    for each in contacts:
        if each.next_on:
            return each
        if rules.count(each):
            return None
    return None


def _standing_plan(
    planned: PlannedContact | None, counted: Contact | None, agreed: Contact | None
) -> PlannedContact | None:
    """The day that the hub set, unless it has talked with the school since, or agreed on another day."""
    if planned is None:
        return None
    set_on = local(planned.set_at).date()
    return None if any(each and each.on > set_on for each in (counted, agreed)) else planned


def _of_kind(holds: Sequence[Hold], kind: str) -> Hold | None:
    return next((each for each in holds if each.kind == kind), None)


def _declined(holds: Sequence[Hold], counted: Contact | None) -> Hold | None:
    """The school's "not before", unless it has talked with the hub since."""
    hold = _of_kind(holds, Hold.Kind.DECLINED)
    return None if hold and counted and counted.on > hold.decided_on else hold


def _hold_words(hold: Hold) -> str:
    """Such as: "Paused until 4 January 2027: inspection."; of what the school declined also who decided it."""
    reason = hold.get_reason_display()
    said = f"{hold.get_kind_display()} until {long_date(hold.until)}: {reason[0].lower()}{reason[1:]}."
    if hold.kind == Hold.Kind.DECLINED:
        said += f" Decided on {long_date(hold.decided_on)} by: {hold.decided_by}."
    return said


def steps_taken(ladder: Sequence[LadderStep], tries: Sequence[Attempt]) -> int:
    """How many steps of the ladder the tries took, one after the other; the newest try comes first. A try by another
    way than the next step's takes none."""
    taken = 0
    for each in reversed(tries):
        taken += each.how == ladder[taken % len(ladder)].how
    return taken


def _next_step(
    tries: Sequence[Attempt], rules: RulesThroughTheYears, time: SchoolTime, ladder: Sequence[LadderStep]
) -> Due:
    """The step after those that were taken; after the last one the ladder begins again, as late as the cadence."""
    taken, last = steps_taken(ladder, tries), tries[0]
    step = ladder[taken % len(ladder)]
    begins_again = taken > 0 and taken % len(ladder) == 0
    weeks = rules.on(last.on).school_weeks if begins_again else step.school_weeks
    said = f"No answer to {count(len(tries), 'attempt')}, the last on {long_date(last.on)}."
    if begins_again:
        said += f" Every step was taken: we begin again {count(weeks, 'school week')} later."
    else:
        said += f" The next step is due {count(weeks, 'school week')} later."
    return Due(Because.STEP, time.weeks_after(last.on, weeks), said, step)


def _by_cadence(counted: Contact, rules: RulesThroughTheYears, time: SchoolTime) -> Due:
    """Such as: "Once a term: 13 school weeks after 12 November 2026, when you last talked. Not counted: ..."."""
    of = rules.on(counted.on)
    due_on = time.weeks_after(counted.on, of.school_weeks)
    weeks = count(of.school_weeks, "school week")
    said = f"{of.get_school_weeks_display()}: {weeks} after {long_date(counted.on)}, when you last talked."
    holidays = list(time.holidays_between(counted.on, due_on))
    if holidays:
        said += f" Not counted: {listed([f'the {each} holiday' for each in holidays])}."
    return Due(Because.CADENCE, due_on, said)
