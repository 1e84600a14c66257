"""The list of plans, one plan, and what its leaders do with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from hubportal.accounts.models import User
from hubportal.kit.tables import TableExport, TableView
from hubportal.kit.wording import academic_year
from schools.access import access_of, today
from schools.models import School
from smdp import filing, noting, priorities, reviewing, writing
from smdp.actions import guests
from smdp.actions import plans as actions
from smdp.asking import asked_in, settings_of
from smdp.carrying import plan_before
from smdp.earlier import earlier_answers
from smdp.features import picture_of
from smdp.filters import PlanFilters
from smdp.forms import PlanAdoptForm, PlanBeginForm, anchor, problems_in
from smdp.joint import partners_before, written_with
from smdp.models import (
    JointOffer,
    Plan,
    PlanCheckIn,
    PlanElsewhere,
    PlanSection,
    PlanVersion,
    PriorityNote,
    SectionComment,
    SelfEvaluation,
    Summary,
)
from smdp.panels import state_words, summary_with_state
from smdp.permissions import (
    can_adopt_plan,
    can_begin_evaluation,
    can_begin_plan,
    can_begin_plan_for,
    can_comment,
    can_keep_elsewhere,
    can_list_needs,
    can_list_plans,
    can_move_plan,
    can_read_draft,
    can_remind,
    can_review_plan,
    can_share_plan,
    can_write_plan,
    sections_as_guest,
)
from smdp.progress import progress_of
from smdp.querysets import with_plan, with_summary
from smdp.sections import newest
from smdp.standing import standings
from smdp.tables import PlanTable
from smdp.task_list import tasks_of
from smdp.trusts.mirroring import is_news, mirror_of
from smdp.trusts.panels import trust_plans_for


class PlanList(TableView):
    """Hubs, partners and trusts: their schools, each with its newest plan. People of a school: their own plans."""

    template_name = "smdp/plan_list.html"
    saved_as = "smdp:plan-list"
    table_class = PlanTable
    filters_class = PlanFilters
    noun = "school"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_list_plans(request.user):
            raise PermissionDenied("Plans are for schools, their trusts, their hub and its partners.")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        access = access_of(request.user)
        if access.school_ids and not (access.hub_ids or access.officer_partner_ids or access.trust_ids):
            return self.for_school(request)
        return super().get(request, *args, **kwargs)

    def for_school(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        schools = School.objects.visible_to(user).filter(pk__in=access_of(user).school_ids).select_related("type")
        plans = list(Plan.objects.visible_to(user).with_versions(user).select_related("school"))
        kept = list(PlanElsewhere.objects.visible_to(user).standing())
        summaries = Summary.objects.visible_to(user).with_state(today()).select_related("current")
        summary_of = {each.school_id: each for each in summaries}
        evaluations = list(SelfEvaluation.objects.visible_to(user).with_submitted(user))
        rows = [
            {
                "school": school,
                "plans": [plan for plan in plans if plan.school_id == school.pk],
                "may_begin": can_begin_plan(user, school),
                "kept": [plan for plan in kept if plan.school_id == school.pk],
                "may_keep": can_keep_elsewhere(user, school),
                "evaluations": [each for each in evaluations if each.school_id == school.pk],
                "may_evaluate": can_begin_evaluation(user, school),
                "summary": summary_of.get(school.pk),
                "summary_words": state_words(summary_of.get(school.pk)),
                "has_summary": school.type.is_state_funded or school.pk in summary_of,
            }
            for school in schools.order_by("name_key")
        ]
        context = {
            "rows": rows,
            "trust_plans": trust_plans_for(user),
            "joint_offers": offers_to_answer(user),
        }
        return render(request, "smdp/plan_list_school.html", context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        context = super().get_context_data(
            may_see_needs=can_list_needs(user),
            may_see_questions=bool(access_of(user).hub_ids),
            may_remind=can_remind(user),
            trust_plans=trust_plans_for(user),
            **kwargs,
        )
        return context | {"standings": standings(context["filters"].framed)}

    def get_queryset(self) -> QuerySet:
        user = self.request.user
        schools = School.objects.visible_to(user).schools().with_colleges().select_related("authority", "type")
        return with_summary(with_plan(schools, user)).order_by("name_key", "pk")


def offers_to_answer(user: User) -> QuerySet[JointOffer]:
    """What other schools offer to write together with those that the person leads."""
    rows = JointOffer.objects.visible_to(user).open().filter(school__in=access_of(user).led_school_ids)
    return rows.select_related("plan__school", "school")


class PlanExport(TableExport, PlanList):
    """The list as a file."""

    file_name = "plans"


class PlanBegin(View):
    """Begin a plan for one's school; for the hub, on behalf of a school where nobody has an account."""

    http_method_names = ["get", "head", "post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return  # the door closes after this
        rows = School.objects.visible_to(request.user).select_related("type")
        self.school = get_object_or_404(rows, urn=kwargs["urn"])
        self.for_school = not can_begin_plan(request.user, self.school)
        if self.for_school and not can_begin_plan_for(request.user, self.school):
            if not self.school.is_open:
                raise PermissionDenied(f"{self.school} has closed, so no plan can be begun for it.")
            raise PermissionDenied("The school’s leaders and editors begin its plan, while the school is open.")
        last = plan_before(self.school, academic_year(today()) + 1)
        is_shared = last is not None and PlanVersion.objects.visible_to(request.user).filter(plan=last).exists()
        self.last = last if is_shared or not self.for_school else None

    def get(self, request: HttpRequest, urn: int) -> HttpResponse:
        return self.show(PlanBeginForm(last=self.last, for_school=self.for_school))

    def post(self, request: HttpRequest, urn: int) -> HttpResponse:
        form = PlanBeginForm(request.POST, last=self.last, for_school=self.for_school)
        if form.is_valid():
            try:
                plan = self.begin(form)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                whose = f"The plan of {self.school}" if self.for_school else "Your plan"
                messages.success(request, f"{whose} is begun. Write it in any order; every word is kept as you type.")
                return redirect(plan)
        return self.show(form, self.begun_already(form))

    def begin(self, form: PlanBeginForm) -> Plan:
        begin = guests.begin_for if self.for_school else actions.begin
        return begin(school=self.school, by=self.request.user, **form.cleaned_data)

    def begun_already(self, form: PlanBeginForm) -> Plan | None:
        """The plan of that year, where there is one: somebody was quicker, or pressed twice."""
        plans = Plan.objects.visible_to(self.request.user).standing().filter(school=self.school)
        return plans.filter(year=form.cleaned_data.get("year")).select_related("begun_by").first()

    def show(self, form: PlanBeginForm, begun: Plan | None = None) -> HttpResponse:
        may_keep = self.for_school or can_keep_elsewhere(self.request.user, self.school)
        context = {
            "form": form,
            "school": self.school,
            "begun": begun,
            "may_keep": may_keep,
            "for_school": self.for_school,
            "joint_offers": offers_to_answer(self.request.user).filter(school=self.school),
        }
        return render(self.request, "smdp/plan_begin.html", context)


def visible_plan(request: HttpRequest, pk: UUID) -> Plan:
    """The plan that the address names, as far as this person sees it: 404 otherwise."""
    rows = Plan.objects.visible_to(request.user).with_versions(request.user)
    return get_object_or_404(rows.select_related("school__type", "school__authority", "begun_by"), uuid=pk)


def plan_for(may: Callable[[User, Plan], bool], request: HttpRequest, pk: UUID) -> Plan:
    """The plan, for whoever may do this with it: 404 where it is not theirs to see, 403 where it is and they may
    not."""
    plan = visible_plan(request, pk)
    if not may(request.user, plan):
        if not plan.school.is_open:
            raise PermissionDenied(f"{plan.school} has closed, so its plan stays as it was written.")
        raise PermissionDenied("A leader of the school shares and adopts its plan.")
    return plan


class PlanDetail(View):
    """Where the plan stands: its sections for who writes it, its progress for hub and trust, its versions for all who
    may read them."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan = visible_plan(request, pk)
        user = request.user
        rows = writing.drafts_of(plan)
        carried = writing.to_confirm(plan)
        mirror = mirror_of(plan)
        counted = mirror.counted if mirror else {}
        asked = asked_in(plan)
        found = progress_of(asked, rows, carried, counted)
        versions = list(PlanVersion.objects.visible_to(user).filter(plan=plan).select_related("made_by"))
        reads = can_read_draft(user, plan)
        written = writing.answers_of(rows)
        comments = SectionComment.objects.visible_to(user).filter(section__plan=plan)
        said = comments.open_by_section()
        others, may_share = list(written_with(plan)), can_share_plan(user, plan)
        talked_of: set[str] = set()
        written_for = set() if reads else sections_as_guest(user, plan)
        if can_comment(user, plan) and not reads:
            opened = PlanSection.objects.visible_to(user).filter(plan=plan)
            opened = opened if versions else opened.readable_by(user)
            talked_of = set(opened.values_list("key", flat=True))
        context = {
            "plan": plan,
            "progress": found,
            "may_move": can_move_plan(user, plan) and plan.specification < newest(),
            "earlier": earlier_answers(plan.specification, settings_of(plan.school), written) if reads else [],
            "picture": picture_of(asked, written if reads and rows else versions[0].answers if versions else {}),
            "tasks": tasks_of(
                plan,
                found,
                carried,
                said,
                writes=can_write_plan(user, plan),
                written_for=written_for,
                talked_of=talked_of,
            ),
            "written_for": written_for,
            "versions": versions,
            "last": reviewing.last_version_before(user, plan) if versions else None,
            "review": reviewing.newest_returned(user, plan),
            "may_review": bool(versions) and plan.is_standing and can_review_plan(user, plan),
            "has_news": filing.has_news(plan, versions, written) or is_news(mirror, versions[0]),
            "mirror": mirror if reads else None,
            "may_read_draft": reads,
            "may_write": can_write_plan(user, plan),
            "may_share": may_share,
            "may_adopt": can_adopt_plan(user, plan),
            "summary": summary_with_state(user, plan.school),
            "written_with": others,
            "write_again_with": partners_before(plan) if may_share and not others else [],
            "from_talks": len(priorities.origins_in(written.get(priorities.SECTION, {}))),
            **self.going(plan, versions),
            **self.ended(plan),
        }
        return render(request, "smdp/plan_detail.html", context)

    def going(self, plan: Plan, versions: list[PlanVersion]) -> dict[str, Any]:
        """How its priorities go, for whoever reads its versions. Two queries; none where there is no version."""
        if not versions:
            return {"going": None, "check_ins": [], "review_on": None, "is_due": False}
        user = self.request.user
        notes = PriorityNote.objects.visible_to(user).filter(version__plan=plan).select_related("by")
        check_ins = PlanCheckIn.objects.visible_to(user).filter(version__plan=plan).select_related("by")
        return {
            "going": noting.going(versions, notes),
            "check_ins": list(check_ins),
            "review_on": plan.review_on,
            "is_due": plan.is_due(today()),
        }

    def ended(self, plan: Plan) -> dict[str, Any]:
        """Whether its years are over, and the school's plan of later ones. One query; none while its years run."""
        if not (plan.is_standing and plan.is_over(today())):
            return {"is_over": False, "later": None}
        rows = Plan.objects.visible_to(self.request.user).standing().of_school(plan.school)
        return {"is_over": True, "later": rows.filter(year__gt=plan.year).first()}


class PlanShare(View):
    """Ask, say what is missing, and freeze a version for the hub."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self.show(plan_for(can_share_plan, request, pk), [])

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan = plan_for(can_share_plan, request, pk)
        try:
            version = actions.share(plan=plan, by=request.user)
        except ValidationError as error:
            return self.show(plan, error.messages, status=400)
        messages.success(request, f"Shared. Your hub and your trust read version {version.number} from now on.")
        return redirect(plan)

    def show(self, plan: Plan, problems: list[str], status: int = 200) -> HttpResponse:
        context = {"plan": plan, **still_open(plan), "problems": problems}
        return render(self.request, "smdp/plan_share.html", context, status=status)


def still_open(plan: Plan) -> dict[str, Any]:
    """What its leaders are told before they share or adopt it, as (words, address): `missing`, the questions that must
    be answered first, `not_right`, answers that cannot be right (too long, a day that never was), and
    `to_confirm`, the sections that nobody has confirmed; and `mirror`, what the trust says. Five queries at the
    most."""
    carried = writing.to_confirm(plan)
    mirror = mirror_of(plan)
    counted = mirror.counted if mirror else {}
    asked, rows = asked_in(plan), writing.drafts_of(plan)
    progress = progress_of(asked, rows, carried, counted)
    return {
        "not_right": [
            (f"{section.title}: {sentence}", f"{plan.section_url(section.key)}#{control}")
            for section in asked
            if section.key in rows
            for sentence, control in problems_in(section, rows[section.key].values)
        ],
        "missing": [
            (f"{section.title}: {field.label}", f"{plan.section_url(section.key)}#{anchor(section, field)}")
            for section, field in progress.missing
        ],
        "to_confirm": [(section.title, plan.section_url(section.key)) for section in progress.to_confirm],
        "mirror": mirror,
    }


class PlanAdopt(View):
    """The head approves it, and governors have seen it."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self.show(plan_for(can_adopt_plan, request, pk), PlanAdoptForm())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan, form = plan_for(can_adopt_plan, request, pk), PlanAdoptForm(request.POST)
        if form.is_valid():
            try:
                actions.adopt(plan=plan, presented_on=form.cleaned_data["presented_on"], by=request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, "Adopted. Governors and everybody at the school with an account read it now.")
                return redirect(plan)
        return self.show(plan, form)

    def show(self, plan: Plan, form: PlanAdoptForm) -> HttpResponse:
        context = {"plan": plan, "form": form, **still_open(plan)}
        return render(self.request, "smdp/plan_adopt.html", context)
