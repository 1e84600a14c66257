"""What this room adds to the list of what needs a person today: plans that wait for the hub's review,
comments, summaries that are to be renewed, and check-ins that are due."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from engagement import scoring
from engagement.reach import is_officer, others
from engagement.worklist import WorkItem
from hubportal.accounts.models import User
from hubportal.kit.wording import count, long_date
from schools.access import access_of
from schools.models import School
from smdp import reminding
from smdp.asking import title_of
from smdp.models import (
    JointOffer,
    Plan,
    PlanVersion,
    PriorityNote,
    SectionAnswer,
    SectionComment,
    Side,
    Summary,
)


def plans_to_review(user: User, on: date) -> Iterable[WorkItem]:
    """Plans that were shared and not reviewed since, for those who may review them. Two queries at the most."""
    schools = School.objects.writable_by(user, on).open().values("pk")
    plans = Plan.objects.visible_to(user, on).standing().filter(school__in=schools)
    for plan in plans.waiting_for_review(user, on).with_versions(user, on).select_related("school"):
        shared = timezone.localdate(plan.shared_at)  # type: ignore[attr-defined]  # annotated by `with_versions`
        yield WorkItem(
            group="read",
            title=plan.school.name,
            href=plan.get_absolute_url(),
            reason=f"Its music development plan waits for your review since {long_date(shared)}.",
            since=shared,
            action="Read the plan",
            action_href=plan.get_absolute_url(),
            key=f"plan:{plan.uuid}",
            school_id=plan.school_id,
            matter=str(shared),
            marks={"to_review": 1, **scoring.days("waits", shared, on)},
        )


def comments_to_answer(user: User, on: date) -> Iterable[WorkItem]:
    """Open comments on plans of the hub's schools that name the person, and those that a school wrote for its hub,
    where nobody else looks after the school. Two queries."""
    rows = SectionComment.objects.visible_to(user, on).open().exclude(by=user).filter(section__plan__superseded_at=None)
    is_told = Exists(rows.filter(told=user, pk=OuterRef("pk")))
    mine = Q(is_told=True)
    if is_officer(user):
        of_others = Exists(others(user).filter(school_id=OuterRef("section__plan__school_id")))
        mine |= Q(~of_others, side=Side.SCHOOL)
    schools = School.objects.writable_by(user, on).open().values("pk")
    found = rows.annotate(is_told=is_told).filter(mine, section__plan__school__in=schools)
    for each in found.select_related("section__plan__school", "by"):
        said = timezone.localdate(each.at)
        yield WorkItem(
            group="read",
            title=each.section.plan.school.name,
            href=each.section.plan.get_absolute_url(),
            reason=f"{each.by} commented on its music development plan on {long_date(said)}.",
            since=said,
            action="Read the comment",
            action_href=each.get_absolute_url(),
            key=f"comment:{each.uuid}",
            school_id=each.section.plan.school_id,
            also=frozenset([user.pk]) if each.is_told else frozenset(),
            marks={"answered": 1, **scoring.days("waits", said, on)},
        )


def comments_to_deal_with(user: User, school: School, on: date) -> Iterable[WorkItem]:
    """The open comments on the school's plan that others wrote, for those who write it: one item. One query."""
    rows = SectionComment.objects.visible_to(user, on).open().exclude(by=user)
    found = list(
        rows.filter(section__plan__school=school, section__plan__superseded_at=None).select_related(
            "section__plan", "by"
        )
    )
    if school.pk in access_of(user).writing_school_ids and found:
        plan = found[-1].section.plan
        yield WorkItem(
            group="finish",
            title="Music development plan",
            href=plan.get_absolute_url(),
            reason=f"{count(len(found), 'open comment')} on your plan, the last by {found[-1].by}.",
            since=timezone.localdate(found[0].at),
            action="Read the last one",
            action_href=found[-1].get_absolute_url(),
        )


def joint_offers(user: User, school: School, on: date) -> Iterable[WorkItem]:
    """What other schools offer to write together with this one, for its leaders. One query."""
    if school.pk not in access_of(user).led_school_ids:
        return
    for each in JointOffer.objects.visible_to(user).open().filter(school=school).select_related("plan__school"):
        offered = timezone.localdate(each.offered_at)
        yield WorkItem(
            group="read",
            title="Music development plan",
            href=reverse("smdp:plan-list"),
            reason=f"The offer of {each.plan.school} to write one plan together waits since {long_date(offered)}.",
            since=offered,
            action="Accept or decline it",
            action_href=reverse("smdp:plan-list"),
        )


def answers_to_take_over(user: User, school: School, on: date) -> Iterable[WorkItem]:
    """What somebody without an account answered in a section of the school's plan, for those who write it. One
    query."""
    rows = SectionAnswer.objects.visible_to(user).waiting().filter(section__plan__school=school)
    for each in rows.filter(section__plan__superseded_at=None).select_related("link", "section__plan__school__type"):
        sent = timezone.localdate(each.sent_at)
        yield WorkItem(
            group="read",
            title="Music development plan",
            href=each.section.plan.get_absolute_url(),
            reason=f"Answers by {each.writer} in “{title_of(each.section)}” wait for you since {long_date(sent)}.",
            since=sent,
            action="Read the answers",
            action_href=each.get_absolute_url(),
        )


def summaries_to_renew(user: User, on: date) -> Iterable[WorkItem]:
    """Public summaries of the hub's schools that are to be renewed: the schools' own doing, so they wait. Officers see
    those of schools that nobody else looks after. One query."""
    if not is_officer(user):
        return
    rows = Summary.objects.visible_to(user, on).to_renew(on).filter(school__in=School.objects.visible_to(user, on))
    for each in rows.exclude(Exists(others(user).filter(school_id=OuterRef("school_id")))):
        reason = reminding.of_summary(each, on)
        yield WorkItem(
            group="wait",
            title=each.school.name,
            href=each.school.get_absolute_url(),
            reason=reason.of_its,
            since=reason.since,
            action="See its summary",
            action_href=each.get_absolute_url(),
            key=f"summary:{each.uuid}",
            school_id=each.school_id,
            matter=reason.about,
            marks={"reminder": 1, **scoring.days("lies", reason.since, on)},
        )


def summary_to_renew(user: User, school: School, on: date) -> Iterable[WorkItem]:
    """The same for the school's own people. One query."""
    for each in Summary.objects.visible_to(user, on).to_renew(on).filter(school=school):
        reason = reminding.of_summary(each, on)
        yield WorkItem(
            group="finish",
            title="Public summary",
            href=each.get_absolute_url(),
            reason=reason.of_yours,
            since=reason.since,
            action="Renew it",
            action_href=each.get_absolute_url(),
        )


def check_in_to_write(user: User, school: School, on: date) -> Iterable[WorkItem]:
    """The check-in on the plan in force that is due (see `reminding.of_check_in`), for those who write it. Three
    queries at the most."""
    if school.pk not in access_of(user).writing_school_ids:
        return
    plan = Plan.objects.visible_to(user, on).in_force(on).of_school(school).select_related("school").first()
    versions = list(PlanVersion.objects.visible_to(user, on).filter(plan=plan)) if plan else []
    if plan is None or not versions:
        return
    notes = PriorityNote.objects.visible_to(user, on).filter(version__plan=plan)
    if reason := reminding.of_check_in(plan, versions, notes, on):
        yield WorkItem(
            group="finish",
            title="Check-in",
            href=plan.get_absolute_url(),
            reason=reason.of_yours,
            since=reason.since,
            action="Check in",
            action_href=versions[0].check_in_url,
        )
