"""A school's self-evaluation: begun, written, read and submitted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View

from hubportal.kit import drafts
from hubportal.kit.draft_views import DraftAutosaveView
from hubportal.kit.models import Draft
from schools.models import School
from smdp.actions import evaluations as actions
from smdp.evaluations import evaluating
from smdp.evaluations.comparing import moves, summary
from smdp.evaluations.forms import EvaluationBeginForm, EvaluationBook
from smdp.evaluations.reading import chapters
from smdp.models import SelfEvaluation, SelfEvaluationVersion
from smdp.permissions import can_begin_evaluation, can_submit_evaluation, can_write_evaluation
from smdp.views import states


def visible_evaluation(request: HttpRequest, pk: UUID) -> SelfEvaluation:
    """The self-evaluation that the address names, as far as this person sees it: 404 otherwise."""
    rows = SelfEvaluation.objects.visible_to(request.user).with_submitted(request.user)
    return get_object_or_404(rows.select_related("school__type", "school__authority", "framework"), uuid=pk)


class EvaluationBegin(View):
    """Begin one for one's school."""

    http_method_names = ["get", "head", "post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return  # the door closes after this
        self.school = get_object_or_404(School.objects.visible_to(request.user), urn=kwargs["urn"])
        if not can_begin_evaluation(request.user, self.school):
            raise PermissionDenied("The school’s leaders and editors begin its self-evaluation, while it is open.")

    def get(self, request: HttpRequest, urn: int) -> HttpResponse:
        return self.show(EvaluationBeginForm())

    def post(self, request: HttpRequest, urn: int) -> HttpResponse:
        form = EvaluationBeginForm(request.POST)
        if form.is_valid():
            try:
                evaluation = actions.begin(school=self.school, by=request.user, year=form.cleaned_data["year"])
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, "Begun. Answer in any order; every word is kept as you type.")
                return redirect(evaluation.write_url)
        return self.show(form)

    def show(self, form: EvaluationBeginForm) -> HttpResponse:
        return render(self.request, "smdp/evaluation_begin.html", {"form": form, "school": self.school})


class EvaluationDetail(View):
    """Where it stands for those who write it, and what was submitted last for all who may read that."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        evaluation = visible_evaluation(request, pk)
        versions = versions_of(request, evaluation)
        frame = evaluating.frame_of(evaluation.framework)
        context: dict[str, Any] = {
            "evaluation": evaluation,
            "versions": versions,
            "total": len(frame.criteria),
            "before": evaluating.version_before(evaluation, request.user) if versions else None,
            "may_write": can_write_evaluation(request.user, evaluation),
            "may_submit": can_submit_evaluation(request.user, evaluation),
        }
        if versions:
            context |= {"version": versions[0], "areas": chapters(frame, versions[0].answers)}
        if context["may_write"] and (draft := evaluating.draft_of(evaluation)):
            written = evaluating.answers_in(draft.values, frame)
            context["answered"] = evaluating.answered(written)
            context["has_news"] = not versions or versions[0].answers != written
        return render(request, "smdp/evaluation_detail.html", context)


def versions_of(request: HttpRequest, evaluation: SelfEvaluation) -> list[SelfEvaluationVersion]:
    """What the person may read of it, the newest first. One query."""
    rows = SelfEvaluationVersion.objects.visible_to(request.user).filter(evaluation=evaluation)
    return list(rows.select_related("evaluation", "made_by"))


class EvaluationVersion(View):
    """What was submitted at one time."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
        evaluation = visible_evaluation(request, pk)
        versions = versions_of(request, evaluation)
        version = next((each for each in versions if each.number == number), None)
        if version is None:
            raise Http404
        frame = evaluating.frame_of(evaluation.framework)
        context = {
            "evaluation": evaluation,
            "version": version,
            "versions": versions,
            "areas": chapters(frame, version.answers),
        }
        return render(request, "smdp/evaluation_version.html", context)


