"""Contacts who may be the same person: the list, two side by side, and taking a decision back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, TemplateView, View

from hubportal.kit.wording import listed
from schools import contact_references, duplicates
from schools.actions import contact_merging, persons
from schools.forms.contacts import ContactMergeForm
from schools.models import Contact, ContactMerge
from schools.naming import told_apart
from schools.permissions import can_merge_contact, can_tidy_contacts

PER_PAGE = 25


class ContactDuplicates(TemplateView):
    """The pairs that are likely one person, each with its reason and two ways to decide."""

    template_name = "schools/contact_duplicates.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_tidy_contacts(request.user):
            raise PermissionDenied("Who is who is decided by the hub's managers and officers.")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pairs = Paginator(duplicates.likely(self.request.user), PER_PAGE)
        return super().get_context_data(pairs=pairs.get_page(self.request.GET.get("page")), **kwargs)


class TwoContacts(View):
    """Two contacts of one hub, the older first: 404 for another hub's or the same one twice, 403 for those who may not
    say who is who."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        seen = Contact.objects.visible_to(request.user).select_related("school", "hub", "user").order_by("pk")
        found = list(seen.filter(uuid__in=[kwargs["uuid"], kwargs["other"]]))
        if len(found) != 2 or found[0].hub_id != found[1].hub_id:
            raise Http404("No such two contacts.")
        self.both = self.first, self.second = found
        if not all(can_merge_contact(request.user, contact) for contact in found):
            raise PermissionDenied("Who is who is decided by the managers and officers of the schools' hub.")
        return super().dispatch(request, *args, **kwargs)


class ContactCompare(TwoContacts, FormView):
    """Two contacts side by side. At one school they are merged into one; at two they become one person's posts."""

    template_name = "schools/contact_compare.html"
    form_class = ContactMergeForm

    @property
    def is_one_post(self) -> bool:
        return self.first.school_id == self.second.school_id

    def get_form(self, form_class: Any = None) -> ContactMergeForm:
        form = super().get_form(form_class)
        if not self.is_one_post:
            form.fields = {}
        return form

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "first": self.first, "second": self.second}

    def form_valid(self, form: ContactMergeForm) -> HttpResponse:
        user, first, second = self.request.user, self.first, self.second
        try:
            if self.is_one_post:
                contact_merging.merge(kept=first, merged=second, take=form.taken, by=user)
            else:
                persons.join(first, second)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        messages.success(self.request, self._done())
        return redirect(first)

    def _done(self) -> str:
        """What has become of the two, in words."""
        names = list(dict.fromkeys((self.first.name, self.second.name)))
        if self.is_one_post:
            those = listed(names) if len(names) > 1 else f"The two called {names[0]}"
            return f"{those} are one contact at {self.first.school} now. You can undo it under “History”."
        where = told_apart((self.first.school, self.second.school))
        those = " and ".join(f"{each.name} at {school}" for each, school in zip(self.both, where, strict=True))
        return f"{those} are posts of one person now."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        both = self.both
        same = Q(school__in=[each.school_id for each in both])
        for each in both:
            same |= Q(email__iexact=each.email) if each.email else Q(pk=each.pk)
        among = Contact.objects.visible_to(self.request.user).filter(same, hub=self.first.hub_id)
        held = contact_references.held_by(both)
        for each in both:
            each.stands_in = held[each.pk]
        return super().get_context_data(
            both=both,
            reasons=duplicates.reasons_for(self.first, self.second, among.select_related("school")),
            is_one_post=self.is_one_post,
            are_joined=self.first.person_id is not None and self.first.person_id == self.second.person_id,
            **kwargs,
        )


class ContactApart(TwoContacts):
    """The two are not the same person: remembered, and never asked again. Posts of one person are parted."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        one = self.first if self.first.uuid == kwargs["uuid"] else self.second
        other = self.second if one is self.first else self.first
        try:
            persons.part(one, other, by=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            where = told_apart((one.school, other.school)) if one.school_id != other.school_id else [one.school] * 2
            messages.success(request, f"{one.name} at {where[0]} and {other.name} at {where[1]} are two people.")
        return redirect("schools:contact-duplicates")


class ContactMergeUndo(TemplateView):
    """Ask, then take a merge back."""

    template_name = "schools/contact_merge_undo.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        seen = ContactMerge.objects.visible_to(request.user).standing()
        self.merge = get_object_or_404(seen.select_related("kept__school", "merged", "by"), uuid=kwargs["uuid"])
        if not can_merge_contact(request.user, self.merge.kept):
            raise PermissionDenied("Who is who is decided by the managers and officers of the school's hub.")
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            contact_merging.undo(merge=self.merge, by=request.user)
        except ValidationError as problem:
            return self.render_to_response(self.get_context_data(problem=" ".join(problem.messages)), status=409)
        messages.success(request, f"{self.merge.merged.name} is a contact of their own again.")
        return redirect(self.merge.kept.standing)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        merge = self.merge
        return super().get_context_data(**{"merge": merge, "problem": ""} | kwargs)
