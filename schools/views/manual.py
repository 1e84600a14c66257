"""Schools that the register lacks, and organisations that are no schools: their list, adding, changing, closing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from django.views.generic import FormView

from hubportal.kit.tables import TableExport, TableView
from schools.actions import manual
from schools.adding import authorities_of, likely, types_of
from schools.filters import OrganisationFilters
from schools.forms.manual import LookFirstForm, SchoolCloseForm, SchoolForm
from schools.models import School
from schools.permissions import can_add_school, can_edit_school, can_list_organisations
from schools.tables import OrganisationTable


class SchoolCreate(FormView):
    """Look for it first; then add what the register lacks. `is_organisation` comes with the address."""

    template_name = "schools/manual_create.html"
    form_class = SchoolForm
    is_organisation = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_add_school(request.user):
            raise PermissionDenied("Schools are added by the hub's managers and officers.")
        self.looked = LookFirstForm(request.GET if "name" in request.GET else None)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {name: self.request.GET.get(name, "") for name in ("name", "postcode")}

    def get_form_kwargs(self) -> dict[str, Any]:
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        self.found = likely(self.request.user, name=given.get("name", ""), postcode=given.get("postcode", ""))
        return {
            **super().get_form_kwargs(),
            "authorities": authorities_of(self.request.user),
            "types": types_of(is_organisation=self.is_organisation),
            "is_organisation": self.is_organisation,
            "found": self.found,
        }

    def form_valid(self, form: SchoolForm) -> HttpResponse:
        try:
            school = manual.create(by=self.request.user, **form.facts)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        messages.success(self.request, f"{school} is added.")
        return redirect(school)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        has_looked = self.request.method == "POST" or self.looked.is_valid()
        context = super().get_context_data(is_organisation=self.is_organisation, has_looked=has_looked, **kwargs)
        problems = context["form"] if has_looked else self.looked
        return context | {"looked": self.looked, "found": self.found, "problems": problems}


class ManualSchool(FormView):
    """One that was added by hand: 404 where the person does not see it, 403 where its hub has the say."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        seen = School.objects.visible_to(request.user).select_related("type", "authority")
        self.school = get_object_or_404(seen, urn=kwargs["urn"])
        if not can_edit_school(request.user, self.school):
            raise PermissionDenied("Only what was added by hand is changed, by its hub's managers and officers.")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(school=self.school, **kwargs)


class SchoolEdit(ManualSchool):
    """Change the facts. The timeline keeps what they were."""

    template_name = "schools/manual_edit.html"
    form_class = SchoolForm

    def get_form_kwargs(self) -> dict[str, Any]:
        is_organisation = self.school.type.is_organisation
        return {
            **super().get_form_kwargs(),
            "instance": self.school,
            "authorities": authorities_of(self.request.user),
            "types": types_of(is_organisation=is_organisation),
            "is_organisation": is_organisation,
        }

    def form_valid(self, form: SchoolForm) -> HttpResponse:
        try:
            manual.edit(school=self.school, by=self.request.user, **form.facts)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        messages.success(self.request, f"The facts of {form.facts['name']} are saved.")
        return redirect(self.school)


class SchoolClose(ManualSchool):
    """Note the day on which it closed."""

    template_name = "schools/manual_close.html"
    form_class = SchoolCloseForm

    def form_valid(self, form: SchoolCloseForm) -> HttpResponse:
        try:
            manual.close(school=self.school, on=form.cleaned_data["closed_on"], by=self.request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        messages.success(self.request, f"{self.school} is noted as closed.")
        return redirect(self.school)


class SchoolReopen(View):
    """It is open again, or was closed by mistake. By a press."""

    def post(self, request: HttpRequest, urn: int) -> HttpResponse:
        school = get_object_or_404(School.objects.visible_to(request.user), urn=urn)
        if not can_edit_school(request.user, school):
            raise PermissionDenied("Only what was added by hand is opened again, by its hub's managers and officers.")
        try:
            manual.reopen(school=school, by=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, f"{school} is open again.")
        return redirect(school)


class OrganisationList(TableView):
    """Organisations that are no schools, and how the hub stands with each."""

    template_name = "schools/organisation_list.html"
    saved_as = "schools:organisation-list"
    table_class = OrganisationTable
    filters_class = OrganisationFilters
    noun = "other organisation"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_list_organisations(request.user):
            raise PermissionDenied("The list of other organisations is for hubs and their partners.")
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        user = self.request.user
        rows = School.objects.visible_to(user).organisations().select_related("type", "authority")
        return rows.with_engagement(user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(can_add_school=can_add_school(self.request.user), **kwargs)


class OrganisationExport(TableExport, OrganisationList):
    """The list's rows as a file."""

    file_name = "organisations"
