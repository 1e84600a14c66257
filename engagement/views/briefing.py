"""The one page to read, or to print, before going to a school."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from engagement.briefing import page
from engagement.briefing.sections import briefing_sections
from engagement.permissions import can_log_attempt
from schools.access import today
from schools.models import School
from schools.standing import standing_of


class BriefingDetail(TemplateView):
    """For the hub's people and the partner entrusted."""

    template_name = "engagement/briefing_detail.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        seen = School.objects.visible_to(request.user).select_related("authority", "type").with_trust()
        self.school = get_object_or_404(seen.with_engagement(request.user).with_facts_date(), urn=kwargs["urn"])
        self.standing = standing_of(request.user, self.school)
        if not self.standing.sees_engagement or self.standing.hub is None:
            raise PermissionDenied("This page is for the hub and the partner entrusted with the school.")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, school, on = self.request.user, self.school, today()
        sections = briefing_sections.panels_for(self.request, school)["main"]
        start = reverse("engagement:conversation-create", query={"school": school.urn, "form": "quick"})
        return super().get_context_data(
            school=school,
            on=on,
            address=", ".join(school.address),
            first=[each for each in sections if each.position < 50],
            rest=[each for each in sections if each.position >= 50],
            log_url=start if can_log_attempt(user, school) else "",
            **page.page_of(user, school, self.standing, self.standing.hub, on),
            **kwargs,
        )
