"""Doing the same with several schools at once: choose, say what, see what becomes of each, do it, undo it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View

from hubportal.kit import saved
from hubportal.kit.tables import file_of
from hubportal.kit.wording import count
from schools.access import access_of, today
from schools.actions import bulk as actions
from schools.bulk.kinds import BulkKind, kind_of, way_of
from schools.filters import SchoolEngagementFilters
from schools.models import BulkChange, Hub, School
from schools.permissions import can_change_several, can_undo
from schools.tables import SchoolEngagementTable

SALT = "schools.several"
EXPORT = "export"
FOR_WRITERS = "Several schools at once are changed by the hub’s managers and officers, and officers of its partners."


class BulkCreate(View):
    """POST from the list: what to do with which. Then what it asks, the preview, and the deed."""

    http_method_names = ["get", "head", "post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated and not can_change_several(request.user):
            raise PermissionDenied(FOR_WRITERS)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.back("Tick schools in this list, then choose below it what to do with them.")

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            if "plan" in request.POST and "change" not in request.POST:
                return self.carry_out(signing.loads(request.POST["plan"], salt=SALT))
            if "chosen" in request.POST:
                return self.ask(*signing.loads(request.POST["chosen"], salt=SALT))
        except (signing.BadSignature, ValueError, TypeError, KeyError):
            return self.back("The schools did not come along, so nothing was changed. Choose them again.")
        return self.choose()

    def back(self, words: str, query: str = "") -> HttpResponse:
        messages.error(self.request, words)
        return redirect(f"{reverse('schools:school-list')}{query or '?view='}")

    def choose(self) -> HttpResponse:
        """The schools that the list ticked, or all that its filters find."""
        posted = self.request.POST
        query = QueryDict(posted.get("query", "")[:4000])
        found = SchoolEngagementFilters(query, queryset=self.schools(), request=self.request)
        rows, words = found.qs, "; ".join(f"{each.label}: {each.words}" for each in found.chosen)
        if posted.get("which") != "all":
            urns = [int(each) for each in posted.getlist("schools") if each.isdecimal() and len(each) < 10]
            rows, words = self.schools().filter(urn__in=urns), "Ticked one by one"
        back = f"?{query.urlencode()}" if query else ""
        keys = list(rows.order_by("name_key", "pk").values_list("pk", flat=True).distinct())
        if not keys:
            return self.back("Choose at least one school that you work for: tick it, or take all that match.", back)
        if posted.get("kind") == EXPORT:
            return self.export(keys, words)
        if way := way_of(posted.get("kind", ""), self.request.user):
            return redirect(f"{reverse(way.url_name)}?{self.query_of(rows, query)}")
        if kind_of(posted.get("kind", "")) is None:
            return self.back("Choose what to do with the schools.", back)
        return self.ask(posted["kind"], keys, words or "All schools of the list", back)

    def query_of(self, rows: Any, query: QueryDict) -> str:
        """The list's own address, or the schools that were ticked."""
        if self.request.POST.get("which") == "all":
            return query.urlencode()
        ticked = QueryDict(mutable=True)
        ticked.setlist("urn", [str(urn) for urn in rows.values_list("urn", flat=True)])
        return ticked.urlencode()

    def schools(self) -> Any:
        user = self.request.user
        rows = School.objects.writable_by(user).schools().with_trust().with_engagement(user)
        return rows.select_related("authority", "type").order_by("name_key", "pk")

    def export(self, keys: Sequence[int], words: str) -> HttpResponse:
        user = self.request.user
        rows = self.schools().filter(pk__in=keys).with_music(user).with_tags(user).with_facts_date()
        lines = list(SchoolEngagementTable(rows, request=self.request).as_values())
        saved.note_file(self.request, key="schools:school-list", name="schools", words=words, rows=len(lines) - 1)
        return file_of(lines, name="schools", form="xlsx")

    def ask(self, key: str, keys: Sequence[int], words: str, back: str = "") -> HttpResponse:
        """What the kind asks; or, answered, what becomes of each school."""
        kind, posted = kind_of(key), self.request.POST
        rows = list(self.schools().filter(pk__in=keys))
        if kind is None or not rows:
            return self.back("None of these schools is yours any more.", back)
        hub = self.hub_of(rows)
        answered = "asked" in posted
        form = kind.form(posted if answered else None, hub=hub, user=self.request.user)
        chosen = signing.dumps([key, [each.pk for each in rows], words, back], salt=SALT, compress=True)
        context = {
            "kind": kind,
            "form": form,
            "chosen": chosen,
            "words": words,
            "schools": rows,
            "back": back,
        }
        if not answered or "change" in posted or not form.is_valid():
            if "change" in posted:
                form.errors.clear()
            status = 400 if answered and "change" not in posted else 200
            return render(self.request, "schools/bulk/ask.html", context, status=status)
        return self.preview(kind, hub, kind.details(form), context)

    def hub_of(self, rows: Sequence[School]) -> Hub:
        """The hub that covers most of these schools, of those that the person works for."""
        on, user = today(), self.request.user
        hubs = list(Hub.objects.visible_to(user).filter(pk__in=access_of(user).served_hub_ids))
        if len(hubs) == 1:
            return hubs[0]
        keys = [each.pk for each in rows]
        seen = School.objects.visible_to(user).filter(pk__in=keys)
        return max(hubs, key=lambda hub: seen.in_hubs({hub.pk}, on).count())

    def preview(self, kind: BulkKind, hub: Hub, details: dict[str, Any], context: dict[str, Any]) -> HttpResponse:
        rows = actions.work_out(kind=kind, hub=hub, schools=context["schools"], details=details, by=self.request.user)
        changes = [each for each in rows if not each.why_not]
        left = [each for each in rows if each.why_not]
        plan = {
            "kind": kind.key,
            "hub": hub.pk,
            "details": details,
            "seen": [[each.school.pk, each.now.value] for each in changes],
            "left": [[each.school.pk, each.why_not] for each in left],
            "batch": str(uuid4()),
            "filters": context["words"],
        }
        context |= {
            "changes": changes,
            "left": left,
            "deed": kind.words(details),
            "plan": signing.dumps(plan, salt=SALT, compress=True),
        }
        return render(self.request, "schools/bulk/preview.html", context)

    def carry_out(self, plan: dict[str, Any]) -> HttpResponse:
        kind, user = kind_of(plan["kind"]), self.request.user
        hub = Hub.objects.visible_to(user).filter(pk__in=access_of(user).served_hub_ids, pk=plan["hub"]).first()
        if kind is None or hub is None:
            return self.back("You do not work for this hub any more, so nothing was changed.")
        try:
            change, is_new = actions.carry_out(
                kind=kind,
                hub=hub,
                details=plan["details"],
                seen=dict(plan["seen"]),
                left=dict(plan["left"]),
                batch=UUID(plan["batch"]),
                filters=plan["filters"],
                by=user,
            )
        except ValidationError as problem:
            return self.back(" ".join(problem.messages))
        number = change.rows.filter(left_because="").count()
        done = f"Done: {count(number, 'school')} changed." if number else "No school was changed."
        messages.success(self.request, done if is_new else "This was done already; it was not done again.")
        return redirect(change)


