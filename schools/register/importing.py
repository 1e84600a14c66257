"""The way in: one register file, from its path to the schools."""

import contextlib
import re
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from hubportal.kit.wording import long_date
from schools.models import RegisterFile
from schools.register import applying, codes, conversions, doubts, gate, notices, odd, proposals, staging, ways
from schools.register.errors import Busy, Held, Refused
from schools.register.keeping import last_applied, shown
from schools.register.layouts import ESTABLISHMENTS, Layout
from schools.register.reading import Survey, survey
from schools.register.staging import Staged
from schools.register.unpacking import name_inside
from schools.register.ways import COMMAND_LINE, Way

if TYPE_CHECKING:
    from hubportal.accounts.models import User

_DATE_IN_NAME = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)")
_ONE_AT_A_TIME = 0x48_75_62_52  # the key of the lock that imports take
_COUNTED = (
    *("new", "unchanged", "changed", "renamed", "authority_changed", "status_changed", "closed", "reopened"),
    *("vanished", "reappeared", "rejected", "warned", "blank", "links", "kept_only"),
)


def date_in_name(name: str) -> date | None:
    """The date in a file's name, such as edubasealldata20220407.csv: 7 April 2022; None where there is none."""
    for year, month, day in _DATE_IN_NAME.findall(name):
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def date_told(name: str, file: IO[bytes], layout: Layout) -> date | None:
    """The date that a file has in its own name, or in that of the CSV file inside its .zip archive."""
    return date_in_name(name) or date_in_name(name_inside(file, layout.archived_as))


def blank_figures(path: Path, *, dry_run: bool = False) -> dict[str, Any]:
    """Every key of the report, as far as nothing is known: numbers are 0, lists are empty, the rest is None.

    `rejected` and `warned` are numbers of rows, `held` the reasons and `warnings` what is odd, in sentences; `refused`
    is the reason, or nothing; `duplicates` are the first rows whose URN stands there twice, each with line and text.
    `was_applied` says that the same file had been applied before, `undated` that nothing said of what day it is: it
    was taken for today's.
    """
    return {
        "file": ways.shown(path.name),
        "sha256": None,
        "encoding": None,
        "as_at": None,
        "undated": False,
        "rows": 0,
        **dict.fromkeys(_COUNTED, 0),
        "held": [],
        "refused": "",
        "warnings": [],
        "duplicates": [],
        "unknown_columns": [],
        "missing_columns": [],
        "applied": False,
        "was_applied": False,
        "dry_run": dry_run,
        "as_history": False,
        "seconds": 0.0,
        "peak_mb": 0.0,
    }


@dataclass(frozen=True)
class Handling:
    """How files of one kind get into the portal; `import_file` does the rest.

    `stage` fills a temporary table and keeps the rows, `set_aside` rejects staged rows that cannot be applied,
    `count_vanishing` says how many of the rows that the portal holds the file lacks, and of how many, and `apply`
    brings the portal to what is staged and returns what changed. Of a file, the one before and what was found,
    `doubts` says what a person must look at that no other kind has; `name_vanishing` names the first of the rows that
    it lacks, as many as asked for. `finish` comes last, with what is odd and yet
    possible. `count_new` counts what the portal has never met in a file that is only kept. A file
    `is_of_a_year` where each year stands by itself: an older one may come later.
    """

    layout: Layout
    stage: Callable[..., Staged]
    set_aside: Callable[[RegisterFile], Any]
    count_vanishing: Callable[[RegisterFile], tuple[int, int]]
    apply: Callable[..., dict[str, int]]
    doubts: Callable[[RegisterFile, RegisterFile | None, Staged], list[str]] = lambda file, before, found: []
    name_vanishing: Callable[[RegisterFile, int], list[str]] = lambda file, most: []
    finish: Callable[[RegisterFile, Staged], list[str]] = lambda file, found: []
    count_new: Callable[[], int] = lambda: 0
    is_of_a_year: bool = False


def _finish(file: RegisterFile, found: Staged) -> list[str]:
    codes.meet(found.codes)
    return odd.mark(file)


_SCHOOLS = Handling(
    ESTABLISHMENTS,
    staging.stage,
    applying.set_strangers_aside,
    applying.count_vanishing,
    applying.apply,
    doubts.doubts,
    applying.name_vanishing,
    _finish,
    applying.count_unknown,
)


