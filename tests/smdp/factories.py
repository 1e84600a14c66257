"""Plans and self-evaluations of all kinds, written as their pages write them."""

from datetime import datetime
from typing import Any

from hubportal.accounts.models import User
from hubportal.kit import drafts
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.models import School
from smdp import evaluating, writing
from smdp.actions import evaluations
from smdp.actions import plans as actions
from smdp.models import Plan, PlanReview, SelfEvaluation

FEATURES = ("hour", "lessons", "choir", "ensemble", "space", "performance", "live")


def make_plan(school: School, *, by: User, year: int | None = None, at: datetime | None = None) -> Plan:
    """A plan of this academic year, with nothing written in it."""
    return actions.begin(school=school, year=year or academic_year(today()), by=by, at=at)


def write(plan: Plan, key: str, *, by: User, **values: Any) -> None:
    """Type into a section, upon what stands there."""
    draft = writing.drafts_of(plan)[key]
    drafts.save(draft=draft, base_revision=draft.revision, values=values, by=by)


def fill(plan: Plan, *, by: User, word: str = "Every child sings") -> Plan:
    """Answer everything that must be answered before a plan is shared, with the word in each text."""
    write(plan, "overview", by=by, music_lead=f"Tom {word}")
    write(plan, "vision", by=by, vision=f"{word} vision")
    write(plan, "curriculum", by=by, taught=f"{word} taught")
    write(plan, "features", by=by, **dict.fromkeys(FEATURES, "partly"))
    write(plan, "inclusion", by=by, send=f"{word} send")
    write(plan, "staffing", by=by, staff=f"{word} staff")
    write(plan, "leadership", by=by, leadership=f"{word} leadership")
    return plan


def review_words(review: PlanReview, *, by: User, **values: Any) -> None:
    """Type into a review, upon what stands there."""
    draft = writing.review_draft_of(review)
    drafts.save(draft=draft, base_revision=draft.revision, values=values, by=by)


def make_evaluation(school: School, *, by: User, year: int | None = None, at: datetime | None = None) -> SelfEvaluation:
    """A self-evaluation of this academic year, with nothing written in it."""
    return evaluations.begin(school=school, year=academic_year(today()) if year is None else year, by=by, at=at)


def answer(evaluation: SelfEvaluation, code: str, level: int | None, evidence: str = "", *, by: User) -> SelfEvaluation:
    """Type what a school says of one criterion, upon what stands there."""
    draft = evaluating.draft_of(evaluation)
    assert draft is not None
    values = {f"{code}-level": str(level or ""), f"{code}-evidence": evidence}
    drafts.save(draft=draft, base_revision=draft.revision, values=values, by=by)
    return evaluation
