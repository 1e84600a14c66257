"""Whom a hub knows at a school: add, change, note that somebody left."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView

from schools.access import today
from schools.actions import contacts
from schools.contact_history import history_of, merges_into
from schools.contact_marks import marks_of
from schools.forms.contacts import ContactEndForm, ContactForm, ContactPostForm, ContactPostsForm
from schools.models import Contact, Membership, School
from schools.permissions import can_edit_contact, can_edit_contacts, can_merge_contact
from schools.posts import other_posts, posts_to_change
from schools.standing import standing_of

MOST_LISTED = 20  # schools in one list; of more, one looks for the right one


class ContactCreate(FormView):
    """Add a person whom the hub knows at a school."""

    template_name = "schools/contact_create.html"
    form_class = ContactForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.school = get_object_or_404(School.objects.visible_to(request.user), urn=kwargs["urn"])
        if not can_edit_contacts(request.user, self.school):
            raise PermissionDenied("Contacts are kept by the hub's managers and officers.")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "school": self.school}

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
    """A contact's page: change it, see where else the person works, and what was. One that was merged leads on."""

    template_name = "schools/contact_edit.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = Contact.with_merged.visible_to(request.user).exclude(merged_into=None)
        if merged := rows.filter(uuid=kwargs["uuid"]).first():
            return redirect(merged.standing)
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class: Any = None) -> ContactForm:
        shown = {name: getattr(self.contact, name) for name in contacts.FIELDS}
        given = {**self.get_form_kwargs(), "initial": shown, "school": self.contact.school}
        if posts := posts_to_change(self.request.user, self.contact):
            return ContactPostsForm(posts=posts, **given)
        return ContactForm(**given)

    def form_valid(self, form: ContactForm) -> HttpResponse:
        values = {name: form.cleaned_data[name] for name in contacts.FIELDS}
        posts = getattr(form, "posts_to_change", ())
        try:
            contacts.edit(contact=self.contact, by=self.request.user, other_posts=posts, **values)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        messages.success(self.request, f"{self.contact.name}’s details are saved.")
        return redirect(self.contact.school)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, contact = self.request.user, self.contact
        here = Contact.objects.visible_to(user).filter(hub=contact.hub_id, school=contact.school_id)
        return super().get_context_data(
            posts=other_posts(user, [contact]).get(contact.pk, []),
            may_merge=can_merge_contact(user, contact),
            history=history_of(contact, merges_into(contact)),
            marks=marks_of(user, [contact]).get(contact.pk, []),
            others_here=here.exclude(pk=contact.pk).order_by("name"),
            **kwargs,
        )


class ContactPostCreate(ContactOfHub):
    """Add a post of the same person at another school: one looks for it first where there are many."""

    template_name = "schools/contact_post_create.html"
    form_class = ContactPostForm

    @property
    def words(self) -> str:
        return (self.request.POST.get("q") or self.request.GET.get("q") or "").strip()[:100]

    def get_form_kwargs(self) -> dict[str, Any]:
        user, contact = self.request.user, self.contact
        own = [contact.school_id, *(post.school_id for post in posts_to_change(user, contact))]
        schools = School.objects.visible_to(user).writable_by(user).in_hubs({contact.hub_id}, today()).open()
        schools = schools.exclude(pk__in=own).order_by("name_key", "urn")
        self.is_search = schools.count() > MOST_LISTED
        found = list(schools.matching(self.words)[:MOST_LISTED]) if self.words else []
        return {**super().get_form_kwargs(), "schools": schools, "found": found if self.is_search else None}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(words=self.words, most=MOST_LISTED, **kwargs)
        return {**context, "is_search": self.is_search}

    def form_valid(self, form: ContactPostForm) -> HttpResponse:
        try:
            post = contacts.add_post(contact=self.contact, by=self.request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, ValidationError(problem.messages))
            return self.form_invalid(form)
        messages.success(self.request, f"{post.name} is a contact at {post.school} too now.")
        return redirect(post)


class ContactEnd(ContactOfHub):
    """Note the day on which somebody left; or that somebody did not, where that was noted by mistake."""

    template_name = "schools/contact_end.html"
    form_class = ContactEndForm

    def get_initial(self) -> dict[str, Any]:
        return {"left_on": self.contact.left_on}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, contact = self.request.user, self.contact
        posts = other_posts(user, [contact]).get(contact.pk, [])
        roles = Membership.objects.visible_to(user).filter(user=contact.user_id, school=contact.school_id)
        signs_in = contact.user_id is not None and roles.current(today()).exists()
        return super().get_context_data(posts=posts, signs_in=signs_in, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.not_left() if "not_left" in request.POST else super().post(request, *args, **kwargs)

    def not_left(self) -> HttpResponse:
        try:
            contacts.not_left(contact=self.contact, by=self.request.user)
        except ValidationError as problem:
            messages.error(self.request, " ".join(problem.messages))
            return redirect("schools:contact-end", self.contact.uuid)
        messages.success(self.request, f"{self.contact.name} is a contact at {self.contact.school} again.")
        return redirect(self.contact)

    def form_valid(self, form: ContactEndForm) -> HttpResponse:
        try:
            contacts.end(contact=self.contact, left_on=form.cleaned_data["left_on"], by=self.request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        done = f"{self.contact.name} is noted as having left {self.contact.school}."
        messages.success(self.request, " ".join([done, *contacts.missing_after(self.contact)]))
        return redirect(self.contact.school)
