"""Which offers answer what a school needs: its phase, and the criteria on which it stands low. No queries."""

from collections.abc import Iterable

from engagement.models import Offer
from schools.models import School

# Of four levels, "emerging": an offer that answers a criterion standing there or below is worth naming.
LOW = 2
# A school of a phase also suits an offer made for these.
NEAR_PHASES = {
    School.Phase.MIDDLE_PRIMARY: {School.Phase.PRIMARY},
    School.Phase.MIDDLE_SECONDARY: {School.Phase.SECONDARY},
    School.Phase.ALL_THROUGH: {School.Phase.PRIMARY, School.Phase.SECONDARY},
}


def phases_of(school: School) -> set[str]:
    """Phase codes whose offers suit a school. A special school or unit has no phase of its own: its ages say which."""
    phases = {str(school.phase)} | {str(near) for near in NEAR_PHASES.get(School.Phase(school.phase), ())}
    if school.phase == School.Phase.NOT_APPLICABLE:
        low, high = school.low_age, school.high_age
        phases |= {School.Phase.PRIMARY.value} if low is None or low < 11 else set()
        phases |= {School.Phase.SECONDARY.value} if high is None or high > 11 else set()
    return phases


def suits(offer: Offer, phases: set[str]) -> bool:
    """Whether an offer is for one of these phases; an offer that names none is for every phase."""
    return not offer.phases or bool(phases & set(offer.phases))


def offers_for(school: School, criterion_code: str, offers: Iterable[Offer]) -> list[Offer]:
    """Of these offers, those that answer a criterion and suit the school's phase, in the order given."""
    phases = phases_of(school)
    return [each for each in offers if criterion_code in each.criteria_codes and suits(each, phases)]
