"""Who may do what with a plan. Each docstring says it in words; rows were scoped before."""

from engagement.permissions import can_write_for
from hubportal.accounts.models import User
from schools.access import access_of
from schools.models import School, Trust
from schools.roles import Role
from schools.standing import standing_of
from smdp import talking
from smdp.models import (
    JointOffer,
    Plan,
    PlanElsewhere,
    PlanFile,
    PlanSection,
    SectionGuest,
    SelfEvaluation,
    Side,
    TrustPlan,
)
from smdp.talking import side_of


def can_begin_plan(user: User, school: School) -> bool:
    """Leaders and editors of the school, while it is open."""
    return school.is_open and school.pk in access_of(user).writing_school_ids


def can_write_plan(user: User, plan: Plan) -> bool:
    """Leaders and editors of the school, while it is open and no later plan was adopted."""
    return plan.is_standing and can_begin_plan(user, plan.school)


def can_read_draft(user: User, plan: Plan) -> bool:
    """Leaders and editors of the school see what is being written; nobody else, until it is shared."""
    return plan.school_id in access_of(user).writing_school_ids


def can_invite_guests(user: User, plan: Plan) -> bool:
    """Leaders of the school say who reads a section before the plan is shared, as long as it may be written in."""
    return can_share_plan(user, plan)


def can_begin_plan_for(user: User, school: School) -> bool:
    """Whoever may review its plan, on behalf of an open school at which nobody has an account to write one. Three
    queries at the most."""
    return school.is_open and not talking.writers_of(school).exists() and can_write_for(user, school)


def sections_as_guest(user: User, plan: Plan) -> set[str]:
    """The sections, by key, in which somebody writes for the school while the plan may be written in, because it asked
    them to or because the plan was begun for it: managers and officers of its hub, officers of the partner entrusted
    with it, leaders of its trust. At most five queries."""
    side = side_of(user, plan.school)
    if not (plan.is_standing and plan.school.is_open) or side in (None, Side.SCHOOL):
        return set()
    rows = SectionGuest.objects.asking(user).filter(section__plan=plan, side=side, may_write=True)
    return set(rows.values_list("section__key", flat=True))


def can_write_as_guest(user: User, section: PlanSection) -> bool:
    """Whether the section is one of `sections_as_guest`."""
    return section.key in sections_as_guest(user, section.plan)


def can_comment(user: User, plan: Plan) -> bool:
    """Those who speak for the school, its hub or its trust, while the plan may be written in; they must be able to read
    the section (see `smdp.views.comments`)."""
    return plan.is_standing and plan.school.is_open and side_of(user, plan.school) is not None


def can_remove_file(user: User, file: PlanFile) -> bool:
    """Whoever may write in the plan and, at any time, leaders of the school."""
    plan = file.section.plan
    return file.erased_at is None and (
        (file.removed_at is None and can_write_plan(user, plan)) or can_erase_files(user, plan.school)
    )


def can_erase_files(user: User, school: School) -> bool:
    """Leaders of the school, at any time, closed or not: whoever agreed to a picture may take that back."""
    return school.pk in access_of(user).led_school_ids


def can_share_plan(user: User, plan: Plan) -> bool:
    """Leaders of the school, as long as the plan may be written in."""
    return can_write_plan(user, plan) and plan.school_id in access_of(user).led_school_ids


def can_answer_joint_offer(user: User, offer: JointOffer) -> bool:
    """Leaders of the school that was asked."""
    return offer.school_id in access_of(user).led_school_ids


def can_adopt_plan(user: User, plan: Plan) -> bool:
    """Leaders of the school, with or without the hub."""
    return can_share_plan(user, plan)


def can_read_trust_evaluation(user: User, trust: Trust) -> bool:
    """The trust's leaders, staff of a hub, and partner officers."""
    access = access_of(user)
    return trust.pk in access.trust_ids or bool(access.hub_ids or access.officer_partner_ids)


def can_write_trust_evaluation(user: User, trust: Trust) -> bool:
    """The trust's leaders."""
    return trust.pk in access_of(user).trust_ids


def can_begin_trust_plan(user: User, trust: Trust) -> bool:
    """The trust's leaders."""
    return can_write_trust_evaluation(user, trust)


def can_read_trust_draft(user: User, plan: TrustPlan) -> bool:
    """The trust's leaders see what is being written, and who confirmed; its schools never do."""
    return can_begin_trust_plan(user, plan.trust)


