"""Which offers suit a school: by its phase, its kind and its size; and which answer a criterion. No queries where the
school comes with its type."""

from collections.abc import Iterable

from engagement.models import Offer
from schools.models import School
from schools.segments import ALTERNATIVE, SPECIAL

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


def type_of(school: School) -> Offer.Type:
    """Which kind of school it is, by its type in the register. One query where that is not at hand."""
    kind = school.type
    if kind.is_college:
        return Offer.Type.COLLEGE
    if kind.code in SPECIAL:
        return Offer.Type.SPECIAL
    if kind.code in ALTERNATIVE:
        return Offer.Type.ALTERNATIVE
    if kind.is_state_funded:
        return Offer.Type.MAINSTREAM
    return Offer.Type.INDEPENDENT if "independent" in kind.name.lower() else Offer.Type.OTHER


def suits(offer: Offer, school: School) -> bool:
    """Whether an offer is for schools of this phase, kind and size. An offer that names none is for all; a school whose
    size nobody knows suits every size."""
    if offer.phases and not phases_of(school) & set(offer.phases):
        return False
    if offer.types and type_of(school) not in offer.types:
        return False
    return school.pupils is None or (offer.fewest_pupils or 0) <= school.pupils <= (offer.most_pupils or school.pupils)


def offers_for(school: School, criterion_code: str, offers: Iterable[Offer]) -> list[Offer]:
    """Of these offers, those that answer a criterion and suit the school, in the order given."""
    return [each for each in offers if criterion_code in each.criteria_codes and suits(each, school)]
