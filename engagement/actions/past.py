"""A file of what was: uploaded, told what its columns hold, asked about, brought in, taken out again. Nothing of it is
written into the records before somebody has pressed "Bring in"."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from engagement import tasks
from engagement.models import Conversation, PastImport, PastMapping
from engagement.past import columns, reading
from hubportal.accounts.models import User
from hubportal.kit.work import WorkState
from schools.models import Hub

KEPT_UNCONFIRMED = timedelta(days=30)
ELSEWHERE = "This file cannot be changed now. See below where it stands."
Step = PastImport.Step


@transaction.atomic
def upload(*, hub: Hub, name: str, data: bytes, by: User) -> PastImport:
    """Keep a file to look at. The person's own files that were left for a month without being brought in go. Raises
    ValidationError where it is no list that we can read. Some eight statements."""
    book = reading.open_book(data)
    old = PastImport.objects.filter(by=by, step__in=(Step.MAP, Step.CHECK), at__lt=timezone.now() - KEPT_UNCONFIRMED)
    for each in old.exclude(state=WorkState.CANCELLED):
        discard(imported=each, by=by)
    imported = PastImport(
        hub=hub, by=by, name=name[-120:], kind=book.kind, state=WorkState.READY, sheets=book.as_data()
    )
    imported.file.save("", ContentFile(data), save=False)
    imported.save()
    if len(book.sheets) == 1:
        choose_sheet(imported=imported, sheet=0, by=by)
    return imported


@transaction.atomic
def choose_sheet(*, imported: PastImport, sheet: int, by: User) -> None:
    """Read this sheet of the file. Its columns are taken as a saved way of reading says, else by their headings. Raises
    ValidationError. Three statements."""
    if not imported.may_be_told or not 0 <= sheet < len(imported.sheets):
        raise ValidationError(ELSEWHERE)
    imported.sheet, imported.step = sheet, Step.MAP
    imported.settings, imported.answers = _settings_for(imported)
    imported.asks, imported.counts, imported.changes = {}, {}, {}
    imported.save(update_fields=["sheet", "step", "settings", "answers", "asks", "counts", "changes"])


def mapping_for(imported: PastImport) -> PastMapping | None:
    """The hub's newest saved way of reading a file with the same headings. One query."""
    wanted = sorted(columns.folded(imported.header))
    rows = PastMapping.objects.filter(hub=imported.hub).order_by("-at")
    return next((row for row in rows if sorted(row.headings) == wanted), None)


def _settings_for(imported: PastImport) -> tuple[dict[str, Any], dict[str, Any]]:
    """The settings of the import, and what was answered of such a file before."""
    if mapping := mapping_for(imported):
        kept = mapping.settings
        held: dict[str, str] = {}
        said: dict[str, Any] = {}
        for at, heading in enumerate(columns.folded(imported.header)):
            if field := kept["columns"].get(heading):
                held[str(at)] = field
            if heading in kept["said"]:
                said[str(at)] = kept["said"][heading]
        settings = {name: kept[name] for name in ("kind", "how", "talk", "plan_date")}
        by_field = {field: at for at, field in held.items()}
        return (
            {**settings, "columns": by_field, "mapping": mapping.name},
            {"words": kept["words"], "columns": said, "places": {}},
        )
    guessed = columns.guessed(imported.header)
    return {
        "kind": columns.guessed_kind(guessed),
        "how": "",
        "talk": Conversation.Kind.CATCH_UP.value,
        "plan_date": "adopted",
        "columns": {field: at for at, field in guessed.items()},
        "mapping": "",
    }, {"words": {}, "columns": {}, "places": {}}


