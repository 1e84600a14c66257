"""Writing in a section of a trust's plan, as in a school's: its page, its saving, its earlier states."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View

from hubportal.kit import drafts
from hubportal.kit.draft_views import DraftAutosaveView
from hubportal.kit.models import Draft
from smdp import answers, priorities
from smdp.forms import SectionBook
from smdp.models import LiftedPriority, TrustPlan, TrustPlanSection
from smdp.permissions import can_write_trust_plan
from smdp.sections import Section
from smdp.trust_asking import sections_of_trust
from smdp.views import states
from smdp.views.sections import changed_words, pressed


class TrustSectionPage:
    """One section of a trust's plan that the person writes: 404 where there is no such plan or section for them, 403
    where it is written no more."""

    def __init__(self, request: HttpRequest, pk: UUID, key: str, *, holds_draft: bool = False) -> None:
        """Two queries. `holds_draft` reads the draft FOR UPDATE, in the transaction that the caller has begun."""
        rows = TrustPlanSection.objects.visible_to(request.user).with_draft()
        if holds_draft:
            rows = rows.select_for_update(of=("draft",))
        row = get_object_or_404(rows, plan__uuid=pk, key=key)
        self.plan: TrustPlan = row.plan
        if not can_write_trust_plan(request.user, self.plan):
            raise PermissionDenied("The plan of a later year has followed, and nothing is written in this one now.")
        self.all = sections_of_trust(self.plan.specification, self.plan.trust)
        section = next((each for each in self.all if each.key == key), None)
        if section is None:
            raise Http404
        self.section, self.draft = section, row.draft

    @property
    def following(self) -> Section | None:
        """The section after this one."""
        at = self.all.index(self.section)
        return self.all[at + 1] if at + 1 < len(self.all) else None

    def book(self, data: QueryDict, *, quiet: bool = True) -> SectionBook:
        return SectionBook(self.section, data, quiet=quiet)


class TrustSectionEdit(View):
    """The section's page. GET makes nothing; POST keeps every word first, then checks and does what the button says."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        page = TrustSectionPage(request, pk, key)
        return self.show(page, page.book(drafts.as_data(page.draft.values)))

    def post(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        page = TrustSectionPage(request, pk, key)
        post = pressed(request.POST, page.section)
        try:
            result = drafts.take_post(draft=page.draft, post=post, by=request.user, shape=page.book(post).shape())
        except ValidationError as error:
            return self.show(page, page.book(post), error.messages, status=400)
        if result.refused:
            return self.show(page, page.book(post), list(result.refused.values()), status=400)
        if "add_row" in post:
            return redirect(f"{page.plan.section_url(key)}#{post['add_row']}")
        if drafts.only_saving(post) or result.conflicts:
            return redirect(page.plan.section_url(key))
        book = page.book(drafts.as_data(result.values), quiet=False)
        if not book.is_valid():
            return self.show(page, book, status=400)
        if "next_section" in post and page.following:
            return redirect(page.plan.section_url(page.following.key))
        return redirect(page.plan)

    def show(
        self, page: TrustSectionPage, book: SectionBook, problems: list[str] | None = None, status: int = 200
    ) -> HttpResponse:
        lifted: list[LiftedPriority] = []
        if page.section.key == priorities.SECTION:
            rows = LiftedPriority.objects.visible_to(self.request.user).filter(plan=page.plan)
            lifted = list(rows.select_related("version__plan__school", "by"))
        context: dict[str, Any] = {
            "plan": page.plan,
            "section": page.section,
            "sections": [(each, page.plan.section_url(each.key)) for each in page.all],
            "following": page.following,
            "book": book,
            "lifted": lifted,
            "sentences": [(each, "") for each in problems or []] + book.problems(),
            "draft_page": drafts.page(
                draft=page.draft,
                user=self.request.user,
                shape=book.shape(),
                url=reverse("smdp:trust-section-draft", args=[page.plan.uuid, page.section.key]),
            ),
        }
        return render(self.request, "smdp/trust_section_edit.html", context, status=status)


class TrustSectionDraft(DraftAutosaveView):
    """The address a section's page saves itself to."""

    holds_draft = True

    def get_draft(self) -> Draft:
        self.page = TrustSectionPage(self.request, self.kwargs["pk"], self.kwargs["key"], holds_draft=True)
        return self.page.draft

    def may_edit(self, draft: Draft) -> bool:
        return True  # the page has looked

    def get_shape(self, draft: Draft) -> drafts.Shape:
        return self.page.book(self.request.POST).shape()


class TrustSectionHistory(View):
    """Every saved state, with who saved it and what it changed."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        page = TrustSectionPage(request, pk, key)
        saved = states.page_of(request, page.draft)
        shown = states.asked_in(request, page.draft)
        context = {
            "plan": page.plan,
            "section": page.section,
            "section_url": page.plan.section_url(key),
            "states": saved,
            "rows": [(each, changed_words(page.section, each.changed)) for each in saved],
            "newest": page.draft.revision,
            "shown": shown,
            "chapter": answers.chapter(page.section, shown[1]) if shown else None,
        }
        return render(request, "smdp/trust_section_history.html", context)


class TrustSectionRestore(View):
    """Bring an earlier state back. What stands now stays in the history."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        page = TrustSectionPage(request, pk, key)
        if not states.restored(request, page.draft):
            return redirect("smdp:trust-section-history", pk, key)
        return redirect(page.plan.section_url(key))
