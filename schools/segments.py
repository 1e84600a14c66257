"""By what an area's schools are told apart: kind, deprivation, setting, size. One expression each, for the figures of a
page and for the list that a figure opens, so that both count the same schools."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from schools.models import School

Phase = School.Phase
# By type code: the register gives most of these no phase. Codes of April 2025 (Get Information about Schools).
SPECIAL = ("7", "8", "12", "33", "36", "44")
ALTERNATIVE = ("14", "38", "42", "43")


@dataclass(frozen=True)
class Segments:
    """One way of telling schools apart. `key` is the filter's name in an address."""

    key: str
    label: str
    names: Mapping[str, str]
    expression: Combinable

    def on(self, schools: QuerySet) -> QuerySet:
        """The schools with `<key>`, the code of the segment that each is in. No further query."""
        return schools.annotate(**{self.key: self.expression})

    def only(self, schools: QuerySet, code: str) -> QuerySet:
        """Those of one segment."""
        return self.on(schools).filter(**{self.key: code})


def _case(*whens: tuple[Q, str], default: str) -> Case:
    return Case(
        *(When(rule, then=Value(code)) for rule, code in whens), default=Value(default), output_field=CharField()
    )


def _bands(field: str, *limits: tuple[int, str], above: str) -> Case:
    return _case(
        (Q(**{f"{field}__isnull": True}), "unknown"),
        *((Q(**{f"{field}__lt": limit}), code) for limit, code in limits),
        default=above,
    )


KIND = Segments(
    "kind",
    "Kind of school",
    {
        "nursery": "Nursery",
        "primary": "Primary",
        "secondary": "Secondary",
        "all-through": "All-through",
        "special": "Special",
        "ap": "Alternative provision",
        "16-plus": "16 plus",
        "college": "Colleges",
        "other": "Other",
    },
    _case(
        (Q(type__is_college=True), "college"),
        (Q(type__code__in=SPECIAL), "special"),
        (Q(type__code__in=ALTERNATIVE), "ap"),
        (Q(phase=Phase.NURSERY), "nursery"),
        (Q(phase__in=[Phase.PRIMARY, Phase.MIDDLE_PRIMARY]), "primary"),
        (Q(phase__in=[Phase.SECONDARY, Phase.MIDDLE_SECONDARY]), "secondary"),
        (Q(phase=Phase.ALL_THROUGH), "all-through"),
        (Q(phase=Phase.POST_16), "16-plus"),
        default="other",
    ),
)
MEALS = Segments(
    "meals",
    "Pupils with free school meals",
    {
        "40": "40% or more",
        "30": "30% to 39.9%",
        "20": "20% to 29.9%",
        "10": "10% to 19.9%",
        "0": "Under 10%",
        "unknown": "Not known",
    },
    _bands("fsm_percentage", (10, "0"), (20, "10"), (30, "20"), (40, "30"), above="40"),
)
SETTING = Segments(
    "setting",
    "Town or country",
    {"rural": "Rural", "urban": "Urban", "unknown": "Not known"},
    _case(
        (Q(urban_rural__icontains="rural"), "rural"), (Q(urban_rural__icontains="urban"), "urban"), default="unknown"
    ),
)
SIZE = Segments(
    "size",
    "Size",
    {
        "0": "Under 100 pupils",
        "100": "100 to 299",
        "300": "300 to 599",
        "600": "600 to 999",
        "1000": "1,000 or more",
        "unknown": "Not known",
    },
    _bands("pupils", (100, "0"), (300, "100"), (600, "300"), (1000, "600"), above="1000"),
)
SEGMENTS = (KIND, MEALS, SETTING, SIZE)
