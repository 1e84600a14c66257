"""Targets: all of them, one with its schools, setting, changing and ending one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import BooleanField, Case, CharField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from engagement.actions import targets as actions
from engagement.forms.targets import TargetEditForm, TargetEndForm, TargetForm
from engagement.models import Target
from engagement.permissions import can_change_target, can_read_coverage, can_set_targets
from engagement.targets.measures import measures
from engagement.targets.progress import open_targets, progress_of
from engagement.targets.segments import found_by, views_of
from engagement.targets.tables import APART, CLOSED, JOINED, MET, NOT_MET, TargetSchoolFilters, TargetSchoolTable
from engagement.views.actions import add_problems
from engagement.views.coverage import OfHubStaff
from hubportal.kit.tables import ListTable, TableExport, TableView
from schools.access import access_of, today
from schools.actions.relationships import people_who_may_own
from schools.models import Hub, School

FOR_MANAGERS = "The hub’s managers set its targets."


class TargetList(OfHubStaff):
    """Those that are open, the next due first; below those that have ended."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        ended = Target.objects.visible_to(request.user).exclude(ended_at=None).select_related("ended_by", "hub")
        context = {
            "targets": open_targets(request.user),
            "ended": ended.order_by("-ended_at"),
            "may_set": can_set_targets(request.user),
            "hubs": access_of(request.user).hubs,
        }
        return render(request, "engagement/targets/target_list.html", context)


class TargetCreate(OfHubStaff):
    """Set a target for a hub that one manages."""

    http_method_names = ["get", "head", "post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        if not can_set_targets(request.user):
            raise PermissionDenied(FOR_MANAGERS)
        managed = access_of(request.user).managed_hub_ids
        hubs = list(Hub.objects.visible_to(request.user).filter(pk__in=managed).order_by("name"))
        asked = request.GET.get("hub", "")
        self.hub: Hub = next((each for each in hubs if each.slug == asked), hubs[0])

    def get(self, request: HttpRequest) -> HttpResponse:
        segment = request.GET.get("segment", "")
        return self.show(self.form(initial={"baseline_on": today(), "unit": "share", "segment": segment}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=400)
        said = form.cleaned_data
        on = min(said["baseline_on"], today())
        schools, unknown = found_by(request, self.hub, said["segment"].query, on)
        if unknown:
            words = "; ".join(said["segment"].words.get(each, each) for each in unknown)
            form.add_error("segment", f"Part of this view no longer exists: {words}. Open it, and save it again")
            return self.show(form, status=400)
        try:
            target = actions.create(hub=self.hub, schools=schools, by=request.user, **said)
        except ValidationError as problem:
            add_problems(form, problem)
            return self.show(form, status=400)
        messages.success(request, f"The target is set for {target.rows.count()} schools.")
        return redirect(target)

    def form(self, data: Any = None, initial: Any = None) -> TargetForm:
        return TargetForm(
            data,
            initial=initial,
            views=list(views_of(self.request.user, {self.hub.pk})),
            measures={key: each.label for key, each in measures().items()},
            people=people_who_may_own(hub=self.hub),
        )

    def show(self, form: TargetForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "hub": self.hub, "has_views": bool(form.views)}
        return render(self.request, "engagement/targets/target_create.html", context, status=status)


class OfTarget(OfHubStaff):
    """One target of a hub whose staff one is: 404 else. What changes it is for the hub's managers."""

    changes = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        rows = Target.objects.visible_to(request.user).select_related("hub", "owner", "ended_by")
        self.target: Target = get_object_or_404(rows, uuid=kwargs["uuid"])
        if self.changes and not can_change_target(request.user, self.target):
            raise PermissionDenied(FOR_MANAGERS)


class TargetDetail(OfTarget, TableView):
    """How far it is, and each of its schools; later joiners and those that closed apart."""

    template_name = "engagement/targets/target_detail.html"
    table_class = TargetSchoolTable
    filters_class = TargetSchoolFilters
    noun = "school"
    changes = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if can_read_coverage(request.user):
            (self.progress,) = progress_of(request.user, [self.target])
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        user, progress = self.request.user, self.progress
        rows = dict(self.target.rows.values_list("school", "met_at_baseline"))
        live, _ = found_by(self.request, self.target.hub, self.target.segment_query, today())
        self.joined = set(live.order_by().values_list("pk", flat=True)) - set(rows)
        states = {MET: progress.met, NOT_MET: progress.not_met, CLOSED: progress.closed, JOINED: self.joined}
        schools = School.objects.visible_to(user).schools().with_engagement(user)
        return (
            schools.filter(pk__in={*rows, *self.joined})
            .annotate(
                target_state=Case(
                    *(When(pk__in=keys, then=Value(code)) for code, keys in states.items() if keys),
                    default=Value(NOT_MET),
                    output_field=CharField(),
                ),
                met_at_baseline=Case(
                    When(pk__in={pk for pk, met in rows.items() if met}, then=Value(True)),
                    When(pk__in=set(rows), then=Value(False)),
                    output_field=BooleanField(null=True),
                ),
            )
            .order_by("name_key", "urn")
        )

    def get_table(self, *args: Any) -> ListTable:
        table, measure = super().get_table(*args), measures()[self.target.measure]
        table.words = APART | {MET: measure.met, NOT_MET: measure.not_met}
        return table

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            target=self.target,
            progress=self.progress,
            measure=measures()[self.target.measure],
            notes=list(self.target.notes.select_related("by")),
            may_change=self.target.ended_at is None and can_change_target(self.request.user, self.target),
            **kwargs,
        )
        return context | {"joined": len(self.joined)}


class TargetExport(TableExport, TargetDetail):
    """Those schools as a file."""

    file_name = "target"


class TargetEdit(OfTarget):
    """Another day, owner or goal, and what is done for it."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=400)
        try:
            changed = actions.edit(target=self.target, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            add_problems(form, problem)
            return self.show(form, status=400)
        messages.success(request, "Saved." if changed else "Nothing has changed.")
        return redirect(self.target)

    def form(self, data: Any = None) -> TargetEditForm:
        people = people_who_may_own(hub=self.target.hub)
        own = next((str(each.membership_uuid) for each in people if each.pk == self.target.owner_id), "")
        now = {"goal": self.target.goal, "due_on": self.target.due_on, "owner": own, "actions": self.target.actions}
        return TargetEditForm(data, people=people, initial=now)

    def show(self, form: TargetEditForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "target": self.target}
        return render(self.request, "engagement/targets/target_edit.html", context, status=status)


class TargetEnd(OfTarget, View):
    """Close it, with how it ended."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        return self.show(TargetEndForm())

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        form = TargetEndForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=400)
        try:
            actions.end(target=self.target, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, "The target has ended. It stays to read.")
        return redirect(self.target)

    def show(self, form: TargetEndForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "target": self.target}
        return render(self.request, "engagement/targets/target_end.html", context, status=status)
