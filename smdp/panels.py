"""What this room adds to a school's page, where its plan stands; and to a conversation's, what became a priority."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest

from engagement.models import ConversationPart
from engagement.panels import PartPanel
from hubportal.accounts.models import User
from hubportal.kit.wording import listed
from schools.access import today
from schools.models import School
from schools.panels import Panel
from schools.standing import standing_of
from smdp import helping, priorities, writing
from smdp.joint import written_with
from smdp.models import Plan, PlanElsewhere, Summary
from smdp.permissions import can_begin_plan, can_begin_plan_for, can_see_summary, can_write_plan
from smdp.querysets import SummaryState


def plan_of_school(request: HttpRequest, school: School) -> Iterable[Panel]:
    """The school's newest plan, for whoever may see how far it is, and those it keeps elsewhere. Two queries."""
    user = cast(User, request.user)
    standing = standing_of(user, school)
    if not (standing.sees_engagement or standing.is_school_person or standing.is_trust_leader):
        return
    if not school.type.has_plans:
        return
    plan = Plan.objects.visible_to(user).with_versions(user).of_school(school).first()
    yield Panel(
        "smdp/_school_plan.html",
        {
            "plan": plan,
            "kept": list(PlanElsewhere.objects.visible_to(user).standing().of_school(school)),
            "school": school,
            "may_begin": can_begin_plan(user, school),
            "may_begin_for": plan is None and standing.writes and can_begin_plan_for(user, school),
            "may_record": school.is_open and (standing.writes or standing.is_school_leader),
        },
        position=40,
    )


def priorities_of_part(request: HttpRequest, part: ConversationPart) -> list[PartPanel]:
    """What of a shared conversation is a priority of the school's plan; for those who write the plan, also what can
    become one. Four queries at the most."""
    user = cast(User, request.user)
    plan = Plan.objects.visible_to(user).standing().of_school(part.school).first()
    version = helping.newest_of(user, part.school, [str(part.uuid)]).get(str(part.uuid)) if plan else None
    if plan is None or version is None:
        return []
    may_start = can_write_plan(user, plan)
    if may_start:
        draft = writing.drafts_of(plan).get(priorities.SECTION)
        rows = helping.to_start(version, priorities.origins_in(draft.values) if draft else [])
    else:
        rows = [each for each in helping.to_start(version, helping.shared_origins(user, part)) if each["is_one"]]
    if not rows:
        return []
    url = plan.section_url(priorities.SECTION) if may_start else plan.get_absolute_url()
    others = listed([each.school.name for each in written_with(plan)]) if may_start else ""
    context = {"rows": rows, "plan": plan, "plan_url": url, "may_start": may_start, "others": others}
    return [PartPanel("smdp/_part_priorities.html", context, position=30)]


def summary_of_school(request: HttpRequest, school: School) -> Iterable[Panel]:
    """Whether the school has a summary for the public. One query."""
    user = cast(User, request.user)
    if not (can_see_summary(user, school) and school.type.is_state_funded):
        return
    yield Panel(
        "smdp/_school_summary.html", {"summary": summary_with_state(user, school), "school": school}, position=41
    )


def summary_with_state(user: User, school: School) -> Summary | None:
    """The school's summary with its `state` (see `querysets.SummaryState`) today. One query."""
    rows = Summary.objects.visible_to(user).with_state(today()).select_related("current", "school")
    return rows.filter(school=school).first()


def state_words(summary: Summary | None) -> str:
    """The state of a summary that was read with it, in a word. No query."""
    state = SummaryState(getattr(summary, "state", SummaryState.NONE))
    return str(state.label)