def import_establishments(path: Path, **options: Any) -> dict[str, Any]:
    """Keep one file of establishments and bring the schools to what it says: see `import_file`."""
    return import_file(_SCHOOLS, path, **options)


def import_file(
    handling: Handling,
    path: Path,
    *,
    as_at: date | None = None,
    today: date | None = None,
    dry_run: bool = False,
    accepted_by: "User | None" = None,
    as_history: bool = False,
    way: Way = COMMAND_LINE,
    on_progress: Callable[[int], None] | None = None,
    on_compared: Callable[[RegisterFile, RegisterFile | None, Staged], None] | None = None,
    take_back: bool = True,
) -> dict[str, Any]:
    """Keep one register file and bring the portal to what it says. Returns the figures of `blank_figures`.

    `as_at` is the register's date, by default the one in the file's name (or, of a .zip, in that of
    the CSV file inside), else today. `accepted_by` lets a held file be
    applied and is recorded. `as_history` keeps a file that is older than the last one applied, with its rows: no school
    is changed or added by it, and later files are not compared with it. `way` has the words for what to do about a
    date. A dry run counts the same and leaves nothing behind; without `take_back` its caller has opened a transaction
    and takes it back. `on_progress` is told the rows done; `on_compared` the file, the last one applied and what was
    found, while all of it stands in the database.
    Keeping the file is one transaction, applying it another; a process killed in either leaves all of the old.

    Raises Refused (nothing written) and Held (kept, not applied); both carry the figures as far as they are known.
    Queries: about 60, and 5 for every 4,000 rows.
    """
    started = time.monotonic()
    figures = blank_figures(path, dry_run=dry_run)
    try:
        found = survey(path, handling.layout)
        today = today or timezone.localdate()
        with path.open("rb") as file:
            as_at = as_at or date_told(path.name, file, handling.layout)
        figures["undated"] = as_at is None
        as_at = as_at or today
        figures.update(
            sha256=found.sha256,
            encoding=found.encoding,
            as_at=as_at.isoformat(),
            unknown_columns=found.unknown_columns,
            missing_columns=found.missing_columns,
        )
        order = _Order(
            *(handling, path, found, as_at, today, accepted_by, as_history, dry_run, way),
            *(on_progress, on_compared, figures),
        )
        with _one_at_a_time():
            if dry_run:
                with transaction.atomic():
                    _import(order)
                    if take_back:
                        transaction.set_rollback(True)
            else:
                _import(order)
    except Refused as refused:
        figures["refused"] = str(refused)
        refused.figures = figures
        raise
    finally:
        figures["seconds"] = round(time.monotonic() - started, 2)
        figures["peak_mb"] = peak_memory()
    return figures


@dataclass(frozen=True)
class _Order:
    """What was asked, and the figures to fill in."""

    handling: Handling
    path: Path
    found: Survey
    as_at: date
    today: date
    accepted_by: "User | None"
    as_history: bool
    dry_run: bool
    way: Way
    on_progress: Callable[[int], None] | None
    on_compared: Callable[[RegisterFile, RegisterFile | None, Staged], None] | None
    figures: dict[str, Any]


def _import(order: _Order) -> None:
    figures = order.figures
    file = RegisterFile.objects.filter(sha256=order.found.sha256).first()
    if file and file.applied_at:
        if file.kind != order.handling.layout.kind:
            raise Refused(
                f"The same file has been applied as {file.get_kind_display().lower()}: it is not "
                f"{order.handling.layout.name}. Give each file in its own place."
            )
        figures.update(rows=file.rows, unchanged=file.rows, as_at=file.as_at.isoformat())
        figures.update(applied=True, was_applied=True, as_history=file.is_history)
        return
    before = last_applied(order.handling.layout.kind)
    _refuse_dates(order, before)
    with transaction.atomic():
        file, staged = _receive(order, file)
    with transaction.atomic():
        applying.never_row_by_row()
        if order.as_history:
            reasons = _count_history(order, file, staged)
        else:
            reasons = _apply(order, file, before, staged)
        if order.on_compared:
            order.on_compared(file, before, staged)
        is_held = bool(reasons) and order.accepted_by is None
        if is_held and not order.dry_run:
            transaction.set_rollback(True)
        elif not is_held:
            figures["applied"] = not order.dry_run
            file.applied_at, file.figures, file.held_for = timezone.now(), figures, reasons
            file.accepted_by = order.accepted_by if reasons else None
            file.is_history = order.as_history
            file.save()
            if not (order.dry_run or order.as_history):
                proposals.propose()
    if is_held and not order.dry_run:
        RegisterFile.objects.filter(pk=file.pk).update(held_for=reasons, figures=figures)
        raise Held(reasons, figures)


