"""What everybody reads: "You said, we did" of a hub's consultations. No school is named."""

from typing import Any

from django.http import Http404

from engagement.consultations import public
from engagement.views.meeting_public import OfHub


class OutcomeList(OfHub):
    """All that the hub has published."""

    template_name = "engagement/consultations/outcome_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(consultations=public.published_of(self.hub), **kwargs)


class ConsultationOutcome(OfHub):
    """One of them; 404 for one that is not published."""

    template_name = "engagement/consultations/outcome.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        consultation = public.published_at(self.hub, self.kwargs["uuid"])
        if consultation is None:
            raise Http404
        return super().get_context_data(consultation=consultation, **kwargs)