def can_write_trust_plan(user: User, plan: TrustPlan) -> bool:
    """The trust's leaders, until the plan of a later year is shared."""
    return plan.is_standing and can_read_trust_draft(user, plan)


def can_lift_priorities(user: User, trust: Trust) -> bool:
    """The trust's leaders: they read what its schools adopted side by side, and carry priorities over."""
    return can_begin_trust_plan(user, trust)


def can_ask_questions(user: User, hub_id: int) -> bool:
    """Managers of the hub."""
    return hub_id in access_of(user).managed_hub_ids


def can_list_needs(user: User) -> bool:
    """Staff of a hub and partner officers: those who can do something about them."""
    access = access_of(user)
    return bool(access.hub_ids or access.officer_partner_ids)


def can_remind(user: User) -> bool:
    """Managers and officers of a hub, and partner officers; whether a given school, `School.writable_by` says."""
    access = access_of(user)
    return bool(access.writing_hub_ids or access.officer_partner_ids)


def can_review_plan(user: User, plan: Plan) -> bool:
    """Managers and officers of the hub whose area holds the school now, and officers of a partner entrusted with it."""
    return can_write_for(user, plan.school)


def can_keep_elsewhere(user: User, school: School) -> bool:
    """Leaders of the school, while it is open."""
    return school.is_open and school.pk in access_of(user).led_school_ids


def can_record_elsewhere(user: User, school: School) -> bool:
    """Leaders of the school, while it is open; on its behalf whoever may review its plan. Two queries at the most."""
    return can_keep_elsewhere(user, school) or (school.is_open and can_write_for(user, school))


def can_change_elsewhere(user: User, plan: PlanElsewhere) -> bool:
    """Leaders of the school, while it is open; what the hub recorded, until the school has confirmed it, whoever may
    record it. Two queries at the most."""
    if plan.is_standing and can_keep_elsewhere(user, plan.school):
        return True
    return plan.is_to_confirm and can_look_elsewhere(user, plan)


def can_look_elsewhere(user: User, plan: PlanElsewhere) -> bool:
    """Managers and officers of the hub whose area holds the school now, and officers of a partner entrusted with it,
    while the school is open. Two queries at the most."""
    return plan.is_standing and plan.school.is_open and can_write_for(user, plan.school)


def can_move_plan(user: User, plan: Plan) -> bool:
    """Leaders of the school, as long as the plan may be written in."""
    return can_share_plan(user, plan)


def can_list_plans(user: User) -> bool:
    """Staff of a hub, partner officers, people of a school and leaders of a trust."""
    access = access_of(user)
    return bool(access.hub_ids or access.officer_partner_ids or access.school_ids or access.has(Role.TRUST_LEADER))


def can_begin_evaluation(user: User, school: School) -> bool:
    """Leaders and editors of the school, while it is open: as with its plan."""
    return can_begin_plan(user, school)


def can_write_evaluation(user: User, evaluation: SelfEvaluation) -> bool:
    """Leaders and editors of the school, while it is open and that of no later year was submitted."""
    return evaluation.is_standing and can_begin_evaluation(user, evaluation.school)


def can_submit_evaluation(user: User, evaluation: SelfEvaluation) -> bool:
    """Leaders of the school, as long as it may be written in."""
    return can_write_evaluation(user, evaluation) and evaluation.school_id in access_of(user).led_school_ids


def can_see_summary(user: User, school: School) -> bool:
    """Whose plan's state they may see: people of the school, its hub, the partner entrusted with it, its trust."""
    standing = standing_of(user, school)
    return standing.sees_engagement or standing.is_school_person or standing.is_trust_leader


def can_write_summary(user: User, school: School) -> bool:
    """Leaders and editors of the school, while it is open."""
    return can_begin_plan(user, school)


def can_publish_summary(user: User, school: School) -> bool:
    """Leaders of the school publish, and say where else it stands, while the school is open."""
    return can_begin_plan(user, school) and school.pk in access_of(user).led_school_ids


def can_withdraw_summary(user: User, school: School) -> bool:
    """Leaders of the school withdraw it, also once the school has closed. Managers of its hub may then too: a closed
    school has nobody left who would."""
    standing = standing_of(user, school)
    return standing.is_school_leader or (standing.is_hub_manager and not school.is_open)
