"""What else is to happen when a summary is published: higher rooms say so in `AppConfig.ready()`. It knows none."""

from collections.abc import Callable

from smdp.models import SummaryVersion

Listener = Callable[[SummaryVersion], object]


class Listeners:
    """Those who are told of each version, in the transaction that makes it."""

    def __init__(self) -> None:
        self.listeners: list[Listener] = []

    def register(self, listener: Listener) -> Listener:
        """Registering the same one again changes nothing."""
        if listener not in self.listeners:
            self.listeners.append(listener)
        return listener

    def tell(self, version: SummaryVersion) -> None:
        for listener in self.listeners:
            listener(version)


when_published = Listeners()
