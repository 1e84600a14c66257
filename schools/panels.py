"""What higher rooms add to a school's page. A room registers a provider in `AppConfig.ready()`; this room knows none.

    def where_music_stands(request, school) -> list[Panel]: ...
    panels.register(where_music_stands)

A provider scopes its own rows by `request.user`, and returns nothing for people whom its panel does not concern:
`schools.standing.standing_of(request.user, school)` says, without another query, how this person meets this school.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from schools.models import School

COLUMNS = ("tags", "next", "main", "side")


@dataclass(frozen=True)
class Panel:
    """A piece of a page: a template with its context. `position` orders the pieces of one column, the lowest first.

    Columns: "tags" beside the status tags, "next" the bar under the facts (the first one is shown), "main" above the
    timeline, "side" the column of panels."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    position: int = 50
    column: str = "side"

    def __post_init__(self) -> None:
        if self.column not in COLUMNS:
            raise ValueError(f"A panel stands in one of {COLUMNS}, not in {self.column!r}.")


Provider = Callable[[HttpRequest, School], Iterable[Panel]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Add a provider for every school's page. Registering the same one again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def panels_for(request: HttpRequest, school: School) -> dict[str, list[Panel]]:
    """Every panel for this person and school, by column, in order. Costs what the providers cost."""
    found: dict[str, list[Panel]] = {column: [] for column in COLUMNS}
    for provider in _providers:
        for panel in provider(request, school):
            found[panel.column].append(panel)
    return {column: sorted(panels, key=lambda panel: panel.position) for column, panels in found.items()}
