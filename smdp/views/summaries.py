"""A school's public summary, behind the door: made from the plan, written, published, taken back."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views import View

from hubportal.accounts.models import User
from hubportal.kit import drafts, rich
from hubportal.kit.draft_views import DraftAutosaveView
from hubportal.kit.models import Draft
from schools.access import today
from schools.models import School
from smdp import answers, reminding
from smdp.actions import summaries as actions
from smdp.forms import SectionBook, SummaryElsewhereForm, SummaryPublishForm
from smdp.models import Plan, Summary, SummaryVersion
from smdp.permissions import (
    can_publish_summary,
    can_see_summary,
    can_withdraw_summary,
    can_write_plan,
    can_write_summary,
)
from smdp.querysets.summaries import year_to_come
from smdp.summaries import shape, years
from smdp.summaries.reading_age import reading_age
from smdp.summaries.writing import draft_of
from smdp.views import states
from smdp.views.plans import visible_plan
from smdp.views.sections import changed_words

PART_ROWS = 12  # lines of a part's text box


def school_for(permission: Callable[[User, School], bool], request: HttpRequest, urn: int) -> School:
    """A school with a permission that the person must have: 404 for one they do not see, 403 without it."""
    school = get_object_or_404(School.objects.visible_to(request.user).select_related("type", "authority"), urn=urn)
    if not permission(request.user, school):
        raise PermissionDenied((permission.__doc__ or "").strip())
    return school


def summary_of(request: HttpRequest, school: School) -> Summary | None:
    """The school's summary, as far as the person sees it, with its `state` today. One query."""
    rows = Summary.objects.visible_to(request.user).with_state(today())
    rows = rows.select_related("school", "plan", "current__made_by")
    return rows.filter(school=school).first()


class SummaryBegin(View):
    """Make the summary from a plan, or fill it from the plan again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        plan: Plan = visible_plan(request, pk)
        if not can_write_plan(request.user, plan):
            raise PermissionDenied("The school’s leaders and editors make its summary.")
        try:
            actions.begin(plan=plan, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(plan)
        messages.success(request, "Filled from what your plan says in public. Nobody outside the school reads it yet.")
        return redirect("smdp:summary-edit", plan.school.urn)


class SummaryDetail(View):
    """Where the summary stands, and how a school's website leads to it."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, urn: int) -> HttpResponse:
        school = school_for(can_see_summary, request, urn)
        summary = summary_of(request, school)
        versions = SummaryVersion.objects.visible_to(request.user).filter(summary=summary).select_related("made_by")
        may_write = can_write_summary(request.user, school)
        context: dict[str, Any] = {
            "school": school,
            "summary": summary,
            "versions": list(versions) if summary else [],
            "may_write": may_write,
            "may_publish": can_publish_summary(request.user, school),
            "may_withdraw": summary is not None and summary.current and can_withdraw_summary(request.user, school),
            "has_draft": may_write and summary is not None and draft_of(summary) is not None,
            "plan": Plan.objects.visible_to(request.user).of_school(school).standing().first(),
            "renew": to_renew(summary, request.user, today()) if summary and school.is_open else None,
        }
        if summary and summary.current:
            context |= published(summary.current, school)
        return render(request, "smdp/summary_detail.html", context)


def to_renew(summary: Summary, user: User, on: date) -> reminding.Reason | None:
    """Why the summary is to be renewed, as its leaders and the hub are reminded; None where it is not. One query."""
    is_due = Summary.objects.visible_to(user, on).to_renew(on).filter(pk=summary.pk).exists()
    return reminding.of_summary(summary, on) if is_due else None


def published(version: SummaryVersion, school: School) -> dict[str, str]:
    """Its addresses, and what to paste into a website: the words as HTML, and a frame that shows the page."""
    address = settings.BASE_URL + reverse("smdp:summary-public", args=[school.urn])
    frame = settings.BASE_URL + reverse("smdp:summary-embed", args=[school.urn])
    words = {"content": version.content, "columns": shape.COLUMNS}
    return {
        "address": address,
        "html": render_to_string("smdp/summary_paste.txt", words).strip(),
        "frame": render_to_string("smdp/summary_frame.txt", {"src": frame, "title": version.content["title"]}).strip(),
    }


