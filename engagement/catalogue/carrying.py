"""Carrying a hub's offers into another academic year: from which year, what would be made, and what would not. Reads
only; `actions.offers.carry` writes."""

from dataclasses import dataclass
from datetime import date

from engagement.models import Offer
from hubportal.accounts.models import User
from hubportal.kit.wording import academic_year
from schools.models import Hub


def target_years(on: date) -> tuple[int, int]:
    """The years into which offers are carried: this one and the next."""
    return academic_year(on), academic_year(on) + 1


@dataclass(frozen=True)
class Candidate:
    """An offer of the earlier year; `obstacle` says why it is not carried, "" where it can be."""

    offer: Offer
    obstacle: str = ""

    @property
    def note(self) -> str:
        """What the person should know of it, as sentences."""
        said = [self.obstacle, "" if self.offer.is_current else "It is not on offer now."]
        if not self.obstacle and (self.offer.begins_on or self.offer.ends_on):
            said.append("Its days are left out: give the new ones afterwards.")
        return " ".join(filter(None, said))


@dataclass(frozen=True)
class Preview:
    """What carrying from one year into another would do."""

    source: int
    into: int
    candidates: list[Candidate]

    @property
    def words(self) -> str:
        return f"{self.into} to {self.into + 1}"

    @property
    def source_words(self) -> str:
        return f"{self.source} to {self.source + 1}"

    @property
    def possible(self) -> list[Offer]:
        return [each.offer for each in self.candidates if not each.obstacle]


def preview(user: User, hub: Hub, into: int) -> Preview | None:
    """From the newest year before `into` in which the hub had offers; None where there is none. Three queries."""
    rows = Offer.objects.visible_to(user).filter(hub=hub)
    source = rows.filter(year__lt=into).order_by("-year").values_list("year", flat=True).first()
    if source is None:
        return None
    there = {title.casefold() for title in rows.filter(year=into).values_list("title", flat=True)}
    offers = rows.filter(year=source).select_related("strand", "carried_to")
    return Preview(source, into, [Candidate(each, _obstacle(each, there)) for each in offers])


def _obstacle(offer: Offer, there: set[str]) -> str:
    later = getattr(offer, "carried_to", None)
    if later is not None:
        return f"Carried into {later.year_words} already."
    return "That year has an offer of this title already." if offer.title.casefold() in there else ""
