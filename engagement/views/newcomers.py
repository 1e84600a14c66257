"""Somebody new leads a school, or its music: the handover to check and send."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.views.generic import FormView

from engagement.actions import newcomers as actions
from engagement.addressees import Addressee, addressees_at
from engagement.forms.newcomers import NewcomerDismissForm, NewcomerSendForm
from engagement.models import Newcomer
from engagement.newcomers.noticing import plain
from engagement.newcomers.pack import greeting_for, pack_of
from engagement.permissions import can_write_for
from engagement.views.actions import add_problems
from schools.permissions import can_give


class OfNewcomer(FormView):
    """A page about one newcomer, for whoever writes for the hub about the school."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = Newcomer.objects.visible_to(request.user).select_related("hub", "school__type", "contact", "decided_by")
        self.newcomer = get_object_or_404(rows, uuid=kwargs["pk"])
        if not can_write_for(request.user, self.newcomer.school):
            raise PermissionDenied("This is for the hub's managers and officers, and the partner entrusted.")
        return super().dispatch(request, *args, **kwargs)

    def act(self, form: Any) -> str:
        """Do it; returns what to say. Raises ValidationError."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            said = self.act(form)
        except ValidationError as problem:
            add_problems(form, problem)
            return self.form_invalid(form)
        messages.success(self.request, said)
        return redirect(self.newcomer.school)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(newcomer=self.newcomer, school=self.newcomer.school, **kwargs)


class NewcomerDetail(OfNewcomer):
    """The email as it will go, the greeting to change, and whom it goes to. "See it" draws it with what was typed."""

    template_name = "engagement/newcomer_detail.html"
    form_class = NewcomerSendForm

    def addressees(self) -> list[Addressee]:
        if not hasattr(self, "_addressees"):
            self._addressees = addressees_at(school=self.newcomer.school, hub=self.newcomer.hub)
        return self._addressees

    def likely(self) -> Addressee | None:
        """The contact who is the newcomer, else the one of that name."""
        row = self.newcomer
        for each in self.addressees():
            if (each.contact and each.contact.pk == row.contact_id) or plain(each.name) == plain(row.name):
                return each
        return None

    def get_initial(self) -> dict[str, Any]:
        likely = self.likely()
        return {"to": likely.key if likely else "", "greeting": self.newcomer.greeting or greeting_for(self.newcomer)}

    def get_form_kwargs(self) -> dict[str, Any]:
        role = actions.ROLES[Newcomer.Post(self.newcomer.post)]
        may_invite = can_give(self.request.user, role, self.newcomer.school)
        more = {"addressees": self.addressees(), "may_invite": may_invite, "role": str(role.label)}
        return {**super().get_form_kwargs(), **more}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "preview" in request.POST:
            return self.render_to_response(self.get_context_data(form=self.get_form()))
        return super().post(request, *args, **kwargs)

    def act(self, form: NewcomerSendForm) -> str:
        sent = actions.send(newcomer=self.newcomer, by=self.request.user, **form.cleaned_data)
        return f"Sent to {sent.sent_name}, {sent.sent_email}. It stands in the school’s timeline."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        row, form = self.newcomer, context["form"]
        said = {key: form[key].value() or "" for key in ("to", "greeting")}
        chosen = {each.key: each for each in self.addressees()}.get(said["to"])
        pack = pack_of(row)
        letter = actions.letter_of(
            row,
            pack,
            name=chosen.name if chosen else row.name,
            greeting=said["greeting"],
            sender=self.request.user,
            token="made-for-them-when-it-is-sent" if pack.version else "",
        )
        subject, _, body = render_to_string(actions.LETTER, letter).strip().partition("\n")
        is_open = row.state == Newcomer.State.WAITING or row.email_failed_at is not None
        return {**context, "subject": subject, "body": body, "is_open": is_open, "nobody": not self.addressees()}


class NewcomerDismiss(OfNewcomer):
    """Not to send it, and why."""

    template_name = "engagement/newcomer_dismiss.html"
    form_class = NewcomerDismissForm

    def act(self, form: NewcomerDismissForm) -> str:
        actions.dismiss(newcomer=self.newcomer, reason=form.cleaned_data["reason"], by=self.request.user)
        return "Noted: the handover is not sent."
