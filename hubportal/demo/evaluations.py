"""Self-evaluations of the schools whose leaders have an account: last year's, and this year's as far as it is."""

from datetime import datetime, timedelta
from random import Random

from hubportal.accounts.models import User
from hubportal.demo import schooldays
from hubportal.demo.county import MILLBROOK
from hubportal.demo.words import evaluations as words
from hubportal.demo.world import Place, World
from hubportal.kit import drafts
from hubportal.kit.wording import academic_year
from schools.models import Membership, School
from schools.roles import Role
from smdp.actions import evaluations as actions
from smdp.evaluations import evaluating
from smdp.models import SelfEvaluation


class SelfEvaluations:
    """Called after the plans: its dice are its own, so that the rest of the county stays as it is."""

    def __init__(self, place: Place, world: World) -> None:
        self.place, self.world = place, world
        self.rng = Random(f"self-evaluations {place.hub.slug} {world.seed}")
        self.year = academic_year(world.on)

    def load(self) -> None:
        """Some forty statements an evaluation."""
        leaders = Membership.objects.filter(role=Role.SCHOOL_LEADER, school__in=self.place.schools.values())
        for each in leaders.select_related("user", "school__type").order_by("school__urn", "pk"):
            if not each.school.is_open or each.school.urn == MILLBROOK:
                continue
            fate = self.rng.choices(("none", "begun", "last", "both"), (3, 2, 2, 5))[0]
            levels = {code: self.rng.choices((1, 2, 3, 4), (2, 4, 4, 1))[0] for code in self.world.criteria}
            if fate in ("last", "both"):
                self._year(each.school, each.user, levels, ago=0, is_last=True)
            if fate in ("begun", "both"):
                levels = {code: max(1, min(4, level + self._step())) for code, level in levels.items()}
                self._year(each.school, each.user, levels, ago=self.rng.randint(20, 60), submit=fate == "both")
        if MILLBROOK in self.place.schools:
            self._millbrook(self.place.schools[MILLBROOK])

    def _step(self) -> int:
        return self.rng.choices((-1, 0, 1), (1, 5, 3))[0]

    def _year(
        self,
        school: School,
        head: User,
        levels: dict[str, int],
        *,
        ago: int,
        is_last: bool = False,
        submit: bool = True,
    ) -> None:
        begun = self._last_spring() if is_last else self._day(ago)
        row = actions.begin(school=school, year=self.year - is_last, by=head, at=begun)
        chosen = levels if submit else dict(list(levels.items())[:9])
        self._write(row, words.of_a_school(self.rng, chosen, self.place.sentinel), by=head, at=begun)
        if submit:
            actions.submit(evaluation=row, by=head, at=begun + timedelta(days=7))

    def _millbrook(self, school: School) -> None:
        """Last year's, submitted; this year's begun by the music lead, with levels that the conversation suggests."""
        people = {
            each.role: each.user
            for each in Membership.objects.filter(school=school).select_related("user").order_by("pk")
        }
        head, lead = people[Role.SCHOOL_LEADER], people[Role.SCHOOL_EDITOR]
        then = self._last_spring()
        last = actions.begin(school=school, year=self.year - 1, by=head, at=then)
        self._write(last, words.millbrook(last_year=True), by=lead, at=then)
        actions.submit(evaluation=last, by=head, at=then + timedelta(days=7))
        begun = self._day(6)
        row = actions.begin(school=school, year=self.year, by=lead, at=begun)
        self._write(row, words.millbrook(last_year=False), by=lead, at=begun)

    def _last_spring(self) -> datetime:
        start = schooldays.last_years_start(self.world.on)
        return self.world.at(schooldays.on_or_after(start + timedelta(days=200)), 15)

    def _day(self, ago: int) -> datetime:
        return self.world.at(schooldays.on_or_before(self.world.on - timedelta(days=ago)), 10)

    def _write(self, row: SelfEvaluation, said: dict[str, str], *, by: User, at: datetime) -> None:
        """As its page would."""
        draft = evaluating.draft_of(row)
        if draft is not None:
            drafts.save(draft=draft, base_revision=draft.revision, values=said, by=by, at=at + timedelta(hours=2))
