"""Frozen versions: one, and two side by side."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from engagement.comparing import Change, compare_lines
from smdp import answers, filing, partnership, reviewing
from smdp.asking import said_in
from smdp.earlier import earlier_answers
from smdp.features import picture_of
from smdp.models import PlanVersion
from smdp.permissions import can_erase_files, can_review_plan
from smdp.sections import Section
from smdp.trusts.mirroring import mirror_in, mirrored_lines
from smdp.views.plans import visible_plan


def versions_of(request: HttpRequest, pk: UUID) -> QuerySet:
    """The versions of a plan that the person may read; 404 where the plan is not theirs to see."""
    plan = visible_plan(request, pk)
    rows = PlanVersion.objects.visible_to(request.user).filter(plan=plan)
    return rows.select_related("plan__school__authority", "made_by", "trust_version")


class VersionDetail(View):
    """What the plan said."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
        versions = list(versions_of(request, pk))
        version = next((each for each in versions if each.number == number), None)
        if version is None:
            raise Http404
        user, plan = request.user, version.plan
        reviews = reviewing.of_version(user, version)
        returned = [each for each in reviews if each.returned_at]
        own = [each for each in reviews if each.received_from_id is None]
        chapters, files = reviewing.chapters_of(version), filing.of_version(version)
        context = {
            "version": version,
            "plan": plan,
            "versions": versions,
            "last": reviewing.last_version_before(user, plan),
            "chapters": [
                (each, reviewing.comments_on(each.section.key, returned), files.get(each.section.key, []))
                for each in chapters
            ],
            "earlier": earlier_answers(version.specification, version.settings, version.answers),
            "picture": picture_of([each.section for each in chapters], version.answers),
            "mirror": mirror_in(version),
            "partnership": partnership.frozen(version),
            "may_erase": can_erase_files(user, plan.school),
            "reviews": returned,
            "begun": next((each for each in own if not each.returned_at), None),
            "is_reviewed": any(each.returned_at for each in own),
            "may_review": version == versions[0] and plan.is_standing and can_review_plan(user, plan),
        }
        return render(request, "smdp/version_detail.html", context)


class VersionCompare(View):
    """Two versions, word by word: `?from=1&to=2`, by default the last two of the plan. Those of the school's other
    plans can be chosen too, by their uuid."""

    http_method_names = ["get", "head"]
    template_name = "smdp/version_compare.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        own = self.versions(pk)
        versions = [*own, *self.of_other_plans(own)]
        if not own or len(versions) < 2:
            raise Http404
        newer = self.asked(versions, "to") or own[0]
        before = versions[versions.index(newer) + 1 :]
        earlier = self.asked(versions, "from") or (before[0] if before else versions[-1])
        if (earlier.plan.year, earlier.number) > (newer.plan.year, newer.number):
            earlier, newer = newer, earlier
        context = {
            "plan": newer.plan,
            "is_of_one_plan": earlier.plan == newer.plan,
            "has_others": len(versions) > len(own),
            "earlier": earlier,
            "newer": newer,
            "versions": versions,
            "changes": self.changes(earlier, newer),
        }
        return render(request, self.template_name, context)

    def versions(self, pk: UUID) -> list[Any]:
        """The versions that the person may read, the newest first; 404 where the plan is not theirs to see."""
        return list(versions_of(self.request, pk))

    def of_other_plans(self, own: list[Any]) -> list[Any]:
        """Those of the school's other plans, the newest first. One query, none where there is no version."""
        if not own:
            return []
        rows = PlanVersion.objects.visible_to(self.request.user).filter(plan__school=own[0].plan.school_id)
        rows = rows.exclude(plan=own[0].plan_id).select_related("plan__school", "made_by", "trust_version")
        return list(rows.order_by("-plan__year", "-plan__begun_at", "-number"))

    def asked(self, versions: list[Any], name: str) -> Any | None:
        """A version of this plan by its number, the first that has it; any by its uuid."""
        said = self.request.GET.get(name, "")
        return next((each for each in versions if said in (str(each.number), str(each.uuid))), None)

    def changes(self, earlier: Any, newer: Any) -> list[Change]:
        """Every question whose answer differs, in the order of the plan, by the names of the newer version."""
        named = answers.names_of(self.sections(newer))
        return compare_lines(self.lines(earlier, named), self.lines(newer, named))

    def sections(self, version: Any) -> tuple[Section, ...]:
        """What a version answers."""
        return said_in(version)

    def lines(self, version: Any, named: answers.Names) -> dict[str, str]:
        """What a version says, as labelled texts."""
        said = answers.lines(self.sections(version), version.answers, named) | partnership.compared(version)
        return said | mirrored_lines(version) | filing.lines(version)
