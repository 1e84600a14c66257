"""Our readiness: everybody's with the gaps first, and one person's with what is recorded of them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from django.views.generic import FormView, TemplateView

from engagement.actions import readiness as actions
from engagement.colleagues import members_of
from engagement.forms.readiness import KEPT, ColleagueReviewForm, ReadinessRulesForm, TrainingForm
from engagement.models import ColleagueReview, Training, TrainingTopic
from engagement.permissions import (
    can_change_record_of_colleague,
    can_read_about_colleagues,
    can_set_colleague_rules,
)
from engagement.readiness import aggregates, choosing
from engagement.readiness.listing import HEADS, line_of
from engagement.readiness.standings import asked_of, standing_of, standings
from engagement.views.cadence import hub_of
from engagement.views.colleagues import colleague_of
from hubportal.kit import saved
from hubportal.kit.tables import file_of
from schools.access import today
from schools.models import Hub, Membership

FOR_MANAGERS = "How ready the team is, is for the hub’s managers; each person sees their own."


class OfTeam(View):
    """The whole list is for managers of the hub: 403 for everybody else."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            self.hub = hub_of(request, kwargs["slug"])
            if not can_read_about_colleagues(request.user, self.hub.pk):
                raise PermissionDenied(FOR_MANAGERS)


class ReadinessList(OfTeam, TemplateView):
    """Everybody of the hub and its partners, those with most gaps first; `?gap=` shows who has that one."""

    template_name = "engagement/readiness/readiness_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, on = self.request.user, today()
        rows, asked = standings(self.hub, user, on), asked_of(self.hub, user)
        figures = [aggregates.people(rows), *aggregates.asked_for(rows, asked)]
        gap = next((each for each in figures if each.code == self.request.GET.get("gap")), None)
        shown = [row for row in rows if gap is None or row.lacks(gap.code) or (gap.code == "any" and row.gaps)]
        return super().get_context_data(
            hub=self.hub,
            figures=figures,
            sides=aggregates.by_side(rows),
            strands=aggregates.trained_by_strand(rows, on),
            rows=shown,
            gap=gap,
            total=len(rows),
            may_export=bool(rows),
            **kwargs,
        )


class ReadinessExport(OfTeam):
    """The same list as a file."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, slug: str, format: str) -> HttpResponse:
        lines = [HEADS, *(line_of(row) for row in standings(self.hub, request.user, today()))]
        response = file_of(lines, name="readiness", form=format)
        saved.note_file(request, name="readiness", words=str(self.hub), rows=len(lines) - 1)
        return response


class ReadinessRulesEdit(FormView):
    """What the hub asks of its people."""

    template_name = "engagement/readiness/rules_edit.html"
    form_class = ReadinessRulesForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.hub = hub_of(request, kwargs["slug"])
        if not can_set_colleague_rules(request.user, self.hub.pk):
            raise PermissionDenied("A manager of the hub decides what it asks of its people.")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "topics": TrainingTopic.objects.visible_to(self.request.user)}

    def get_initial(self) -> dict[str, Any]:
        asked = asked_of(self.hub, self.request.user)
        return {"topics": list(asked.topics), "months": asked.months}

    def form_valid(self, form: ReadinessRulesForm) -> HttpResponse:
        actions.set_readiness_rules(hub=self.hub, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "Saved. The gaps follow it.")
        return redirect("engagement:readiness-list", self.hub.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(hub=self.hub, **kwargs)


class ReadinessDetail(TemplateView):
    """One person's: for a manager, and their own for everybody."""

    template_name = "engagement/readiness/readiness_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        hub = hub_of(self.request, self.kwargs["slug"])
        held = colleague_of(self.request, hub, self.kwargs["uuid"], FOR_MANAGERS)
        row = standing_of(hub, held, user, today())
        return super().get_context_data(
            hub=hub,
            held=held,
            row=row,
            is_own=held.user_id == user.pk,
            leads=can_read_about_colleagues(user, hub.pk),
            trainings=[(each, can_change_record_of_colleague(user, each)) for each in row.trainings],
            reviews=[(each, can_change_record_of_colleague(user, each)) for each in row.reviews],
            today=today(),
            **kwargs,
        )


