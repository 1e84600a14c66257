"""What a school is happy to be named for to another school: its own list."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views import View

from engagement.actions import named_for as actions
from engagement.forms.introductions import NamedForForm
from engagement.models import NamedFor
from engagement.offering import criteria_titles
from engagement.permissions import can_keep_named_for, can_read_named_for
from engagement.views.acting import ActsOnForm
from schools.models import School


class NamedForList(ActsOnForm):
    """The school's own list, with what its leaders and editors add to it; the hub's staff read it."""

    template_name = "engagement/introductions/named_for_list.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        seen = School.objects.visible_to(request.user).select_related("type")
        self.school: School = get_object_or_404(seen, urn=kwargs["urn"])
        if not can_read_named_for(request.user, self.school):
            raise PermissionDenied("This is for the school’s leaders and editors, and for the hub’s own staff.")
        self.may_keep = can_keep_named_for(request.user, self.school)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_keep:
            raise PermissionDenied("The school’s leaders and editors keep this list.")
        return super().post(request, *args, **kwargs)

    @cached_property
    def criteria(self) -> dict[str, str]:
        return criteria_titles(self.request.user)

    def get_form(self, data: Any = None) -> NamedForForm:
        return NamedForForm(data, criteria=self.criteria)

    def act(self, form: NamedForForm) -> HttpResponse:
        actions.add(school=self.school, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "On the list. Your hub’s staff see it; another school once you have agreed.")
        return redirect("engagement:named-for-list", self.school.urn)

    def more(self) -> dict[str, Any]:
        rows = NamedFor.objects.visible_to(self.request.user).standing().filter(school=self.school)
        listed = [(each, self.criteria.get(each.criterion_code, "")) for each in rows.select_related("added_by")]
        return {"school": self.school, "rows": listed, "may_keep": self.may_keep}


class NamedForTakeOut(View):
    """Take something off the list. A POST of nothing but itself."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        rows = NamedFor.objects.visible_to(request.user).standing().select_related("school")
        row = get_object_or_404(rows, uuid=uuid)
        if not can_keep_named_for(request.user, row.school):
            raise PermissionDenied("The school’s leaders and editors keep this list.")
        actions.take_out(row=row, by=request.user)
        messages.success(request, "Taken off the list: no school reads it any more.")
        return redirect(row)
