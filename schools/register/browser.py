"""What a worker does with register files that were uploaded in the browser: read them and say what they would change,
or apply them. Safe to be killed at any point and run again: what is applied stays applied, and what is not is done."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from hubportal.kit.wording import count, seconds_left
from hubportal.kit.work import Hold, held
from schools.models import RegisterFile, RegisterImport, RegisterImportFile
from schools.register import ways
from schools.register.bundle import Part, read_bundle
from schools.register.details import Details
from schools.register.errors import Busy, Held, Refused
from schools.register.importing import blank_figures
from schools.register.layouts import ESTABLISHMENTS
from schools.register.unpacking import count_rows

LEASE = timedelta(seconds=15)
UNSENT_FOR = timedelta(seconds=60)  # after which what waits in the queue is sent again
REPORTS_EVERY = timedelta(seconds=0.5)
LONGEST_NAME = 60  # characters of a file's name in a sentence


class Lost(Exception):
    """The work is somebody else's now, or was discarded."""


class Progress:
    """How far the files of an import are, as told to whoever watches. Written by the import, read by another thread."""

    def __init__(self, total: int = 0) -> None:
        self.total, self.before, self.rows = total, 0, 0
        self.name, self.is_comparing = "", False
        self.began = time.monotonic()

    def begin(self, name: str) -> None:
        self.before, self.rows = self.before + self.rows, 0
        self.name, self.is_comparing = name, False

    def told(self) -> dict[str, Any]:
        """What `renew` takes."""
        done = min(self.before + self.rows, self.total)
        return {"done": done, "total": self.total, "words": self._words(done)}

    def _words(self, done: int) -> str:
        if not done:
            return f"opening {self.name}." if self.name else "opening the files."
        said = f"{done:,} of {count(self.total, 'row')}, {self.name}"
        if done >= self.total:
            return f"{said}: all rows are read, comparing them with what the portal has."
        left = (time.monotonic() - self.began) * (self.total - done) / done
        return f"{said}: {seconds_left(left)}."


def work(*, import_id: int) -> None:
    """Do the present step of an import, unless it is done or in somebody else's hands. Twice changes nothing."""
    token = RegisterImport.objects.claim(import_id, lease=LEASE)
    if token is None:
        return
    imported = RegisterImport.objects.select_related("accepted_by").get(pk=import_id)
    try:
        progress = Progress()
        RegisterImport.objects.renew(import_id, token, lease=LEASE, **progress.told())
        with held(RegisterImport, import_id, token, LEASE, progress.told, REPORTS_EVERY) as hold:
            progress.total = _count(imported)
            progress.began = time.monotonic()
            RegisterImport.objects.renew(import_id, token, lease=LEASE, **progress.told())
            _Work(imported, progress, hold).do()
        ended: dict[str, Any] = {"refused": ""}
    except Lost:
        return
    except Busy:  # beat sends it again the next time it looks
        RegisterImport.objects.release(import_id, token, at=timezone.now() - UNSENT_FOR)
        return
    except Held:  # it was not, when somebody looked: they look again
        ended = {"step": RegisterImport.Step.READ, "apply_asked_at": None, "apply_asked_by": None}
    except Refused as refused:
        ended = {"refused": str(refused)}
    except OSError as error:
        words = f"The files could not be read: {error.strerror or error}. Try again later."
        RegisterImport.objects.fail(import_id, token, words)
        return
    is_ours = RegisterImport.objects.finish(import_id, token, **ended)
    if is_ours and imported.step == RegisterImport.Step.APPLY and ended == {"refused": ""}:
        imported.remove_files(details=False)


def _count(imported: RegisterImport) -> int:
    """About how many rows there are. A file that cannot be unpacked is refused when its turn comes."""
    total = 0
    for each in imported.files.all():
        try:
            total += count_rows(Path(each.file.path), ESTABLISHMENTS.archived_as)
        except Refused:
            continue
    return total


class _Work:
    """One step of one import."""

    def __init__(self, imported: RegisterImport, progress: Progress, hold: Hold) -> None:
        self.imported, self.progress, self.hold = imported, progress, hold
        self.files = {each.kind: each for each in imported.files.all()}
        self.is_dry = imported.step == RegisterImport.Step.READ

    def do(self) -> None:
        """Raises what `import_file` raises; the figures of every file are kept all the same."""
        paths = {kind: Path(each.file.path) for kind, each in self.files.items()}
        try:
            read_bundle(
                paths,
                self._read,
                as_at=self.imported.as_at,
                as_history=self.imported.as_history,
                way=ways.PAGE,
                accepted_by=None if self.is_dry else self.imported.accepted_by,
                dry_run=self.is_dry,
            )
        finally:
            if not self.hold.lost:
                RegisterImportFile.objects.bulk_update(self.files.values(), ["figures", "details"])

    def _read(self, part: Part, path: Path, options: dict[str, Any]) -> dict[str, Any]:
        mine = self.files[part.kind]
        self.progress.begin(mine.name[:LONGEST_NAME])
        details = Details(self.imported.details, part.layout)

        def compare(*found: Any) -> None:
            self._check()
            details.write(*found)
            self._check()

        try:
            figures = part.read(path, on_progress=self._note, on_compared=compare, **options)
        except Busy:
            raise
        except Refused as refused:
            mine.figures = refused.figures or blank_figures(path)
            mine.figures["refused"] = str(refused)
            raise
        except Held as problem:
            mine.figures, mine.details = problem.figures, details.listed
            raise
        mine.figures, was_applied = self._of_this_import(figures)
        if not was_applied and details.listed:
            mine.details = details.listed
        return figures

    def _of_this_import(self, figures: dict[str, Any]) -> tuple[dict[str, Any], bool]:
        """The figures, and whether the file had been applied before this import. One that an earlier attempt of this
        import applied has the figures of that."""
        file = RegisterFile.objects.filter(sha256=figures["sha256"], applied_at__isnull=False).first()
        if self.is_dry:
            was_applied = bool(figures["was_applied"])
        else:
            asked = self.imported.apply_asked_at
            was_applied = bool(file and file.applied_at and asked and file.applied_at < asked)
            figures = file.figures if file and not was_applied else figures
        return {**figures, "was_applied": was_applied}, was_applied

    def _note(self, rows: int) -> None:
        self.progress.rows = rows
        self._check()

    def _check(self) -> None:
        if self.hold.lost:
            raise Lost
