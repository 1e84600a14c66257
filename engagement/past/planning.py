"""What each row of a file would bring: a record, nothing new, or nothing because of a reason; and what has to be asked
of a person first. Nothing is written here.

The answers, as `PastImport.answers` keeps them:
    words    {field: {word: code, or "leave"}}                 field is one of `words.ASKED`
    columns  {place of the column: {what is unclear: answer}}  see `dates.ANSWERS`; "leave" leaves such rows out
    places   {what the file says of a school: its key, or 0 for "no"}
The questions, as `PastImport.asks` keeps them (empty where there are none):
    words    {field: [[word, as it was written, how many rows]]}
    columns  {place: {what is unclear: [how many rows, an example], "orders": {"day" or "month": how many say it}}}
    places   [[what the file says, in its words, how many rows, the school's key, the school in words]]
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from engagement import rules
from engagement.models import Attempt, ConversationPart, Strand
from engagement.models.past import PastImport, PastRow, SupportGiven
from engagement.past import columns, dates, words
from engagement.past.dates import CannotRead, Time, Unclear
from engagement.past.places import Places, Suggested
from engagement.past.plan_dates import PlanSaid, keeper
from engagement.past.reading import Line
from hubportal.kit.wording import academic_year, long_date
from schools.access import today
from schools.formerly import carried_since
from schools.models import School
from schools.register.keys import name_key

Outcome, Kind = PastRow.Outcome, PastRow.Kind
WAITS = "Waits for your answer"
LEFT = "You left it out"
LIMITS = {"person": 120, "role": 120, "officer": 120, "what": 200, "link": 500}
MOST_ASKED = 200  # of one kind at a time; what is left is asked afterwards
SUMMER = range(5, 9)  # months in which a plan may be for this year or the next


class Asked(Exception):
    """The row waits for an answer."""


class Planner:
    """Rows of one file, as the records stand now. Some ten queries, whatever the number of rows."""

    def __init__(self, imported: PastImport) -> None:
        settings = imported.settings
        self.imported, self.on = imported, today()
        self.at = {field: int(place) for field, place in settings["columns"].items()}
        self.kind, self.usual = settings["kind"], settings
        self.is_1904 = bool(imported.sheets[imported.sheet or 0].get("is_1904"))
        self.said_words = imported.answers.get("words", {})
        self.said_columns = imported.answers.get("columns", {})
        self.said_places = imported.answers.get("places", {})
        self.places = Places(imported.hub)
        self.carried = carried_since(self.places.schools.values())
        self.strands = dict(Strand.objects.values_list("code", "name"))
        self._read_standing()
        self._seen: dict[tuple, int] = {}
        self._asked_words: dict[str, Counter[str]] = {}
        self._written: dict[str, str] = {}
        self._asked_columns: dict[int, dict[str, list[Any]]] = {}
        self._orders: dict[int, Counter[str]] = {}
        self._asked_places: dict[str, list[Any]] = {}

    def _read_standing(self) -> None:
        """What stands in the hub's records already."""
        hub = self.imported.hub
        parts = ConversationPart.objects.filter(
            is_filled=True, withdrawn_at=None, conversation__hub=hub, conversation__state="logged"
        )
        self.talks = set(parts.values_list("school", "conversation__date", "conversation__how"))
        tries = Attempt.objects.filter(hub=hub).values_list("school", "at", "how")
        self.tries = {(school, timezone.localdate(at), how) for school, at, how in tries}
        given = SupportGiven.objects.filter(hub=hub).values_list("school", "strand__code", "year", "term", "what")
        self.given = {(*rest, name_key(what)) for *rest, what in given}
        self.plans = keeper().standing(self.places.schools)

    def rows(self, lines: Iterable[Line]) -> Iterator[PastRow]:
        """Each line as a row that is not saved."""
        for line in lines:
            row = PastRow(past_import=self.imported, line=line.number, cells=line.cells, outcome=Outcome.FAILED)
            try:
                if line.problem:
                    raise CannotRead(line.problem)
                self._decide(row)
            except CannotRead as why:
                row.outcome, row.reason = Outcome.FAILED, f"{why}."
            except Asked:
                row.outcome, row.reason = Outcome.FAILED, f"{WAITS}."
            yield row

    @property
    def asks(self) -> dict[str, Any]:
        """What has to be asked, once every row was looked at."""
        asks: dict[str, Any] = {}
        if self._asked_words:
            asks["words"] = {
                field: [[key, self._written[key], number] for key, number in found.most_common(MOST_ASKED)]
                for field, found in self._asked_words.items()
            }
        if self._asked_columns:
            asks["columns"] = {
                str(place): {**found, **({"orders": dict(self._orders[place])} if place in self._orders else {})}
                for place, found in self._asked_columns.items()
            }
        if self._asked_places:
            most = sorted(self._asked_places.items(), key=lambda each: -each[1][1])[:MOST_ASKED]
            asks["places"] = [[key, *found] for key, found in most]
        return asks

    # --- a row -------------------------------------------------------------------------------------------------------

    def _cell(self, row: PastRow, field: str) -> str:
        place = self.at.get(field)
        return row.cells[place] if place is not None else ""

    def _decide(self, row: PastRow) -> None:
        """Everything that is unclear of a row is asked at once."""
        waits = False
        row.kind = self._kind_of(row)
        try:
            row.school = self._school(row)
        except Asked:
            waits = True
        read = {Kind.CONTACT: self._contact, Kind.SUPPORT: self._support, Kind.PLAN: self._plan}[Kind(row.kind)]
        row.values = read(row)
        if waits or row.school is None:
            raise Asked
        self._check(row, row.school)

    def _kind_of(self, row: PastRow) -> str:
        if self.kind != columns.BY_COLUMN:
            return self.kind
        if not self._cell(row, "record"):
            raise CannotRead("The row does not say of which kind it is: contact, support or plan")
        return self._word(row, "record")

    def _school(self, row: PastRow) -> School:
        try:
            return self.places.find(lambda field: self._cell(row, field), self.said_places)
        except Suggested as found:
            words_of_it = self.places.words[found.school.pk]
            ask = self._asked_places.setdefault(found.key, [found.told, 0, found.school.pk, words_of_it])
            ask[1] += 1
            raise Asked from found

    def _word(self, row: PastRow, field: str) -> str:
        """The code that a word of the file is meant as."""
        text = self._cell(row, field)
        key = words.key_of(text)
        code = self.said_words.get(field, {}).get(key) or words.KNOWN[field].get(key)
        if code is None and field == "strand":  # the portal's own names for them
            code = next((each for each, name in self.strands.items() if name_key(name) == key), None)
        if code == words.LEAVE:
            raise CannotRead(f"{LEFT}: “{text[:60]}”")
        if code is None:
            self._asked_words.setdefault(field, Counter())[key] += 1
            self._written.setdefault(key, text[:60])
            raise Asked
        return code

    def _clear(self, field: str, text: str, unclear: Unclear) -> Exception:
        """What to raise for a value that can be meant in several ways."""
        place = self.at[field]
        if self.said_columns.get(str(place), {}).get(unclear.what) == words.LEAVE:
            return CannotRead(f"{LEFT}: “{text[:40]}” can be meant in several ways")
        ask = self._asked_columns.setdefault(place, {}).setdefault(unclear.what, [0, text[:40]])
        ask[0] += 1
        return Asked()

    def _day(self, row: PastRow) -> date | None:
        """The day of the row's date, None where it has none."""
        text = self._cell(row, "date")
        if not text:
            return None
        place = self.at["date"]
        if order := dates.order_of(text):
            self._orders.setdefault(place, Counter())[order] += 1
        try:
            day = dates.read_day(text, self.said_columns.get(str(place), {}), is_1904=self.is_1904)
        except Unclear as unclear:
            raise self._clear("date", text, unclear) from unclear
        dates.check_past(day, self.on)
        return day

    def _time(self, row: PastRow) -> Time | None:
        text = self._cell(row, "year")
        if not text:
            return None
        try:
            return dates.read_time(text, self._cell(row, "term"), self.said_columns.get(str(self.at["year"]), {}))
        except Unclear as unclear:
            raise self._clear("year", text, unclear) from unclear

    def _text(self, row: PastRow, field: str) -> str:
        text = self._cell(row, field)
        if len(text) > LIMITS[field]:
            raise CannotRead(f"“{columns.WORDS[field]}”: {LIMITS[field]} characters or fewer, it has {len(text)}")
        return text

    # --- its kinds ---------------------------------------------------------------------------------------------------

    def _contact(self, row: PastRow) -> dict[str, Any]:
        problem: Exception | None = None
        how, kind, day = "", "", None
        for read in ("how", "kind", "day"):  # all are asked before the row waits
            try:
                match read:
                    case "how":
                        how = self._how(row)
                    case "kind":
                        kind = self._word(row, "kind") if self._cell(row, "kind") else self.usual["talk"]
                    case "day":
                        day = self._day(row)
            except Asked as asked:
                problem = problem or asked
        if problem:
            raise problem
        if day is None:
            raise CannotRead("The date is missing")
        values = {"on": day.isoformat(), "how": how, "kind": kind, "notes": self._cell(row, "notes")}
        if how.startswith(words.TRIED):
            row.kind = Kind.ATTEMPT
            values = {"on": values["on"], "how": how.removeprefix(words.TRIED), "notes": values["notes"]}
        return values | {field: self._text(row, field) for field in ("person", "role", "officer")}

    def _how(self, row: PastRow) -> str:
        if self._cell(row, "how"):
            return self._word(row, "how")
        if not self.usual["how"]:
            raise CannotRead("The row does not say how you were in touch")
        return self.usual["how"]

    def _support(self, row: PastRow) -> dict[str, Any]:
        if not self._cell(row, "strand"):
            raise CannotRead("The row does not say what kind of support it was")
        strand = self._word(row, "strand")
        day, time = self._day(row), self._time(row)
        if time is None and day is None:
            raise CannotRead("The academic year is missing")
        if time is None and day is not None:
            time = dates.time_of(day)
            if self._cell(row, "term"):
                time = Time(time.year, dates.read_term(self._cell(row, "term")))
        assert time is not None
        if time.years > 1:
            raise CannotRead("Support is brought in a year at a time: give each year a row of its own")
        starts_on = day if day and academic_year(day) == time.year else time.first_day
        dates.check_past(starts_on, self.on)
        return {
            "strand": strand,
            "year": time.year,
            "term": time.term,
            "starts_on": starts_on.isoformat(),
            "what": self._text(row, "what"),
        }

    def _plan(self, row: PastRow) -> dict[str, Any]:
        day, time = self._day(row), self._time(row)
        if time is None and day is None:
            raise CannotRead("The row says neither a date nor which academic years the plan covers")
        if time is None and day is not None:
            if day.month in SUMMER:
                raise CannotRead(f"A plan of {long_date(day)} can be for that year or the next: give its academic year")
            time = dates.time_of(day)
        assert time is not None
        years = time.years
        if text := self._cell(row, "years"):
            if not (text.isdecimal() and 1 <= int(text) <= 5):
                raise CannotRead(f"“{text[:20]}”: a plan covers one to five years")
            years = int(text)
        if time.year > academic_year(self.on) + 1:
            raise CannotRead(f"{time.year} to {time.year + 1} lies in the future")
        return {
            "year": time.year,
            "years": years,
            "on": day.isoformat() if day else "",
            "is_seen": self.usual["plan_date"] == "seen",
            "link": self._text(row, "link"),
        }

    # --- whether it can go in ----------------------------------------------------------------------------------------

    def _check(self, row: PastRow, school: School) -> None:
        values = row.values
        key = (row.kind, school.pk, *(str(value) for value in values.values()))
        if key in self._seen:
            row.outcome, row.reason = Outcome.SAME, f"The same as row {self._seen[key]} of the file."
            return
        self._seen[key] = row.line
        if row.kind == Kind.PLAN:
            if problem := keeper().problem(school, said_of(values), self.on):
                raise CannotRead(problem.rstrip("."))
            there = (school.pk, values["year"]) in self.plans
            self.plans.add((school.pk, values["year"]))
            self._end(row, there, f"A plan that begins in {values['year']} is recorded already.")
            return
        on = date.fromisoformat(values["starts_on"] if row.kind == Kind.SUPPORT else values["on"])
        if problem := rules.date_problem(on, [school], self.on, self.carried):
            raise CannotRead(problem.rstrip("."))
        if row.kind == Kind.SUPPORT:
            given = (school.pk, values["strand"], values["year"], values["term"], name_key(values["what"]))
            self._end(row, given in self.given, "The same support is recorded already.")
        elif row.kind == Kind.ATTEMPT:
            self._end(row, (school.pk, on, values["how"]) in self.tries, "Such an attempt on that day is recorded.")
        else:
            self._end(row, (school.pk, on, values["how"]) in self.talks, "Such a contact on that day is recorded.")

    def _end(self, row: PastRow, is_there: bool, said: str) -> None:
        row.outcome, row.reason = (Outcome.SAME, said) if is_there else (Outcome.NEW, "")


def said_of(values: dict[str, Any]) -> PlanSaid:
    """What a row says of a plan."""
    day = date.fromisoformat(values["on"]) if values["on"] else None
    return PlanSaid(
        year=values["year"],
        years=values["years"],
        adopted_on=None if values["is_seen"] else day,
        seen_on=day if values["is_seen"] else None,
        url=values["link"],
    )
