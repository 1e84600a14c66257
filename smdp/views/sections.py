"""Writing in a section of a plan: its page, its saving, its earlier states. A trust's plan is written by the same views
(`smdp.views.trust_sections`)."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from hubportal.accounts.models import User
from hubportal.kit import drafts
from hubportal.kit.draft_views import DraftAutosaveView
from hubportal.kit.drafts.merge import COUNTER
from hubportal.kit.models import Draft
from smdp import answers, filing, helping, partnership, reviewing, writing
from smdp.actions import plans as actions
from smdp.actions import trust_plans
from smdp.asking import asked_in
from smdp.forms import SectionBook
from smdp.models import PlanSection, SectionAnswer, SectionComment
from smdp.permissions import can_invite_guests, can_read_draft, can_write_plan, sections_as_guest
from smdp.sections import Section
from smdp.trusts.mirroring import mirror_of
from smdp.views import states


class WrittenSection:
    """One section of a plan that the person writes: 404 where there is no such plan or section for them, 403 where they
    may see the plan and not write in it."""

    urls: ClassVar[str]  # what the names of its addresses begin with

    def __init__(self, request: HttpRequest, pk: UUID, key: str, *, holds_draft: bool = False) -> None:
        """One query, and those of `sections`. `holds_draft` holds the section and its draft, in the transaction that
        the caller has begun."""
        rows = self.rows(request.user).filter(plan__uuid=pk, key=key)
        row = writing.held(rows) if holds_draft else rows.first()
        if row is None:
            raise Http404
        self.row, self.plan = row, row.plan
        self.draft: Draft = self.row.draft
        self.revision = self.draft.revision  # as it was found
        self.check(request.user)
        self.all = self.sections()
        section = next((each for each in self.all if each.key == key), None)
        if section is None:
            raise Http404
        self.section = section

    def rows(self, user: User) -> QuerySet:
        """The sections that this person sees, with their plans and drafts."""
        raise NotImplementedError

    def check(self, user: User) -> None:
        """PermissionDenied where the person does not write this plan."""
        raise NotImplementedError

    def sections(self) -> tuple[Section, ...]:
        """The sections of the plan, in order."""
        raise NotImplementedError

    @property
    def following(self) -> Section | None:
        """The section after this one."""
        at = self.all.index(self.section)
        return self.all[at + 1] if at + 1 < len(self.all) else None

    @property
    def url(self) -> str:
        return self.url_of(self.section)

    def url_of(self, section: Section) -> str:
        return self.plan.section_url(section.key)

    def address(self, name: str) -> str:
        """Of what belongs to the section: its draft, history, restore."""
        return reverse(f"{self.urls}-{name}", args=[self.plan.uuid, self.section.key])

    def book(self, data: QueryDict, *, quiet: bool = True, offers: Iterable[str] = ()) -> SectionBook:
        return SectionBook(self.section, data, quiet=quiet, offers=offers, marks_public=True)

    def shown(self, data: QueryDict, user: User, *, quiet: bool = True) -> SectionBook:
        """The book as its page shows it, with what can be chosen."""
        return self.book(data, quiet=quiet)

    def context(self, user: User) -> dict[str, Any]:
        """What the page shows beside the questions."""
        return {}

    def saved(self, user: User, result: drafts.SaveResult) -> None:
        """What follows once words were kept."""

    def done(self, user: User) -> None:
        """What follows once everything in it is right."""


class SectionPage(WrittenSection):
    """A section of a school's plan."""

    urls = "smdp:section"

    def rows(self, user: User) -> QuerySet:
        return PlanSection.objects.visible_to(user).with_draft()

    def check(self, user: User) -> None:
        if not self.plan.school.is_open:
            raise PermissionDenied(f"{self.plan.school} has closed, so its plan stays as it was written.")
        if not can_write_plan(user, self.plan):
            raise PermissionDenied("The school’s leaders and editors write its plan.")

    def sections(self) -> tuple[Section, ...]:
        return asked_in(self.plan)

    def shown(self, data: QueryDict, user: User, *, quiet: bool = True) -> SectionBook:
        """The book with the offers that can be chosen. One query, none where the section asks for none."""
        return self.book(data, quiet=quiet, offers=helping.offers_for(user, self.plan.school, self.section))

    def context(self, user: User) -> dict[str, Any]:
        review = reviewing.newest_returned(user, self.plan)
        comments = SectionComment.objects.visible_to(user).filter(section=self.row)
        return {
            "review": review,
            "origins": helping.origins_of(user, self.plan, self.section, self.draft.values),
            "hub_says": review.comments.get(self.section.key, "") if review else "",
            "row": self.row,
            "mirror": mirror_of(self.plan),
            "partnership": self.on_offer(user),
            "files": filing.of_section(self.row),
            "answers": SectionAnswer.objects.visible_to(user).waiting().filter(section=self.row).select_related("link"),
            "open_comments": comments.open().select_related("by"),
            "may_invite": can_invite_guests(user, self.plan),
            "may_remove_files": can_write_plan(user, self.plan),
        }

    def on_offer(self, user: User) -> list[partnership.Group]:
        """What the section says of itself; nothing, without a query, in every other than the partnership."""
        return partnership.live(user, self.plan) if self.section.key == partnership.SECTION else []

    def done(self, user: User) -> None:
        actions.confirm(section=self.row, by=user)


