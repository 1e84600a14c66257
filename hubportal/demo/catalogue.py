"""The two hubs' offers, and their pages for schools."""

from datetime import timedelta
from random import Random
from uuid import UUID

from engagement.models import Guide, Offer
from hubportal.demo.words.offers import DETAILS, LAST_YEAR, LAST_YEAR_ALONE, LATER_OFFERS, OfferWords
from hubportal.demo.world import Place, World, chunked
from hubportal.kit.wording import academic_year

CHECKED = {"pupil-premium": 40, "ofsted": 430}  # days ago; nobody has checked the others


def load_offers(place: Place, world: World, words: tuple[OfferWords, ...]) -> list[Offer]:
    """Insert a hub's offers. One query."""
    year = academic_year(world.on)
    return chunked(Offer, [_offer(place, world, each, world.uuid(), year) for each in words])


def load_years(place: Place, world: World) -> None:
    """What joined the first hub's catalogue later, what it offered last year, and its own words of two pages for
    schools. Called late: its dice are its own, so that the rest of the county stays as it is. About six queries."""
    rng = Random(f"catalogue {place.hub.slug} {world.seed}")
    year = academic_year(world.on)

    def make(words: OfferWords, in_year: int) -> Offer:
        return _offer(place, world, words, UUID(int=rng.getrandbits(128), version=4), in_year)

    chunked(Offer, [make(each, year) for each in LATER_OFFERS])
    before = []
    for offer in Offer.objects.filter(hub=place.hub, year=year, title__in=LAST_YEAR).select_related("strand"):
        words = OfferWords(
            offer.title, offer.strand.code, offer.description, offer.for_whom, tuple(offer.criteria_codes),
            LAST_YEAR[offer.title], phases=tuple(offer.phases), when=offer.when,
        )  # fmt: skip
        row = make(words, year - 1)
        row.partner, row.delivered_by = offer.partner, offer.delivered_by
        row.save()
        offer.carried_from = row
        before.append(offer)
    Offer.objects.bulk_update(before, ["carried_from"])
    chunked(Offer, [make(LAST_YEAR_ALONE, year - 1)])
    for guide in Guide.objects.filter(hub=None, code__in=CHECKED):
        guide.pk, guide.hub = None, place.hub
        guide.uuid = UUID(int=rng.getrandbits(128), version=4)
        guide.checked_on = world.on - timedelta(days=CHECKED[guide.code])
        guide.save(force_insert=True)


def _offer(place: Place, world: World, each: OfferWords, uuid: UUID, year: int) -> Offer:
    details = {**DETAILS.get(each.title, {})}
    details.setdefault("cost", each.cost)
    if year != academic_year(world.on):
        details["cost"] = each.cost
    return Offer(
        uuid=uuid,
        hub=place.hub,
        year=year,
        opened_on=world.on.replace(year=year, month=9, day=1),
        title=each.title,
        strand=world.strands[each.strand],
        description=f"{each.description} {place.sentinel}".strip(),
        for_whom=each.for_whom,
        phases=list(each.phases),
        criteria_codes=list(each.criteria),
        delivered_by=each.partner or place.hub.name,
        partner=place.partners.get(each.partner),
        when=each.when,
        link=f"{place.hub.website}/offers/{each.title.lower().replace(' ', '-').replace(',', '')}",
        **details,
    )
