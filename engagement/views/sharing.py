"""The hub gives a school its part to read, takes it back, and notes that an answer has been read."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from django.views.generic import FormView

from engagement import content
from engagement.actions import responses, sharing
from engagement.addressees import addressees_at
from engagement.comparing import compare
from engagement.forms.sharing import PartShareForm, PartWithdrawForm
from engagement.models import ConversationPart, Response
from engagement.permissions import can_edit_conversation, can_share_part, can_withdraw_part
from engagement.sharing_state import sent_to
from hubportal.kit.forms import path_back
from hubportal.kit.wording import count
from schools.permissions import can_edit_contacts


class HubPart:
    """The part that the address names, of a conversation that this person sees as one of the hub's own."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def get_part(self) -> ConversationPart:
        parts = ConversationPart.objects.of_hub_for(self.request.user)
        return get_object_or_404(
            parts.select_related(
                "school__authority",
                "conversation__hub",
                "conversation__author",
                "conversation__framework",
                "conversation__trust",
            ),
            uuid=self.kwargs["uuid"],
        )


class PartShare(HubPart, FormView):
    """Exactly what the school will read, and who receives it."""

    template_name = "engagement/part_share.html"
    form_class = PartShareForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.part = self.get_part()
        if not can_share_part(request.user, self.part):
            raise PermissionDenied
        self.addressees = addressees_at(school=self.part.school, hub=self.part.conversation.hub)
        self.latest = self.part.versions.first()
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "addressees": self.addressees}

    def get_initial(self) -> dict[str, Any]:
        had = {each.email.lower() for each in sent_to(self.part)}
        chosen = [each.key for each in self.addressees if each.email.lower() in had or (not had and each.is_leader)]
        return {"recipients": chosen}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = content.freeze(self.part)
        page = content.thaw(now)
        return super().get_context_data(
            part=self.part,
            page=page,
            latest=self.latest,
            changes=compare(self.latest.content, now) if self.latest else [],
            is_same=bool(self.latest) and self.latest.content == now,
            next_number=self.latest.number + 1 if self.latest else 1,
            has_leader=any(each.is_leader for each in self.addressees),
            addressees=self.addressees,
            can_add_contact=can_edit_contacts(self.request.user, self.part.school),
            **kwargs,
        )

    def form_valid(self, form: PartShareForm) -> HttpResponse:
        try:
            shared = sharing.share(part=self.part, recipients=form.cleaned_data["recipients"], by=self.request.user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        self._say(shared)
        return redirect(self.part.conversation.get_absolute_url())

    def _say(self, shared: sharing.Shared) -> None:
        for recipient in shared.recipients:
            recipient.refresh_from_db(fields=["emailed_at"])
        gone = [each for each in shared.recipients if each.emailed_at]
        missed = [each.name for each in shared.recipients if not each.emailed_at]
        school, number = self.part.school.name, shared.version.number
        if shared.is_new:
            messages.success(
                self.request, f"Version {number} is shared with {school}: {count(len(gone), 'email')} sent."
            )
        elif gone:
            messages.success(
                self.request, f"Version {number} was shared already. {count(len(gone), 'more email')} sent."
            )
        elif not missed:
            messages.info(
                self.request, f"Version {number} was shared with these people already, so nothing was sent again."
            )
        if missed:
            messages.error(
                self.request,
                f"The email to {', '.join(missed)} could not be sent. Share again to send it: no new version is made.",
            )


class PartWithdraw(HubPart, FormView):
    """Take a shared part back, with a reason."""

    template_name = "engagement/part_withdraw.html"
    form_class = PartWithdrawForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.part = self.get_part()
        if not can_withdraw_part(request.user, self.part):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "safeguarding": self.part.conversation.hub.safeguarding_contact}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            part=self.part,
            recipients=sent_to(self.part),
            readings=sharing.readings_of(self.part.versions.all()),
            **kwargs,
        )

    def form_valid(self, form: PartWithdrawForm) -> HttpResponse:
        try:
            sharing.withdraw(part=self.part, reason=form.cleaned_data["reason"], by=self.request.user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(
            self.request,
            f"Withdrawn from {self.part.school.name}. Its links no longer open, and those who had it have been told.",
        )
        return redirect(self.part.conversation.get_absolute_url())


class ResponseNote(View):
    """Say that the hub has read an answer: it leaves the worklist."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: str) -> HttpResponse:
        parts = ConversationPart.objects.of_hub_for(request.user)
        response = get_object_or_404(
            Response.objects.visible_to(request.user)
            .filter(version__part__in=parts)
            .select_related("version__part__conversation"),
            uuid=uuid,
        )
        conversation = response.version.part.conversation
        if not can_edit_conversation(request.user, conversation):
            raise PermissionDenied
        responses.note(response=response, by=request.user)
        messages.success(request, f"Noted: you have read {response.name}’s answer.")
        return HttpResponseRedirect(path_back(request) or conversation.get_absolute_url())
