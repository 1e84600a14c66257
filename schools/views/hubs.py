"""The area that a hub covers."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from schools import areas
from schools.models import Hub
from schools.permissions import can_hand_over, can_read_area


class HubAreaDetail(TemplateView):
    """The hub's authorities with their dates, and the schools in them by phase and type."""

    template_name = "schools/hub_area.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.hub = get_object_or_404(Hub.objects.visible_to(request.user), slug=kwargs["slug"])
        if not can_read_area(request.user, self.hub):
            raise PermissionDenied("The area is for the hub’s own staff.")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            hub=self.hub, area=areas.area_of(self.hub, user), can_hand_over=can_hand_over(user), **kwargs
        )
