"""Attempts: noted in two clicks on the school's page; a word about one afterwards, for whoever wants to."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from engagement.actions import attempts as actions
from engagement.forms.attempts import AttemptForm
from engagement.models import Attempt
from engagement.permissions import can_edit_attempt, can_log_attempt
from hubportal.accounts.models import User
from hubportal.kit.forms import path_back
from hubportal.kit.undo import say_with_undo
from hubportal.kit.wording import short_date
from schools.access import today
from schools.models import Relationship, School


class AttemptCreate(View):
    """POST `how` (call, email, visit, letter; in the address for a button of a list) and it is noted; the school's page
    shows it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, urn: int) -> HttpResponse:
        school = get_object_or_404(School.objects.visible_to(request.user), urn=urn)
        if not can_log_attempt(request.user, school):
            raise PermissionDenied
        how = request.POST.get("how") or request.GET.get("how", "")
        try:
            attempt = actions.log(school=school, how=how, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(path_back(request) or school)
        noted = (
            f"Noted: {attempt.get_how_display().lower()}. It stands in the timeline, where you can add a word to it."
        )
        if back := path_back(request):
            noted = f"{school}: {attempt.get_how_display().lower()}, noted."
        said = f"{noted} {next_words(request.user, school)}".strip()
        say_with_undo(request, said, reverse("engagement:attempt-delete", args=[attempt.uuid]))
        return redirect(back or school)


def next_words(user: User, school: School) -> str:
    """The step that follows, and its day: "Next: Letter to the head, by 7 December." One query."""
    kept = Relationship.objects.visible_to(user).filter(school=school).exclude(next_step="").first()
    return f"Next: {kept.next_step}, by {short_date(kept.due_on, today())}." if kept and kept.due_on else ""


def editable(request: HttpRequest, pk: UUID) -> Attempt:
    """The attempt, for somebody who may write about its school: 404 or 403 otherwise."""
    related = ("school", "hub", "by", "past_row__past_import__brought_by")
    attempt = get_object_or_404(Attempt.objects.visible_to(request.user).select_related(*related), uuid=pk)
    if not can_edit_attempt(request.user, attempt):
        raise PermissionDenied
    return attempt


class AttemptEdit(View):
    """A word about an attempt: whom it was for, what was left as a message."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        attempt = editable(request, pk)
        return self.show(attempt, self.form(attempt))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        attempt = editable(request, pk)
        form = self.form(attempt, request.POST)
        if not form.is_valid():
            return self.show(attempt, form, status=400)
        said = form.cleaned_data
        actions.annotate(attempt=attempt, note=said["note"], contact=said["contact"], by=request.user)
        messages.success(request, "Saved.")
        return redirect(attempt.school)

    def form(self, attempt: Attempt, data=None) -> AttemptForm:
        return AttemptForm(data, instance=attempt, user=self.request.user, contact=attempt.hub.safeguarding_contact)

    def show(self, attempt: Attempt, form: AttemptForm, status: int = 200) -> HttpResponse:
        may_delete = timezone.localdate(attempt.at) == timezone.localdate()
        context = {"attempt": attempt, "form": form, "submit_label": "Save", "may_delete": may_delete}
        context["past_row"] = getattr(attempt, "past_row", None)
        return render(self.request, "engagement/attempt_edit.html", context, status=status)


class AttemptDelete(View):
    """Take back an attempt that was pressed by mistake, on the same day."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        attempt = editable(request, pk)
        school = attempt.school
        try:
            actions.take_back(attempt=attempt, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "Taken out of the timeline.")
        return redirect(path_back(request) or school)
