"""The hours of the invented hubs' people, as their managers entered them once a term."""

from decimal import Decimal

from engagement.colleagues import members_of
from engagement.models import TermHours
from engagement.time_spent.periods import Period, term_at
from hubportal.demo.world import Place, World
from hubportal.kit.wording import academic_year

# Employed and teaching, in hours a week; a manager's come first.
CONTRACTS = (("37", "0"), ("37", "4"), ("22.5", "6"), ("30", "12"), ("18", "9"))
NOT_YET = 2  # this person's hours of the current term nobody has entered


def load(place: Place, world: World) -> None:
    """The terms of this year and the one before, of everybody but one. Two statements."""
    people = sorted(members_of(place.hub), key=lambda held: held.pk)
    year = academic_year(world.on)
    terms = [term for each in (year - 1, year) for term in Period(each).begun(world.on)]
    now = term_at(world.on)
    TermHours.objects.bulk_create(
        TermHours(
            hub=place.hub, person=held.user, year=term.year, term=term.term, employed=Decimal(employed),
            teaching=Decimal(teaching), entered_by=place.manager, entered_at=world.at(term.first, 16, 20),
        )
        for number, held in enumerate(people)
        for term in terms
        for employed, teaching in [CONTRACTS[number % len(CONTRACTS)]]
        if number != NOT_YET or term != now
    )  # fmt: skip
