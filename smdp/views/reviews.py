"""The hub reviews a version of a plan: its page, its saving, and returning it to the school."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View

from hubportal.kit import drafts
from hubportal.kit.draft_views import DraftAutosaveView
from hubportal.kit.models import Draft
from smdp import partnership, priorities, reviewing, writing
from smdp.actions import reviews as actions
from smdp.asking import said_in
from smdp.forms import ReviewForm
from smdp.models import PlanReview, PlanVersion
from smdp.permissions import can_review_plan
from smdp.trusts.mirroring import mirror_in
from smdp.views.versions import versions_of


def version_to_review(request: HttpRequest, pk: UUID, number: int) -> PlanVersion:
    """The version, for those who may review it: 404 where they do not see it, 403 where they may only read it."""
    version = get_object_or_404(versions_of(request, pk).select_related("plan__school__type"), number=number)
    if not can_review_plan(request.user, version.plan):
        raise PermissionDenied("The hub’s managers and officers, and officers of the partner entrusted, review a plan.")
    return version


class ReviewPage:
    """A review that was begun, for those who may write in it."""

    def __init__(self, request: HttpRequest, pk: UUID, number: int) -> None:
        self.version = version_to_review(request, pk, number)
        rows = PlanReview.objects.visible_to(request.user).own().select_related("version__plan", "returned_by")
        self.review = get_object_or_404(rows, version=self.version)
        self.draft = writing.review_draft_of(self.review)
        self.sections = said_in(self.version)

    def form(self, data: QueryDict, *, quiet: bool = True) -> ReviewForm:
        return ReviewForm(data, sections=self.sections, quiet=quiet)


class ReviewBegin(View):
    """Begin the review, or go on with the one that stands."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
        version = version_to_review(request, pk, number)
        try:
            review = actions.begin(version=version, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(version)
        return redirect(review)


class ReviewEdit(View):
    """The frozen text of each section with what stands beside it. POST keeps every word first, then does what the
    button says."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
        page = ReviewPage(request, pk, number)
        if page.review.returned_at:
            return redirect(page.version)
        return self.show(page, page.form(drafts.as_data(page.draft.values)))

    def post(self, request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
        page = ReviewPage(request, pk, number)
        form = page.form(request.POST)
        shape = drafts.shape_of(form)
        if page.review.returned_at and not self.says_more(page, shape):
            return redirect(page.version)
        try:
            result = drafts.take_post(draft=page.draft, post=request.POST, by=request.user, shape=shape)
        except ValidationError as error:
            return self.show(page, form, error.messages, status=400)
        if result.refused:
            return self.show(page, form, list(result.refused.values()), status=400)
        if drafts.only_saving(request.POST) or result.conflicts:
            return redirect(page.review)
        return self.give_back(page, page.form(drafts.as_data(result.values), quiet=False))

    def says_more(self, page: ReviewPage, shape: drafts.Shape) -> bool:
        """Whether a page that comes after the review was returned holds words that it does not."""
        typed = drafts.values_from(self.request.POST, shape)
        return any(value and value != page.draft.values.get(name, "") for name, value in typed.items())

    def give_back(self, page: ReviewPage, form: ReviewForm) -> HttpResponse:
        if not form.is_valid():
            return self.show(page, form, status=400)
        try:
            actions.give_back(review=page.review, by=self.request.user)
        except ValidationError as error:
            return self.show(page, form, error.messages, status=400)
        messages.success(self.request, "Returned to the school. Its leaders have an email that says so.")
        return redirect(page.version)

    def show(
        self, page: ReviewPage, form: ReviewForm, problems: list[str] | None = None, status: int = 200
    ) -> HttpResponse:
        beside = reviewing.beside(self.request.user, page.version, page.review.hub_id)
        plan = page.version.plan
        context: dict[str, Any] = {
            "plan": plan,
            "version": page.version,
            "form": form,
            "beside": beside,
            "mirror": mirror_in(page.version),
            "partnership": partnership.frozen(page.version),
            "rows": [
                {
                    "chapter": each,
                    "last": beside.chapters.get(key),
                    "going": beside.going if key == priorities.SECTION else [],
                    "field": form[f"on_{key}"],
                }
                for each in reviewing.chapters_of(page.version)
                for key in [each.section.key]
            ],
            "problems": [*(problems or []), *(words for errors in form.errors.values() for words in errors)],
            "draft_page": drafts.page(
                draft=page.draft,
                user=self.request.user,
                shape=drafts.shape_of(form),
                url=reverse("smdp:review-draft", args=[plan.uuid, page.version.number]),
            ),
        }
        return render(self.request, "smdp/review_edit.html", context, status=status)


class ReviewDraft(DraftAutosaveView):
    """The address a review's page saves itself to."""

    def get_draft(self) -> Draft:
        self.page = ReviewPage(self.request, self.kwargs["pk"], self.kwargs["number"])
        return self.page.draft

    def may_edit(self, draft: Draft) -> bool:
        return True  # the page has looked

    def get_shape(self, draft: Draft) -> drafts.Shape:
        return drafts.shape_of(self.page.form(self.request.POST))
