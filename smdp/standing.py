"""How many schools stand where with their plans and their public summaries: the picture above the list of plans."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from smdp.querysets import PlanPlace, SummaryState


@dataclass(frozen=True, slots=True)
class Standing:
    """So many schools, and the query string of the list that shows them."""

    words: str
    number: int
    query: str


def standings(schools: QuerySet) -> list[tuple[str, list[Standing]]]:
    """Of plans, then of summaries, every state that a school is in, with how many. `schools` come from `with_plan` and
    `with_summary`. One query."""
    plans: Counter[str] = Counter()
    summaries: Counter[str] = Counter()
    rows = schools.order_by().values_list("plan_place", "summary_state").annotate(number=Count("pk"))
    for place, state, number in rows:
        plans[place] += number
        summaries[state] += number
    return [
        ("Plans", [Standing(each.label, plans[each], f"?plan={each.value}") for each in PlanPlace if plans[each]]),
        (
            "Public summaries",
            [
                Standing(each.label, summaries[each], f"?summary={each.value}")
                for each in SummaryState
                if summaries[each]
            ],
        ),
    ]
