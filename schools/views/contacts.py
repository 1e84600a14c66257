"""Whom a hub knows at a school: add, change, note that somebody left."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView

from schools.actions import contacts
from schools.forms.contacts import ContactEndForm, ContactForm
from schools.models import Contact, School
from schools.permissions import can_edit_contact, can_edit_contacts
from schools.standing import standing_of


class ContactCreate(FormView):
    """Add a person whom the hub knows at a school."""

    template_name = "schools/contact_create.html"
    form_class = ContactForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.school = get_object_or_404(School.objects.visible_to(request.user), urn=kwargs["urn"])
        if not can_edit_contacts(request.user, self.school):
            raise PermissionDenied("Contacts are kept by the hub's managers and officers.")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: ContactForm) -> HttpResponse:
        hub = standing_of(self.request.user, self.school).hub
        try:
            contact = contacts.create(hub=hub, school=self.school, by=self.request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        messages.success(self.request, f"{contact.name} is a contact at {self.school} now.")
        return redirect(self.school)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(school=self.school, **kwargs)


class ContactOfHub(FormView):
    """One contact that the person may change: 404 for another hub's, 403 for those who may only read it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        seen = Contact.objects.visible_to(request.user).select_related("school", "hub")
        self.contact = get_object_or_404(seen, uuid=kwargs["uuid"])
        if not can_edit_contact(request.user, self.contact):
            raise PermissionDenied("Contacts are kept by the managers and officers of the school's hub.")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(contact=self.contact, school=self.contact.school, **kwargs)


class ContactEdit(ContactOfHub):
    """Change a contact."""

    template_name = "schools/contact_edit.html"
    form_class = ContactForm

    def get_form_kwargs(self) -> dict[str, Any]:
        shown = {name: getattr(self.contact, name) for name in contacts.FIELDS}
        return {**super().get_form_kwargs(), "initial": shown}

    def form_valid(self, form: ContactForm) -> HttpResponse:
        try:
            contacts.edit(contact=self.contact, by=self.request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        messages.success(self.request, f"{self.contact.name}’s details are saved.")
        return redirect(self.contact.school)


class ContactEnd(ContactOfHub):
    """Note the day on which somebody left."""

    template_name = "schools/contact_end.html"
    form_class = ContactEndForm

    def get_initial(self) -> dict[str, Any]:
        return {"left_on": self.contact.left_on}

    def form_valid(self, form: ContactEndForm) -> HttpResponse:
        try:
            contacts.end(contact=self.contact, left_on=form.cleaned_data["left_on"], by=self.request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        messages.success(self.request, f"{self.contact.name} is noted as having left {self.contact.school}.")
        return redirect(self.contact.school)
