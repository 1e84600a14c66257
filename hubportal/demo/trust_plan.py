"""The Larkrise trust's plan: shared with its schools, confirmed by some, and shared again."""

from datetime import datetime, timedelta

from hubportal.demo import schooldays
from hubportal.demo.ground import larkrise
from hubportal.demo.words import trust_plan as words
from hubportal.demo.world import World
from hubportal.kit import drafts
from hubportal.kit.wording import academic_year
from schools.models import Membership
from schools.roles import Role
from smdp.actions import plans, trust_plans
from smdp.models import Plan, PlanVersion, TrustPlan
from smdp.trusts import writing as trust_writing
from smdp.trusts.mirroring import mirror_of


class TrustPlans:
    """Called after the schools' plans. It throws no dice."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.trust = larkrise()
        self.leader = Membership.objects.select_related("user").get(role=Role.TRUST_LEADER, trust=self.trust).user

    def load(self) -> None:
        """Some two hundred statements."""
        begun, year = self._day(16), academic_year(self.world.on)
        plan = trust_plans.begin(trust=self.trust, year=year, years=2, by=self.leader, at=begun)
        self._write(plan, words.FIRST, ago=15)
        trust_plans.share(plan=plan, asks=True, with_hubs=False, by=self.leader, at=self._day(12))
        schools = self.trust.trust_schools.filter(left_on=None).values("school")
        theirs = Plan.objects.standing().filter(school__in=schools, year=year)
        for at, school_plan in enumerate(theirs.select_related("school__type", "begun_by").order_by("school__urn")):
            self._confirm(school_plan, all_of_it=at % 2 == 0)
        adopted = PlanVersion.objects.filter(why="adopted", plan__in=theirs).order_by("plan__school__urn").first()
        if adopted:
            trust_plans.lift(plan=plan, source=adopted, row=0, by=self.leader, at=self._day(5))
        self._write(plan, words.LATER, ago=4)
        trust_plans.share(plan=plan, asks=True, with_hubs=False, by=self.leader, at=self._day(3))

    def _confirm(self, plan: Plan, *, all_of_it: bool) -> None:
        """The head confirms it; whoever confirmed all and has shared the plan before shares it anew, with the trust's
        words in it."""
        mirror = mirror_of(plan)
        if mirror is None:
            return
        for key in list(mirror.chapters)[: None if all_of_it else 1]:
            trust_plans.confirm(plan=plan, key=key, seen=str(mirror.version.uuid), by=plan.begun_by, at=self._day(9))
        if all_of_it and plan.versions.exists():
            plans.share(plan=plan, by=plan.begun_by, at=self._day(8))

    def _day(self, ago: int) -> datetime:
        return self.world.at(schooldays.on_or_before(self.world.on - timedelta(days=ago)), 11)

    def _write(self, plan: TrustPlan, said: dict[str, dict[str, str]], *, ago: int) -> None:
        """As the sections' pages would."""
        rows = trust_writing.drafts_of(plan)
        for key, values in said.items():
            drafts.save(
                draft=rows[key], base_revision=rows[key].revision, values=values, by=self.leader, at=self._day(ago)
            )
