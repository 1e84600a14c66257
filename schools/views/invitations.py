"""Inviting somebody by email, and accepting. Opening the link changes nothing; only the button on its page does."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView, View

from schools import accepting
from schools.actions import invitations
from schools.forms.people import InvitationForm, NewPersonForm, RoleForm
from schools.models import Invitation
from schools.permissions import can_invite, can_manage_invitation, roles_to_give
from schools.roles import Role


class InvitationCreate(FormView):
    """Two questions, a page each: which role; then who, and where. With one role to give, only the second."""

    template_name = "schools/invitation_create.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_invite(request.user):
            raise PermissionDenied("You cannot invite people.")
        roles = roles_to_give(request.user)
        asked = request.GET.get("role", roles[0].value if len(roles) == 1 else "")
        self.role = Role(asked) if asked in roles else None
        return super().dispatch(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        return [self.template_name if self.role else "schools/invitation_role.html"]

    def get_form(self, form_class: Any = None) -> RoleForm | InvitationForm:
        if self.role is None:
            asked = self.request.GET if {"role", "asked"} & set(self.request.GET) else None
            return RoleForm(asked, user=self.request.user)
        return InvitationForm(user=self.request.user, role=self.role, **self.get_form_kwargs())

    def get_initial(self) -> dict[str, Any]:
        wanted = {"organisation": "school", "name": "name", "email": "email"}
        return {field: self.request.GET[key] for field, key in wanted.items() if key in self.request.GET}

    def form_valid(self, form: InvitationForm) -> HttpResponse:
        values = {name: form.cleaned_data.get(name) or "" for name in ("name", "email")}
        values["may_acknowledge"] = bool(form.cleaned_data.get("may_acknowledge"))
        by = self.request.user
        try:
            invitation = invitations.invite(role=self.role, organisation=form.organisation, by=by, **values)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        messages.success(self.request, f"The invitation is on its way to {invitation.email}. It holds for 14 days.")
        return redirect("schools:people-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        school = self.request.GET.get("school", "")
        return super().get_context_data(
            role=self.role, several=len(roles_to_give(self.request.user)) > 1, school_urn=school, **kwargs
        )


class InvitationOfMine(View):
    """One open invitation that the person may see; 403 for those who may not give its role."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        seen = Invitation.objects.visible_to(request.user).open().with_organisations()
        self.invitation = get_object_or_404(seen, uuid=kwargs["uuid"])
        if not can_manage_invitation(request.user, self.invitation):
            raise PermissionDenied("You cannot change this invitation.")
        return super().dispatch(request, *args, **kwargs)


class InvitationSend(InvitationOfMine):
    """Send an invitation again, with a new link."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            invitations.send_again(invitation=self.invitation, by=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, f"A new invitation is on its way to {self.invitation.email}.")
        return redirect("schools:people-list")


class InvitationRevoke(InvitationOfMine, TemplateView):
    """Ask, then withdraw an invitation."""

    template_name = "schools/invitation_revoke.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            invitations.revoke(invitation=self.invitation, by=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, f"The invitation to {self.invitation.email} is withdrawn.")
        return redirect("schools:people-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(invitation=self.invitation, **kwargs)


@method_decorator(login_not_required, name="dispatch")
@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class InvitationAccept(FormView):
    """The page behind the link of an invitation, for somebody new or somebody with an account."""

    form_class = NewPersonForm
    templates = {
        "new": "schools/invitation_accept_new.html",
        "sign_in": "schools/invitation_accept_sign_in.html",
        "confirm": "schools/invitation_accept_confirm.html",
        "other": "schools/invitation_accept_other.html",
        "problem": "schools/invitation_accept_problem.html",
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.opened = accepting.open_invitation(kwargs["token"], request.user)
        response = super().dispatch(request, *args, **kwargs)
        # The token in the address goes nowhere. "no-referrer" would also hide the origin that the CSRF check asks for.
        response["Referrer-Policy"] = "strict-origin"
        add_never_cache_headers(response)
        return response

    def get_template_names(self) -> list[str]:
        return [self.templates[self.opened.page]]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "invitation": self.opened.invitation}

    def get_form(self, form_class: Any = None) -> NewPersonForm | None:
        return super().get_form(form_class) if self.opened.page == "new" else None

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.opened.invitation.name}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.opened.page == "new":
            return super().post(request, *args, **kwargs)
        if self.opened.page != "confirm":
            return self.get(request, *args, **kwargs)
        try:
            invitations.accept(invitation=self.opened.invitation, user=request.user)
        except ValidationError as problem:
            return self.refuse(problem)
        return self.welcome()

    def form_valid(self, form: NewPersonForm) -> HttpResponse:
        try:
            user = invitations.accept_as_new(invitation=self.opened.invitation, **form.cleaned_data)
        except ValidationError as problem:
            return self.refuse(problem)
        login(self.request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return self.welcome()

    def welcome(self) -> HttpResponse:
        invitation = self.opened.invitation
        messages.success(
            self.request, f"You are {invitation.get_role_display().lower()} of {invitation.organisation} now."
        )
        return redirect("home")

    def refuse(self, problem: ValidationError) -> HttpResponse:
        """Something changed between opening the page and pressing the button."""
        self.opened = accepting.Opened("problem", problem=" ".join(problem.messages), status=409)
        return self.render_to_response(self.get_context_data(form=None))

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        return super().render_to_response(context, status=self.opened.status, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        invitation = self.opened.invitation
        return super().get_context_data(
            opened=self.opened,
            invitation=invitation,
            role=Role(invitation.role) if invitation else None,
            sign_in=reverse("account_login", query={"next": self.request.path}),
            **kwargs,
        )