class EvaluationYears(View):
    """What was submitted last beside what was submitted last of the year before."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        evaluation = visible_evaluation(request, pk)
        versions, before = versions_of(request, evaluation), evaluating.version_before(evaluation, request.user)
        context: dict[str, Any] = {"evaluation": evaluation, "before": before, "versions": versions}
        if versions and before:
            frame = evaluating.frame_of(evaluation.framework)
            areas = moves(frame, versions[0].answers, before.answers, evaluating.levels_of(before))
            context |= {"version": versions[0], "areas": areas, "summary": summary(areas)}
        return render(request, "smdp/evaluation_years.html", context)


class WritingPage:
    """A self-evaluation that the person writes: 404 where it is not there for them, 403 where they may read it and not
    write in it."""

    def __init__(self, request: HttpRequest, pk: UUID) -> None:
        self.request, self.evaluation = request, visible_evaluation(request, pk)
        if not can_write_evaluation(request.user, self.evaluation):
            raise PermissionDenied("The school’s leaders and editors write its self-evaluation.")
        draft = evaluating.draft_of(self.evaluation)
        if draft is None:
            raise Http404
        self.draft: Draft = draft
        self.frame = evaluating.frame_of(self.evaluation.framework)

    def suggestions(self) -> evaluating.Suggestions:
        return evaluating.suggestions_for(self.evaluation, self.request.user)

    def book(self, data: QueryDict, *, quiet: bool = True) -> EvaluationBook:
        """The forms, with what is suggested and what was answered the year before. Three queries at the most."""
        before = evaluating.version_before(self.evaluation, self.request.user)
        return EvaluationBook(
            self.frame,
            data,
            suggestions=self.suggestions(),
            before=before.answers if before else None,
            levels_before=evaluating.levels_of(before) if before else None,
            quiet=quiet,
        )

    def shape(self) -> drafts.Shape:
        return EvaluationBook(self.frame, QueryDict()).shape()


class EvaluationEdit(View):
    """The page on which it is written. GET makes nothing; POST keeps every word first, then does what the button
    says."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        page = WritingPage(request, pk)
        return self.show(page, page.book(drafts.as_data(page.draft.values)))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        page = WritingPage(request, pk)
        post, taken = taken_over(request.POST, page)
        try:
            result = drafts.take_post(draft=page.draft, post=post, by=request.user, shape=page.shape())
        except ValidationError as error:
            return self.show(page, page.book(post), error.messages, status=400)
        if result.refused:
            return self.show(page, page.book(post), list(result.refused.values()), status=400)
        if taken:
            return redirect(f"{page.evaluation.write_url}#{taken}")
        if drafts.only_saving(post) or result.conflicts:
            return redirect(page.evaluation.write_url)
        book = page.book(drafts.as_data(result.values), quiet=False)
        if not book.is_valid():
            return self.show(page, book, status=400)
        return redirect(page.evaluation)

    def show(
        self, page: WritingPage, book: EvaluationBook, problems: list[str] | None = None, status: int = 200
    ) -> HttpResponse:
        context: dict[str, Any] = {
            "evaluation": page.evaluation,
            "book": book,
            "meanings": page.frame.meanings,
            "sentences": [(each, "") for each in problems or []] + book.problems(),
            "draft_page": drafts.page(
                draft=page.draft,
                user=self.request.user,
                shape=book.shape(),
                url=reverse("smdp:evaluation-draft", args=[page.evaluation.uuid]),
            ),
        }
        return render(self.request, "smdp/evaluation_edit.html", context, status=status)


def taken_over(post: QueryDict, page: WritingPage) -> tuple[QueryDict, str]:
    """The post as "Use this level" leaves it, and the criterion it was pressed for ("" where it was not)."""
    code = post.get("take_over", "")
    level = page.suggestions().levels.get(code) if code else None
    if level is None:
        return post, ""
    post = post.copy()
    post[f"{code}-level"] = str(level)
    return post, code


class EvaluationDraft(DraftAutosaveView):
    """The address the page saves itself to."""

    def get_draft(self) -> Draft:
        self.page = WritingPage(self.request, self.kwargs["pk"])
        return self.page.draft

    def may_edit(self, draft: Draft) -> bool:
        return True  # the page has looked

    def get_shape(self, draft: Draft) -> drafts.Shape:
        return self.page.shape()


class EvaluationHistory(View):
    """Every saved state, with who saved it and what it changed: for those who write it alone."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        page = WritingPage(request, pk)
        shown, saved, shape = states.asked_in(request, page.draft), states.page_of(request, page.draft), page.shape()
        context = {
            "evaluation": page.evaluation,
            "states": saved,
            "rows": [(each, [shape.label(name) for name in each.changed]) for each in saved],
            "newest": page.draft.revision,
            "shown": shown,
            "areas": chapters(page.frame, evaluating.answers_in(shown[1], page.frame)) if shown else [],
        }
        return render(request, "smdp/evaluation_history.html", context)


class EvaluationRestore(View):
    """Bring an earlier state back. What stands now stays in the history."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        page = WritingPage(request, pk)
        if not states.restored(request, page.draft):
            return redirect("smdp:evaluation-history", pk)
        return redirect(page.evaluation.write_url)


class EvaluationSubmit(View):
    """Ask, say what is left open, and freeze a version."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self.show(self.evaluation_for(request, pk), [])

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        evaluation = self.evaluation_for(request, pk)
        try:
            version = actions.submit(evaluation=evaluation, by=request.user)
        except ValidationError as error:
            return self.show(evaluation, error.messages, status=400)
        messages.success(
            request, f"Submitted. Your governors, your hub and your trust read version {version.number} now."
        )
        return redirect(evaluation)

    def evaluation_for(self, request: HttpRequest, pk: UUID) -> SelfEvaluation:
        evaluation = visible_evaluation(request, pk)
        if not can_submit_evaluation(request.user, evaluation):
            raise PermissionDenied("A leader of the school submits its self-evaluation.")
        return evaluation

    def show(self, evaluation: SelfEvaluation, problems: list[str], status: int = 200) -> HttpResponse:
        frame, draft = evaluating.frame_of(evaluation.framework), evaluating.draft_of(evaluation)
        answers = evaluating.answers_in(draft.values if draft else {}, frame)
        context = {
            "evaluation": evaluation,
            "answered": evaluating.answered(answers),
            "missing": [each for each in frame.criteria if not evaluating.level_in(answers, each.code)],
            "problems": problems,
        }
        return render(self.request, "smdp/evaluation_submit.html", context, status=status)
