"""Meetings: set by the hub, asked for by a school and answered, moved, called off, written up; and the diary."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from django.views.generic import FormView, TemplateView

from engagement.actions import diary as actions
from engagement.addressees import addressees_at
from engagement.forms.conversations import of_meeting, people_of_meeting
from engagement.forms.meetings import (
    MeetingAcceptForm,
    MeetingCancelForm,
    MeetingCreateForm,
    MeetingDeclineForm,
    MeetingMoveForm,
    MeetingSchoolForm,
)
from engagement.meetings import diary, guests, words
from engagement.models import Meeting
from engagement.permissions import can_read_diary, can_write_for
from engagement.views.actions import add_problems
from hubportal.accounts.models import User
from hubportal.kit.wording import local
from schools.access import access_of, today
from schools.models import Hub, School

MOST_FOUND = 12


def deals_with(user: User, meeting: Meeting) -> bool:
    """Whether the person deals with it for the hub. One query."""
    return Meeting.objects.visible_to(user).editable_by(user).filter(pk=meeting.pk).exists()


def is_schools_own(user: User, meeting: Meeting) -> bool:
    """Whether the person is one of the school's leaders or editors. No query beyond the memberships."""
    return meeting.school_id in access_of(user).writing_school_ids


class Diary(TemplateView):
    """Whose meetings come, who asks for one, and which were held and not written up."""

    template_name = "engagement/diary.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_read_diary(request.user):
            raise PermissionDenied("The diary is for hubs and the officers of their partners.")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        access = access_of(user)
        return super().get_context_data(
            hubs=[hub for hub in access.hubs if hub.pk in access.hub_ids],
            may_write=bool(access.writing_hub_ids or access.officer_partner_ids),
            **diary.page(user, self.request.GET.dict()),
            **kwargs,
        )


class Saying(FormView):
    """A form whose action may refuse: its sentences stand at their fields, and what was typed stays."""

    def act(self, form: Any) -> Meeting:
        """Do it. Raises ValidationError."""
        raise NotImplementedError

    def said(self, meeting: Meeting) -> str:
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            meeting = self.act(form)
        except ValidationError as problem:
            add_problems(form, problem)
            return self.form_invalid(form)
        messages.success(self.request, self.said(meeting))
        if meeting.is_in_diary and (other := guests.clashing(meeting)):
            messages.warning(
                self.request,
                f"{meeting.officer} also meets {other.school_name} then, {words.short_moment(other.starts_at)}.",
            )
        return redirect(meeting)


class MeetingCreate(Saying):
    """Set a meeting with a school."""

    template_name = "engagement/meeting_create.html"
    form_class = MeetingCreateForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = School.objects.visible_to(request.user).select_related("authority", "type")
        self.school = get_object_or_404(rows, urn=kwargs["urn"])
        if not can_write_for(request.user, self.school):
            raise PermissionDenied("This is for the hub’s managers and officers, and the partner entrusted.")
        self.hub = get_object_or_404(Hub.objects.visible_to(request.user).covering(self.school.authority_id, today()))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "officers": guests.officers_for(self.hub, self.school),
            "addressees": addressees_at(school=self.school, hub=self.hub),
            "safeguarding": self.hub.safeguarding_contact,
            "by": self.request.user,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(school=self.school, **kwargs)

    def act(self, form: MeetingCreateForm) -> Meeting:
        return actions.set_meeting(
            school=self.school,
            terms=form.terms,
            guests=form.invited,
            message=form.cleaned_data["message"],
            by=self.request.user,
        )

    def said(self, meeting: Meeting) -> str:
        return f"It stands in the diary of {meeting.officer}. The invitations are on their way."


class OfMeeting:
    """A page about one meeting that the person sees: 404 for others'."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def get_meeting(self) -> Meeting:
        rows = Meeting.objects.visible_to(self.request.user).full()
        return get_object_or_404(rows, uuid=self.kwargs["pk"])


class MeetingDetail(OfMeeting, TemplateView):
    """One meeting with its history; for the hub, and for the school's leaders and editors."""

    template_name = "engagement/meeting_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, meeting = self.request.user, self.get_meeting()
        is_hubs = Meeting.objects.of_hub_for(user).filter(pk=meeting.pk).exists()
        may_write = is_hubs and deals_with(user, meeting)
        return super().get_context_data(
            meeting=meeting,
            school=meeting.school,
            state=words.state(meeting),
            is_hubs=is_hubs,
            may_write=may_write,
            may_cancel=not meeting.is_settled
            and not meeting.is_logged
            and (may_write or is_schools_own(user, meeting)),
            guests=list(meeting.guests.all()),
            changes=list(meeting.changes.order_by("-at", "-pk")),
            halves=list(meeting.halves.prefetch_related("answers")) if is_hubs else [],
            **kwargs,
        )


