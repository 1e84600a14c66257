"""Figures by URN and year: the school census, and the Pupil Premium allocations.

Each file is of one year, which whoever gives it names; years may come in any order, and a file of a year that is there
already corrects it. Every row is kept as received; rows of schools that the portal does not know are kept as rows only.
A marker such as `z` means that nothing was published: unknown, never zero.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from schools.models import RegisterFile
from schools.register import values
from schools.register.errors import Refused
from schools.register.importing import Handling, import_file
from schools.register.layouts import Layout
from schools.register.rows import NULL
from schools.register.sheets import Given, Sheet
from schools.register.sql import row, run

_MOST_PUPILS = 100_000
_TABLE = "figure_stage"
_pupils = values.whole_up_to(_MOST_PUPILS)
_share = values.decimal_up_to(_MOST_PUPILS)

_HEADCOUNT, _GIRLS, _BOYS = "headcount of pupils", "headcount total girls", "headcount total boys"
_FSM = "number of pupils known to be eligible for free school meals"
_FSM_SHARE = "% of pupils known to be eligible for free school meals"
_LANGUAGE = "number of pupils whose first language is known or believed to be other than English"
# The four columns that add up to each year group.
GROUPS = {
    group: tuple(f"{time} time {sex} {words}" for time in ("Part", "Full") for sex in ("girls", "boys"))
    for group, words in {"R": "Reception", **{str(year): f"Year group {year}" for year in range(1, 15)}}.items()
}
_GROUP_COLUMNS = tuple(column for columns in GROUPS.values() for column in columns)
CENSUS = Layout(
    kind=RegisterFile.Kind.CENSUS,
    name="the school census",
    rows_are="schools of the census",
    archived_as="dfe_spc_school_level",
    required=("time_period", "urn", _HEADCOUNT),
    used=("time_period", "urn", _HEADCOUNT, _GIRLS, _BOYS, _FSM, _FSM_SHARE, _LANGUAGE, *_GROUP_COLUMNS),
    known=frozenset((Path(__file__).parent / "known_census_columns.txt").read_text(encoding="utf-8").splitlines()),
    may_vanish=1,
)
_ELIGIBLE = "Total number of pupils eligible for the Deprivation Pupil Premium"
_ON_ROLL = "Number of pupils on roll"
PUPIL_PREMIUM = Layout(
    kind=RegisterFile.Kind.PUPIL_PREMIUM,
    name="the Pupil Premium by school",
    rows_are="schools of the Pupil Premium",
    archived_as="pupil",
    required=("URN", _ELIGIBLE),
    used=("URN", _ELIGIBLE, _ON_ROLL),
    known=frozenset(("URN", _ELIGIBLE, _ON_ROLL)),
    may_vanish=1,
    has_footnotes=True,
    is_led_by_first=False,
)


def year_words(year: int) -> str:
    """ "2022-23"."""
    return f"{year}-{(year + 1) % 100:02d}"


def census_day(year: int) -> date:
    """The third Thursday of the January in a school year: the census is taken on it."""
    first = date(year + 1, 1, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 14)


def import_census(path: Path, *, year: int, **options: Any) -> dict[str, Any]:
    """Keep one file of the school census, of the school year that begins in `year`, and note its figures: see
    `import_file` for options and figures.

    `new` counts schools that had no figures of that year, `kept_only` and `unknown_schools` rows of schools that the
    portal does not know.
    """
    return _import(_Source(CENSUS, "urn", _CENSUS, "census_file"), path, year, census_day(year), options)


def import_pupil_premium(path: Path, *, year: int, **options: Any) -> dict[str, Any]:
    """As `import_census`, for the Pupil Premium of the financial year that begins in April of `year`."""
    source = _Source(PUPIL_PREMIUM, "URN", _PUPIL_PREMIUM, "pupil_premium_file")
    return _import(source, path, year, date(year, 4, 1), options)


@dataclass(frozen=True)
class _Figure:
    """A field of SchoolFigures: how it is staged, the file's columns that fill it, and how they are read."""

    field: str
    kind: str
    columns: tuple[str, ...]
    read: Callable[[Given], str]


@dataclass(frozen=True)
class _Source:
    """One kind of file with figures. `of_file` is the field of SchoolFigures that names it."""

    layout: Layout
    urn: str
    figures: tuple[_Figure, ...]
    of_file: str


def _figure(field: str, kind: str, column: str, read: Callable[[str], str | None]) -> _Figure:
    return _Figure(field, kind, (column,), lambda given: given.value(column, field, read))


def _by_year_group(given: Given) -> str:
    """Year groups whose four numbers are all known. One that cannot be read leaves all of them as they were."""
    found = {}
    for group, columns in GROUPS.items():
        numbers = [given.value(column, "by_year_group", _pupils) for column in columns]
        if NULL not in numbers:
            found[group] = sum(map(int, numbers))
    return json.dumps(found)


