"""The school's half of a meeting: the hub sends it, reads it, enters it for the school; the school answers it signed
in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.generic import FormView

from engagement.actions import halves as actions
from engagement.addressees import addressees_at
from engagement.forms.halves import HalfAskForm, HalfBook, HalfRemindForm, HalfWithdrawForm, SaidByForm
from engagement.meetings import questions
from engagement.models import Framework, Meeting, SchoolHalf
from engagement.permissions import can_write_for
from hubportal.accounts.models import User
from hubportal.kit import drafts
from hubportal.kit.draft_views import DraftAutosaveView
from hubportal.kit.models import Author, Draft
from hubportal.kit.wording import listed
from schools.access import access_of, today
from schools.models import Hub, School
from schools.permissions import can_edit_contacts


def half_of(request: HttpRequest, pk: UUID) -> SchoolHalf:
    """The questions, for somebody who sees them: 404 otherwise. One query."""
    rows = SchoolHalf.objects.visible_to(request.user)
    along = ("hub", "school__authority", "school__type", "meeting", "conversation", "draft", "asked_by", "withdrawn_by")
    return get_object_or_404(rows.select_related(*along), uuid=pk)


def deals_with(user: User, half: SchoolHalf) -> bool:
    """Whether the person deals with it for the hub. One query."""
    rows = SchoolHalf.objects.visible_to(user).editable_by(user)
    return half.received_from_id is None and rows.filter(pk=half.pk).exists()


class HalfAsk(FormView):
    """Choose the questions and who is asked. `?meeting=` names the meeting that they are for."""

    template_name = "engagement/half_ask.html"
    form_class = HalfAskForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = School.objects.visible_to(request.user).select_related("authority", "type")
        self.school = get_object_or_404(rows, urn=self.kwargs["urn"])
        if self.school.is_organisation or not can_write_for(request.user, self.school):
            raise PermissionDenied
        self.hub = Hub.objects.visible_to(request.user).covering(self.school.authority_id, today()).first()
        if self.hub is None:
            raise Http404
        self.meeting = self.wanted_meeting()
        self.framework = Framework.objects.visible_to(request.user).current_for_hub(self.hub.pk, today()).first()
        self.addressees = addressees_at(school=self.school, hub=self.hub)
        return super().dispatch(request, *args, **kwargs)

    def wanted_meeting(self) -> Meeting | None:
        rows = Meeting.objects.visible_to(self.request.user).filter(hub=self.hub, school=self.school)
        given = self.request.GET.get("meeting", "")
        if not given:
            return rows.to_come(timezone.now()).order_by("starts_at").first()
        try:
            return get_object_or_404(rows, uuid=UUID(given))
        except ValueError:
            raise Http404 from None

    def get_form_kwargs(self) -> dict[str, Any]:
        choices = []
        if self.framework:
            choices = questions.choices_for(self.framework, self.school, user=self.request.user, on=today())
        return {
            **super().get_form_kwargs(),
            "choices": choices,
            "addressees": self.addressees,
            "safeguarding": self.hub.safeguarding_contact if self.hub else "",
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            school=self.school,
            meeting=self.meeting,
            addressees=self.addressees,
            can_add_contact=can_edit_contacts(self.request.user, self.school),
            **kwargs,
        )

    def form_valid(self, form: HalfAskForm) -> HttpResponse:
        try:
            half = actions.ask(school=self.school, meeting=self.meeting, by=self.request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        names = listed([each.name for each in form.cleaned_data["recipients"]])
        messages.success(self.request, f"The questions are on their way to {names}.")
        return redirect(half)


class HalfDetail(View):
    """The hub's page of it: who has it, what the school answered, and how we know. Whoever of the school comes here is
    led to its own page."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        half = half_of(request, pk)
        if not SchoolHalf.objects.of_hub_for(request.user).filter(pk=half.pk).exists():
            return redirect(half.get_answer_url())
        answers = list(half.answers.select_related("entered_by", "link"))
        standing = half.answer
        may_write = deals_with(request.user, half)
        start = reverse("engagement:conversation-create", query={"school": half.school.urn, "form": "full"})
        context = {
            "half": half,
            "school": half.school,
            "answer": next((each for each in answers if standing and each.pk == standing.pk), None),
            "earlier": [each for each in answers if standing and each.pk != standing.pk],
            "answered": questions.read(half, standing.values if standing else {}),
            "sends": list(half.sends.select_related("by", "link")),
            "may_write": may_write,
            "may_enter": may_write and half.answered_at is None and half.withdrawn_at is None,
            "start_url": f"{start}&meeting={half.meeting.uuid}" if half.meeting else start,
        }
        return render(request, "engagement/half_detail.html", context)


class HubHalf:
    """A page on which somebody of the hub does something about it: 404 for others' rows, 403 for readers."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def get_half(self) -> SchoolHalf:
        half = half_of(self.request, self.kwargs["pk"])
        if not deals_with(self.request.user, half):
            raise PermissionDenied
        return half


class HalfRead(HubHalf, View):
    """The answers were read: they leave the worklist."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        half = self.get_half()
        actions.note_read(half=half, by=request.user)
        messages.success(request, f"The answers of {half.school.name} are marked as read.")
        return redirect(half)


