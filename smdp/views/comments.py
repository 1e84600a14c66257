"""The comments on a section: read, said, dealt with, opened again, withdrawn."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from hubportal.accounts.models import User
from hubportal.kit.wording import listed
from smdp import answers, mentions, partnership, talking
from smdp.actions import comments as actions
from smdp.models import PlanSection, PlanVersion, SectionComment, Side
from smdp.permissions import can_comment, can_read_draft, can_write_as_guest, can_write_plan
from smdp.talk_forms import CommentForm
from smdp.views.sections import SectionPage


class TalkedOf(SectionPage):
    """A section that the person reads and speaks about: 404 where the plan is not theirs to see, 403 where it is and
    the section was neither opened to them nor shared."""

    version: PlanVersion | None = None  # what was shared of it, where its draft is not theirs to read

    def check(self, user: User) -> None:
        if not can_comment(user, self.plan):
            raise PermissionDenied("The school, its hub and its trust comment on a plan while it is written.")
        if can_read_draft(user, self.plan) or self.is_open_to(user):
            return
        self.version = PlanVersion.objects.visible_to(user).filter(plan=self.plan).first()
        if self.version is None:
            raise PermissionDenied("The school has not opened this section to you, and has not shared its plan yet.")

    def is_open_to(self, user: User) -> bool:
        return PlanSection.objects.visible_to(user).readable_by(user).filter(pk=self.row.pk).exists()

    @property
    def chapter(self) -> answers.Chapter:
        """What the person reads of it."""
        values = self.version.answers.get(self.section.key, {}) if self.version else self.draft.values
        return answers.chapter(self.section, values)

    def on_offer(self, user: User) -> list[partnership.Group]:
        return partnership.frozen(self.version) if self.version else super().on_offer(user)


class CommentList(View):
    """All comments on a section that the person reads, with room for one more; for those who do not write the plan,
    with the section's words."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        page = TalkedOf(request, pk, key)
        return self.show(page, self.form(page))

    def post(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        page = TalkedOf(request, pk, key)
        form = self.form(page, request.POST)
        if not form.is_valid():
            return self.show(page, form, status=400)
        side = talking.side_of(request.user, page.plan.school) or Side.SCHOOL
        comment = actions.say(
            section=page.row,
            text=form.cleaned_data["text"],
            by=request.user,
            side=side,
            readers=form.who_reads,
            told=form.named,
        )
        messages.success(request, "Your comment is there for those who read it.")
        return redirect(comment)

    def form(self, page: TalkedOf, data: QueryDict | None = None) -> CommentForm:
        user, plan = self.request.user, page.plan
        side = talking.side_of(user, plan.school)
        can_read = talking.readers(page.row) if side == Side.SCHOOL else {side} if side else set()
        outside = {each: name for each, name in talking.outside(plan.school).items() if each in can_read}
        ticked = [each for each in outside if self.comments(page).open().filter(side=each).exists()]
        return CommentForm(
            data,
            initial={"readers": ticked},
            outside=outside if side == Side.SCHOOL else {},
            people=talking.people(plan, {Side.SCHOOL, *outside}, but=user),
        )

    def comments(self, page: TalkedOf) -> Any:
        return SectionComment.objects.visible_to(self.request.user).filter(section=page.row)

    def show(self, page: TalkedOf, form: CommentForm, status: int = 200) -> HttpResponse:
        user = self.request.user
        comments = list(self.comments(page).select_related("by", "resolved_by").prefetch_related("told"))
        context = {
            "plan": page.plan,
            "section": page.section,
            "comments": [(each, self.unknown(each, form)) for each in comments],
            "can_name": listed(form.can_name),
            "form": form,
            "outside": talking.outside(page.plan.school),
            "may_write": can_write_plan(user, page.plan),
            "may_write_here": can_write_as_guest(user, page.row),
            "chapter": page.chapter,
            "version": page.version,
            "partnership": page.on_offer(user),
        }
        return render(self.request, "smdp/comment_list.html", context, status=status)

    def unknown(self, comment: SectionComment, form: CommentForm) -> str:
        """Whom the person's own words name with an @ and nobody was told for; "" where there is nobody."""
        if comment.by != self.request.user or comment.resolved_at:
            return ""
        return listed(mentions.unknown_in(comment.text, [*comment.told.all(), *form.people.values()]))


class CommentMark(View):
    """Do what the button beside a comment says."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID, key: str, comment: UUID) -> HttpResponse:
        page = TalkedOf(request, pk, key)
        found = get_object_or_404(SectionComment.objects.visible_to(request.user), section=page.row, uuid=comment)
        try:
            if "withdraw" in request.POST:
                actions.withdraw(comment=found, by=request.user)
            elif "reopen" in request.POST:
                actions.reopen(comment=found)
            elif "resolve" in request.POST:
                actions.resolve(comment=found, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("smdp:comment-list", pk, key)
