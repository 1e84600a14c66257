"""Read the national register's files into the portal: establishments, and what belongs to them."""

import contextlib
import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hubportal.accounts.models import User
from hubportal.kit.wording import count
from schools.models import RegisterFile
from schools.permissions import can_import_register
from schools.register.bundle import COMPANIONS, SCHOOLS, Part, read_bundle
from schools.register.errors import Held, Refused
from schools.register.importing import blank_figures, import_establishments
from schools.register.summary import COUNTED
from schools.register.ways import shown


class Command(BaseCommand):
    help = "Read the register's files (plain, .gz or .zip). The same file again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="ESTABLISHMENTS")
        for companion in COMPANIONS:
            parser.add_argument(companion.option, type=Path, metavar="FILE", help=companion.what)
        parser.add_argument(
            "--as-at", type=_day, metavar="YYYY-MM-DD", help="the register's date, where the file's name has none"
        )
        parser.add_argument("--dry-run", action="store_true", help="count what would change, and change nothing")
        parser.add_argument(
            "--as-history",
            action="store_true",
            help="keep a file older than the last one applied, with its rows; no school is changed by it",
        )
        self.add_accepting(parser)

    def add_accepting(self, parser: ArgumentParser) -> None:
        """The options that every kind of file takes."""
        parser.add_argument(
            "--accept-held", action="store_true", help="apply the file although it was held; needs --by"
        )
        parser.add_argument(
            "--by", metavar="EMAIL", help="the platform administrator who accepts it; recorded with the file"
        )
        parser.add_argument("--report", type=Path, metavar="OUT.json", help="write the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = {name: options[name] for name in ("dry_run", "as_history")}
        asked["accepted_by"] = self.accepted_by(options)
        report = blank_figures(options["file"], dry_run=options["dry_run"]) | {"files": {}}
        paths: dict[str, Path] = {SCHOOLS.kind: options["file"]}
        paths |= {part.kind: options[part.name] for part in COMPANIONS if options.get(part.name)}

        def read(part: Part, path: Path, more: dict[str, Any]) -> dict[str, Any]:
            found = report
            if part is not SCHOOLS:
                found = report["files"][part.name] = blank_figures(path)
            figures = self._read(part.read, path, found, **more)
            if part.kind == RegisterFile.Kind.LINKS:
                report["links"] = figures["rows"]
            return figures

        with self.reporting(report, options["report"]):
            read_bundle(paths, read, as_at=options["as_at"], **asked)

    def accepted_by(self, options: dict[str, Any]) -> User | None:
        """Who accepts a held file, if it is to be. Raises CommandError."""
        return _person(options["by"]) if options["accept_held"] else None

    @contextlib.contextmanager
    def reporting(self, report: dict[str, Any], path: Path | None) -> Iterator[None]:
        """Write the report when all is done, or as far as it came. Raises CommandError before anything is done where
        it cannot be written."""
        if path:
            try:
                path.touch()
            except OSError as problem:
                raise CommandError(f"--report {shown(path)} cannot be written: {problem.strerror}.") from problem
        try:
            yield
        finally:
            if path:
                written = json.dumps(report, indent=2, ensure_ascii=False, default=str)
                path.write_text(written + "\n", encoding="utf-8")

    def _read(self, read: Callable[..., dict], path: Path, report: dict[str, Any], **asked: Any) -> dict[str, Any]:
        """Read one file, fill in its report whatever happens, and say what happened. Raises CommandError."""
        try:
            figures = read(path, **asked)
        except Refused as refused:
            report.update(refused.figures or {"refused": str(refused)})
            of = "" if read is import_establishments else f" of {shown(path.name)}"
            raise CommandError(f"Refused, nothing{of} was written. {refused}") from refused
        except Held as held:
            report.update(held.figures)
            raise CommandError(_said_of(held, path)) from held
        report.update(figures)
        self._tell(figures)
        return figures

    def _tell(self, figures: dict[str, Any]) -> None:
        counted = [count(figures["rows"], "row")]
        counted += [f"{figures[name]:,} {words}" for name, words in COUNTED.items() if figures[name]]
        self.stdout.write(f"{figures['file']}, the register as at {figures['as_at']}, read as {figures['encoding']}:")
        self.stdout.write("  " + ", ".join(counted) + ".")
        if figures["undated"]:
            self.stdout.write(
                "  Nothing says of what day this file is, so it counts as today's. If that is wrong, give the right "
                "day with --as-at."
            )
        for name, words in (
            ("missing_columns", "Columns left as they were"),
            ("unknown_columns", "Columns kept unread"),
        ):
            if figures[name]:
                self.stdout.write(f"  {words}: {', '.join(figures[name])}.")
        for warning in figures["warnings"]:
            self.stdout.write(f"  Odd: {warning}")
        for reason in figures["held"]:
            self.stdout.write(f"  {'Would be held' if figures['dry_run'] else 'Accepted'}: {reason}")
        ended = "Kept as history, no school was changed" if figures["as_history"] else "Done"
        ended = "Nothing was changed: this was a dry run" if figures["dry_run"] else ended
        ended = "The same file has been applied before: it changes nothing. Done" if figures["was_applied"] else ended
        self.stdout.write(f"{ended}, in {figures['seconds']} s with at most {figures['peak_mb']:.0f} MB.")


def _said_of(held: Held, path: Path) -> str:
    reasons = "\n".join(f"- {reason}" for reason in held.reasons)
    rows = "".join(f"\n  line {row['line']}: {row['text']}" for row in held.figures["duplicates"])
    return (
        f"Held: the file is kept, and no school was changed.\n{reasons}{rows}\n"
        f"Look at {shown(path.name)}. To apply it all the same, add --accept-held --by EMAIL, the email address of a "
        "platform administrator: rows that cannot be read, or stand there twice, are then left out, and the rest "
        "applied."
    )


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise CommandError(f"--as-at {given} is no date. Write it as 2022-04-07.") from None


def _person(email: str | None) -> User:
    """The person who accepts a held file. Raises CommandError where it is nobody here, or no platform administrator.
    One query."""
    if not email:
        raise CommandError("--accept-held needs --by with the email address of the person who accepts the file.")
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody signs in here as {email}.")
    if not can_import_register(person):
        raise CommandError(
            f"{email} is not a platform administrator. Only a platform administrator may accept a file that is held."
        )
    return person
