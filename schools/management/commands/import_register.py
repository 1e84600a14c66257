"""Read the national register's file of establishments into the portal."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hubportal.accounts.models import User
from schools.register.errors import Held, Refused
from schools.register.importing import import_establishments

SHOWN = {
    "rows": "rows",
    "new": "new",
    "unchanged": "unchanged",
    "changed": "changed",
    "renamed": "renamed",
    "authority_changed": "in another authority",
    "closed": "closed",
    "reopened": "reopened",
    "vanished": "no longer in the register",
    "reappeared": "in the register again",
    "rejected": "rejected",
    "warned": "with a value that could not be read",
    "blank": "blank",
}


class Command(BaseCommand):
    help = "Read the register's file of establishments (plain, .gz or .zip). The same file again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="ESTABLISHMENTS")
        parser.add_argument(
            "--as-at", type=_day, metavar="YYYY-MM-DD", help="the register's date, where the file's name has none"
        )
        parser.add_argument("--dry-run", action="store_true", help="count what would change, and change nothing")
        parser.add_argument(
            "--accept-held", action="store_true", help="apply the file although it was held; needs --by"
        )
        parser.add_argument("--by", metavar="EMAIL", help="who accepts it; recorded with the file")
        parser.add_argument("--report", type=Path, metavar="OUT.json", help="write the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        figures: dict[str, Any] = {}
        try:
            figures = import_establishments(
                options["file"],
                as_at=options["as_at"],
                dry_run=options["dry_run"],
                accepted_by=_person(options["by"]) if options["accept_held"] else None,
            )
        except Refused as refused:
            raise CommandError(f"Refused, nothing was written. {refused}") from refused
        except Held as held:
            figures = held.figures
            reasons = "\n".join(f"- {reason}" for reason in held.reasons)
            raise CommandError(
                f"Held: the file is kept, and no school was changed.\n{reasons}\n"
                "Look at the file. To apply it all the same, add --accept-held --by EMAIL."
            ) from held
        finally:
            if options["report"] and figures:
                options["report"].write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        self._tell(figures)

    def _tell(self, figures: dict[str, Any]) -> None:
        counted = [f"{figures[name]:,} {words}" for name, words in SHOWN.items() if figures[name] or name == "rows"]
        self.stdout.write(f"{figures['file']}, the register as at {figures['as_at']}, read as {figures['encoding']}:")
        self.stdout.write("  " + ", ".join(counted) + ".")
        for name, words in (
            ("missing_columns", "Columns left as they were"),
            ("unknown_columns", "Columns kept unread"),
        ):
            if figures[name]:
                self.stdout.write(f"  {words}: {', '.join(figures[name])}.")
        for reason in figures["held"]:
            self.stdout.write(f"  {'Would be held' if figures['dry_run'] else 'Accepted'}: {reason}")
        ended = "Nothing was changed: this was a dry run" if figures["dry_run"] else "Done"
        self.stdout.write(f"{ended}, in {figures['seconds']} s with at most {figures['peak_mb']:.0f} MB.")


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise CommandError(f"--as-at {given} is no date. Write it as 2022-04-07.") from None


def _person(email: str | None) -> User:
    """The person who accepts a held file. Raises CommandError where it is nobody here. One query."""
    if not email:
        raise CommandError("--accept-held needs --by with the email address of the person who accepts the file.")
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody signs in here as {email}.")
    return person
