"""Panels: what higher rooms add to a conversation's part, and what this room adds to a school's page.

def development_report(request, part) -> list[PartPanel]: ...
panels.part_panels.register(development_report)       # in the higher room's AppConfig.ready()
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from engagement.models import ConversationPart


@dataclass(frozen=True)
class PartPanel:
    """A piece of the page of a conversation's part: a template with its context, the lowest position first."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    position: int = 50


Provider = Callable[[HttpRequest, ConversationPart], Iterable[PartPanel]]


class PartPanels:
    """Those who add to a part's page. A provider scopes its rows by `request.user`, and returns nothing for people
    whom its panel does not concern."""

    def __init__(self) -> None:
        self.providers: list[Provider] = []

    def register(self, provider: Provider) -> Provider:
        """Add a provider. Registering the same one again changes nothing."""
        if provider not in self.providers:
            self.providers.append(provider)
        return provider

    def panels_for(self, request: HttpRequest, part: ConversationPart) -> list[PartPanel]:
        """Every panel for this person and part, in order. Costs what the providers cost."""
        found = [panel for provider in self.providers for panel in provider(request, part)]
        return sorted(found, key=lambda panel: panel.position)


part_panels = PartPanels()
