"""How the priorities of plans go: what Millbrook noted last year, and what other schools have noted since they adopted
theirs."""

from datetime import datetime, timedelta

from hubportal.demo import schooldays
from hubportal.demo.county import MILLBROOK
from hubportal.demo.words import plans as words
from hubportal.demo.world import Place, World
from smdp.actions import notes as actions
from smdp.actions.notes import Said
from smdp.models import PlanVersion


class CheckIns:
    """Called after the plans. No dice."""

    def __init__(self, place: Place, world: World) -> None:
        self.place, self.world = place, world

    def load(self) -> None:
        """Some ten statements a plan."""
        rows = PlanVersion.objects.filter(why=PlanVersion.Why.ADOPTED, plan__school__in=self.place.schools.values())
        versions = list(rows.select_related("plan__school", "made_by").order_by("plan__school__urn"))
        for at, version in enumerate(each for each in versions if each.plan.school.urn != MILLBROOK):
            if at % 3 == 0:
                self._check_in(version)
            elif at % 3 == 1:
                actions.note(version=version, said=Said(0, *self._note), by=version.made_by, at=self._at(6))
        for version in versions:
            if version.plan.school.urn == MILLBROOK:
                self._millbrook(version)

    def _check_in(self, version: PlanVersion) -> None:
        said, changed = [Said(0, *self._note)], f"{words.CHANGED}{self._end}"
        actions.check_in(version=version, said=said, changed=changed, by=version.made_by, at=self._at(4))

    def _millbrook(self, version: PlanVersion) -> None:
        """Gone through in February, and noted once more in June."""
        start, head = schooldays.last_years_start(self.world.on), version.made_by
        then = self.world.at(schooldays.on_or_after(start + timedelta(days=160)), 15)
        actions.check_in(
            version=version,
            said=[Said(row, *each) for row, each in enumerate(words.NOTES_OF_MILLBROOK)],
            changed=words.CHANGED_AT_MILLBROOK,
            help=words.HELP_FOR_MILLBROOK,
            by=head,
            at=then,
        )
        later = self.world.at(schooldays.on_or_after(start + timedelta(days=285)), 9)
        actions.note(version=version, said=Said(2, *words.LATER_AT_MILLBROOK), by=head, at=later)

    @property
    def _end(self) -> str:
        return f" {self.place.sentinel}." if self.place.sentinel else ""

    @property
    def _note(self) -> tuple[str, str]:
        rag, text = words.NOTE
        return rag, f"{text}{self._end}"

    def _at(self, ago: int) -> datetime:
        return self.world.at(schooldays.on_or_before(self.world.on - timedelta(days=ago)), 14)
