"""What is done with a thing on a worklist: put off, handed to a colleague, and back; and the lists of a team."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from django.views.generic import FormView, TemplateView

from engagement import desk, desk_pages, teams
from engagement.actions import desk as actions
from engagement.forms.desk import HandForm, SnoozeForm
from engagement.models import Snooze, WorkHandover
from engagement.permissions import can_start_conversations
from engagement.worklist import GROUPS
from hubportal.kit.forms import path_back
from hubportal.kit.undo import say_with_undo
from hubportal.kit.wording import long_date
from schools.access import today
from schools.models import Hub, School

HOME = "engagement:today"


class OfEntry(FormView):
    """A form about one thing on the person's own worklist."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_start_conversations(request.user):
            raise PermissionDenied("This is for the hub’s managers and officers, and the officers of its partners.")
        self.entry = desk.desk_of(request.user, today()).find(kwargs["key"])
        if self.entry is None or self.entry.hub_id is None:
            raise Http404
        item = self.entry.item
        self.hub = get_object_or_404(Hub.objects.visible_to(request.user), pk=self.entry.hub_id)
        seen = School.objects.visible_to(request.user)
        self.school = get_object_or_404(seen, pk=item.school_id) if item.school_id else None
        return super().dispatch(request, *args, **kwargs)

    def act(self, form: Any) -> tuple[str, str]:
        """Do it; returns what to say, and the address that undoes it. Raises ValidationError."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            said, undo = self.act(form)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        say_with_undo(self.request, said, undo)
        return redirect(self.back)

    @property
    def back(self) -> str:
        return path_back(self.request) or reverse(HOME)

    @property
    def what(self) -> dict[str, Any]:
        """Which thing, as the actions take it."""
        return {"hub": self.hub, "school": self.school, "key": self.entry.item.key, "by": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = self.request.POST.get("back") or self.request.GET.get("back", "")
        return super().get_context_data(entry=self.entry, item=self.entry.item, back=back, **kwargs)


class SnoozeCreate(OfEntry):
    """Off the person's list until a day, with the reason."""

    template_name = "engagement/snooze_create.html"
    form_class = SnoozeForm

    def get_initial(self) -> dict[str, Any]:
        return {"until": today() + actions.USUAL}

    def act(self, form: SnoozeForm) -> tuple[str, str]:
        put_off = actions.snooze(matter=self.entry.item.matter, **self.what, **form.cleaned_data)
        said = f"Off your list until {long_date(put_off.until)}: {self.entry.item.title}."
        return said, reverse("engagement:snooze-end", args=[put_off.uuid])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(last=today() + actions.LONGEST, **kwargs)


class WorkHand(OfEntry):
    """To a colleague, with a note."""

    template_name = "engagement/work_hand.html"
    form_class = HandForm

    def get_form_kwargs(self) -> dict[str, Any]:
        if self.entry.item.is_personal:
            raise PermissionDenied("This is handed over on its own page.")
        people = actions.colleagues(
            hub=self.hub, school=self.school, but=self.request.user, managers_only=self.entry.item.is_managers
        )
        return {**super().get_form_kwargs(), "people": people}

    def act(self, form: HandForm) -> tuple[str, str]:
        to, item = form.colleague, self.entry.item
        given = actions.hand(
            to=to,
            note=form.cleaned_data["note"],
            about=item.title,
            managers_only=item.is_managers,
            **self.what,
        )
        said = f"{to} has it now, with your note, and gets an email: {item.title}."
        return said, reverse("engagement:work-give-back", args=[given.uuid])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = WorkHandover.objects.visible_to(self.request.user).filter(hub=self.hub, key=self.entry.item.key)
        return super().get_context_data(history=list(rows.select_related("sender", "receiver", "ended_by")), **kwargs)


class SnoozeEnd(View):
    """Back on the person's own list at once."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        snooze = get_object_or_404(Snooze.objects.visible_to(request.user), uuid=uuid)
        if snooze.user_id != request.user.pk:
            raise PermissionDenied("It is off somebody else’s list: they take it back.")
        if actions.end_snooze(snooze=snooze, by=request.user):
            messages.success(request, "It is on your list again.")
        return redirect(path_back(request) or HOME)


class WorkGiveBack(View):
    """Given back by whoever has it, or taken back by whoever gave it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        rows = WorkHandover.objects.visible_to(request.user).select_related("sender", "receiver", "school")
        given = get_object_or_404(rows, uuid=uuid)
        if request.user.pk not in (given.sender_id, given.receiver_id):
            raise PermissionDenied("It was handed from one colleague to another: they give it back.")
        if actions.give_back(given=given, by=request.user):
            is_mine = given.sender_id == request.user.pk
            messages.success(request, "It is yours again." if is_mine else f"{given.sender} has it again.")
        return redirect(path_back(request) or HOME)


class OfTeam(TemplateView):
    """For those who lead a team."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not teams.leads_team(request.user):
            raise PermissionDenied("The lists of a team are for the hub’s managers, and the officers of a partner.")
        self.team = teams.team_of(request.user, today())
        return super().dispatch(request, *args, **kwargs)


class Team(OfTeam):
    """How much waits, by person; every figure leads to its list."""

    template_name = "engagement/team_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        heads = [*GROUPS.values(), *(words for words, _ in teams.ONLY.values())]
        return super().get_context_data(team=self.team, heads=heads, **kwargs)


class TeamList(OfTeam):
    """The things of one person of the team (`?who=`), or of everybody."""

    template_name = "engagement/team_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.team.row(self.request.GET.get("who", ""))
        if row is None:
            raise Http404
        listed = desk_pages.listed(row.entries, self.request.GET, keep=["who"])
        return super().get_context_data(row=row, is_team=True, can_act=False, **listed, **kwargs)
