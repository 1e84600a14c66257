"""Reminding several schools at once: choose, look at exactly who gets what, send, see what went."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from hubportal.kit.wording import count
from schools.access import today
from schools.models import School
from smdp.actions import plan_reminders as actions
from smdp.actions.sending import letter_of
from smdp.bulk.forms import RemindForm
from smdp.bulk.preview import LATELY, MOST, preview
from smdp.filters import PlanFilters
from smdp.models import PlanReminder
from smdp.permissions import can_remind
from smdp.querysets import with_plan, with_summary


class PlanRemind(View):
    """GET: whom, of what. POST: what each would get; pressed again, it goes."""

    http_method_names = ["get", "head", "post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated and not can_remind(request.user):
            raise PermissionDenied("The hub’s managers and officers, and officers of its partners, remind schools.")

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = list(self.filtered()[: MOST + 1])
        return self.choose(RemindForm(schools=rows[:MOST]), rows)

    def post(self, request: HttpRequest) -> HttpResponse:
        urns = [int(each) for each in request.POST.getlist("schools") if each.isdecimal() and len(each) < 10]
        chosen = list(self.writable().filter(urn__in=urns).order_by("name_key", "pk")[: MOST + 1])
        form = RemindForm(request.POST, schools=chosen)
        if "change" in request.POST or len(chosen) > MOST or not form.is_valid():
            found = Q(pk__in=[each.pk for each in chosen]) | Q(pk__in=self.filtered().order_by().values("pk"))
            rows = list(self.writable().filter(found).order_by("name_key", "pk")[: MOST + 1])
            form = RemindForm(request.POST, schools=rows[:MOST])
            if "change" in request.POST:
                form.errors.clear()
            return self.choose(form, rows, status=200 if "change" in request.POST else 400)
        return self.send(form, chosen) if "send" in request.POST else self.show(form, chosen)

    def writable(self) -> QuerySet:
        """Open state-funded schools and colleges for which this person does an officer's work."""
        rows = School.objects.writable_by(self.request.user, today()).schools().with_colleges().open()
        return rows.select_related("authority", "type")

    def filtered(self) -> QuerySet:
        rows = with_summary(with_plan(self.writable(), self.request.user)).order_by("name_key", "pk")
        return PlanFilters(self.request.GET, queryset=rows, request=self.request).qs

    def choose(self, form: RemindForm, rows: list[School], status: int = 200) -> HttpResponse:
        context = {"form": form, "rows": rows[:MOST], "most": MOST, "are_more": len(rows) > MOST, **self.ways()}
        return render(self.request, "smdp/bulk/choose.html", context, status=status)

    def show(self, form: RemindForm, chosen: list[School]) -> HttpResponse:
        said = form.cleaned_data
        rows = preview(self.request.user, chosen, said["about"], today())
        reached = [each for each in rows if each.people and each.hub]
        example = next((each for each in reached if not each.last), reached[0] if reached else None)
        words = {"about": said["about"], "words": said["words"], "by": self.request.user}
        subject, text = letter_of(example, **words) if example else ("", "")
        context = {
            "form": form,
            "about": PlanReminder.About(said["about"]).label,
            "fresh": [each for each in reached if not each.last],
            "lately": [each for each in reached if each.last],
            "nobody": [each for each in rows if not (each.people and each.hub)],
            "colleges": len(chosen) - len(rows),
            "example": example,
            "subject": subject,
            "text": text,
            "days": LATELY.days,
            "batch": uuid4(),
            **self.ways(),
        }
        return render(self.request, "smdp/bulk/preview.html", context)

    def send(self, form: RemindForm, chosen: list[School]) -> HttpResponse:
        try:
            batch = UUID(self.request.POST.get("batch", ""))
        except ValueError:
            return self.show(form, chosen)
        said = form.cleaned_data
        rows = actions.remind(
            schools=chosen,
            about=said["about"],
            words=said["words"],
            batch=batch,
            again="again" in self.request.POST,
            by=self.request.user,
        )
        if not rows:
            messages.error(self.request, "Nobody was left to write to, so nothing was sent.")
            return self.show(form, chosen)
        messages.success(self.request, f"{count(len(rows), 'school')} reminded. The emails are on their way.")
        return redirect("smdp:plan-reminders", batch)

    def ways(self) -> dict[str, str]:
        query = f"?{self.request.GET.urlencode()}" if self.request.GET else ""
        return {"here": reverse("smdp:plan-remind") + query, "list_url": reverse("smdp:plan-list") + query}


class PlanReminderBatch(View):
    """What went with one press, and what did not."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, batch: UUID) -> HttpResponse:
        if not can_remind(request.user):
            raise PermissionDenied("The hub’s managers and officers, and officers of its partners, remind schools.")
        rows = PlanReminder.objects.visible_to(request.user).filter(batch=batch).select_related("school", "by")
        found = list(rows.order_by("school__name_key", "pk"))
        if not found:
            raise Http404
        context = {"rows": found, "first": found[0], "waits": any(each.sent_at is None for each in found)}
        return render(request, "smdp/bulk/batch.html", context)