def _refuse_dates(order: _Order, before: RegisterFile | None) -> None:
    """A register of the future, one older than the last applied, or history that is none. Raises Refused."""
    if order.as_at > order.today:
        raise Refused(
            f"The file's date, {long_date(order.as_at)}, lies in the future. Check it, or {order.way.other_date}."
        )
    is_older = before is not None and order.as_at < before.as_at and not order.handling.is_of_a_year
    if order.as_history and not is_older:
        raise Refused(f"It is not older than the last one applied. {order.way.not_as_history}.")
    if before and is_older and not order.as_history:
        raise Refused(
            f"The file is of {long_date(order.as_at)}, older than the last one applied ({before.name}, "
            f"{long_date(before.as_at)}). If its date is wrong, {order.way.other_date}; to keep it and change no "
            f"school, {order.way.as_history}."
        )


def _receive(order: _Order, file: RegisterFile | None) -> tuple[RegisterFile, Staged]:
    """Keep the file and every row, unless a held file has been kept before; stage its rows."""
    keep = file is None
    if file is None:
        file = RegisterFile(sha256=order.found.sha256, rows=0)
    file.kind = order.handling.layout.kind  # a held file may have been given as another kind first
    file.name, file.as_at, file.encoding = ways.shown(order.path.name)[:255], order.as_at, order.found.encoding
    file.header, file.size = order.found.header, order.found.size
    file.save()
    staged = order.handling.stage(file=file, path=order.path, keep=keep, on_progress=order.on_progress)
    if not staged.rows:
        raise Refused("Line 2: there is no row below the header. Download the file again.")
    file.rows = staged.rows
    file.save(update_fields=["rows"])
    order.figures.update(rows=staged.rows, blank=staged.blank)
    twice = [line for lines in list(staged.duplicates.values())[:5] for line in lines[:5]]
    order.figures["duplicates"] = shown(file, twice)
    return file, staged


def _apply(order: _Order, file: RegisterFile, before: RegisterFile | None, staged: Staged) -> list[str]:
    """Bring the portal to what the file says and count it. Returns why a person must look at it first."""
    handling, figures = order.handling, order.figures
    handling.set_aside(file)
    vanishing, expected = handling.count_vanishing(file)
    reasons = gate.reasons_of_rows(staged) + handling.doubts(file, before, staged)
    reasons += gate.reasons_of_rows_moved(before, rows=staged.rows)
    if vanishing and vanishing >= expected * handling.layout.may_vanish:
        named = handling.name_vanishing(file, gate.NAMED)
        reasons.append(gate.reason_of_vanishing(handling.layout, vanishing=vanishing, of=expected, named=named))
    figures.update(held=reasons, changed=len(staged.changed))
    figures.update(handling.apply(file, vanishing=vanishing))
    figures["warnings"] = handling.finish(file, staged)
    _count_rows(file, staged, figures)
    if file.kind in (RegisterFile.Kind.ESTABLISHMENTS, RegisterFile.Kind.LINKS):
        conversions.note_conversions(file)
    notices.notify(file)
    return reasons


def _count_history(order: _Order, file: RegisterFile, staged: Staged) -> list[str]:
    """Count what a file that is kept as history says. Returns why a person must look at it first."""
    reasons = gate.reasons_of_rows(staged)
    new = order.handling.count_new()
    order.figures.update(as_history=True, held=reasons, new=new, changed=len(staged.changed))
    _count_rows(file, staged, order.figures)
    return reasons


def _count_rows(file: RegisterFile, staged: Staged, figures: dict[str, Any]) -> None:
    figures["rejected"] = file.kept_rows.exclude(rejected="").count()
    figures["warned"] = file.kept_rows.exclude(warned="").count()
    others = ("rejected", "new", "changed", "kept_only")
    figures["unchanged"] = staged.rows - sum(figures[name] for name in others)


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two imports at once would each take the other's schools for vanished. Raises Refused for the second."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            raise Busy("Another import is running. Wait until it has ended, then try again.")
    try:
        yield
    finally:
        with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])


def peak_memory() -> float:
    """The most memory that this process has held so far, in megabytes."""
    with contextlib.suppress(OSError), open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM"):
                return round(int(line.split()[1]) / 1024, 1)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
