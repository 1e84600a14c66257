"""Two schools write one plan: offered, accepted, declined, and apart again."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from hubportal.kit import drafts, letters
from schools.access import today
from schools.models import Hub, School
from smdp import joint, writing
from smdp.actions.hub_questions import carried_by_new_plans
from smdp.actions.reminders import leaders_of
from smdp.asking import asked_in
from smdp.models import JointOffer, Plan, PlanSection

if TYPE_CHECKING:
    from hubportal.accounts.models import User

Answer = JointOffer.Answer


@transaction.atomic
def offer(*, plan: Plan, school: School, by: "User", at: datetime | None = None) -> JointOffer:
    """Offer another school to write this plan together. Its leaders get an email. Offered already and not answered, it
    is one offer.

    Raises ValidationError for the school itself, one of which no plan is asked, and, without telling the two
    apart, for one where no leader has an account or that has a plan for that year. About eight statements."""
    Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if school.pk == plan.school_id:
        raise ValidationError({"urn": "This is your own school. Enter the number of the other one"})
    if not school.type.has_plans:
        raise ValidationError({"urn": f"{school} is neither a state-funded school nor a college"})
    to = leaders_of(school, today())
    if not to or _has_plan(school, plan.year):
        # Of the two which, is nobody else's to know.
        words = f"no leader of it has an account yet, or it has a plan of its own that begins in {plan.year}"
        raise ValidationError({"urn": f"{school} cannot be asked here: {words}. Speak to its head first"})
    rows = JointOffer.objects.open().filter(plan=plan, school=school)
    if found := rows.first():
        return found
    made = JointOffer.objects.create(plan=plan, school=school, offered_by=by, offered_at=at or timezone.now())
    transaction.on_commit(partial(_email_offered, made, to))
    return made


@transaction.atomic
def accept(*, offer: JointOffer, by: "User", at: datetime | None = None) -> Plan:
    """The school that was asked has a plan too from now on, for the same years, under the same questions. What it says
    is what the other's says, word for word and at once; the overview, the key features and the questions of its own hub
    are each school's. Whoever offered gets an email.

    Raises ValidationError where it was answered or withdrawn meanwhile, where the other's plan stands no more, and
    where the school has a plan for that year or has closed. Some thirty statements."""
    at = at or timezone.now()
    row = _open(offer)
    theirs, school = row.plan, row.school
    School.objects.select_for_update(of=("self",)).get(pk=school.pk)  # as `plans.begin`: one plan for a year
    if not school.is_open:
        raise ValidationError(f"{school} has closed, so it has no plan any more.")
    if _has_plan(school, theirs.year):
        raise ValidationError(
            f"{school} has a plan that begins in {theirs.year} already, so the two cannot become one."
        )
    hub = Hub.objects.covering(school.authority_id, today()).first()
    plan = Plan.objects.create(
        school=school,
        year=theirs.year,
        years=theirs.years,
        specification=theirs.specification,
        own_questions=carried_by_new_plans(hub),
        begun_by=by,
        begun_at=at,
    )
    Plan.objects.select_for_update(of=("self",)).get(pk=theirs.pk)  # it may be written apart from a third one just now
    same = {each.key: each.draft for each in _sections(theirs)}
    for section in asked_in(plan):
        mine = PlanSection(plan=plan, key=section.key)
        known = {"hub": hub.name} if hub and section.key == "overview" else {}
        mine.draft = (
            same[section.key]
            if section.key in same and section.key not in joint.APART
            else drafts.begin(kind=writing.KIND, target=mine.uuid, by=by, values=known)
        )
        mine.save()
    _answer(row, Answer.ACCEPTED, by, at)
    transaction.on_commit(partial(_email_accepted, row))
    return plan


@transaction.atomic
def decline(*, offer: JointOffer, by: "User", at: datetime | None = None) -> None:
    """The school writes its own. Raises ValidationError where it was answered meanwhile. Three statements."""
    _answer(_open(offer), Answer.DECLINED, by, at or timezone.now())


@transaction.atomic
def withdraw(*, offer: JointOffer, by: "User", at: datetime | None = None) -> None:
    """Take the offer back. Raises ValidationError where it was answered meanwhile. Three statements."""
    _answer(_open(offer), Answer.WITHDRAWN, by, at or timezone.now())


@transaction.atomic
def write_apart(*, plan: Plan) -> None:
    """The plan goes on by itself with what it says now, its saved states and the choices still to make; the others keep
    the same. What is being saved meanwhile (`writing.held`) waits, and goes to this plan. Apart already, nothing
    changes. Two statements, one for each section, and some eight for each that was written together."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    for section in _sections(plan):
        if not PlanSection.objects.filter(draft=section.draft).exclude(pk=section.pk).exists():
            continue
        # Of no target but its own: the section's may be that of the draft which the others keep.
        section.draft = drafts.copy(draft=section.draft, target=uuid4())
        section.save(update_fields=["draft"])


def _sections(plan: Plan) -> list[PlanSection]:
    return list(PlanSection.objects.filter(plan=plan).select_related("draft"))


def _has_plan(school: School, year: int) -> bool:
    return Plan.objects.standing().filter(school=school, year=year).exists()


def _open(offer: JointOffer) -> JointOffer:
    rows = JointOffer.objects.select_for_update(of=("self",))
    row = rows.select_related("plan__school", "school__type", "offered_by").get(pk=offer.pk)
    if row.answer:
        raise ValidationError("This was answered or withdrawn meanwhile, so nothing was changed.")
    if not row.plan.is_standing:
        raise ValidationError(f"{row.plan.school} has a later plan by now, so nothing was changed.")
    return row


def _answer(row: JointOffer, answer: str, by: "User", at: datetime) -> None:
    row.answer, row.answered_by, row.answered_at = answer, by, at
    row.save(update_fields=["answer", "answered_by", "answered_at"])


def _email_offered(offer: JointOffer, to: list[str]) -> None:
    letters.send(
        "smdp/email/joint_offered.txt",
        to=to,
        context={
            "by": offer.offered_by,
            "theirs": offer.plan.school,
            "school": offer.school,
            "plan": offer.plan,
            "url": settings.BASE_URL + reverse("smdp:plan-list"),
        },
        reply_to=offer.offered_by.email,
    )


def _email_accepted(offer: JointOffer) -> None:
    letters.send(
        "smdp/email/joint_accepted.txt",
        to=[offer.offered_by.email],
        context={
            "by": offer.answered_by,
            "school": offer.school,
            "plan": offer.plan,
            "url": settings.BASE_URL + offer.plan.get_absolute_url(),
        },
    )
