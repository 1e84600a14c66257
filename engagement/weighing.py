"""What of a school makes a thing on the worklist urgent, and whose school it is: read for all of them at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from engagement.scoring import HIGH_NEED, RULES
from hubportal.accounts.models import User
from hubportal.kit.terms import DAY, SchoolTime
from hubportal.kit.wording import academic_year
from schools.models import EngagementYear, HubArea, Relationship, School
from schools.term_dates import calendars_at

MOST_WEEKS = RULES["school_weeks"].times + 1  # more weigh no more


@dataclass
class About:
    """One school as its hub meets it: `last_year` is the last academic year with any engagement."""

    hub_id: int | None = None
    owner_id: int | None = None
    attempts: int = 0
    meals: int | None = None
    last_year: int | None = None
    disengaged_years: int = 2  # completed ones without any engagement: historically disengaged, as its hub says

    def marks(self, on: date) -> dict[str, int]:
        """What of the school makes a thing urgent."""
        found, year = {}, academic_year(on)
        if self.last_year is None:
            found["never"] = 1
        elif self.last_year < year - self.disengaged_years:
            found["disengaged"] = self.disengaged_years
        if self.attempts:
            found["silent"] = self.attempts
        if self.meals is not None and self.meals >= HIGH_NEED:
            found["need"] = self.meals
        return found


def about(user: User, school_ids: Collection[int], on: date) -> dict[int, About]:
    """The schools as the hub that covers them now knows them, as far as the person sees it. Four queries."""
    seen = School.objects.visible_to(user, on).filter(pk__among=school_ids)
    areas = HubArea.objects.visible_to(user).current(on).values_list("authority_id", "hub_id", "hub__disengaged_years")
    hubs = {authority: (hub, years) for authority, hub, years in areas}
    found = {}
    for pk, authority, meals in seen.order_by().values_list("pk", "authority_id", "fsm_percentage"):
        found[pk] = About(meals=None if meals is None else int(meals))
        if authority in hubs:
            found[pk].hub_id, found[pk].disengaged_years = hubs[authority]
    kept = Relationship.objects.visible_to(user, on).filter(school__among=school_ids)
    for pk, hub, owner, attempts in kept.values_list("school_id", "hub_id", "owner_id", "attempts_since"):
        if pk in found and found[pk].hub_id == hub:
            found[pk].owner_id, found[pk].attempts = owner, attempts
    years = EngagementYear.objects.visible_to(user, on).filter(school__among=school_ids, engaged_on__lte=on)
    last = years.order_by().values("school_id", "hub_id").annotate(last=Max("year"))
    for pk, hub, year in last.values_list("school_id", "hub_id", "last"):
        if pk in found and found[pk].hub_id == hub:
            found[pk].last_year = year
    return found


def school_weeks(user: User, since: Iterable[tuple[int, date]], on: date) -> dict[tuple[int, date], int]:
    """How many weeks of school lie between a day and today, for each school and day. Holidays are no silence. Counted
    once for all schools that keep the same terms and all days of a week, and no further than weighs. Five queries."""
    pairs = set(since)
    schools = School.objects.visible_to(user, on).filter(pk__among={pk for pk, _ in pairs}).order_by()
    calendars = calendars_at(schools.values_list("pk", "authority_id", named=True), on)
    known: dict[tuple[tuple[int, ...], date], int] = {}
    found = {}
    for pk, day in pairs:
        held = calendars.get(pk, [])
        alike = (tuple(each.pk for each in held), day - day.weekday() * DAY)
        if alike not in known:
            time = SchoolTime({each.year: each.as_year for each in held})
            known[alike] = time.weeks_between(day, on, most=MOST_WEEKS)
        found[pk, day] = known[alike]
    return found
