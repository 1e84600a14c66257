"""A trust's plan: where it stands, sharing it with its schools, what was shared."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from hubportal.kit.wording import listed, on_day
from schools.access import today
from schools.models import Trust
from smdp import answers
from smdp.actions import trust_plans as actions
from smdp.forms import PlanBeginForm
from smdp.models import TrustPlan, TrustPlanVersion
from smdp.permissions import can_begin_trust_plan, can_read_trust_draft, can_write_trust_plan
from smdp.progress import SectionProgress, progress_of
from smdp.sections import Section
from smdp.trusts import confirming, mirroring
from smdp.trusts import writing as trust_writing
from smdp.trusts.asking import sections_of_trust, trust_sections
from smdp.trusts.forms import TrustPlanShareForm
from smdp.views.versions import VersionCompare


def trust_led(request: HttpRequest, group_uid: str) -> Trust:
    """The trust that the address names, for its leaders: 404 where it is not theirs to see, 403 where it is and they
    do not lead it."""
    trust = get_object_or_404(Trust.objects.visible_to(request.user), group_uid=group_uid)
    if not can_begin_trust_plan(request.user, trust):
        raise PermissionDenied("A trust’s leaders write its plan, and read its schools’ priorities side by side.")
    return trust


def visible_trust_plan(request: HttpRequest, pk: UUID) -> TrustPlan:
    """The plan, as far as this person sees it: 404 otherwise."""
    rows = TrustPlan.objects.visible_to(request.user).select_related("trust", "begun_by")
    return get_object_or_404(rows, uuid=pk)


class TrustPlanBegin(View):
    """Begin a plan for one's trust."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, group_uid: str) -> HttpResponse:
        return self.show(trust_led(request, group_uid), PlanBeginForm())

    def post(self, request: HttpRequest, group_uid: str) -> HttpResponse:
        trust, form = trust_led(request, group_uid), PlanBeginForm(request.POST)
        if form.is_valid():
            try:
                plan = actions.begin(trust=trust, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, "The plan is begun. Your schools see nothing of it until you share it.")
                return redirect(plan)
        return self.show(trust, form)

    def show(self, trust: Trust, form: PlanBeginForm) -> HttpResponse:
        return render(self.request, "smdp/trust_plan_begin.html", {"form": form, "trust": trust})


class TrustPlanDetail(View):
    """Where the plan stands: for the trust's leaders its sections and which schools confirmed; for others what was
    shared with them."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan, user = visible_trust_plan(request, pk), request.user
        versions = list(TrustPlanVersion.objects.visible_to(user).filter(plan=plan).select_related("made_by"))
        if not can_read_trust_draft(user, plan):
            return redirect(versions[0])
        rows = trust_writing.drafts_of(plan)
        found = progress_of(sections_of_trust(plan.specification, plan.trust), rows)
        written = {key: dict(row.values) for key, row in rows.items() if any(row.values.values())}
        context = {
            "plan": plan,
            "versions": versions,
            "tasks": [_task(plan, each, links=plan.is_standing) for each in found.sections],
            "begun": sum(each.is_begun for each in found.sections),
            "has_news": bool(written) and (not versions or versions[0].answers != written),
            "schools": confirming.schools_of(user, versions[0]) if versions else [],
            "may_write": can_write_trust_plan(user, plan),
        }
        return render(request, "smdp/trust_plan_detail.html", context)


def _task(plan: TrustPlan, each: SectionProgress, *, links: bool) -> dict[str, Any]:
    """A section as a line of the task list. Nothing must be answered: it is written or it is not."""
    return {
        "title": each.section.title,
        "status": "Written" if each.is_begun else "Nothing yet",
        "variant": "good" if each.is_begun else "quiet",
        "href": plan.section_url(each.section.key) if links else "",
        "hint": f"Last written by {each.by} {on_day(each.at, today())}" if each.by and each.at else "",
    }


class TrustPlanShare(View):
    """Ask how, and freeze a version for the trust's schools."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan = self.place(request, pk)
        last = TrustPlanVersion.objects.visible_to(request.user).filter(plan=plan).first()
        initial = {"asks": last.asks, "with_hubs": last.with_hubs} if last else {}
        return self.show(plan, TrustPlanShareForm(initial=initial))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan, form = self.place(request, pk), TrustPlanShareForm(request.POST)
        if form.is_valid():
            try:
                version = actions.share(plan=plan, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, f"Shared. Your schools see version {version.number} above their own words.")
                return redirect(plan)
        return self.show(plan, form)

    def place(self, request: HttpRequest, pk: UUID) -> TrustPlan:
        plan = visible_trust_plan(request, pk)
        if not can_write_trust_plan(request.user, plan):
            raise PermissionDenied("The trust’s leaders share its plan.")
        return plan

    def show(self, plan: TrustPlan, form: TrustPlanShareForm) -> HttpResponse:
        sections = sections_of_trust(plan.specification, plan.trust)
        found = progress_of(sections, trust_writing.drafts_of(plan)).sections
        context = {
            "plan": plan,
            "form": form,
            "written": listed([each.section.title for each in found if each.is_begun]),
        }
        return render(self.request, "smdp/trust_plan_share.html", context)


def versions_of(request: HttpRequest, pk: UUID) -> list[TrustPlanVersion]:
    """The versions of a plan that the person may read, the newest first; 404 where the plan is not theirs to see."""
    rows = TrustPlanVersion.objects.visible_to(request.user).filter(plan=visible_trust_plan(request, pk))
    return list(rows.select_related("plan__trust", "made_by"))


class TrustVersionDetail(View):
    """What the trust shared."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
        versions = versions_of(request, pk)
        version = next((each for each in versions if each.number == number), None)
        if version is None:
            raise Http404
        context = {
            "version": version,
            "plan": version.plan,
            "versions": versions,
            "chapters": list(mirroring.chapters_of(version, version.settings).values()),
            "is_ours": can_read_trust_draft(request.user, version.plan),
        }
        return render(request, "smdp/trust_version_detail.html", context)


class TrustVersionCompare(VersionCompare):
    template_name = "smdp/trust_version_compare.html"

    def versions(self, pk: UUID) -> list[TrustPlanVersion]:
        return versions_of(self.request, pk)

    def of_other_plans(self, own: list[TrustPlanVersion]) -> list[TrustPlanVersion]:
        return []

    def sections(self, version: TrustPlanVersion) -> tuple[Section, ...]:
        return trust_sections(version.specification, version.settings)

    def lines(self, version: TrustPlanVersion, named: answers.Names) -> dict[str, str]:
        return answers.lines(self.sections(version), version.answers, named)