class SummaryPage:
    """The summary that the person writes: 404 where there is none, 403 where they may see and not write it."""

    def __init__(self, request: HttpRequest, urn: int) -> None:
        self.school = school_for(can_write_summary, request, urn)
        found = summary_of(request, self.school)
        draft = draft_of(found) if found else None
        if found is None or draft is None:
            raise Http404
        self.summary, self.draft = found, draft

    @property
    def url(self) -> str:
        return reverse("smdp:summary-edit", args=[self.school.urn])

    def book(self, data: QueryDict, *, quiet: bool = True) -> SectionBook:
        book = SectionBook(shape.SECTION, data, quiet=quiet)
        for part in shape.PARTS:
            book.form.fields[part.name].widget.attrs["rows"] = PART_ROWS
        return book


class SummaryEdit(View):
    """The summary's page. GET makes nothing; POST keeps every word first, then does what the button says."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, urn: int) -> HttpResponse:
        page = SummaryPage(request, urn)
        return self.show(page, page.book(drafts.as_data(page.draft.values)))

    def post(self, request: HttpRequest, urn: int) -> HttpResponse:
        page = SummaryPage(request, urn)
        book = page.book(request.POST)
        try:
            result = drafts.take_post(draft=page.draft, post=request.POST, by=request.user, shape=book.shape())
        except ValidationError as error:
            return self.show(page, book, error.messages, status=400)
        if result.refused:
            return self.show(page, book, list(result.refused.values()), status=400)
        if drafts.only_saving(request.POST) or result.conflicts:
            return redirect(page.url)
        book = page.book(drafts.as_data(result.values), quiet=False)
        if not book.is_valid():
            return self.show(page, book, status=400)
        to = "smdp:summary-publish" if "publish" in request.POST else "smdp:summary-detail"
        return redirect(to, page.school.urn)

    def show(
        self, page: SummaryPage, book: SectionBook, problems: list[str] | None = None, status: int = 200
    ) -> HttpResponse:
        values = {part.name: str(book.data.get(part.name, "")) for part in shape.PARTS}
        context: dict[str, Any] = {
            "school": page.school,
            "summary": page.summary,
            "section": shape.SECTION,
            "sentences": [(each, "") for each in problems or []] + book.problems(),
            "rows": [book.form[row.name] for row in shape.ROWS],
            "parts": [
                {
                    "part": part,
                    "field": book.form[part.name],
                    "words": rich.words_of(values[part.name]),
                    "age": reading_age(rich.plain(values[part.name], addresses=False)),
                }
                for part in shape.PARTS
            ],
            "may_publish": can_publish_summary(self.request.user, page.school),
            "draft_page": drafts.page(
                draft=page.draft,
                user=self.request.user,
                shape=book.shape(),
                url=reverse("smdp:summary-draft", args=[page.school.urn]),
            ),
        }
        return render(self.request, "smdp/summary_edit.html", context, status=status)


class SummaryDraft(DraftAutosaveView):
    """The address the summary's page saves itself to."""

    def get_draft(self) -> Draft:
        self.page = SummaryPage(self.request, self.kwargs["urn"])
        return self.page.draft

    def may_edit(self, draft: Draft) -> bool:
        return True  # the page has looked

    def get_shape(self, draft: Draft) -> drafts.Shape:
        return self.page.book(self.request.POST).shape()