class OfPerson(FormView):
    """A form about one person: `hub` and `held` from the address; `record` is what it changes, if anything."""

    hub: Hub
    held: Membership
    record: Any = None
    said = "Saved."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.find(request, kwargs)
        return super().dispatch(request, *args, **kwargs)

    def find(self, request: HttpRequest, kwargs: dict[str, Any]) -> None:
        self.hub = hub_of(request, kwargs["slug"])
        self.held = colleague_of(request, self.hub, kwargs["uuid"], FOR_MANAGERS)

    def write(self, values: dict[str, Any]) -> None:
        """Call the action. Raises ValidationError."""
        raise NotImplementedError

    @property
    def about(self) -> dict[str, Any]:
        """Whom and what it is about, as the actions take it."""
        return {"hub": self.hub, "person": self.held.user, "by": self.request.user, "changing": self.record}

    @property
    def back(self) -> str:
        return reverse("engagement:readiness-detail", args=[self.hub.slug, self.held.uuid])

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.write(form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        messages.success(self.request, self.said)
        return redirect(self.back)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = self.held.user_id == self.request.user.pk
        return super().get_context_data(
            hub=self.hub, held=self.held, record=self.record, is_own=own, back=self.back, **kwargs
        )


class OfRecord(OfPerson):
    """The same, found by the record: 404 for one that the person does not see, 403 where it is not theirs to change."""

    rows: Any

    def find(self, request: HttpRequest, kwargs: dict[str, Any]) -> None:
        self.record = record_of(request, self.rows.objects.visible_to(request.user), kwargs["uuid"])
        self.hub = self.record.hub
        self.held = next_membership(request, self.record)


def record_of(request: HttpRequest, rows: QuerySet, uuid: UUID) -> Any:
    """A record that stands: 404 for one that the person does not see, 403 where it is not theirs to change."""
    record = get_object_or_404(rows.standing().select_related("hub", "person"), uuid=uuid)
    if not can_change_record_of_colleague(request.user, record):
        raise PermissionDenied("A manager entered this: ask them to change it.")
    return record


def next_membership(request: HttpRequest, record: Any) -> Membership:
    """The membership by which the person of a record works for the hub; 404 once they do not."""
    held = next((each for each in members_of(record.hub) if each.user_id == record.person_id), None)
    return colleague_of(request, record.hub, held.uuid if held else None, FOR_MANAGERS)


class OfTraining(OfPerson):
    template_name = "engagement/readiness/training_edit.html"
    form_class = TrainingForm
    said = "Saved: the training."

    def get_form_kwargs(self) -> dict[str, Any]:
        topics = TrainingTopic.objects.visible_to(self.request.user).filter(is_offered=True)
        return {**super().get_form_kwargs(), "topics": topics}

    def write(self, values: dict[str, Any]) -> None:
        actions.record_training(**self.about, **values)


class TrainingCreate(OfTraining):
    """Training that a person had."""


class TrainingEdit(OfRecord, OfTraining):
    """Put right what is recorded of it."""

    rows = Training

    def get_initial(self) -> dict[str, Any]:
        names = ("on", "provider", "expires_on")
        return {"topic": self.record.topic.code, **{name: getattr(self.record, name) for name in names}}


class OfReview(OfPerson):
    template_name = "engagement/readiness/review_edit.html"
    form_class = ColleagueReviewForm
    said = "Saved."

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        everybody = can_read_about_colleagues(user, self.hub.pk)
        return {
            **super().get_form_kwargs(),
            "colleagues": choosing.colleagues_of(self.hub, self.held, everybody=everybody),
            "conversations": choosing.conversations_of(self.hub, self.held.user, user),
            "record": self.record,
        }

    def write(self, values: dict[str, Any]) -> None:
        actions.record_review(**self.about, **values)


class ColleagueReviewCreate(OfReview):
    """A joint visit or a moderated conversation."""


class ColleagueReviewEdit(OfRecord, OfReview):
    """Put right what is recorded of it."""

    rows = ColleagueReview

    def get_initial(self) -> dict[str, Any]:
        record = self.record
        colleague = next((held for held in members_of(self.hub) if held.user_id == record.colleague_id), None)
        said = {name: getattr(record, name) for name in ("kind", "on", "outcome", "note")}
        chosen = {"conversation": str(record.conversation.uuid)} if record.conversation else {}
        return {**said, **chosen, "colleague": str(colleague.uuid) if colleague else KEPT}


class Strike(View):
    """Take out what was entered by mistake."""

    http_method_names = ["post"]
    rows: Any

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        record = record_of(request, self.rows.objects.visible_to(request.user), uuid)
        held = next_membership(request, record)
        actions.strike(record=record, by=request.user)
        messages.success(request, "Taken out. It counts no more.")
        return redirect("engagement:readiness-detail", record.hub.slug, held.uuid)


class TrainingStrike(Strike):
    rows = Training


class ColleagueReviewStrike(Strike):
    rows = ColleagueReview