_CENSUS = (
    _figure("headcount", "integer", _HEADCOUNT, _pupils),
    _figure("girls", "integer", _GIRLS, _pupils),
    _figure("boys", "integer", _BOYS, _pupils),
    _Figure("by_year_group", "jsonb", _GROUP_COLUMNS, _by_year_group),
    _figure("fsm_eligible", "integer", _FSM, _pupils),
    _figure("fsm_percentage", "numeric(5, 1)", _FSM_SHARE, values.percentage),
    _figure("other_language", "integer", _LANGUAGE, _pupils),
)
_PUPIL_PREMIUM = (
    _figure("pupil_premium", "numeric(8, 2)", _ELIGIBLE, _share),
    _figure("pupil_premium_of", "numeric(8, 2)", _ON_ROLL, _share),
)


def _import(source: _Source, path: Path, year: int, as_at: date, options: dict[str, Any]) -> dict[str, Any]:
    sheet = Sheet(
        source.layout,
        _TABLE,
        (("urn", "integer"), *((figure.field, figure.kind) for figure in source.figures)),
        key=1,
        named="'URN ' || urn",
        read=partial(_read, source, year),
        urn=source.urn,
    )
    handling = Handling(
        source.layout,
        sheet.stage,
        lambda file: 0,
        lambda file: (0, 0),
        partial(_apply, source, year),
        is_of_a_year=True,
    )
    figures = import_file(handling, path, as_at=as_at, **options)
    if figures["as_at"] != as_at.isoformat():
        raise Refused(
            f"The same file has been applied as that of another year, as at {figures['as_at']}. If that was wrong, "
            "use the right file of that year."
        )
    return figures


def _read(source: _Source, year: int, given: Given) -> Sequence[str]:
    period = given.received("time_period").strip()
    if source.layout is CENSUS and period != _period(year):
        raise Refused(
            f"Line {given.line} is of “{period[:10]}”, and "
            f"the file was given as that of {year_words(year)}. Give its year."
        )
    return given.urn(source.urn), *(figure.read(given) for figure in source.figures)


@lru_cache(maxsize=8)
def _period(year: int) -> str:
    """As the census names a school year: "202223"."""
    return f"{year}{(year + 1) % 100:02d}"


def _apply(source: _Source, year: int, file: RegisterFile, *, vanishing: int) -> dict[str, int]:
    """Note the figures of every school that the portal knows. A column that the file lacks, and a value that could not
    be read, leave what is stored. Two statements."""
    present = set(map(source.layout.plain, file.header))
    fields = [figure.field for figure in source.figures if set(figure.columns) & present]
    given = {field: f"CASE WHEN '{field}' = ANY(t.unread) THEN k.{field} ELSE t.{field} END" for field in fields}
    differs = f"ROW({', '.join(f'k.{field}' for field in fields)}) IS DISTINCT FROM ROW({', '.join(given.values())})"
    known = (
        f"{_TABLE} t LEFT JOIN schools_school s ON s.urn = t.urn AND s.source = '{file.source}' "
        f"LEFT JOIN schools_schoolfigures k ON k.school_id = s.id AND k.year = {year}"
    )
    new, changed, unknown = row(
        "SELECT count(*) FILTER (WHERE s.id IS NOT NULL AND k.id IS NULL), "
        f"count(*) FILTER (WHERE k.id IS NOT NULL AND {differs}), "
        f"count(*) FILTER (WHERE s.id IS NULL) FROM {known} WHERE NOT t.aside"
    )
    setting = ", ".join(f"{field} = {value}" for field, value in given.items())
    run(
        f"UPDATE schools_schoolfigures k SET {setting}, {source.of_file}_id = %s FROM {_TABLE} t "
        f"JOIN schools_school s ON s.urn = t.urn AND s.source = '{file.source}' "
        f"WHERE k.school_id = s.id AND k.year = {year} AND NOT t.aside "
        f"AND ({differs} OR k.{source.of_file}_id IS NULL)",
        file.pk,
    )
    staged = [f"coalesce(t.{field}, '{{}}')" if field == "by_year_group" else f"t.{field}" for field in fields]
    rest = "" if "by_year_group" in fields else ", by_year_group"
    run(
        f"INSERT INTO schools_schoolfigures (school_id, year, {source.of_file}_id, {', '.join(fields)}{rest}) "
        f"SELECT s.id, {year}, %s, {', '.join(staged)}{rest and ', %s'} FROM {known} "
        "WHERE s.id IS NOT NULL AND k.id IS NULL AND NOT t.aside ORDER BY s.id",
        file.pk, *(["{}"] if rest else []),
    )  # fmt: skip
    return {"new": new, "changed": changed, "kept_only": unknown, "unknown_schools": unknown}
