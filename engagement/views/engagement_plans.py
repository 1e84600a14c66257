"""Engagement plans: every school with its plan or without; one plan, and what becomes of it; templates."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from django.views.generic import TemplateView

from engagement.actions import engagement_plans as actions
from engagement.engagement_plans.reading import facts_of, standing_of_plans
from engagement.engagement_plans.schools import with_plans
from engagement.engagement_plans.tables import EngagementPlanFilters, EngagementPlanTable
from engagement.forms.engagement_plans import EndForm, EngagementPlanForm, ReviewForm, TemplateForm
from engagement.models import EngagementPlan, EngagementPlanNote, EngagementPlanTemplate
from engagement.permissions import can_list_engagement_plans, can_set_plan_templates, can_write_engagement_plan
from engagement.targets.measures import measures
from engagement.views.acting import ActsOnForm
from hubportal.kit.tables import ListTable, TableExport, TableView
from schools.access import access_of, today
from schools.actions.relationships import people_who_may_own
from schools.models import Hub, School
from schools.permissions import can_change_several
from schools.standing import owner_of, standing_of

FOR_WRITERS = "This is for the hub’s managers and officers, and the partner entrusted."
FOR_MANAGERS = "The hub’s managers set the templates of engagement plans."


def _labels() -> dict[str, str]:
    return {key: each.label for key, each in measures().items()}


class EngagementPlanList(TableView):
    """Every school that the funder counts, with its plan or without."""

    template_name = "engagement/plans/plan_list.html"
    table_class, filters_class, noun = EngagementPlanTable, EngagementPlanFilters, "school"
    saved_as = "engagement:plan-list"
    per_page = 25

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_list_engagement_plans(request.user):
            raise PermissionDenied("Engagement plans are for hubs and the officers of their partners.")
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        return with_plans(self.request.user, today())

    def get_table(self, *args: Any) -> ListTable:
        table = super().get_table(*args)
        table.measures, table.may_start = _labels(), can_change_several(self.request.user)
        return table

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        figures = (
            self.get_queryset()
            .order_by()
            .aggregate(
                schools=Count("pk"),
                without=Count("pk", filter=Q(plan_state="none")),
                waiting=Count("pk", filter=Q(plan_state__in=["over", "review", "step"])),
            )
        )
        return super().get_context_data(
            figures=figures | {"having": figures["schools"] - figures["without"]},
            may_set=can_set_plan_templates(user),
            may_start=can_change_several(user),
            **kwargs,
        )


class EngagementPlanExport(TableExport, EngagementPlanList):
    """Those schools as a file."""

    file_name = "engagement-plans"


class PlanPage(View):
    """A page about one plan that the person sees; what changes it is for those who do an officer's work there."""

    changes = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        rows = EngagementPlan.objects.visible_to(request.user).select_related(
            "hub", "school__type", "owner", "ended_by"
        )
        self.plan: EngagementPlan = get_object_or_404(rows, uuid=kwargs["uuid"])
        seen = School.objects.visible_to(request.user).filter(pk=self.plan.school_id)
        if not seen.exists():
            raise Http404
        self.may_write = can_write_engagement_plan(request.user, self.plan.school)
        if self.changes and not self.may_write:
            raise PermissionDenied(FOR_WRITERS)


class EngagementPlanDetail(PlanPage, TemplateView):
    """What it says, how it goes, and what was noted of it."""

    template_name = "engagement/plans/plan_detail.html"
    changes = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, plan = self.request.user, self.plan
        (standing,) = standing_of_plans(user, [plan])
        notes = EngagementPlanNote.objects.visible_to(user).filter(plan=plan).select_related("by", "conversation")
        others = EngagementPlan.objects.visible_to(user).filter(school=plan.school, hub=plan.hub).exclude(pk=plan.pk)
        return super().get_context_data(
            plan=plan,
            standing=standing,
            facts=facts_of(standing),
            notes=list(notes),
            others=standing_of_plans(user, others.select_related("hub", "school", "owner")),
            may_write=self.may_write and plan.stands,
            **kwargs,
        )


def _plan_form(data: Any, hub: Hub, initial: dict[str, Any]) -> EngagementPlanForm:
    people = people_who_may_own(hub=hub)
    owner = initial.pop("owner", None)
    initial["owner"] = next((str(each.membership_uuid) for each in people if owner and each.pk == owner.pk), "")
    return EngagementPlanForm(data, people=people, measures=_labels(), initial=initial)


class EngagementPlanCreate(ActsOnForm):
    """Start the plan of one school."""

    template_name = "engagement/plans/plan_create.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        seen = School.objects.visible_to(request.user).select_related("type")
        self.school: School = get_object_or_404(seen, urn=kwargs["urn"])
        hub = standing_of(request.user, self.school).hub
        if hub is None or not can_write_engagement_plan(request.user, self.school):
            raise PermissionDenied(FOR_WRITERS)
        self.hub: Hub = hub

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        plans = EngagementPlan.objects.visible_to(request.user).standing()
        standing = plans.filter(hub=self.hub, school=self.school).first()
        if standing is not None:
            messages.info(request, "This school has a plan already.")
            return redirect(standing)
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, data: Any = None) -> EngagementPlanForm:
        return _plan_form(data, self.hub, {"owner": owner_of(self.hub, self.school) or self.request.user})

    def act(self, form: EngagementPlanForm) -> HttpResponse:
        plan = actions.start(hub=self.hub, school=self.school, said=form.said, by=self.request.user)
        messages.success(self.request, f"The engagement plan for {self.school} stands.")
        return redirect(plan)

    def more(self) -> dict[str, Any]:
        return {"school": self.school}


