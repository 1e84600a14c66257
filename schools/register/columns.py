"""Which of the register's columns the portal uses, by name. Everything else is kept with the row as received.

Headers of six eras (2017 to 2026) are known. `InspectorateName (name)` changed its meaning in 2020 and is not used.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from schools.register import values

URN = "URN"
NAME = "EstablishmentName"
AUTHORITY = "LA (code)"
TYPE = "TypeOfEstablishment (code)"
STATUS = "EstablishmentStatus (code)"
REQUIRED = (URN, NAME, AUTHORITY, TYPE, STATUS)
AUTHORITY_NAME = "LA (name)"
TYPE_NAME = "TypeOfEstablishment (name)"
TYPE_GROUP = "EstablishmentTypeGroup (name)"
TRUST = "Trusts (code)"
TRUST_NAME = "Trusts (name)"
POSTCODE = "Postcode"
TOWN = "Town"
TELEPHONE = "TelephoneNum"
CODE, CALLED = " (code)", " (name)"


@dataclass(frozen=True)
class Fact:
    """A field of School and the columns it is read from. It is read only where the file has all of `columns`; those of
    `also` are used where present. `read` takes their values and returns the value as text, None for none, or raises
    ValueError with a sentence. `kind` is its type in the database."""

    field: str
    columns: tuple[str, ...]
    read: Callable[..., str | None]
    kind: str
    also: tuple[str, ...] = ()

    def stands_in(self, header: list[str]) -> bool:
        return all(name in header for name in self.columns)


def _text(field: str, column: str, longest: int) -> Fact:
    return Fact(field, (column,), values.text_up_to(longest), "text")


def _number(field: str, column: str, largest: int) -> Fact:
    return Fact(field, (column,), values.whole_up_to(largest), "integer")


FACTS = (
    _text("establishment_number", "EstablishmentNumber", 8),
    Fact("phase", ("PhaseOfEducation (code)",), values.phase, "text"),
    Fact("open_date", ("OpenDate",), values.day, "date"),
    Fact("close_date", ("CloseDate",), values.day, "date"),
    _number("low_age", "StatutoryLowAge", 120),
    _number("high_age", "StatutoryHighAge", 120),  # 99 is an adult college
    _text("gender", "Gender (name)", 40),
    _text("religious_character", "ReligiousCharacter (name)", 80),
    _number("pupils", "NumberOfPupils", 1_000_000),
    _number("boys", "NumberOfBoys", 1_000_000),
    _number("girls", "NumberOfGirls", 1_000_000),
    _number("capacity", "SchoolCapacity", 1_000_000),
    Fact("fsm_percentage", ("PercentageFSM",), values.percentage, "numeric(5,1)"),
    _text("street", "Street", 120),
    Fact("locality", ("Locality",), values.joined(", ", 120), "text", also=("Address3",)),
    _text("town", TOWN, 80),
    _text("county", "County (name)", 60),
    _text("postcode", POSTCODE, 12),
    _text("website", "SchoolWebsite", 300),
    _text("telephone", TELEPHONE, 40),
    Fact("head_name", ("HeadFirstName", "HeadLastName"), values.head, "text", also=("HeadTitle (name)",)),
    _text("head_job_title", "HeadPreferredJobTitle", 120),
    _text("urban_rural", "UrbanRural (name)", 120),
    _number("easting", "Easting", 1_000_000),
    _number("northing", "Northing", 2_000_000),
)

USED = tuple(
    dict.fromkeys(
        (*REQUIRED, AUTHORITY_NAME, TYPE_NAME, TYPE_GROUP, TRUST, TRUST_NAME)
        + tuple(name for fact in FACTS for name in fact.columns + fact.also)
    )
)
# Every column of the six known eras; a name that is not here is listed as unknown, and kept.
KNOWN = frozenset((Path(__file__).parent / "known_columns.txt").read_text(encoding="utf-8").splitlines())
