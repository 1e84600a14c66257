"""A plan on paper: part-filled, or blank."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from hubportal.kit.wording import long_date
from schools.access import today
from smdp import partnership, writing
from smdp.actions.hub_questions import carried_by_new_plans
from smdp.asking import asked_in, said_in, settings_of
from smdp.models import Plan, PlanVersion
from smdp.permissions import can_read_draft, can_see_summary
from smdp.printing.sheet import SPARING, sheet_of
from smdp.sections import newest, sections_for
from smdp.sections.own import section_of_hub
from smdp.talking import hub_of
from smdp.trusts.mirroring import mirror_in, mirror_of
from smdp.views.plans import visible_plan
from smdp.views.summaries import school_for


class PlanPrint(View):
    """For those who write the plan what is written now; for others the newest version that they may read, and the bare
    questions where there is none. `?blank=1` leaves the answers out."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan = visible_plan(request, pk)
        context = self.blank(plan) if "blank" in request.GET else self.filled(plan)
        context |= {"school": plan.school, "title": str(plan), "plan": plan, "back_url": plan.get_absolute_url()}
        return render(request, "smdp/printing/sheet.html", context)

    def blank(self, plan: Plan, because: str = "Blank: the questions, with room to write.") -> dict[str, Any]:
        pages = sheet_of(asked_in(plan), {})
        return {"pages": pages, "what": because, "is_blank": True, "mirror": None, "partnership": []}

    def filled(self, plan: Plan) -> dict[str, Any]:
        if can_read_draft(self.request.user, plan):
            said = writing.answers_of(writing.last_drafts_of(plan))
            words = f"As it is written on {long_date(today())}. It may not have been shared or adopted like this."
            pages = sheet_of(asked_in(plan), said, SPARING)
            offers = partnership.live(self.request.user, plan)
            return {"pages": pages, "what": words, "mirror": mirror_of(plan), "partnership": offers}
        versions = PlanVersion.objects.visible_to(self.request.user).filter(plan=plan)
        version = versions.select_related("plan__school", "trust_version").order_by("-number").first()
        if version is None:
            return self.blank(plan, "Blank: the school has not shared its plan, and what it says is the school’s own.")
        words = f"{version}, {version.get_why_display().lower()} on {long_date(version.made_at)}."
        pages = sheet_of(said_in(version), version.answers, SPARING)
        offers = partnership.frozen(version)
        return {"pages": pages, "what": words, "mirror": mirror_in(version), "partnership": offers}


class PlanBlank(View):
    """The newest questions that a school is asked, with room to write: before it has begun a plan, or to take along."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, urn: int) -> HttpResponse:
        school = school_for(can_see_summary, request, urn)
        settings, hub = settings_of(school), hub_of(school)
        asked = sections_for(newest(), settings) + section_of_hub(carried_by_new_plans(hub), settings)
        context = {
            "pages": sheet_of(asked, {}),
            "what": "Blank: the questions, with room to write.",
            "is_blank": True,
            "mirror": None,
            "partnership": [],
            "school": school,
            "title": "Music development plan",
            "back_url": reverse("smdp:plan-list"),
        }
        return render(request, "smdp/printing/sheet.html", context)
