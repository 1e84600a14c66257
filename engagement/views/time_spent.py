"""How the hub's people spend their time with schools: the team's, one's own, and what is behind each figure."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from engagement.actions import time_spent as actions
from engagement.colleagues import members_of
from engagement.forms.time_spent import TermHoursForm, TimeRulesForm
from engagement.models import MetRole, TermHours, TimeRules
from engagement.permissions import can_read_about_colleagues, can_set_colleague_rules
from engagement.time_spent import figures, periods, records, team
from engagement.time_spent.reckoning import TimeRulesThroughTheYears, time_spent
from engagement.views.cadence import hub_of
from engagement.views.colleagues import colleague_of
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.models import Hub

PER_PAGE = 25
FOR_MANAGERS = "How the team spends its time is for the hub’s managers; each person sees their own."


class TimeSpentTeam(TemplateView):
    """Everybody's together, and a row for each."""

    template_name = "engagement/time/team.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, on = self.request.user, today()
        hub = hub_of(self.request, self.kwargs["slug"])
        if not can_read_about_colleagues(user, hub.pk):
            raise PermissionDenied(FOR_MANAGERS)
        spent = time_spent(hub, user, periods.asked(self.request.GET, on))
        rows = team.rows_of(spent, user, on)
        shares = [row.share for row in rows if row.share]
        return super().get_context_data(
            hub=hub,
            spent=spent,
            rows=rows,
            share=figures.shares_together(shares),
            missing=[row for row in rows if row.share and not row.share.hours.is_known],
            key=figures.key(),
            years=[academic_year(on), academic_year(on) + 1],
            **periods_to_choose(spent.period),
            **figures.tables_of(spent, spent.pieces),
            **kwargs,
        )


class TimeSpentPerson(TemplateView):
    """One person's: for a manager, and their own for everybody."""

    template_name = "engagement/time/person.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, on = self.request.user, today()
        hub = hub_of(self.request, self.kwargs["slug"])
        held = colleague_of(self.request, hub, self.kwargs["uuid"], FOR_MANAGERS)
        spent = time_spent(hub, user, periods.asked(self.request.GET, on))
        hours = team.hours_by_person(hub, user, spent.period)
        row = team.row_of(spent, held, hours.get(held.user_id, ()), on)
        return super().get_context_data(
            hub=hub,
            held=held,
            is_own=held.user_id == user.pk,
            leads=can_read_about_colleagues(user, hub.pk),
            spent=spent,
            row=row,
            share=row.share,
            key=figures.key(),
            terms=[
                (term, next((each for each in hours.get(held.user_id, ()) if each.term == term.term), None))
                for term in spent.period.begun(on)
            ],
            **periods_to_choose(spent.period),
            **figures.tables_of(spent, row.pieces, row.who),
            **kwargs,
        )


def periods_to_choose(chosen: periods.Period) -> dict[str, Any]:
    return {"period": chosen, "periods": periods.to_choose(today())}


class TimeSpentRecords(TemplateView):
    """The conversations and attempts that a figure adds up. Who is no manager sees their own."""

    template_name = "engagement/time/records.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, asked = self.request.user, self.request.GET
        hub = hub_of(self.request, self.kwargs["slug"])
        spent = time_spent(hub, user, periods.asked(asked, today()))
        who, pieces = self.chosen(hub, spent, asked.get("who", ""))
        found = records.narrowed(pieces, asked)
        page = Paginator(found, PER_PAGE).get_page(asked.get("page"))
        return super().get_context_data(
            hub=hub,
            spent=spent,
            period=spent.period,
            who=who,
            words=records.in_words(asked, spent),
            page=page,
            records=records.records_of(spent, page.object_list, user),
            minutes=sum(piece.minutes for piece in found),
            number=len({piece.record for piece in found}),
            back=self.back(hub, spent, asked.get("who", "")),
            **kwargs,
        )

    def chosen(self, hub: Hub, spent: Any, who: str) -> tuple[str, list]:
        """Whose records, in words, and they: 404 for a person who is nobody of the hub, 403 for somebody else's."""
        if not who or who == team.LEFT:
            if not can_read_about_colleagues(self.request.user, hub.pk):
                raise PermissionDenied(FOR_MANAGERS)
            if not who:
                return "The team", spent.pieces
            return "Colleagues who have left", team.pieces_of_gone(spent, members_of(hub))
        held = colleague_of(self.request, hub, who, FOR_MANAGERS)
        return str(held.user), spent.by_person.get(held.user_id, [])

    def back(self, hub: Hub, spent: Any, who: str) -> str:
        query = spent.period.query
        if not who or who == team.LEFT:
            return reverse("engagement:time-spent-team", args=[hub.slug], query=query)
        return reverse("engagement:time-spent-person", args=[hub.slug, who], query=query)


