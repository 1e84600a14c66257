"""Read figures by URN into the portal: the school census of a year, or the Pupil Premium of a year."""

import re
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from schools.management.commands import import_register
from schools.register.figures import import_census, import_pupil_premium
from schools.register.importing import blank_figures

READERS = {"census": import_census, "pupil-premium": import_pupil_premium}


class Command(import_register.Command):
    help = "Read a file of the school census, or of the Pupil Premium (plain, .gz or .zip), of one year."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--year",
            type=_year,
            required=True,
            metavar="2022-23",
            help="the school year; for the Pupil Premium, April's",
        )
        parser.add_argument(
            "--kind", choices=READERS, default="census", help="what the file is; the census unless said"
        )
        parser.add_argument("--dry-run", action="store_true", help="count what would change, and change nothing")
        self.add_accepting(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        report = blank_figures(options["file"], dry_run=options["dry_run"])
        accepted_by = self.accepted_by(options)
        read = READERS[options["kind"]]
        with self.reporting(report, options["report"]):
            figures = self._read(
                read, options["file"], report, year=options["year"], dry_run=options["dry_run"], accepted_by=accepted_by
            )
            if unknown := figures.get("unknown_schools"):
                which = "1 of the rows is of a school" if unknown == 1 else f"{unknown:,} of the rows are of schools"
                self.stdout.write(f"  {which} that the portal does not know: kept as received.")


def _year(given: str) -> int:
    """The year in which one such as 2022-23 or 2022/2023 begins."""
    found = re.fullmatch(r"(20\d\d)[-/](?:20)?(\d\d)", given.strip())
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise ArgumentTypeError(f"{given} is no year. Write it as 2022-23.")
    return int(found[1])