class MeetingForm(OfMeeting, Saying):
    """A form about one meeting, for the hub's people who deal with it: 403 for readers."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.meeting = self.get_meeting()
        if not self.may(request.user):
            raise PermissionDenied("This is for the hub’s managers and officers, and the partner entrusted.")
        return super().dispatch(request, *args, **kwargs)

    def may(self, user: User) -> bool:
        return deals_with(user, self.meeting)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(meeting=self.meeting, school=self.meeting.school, **kwargs)

    def terms_kwargs(self) -> dict[str, Any]:
        school = self.meeting.school
        officers = guests.officers_for(self.meeting.hub, school) if school else []
        return {"officers": officers, "by": self.request.user}


class MeetingAccept(MeetingForm):
    """Agree to meet a school that asked. While nobody knows which school it is, that comes first."""

    template_name = "engagement/meeting_accept.html"
    form_class = MeetingAcceptForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if self.meeting.school is None:
            return redirect("engagement:meeting-school", self.meeting.uuid)
        return response

    def get_form_kwargs(self) -> dict[str, Any]:
        meeting = self.meeting
        known = addressees_at(school=meeting.school, hub=meeting.hub) if meeting.school else []
        return {
            **super().get_form_kwargs(),
            **self.terms_kwargs(),
            "addressees": [each for each in known if each.email.lower() != meeting.email.lower()],
            "safeguarding": meeting.hub.safeguarding_contact,
        }

    def act(self, form: MeetingAcceptForm) -> Meeting:
        return actions.accept(
            meeting=self.meeting,
            terms=form.terms,
            guests=form.invited,
            note=form.cleaned_data["note"],
            by=self.request.user,
        )

    def said(self, meeting: Meeting) -> str:
        return f"It stands in the diary of {meeting.officer}. {meeting.name} gets the invitation by email."


class MeetingMove(MeetingForm):
    """Another time, place or person."""

    template_name = "engagement/meeting_move.html"
    form_class = MeetingMoveForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), **self.terms_kwargs()}

    def get_initial(self) -> dict[str, Any]:
        meeting = self.meeting
        at = local(meeting.starts_at) if meeting.starts_at else None
        return {
            "date": at.date() if at else None,
            "time": f"{at:%H:%M}" if at else "",
            "minutes": meeting.minutes,
            "how": meeting.how,
            "place": meeting.place,
            "video_link": meeting.video_link,
            "officer": str(meeting.officer_id or ""),
            "seen": meeting.sequence,
        }

    def act(self, form: MeetingMoveForm) -> Meeting:
        data = form.cleaned_data
        return actions.move(
            meeting=self.meeting, terms=form.terms, reason=data["reason"], seen=data["seen"], by=self.request.user
        )

    def said(self, meeting: Meeting) -> str:
        return "Changed. Everybody invited gets it by email, with your reason."


class MeetingCancel(MeetingForm):
    """Call it off; also by the school's leaders and editors."""

    template_name = "engagement/meeting_cancel.html"
    form_class = MeetingCancelForm

    def may(self, user: User) -> bool:
        return super().may(user) or is_schools_own(user, self.meeting)

    def act(self, form: MeetingCancelForm) -> Meeting:
        return actions.cancel(meeting=self.meeting, reason=form.cleaned_data["reason"], by=self.request.user)

    def said(self, meeting: Meeting) -> str:
        return "Cancelled. Everybody concerned is told by email."


class MeetingDecline(MeetingForm):
    """Say that it is not possible."""

    template_name = "engagement/meeting_decline.html"
    form_class = MeetingDeclineForm

    def act(self, form: MeetingDeclineForm) -> Meeting:
        return actions.decline(meeting=self.meeting, reason=form.cleaned_data["reason"], by=self.request.user)

    def said(self, meeting: Meeting) -> str:
        return f"Answered. {meeting.name} is told by email."


class MeetingSchool(MeetingForm):
    """Find the school that was typed on the public page. `?q=` searches with other words."""

    template_name = "engagement/meeting_school.html"
    form_class = MeetingSchoolForm

    @property
    def asked_for(self) -> str:
        return " ".join(self.request.GET.get("q", self.meeting.school_words).split())

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = School.objects.visible_to(self.request.user).writable_by(self.request.user).open()
        found = rows.matching(self.asked_for).order_by("name_key", "urn")[:MOST_FOUND] if self.asked_for else []
        return {**super().get_form_kwargs(), "schools": list(found)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(q=self.asked_for, **kwargs)

    def act(self, form: MeetingSchoolForm) -> Meeting:
        return actions.match(meeting=self.meeting, school=form.cleaned_data["school"], by=self.request.user)

    def said(self, meeting: Meeting) -> str:
        return f"It is {meeting.school_name}. Agree to a time, or say that it is not possible."


class MeetingWriteUp(OfMeeting, View):
    """Begin the conversation that was had, or go on with it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        meeting = self.get_meeting()
        if not deals_with(request.user, meeting):
            raise PermissionDenied("This is for the hub’s managers and officers, and the partner entrusted.")
        people = list(meeting.guests.select_related("contact"))
        try:
            conversation = actions.write_up(
                meeting=meeting,
                values=of_meeting(meeting, request.user) if meeting.starts_at else {},
                people=lambda part: people_of_meeting(people, part),
                by=request.user,
            )
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            return redirect(meeting)
        if conversation.is_draft:
            return redirect("engagement:conversation-edit", pk=conversation.uuid)
        return redirect(conversation)
