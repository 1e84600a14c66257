"""Plans that schools keep elsewhere: one linked by its school, one brought as a file, one that the hub saw and the school
has not confirmed."""

from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile

from hubportal.accounts.models import User
from hubportal.demo import schooldays
from hubportal.demo.county import MILLBROOK
from hubportal.demo.paper import one_page
from hubportal.demo.world import Place, World
from hubportal.kit.wording import academic_year
from schools.models import Membership, School
from schools.roles import Role
from smdp import priorities
from smdp.actions import elsewhere as actions
from smdp.models import Plan

ROWS = (
    {
        "what": "A choir that meets all year",
        "strand": "provision",
        "ask": "A singing leader on Thursdays",
        "rag": "amber",
    },
    {"what": "Every class teacher is sure of the scheme", "strand": "training", "rag": "green"},
)


class PlansElsewhere:
    """Called after the plans: at schools that have written none here. No dice."""

    def __init__(self, place: Place, world: World) -> None:
        self.place, self.world = place, world
        self.year = academic_year(world.on)

    def load(self) -> None:
        """Some hundred statements."""
        written = Plan.objects.values("school")
        leaders = Membership.objects.filter(role=Role.SCHOOL_LEADER, school__in=self.place.schools.values())
        rows = leaders.exclude(school__in=written).exclude(school__urn=MILLBROOK).select_related("user", "school")
        found = {each.school_id: each for each in rows.order_by("-school__urn", "-pk") if each.school.is_open}
        kinds = (self._linked, self._brought, self._seen)
        for each, keep in zip(sorted(found.values(), key=lambda row: row.school.urn), kinds, strict=False):
            keep(each)

    def _linked(self, leader: Membership) -> None:
        """For three years, from last year on; the hub has reviewed it."""
        year = self.year - 1
        said = self._said(year, years=3, url=f"https://school{leader.school.urn}.example/our-plan")
        plan = actions.record(school=leader.school, said=said, by=leader.user, at=self._at(50))
        officer = self._officer(leader.school)
        words = f"{self._word}Clear about who does what, and by when."
        suggestions = f"{self._word}Say how you will know that the choir has changed something."
        actions.advise(plan=plan, strengths=words, suggestions=suggestions, by=officer, at=self._at(40))

    def _brought(self, leader: Membership) -> None:
        words = (
            leader.school.name,
            f"Music development plan {self.year} to {self.year + 1}",
            f"{self._word}Sing more.",
        )
        file = ContentFile(one_page(*words), name="Music development plan.pdf")
        said = self._said(self.year, years=1)
        actions.record(school=leader.school, said=said, file=file, by=leader.user, at=self._at(25))

    def _seen(self, leader: Membership) -> None:
        """By an officer on a visit."""
        at = self._at(12)
        said = actions.Said(year=self.year, years=1, review_on=date(self.year + 1, 6, 30))
        officer = self._officer(leader.school)
        actions.record(school=leader.school, said=said, seen_on=at.date(), by=officer, at=at)

    @property
    def _word(self) -> str:
        return f"{self.place.sentinel} " if self.place.sentinel else ""

    def _said(self, year: int, *, years: int, url: str = "") -> actions.Said:
        rows = [{name: words.replace("A choir", f"{self._word}A choir") for name, words in row.items()} for row in ROWS]
        return actions.Said(
            year=year,
            years=years,
            review_on=date(self.year + 1, 7, 1),
            adopted_on=date(year, 9, 18),
            url=url,
            priorities=dict(priorities.values_of(rows)),
        )

    def _officer(self, school: School) -> User:
        return self.place.owners.get(school.pk, self.place.officers[0])

    def _at(self, ago: int) -> datetime:
        return self.world.at(schooldays.on_or_before(self.world.on - timedelta(days=ago)), 11)
