"""Work out again, from the records, how every hub stands with its schools."""

from typing import Any

from django.core.management.base import BaseCommand

from engagement.actions import contact_dates


class Command(BaseCommand):
    help = "Works out again when hubs and schools last spoke, are to talk next, and how they stood in each year."

    def handle(self, *args: Any, **options: Any) -> None:
        contact_dates.refresh_all()
        self.stdout.write("Done.")
