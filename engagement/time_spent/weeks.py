"""How many weeks of school there were in a term, by the term dates of the authorities that a hub covers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from engagement.time_spent.periods import Period
from hubportal.kit.terms import SchoolTime
from hubportal.kit.wording import listed
from schools.models import Hub, HubArea, TermCalendar


@dataclass(frozen=True)
class SchoolWeeks:
    """The weeks of each term up to a day: the mean of the authorities', where there are several. `known` and `usual`
    name those that have their own dates in the period, and those for which the usual school year stands."""

    on: date
    times: Sequence[SchoolTime] = (SchoolTime(),)
    known: Sequence[str] = ()
    usual: Sequence[str] = ()
    _found: dict[Period, Decimal] = field(default_factory=dict)

    def of(self, term: Period) -> Decimal:
        """Worked out once for each term. No query."""
        if term not in self._found:
            self._found[term] = term.school_weeks(self.on, self.times)
        return self._found[term]

    @property
    def words(self) -> str:
        """ "the term dates of Exampleshire and, for want of any, the usual school year for Brannoc Bay"."""
        if not self.known:
            return "the usual school year, as there are no term dates of your area yet"
        dates = f"the term dates of {listed(self.known)}"
        if len(self.known) + len(self.usual) > 1:
            dates = f"the mean of {dates}"
        if self.usual:
            dates += f" and, as there are none, the usual school year for {listed(self.usual)}"
        return dates


def weeks_of(hub: Hub, period: Period, on: date) -> SchoolWeeks:
    """By the authorities that the hub covers, or covered at the end of the period. Four queries, two where no authority
    has dates."""
    then = min(on, period.last)
    areas = HubArea.objects.filter(hub=hub).current(then).order_by("authority__name")
    names = dict(areas.values_list("authority", "authority__name"))
    years: dict[int, dict] = {pk: {} for pk in names}
    rows = TermCalendar.objects.filter(authority__in=names, year__in=(period.year, period.year + 1))
    for row in rows.prefetch_related("parts", "days_off"):
        if row.authority_id in years:
            years[row.authority_id][row.year] = row.as_year
    return SchoolWeeks(
        on,
        [SchoolTime(found) for found in years.values()] or [SchoolTime()],
        [name for pk, name in names.items() if period.year in years[pk]],
        [name for pk, name in names.items() if period.year not in years[pk]],
    )