class BulkList(View):
    """What was done with several schools at once, the newest first."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        access = access_of(request.user)
        if not (access.hub_ids or access.served_hub_ids):
            raise PermissionDenied(FOR_WRITERS)
        rows = BulkChange.objects.visible_to(request.user).select_related("by", "undone_by").with_numbers()
        page = Paginator(rows, 25).get_page(request.GET.get("page"))
        return render(request, "schools/bulk/bulk_list.html", {"page": page})


class OfChange(View):
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            rows = BulkChange.objects.visible_to(request.user).select_related("by", "undone_by", "hub")
            self.change: BulkChange = get_object_or_404(rows, uuid=kwargs["uuid"])


class BulkDetail(OfChange):
    """What became of each school, and undoing it."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        rows = list(self.change.rows.select_related("school"))
        context = {
            "change": self.change,
            "changed": [each for each in rows if not each.left_because],
            "left": [each for each in rows if each.left_because],
            "kept": [each for each in rows if each.kept_because],
            "may_undo": self.change.undone_at is None and can_undo(request.user, self.change),
        }
        return render(request, "schools/bulk/bulk_detail.html", context)


class BulkUndo(OfChange):
    """Let every school be as it was, unless somebody has changed it since."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        if not can_undo(request.user, self.change):
            raise PermissionDenied("Who did it may undo it, and the hub’s managers.")
        kind = kind_of(self.change.kind)
        if kind is None:
            raise PermissionDenied("This can no longer be undone here.")
        try:
            number, kept = actions.undo(change=self.change, kind=kind, by=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            return redirect(self.change)
        words = f"Undone: {count(number, 'school')} as before."
        if kept:
            words += f" {count(len(kept), 'school')} not, see below."
        messages.success(request, words)
        return redirect(self.change)
