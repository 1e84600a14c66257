"""What everybody may read of a hub's catalogue: what is on offer now, by phase and by need."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from engagement import offering
from engagement.models import Guide, Offer
from schools.models import Hub


@dataclass(frozen=True)
class Choice:
    """A phase or a need, and how many offers are for it."""

    code: str
    words: str
    number: int
    is_chosen: bool = False


@dataclass(frozen=True)
class Listing:
    """The offers of a hub's public page, and by what they can be narrowed down."""

    offers: list[Offer]
    phases: list[Choice]
    needs: list[Choice]
    total: int

    @property
    def by_kind(self) -> list[tuple[str, list[Offer]]]:
        """In the order of the kinds of support."""
        found: dict[str, list[Offer]] = {}
        for each in self.offers:
            found.setdefault(str(each.strand), []).append(each)
        return list(found.items())

    @property
    def chosen(self) -> list[Choice]:
        return [each for each in (*self.phases, *self.needs) if each.is_chosen]


def listing_of(hub: Hub, on: date, *, phase: str = "", need: str = "") -> Listing:
    """What is on offer on a day, for one phase and one need where these are known. Three queries."""
    rows = list(_current(hub, on))
    titles = {each.code: each.title for each in offering.criteria_for(hub, on)}
    phases, needs = dict(offering.PHASES), titles
    of_phase = {code: [each for each in rows if not each.phases or code in each.phases] for code in phases}
    of_need = {code: [each for each in rows if code in each.criteria_codes] for code in needs}
    shown = rows
    if phase in phases:
        shown = [each for each in shown if each in of_phase[phase]]
    if need in needs:
        shown = [each for each in shown if each in of_need[need]]
    return Listing(
        offers=shown,
        phases=[Choice(code, str(words), len(of_phase[code]), code == phase) for code, words in phases.items()],
        needs=[Choice(code, words, len(of_need[code]), code == need) for code, words in needs.items() if of_need[code]],
        total=len(rows),
    )


def offer_at(hub: Hub, uuid: UUID, on: date) -> Offer | None:
    """One that is on offer on a day. One query."""
    return _current(hub, on).filter(uuid=uuid).first()


def guides_of(hub: Hub) -> list[Guide]:
    """The pages for schools as the hub has them. One query."""
    return list(Guide.objects.for_hub(hub))


def guide_at(hub: Hub, code: str) -> Guide | None:
    """One of them. One query."""
    return next((each for each in Guide.objects.for_hub(hub) if each.code == code), None)


def answers_of(offer: Offer, on: date) -> list[str]:
    """What an offer answers, by title. Two queries."""
    return offering.titles_of(offer, {each.code: each.title for each in offering.criteria_for(offer.hub, on)})


def _current(hub: Hub, on: date) -> QuerySet:
    rows = Offer.objects.filter(hub=hub).current(on).order_by("strand__position", "title", "year")
    return rows.select_related("strand", "partner", "organisation", "hub")