class EngagementPlanEdit(PlanPage, ActsOnForm):
    """Say something else in it."""

    template_name = "engagement/plans/plan_edit.html"

    def get_form(self, data: Any = None) -> EngagementPlanForm:
        return _plan_form(data, self.plan.hub, {name: getattr(self.plan, name) for name in actions.CALLED})

    def act(self, form: EngagementPlanForm) -> HttpResponse:
        changed = actions.change(plan=self.plan, said=form.said, by=self.request.user)
        messages.success(self.request, "Saved." if changed else "Nothing has changed.")
        return redirect(self.plan)

    def more(self) -> dict[str, Any]:
        return {"plan": self.plan}


class EngagementPlanReview(PlanPage, ActsOnForm):
    """Note how it goes and what comes next, with the newest conversation beside it."""

    template_name = "engagement/plans/plan_review.html"

    def get_form(self, data: Any = None) -> ReviewForm:
        return ReviewForm(data, initial={"next_step": self.plan.next_step})

    def act(self, form: ReviewForm) -> HttpResponse:
        actions.review(plan=self.plan, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "Reviewed. The next step stands on Today from its day.")
        return redirect(self.plan)

    def more(self) -> dict[str, Any]:
        (standing,) = standing_of_plans(self.request.user, [self.plan])
        conversation = actions.last_conversation(self.plan, self.request.user)
        return {"plan": self.plan, "facts": facts_of(standing), "conversation": conversation}


class EngagementPlanEnd(PlanPage, ActsOnForm):
    """Close it, with how it ended."""

    template_name = "engagement/plans/plan_end.html"

    def get_form(self, data: Any = None) -> EndForm:
        return EndForm(data)

    def act(self, form: EndForm) -> HttpResponse:
        actions.end(plan=self.plan, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "The plan has ended. It stays to read; the school needs another now.")
        return redirect(self.plan)

    def more(self) -> dict[str, Any]:
        return {"plan": self.plan}


# --- Templates ------------------------------------------------------------------------------------------------------


class ForManagers(View):
    """The hubs whose templates the person sets: 403 for everybody else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_set_plan_templates(request.user):
            raise PermissionDenied(FOR_MANAGERS)
        return super().dispatch(request, *args, **kwargs)

    @property
    def hubs(self) -> list[Hub]:
        managed = access_of(self.request.user).managed_hub_ids
        return list(Hub.objects.visible_to(self.request.user).filter(pk__in=managed).order_by("name"))


class PlanTemplateList(ForManagers, TemplateView):
    """Those that are offered, with how many plans were started from each."""

    template_name = "engagement/plans/template_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = EngagementPlanTemplate.objects.visible_to(self.request.user).offered().filter(hub__in=self.hubs)
        plans = Count("engagementplan", filter=Q(engagementplan__ended_at=None))
        rows = rows.annotate(plans=plans).select_related("hub").order_by("hub__name", "name")
        return super().get_context_data(templates=list(rows), hubs=self.hubs, labels=_labels(), **kwargs)


class PlanTemplateCreate(ForManagers, ActsOnForm):
    """Make a template for a hub that one manages."""

    template_name = "engagement/plans/template_edit.html"

    @property
    def hub(self) -> Hub:
        asked = self.request.GET.get("hub", "")
        return next((each for each in self.hubs if each.slug == asked), self.hubs[0])

    def get_form(self, data: Any = None) -> TemplateForm:
        return TemplateForm(data, measures=_labels(), initial={"step_weeks": 2})

    def act(self, form: TemplateForm) -> HttpResponse:
        actions.save_template(hub=self.hub, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "Saved. In the list of schools, tick some, and choose “Start engagement plans”.")
        return redirect("engagement:plan-template-list")

    def more(self) -> dict[str, Any]:
        return {"hub": self.hub}


class OfTemplate(ForManagers):
    """One template that is offered, of a hub that the person manages: 404 else."""

    @property
    def template(self) -> EngagementPlanTemplate:
        rows = EngagementPlanTemplate.objects.visible_to(self.request.user).offered().filter(hub__in=self.hubs)
        return get_object_or_404(rows.select_related("hub"), uuid=self.kwargs["uuid"])


class PlanTemplateEdit(OfTemplate, ActsOnForm):
    """Let it say something else; plans that were started from it stay as they are."""

    template_name = "engagement/plans/template_edit.html"
    said = ("name", "aim", "measure", "target", "due_on", "next_step", "step_weeks")

    def get_form(self, data: Any = None) -> TemplateForm:
        now = {name: getattr(self.template, name) for name in self.said}
        return TemplateForm(data, measures=_labels(), initial=now)

    def act(self, form: TemplateForm) -> HttpResponse:
        template = self.template
        actions.save_template(hub=template.hub, template=template, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "Saved. Plans that were started from it stay as they are.")
        return redirect("engagement:plan-template-list")

    def more(self) -> dict[str, Any]:
        template = self.template
        return {"template": template, "hub": template.hub}


class PlanTemplateRetire(OfTemplate):
    """Offer it no more. A POST of nothing but itself."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        template = self.template
        actions.retire_template(template=template)
        messages.success(request, f"“{template}” is offered no more. Plans that were started from it stay.")
        return redirect("engagement:plan-template-list")