class SectionOrGuestPage(SectionPage):
    """The same for whom the school asked to write in some sections for it: those alone, and what they write waits for
    the school to confirm it."""

    def check(self, user: User) -> None:
        self.written_for = set() if can_read_draft(user, self.plan) else sections_as_guest(user, self.plan)
        self.is_guest = self.row.key in self.written_for
        if not self.is_guest:
            super().check(user)

    def sections(self) -> tuple[Section, ...]:
        return tuple(each for each in super().sections() if not self.is_guest or each.key in self.written_for)

    def context(self, user: User) -> dict[str, Any]:
        """Without what the trust says above it for whom the school asked: the trust did not."""
        said = super().context(user)
        return said | {"is_guest": self.is_guest, "mirror": None if self.is_guest else said["mirror"]}

    def saved(self, user: User, result: drafts.SaveResult) -> None:
        if self.is_guest and result.revision > self.revision:
            actions.note_entered(section=self.row, by=user)

    def done(self, user: User) -> None:
        if not self.is_guest:
            super().done(user)


class SectionEdit(View):
    """The section's page. GET makes nothing; POST keeps every word first, then checks and does what the button says."""

    http_method_names = ["get", "head", "post"]
    page_class: type[WrittenSection] = SectionOrGuestPage
    template_name = "smdp/section_edit.html"

    def get(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        page = self.page_class(request, pk, key)
        return self.show(page, page.shown(drafts.as_data(page.draft.values), request.user))

    def post(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        with transaction.atomic():
            page = self.page_class(request, pk, key, holds_draft=True)
            post = pressed(request.POST, page.section)
            result, problems = self.keep(page, post)
        if result is None or problems:
            return self.show(page, page.shown(post, request.user), problems, status=400)
        if rows := drafts.pressed_row(post):
            return redirect(f"{page.url}#{rows}")
        if result.conflicts:
            return redirect(page.url)
        if "confirm_trust" in post and isinstance(page, SectionPage) and can_read_draft(request.user, page.plan):
            return self.confirm_trust(page)
        book = page.shown(drafts.as_data(result.values), request.user, quiet=False)
        if not book.is_valid():
            return self.show(page, book, status=400)
        if drafts.only_saving(post):
            return redirect(page.url)
        page.done(request.user)
        if "next_section" in post and page.following:
            return redirect(page.url_of(page.following))
        return redirect(page.plan)

    def keep(self, page: WrittenSection, post: QueryDict) -> tuple[drafts.SaveResult | None, list[str]]:
        """Save what was posted into the draft that is held; with a sentence for each word that could not be."""
        by, shape = self.request.user, page.book(post).shape()
        try:
            result = drafts.take_post(draft=page.draft, post=post, by=by, shape=shape, held=True)
        except ValidationError as error:
            return None, error.messages
        page.saved(by, result)
        return result, list(result.refused.values())

    def confirm_trust(self, page: SectionPage) -> HttpResponse:
        """What the trust says above the school's own words holds for the school."""
        seen = self.request.POST["confirm_trust"]
        try:
            trust_plans.confirm(plan=page.plan, key=page.section.key, seen=seen, by=self.request.user)
        except ValidationError as error:
            messages.error(self.request, error.messages[0])
        else:
            messages.success(self.request, "Confirmed. What your trust says here counts as yours.")
        return redirect(page.url)

    def show(
        self, page: WrittenSection, book: SectionBook, problems: list[str] | None = None, status: int = 200
    ) -> HttpResponse:
        context = {
            "plan": page.plan,
            "section": page.section,
            "sections": [(each, page.url_of(each)) for each in page.all],
            "following": page.following,
            "history_url": page.address("history"),
            "book": book,
            "sentences": [(each, "") for each in problems or []] + book.problems(),
            "draft_page": drafts.page(
                draft=page.draft,
                user=self.request.user,
                shape=book.shape(),
                url=page.address("draft"),
                key=page.row.uuid,
            ),
            **page.context(self.request.user),
        }
        return render(self.request, self.template_name, context, status=status)


def pressed(post: QueryDict, section: Section) -> QueryDict:
    """The post as the buttons of a table leave it in a browser without scripts: with one row more, or one taken
    out."""
    return drafts.with_row_pressed(post, SectionBook(section, post).parts()) if drafts.pressed_row(post) else post


class SectionDraft(DraftAutosaveView):
    """The address a section's page saves itself to. Three queries, beside those for who it is."""

    holds_draft = True
    page_class: type[WrittenSection] = SectionOrGuestPage

    def get_draft(self) -> Draft:
        self.page = self.page_class(self.request, self.kwargs["pk"], self.kwargs["key"], holds_draft=True)
        return self.page.draft

    def may_edit(self, draft: Draft) -> bool:
        return True  # the page has looked

    def get_shape(self, draft: Draft) -> drafts.Shape:
        return self.page.book(self.request.POST).shape()

    def saved(self, draft: Draft, result: drafts.SaveResult) -> None:
        self.page.saved(self.request.user, result)


class SectionHistory(View):
    """Every saved state, with who saved it and what it changed."""

    http_method_names = ["get", "head"]
    page_class: type[WrittenSection] = SectionPage
    template_name = "smdp/section_history.html"

    def get(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        page = self.page_class(request, pk, key)
        saved = states.page_of(request, page.draft)
        shown = states.asked_in(request, page.draft)
        context = {
            "plan": page.plan,
            "section": page.section,
            "section_url": page.url,
            "history_url": page.address("history"),
            "restore_url": page.address("restore"),
            "states": saved,
            "rows": [(each, changed_words(page.section, each.changed)) for each in saved],
            "newest": page.draft.revision,
            "shown": shown,
            "chapter": answers.chapter(page.section, shown[1]) if shown else None,
        }
        return render(request, self.template_name, context)


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
    page_class: type[WrittenSection] = SectionPage

    def post(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        with transaction.atomic():
            page = self.page_class(request, pk, key, holds_draft=True)
            was_brought_back = states.restored(request, page.draft)
        return redirect(page.url if was_brought_back else page.address("history"))
