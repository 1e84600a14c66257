"""What a hub has reminded its schools of by email, with one press each: their plan five weeks ago, their summary last
week."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from hubportal.accounts.models import User
from hubportal.demo import schooldays
from hubportal.demo.words import plans as words
from hubportal.demo.world import Place, World
from schools.models import School
from smdp.actions import plan_reminders, sending
from smdp.models import PlanReminder
from smdp.querysets import PlanPlace, SummaryState, with_plan, with_summary

MOST = 5  # schools with one press


class Reminders:
    """Called after plans and summaries. Its dice are its own, so that the rest of the county stays as it is."""

    def __init__(self, place: Place, world: World) -> None:
        self.place, self.world = place, world
        self.rng = Random(f"reminders {place.hub.slug} {world.seed}")

    def load(self) -> None:
        """Some twenty statements a school."""
        by = self.place.manager
        schools = School.objects.filter(pk__in=[each.pk for each in self.place.schools.values()])
        known = with_summary(with_plan(schools.schools().state_funded().open(), by, self.world.on), self.world.on)
        known = known.order_by("urn")
        without = known.filter(plan_place=PlanPlace.NONE)
        unpublished = known.filter(plan_place=PlanPlace.ADOPTED, summary_state=SummaryState.NONE)
        self._remind(list(without[:MOST]), PlanReminder.About.PLAN, self._at(35), by=by)
        officer = self.place.officers[0]
        self._remind(list(unpublished[:MOST]), PlanReminder.About.SUMMARY, self._at(6), by=officer)

    def _remind(self, schools: list[School], about: str, at: datetime, *, by: User) -> None:
        """Written down as sent: no email goes."""
        end = f" {self.place.sentinel}." if self.place.sentinel else ""
        said = f"{words.REMINDED[about]}{end}"
        batch = UUID(int=self.rng.getrandbits(128), version=4)
        for row in plan_reminders.remind(schools=schools, about=about, words=said, batch=batch, by=by, at=at):
            sending.note_sent(row, at=at + timedelta(minutes=1))

    def _at(self, ago: int) -> datetime:
        return self.world.at(schooldays.on_or_before(self.world.on - timedelta(days=ago)), 9)
