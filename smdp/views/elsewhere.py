"""Plans that schools keep elsewhere: recorded, changed, confirmed, looked at, gone through again, taken out."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from hubportal.accounts.models import User
from hubportal.kit import drafts
from hubportal.kit.errors import summary_entries
from schools.access import today
from schools.models import School
from smdp import answers, helping
from smdp.actions import elsewhere as actions
from smdp.elsewhere.asking import PRIORITIES
from smdp.elsewhere.forms import AdviceForm, AgainForm, ElsewhereForm, SeenForm
from smdp.forms import SectionBook
from smdp.models import PlanElsewhere, PlanElsewhereLook
from smdp.permissions import (
    can_change_elsewhere,
    can_keep_elsewhere,
    can_look_elsewhere,
    can_record_elsewhere,
)
from smdp.views.sections import pressed


def visible_kept(request: HttpRequest, pk: UUID) -> PlanElsewhere:
    """The plan that the address names, as far as this person sees it: 404 otherwise."""
    rows = PlanElsewhere.objects.visible_to(request.user)
    rows = rows.select_related("school__type", "recorded_by", "recorded_for", "confirmed_by", "removed_by")
    return get_object_or_404(rows, uuid=pk)


def kept_for(may: Callable[[User, PlanElsewhere], bool], request: HttpRequest, pk: UUID) -> PlanElsewhere:
    """The plan, for whoever may do this with it: 404 where they do not see it, 403 where they may not."""
    plan = visible_kept(request, pk)
    if not may(request.user, plan):
        raise PermissionDenied((may.__doc__ or "").strip())
    return plan


def is_led(user: User, plan: PlanElsewhere) -> bool:
    """Leaders of the school, while it is open."""
    return plan.is_standing and can_keep_elsewhere(user, plan.school)


class ElsewhereDetail(View):
    """Where it is, its dates and priorities, and who looked at it."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan, user, on = visible_kept(request, pk), request.user, today()
        looks = PlanElsewhereLook.objects.visible_to(user).filter(plan=plan)
        context = {
            "plan": plan,
            "is_over": plan.is_over(on),
            "is_due": plan.is_due(on),
            "chapter": answers.chapter(PRIORITIES, plan.priorities),
            "looks": list(looks.select_related("by", "hub", "received_from")),
            "may_change": can_change_elsewhere(user, plan),
            "may_look": can_look_elsewhere(user, plan),
            "is_led": is_led(user, plan),
        }
        return render(request, "smdp/elsewhere/detail.html", context)


class ElsewhereDownload(View):
    """Its file, to be kept: never opened by the browser as a page of ours."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: UUID) -> FileResponse:
        plan = visible_kept(request, pk)
        try:
            data = plan.file.open("rb")
        except (OSError, ValueError) as error:  # there is none; or a backup without its files was brought back
            raise Http404 from error
        return FileResponse(data, as_attachment=True, filename=plan.name_out, content_type=plan.content_type)


class ElsewhereWrite(View):
    """What recording and changing share: the form, the rows of priorities under it, and how both come back."""

    http_method_names = ["get", "head", "post"]
    school: School
    plan: PlanElsewhere | None = None

    def form(self, *args: Any, **kwargs: Any) -> ElsewhereForm:
        by_hub = not can_keep_elsewhere(self.request.user, self.school)
        return ElsewhereForm(*args, plan=self.plan, by_hub=by_hub, **kwargs)

    def book(self, data: QueryDict, *, quiet: bool) -> SectionBook:
        offers = helping.offers_for(self.request.user, self.school, PRIORITIES)
        return SectionBook(PRIORITIES, data, quiet=quiet, offers=offers)

    def answer(self) -> HttpResponse:
        """What was posted: a row more or less, the form with what is wrong in it, or where it leads once it is kept."""
        post = pressed(self.request.POST, PRIORITIES)
        form = self.form(post, self.request.FILES)
        if drafts.pressed_row(post):
            form.name_chosen()
            form.errors.clear()
            return self.show(form, self.book(post, quiet=True))
        book = self.book(post, quiet=False)
        is_right = form.is_valid()
        if book.is_valid() and is_right:
            try:
                plan = self.keep(form, drafts.values_from(post, book.shape()))
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return redirect(plan)
        form.name_chosen()
        return self.show(form, book, status=400)

    def keep(self, form: ElsewhereForm, priorities: dict[str, Any]) -> PlanElsewhere:
        raise NotImplementedError

    def said(self, form: ElsewhereForm, priorities: dict[str, Any]) -> actions.Said:
        names = ("year", "years", "review_on", "adopted_on", "url")
        return actions.Said(priorities=priorities, **{name: form.cleaned_data[name] for name in names})

    def show(self, form: ElsewhereForm, book: SectionBook, status: int = 200) -> HttpResponse:
        (rows,) = book.tables.values()
        context = {
            "form": form,
            "rows": rows,
            "sentences": [*summary_entries(form), *book.problems()],
            "school": self.school,
            "plan": self.plan,
            "by_hub": not can_keep_elsewhere(self.request.user, self.school),
        }
        return render(self.request, "smdp/elsewhere/edit.html", context, status=status)


class ElsewhereCreate(ElsewhereWrite):
    """Record one, as the school or on its behalf."""

    def get(self, request: HttpRequest, urn: int) -> HttpResponse:
        self.school = self.find(urn)
        return self.show(self.form(), self.book(QueryDict(), quiet=True))

    def post(self, request: HttpRequest, urn: int) -> HttpResponse:
        self.school = self.find(urn)
        return self.answer()

    def find(self, urn: int) -> School:
        rows = School.objects.visible_to(self.request.user).select_related("type", "authority")
        school = get_object_or_404(rows, urn=urn)
        if not can_record_elsewhere(self.request.user, school):
            raise PermissionDenied("A leader of the school, or its hub for it, records where it keeps its plan.")
        return school

    def keep(self, form: ElsewhereForm, priorities: dict[str, Any]) -> PlanElsewhere:
        plan = actions.record(
            school=self.school,
            said=self.said(form, priorities),
            file=form.cleaned_data["file"],
            seen_on=form.cleaned_data.get("seen_on"),
            by=self.request.user,
        )
        messages.success(
            self.request,
            "Recorded for the school. Its leaders are asked whether it is right."
            if plan.recorded_for_id
            else "Recorded. It counts as your plan, and your hub sees where it is.",
        )
        return plan


class ElsewhereEdit(ElsewhereWrite):
    """Change what is recorded."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan = self.find(pk)
        known = {name: getattr(plan, name) for name in ("url", "year", "years", "adopted_on", "review_on")}
        return self.show(self.form(initial=known), self.book(drafts.as_data(plan.priorities), quiet=True))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.find(pk)
        return self.answer()

    def find(self, pk: UUID) -> PlanElsewhere:
        self.plan = kept_for(can_change_elsewhere, self.request, pk)
        self.school = self.plan.school
        return self.plan

    def keep(self, form: ElsewhereForm, priorities: dict[str, Any]) -> PlanElsewhere:
        assert self.plan is not None
        plan = actions.change(
            plan=self.plan, said=self.said(form, priorities), file=form.cleaned_data["file"], by=self.request.user
        )
        messages.success(self.request, "Saved.")
        return plan


