"""The comments on a section: read, said, dealt with, opened again, withdrawn."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from smdp.actions import comments as actions
from smdp.forms import CommentForm
from smdp.models import SectionComment
from smdp.views.sections import SectionPage


class CommentList(View):
    """All comments on a section, with room for one more."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        return self.show(SectionPage(request, pk, key), CommentForm())

    def post(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        page, form = SectionPage(request, pk, key), CommentForm(request.POST)
        if not form.is_valid():
            return self.show(page, form, status=400)
        comment = actions.say(section=page.row, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, "Your comment is there for everybody who writes this plan.")
        return redirect(comment)

    def show(self, page: SectionPage, form: CommentForm, status: int = 200) -> HttpResponse:
        comments = SectionComment.objects.visible_to(self.request.user).filter(section=page.row)
        context = {
            "plan": page.plan,
            "section": page.section,
            "comments": comments.select_related("by", "resolved_by"),
            "form": form,
        }
        return render(self.request, "smdp/comment_list.html", context, status=status)


class CommentMark(View):
    """Do what the button beside a comment says."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID, key: str, comment: UUID) -> HttpResponse:
        page = SectionPage(request, pk, key)
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
