"""The two hubs' offers."""

from engagement.models import Offer
from hubportal.demo.words.offers import OfferWords
from hubportal.demo.world import Place, World, chunked


def load_offers(place: Place, world: World, words: tuple[OfferWords, ...]) -> list[Offer]:
    """Insert a hub's offers. One query."""
    return chunked(
        Offer,
        [
            Offer(
                uuid=world.uuid(),
                hub=place.hub,
                title=each.title,
                strand=world.strands[each.strand],
                description=f"{each.description} {place.sentinel}".strip(),
                for_whom=each.for_whom,
                phases=list(each.phases),
                criteria_codes=list(each.criteria),
                delivered_by=each.partner or place.hub.name,
                partner=place.partners.get(each.partner),
                cost=each.cost,
                when=each.when,
                link=f"{place.hub.website}/offers/{each.title.lower().replace(' ', '-').replace(',', '')}",
            )
            for each in words
        ],
    )
