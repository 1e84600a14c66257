"""What a school's own plan and self-evaluation say it needs, for the offers that a hub could make it. Everything starts
at `visible_to(user)`."""

from collections.abc import Iterable
from datetime import date

from engagement.matching import LOW
from engagement.models import Criterion
from engagement.tailoring import KIND, NAMED, OWN_LOW, Wish
from hubportal.accounts.models import User
from hubportal.kit import charts
from hubportal.kit.wording import local, short_date
from schools.access import today
from schools.models import School
from smdp import priorities
from smdp.models import PlanElsewhere, SelfEvaluationVersion
from smdp.querysets.needs import newest_versions
from smdp.querysets.plans import newest_shared
from smdp.sections.second import STRANDS

LONGEST = 80  # characters of a priority in a reason


def wishes_of_the_plan(user: User, school: School) -> Iterable[Wish]:
    """The priorities that are not done: of the version that the school shared last, else of the plan it keeps
    elsewhere. An offer that one names comes first, then the kind of support that it asks for. Two queries at the
    most."""
    version = newest_shared(user).filter(plan__school=school).first()
    values = version.answers.get(priorities.SECTION, {}) if version else _kept_elsewhere(user, school)
    names = dict(STRANDS)
    for row in priorities.rows_in(values):
        if priorities.is_done(row):
            continue
        what = priorities.words_of(row)
        what = what if len(what) <= LONGEST else f"{what[: LONGEST - 1].rstrip()}…"
        if title := row.get("offer", "").strip():
            yield Wish(f"the plan names it for “{what}”", NAMED, title=title)
        elif (strand := row.get("strand", "")) in names:
            kind = f"{names[strand][0].lower()}{names[strand][1:]}"
            yield Wish(f"the plan’s priority “{what}” asks for {kind}", KIND, strand=strand)


def _kept_elsewhere(user: User, school: School) -> priorities.Values:
    """The priorities of the newest plan that a school keeps elsewhere. One query."""
    plan = PlanElsewhere.objects.visible_to(user).in_place(today()).of_school(school).first()
    return plan.priorities if plan else {}


def wishes_of_the_evaluation(user: User, school: School) -> Iterable[Wish]:
    """The criteria that the school judges low in the self-evaluation that it submitted last. Two queries at the
    most."""
    version: SelfEvaluationVersion | None = newest_versions(user).filter(evaluation__school=school).first()
    if version is None:
        return
    low = {code: said["level"] for code, said in version.answers.items() if 0 < (said["level"] or 0) <= LOW}
    if not low:
        return
    titles = dict(Criterion.objects.filter(code__in=low).order_by("pk").values_list("code", "title"))
    on = _day(version)
    for code, level in low.items():
        if code in titles:
            words = f"“{titles[code]}” is {charts.LEVELS[level - 1].lower()} in the self-evaluation of {on}"
            yield Wish(words, OWN_LOW, code)


def _day(version: SelfEvaluationVersion) -> str:
    day: date = local(version.made_at).date()
    return short_date(day, today())