class HalfFormView(HubHalf, FormView):
    """One form about it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.half = self.get_half()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(half=self.half, school=self.half.school, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            said = self.act(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, said)
        return redirect(self.half)

    def act(self, form: Any) -> str:
        raise NotImplementedError


class HalfRemind(HalfFormView):
    """Send the link again."""

    template_name = "engagement/half_remind.html"
    form_class = HalfRemindForm

    def get_form_kwargs(self) -> dict[str, Any]:
        addressees = addressees_at(school=self.half.school, hub=self.half.hub)
        return {**super().get_form_kwargs(), "addressees": addressees}

    def get_initial(self) -> dict[str, Any]:
        had = {each.email.lower() for each in self.half.sends.all()}
        addressees = addressees_at(school=self.half.school, hub=self.half.hub)
        return {"recipients": [each.key for each in addressees if each.email.lower() in had]}

    def act(self, form: HalfRemindForm) -> str:
        names = actions.remind(half=self.half, by=self.request.user, **form.cleaned_data)
        return f"The link is on its way to {listed(names)}."


class HalfWithdraw(HalfFormView):
    """Take the questions back."""

    template_name = "engagement/half_withdraw.html"
    form_class = HalfWithdrawForm

    def act(self, form: HalfWithdrawForm) -> str:
        actions.withdraw(half=self.half, by=self.request.user, **form.cleaned_data)
        return "The questions are withdrawn. The links open nothing any more."


class HalfEnter(HubHalf, View):
    """Write down what somebody at the school said, for the school."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        half = self.get_half()
        before = half.answer
        values = dict(before.values) if before and not before.is_schools_own else {}
        day = today()
        values |= {"who-said_on_0": str(day.day), "who-said_on_1": str(day.month), "who-said_on_2": str(day.year)}
        return self.show(HalfBook(half, drafts.as_data(values), who=SaidByForm))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        half = self.get_half()
        book = HalfBook(half, request.POST, who=SaidByForm, quiet=False)
        if not book.is_valid() or book.who is None:
            return self.show(book, status=400)
        try:
            actions.enter(half=half, values=book.values(), by=request.user, **book.who.cleaned_data)
        except ValidationError as error:
            return self.show(book, error.messages, status=400)
        messages.success(
            request, f"Kept as what {book.who.cleaned_data['name']} said. The school sees that you entered it."
        )
        return redirect(half)

    def show(self, book: HalfBook, problems: list[str] | None = None, status: int = 200) -> HttpResponse:
        context = {
            "half": book.half,
            "school": book.half.school,
            "book": book,
            "sentences": [(each, "") for each in problems or []] + book.problems(),
        }
        return render(self.request, "engagement/half_enter.html", context, status=status)


class SchoolsHalf:
    """A half that somebody of the school answers, signed in: 404 for others' rows, 403 for the hub's people."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def get_half(self) -> SchoolHalf:
        half = half_of(self.request, self.kwargs["pk"])
        if half.school_id not in access_of(self.request.user).writing_school_ids:
            raise PermissionDenied("The school answers these questions. Enter what it said on the hub’s page.")
        return half


class HalfAnswerPage(SchoolsHalf, View):
    """The questions, in the draft that the whole school shares; and what was sent."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        half = self.get_half()
        return self.show(half, HalfBook(half, drafts.as_data(half.draft.values if half.draft else {})))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        half = self.get_half()
        book = HalfBook(half, request.POST)
        if questions.was_sent(half, drafts.values_from(request.POST, book.shape())):
            return self.again(half)
        try:
            draft = actions.begin_writing(half=half)
            result = drafts.take_post(draft=draft, post=request.POST, by=request.user, shape=book.shape())
        except ValidationError as error:
            return self.show(half, book, error.messages, status=409)
        if result.refused:
            return self.show(half, book, list(result.refused.values()), status=400)
        if drafts.only_saving(request.POST):
            messages.success(request, "Saved. The hub does not read it until your school sends it.")
            return self.again(half)
        checked = HalfBook(half, drafts.as_data(result.values), quiet=False)
        if not checked.is_valid():
            return self.show(half, checked, status=400)
        try:
            actions.give(half=half, by=request.user)
        except ValidationError as error:
            return self.show(half, checked, error.messages, status=409)
        messages.success(request, f"Thank you. {half.hub.name} has your answers, and was told.")
        return self.again(half)

    def again(self, half: SchoolHalf) -> HttpResponseRedirect:
        return HttpResponseRedirect(half.get_answer_url())

    def show(
        self, half: SchoolHalf, book: HalfBook, problems: list[str] | None = None, status: int = 200
    ) -> HttpResponse:
        standing = half.answer
        url = reverse("engagement:half-draft", args=[half.uuid])
        page = drafts.page(
            draft=half.draft or Draft(), user=self.request.user, shape=book.shape(), url=url, key=half.uuid
        )
        context = {
            "half": half,
            "school": half.school,
            "hub": half.hub,
            "book": book,
            "answer": standing,
            "answered": questions.read(half, standing.values) if standing else [],
            "is_open": half.is_open,
            "sentences": [(each, "") for each in problems or []] + book.problems(),
            "draft_page": page,
        }
        return render(self.request, "engagement/half_answer.html", context, status=status)


class HalfDraft(SchoolsHalf, DraftAutosaveView):
    """The address that the school's signed-in page saves itself to."""

    def get_draft(self) -> Draft:
        self.half = self.get_half()
        return actions.begin_writing(half=self.half)

    def may_edit(self, draft: Draft) -> bool:
        return True

    def get_shape(self, draft: Draft) -> drafts.Shape:
        return HalfBook(self.half, self.request.POST).shape()

    def writer(self, draft: Draft) -> Author:
        return Author(self.request.user)