class SummaryHistory(View):
    """Every saved state, with who saved it and what it changed; a POST brings one back."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, urn: int) -> HttpResponse:
        page = SummaryPage(request, urn)
        saved = states.page_of(request, page.draft)
        context = {
            "school": page.school,
            "states": saved,
            "rows": [(each, changed_words(shape.SECTION, each.changed)) for each in saved],
            "newest": page.draft.revision,
        }
        return render(request, "smdp/summary_history.html", context)

    def post(self, request: HttpRequest, urn: int) -> HttpResponse:
        page = SummaryPage(request, urn)
        if not states.restored(request, page.draft):
            return redirect("smdp:summary-history", urn)
        return redirect(page.url)


class SummaryPublish(View):
    """Show what everybody will read, ask, and publish it."""

    http_method_names = ["get", "head", "post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return  # the door closes after this
        self.page = SummaryPage(request, kwargs["urn"])
        if not can_publish_summary(request.user, self.page.school):
            raise PermissionDenied("The school’s leaders publish its summary.")

    def get(self, request: HttpRequest, urn: int) -> HttpResponse:
        return self.show(SummaryPublishForm())

    def post(self, request: HttpRequest, urn: int) -> HttpResponse:
        form = SummaryPublishForm(request.POST)
        if form.is_valid():
            try:
                version = actions.publish(summary=self.page.summary, by=request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(
                    request, f"Published. Everybody can read version {version.number} at its public address now."
                )
                return redirect("smdp:summary-detail", urn)
        return self.show(form)

    def show(self, form: SummaryPublishForm) -> HttpResponse:
        lacking = shape.lacking(self.page.draft.values)
        content = actions.preview(self.page.draft, self.page.school)
        context = {
            "form": form,
            "school": self.page.school,
            "edit_url": self.page.url,
            "lacking": lacking,
            "content": content,
            "columns": shape.COLUMNS,
            "year_to_come": self.year_to_come(),
        }
        return render(self.request, "smdp/summary_publish.html", context)

    def year_to_come(self) -> str:
        """The academic year that a summary is to be for and that this one does not name; "" where it does."""
        year, plan = year_to_come(today()), self.page.summary.plan
        words = answers.said(shape.YEAR, self.page.draft.values)
        is_for_it = plan is None or years.ends_year(words, plan, today()) > year
        return "" if is_for_it else f"{year} to {year + 1}"


class SummaryWithdraw(View):
    """Ask, and take the published version back."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, urn: int) -> HttpResponse:
        school = school_for(can_withdraw_summary, request, urn)
        return render(request, "smdp/summary_withdraw.html", {"school": school, "summary": self.standing(school)})

    def post(self, request: HttpRequest, urn: int) -> HttpResponse:
        school = school_for(can_withdraw_summary, request, urn)
        try:
            actions.withdraw(summary=self.standing(school), by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, "Withdrawn. Its public address says now that there is no summary.")
        return redirect("smdp:summary-detail", urn)

    def standing(self, school: School) -> Summary:
        """The school's summary; 404 where none was ever made."""
        summary = summary_of(self.request, school)
        if summary is None:
            raise Http404
        return summary


class SummaryElsewhere(View):
    """Where the school publishes its summary, if not here."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, urn: int) -> HttpResponse:
        school = school_for(can_publish_summary, request, urn)
        summary = summary_of(request, school)
        known = {"url": summary.elsewhere_url, "on": summary.elsewhere_on} if summary else {}
        return self.show(school, SummaryElsewhereForm(initial=known))

    def post(self, request: HttpRequest, urn: int) -> HttpResponse:
        school = school_for(can_publish_summary, request, urn)
        form = SummaryElsewhereForm(request.POST)
        if form.is_valid():
            try:
                actions.record_elsewhere(school=school, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, "Saved. Your hub sees where your summary stands.")
                return redirect("smdp:summary-detail", urn)
        return self.show(school, form)

    def show(self, school: School, form: SummaryElsewhereForm) -> HttpResponse:
        return render(self.request, "smdp/summary_elsewhere.html", {"school": school, "form": form})


class SummaryVersionDetail(View):
    """A version as it was published, for school and hub: also one that was replaced or withdrawn."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, urn: int, number: int) -> HttpResponse:
        school = school_for(can_see_summary, request, urn)
        rows = SummaryVersion.objects.visible_to(request.user).select_related("summary", "made_by", "withdrawn_by")
        version = get_object_or_404(rows, summary__school=school, number=number)
        context = {
            "school": school,
            "version": version,
            "is_current": version.summary.current_id == version.pk,
            "content": version.content,
            "columns": shape.COLUMNS,
        }
        return render(request, "smdp/summary_version.html", context)
