"""What a staff list would do: each row new, a change, the same, or not to be taken, and why. Nothing is written here.

An empty cell leaves what is known alone. Somebody is found again by a personal email address, or by their name at the
school; who has left is not brought back by a list.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.access import today
from schools.contact_values import LABELS, same, shown
from schools.duplicates import is_office_address, names_agree, words_of
from schools.models import Contact, ContactImport, School, SchoolIdentifier
from schools.naming import told_apart
from schools.register.keys import name_key
from schools.staff_list import columns

NEW, CHANGES, SAME, FAILED = "new", "changes", "same", "failed"
OUTCOMES = (FAILED, NEW, CHANGES, SAME)
LIMITS = {"name": 120, "job_title": 120, "email": 254, "phone": 40}
YES = {"yes", "y", "true", "1", "x", "✓", "✔", "ja", "t"}
NO = {"no", "n", "false", "0", "-", "–", "f"}


class CannotTake(Exception):
    """Why a row cannot be taken, as a sentence."""


@dataclass
class Row:
    """One row of the list and what would come of it. `contact` is whom it is about: new ones are not saved."""

    line: int
    cells: list[str]
    outcome: str = FAILED
    reason: str = ""
    who: str = ""
    school: School | None = None
    place: str = ""  # the school in words; where none was found, what the list says
    contact: Contact | None = None
    changes: list[tuple[str, str, str]] = field(default_factory=list)  # label, before, after
    fields: list[str] = field(default_factory=list)  # of the contact, that change


class Plan:
    """All rows of one import, as the contacts stand now. Four queries, whatever the number of rows."""

    def __init__(self, imported: ContactImport, user: User) -> None:
        self.hub, self.places = imported.hub, columns.places(imported.header)
        self.rows = [Row(line, cells) for line, cells, *_ in imported.rows]
        self._read_schools(user)
        self._read_contacts(user)
        self._seen: dict[tuple, list[tuple[int, str]]] = defaultdict(list)
        for row in self.rows:
            try:
                self._decide(row)
            except CannotTake as why:
                row.outcome, row.reason = FAILED, str(why)

    @property
    def counts(self) -> dict[str, int]:
        return {outcome: sum(row.outcome == outcome for row in self.rows) for outcome in OUTCOMES}

    def with_outcome(self, outcome: str) -> list[Row]:
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def digest(self) -> str:
        """The same as long as the plan is: whoever confirms it confirms what they were shown."""
        told = [(row.line, row.outcome, row.reason, row.who, row.changes) for row in self.rows]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def _cell(self, row: Row, name: str) -> str:
        return row.cells[self.places[name]] if name in self.places else ""

    # --- schools -----------------------------------------------------------------------------------------------------

    def _read_schools(self, user: User) -> None:
        """The schools of this hub that the person writes for, by every URN they had, and by name and postcode."""
        mine = School.objects.writable_by(user).in_hubs({self.hub.pk}, today())
        schools = {school.pk: school for school in mine}
        identifiers = SchoolIdentifier.objects.filter(school__in=mine.values("pk")).values_list("urn", "school_id")
        self._told = dict(zip(schools, told_apart(schools.values()), strict=True))
        self._by_urn = {school.urn: school for school in schools.values() if school.urn}
        # The URN of a school whose records went over leads to the school that has them, as its page does.
        self._by_urn |= {urn: schools[pk] for urn, pk in identifiers if pk in schools and schools[pk].urn != urn}
        self._by_name: dict[tuple[str, str], list[School]] = defaultdict(list)
        for school in schools.values():
            self._by_name[name_key(school.name), _postcode(school.postcode)].append(school)

    def _school(self, row: Row) -> School:
        urn, name, postcode = (self._cell(row, each) for each in ("urn", "school", "postcode"))
        if urn:
            number = urn.removesuffix(".0").replace(" ", "")
            found = self._by_urn.get(int(number)) if number.isdecimal() and len(number) <= 9 else None
            if found is None:
                raise CannotTake(f"No school of yours has the URN {urn}.")
            return _open(found)
        if not name or not postcode:
            raise CannotTake("Give the school’s URN, or its name and postcode.")
        schools = self._by_name.get((name_key(name), _postcode(postcode)), [])
        if not schools:
            raise CannotTake(f"No school of yours is called {name} and has the postcode {postcode}.")
        open_ones = [school for school in schools if school.is_open] or schools
        if len(open_ones) > 1:
            raise CannotTake(f"Several schools are called {name} and have the postcode {postcode}. Give the URN.")
        return _open(open_ones[0])

    # --- people ------------------------------------------------------------------------------------------------------

    def _read_contacts(self, user: User) -> None:
        rows = Contact.objects.visible_to(user).filter(hub=self.hub).order_by("pk")
        self._contacts: dict[int, list[Contact]] = defaultdict(list)
        self._former: dict[int, list[Contact]] = defaultdict(list)
        for contact in rows:
            has_left = contact.left_on is not None and contact.left_on <= today()
            (self._former if has_left else self._contacts)[contact.school_id].append(contact)

    def _decide(self, row: Row) -> None:
        row.who = self._cell(row, "name") or " ".join(
            filter(None, (self._cell(row, "first_name"), self._cell(row, "last_name")))
        )
        urn = self._cell(row, "urn")
        row.place = self._cell(row, "school") or (f"URN {urn}" if urn else "")
        row.school = self._school(row)
        row.place = self._told[row.school.pk]
        values = self._values(row)
        row.contact = self._find(row.school, values)
        self._refuse_twice(row, values)
        if row.contact is None:
            row.outcome, row.contact = NEW, Contact(hub=self.hub, school=row.school, **values)
            return
        for name, value in values.items():
            before = getattr(row.contact, name)
            if not _says_the_same(name, before, value):
                row.changes.append((LABELS[name], shown(before), shown(value)))
                row.fields.append(name)
                setattr(row.contact, name, value)
        row.outcome = CHANGES if row.fields else SAME

    def _values(self, row: Row) -> dict[str, Any]:
        """What the row says of the person; what it says nothing of is left out."""
        texts = {name: self._cell(row, name) for name in ("job_title", "email", "phone")}
        values: dict[str, Any] = {"name": row.who} | {name: text for name, text in texts.items() if text}
        if not row.who:
            raise CannotTake("The name is missing.")
        for name, most in LIMITS.items():
            if len(values.get(name, "")) > most:
                raise CannotTake(f"{LABELS[name]}: {most} characters or fewer.")
        if email := values.get("email"):
            _check_email(email)
        for name in columns.YES_OR_NO:
            if text := self._cell(row, name):
                values[name] = _yes_or_no(name, text)
        return values

    def _find(self, school: School, values: dict[str, Any]) -> Contact | None:
        """The contact whom the row is about, or None for somebody new. Raises CannotTake where that is not plain."""
        name, email = values["name"], values.get("email", "").lower()
        here = self._contacts[school.pk]
        named = [each for each in here if words_of(each.name) == words_of(name)]
        addressed = [] if not email or is_office_address(email) else [
            each for each in here if each.email.lower() == email and names_agree(each.name, name)
        ]  # fmt: skip
        if len(named) > 1:
            named = [each for each in named if email and each.email.lower() == email]
            if len(named) != 1:
                raise CannotTake(f"Several contacts at the school are called {name}. Give the email address of one.")
        found = {each.pk: each for each in (*named, *addressed)}
        if len(found) > 1:
            raise CannotTake("Two contacts at the school fit this row. Merge them first, if they are one person.")
        if found:
            return next(iter(found.values()))
        if left := [each for each in self._former[school.pk] if words_of(each.name) == words_of(name)]:
            on = max(each.left_on for each in left if each.left_on)
            raise CannotTake(
                f"Noted as having left on {long_date(on)}. If they are back, add them on the school’s page."
            )
        return None

    def _refuse_twice(self, row: Row, values: dict[str, Any]) -> None:
        """One person stands in a list once at a school; two of one name have two addresses."""
        email = values.get("email", "").lower()
        key = (row.school, row.contact.pk) if row.contact else (row.school, *words_of(values["name"]))
        for line, other in self._seen[key]:
            if row.contact or email == other or not (email and other):
                raise CannotTake(f"The same person at the same school as in line {line}.")
        self._seen[key].append((row.line, email))


def _says_the_same(name: str, before: Any, value: Any) -> bool:
    """A list's spelling of what is known changes nothing: another case, a title, the spaces of a telephone number."""
    return words_of(before) == words_of(value) if name == "name" else same(name, before, value)


def _open(school: School) -> School:
    if school.status == School.Status.CLOSED:
        on = f" on {long_date(school.close_date)}" if isinstance(school.close_date, date) else ""
        raise CannotTake(f"{school.name} closed{on}. Give the school that followed it.")
    return school


def _postcode(text: str) -> str:
    return name_key(text).replace(" ", "")


def _check_email(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise CannotTake(f"“{email}” is no email address in the right form, like name@example.com.") from wrong


def _yes_or_no(name: str, text: str) -> bool:
    word = text.casefold()
    if word not in YES | NO:
        raise CannotTake(f"{LABELS[name]}: write yes or no, not “{text}”.")
    return word in YES


def lines_with_reasons(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterable[list[str]]:
    """The lines of a file of rows that failed (line, cells, reason): as received, with the reason at the end. A reason
    from the time before, in a file that was mended and failed again, goes."""
    own = [at for at, heading in enumerate(header) if heading != columns.REASON]
    yield [*(header[at] for at in own), columns.REASON]
    for _line, cells, reason in rows:
        yield [*(cells[at] for at in own), reason]
