"""Whose school it is in the hub."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView

from schools.actions import relationships
from schools.forms.relationships import NOBODY, OwnerForm
from schools.models import Relationship, School
from schools.permissions import can_change_owner
from schools.standing import standing_of


class RelationshipEdit(FormView):
    """Choose who in the hub looks after a school, seeing how many schools each looks after already."""

    template_name = "schools/relationship_edit.html"
    form_class = OwnerForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.school = get_object_or_404(School.objects.visible_to(request.user), urn=kwargs["urn"])
        if not can_change_owner(request.user, self.school):
            raise PermissionDenied("Whose school it is, decides whoever does an officer's work for it.")
        self.hub = standing_of(request.user, self.school).hub
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        people = relationships.people_who_may_own(hub=self.hub)
        return {**super().get_form_kwargs(), "people": people, "noun": self.school.noun}

    def get_initial(self) -> dict[str, Any]:
        kept = Relationship.objects.visible_to(self.request.user).filter(hub=self.hub, school=self.school).first()
        owner = kept.owner_id if kept else None
        people = relationships.people_who_may_own(hub=self.hub)
        return {"owner": next((str(person.membership_uuid) for person in people if person.pk == owner), NOBODY)}

    def form_valid(self, form: OwnerForm) -> HttpResponse:
        owner = form.cleaned_data["owner"]
        try:
            relationships.set_owner(hub=self.hub, school=self.school, owner=owner, by=self.request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        messages.success(self.request, f"{owner or 'Nobody'} looks after {self.school} now.")
        return redirect(self.school)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(school=self.school, hub=self.hub, **kwargs)
