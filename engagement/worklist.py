"""What needs a person today. A higher room registers a provider in `AppConfig.ready()`; this room knows none of them.

    def plans_to_review(user, on) -> list[WorkItem]: ...
    worklist.register(plans_to_review)

    def summary_to_renew(user, school, on) -> list[WorkItem]: ...
    worklist.register_for_schools(summary_to_renew)  # for a school's own people, on its home

A provider scopes its own rows by the user, and returns nothing for people whom it does not concern. Each item of the
first kind names itself (`key`), so that a person can put it off or hand it to a colleague, and its school, from which
follow whose it is and what makes it urgent.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from engagement.scoring import RULES
from hubportal.accounts.models import User
from schools.models import School

# The groups of the page, in their order, with the heading of each.
GROUPS = {
    "read": "Read and answer",
    "talk": "Talk to",
    "promise": "Keep a promise",
    "register": "See what the register changed",
    "music": "Music at your schools",
    "finish": "Finish",
    "wait": "Waiting for the school",
}
# A thing that waits for somebody else is shown, but does not need this person.
NEEDS_NOBODY = {"wait"}


@dataclass(frozen=True)
class WorkItem:
    """One thing to do: whom it is about, why it stands here in a sentence, and the link that does it.

    `since` is since when it waits. `post` makes the button a POST of nothing but itself.

    `key` is the kind and the record, "answer:<uuid>": the same as long as it is the same thing to do. `matter` says
    what has happened in it so far: what was put off comes back once that is another. `hub_id` may be left out where
    the school says it. `owner_id` is whose it is where the record itself says so, else it is theirs who look after the
    school; `also` are those who have it beside them; `is_managers` what only the hub's managers can do; `is_personal`
    what is handed to nobody from here. `marks` are what makes it urgent, by the codes of `scoring.RULES`, each with its
    number: {"disputes": 1, "waits": 3}."""

    group: str
    title: str
    href: str
    reason: str
    since: date
    action: str = ""
    action_href: str = ""
    post: str = ""
    post_action: str = ""
    key: str = ""
    school_id: int | None = None
    hub_id: int | None = None
    owner_id: int | None = None
    also: frozenset[int] = frozenset()
    is_managers: bool = False
    is_personal: bool = False
    matter: str = ""
    marks: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.group not in GROUPS:
            raise ValueError(f"A work item is of one of the groups {tuple(GROUPS)}, not {self.group!r}.")
        if unknown := self.marks.keys() - RULES.keys():
            raise ValueError(f"Nothing is known of what makes an item urgent by {sorted(unknown)}.")


@dataclass(frozen=True)
class WorkGroup:
    code: str
    heading: str
    items: list[WorkItem]


def talk_key(school: School) -> str:
    """The key of "talk to this school": the one thing that a school itself is, and not a record of its own."""
    return f"talk:{school.urn}"


Provider = Callable[[User, date], Iterable[WorkItem]]
SchoolProvider = Callable[[User, School, date], Iterable[WorkItem]]
_providers: list[Provider] = []
_of_schools: list[SchoolProvider] = []


def register(provider: Provider) -> Provider:
    """Add a provider for everybody's Today page. Registering the same one again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def register_for_schools(provider: SchoolProvider) -> SchoolProvider:
    """Add a provider for the home of a school's leaders and editors. Registering the same one again changes nothing."""
    if provider not in _of_schools:
        _of_schools.append(provider)
    return provider


def things_for(user: User, school: School, on: date) -> list[WorkItem]:
    """What a school's leader or editor has to do there beside the conversations, the longest waiting first. Costs what
    the providers cost."""
    found = [item for provider in _of_schools for item in provider(user, school, on)]
    return sorted(found, key=lambda item: item.since)


def gather(user: User, on: date) -> list[WorkItem]:
    """What all providers give, in their order. Costs what they cost."""
    return [item for provider in _providers for item in provider(user, on)]
