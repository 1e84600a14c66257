"""Priorities beyond the page on which they are written: started from a conversation, and counted over all plans."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from engagement.models import PartVersion
from hubportal.kit import saved
from hubportal.kit.tables import file_of
from hubportal.kit.wording import listed
from schools.access import today
from schools.models import School
from smdp import helping, priorities, writing
from smdp.actions import priorities as actions
from smdp.forms import PriorityStartForm
from smdp.joint import written_with
from smdp.models import Plan, PlanElsewhere, PlanVersion, PriorityNote
from smdp.needs.priorities import Source, asked_for, by_strand, lines, sources_of
from smdp.needs.tables import PriorityNeedFilters
from smdp.permissions import can_list_needs, can_write_plan
from smdp.priorities import Origin
from smdp.querysets.plans import newest_shared
from smdp.views.plans import visible_plan


class PriorityStart(View):
    """Make a judgement or an agreed action of a conversation a priority of the plan, with one press; where another
    school writes the same plan, with a second one, after reading what that school will read."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan: Plan = visible_plan(request, pk)
        if not can_write_plan(request.user, plan):
            raise PermissionDenied("The school’s leaders and editors write its plan.")
        form = PriorityStartForm(request.POST)
        if form.has_error("origin", "required"):
            messages.error(request, "Choose what of a conversation becomes a priority, and press “Make it a priority”.")
            return redirect(plan)
        if not form.is_valid():
            raise Http404
        origin = form.origin_said
        version = helping.newest_of(request.user, plan.school, [origin.part]).get(origin.part)
        if version is None:
            raise Http404
        if page := self.warning(plan, version, origin):
            return page
        try:
            is_new = actions.start(plan=plan, version=version, origin=origin, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(version.part)
        messages.success(
            request,
            "It is a priority of your plan now. Say how you will know, and by when."
            if is_new
            else "It is a priority of your plan already.",
        )
        return redirect(plan.section_url(priorities.SECTION))

    def warning(self, plan: Plan, version: PartVersion, origin: Origin) -> HttpResponse | None:
        """Asks where other schools would read the words, and the person has not said that each of them may. Three
        queries at the most."""
        names = {str(each.school.urn): each.school.name for each in written_with(plan)}
        row = helping.row_of(version, origin)
        if row is None or set(names) <= set(self.request.POST.getlist("read_by")):
            return None
        if origin in priorities.origins_in(writing.drafts_of(plan)[priorities.SECTION].values):
            return None
        context = {
            "plan": plan,
            "part": version.part,
            "origin": origin,
            "said": helping.words_in(plan, row),
            "named": listed(list(names.values())),
            "read_by": list(names),
            "own_words_url": plan.section_url(priorities.SECTION),
        }
        return render(self.request, "smdp/priority_start.html", context)


class PriorityNeeds(View):
    """Priorities of all plans by the kind of support that helps, and what schools ask for that nothing offers."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        filters, sources = self.read()
        query = request.GET.urlencode()
        context: dict[str, Any] = {
            "filters": filters,
            "plans": len(sources),
            "strands": by_strand(sources),
            "asked": asked_for(sources),
            "query": f"?{query}" if query else "",
        }
        return render(request, "smdp/priority_needs.html", context)

    def read(self) -> tuple[PriorityNeedFilters, list[Source]]:
        """The filters, and the priorities of the schools that they leave. Five queries at the most."""
        user = self.request.user
        if not can_list_needs(user):
            raise PermissionDenied("The needs across schools are for the hub’s staff and the officers of its partners.")
        schools = School.objects.visible_to(user).schools()
        filters = PriorityNeedFilters(self.request.GET, queryset=schools, request=self.request)
        keys = filters.qs.order_by().values("pk")
        rows = newest_shared(user).filter(plan__school__in=keys)
        versions = list(rows.select_related("plan__school__authority", "plan__school__type"))
        plans = [each.plan_id for each in versions]
        notes = list(PriorityNote.objects.visible_to(user).filter(version__plan__in=plans))
        kept = PlanElsewhere.objects.visible_to(user).in_place(today()).filter(school__in=keys)
        kept = kept.filter(school__status__in=School.OPEN_STATUSES).select_related("school__authority", "school__type")
        return filters, sources_of(versions, kept, notes, self.earlier(versions, notes))

    def earlier(self, versions: list[PlanVersion], notes: list[PriorityNote]) -> list[PlanVersion]:
        """The earlier versions of the plans of which notes stand on one of them. One query, none where there are
        none."""
        newest = {each.pk for each in versions}
        before = {each.version_id for each in notes} - newest
        if not before:
            return []
        rows = PlanVersion.objects.visible_to(self.request.user)
        plans = rows.filter(pk__in=before).order_by().values("plan")
        return list(rows.filter(plan__in=plans).exclude(pk__in=newest))


class PriorityNeedsExport(PriorityNeeds):
    """Those priorities as a file, one a line."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, format: str) -> HttpResponse:  # type: ignore[override]  # the address has it
        filters, sources = self.read()
        rows = list(lines(sources))
        words = "; ".join(f"{each.label}: {each.words}" for each in filters.chosen)
        saved.note_file(request, name="priorities", words=words, rows=len(rows) - 1)
        return file_of(rows, name="priorities", form=format)
