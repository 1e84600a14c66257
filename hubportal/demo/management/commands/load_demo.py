from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from hubportal.demo.loading import is_loaded, load


class Command(BaseCommand):
    help = (
        "Load the fictional county of Exampleshire with its people and two years of talk. Only in demo mode, and once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, help="The day the demo is seen from; today by default.")
        parser.add_argument("--seed", type=int, default=7, help="Another seed makes another county.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "This is not a demo, so its people and their public password are not created. The demo runs where "
                "neither SECRET_KEY nor ALLOWED_HOSTS is set, or with DEMO=1."
            )
        if is_loaded():
            if options["verbosity"]:
                self.stdout.write("The demo is loaded already.")
            return
        figures = load(on=options["on"], seed=options["seed"])
        if options["verbosity"]:
            self.stdout.write(", ".join(f"{count:,} {what}" for what, count in figures.items()))
