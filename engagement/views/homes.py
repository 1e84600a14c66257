"""Where each person lands after signing in: what needs them next."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from engagement import home_pages, homes
from engagement.actions import meetings
from engagement.forms.sharing import MeetingAskForm
from schools.access import access_of, today
from schools.models import Hub, School


class Today(TemplateView):
    """Hub staff and partner officers: what needs them. Partner staff: their schools, commissions and actions."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        access = access_of(request.user)
        self.is_worker = bool(access.hub_ids or access.officer_partner_ids)
        if not (self.is_worker or access.partner_ids):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        return ["engagement/today.html" if self.is_worker else "engagement/partner_home.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, on = self.request.user, today()
        worker = self.is_worker
        page = home_pages.today_page(user, on, self.request.GET) if worker else home_pages.partner_page(user, on)
        return super().get_context_data(
            greeting=home_pages.greeting(timezone.localtime(), user),
            other_homes=homes.other_homes(user, "engagement:today"),
            **page,
            **kwargs,
        )


class SchoolHome(TemplateView):
    """A school's people: the next thing to do, their hub contact, what was agreed. `?school=` for those of several."""

    template_name = "engagement/school_home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        schools = list(School.objects.visible_to(user).filter(pk__in=access_of(user).school_ids))
        if not schools:
            raise PermissionDenied
        wanted = self.request.GET.get("school", "")
        school = next((each for each in schools if str(each.urn) == wanted), schools[0])
        return super().get_context_data(
            school=school,
            schools=schools,
            other_homes=homes.other_homes(user, "engagement:school-home"),
            **home_pages.school_page(school, user, today()),
            **kwargs,
        )


class MeetingAsk(FormView):
    """A school's leader or editor asks the hub to meet."""

    template_name = "engagement/meeting_ask.html"
    form_class = MeetingAskForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.school = get_object_or_404(School.objects.visible_to(request.user), urn=self.kwargs["urn"])
        if self.school.pk not in access_of(request.user).writing_school_ids:
            raise PermissionDenied
        self.contact = homes.hub_contact_of(self.school)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        safeguarding = self.contact.hub.safeguarding_contact if self.contact else ""
        return {**super().get_form_kwargs(), "safeguarding": safeguarding}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(school=self.school, contact=self.contact, **kwargs)

    def form_valid(self, form: MeetingAskForm) -> HttpResponse:
        try:
            contact = meetings.ask(school=self.school, by=self.request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, f"{contact.name} has been asked to meet you, and will be in touch.")
        return redirect(reverse("engagement:school-home", query={"school": self.school.urn}))


class TrustHome(TemplateView):
    """A trust's leaders: its schools, and what the schools' leaders have released."""

    template_name = "engagement/trust_home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        if not access_of(user).trust_ids:
            raise PermissionDenied
        return super().get_context_data(
            other_homes=homes.other_homes(user, "engagement:trust-home"),
            **home_pages.trust_page(user, today()),
            **kwargs,
        )


class FunderHome(TemplateView):
    """The funder's relationship managers: the hubs they look after, and nothing of any school."""

    template_name = "engagement/funder_home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        funded = access_of(user).funded_hub_ids
        if not funded:
            raise PermissionDenied
        return super().get_context_data(
            hubs=list(Hub.objects.visible_to(user).filter(pk__in=funded)),
            other_homes=homes.other_homes(user, "engagement:funder-home"),
            **kwargs,
        )
