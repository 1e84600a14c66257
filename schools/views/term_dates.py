"""Term dates: the list of a hub's authorities with their years, and one year of an authority, a trust or a school."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import TemplateView, View

from hubportal.kit.forms import wants_row, with_another_row
from hubportal.kit.terms import PARTS
from schools import term_dates
from schools.access import today
from schools.actions import term_dates as actions
from schools.forms.term_dates import DaysOffRows, TermDatesForm, check
from schools.models import HubArea, School, TermCalendar, Trust
from schools.permissions import (
    can_edit_authority_terms,
    can_edit_school_terms,
    can_edit_trust_terms,
    can_read_term_dates,
)


class TermDatesList(TemplateView):
    """The authorities of one's hubs, year by year, and the trusts and schools with dates of their own."""

    template_name = "schools/term_dates_list.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_read_term_dates(request.user):
            raise PermissionDenied("This is for hubs, and the officers of their partners.")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**term_dates.list_for(self.request.user, today()), **kwargs)


class TermDatesEdit(View):
    """Enter or change one academic year of an owner's dates, or go by others' again."""

    http_method_names = ["get", "head", "post"]
    noun: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.owner, self.back = self.get_owner()
        self.year = kwargs["year"]
        if self.year not in term_dates.years_to_show(today()):
            raise Http404("These years are kept: the last, this one and the two to come.")
        return super().dispatch(request, *args, **kwargs)

    def get_owner(self) -> tuple[term_dates.Owner, str]:
        """Whose dates they are, and where one goes from there. 404 where the person does not see it, 403 where others
        write them."""
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        calendar = self.own() or self.instead()
        return self.show(*self.forms_of(calendar))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        own = self.own()
        if "remove" in request.POST and own and self.may_remove:
            actions.remove(calendar=own, by=request.user)
            messages.success(request, f"{self.owner} goes by the dates of others again in {own.year_words}.")
            return redirect(self.back)
        if wants_row(request.POST, "off"):
            data = with_another_row(request.POST, "off")
            return self.show(TermDatesForm(data, year=self.year), DaysOffRows(data, prefix="off"))
        form, rows = TermDatesForm(request.POST, year=self.year), DaysOffRows(request.POST, prefix="off")
        if check(form, rows):
            said = {name: form.cleaned_data[name] for name in ("terms_in_year", "source", "is_checked")}
            parts, days_off = form.dates(), [row.span for row in rows if row.span]
            try:
                saved = actions.save(
                    owner=self.owner, year=self.year, parts=parts, days_off=days_off, by=request.user, **said
                )
            except ValidationError as problem:
                form.add_error(None, problem)
            else:
                messages.success(request, f"The term dates of {self.owner} for {saved.year_words} are saved.")
                return redirect(self.back)
        return self.show(form, rows, status=400)

    @property
    def may_remove(self) -> bool:
        return self.noun != "authority"

    def own(self) -> TermCalendar | None:
        return term_dates.calendars_of(self.owner).filter(year=self.year).first()

    def instead(self) -> TermCalendar | None:
        """The dates that hold now, for an owner to change: those of a school's trust or authority."""
        if not isinstance(self.owner, School):
            return None
        held = term_dates.calendars_at([self.owner])[self.owner.pk]
        return next((each for each in held if each.year == self.year), None)

    def forms_of(self, calendar: TermCalendar | None) -> tuple[TermDatesForm, Any]:
        said: dict[str, Any] = {"terms_in_year": TermCalendar.Terms.THREE}
        off: list[dict[str, Any]] = []
        if calendar:
            year = calendar.as_year
            said |= {"terms_in_year": calendar.terms_in_year}
            for part, span in zip(PARTS, year.parts, strict=True):
                said |= {f"first_{part}": span.first, f"last_{part}": span.last}
            off = [{"name": each.name, "first": each.first, "last": each.last} for each in year.days_off]
            if calendar.owner == self.owner:
                said |= {"source": calendar.source, "is_checked": calendar.is_checked}
        return TermDatesForm(initial=said, year=self.year), DaysOffRows(initial=off, prefix="off")

    def show(self, form: TermDatesForm, rows: Any, status: int = 200) -> HttpResponse:
        own = self.own()
        context = {
            "form": form,
            "rows": rows,
            "owner": self.owner,
            "back": self.back,
            "years": f"{self.year} to {self.year + 1}",
            "own": own,
            "may_remove": own is not None and self.may_remove,
            "instead": None if own else self.instead(),
        }
        return render(self.request, "schools/term_dates_edit.html", context, status=status)


class AuthorityTermDates(TermDatesEdit):
    """The dates of an authority, which hold at its schools unless they have their own."""

    noun = "authority"

    def get_owner(self) -> tuple[term_dates.Owner, str]:
        areas = HubArea.objects.visible_to(self.request.user).current(today()).select_related("authority")
        area = get_object_or_404(areas, authority__code=self.kwargs["code"])
        if not can_edit_authority_terms(self.request.user, area.hub_id):
            raise PermissionDenied("The hub's managers and officers keep its authorities' dates.")
        return area.authority, reverse("schools:term-dates-list")


class TrustTermDates(TermDatesEdit):
    """The dates of a trust, for all its schools."""

    noun = "trust"

    def get_owner(self) -> tuple[term_dates.Owner, str]:
        trust = get_object_or_404(Trust.objects.visible_to(self.request.user), group_uid=self.kwargs["group_uid"])
        if not can_edit_trust_terms(self.request.user, trust):
            raise PermissionDenied("The trust's leaders and its hubs' managers and officers keep its dates.")
        return trust, trust.get_absolute_url()


class SchoolTermDates(TermDatesEdit):
    """The dates of one school."""

    noun = "school"

    def get_owner(self) -> tuple[term_dates.Owner, str]:
        seen = School.objects.visible_to(self.request.user).select_related("type", "authority")
        school = get_object_or_404(seen, urn=self.kwargs["urn"])
        if not can_edit_school_terms(self.request.user, school):
            raise PermissionDenied("The school's leaders and its hub keep its dates.")
        return school, school.get_absolute_url()
