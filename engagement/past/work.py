"""What a worker does with a file of what was: check it, bring it in, take it out again. Each step is one transaction:
a worker that is killed leaves nothing half-done, and the next one begins the step anew."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from engagement.models import Attempt, Conversation, ConversationPart
from engagement.models.past import PastImport, PastRow, SupportGiven
from engagement.past.bringing import Bringing
from engagement.past.changing import changes_of
from engagement.past.planning import Planner
from engagement.past.reading import Line, rows_of
from engagement.past.undoing import undo
from hubportal.kit.wording import count, seconds_left
from hubportal.kit.work import Hold, held
from schools.models import EngagementYear

LEASE = timedelta(seconds=15)
UNSENT_FOR = timedelta(seconds=60)  # after which what waits in the queue is sent again
REPORTS_EVERY = timedelta(seconds=0.5)
AT_ONCE = 1000
Kind, Outcome, Step = PastRow.Kind, PastRow.Outcome, PastImport.Step


class Lost(Exception):
    """The work is somebody else's now, or was discarded."""


class Progress:
    """How far a step is, as told to whoever watches. Written by the work, read by another thread."""

    def __init__(self, hold: Hold | None = None, total: int = 0) -> None:
        self.hold, self.total, self.done, self.words = hold, total, 0, ""
        self.began = time.monotonic()

    def note(self, done: int) -> None:
        """Raises Lost where nobody waits for the work any more."""
        self.done = done
        if self.hold and self.hold.lost:
            raise Lost

    def told(self) -> dict[str, Any]:
        """What `renew` takes."""
        if self.words or not self.done:
            return {"done": self.done, "total": self.total, "words": self.words or "opening the file."}
        said = f"{self.done:,} of {count(self.total, 'row')}" if self.total else count(self.done, "row")
        if self.total and self.done < self.total:
            left = (time.monotonic() - self.began) * (self.total - self.done) / self.done
            return {"done": self.done, "total": self.total, "words": f"{said}: {seconds_left(left)}."}
        return {"done": self.done, "total": self.total, "words": f"{said}."}


def work(*, import_id: int) -> None:
    """Do the present step of an import, unless it is done or in somebody else's hands. Twice changes nothing."""
    token = PastImport.objects.claim(import_id, lease=LEASE)
    if token is None:
        return
    imported = PastImport.objects.select_related("hub", "by", "brought_by", "undone_by").get(pk=import_id)
    progress = Progress()
    try:
        with held(PastImport, import_id, token, LEASE, progress.told, REPORTS_EVERY) as hold, transaction.atomic():
            progress.hold = hold
            ended = do_step(imported, progress)
            progress.note(progress.done)
            if not PastImport.objects.finish(import_id, token, **ended):
                raise Lost
    except Lost:
        return
    except ValidationError as problem:
        PastImport.objects.fail(import_id, token, " ".join(problem.messages))
        return
    except OSError as error:
        words = f"The file could not be read: {error.strerror or error}. Try again later."
        PastImport.objects.fail(import_id, token, words)
        return
    if imported.step == Step.BRING:
        imported.file.delete(save=False)  # every row of it is kept


def do_step(imported: PastImport, progress: Progress) -> dict[str, Any]:
    """Do the present step in the caller's transaction, whoever holds the work. Returns the columns of the import that
    say how it ended."""
    does = {Step.CHECK: _check, Step.BRING: _bring, Step.UNDO: _undo}[Step(imported.step)]
    return does(imported, progress)


def _check(imported: PastImport, progress: Progress) -> dict[str, Any]:
    """Every row as it would come, and what has to be asked first."""
    imported.rows.all().delete()
    with imported.file.open() as file:
        data = file.read()
    sheet = imported.sheets[imported.sheet or 0]
    planner = Planner(imported)
    rows: list[PastRow] = []
    for row in planner.rows(_counted(rows_of(data, imported.kind, sheet), progress)):
        rows.append(row)
        if len(rows) % AT_ONCE == 0:
            PastRow.objects.bulk_create(rows[-AT_ONCE:])
    if rest := len(rows) % AT_ONCE:
        PastRow.objects.bulk_create(rows[-rest:])
    new = [row for row in rows if row.outcome == Outcome.NEW]
    progress.words = f"{count(len(rows), 'row')}: working out how schools would stand."
    progress.note(len(rows))
    asks = planner.asks
    return {
        "asks": asks,
        "counts": _counts(rows),
        "changes": {} if asks else changes_of(new, hub=imported.hub, user=imported.by),
    }


def _counted(lines: Iterator[Line], progress: Progress) -> Iterator[Line]:
    for number, line in enumerate(lines, start=1):
        if number % 100 == 0:
            progress.note(number)
        yield line


def _counts(rows: list[PastRow]) -> dict[str, Any]:
    new = {kind: sum(row.kind == kind and row.outcome == Outcome.NEW for row in rows) for kind in Kind.values}
    others = {each.value: sum(row.outcome == each for row in rows) for each in (Outcome.SAME, Outcome.FAILED)}
    return {"rows": len(rows), "kinds": new, "new": sum(new.values()), **others}


def _bring(imported: PastImport, progress: Progress) -> dict[str, Any]:
    progress.total = imported.counts["new"]
    assert imported.brought_by is not None
    came = Bringing(imported, imported.brought_by, progress.note).do()
    _tell_database()
    left = {each.value: imported.rows.filter(outcome=each).count() for each in (Outcome.SAME, Outcome.FAILED)}
    counts = {**imported.counts, "kinds": came, "new": sum(came.values()), **left}
    # After everything was written: what is changed later is changed by somebody.
    return {"counts": counts, "brought_at": timezone.now(), "file": ""}


def _tell_database() -> None:
    """Thousands of rows that came at once are read as the few that were known before, until it has counted anew."""
    tables = [each._meta.db_table for each in (Conversation, ConversationPart, Attempt, SupportGiven, EngagementYear)]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")


def _undo(imported: PastImport, progress: Progress) -> dict[str, Any]:
    assert imported.undone_by is not None
    went = undo(imported, imported.undone_by, progress.note)
    return {"counts": {**imported.counts, "undone": went, "kept": went["kept"]}}
