"""What a target can measure of a school. A room registers its own in `AppConfig.ready()`:

class CurrentPlan(Measure): ...
measures.register(CurrentPlan())
"""

from abc import ABC, abstractmethod
from datetime import date

from engagement.due import Contact, RulesThroughTheYears
from engagement.models import ContactRules, ConversationPart
from hubportal.accounts.models import User
from hubportal.kit.wording import academic_year
from schools.dated_facts import year_of
from schools.models import Hub
from schools.querysets import SchoolQuerySet


class Measure(ABC):
    """Whether a school meets it on a day. `knows_the_past`: an earlier day can be asked about."""

    key = ""  # in records: never changes
    label = ""  # "Engaged in the academic year"
    met, not_met = "", ""  # what is said of a school
    knows_the_past = True

    @abstractmethod
    def meeting(self, *, hub: Hub, user: User, schools: SchoolQuerySet, on: date) -> set[int]:
        """The ids of those of the schools, which the person sees, that meet it on a day. A few queries."""


class Engaged(Measure):
    """By the hub's rules of the year, up to the day."""

    key, label = "engaged", "Engaged in the academic year"
    met, not_met = "Engaged", "Not engaged yet"
    codes: tuple[str, ...] = ("engaged", "several")

    def meeting(self, *, hub: Hub, user: User, schools: SchoolQuerySet, on: date) -> set[int]:
        found = schools.with_engagement(user, as_at=on).filter(engagement__in=self.codes)
        return set(found.order_by().values_list("pk", flat=True))


class EngagedSeveral(Engaged):
    key, label = "several", "Engaged in two or more ways in the academic year"
    met, not_met = "Engaged in two or more ways", "Not in two ways yet"
    codes = ("several",)


class ConversationThisYear(Measure):
    """A conversation that counts by the hub's rules, in the academic year, up to the day."""

    key, label = "conversation", "A conversation that counts in the academic year"
    met, not_met = "Talked this year", "No conversation this year yet"

    def meeting(self, *, hub: Hub, user: User, schools: SchoolQuerySet, on: date) -> set[int]:
        rules = RulesThroughTheYears(ContactRules.objects.for_hub(hub))
        first, _ = year_of(academic_year(on))
        rows = ConversationPart.objects.visible_to(user).filter(
            conversation__hub=hub,
            conversation__state="logged",
            conversation__date__range=(first, on),
            conversation__received_from=None,
            school__in=schools.order_by().values("pk"),
            is_filled=True,
            withdrawn_at=None,
        )
        named = rows.values_list("school", *(f"conversation__{name}" for name in ("date", "kind", "how")))
        return {school for school, day, kind, how in named if rules.count(Contact(day, kind, how))}


_measures: dict[str, Measure] = {}


def register(measure: Measure) -> None:
    _measures[measure.key] = measure


def measures() -> dict[str, Measure]:
    """All, by their keys, in the order in which the rooms registered them."""
    return _measures


MEASURES = (Engaged(), EngagedSeveral(), ConversationThisYear())
