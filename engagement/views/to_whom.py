"""Writing to the contacts of many schools: which schools, and whom it would reach. For mailings and consultations."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from engagement.forms.mailings import ALL, OWN
from engagement.mailings.whom import Reach, brought_words, reach_of, views_of
from engagement.models import Mailing
from schools.models import Hub

LONGEST_QUERY = 4000


class ToWhom:
    """A page on which somebody chooses the schools: those of the list that the address brought along, or a saved
    view."""

    request: HttpRequest
    hub: Hub
    query = ""  # the address of that list

    def bring_along(self) -> None:
        """Take over the list that the page was opened from."""
        asked = self.request.GET.copy()
        asked.pop("view", None)
        self.query = asked.urlencode()[:LONGEST_QUERY]

    def choices(self, data: Any, initial: Any) -> dict[str, Any]:
        """What the form of whom takes: what it begins with, the saved views, and the list brought along in words. Two
        queries."""
        own = brought_words(self.request, self.query if data is None else data.get("query", ""), self.hub)
        if initial is not None:
            initial = {**initial, "which": OWN if own else ALL, "query": self.query}
        return {"initial": initial, "views": views_of(self.request), "own": own}


def reach_or_say(request: HttpRequest, mailing: Mailing) -> Reach | None:
    """Whom it would go to; None, with words on the page, where its list is not there any more."""
    try:
        return reach_of(request, mailing)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return None
