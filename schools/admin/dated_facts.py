"""What can be recorded of a school: Lead Schools, steps of Artsmark, ways of teaching. The facts are each hub's own."""

from django.contrib import admin
from django.http import HttpRequest

from schools.admin.hubs import Kept
from schools.models import DatedFactValue


@admin.register(DatedFactValue)
class DatedFactValueAdmin(Kept):
    """One that is no longer chosen is taken out of the choice: what was recorded goes on to name it."""

    list_display = ["name", "kind", "position", "is_award", "is_expected", "is_offered"]
    list_filter = ["kind", "is_offered"]

    def get_readonly_fields(self, request: HttpRequest, obj: DatedFactValue | None = None) -> list[str]:
        """The kind and the code stay as they are: facts and saved addresses name them."""
        return ["kind", "code"] if obj else []