@transaction.atomic
def tell(*, imported: PastImport, settings: Mapping[str, Any], by: User, save_as: str = "") -> None:
    """Say what the columns hold, {field: place}, and what holds where a row says nothing; kept for the hub's next file
    of the kind under `save_as`. The file is checked then. Raises ValidationError. Five statements."""
    said = {at: field for field, at in settings["columns"].items()}
    if problems := columns.missing(said, settings["kind"]):
        raise ValidationError(problems)
    told = {**settings, "mapping": save_as}
    if not imported.may_be_told or not PastImport.objects.begin(
        imported.pk, Step.CHECK, Step.MAP, Step.CHECK, settings=told, asks={}, counts={}, changes={}
    ):
        raise ValidationError(ELSEWHERE)
    imported.settings = told
    _remember(imported, by)
    _send(imported)


@transaction.atomic
def answer(*, imported: PastImport, answers: Mapping[str, Any], by: User) -> None:
    """Answer what was asked; the file is checked again. What its words mean is remembered with the saved way of reading
    it. Raises ValidationError. Four statements."""
    said = imported.answers
    for field, words in answers.get("words", {}).items():
        said.setdefault("words", {}).setdefault(field, {}).update(words)
    for place, found in answers.get("columns", {}).items():
        said.setdefault("columns", {}).setdefault(place, {}).update(found)
    said.setdefault("places", {}).update(answers.get("places", {}))
    if not imported.may_be_told or not PastImport.objects.begin(
        imported.pk, Step.CHECK, Step.CHECK, answers=said, asks={}, counts={}, changes={}
    ):
        raise ValidationError(ELSEWHERE)
    _remember(imported, by)
    _send(imported)


def _remember(imported: PastImport, by: User) -> None:
    """Keep how the file is read, where it was given a name."""
    settings, name = imported.settings, imported.settings["mapping"]
    if not name:
        return
    headings = columns.folded(imported.header)
    kept = {key: settings[key] for key in ("kind", "how", "talk", "plan_date")} | {
        "columns": {headings[int(at)]: field for field, at in settings["columns"].items()},
        "said": {headings[int(at)]: found for at, found in imported.answers.get("columns", {}).items()},
        "words": imported.answers.get("words", {}),
    }
    PastMapping.objects.update_or_create(
        hub=imported.hub, name=name, defaults={"headings": headings, "settings": kept, "by": by}
    )


@transaction.atomic
def bring(*, imported: PastImport, by: User) -> None:
    """Send what was shown to be brought in. Pressed twice, it is brought in once. Raises ValidationError. Two
    statements."""
    if imported.phase != PastImport.Phase.SHOWN or not imported.counts.get("new"):
        raise ValidationError(ELSEWHERE)
    if not PastImport.objects.begin(imported.pk, Step.BRING, Step.CHECK, brought_by=by, brought_at=timezone.now()):
        raise ValidationError("Somebody has just decided about this file. See below where it stands.")
    _send(imported)


@transaction.atomic
def undo(*, imported: PastImport, by: User) -> None:
    """Send what was brought in to be taken out again. Raises ValidationError. Two statements."""
    if imported.phase != PastImport.Phase.BROUGHT or not PastImport.objects.begin(
        imported.pk, Step.UNDO, Step.BRING, undone_by=by, undone_at=timezone.now()
    ):
        raise ValidationError("This file is not brought in, or is being taken out already.")
    _send(imported)


@transaction.atomic
def retry(*, imported: PastImport, by: User) -> None:
    """Try again what stopped. Raises ValidationError where it has not."""
    if imported.phase != PastImport.Phase.FAILED or not PastImport.objects.retry(imported.pk):
        raise ValidationError("This file did not stop. See below where it stands.")
    _send(imported)


@transaction.atomic
def discard(*, imported: PastImport, by: User) -> None:
    """Throw a file away that brought nothing in: its bytes and its rows. Raises ValidationError."""
    if not PastImport.objects.discard(imported.pk):
        raise ValidationError("This file is being brought in, or was: it cannot be discarded.")
    imported.rows.all().delete()
    transaction.on_commit(lambda: imported.file.delete(save=False), robust=True)


def _send(imported: PastImport) -> None:
    """While the queue is away the import waits in its row, and beat sends it later."""
    pk = imported.pk
    transaction.on_commit(lambda: tasks.import_past.delay(import_id=pk), robust=True)
