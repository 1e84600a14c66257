"""Who may act for whom: the list of people, and ending a role."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import TemplateView, View

from hubportal.kit.tables import TableView
from schools.access import access_of, today
from schools.actions import memberships
from schools.filters import PersonFilters
from schools.models import Invitation, Membership
from schools.permissions import can_end_membership, can_invite, can_let_acknowledge, can_tidy_contacts, rows_to_give
from schools.roles import Role
from schools.tables import PersonTable


def flag(rule: Q) -> Case:
    """A rule as a column: True where it holds."""
    return Case(When(rule, then=Value(True)), default=Value(False), output_field=BooleanField())


class PeopleList(TableView):
    """The roles that one may see held, and the invitations that wait for an answer."""

    template_name = "schools/people_list.html"
    saved_as = "schools:people-list"
    table_class = PersonTable
    filters_class = PersonFilters
    noun = "role"

    def get_queryset(self) -> QuerySet:
        user = self.request.user
        led = Q(role=Role.SCHOOL_EDITOR, school_id__in=access_of(user).led_school_ids)
        seen = Membership.objects.visible_to(user).current(today()).with_organisations().select_related("user")
        rows = seen.annotate(can_end=flag(rows_to_give(user)), can_let_acknowledge=flag(led))
        return rows.order_by("user__name", "user_id", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        waiting = Invitation.objects.visible_to(user).open().annotate(can_manage=flag(rows_to_give(user)))
        return super().get_context_data(
            invitations=list(waiting.with_organisations().select_related("created_by")),
            now=timezone.now(),
            can_invite=can_invite(user),
            can_tidy=can_tidy_contacts(user),
            **kwargs,
        )


class MembershipEnd(TemplateView):
    """Ask, then end a role as of today. The last manager of a hub stays."""

    template_name = "schools/membership_end.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        seen = Membership.objects.visible_to(request.user).current(today()).with_organisations().select_related("user")
        self.membership = get_object_or_404(seen, uuid=kwargs["uuid"])
        if not can_end_membership(request.user, self.membership):
            raise PermissionDenied("You cannot end this role.")
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        membership = self.membership
        try:
            memberships.end(membership=membership, by=request.user)
        except ValidationError as problem:
            return self.render_to_response(self.get_context_data(problem=" ".join(problem.messages)), status=409)
        role = membership.get_role_display().lower()
        messages.success(request, f"{membership.user} is no longer {role} of {membership.organisation}.")
        return redirect("schools:people-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{"membership": self.membership, "own": self.membership.user_id == self.request.user.pk, "problem": ""}
            | kwargs
        )


class MembershipAcknowledge(View):
    """A school leader lets an editor acknowledge reports, or no longer."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = Membership.objects.visible_to(request.user).current(today()).select_related("user", "school")
        membership = get_object_or_404(seen, uuid=kwargs["uuid"])
        if not can_let_acknowledge(request.user, membership):
            raise PermissionDenied("A leader of the school decides which of its editors may acknowledge reports.")
        allowed = request.POST.get("allowed") == "yes"
        memberships.let_acknowledge(membership=membership, allowed=allowed, by=request.user)
        messages.success(request, f"{membership.user} may {'now' if allowed else 'no longer'} acknowledge reports.")
        return redirect("schools:people-list")