class TermHoursEdit(FormView):
    """A person's hours in a term: last term's stand in the boxes until there are some."""

    template_name = "engagement/time/hours_edit.html"
    form_class = TermHoursForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.hub = hub_of(request, kwargs["slug"])
        self.held = colleague_of(request, self.hub, kwargs["uuid"], FOR_MANAGERS)
        self.period = periods.Period(kwargs["year"], kwargs["term"])
        if self.period not in periods.to_choose(today()):
            raise Http404("Hours are entered for the terms that have begun, of this year and the two before.")
        rows = TermHours.objects.visible_to(request.user).filter(hub=self.hub, person=self.held.user)
        self.entered = rows.filter(year=self.period.year, term=self.period.term).first()
        before = self.period.before
        self.last = rows.filter(year=before.year, term=before.term).first()
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        known = self.entered or self.last
        return {"employed": known.employed, "teaching": known.teaching} if known else {}

    def form_valid(self, form: TermHoursForm) -> HttpResponse:
        said = {"hub": self.hub, "person": self.held.user, "period": self.period, "by": self.request.user}
        try:
            actions.enter_hours(**said, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        messages.success(self.request, f"Saved: the hours of {self.held.user}, {self.period}.")
        return redirect(self.back)

    @property
    def back(self) -> str:
        args = [self.hub.slug, self.held.uuid]
        return reverse("engagement:time-spent-person", args=args, query=self.period.query)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            hub=self.hub,
            held=self.held,
            period=self.period,
            is_own=self.held.user_id == self.request.user.pk,
            entered=self.entered,
            last=self.last,
            before=self.period.before,
            back=self.back,
            **kwargs,
        )


class TimeRulesEdit(FormView):
    """How long things are taken to last, and who is a leader, from this academic year or the next."""

    template_name = "engagement/time/rules_edit.html"
    form_class = TimeRulesForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.hub = hub_of(request, kwargs["slug"])
        if not can_set_colleague_rules(request.user, self.hub.pk):
            raise PermissionDenied("A manager of the hub decides how time is reckoned.")
        self.year = kwargs["year"]
        if self.year - academic_year(today()) not in (0, 1):
            raise Http404("Rules are set for this academic year or the next.")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "roles": MetRole.objects.visible_to(self.request.user)}

    def get_initial(self) -> dict[str, Any]:
        rows = TimeRules.objects.visible_to(self.request.user).for_hub(self.hub)
        held = TimeRulesThroughTheYears(rows).of_year(self.year)
        names = ("email_minutes", "attempt_minutes", "leaders")
        return TimeRulesForm.initial_of(held.minutes) | {name: getattr(held, name) for name in names}

    def form_valid(self, form: TimeRulesForm) -> HttpResponse:
        try:
            actions.set_time_rules(hub=self.hub, year=self.year, by=self.request.user, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        messages.success(self.request, f"Saved from {self.year} to {self.year + 1} on. The figures follow it.")
        return redirect("engagement:time-spent-team", self.hub.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(hub=self.hub, years=f"{self.year} to {self.year + 1}", **kwargs)