class ElsewhereConfirm(View):
    """What the hub recorded is right."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan = kept_for(is_led, request, pk)
        try:
            actions.confirm(plan=plan, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, "Confirmed. It is your school’s word now.")
        return redirect(plan)


class ElsewhereStep(View):
    """A short form about one plan: who may send it, what it asks, what is done with it, and what is said then."""

    http_method_names = ["get", "head", "post"]
    form_class: type[BaseForm]
    template_name: str
    done = ""

    def may(self, user: User, plan: PlanElsewhere) -> bool:
        raise NotImplementedError

    def act(self, plan: PlanElsewhere, **said: Any) -> None:
        raise NotImplementedError

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self.show(self.find(pk), self.form_class())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan, form = self.find(pk), self.form_class(request.POST)
        if form.is_valid():
            try:
                self.act(plan, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, self.done)
                return redirect(plan)
        return self.show(plan, form, status=400)

    def find(self, pk: UUID) -> PlanElsewhere:
        plan = visible_kept(self.request, pk)
        if not self.may(self.request.user, plan):
            raise PermissionDenied((self.__doc__ or "").strip())
        return plan

    def show(self, plan: PlanElsewhere, form: BaseForm, status: int = 200) -> HttpResponse:
        return render(self.request, self.template_name, {"plan": plan, "form": form}, status=status)


class ElsewhereSeen(ElsewhereStep):
    """Officers of the hub that covers the school say when they saw its plan."""

    form_class = SeenForm
    template_name = "smdp/elsewhere/seen.html"
    done = "Recorded: you saw it."

    def may(self, user: User, plan: PlanElsewhere) -> bool:
        return can_look_elsewhere(user, plan)

    def act(self, plan: PlanElsewhere, **said: Any) -> None:
        actions.see(plan=plan, on=said["seen_on"], by=said["by"])


class ElsewhereReview(ElsewhereStep):
    """Officers of the hub that covers the school give it their advice."""

    form_class = AdviceForm
    template_name = "smdp/elsewhere/review.html"
    done = "Returned to the school. Its leaders have an email that says so."

    def may(self, user: User, plan: PlanElsewhere) -> bool:
        return can_look_elsewhere(user, plan)

    def act(self, plan: PlanElsewhere, **said: Any) -> None:
        actions.advise(plan=plan, **said)


class ElsewhereAgain(ElsewhereStep):
    """Leaders of the school say when they went through their plan, and when they do so next."""

    form_class = AgainForm
    template_name = "smdp/elsewhere/again.html"
    done = "Saved. Your hub sees that you went through your plan, and when you do so next."

    def may(self, user: User, plan: PlanElsewhere) -> bool:
        return is_led(user, plan)

    def act(self, plan: PlanElsewhere, **said: Any) -> None:
        actions.go_through(plan=plan, **said)


class ElsewhereRemove(View):
    """Ask, then take it out."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan = kept_for(can_change_elsewhere, request, pk)
        return render(request, "smdp/elsewhere/remove.html", {"plan": plan})

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan = kept_for(can_change_elsewhere, request, pk)
        actions.remove(plan=plan, by=request.user)
        messages.success(request, "Taken out. It does not count as the school’s plan any more.")
        return redirect("smdp:plan-list")
