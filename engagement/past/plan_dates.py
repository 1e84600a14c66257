"""Where the dates of schools' plans are kept: the room above, which knows plans, registers in `AppConfig.ready()`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from hubportal.accounts.models import User
from schools.models import School


@dataclass(frozen=True)
class PlanSaid:
    """What a file says of a plan: the academic years that it covers, and the day on which the school adopted it, or on
    which the hub saw it."""

    year: int
    years: int = 1
    adopted_on: date | None = None
    seen_on: date | None = None
    url: str = ""


class PlanKeeper(Protocol):
    def standing(self, schools: Collection[int]) -> set[tuple[int, int]]:
        """(school, year in which it begins) of every plan of these schools that stands there already. One query."""

    def problem(self, school: School, said: PlanSaid, on: date) -> str:
        """Why a plan cannot be recorded, as a sentence, or "". No query."""

    def record(self, school: School, said: PlanSaid, by: User) -> UUID:
        """Record it, and send nothing to anybody. Raises ValidationError."""

    def take_out(self, plan: UUID, by: User) -> str:
        """Take out what `record` made, unless somebody has written onto it since: then why it stays, as a sentence."""


_keepers: list[PlanKeeper] = []


def register(keeper: PlanKeeper) -> None:
    """Say who keeps plans. Registering again takes the place of the one before."""
    _keepers[:] = [keeper]


def keeper() -> PlanKeeper:
    return _keepers[0]
