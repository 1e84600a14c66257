"""Which of a trust's schools have confirmed what its plan says."""

from dataclasses import dataclass

from hubportal.accounts.models import User
from schools.access import today
from schools.models import School
from smdp.asking import settings_of
from smdp.models import Plan, TrustConfirmation, TrustPlanVersion
from smdp.trusts.mirroring import chapters_of, confirms


@dataclass(frozen=True)
class SchoolSays:
    """One school: its plan of these years (None where it has begun none), how many sections it was shown and how many
    of them it confirmed, and who did."""

    school: School
    plan: Plan | None
    shown: int
    confirmations: list[TrustConfirmation]

    @property
    def words(self) -> str:
        if self.plan is None:
            return "No plan of these years yet"
        return f"{len(self.confirmations)} of {self.shown} sections confirmed"

    @property
    def last(self) -> TrustConfirmation | None:
        return self.confirmations[0] if self.confirmations else None


def schools_of(user: User, version: TrustPlanVersion) -> list[SchoolSays]:
    """The trust's open schools, by name, with what they confirmed of a version, as far as the person may see it. Three
    queries."""
    trust_plan = version.plan
    rows = School.objects.visible_to(user).in_trusts({trust_plan.trust_id}, today()).open()
    schools = list(rows.select_related("type").order_by("name_key", "pk"))
    plans = Plan.objects.visible_to(user).standing().filter(school__in=schools)
    mine: dict[int, Plan] = {}
    for plan in plans.order_by("year"):  # the newest of those that share a year with the trust's
        if plan.year < trust_plan.year + trust_plan.years and trust_plan.year < plan.year + plan.years:
            mine[plan.school_id] = plan
    said = TrustConfirmation.objects.visible_to(user).filter(plan__in=[plan.pk for plan in mine.values()])
    confirmed: dict[int, dict[str, TrustConfirmation]] = {}
    for each in said.select_related("by", "version"):
        if confirms(each, version):
            confirmed.setdefault(each.plan_id, {}).setdefault(each.key, each)
    found = []
    for school in schools:
        own, shown = mine.get(school.pk), chapters_of(version, settings_of(school))
        given = confirmed.get(own.pk, {}) if own else {}
        found.append(SchoolSays(school, own, len(shown), [each for key, each in given.items() if key in shown]))
    return found
