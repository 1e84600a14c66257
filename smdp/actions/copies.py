"""A plan's likes at the schools that came out of the one that wrote it, and taken away again."""

import hashlib
from uuid import uuid4

from hubportal.kit import drafts
from hubportal.kit.models import Draft
from schools.models import School
from schools.succession import is_referred_to, mark_of
from smdp.models import Plan, PlanSection


def copy(*, plan: Plan, school: School) -> Plan:
    """A plan of the other school for the same years, being written, that says what this one says, with its saved states
    and the choices still to make. Files, comments, versions and reviews stay with the school that they are of. Some
    eight statements a section, in the caller's transaction."""
    made = Plan.objects.create(
        school=school,
        year=plan.year,
        years=plan.years,
        specification=plan.specification,
        own_questions=plan.own_questions,
        unplaced=plan.unplaced,
        begun_by=plan.begun_by,
        begun_at=plan.begun_at,
    )
    for section in plan.sections.select_related("draft").order_by("pk"):
        entered = {"entered_by_id": section.entered_by_id, "entered_at": section.entered_at}
        PlanSection.objects.create(
            plan=made, key=section.key, draft=drafts.copy(draft=section.draft, target=uuid4()), **entered
        )
    return made


def mark(plan: Plan) -> str:
    """A few letters that change with the plan, its sections, and whatever is written in them. Two queries."""
    rows = plan.sections.select_related("draft").order_by("pk")
    said = [mark_of(plan), *(part for each in rows for part in (mark_of(each), mark_of(each.draft)))]
    return hashlib.sha256(" ".join(said).encode()).hexdigest()[:16]


def remove(plan: Plan) -> bool:
    """Take a copy away, with its drafts; not one that something else names by now: a comment, a file, a version, a
    school that writes it too. Whether it is gone."""
    sections = list(plan.sections.all())
    ids = [each.draft_id for each in sections]
    shared = PlanSection.objects.filter(draft__in=ids).exclude(plan=plan)
    if is_referred_to(plan, besides=PlanSection) or any(map(is_referred_to, sections)) or shared.exists():
        return False
    plan.delete()
    Draft.objects.filter(pk__in=ids).delete()
    return True
