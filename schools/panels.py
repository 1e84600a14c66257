"""What higher rooms add to a school's page, and to a trust's. A room registers a provider in `AppConfig.ready()`; this
room knows none.

    def where_music_stands(request, school) -> list[Panel]: ...
    panels.register(where_music_stands)        # on a trust's page: panels.trust_panels.register(...)

A provider scopes its own rows by `request.user`, and returns nothing for people whom its panel does not concern:
`schools.standing.standing_of(request.user, school)` says, without another query, how this person meets this school.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.http import HttpRequest

from schools.models import School, Trust

COLUMNS = ("tags", "next", "main", "side", "facts")


@dataclass(frozen=True)
class Panel:
    """A piece of a page: a template with its context. `position` orders the pieces of one column, the lowest first.

    Columns: "tags" beside the status tags, "next" the bar under the facts (the first one is shown), "main" above the
    timeline, "side" the column of panels, "facts" side by side below them: what is known of the school."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    position: int = 50
    column: str = "side"

    def __post_init__(self) -> None:
        if self.column not in COLUMNS:
            raise ValueError(f"A panel stands in one of {COLUMNS}, not in {self.column!r}.")


Thing = TypeVar("Thing")
Provider = Callable[[HttpRequest, Thing], Iterable[Panel]]


class Providers(Generic[Thing]):
    """Those who add to one kind of page."""

    def __init__(self) -> None:
        self.providers: list[Provider[Thing]] = []

    def register(self, provider: Provider[Thing]) -> Provider[Thing]:
        """Add a provider for every page of the kind. Registering the same one again changes nothing."""
        if provider not in self.providers:
            self.providers.append(provider)
        return provider

    def panels_for(self, request: HttpRequest, thing: Thing) -> dict[str, list[Panel]]:
        """Every panel for this person and thing, by column, in order. Costs what the providers cost."""
        found: dict[str, list[Panel]] = {column: [] for column in COLUMNS}
        for provider in self.providers:
            for panel in provider(request, thing):
                found[panel.column].append(panel)
        return {column: sorted(panels, key=lambda panel: panel.position) for column, panels in found.items()}


school_panels: Providers[School] = Providers()
trust_panels: Providers[Trust] = Providers()
register, panels_for = school_panels.register, school_panels.panels_for
