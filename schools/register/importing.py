"""The way in: one register file, from its path to the schools."""

import contextlib
import re
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from schools.models import RegisterFile
from schools.register import applying, gate, staging
from schools.register.errors import Held, Refused
from schools.register.layouts import ESTABLISHMENTS, Layout
from schools.register.reading import Survey, survey
from schools.register.staging import Staged

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


@dataclass(frozen=True)
class Handling:
    """How files of one kind get into the portal; `import_file` does the rest.

    `stage` fills a temporary table and keeps the rows, `set_aside` rejects staged rows that cannot be applied,
    `count_vanishing` says how many of the rows that the portal holds the file lacks, and of how many, and `apply`
    brings the portal to what is staged and returns what changed.
    """

    layout: Layout
    stage: Callable[..., Staged]
    set_aside: Callable[[RegisterFile], Any]
    count_vanishing: Callable[[RegisterFile], tuple[int, int]]
    apply: Callable[..., dict[str, int]]


_SCHOOLS = Handling(
    ESTABLISHMENTS, staging.stage, applying.set_strangers_aside, applying.count_vanishing, applying.apply
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
    on_progress: Callable[[int], None] | None = None,
) -> dict[str, Any]:
    """Keep one register file and bring the portal to what it says. Returns the figures.

    `as_at` is the register's date, by default the one in the file's name, else today. `accepted_by` lets a held file be
    applied and is recorded. A dry run counts the same and leaves nothing behind. Keeping the file is one transaction,
    applying it another; a process killed in either leaves all of the old.

    Raises Refused (nothing written) and Held (kept, not applied). Queries: about 40, and 5 for every 4,000 rows.
    """
    started = time.monotonic()
    found = survey(path, handling.layout)
    today = today or timezone.localdate()
    as_at = as_at or date_in_name(path.name) or today
    figures: dict[str, Any] = {
        "file": path.name,
        "sha256": found.sha256,
        "encoding": found.encoding,
        "as_at": as_at.isoformat(),
        "rows": 0,
        **dict.fromkeys(_COUNTED, 0),
        "held": [],
        "unknown_columns": found.unknown_columns,
        "missing_columns": found.missing_columns,
        "applied": False,
        "dry_run": dry_run,
    }
    order = _Order(handling, path, found, as_at, today, accepted_by, on_progress, figures)
    try:
        with _one_at_a_time():
            if dry_run:
                with transaction.atomic():
                    _import(order, dry_run=True)
                    transaction.set_rollback(True)
            else:
                _import(order, dry_run=False)
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
    on_progress: Callable[[int], None] | None
    figures: dict[str, Any]


def _import(order: _Order, *, dry_run: bool) -> None:
    handling, figures = order.handling, order.figures
    file = RegisterFile.objects.filter(sha256=order.found.sha256).first()
    if file and file.applied_at:
        figures.update(rows=file.rows, unchanged=file.rows, as_at=file.as_at.isoformat(), applied=True)
        return
    _refuse_dates(order)
    with transaction.atomic():
        file, staged = _receive(order, file)
    reasons: list[str] = []
    with transaction.atomic():
        applying.never_row_by_row()
        handling.set_aside(file)
        vanishing, expected = handling.count_vanishing(file)
        reasons = gate.reasons_to_hold(
            file=file, found=staged, vanishing=vanishing, expected=expected, layout=handling.layout
        )
        figures["changed"] = len(staged.changed)
        figures.update(handling.apply(file, vanishing=vanishing))
        rejected = file.kept_rows.exclude(rejected="").count()
        figures.update(rows=staged.rows, blank=staged.blank, warned=staged.warned, rejected=rejected, held=reasons)
        figures["unchanged"] = staged.rows - rejected - figures["new"] - figures["changed"] - figures["kept_only"]
        is_held = bool(reasons) and order.accepted_by is None
        if is_held and not dry_run:
            transaction.set_rollback(True)
        elif not is_held:
            figures["applied"] = not dry_run
            file.applied_at, file.figures, file.held_for = timezone.now(), figures, reasons
            file.accepted_by = order.accepted_by if reasons else None
            file.save()
    if is_held and not dry_run:
        RegisterFile.objects.filter(pk=file.pk).update(held_for=reasons, figures=figures)
        raise Held(reasons, figures)


def _refuse_dates(order: _Order) -> None:
    """A register of the future, or one older than the last applied. Raises Refused."""
    if order.as_at > order.today:
        raise Refused(f"The file's date, {_long(order.as_at)}, lies in the future. Check it, or give it with --as-at.")
    last = RegisterFile.objects.filter(kind=order.handling.layout.kind, applied_at__isnull=False)
    newest = last.order_by("-as_at").first()
    if newest and order.as_at < newest.as_at:
        raise Refused(
            f"The file is of {_long(order.as_at)}, older than the last one applied ({newest.name}, "
            f"{_long(newest.as_at)}). If its date is wrong, give the right one with --as-at."
        )


def _receive(order: _Order, file: RegisterFile | None) -> tuple[RegisterFile, Staged]:
    """Keep the file and every row, unless a held file has been kept before; stage its rows."""
    keep = file is None
    if file is None:
        file = RegisterFile(kind=order.handling.layout.kind, sha256=order.found.sha256, rows=0)
    file.name, file.as_at, file.encoding = order.path.name[:255], order.as_at, order.found.encoding
    file.header, file.size = order.found.header, order.found.size
    file.save()
    staged = order.handling.stage(file=file, path=order.path, keep=keep, on_progress=order.on_progress)
    file.rows = staged.rows
    file.save(update_fields=["rows"])
    return file, staged


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two imports at once would each take the other's schools for vanished. Raises Refused for the second."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            raise Refused("Another import is running. Wait until it has ended, then bring this file again.")
    try:
        yield
    finally:
        with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])


def _long(day: date) -> str:
    return f"{day:%-d %B %Y}"


def peak_memory() -> float:
    """The most memory that this process has held so far, in megabytes."""
    with contextlib.suppress(OSError), open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM"):
                return round(int(line.split()[1]) / 1024, 1)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
