"""What higher rooms say beside a contact: that an email to them came back, that they want no mailings. A room registers
a provider in `AppConfig.ready()`; this room knows none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hubportal.accounts.models import User
from schools.models import Contact


@dataclass(frozen=True)
class Mark:
    """A tag's words, and a sentence that says more. `variant` is the tag's."""

    words: str
    more: str = ""
    variant: str = "quiet"


Provider = Callable[[User, Sequence[Contact]], Mapping[int, Sequence[Mark]]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider: the marks of each contact by its id. Registering the same one again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def marks_of(user: User, contacts: Sequence[Contact]) -> dict[int, list[Mark]]:
    """The marks of each contact that has any. Costs what the providers cost, whatever the number of contacts."""
    found: dict[int, list[Mark]] = {}
    if contacts:
        for provider in _providers:
            for pk, marks in provider(user, contacts).items():
                found.setdefault(pk, []).extend(marks)
    return found
