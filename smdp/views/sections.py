"""Writing in a section of a plan: its page, its saving, its earlier states."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View

from hubportal.accounts.models import User
from hubportal.kit import drafts
from hubportal.kit.draft_views import DraftAutosaveView
from hubportal.kit.drafts.merge import COUNTER
from hubportal.kit.forms import with_another_row
from hubportal.kit.models import Draft
from smdp import answers, filing, helping, reviewing
from smdp.actions import plans as actions
from smdp.actions import trust_plans
from smdp.asking import sections_of
from smdp.forms import SectionBook
from smdp.mirroring import mirror_of
from smdp.models import Plan, PlanSection, SectionComment
from smdp.permissions import can_write_plan
from smdp.sections import Section
from smdp.views import states


class SectionPage:
    """One section of a plan that the person writes: 404 where there is no such plan or section for them, 403 where they
    may see the plan and not write in it."""

    def __init__(self, request: HttpRequest, pk: UUID, key: str, *, holds_draft: bool = False) -> None:
        """One query. `holds_draft` reads the draft FOR UPDATE, in the transaction that the caller has begun."""
        rows = PlanSection.objects.visible_to(request.user).with_draft()
        if holds_draft:
            rows = rows.select_for_update(of=("draft",))
        row = get_object_or_404(rows, plan__uuid=pk, key=key)
        self.plan: Plan = row.plan
        if not can_write_plan(request.user, self.plan):
            raise PermissionDenied("The school’s leaders and editors write its plan.")
        self.all = sections_of(self.plan.specification, self.plan.school)
        section = next((each for each in self.all if each.key == key), None)
        if section is None:
            raise Http404
        self.section, self.row, self.draft = section, row, row.draft

    @property
    def following(self) -> Section | None:
        """The section after this one."""
        at = self.all.index(self.section)
        return self.all[at + 1] if at + 1 < len(self.all) else None

    def book(self, data: QueryDict, *, quiet: bool = True, offers: Iterable[str] = ()) -> SectionBook:
        return SectionBook(self.section, data, quiet=quiet, offers=offers)

    def shown(self, data: QueryDict, user: User, *, quiet: bool = True) -> SectionBook:
        """The book with the offers that can be chosen. One query, none where the section asks for none."""
        return self.book(data, quiet=quiet, offers=helping.offers_for(user, self.plan.school, self.section))


class SectionEdit(View):
    """The section's page. GET makes nothing; POST keeps every word first, then checks and does what the button says."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        page = SectionPage(request, pk, key)
        return self.show(page, page.shown(drafts.as_data(page.draft.values), request.user))

    def post(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        page = SectionPage(request, pk, key)
        post = pressed(request.POST, page.section)
        try:
            result = drafts.take_post(draft=page.draft, post=post, by=request.user, shape=page.book(post).shape())
        except ValidationError as error:
            return self.show(page, page.shown(post, request.user), error.messages, status=400)
        if result.refused:
            return self.show(page, page.shown(post, request.user), list(result.refused.values()), status=400)
        if "add_row" in post:
            return redirect(f"{page.plan.section_url(key)}#{post['add_row']}")
        if drafts.only_saving(post) or result.conflicts:
            return redirect(page.plan.section_url(key))
        if "confirm_trust" in post:
            return self.confirm_trust(page)
        book = page.shown(drafts.as_data(result.values), request.user, quiet=False)
        if not book.is_valid():
            return self.show(page, book, status=400)
        actions.confirm(section=page.row, by=request.user)
        if "next_section" in post and page.following:
            return redirect(page.plan.section_url(page.following.key))
        return redirect(page.plan)

    def confirm_trust(self, page: SectionPage) -> HttpResponse:
        """What the trust says above the school's own words holds for the school."""
        seen = self.request.POST["confirm_trust"]
        try:
            trust_plans.confirm(plan=page.plan, key=page.section.key, seen=seen, by=self.request.user)
        except ValidationError as error:
            messages.error(self.request, error.messages[0])
        else:
            messages.success(self.request, "Confirmed. What your trust says here counts as yours.")
        return redirect(page.plan.section_url(page.section.key))

    def show(
        self, page: SectionPage, book: SectionBook, problems: list[str] | None = None, status: int = 200
    ) -> HttpResponse:
        review = reviewing.newest_returned(self.request.user, page.plan)
        comments = SectionComment.objects.visible_to(self.request.user).filter(section=page.row)
        context: dict[str, Any] = {
            "plan": page.plan,
            "review": review,
            "origins": helping.origins_of(self.request.user, page.plan, page.section, page.draft.values),
            "hub_says": review.comments.get(page.section.key, "") if review else "",
            "section": page.section,
            "row": page.row,
            "mirror": mirror_of(page.plan),
            "files": filing.of_section(page.row),
            "sections": page.all,
            "open_comments": comments.open().select_related("by"),
            "following": page.following,
            "book": book,
            "sentences": [(each, "") for each in problems or []] + book.problems(),
            "draft_page": drafts.page(
                draft=page.draft,
                user=self.request.user,
                shape=book.shape(),
                url=reverse("smdp:section-draft", args=[page.plan.uuid, page.section.key]),
            ),
        }
        return render(self.request, "smdp/section_edit.html", context, status=status)


def pressed(post: QueryDict, section: Section) -> QueryDict:
    """The post as "Add another" leaves it in a browser without scripts: with one row more in that table."""
    prefix = post.get("add_row", "")
    return with_another_row(post, prefix) if prefix in {each.name for each in section.tables()} else post


class SectionDraft(DraftAutosaveView):
    """The address a section's page saves itself to. Three queries, beside those for who it is."""

    holds_draft = True

    def get_draft(self) -> Draft:
        self.page = SectionPage(self.request, self.kwargs["pk"], self.kwargs["key"], holds_draft=True)
        return self.page.draft

    def may_edit(self, draft: Draft) -> bool:
        return True  # the page has looked

    def get_shape(self, draft: Draft) -> drafts.Shape:
        return self.page.book(self.request.POST).shape()


class SectionHistory(View):
    """Every saved state, with who saved it and what it changed."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        page = SectionPage(request, pk, key)
        saved = states.page_of(request, page.draft)
        shown = states.asked_in(request, page.draft)
        context = {
            "plan": page.plan,
            "section": page.section,
            "states": saved,
            "rows": [(each, changed_words(page.section, each.changed)) for each in saved],
            "newest": page.draft.revision,
            "shown": shown,
            "chapter": answers.chapters([page.section], {key: shown[1]})[0] if shown else None,
        }
        return render(request, "smdp/section_history.html", context)


def changed_words(section: Section, names: list[str]) -> list[str]:
    """What a saved state changed, by the labels of its questions and tables, each once and in their order."""
    labels: dict[str, bool] = {}
    for field in section.fields():
        labels[field.label] = any(name == field.name or name.startswith(f"{field.name}_") for name in names)
    for table in section.tables():
        labels[table.title] = any(name.startswith(f"{table.name}-") and not name.endswith(COUNTER) for name in names)
    return [label for label, is_changed in labels.items() if is_changed]


class SectionRestore(View):
    """Bring an earlier state back. What stands now stays in the history."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        page = SectionPage(request, pk, key)
        if not states.restored(request, page.draft):
            return redirect("smdp:section-history", pk, key)
        return redirect(page.plan.section_url(key))
