"""Where a school, its governors and its trust read what the hub shared, compare versions, answer, and release it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView, ListView, TemplateView

from engagement import content, panels, reading, trust_reading, written
from engagement.actions import giving, responses, sharing
from engagement.comparing import compare
from engagement.forms.sharing import PartRespondForm
from engagement.models import ConversationPart, PartVersion
from engagement.permissions import can_acknowledge, can_release, can_respond
from schools.access import access_of


class SharedList(ListView):
    """What has been shared with one's school, or released to one's trust; the newest conversation first."""

    template_name = "engagement/shared_list.html"
    context_object_name = "rows"
    paginate_by = 25

    def get_queryset(self):
        if not reading.reads_shared(self.request.user):
            raise PermissionDenied
        return reading.newest_shared(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        access = access_of(self.request.user)
        schools = {row.part.school_id for row in self.object_list[:200]}
        return super().get_context_data(
            several_schools=len(schools | access.school_ids) > 1,
            waits_for_release=not access.writing_school_ids,
            **kwargs,
        )


class PartPage:
    """The part that the address names, as far as this person may see it; and the version of it that they read."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def get_part(self) -> ConversationPart:
        parts = ConversationPart.objects.visible_to(self.request.user)
        return get_object_or_404(
            parts.select_related("school", "conversation__hub", "conversation__author").defer(*written.of_both()),
            uuid=self.kwargs["uuid"],
        )

    def versions(self, part: ConversationPart) -> list[PartVersion]:
        """Versions this person may read, the newest first."""
        versions = PartVersion.objects.visible_to(self.request.user).filter(part=part).select_related("shared_by")
        return list(versions)

    def read_as_school(self, part: ConversationPart) -> list[PartVersion]:
        versions = PartVersion.objects.shared_with(self.request.user).filter(part=part).select_related("shared_by")
        return list(versions)


class PartDetail(PartPage, TemplateView):
    """`/shared/<part>/`: the newest version, as the school reads it. The hub's own people are led to the hub's page."""

    template_name = "engagement/part_detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.part = self.get_part()
        self.mine = self.read_as_school(self.part)
        if not self.mine:
            return redirect(self.part.conversation.get_absolute_url())
        sharing.record_reading(version=self.mine[0], user=request.user)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, version = self.request.user, self.mine[0]
        answers = reading.answers_to(self.mine, user)
        return super().get_context_data(
            **reading.page_of(version, user),
            part=self.part,
            versions=self.mine,
            answers=answers,
            is_answered=any(each.version_id == version.pk for each in answers),
            can_respond=can_respond(user, self.part),
            can_acknowledge=can_acknowledge(user, self.part),
            can_release=can_release(user, self.part),
            release=reading.release_of(self.part, self.mine),
            trust=trust_reading.of(self.part) if self.part.released_at else None,
            panels=panels.part_panels.panels_for(self.request, self.part),
            **kwargs,
        )


class VersionDetail(PartPage, TemplateView):
    """One version: an earlier one for the school; for the hub's people what the school reads."""

    template_name = "engagement/version_detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.part = self.get_part()
        self.every = self.versions(self.part)
        self.version = next((each for each in self.every if each.number == self.kwargs["number"]), None)
        if self.version is None:
            raise Http404
        self.is_reader = self.version.pk in {each.pk for each in self.read_as_school(self.part)}
        if self.is_reader:
            sharing.record_reading(version=self.version, user=request.user)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **reading.page_of(self.version, self.request.user),
            part=self.part,
            versions=self.every,
            is_newest=self.version.pk == self.every[0].pk,
            is_reader=self.is_reader,
            **kwargs,
        )


class VersionCompare(PartPage, TemplateView):
    """Two versions, field by field and word by word; without a choice, the newest two."""

    template_name = "engagement/version_compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        part = self.get_part()
        versions = {each.number: each for each in self.versions(part)}
        if len(versions) < 2:
            raise Http404
        newest, before = sorted(versions, reverse=True)[:2]
        earlier = versions.get(self._number("from", before))
        newer = versions.get(self._number("to", newest))
        if earlier is None or newer is None:
            raise Http404
        return super().get_context_data(
            part=part,
            earlier=earlier,
            newer=newer,
            versions=sorted(versions.values(), key=lambda each: each.number),
            changes=compare(earlier.content, newer.content),
            is_reader=bool(self.read_as_school(part)),
            page=content.thaw(newer.content),
            **kwargs,
        )

    def _number(self, name: str, otherwise: int) -> int:
        given = self.request.GET.get(name, "")
        if not given:
            return otherwise
        if not (given.isascii() and given.isdigit() and len(given) < 6):
            raise Http404
        return int(given)


class PartRespond(PartPage, FormView):
    """The right of reply, for leaders and editors. An editor says that it is accurate where a leader lets them."""

    template_name = "engagement/part_respond.html"
    form_class = PartRespondForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.part = self.get_part()
        mine = self.read_as_school(self.part)
        if not mine or not can_respond(request.user, self.part):
            raise PermissionDenied
        self.version = mine[0]
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "safeguarding": self.version.content["hub"]["safeguarding_contact"],
            "may_acknowledge": can_acknowledge(self.request.user, self.part),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            part=self.part, version=self.version, page=content.thaw(self.version.content), **kwargs
        )

    def form_valid(self, form: PartRespondForm) -> HttpResponse:
        try:
            responses.respond(version=self.version, by=self.request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        hub = self.version.content["hub"]["name"]
        messages.success(self.request, f"Your answer stands beside the report, and {hub} has been told.")
        return redirect(self.part.get_absolute_url())


class PartRelease(PartPage, TemplateView):
    """A leader lets governors and the trust read it, or takes that back."""

    template_name = "engagement/part_release.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.part = self.get_part()
        self.mine = self.read_as_school(self.part)
        if not self.mine or not can_release(request.user, self.part):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        release = reading.release_of(self.part, self.mine)
        return super().get_context_data(
            part=self.part,
            page=content.thaw(self.mine[0].content),
            release=release,
            taking_back=release.is_current,
            trust=trust_reading.of(self.part),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if request.POST.get("do") == "take_back":
                sharing.take_back(part=self.part, by=request.user)
                messages.success(request, "Taken back. Those it was released to can no longer read it.")
            else:
                sharing.release(part=self.part, by=request.user)
                trust = trust_reading.of(self.part)
                theirs = f" and the leaders of {trust.name}" if trust and trust.reads else ""
                readers = f"Your school’s viewers{theirs}"
                messages.success(request, f"Released. {readers} can read it now.")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(reverse("engagement:part-detail", args=[self.part.uuid]))


class PartTrust(PartPage, TemplateView):
    """A leader lets the school's trust read a record from before the school joined it, or takes that back."""

    template_name = "engagement/part_trust.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.part = self.get_part()
        self.mine = self.read_as_school(self.part)
        if not self.mine or not can_release(request.user, self.part):
            raise PermissionDenied
        self.trust = trust_reading.of(self.part) if self.part.released_at else None
        if self.trust is None or not self.trust.is_earlier:
            messages.info(request, "There is nothing to decide: release it, and whoever may read it reads it.")
            return redirect(self.part.get_absolute_url())
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = content.thaw(self.mine[0].content)
        return super().get_context_data(part=self.part, page=page, trust=self.trust, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if request.POST.get("do") == "take_back":
                giving.take_back(part=self.part, by=request.user)
                messages.success(request, f"Taken back. The leaders of {self.trust.name} can no longer read it.")
            else:
                giving.give(part=self.part, by=request.user)
                messages.success(request, f"The leaders of {self.trust.name} can read it now.")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(self.part.get_absolute_url())
