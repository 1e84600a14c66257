"""Agreed actions: the list, one with its notes, what becomes of it, and who is to do it by when."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views import View

from engagement import promised, written
from engagement.actions import agreed
from engagement.filters import ActionFilters, SchoolActionFilters
from engagement.forms.agreed import ActionEditForm, ActionUpdateForm, whose
from engagement.models import AgreedAction, ConversationPart
from engagement.permissions import can_close_action, can_edit_action, can_list_actions
from engagement.reading import VARIANTS
from engagement.tables import ActionTable, SchoolActionTable
from hubportal.kit.forms import path_back
from hubportal.kit.tables import Filters, ListTable, TableView
from hubportal.kit.undo import say_with_undo
from hubportal.kit.wording import long_date
from schools.access import access_of, today
from schools.models import Partner, School


class ActionList(TableView):
    """Open actions first of all: the hub's, a partner's, or those shared with one's school (its own first)."""

    template_name = "engagement/action_list.html"
    saved_as = "engagement:action-list"
    per_page = 25

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_list_actions(request.user):
            raise PermissionDenied("Actions are for hubs, partners and schools.")
        access = access_of(request.user)
        self.of_school = not (access.hub_ids or access.partner_ids)
        self.one_school = self.of_school and len(access.writing_school_ids) == 1
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        rows = AgreedAction.objects.visible_to(self.request.user).for_list(self.request.user, today())
        return rows.order_by("-is_ours", *rows.model._meta.ordering) if self.of_school else rows

    def get_table_class(self) -> type[ListTable]:
        return SchoolActionTable if self.one_school else ActionTable

    def get_filters_class(self) -> type[Filters]:
        return SchoolActionFilters if self.of_school else ActionFilters

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(of_school=self.of_school, **kwargs)
        filters = context["filters"]
        overdue = filters.qs.order_by().overdue(today()).count()
        context["finding"] = promised.finding(
            matching=context["matching"],
            total=context["total"],
            overdue=overdue,
            state=filters.form.cleaned_data.get("state") or "open",
            narrowed=filters.narrows,
        )
        return context


def visible_action(request: HttpRequest, pk: UUID) -> AgreedAction:
    """The action that the address names, as far as this person sees it: 404 otherwise."""
    rows = AgreedAction.objects.visible_to(request.user)
    rows = rows.select_related("hub", "school", "partner", "part__conversation").defer(*written.of_both("part__"))
    return get_object_or_404(rows, uuid=pk)


def add_problems(form: Any, error: ValidationError) -> None:
    """What an action refused, by its field where the form has it."""
    problems = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
    for name, words in problems.items():
        form.add_error(name if name in form.fields else None, words)


class ActionDetail(View):
    """One action: what, whose, by when, the notes of both sides; and, for either side, what has become of it."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        action = visible_action(request, pk)
        return self.show(action, self.form(action) if can_close_action(request.user, action) else None)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        action = visible_action(request, pk)
        if not can_close_action(request.user, action):
            raise PermissionDenied
        form = self.form(action, request.POST)
        if not form.is_valid():
            return self.show(action, form, status=400)
        try:
            changed = agreed.update(action=action, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            return self.refused(action, form, error)
        messages.success(request, "Saved." if changed else "This was saved already.")
        return redirect(action)

    def refused(self, action: AgreedAction, form: ActionUpdateForm, error: ValidationError) -> HttpResponse:
        """The problem beside its field; or, where somebody else was first, the page as it is now, the words kept."""
        if hasattr(error, "error_dict"):
            add_problems(form, error)
            return self.show(action, form, status=400)
        messages.error(self.request, " ".join(error.messages))
        said = [form.cleaned_data.get(name, "") for name in ("reason", "note")]
        action.refresh_from_db()
        return self.show(action, self.form(action, note="\n".join(filter(None, said))), status=409)

    def form(self, action: AgreedAction, data: Any = None, note: str = "") -> ActionUpdateForm:
        initial = {"state": action.state, "seen": action.state, "note": note}
        return ActionUpdateForm(data, action=action, safeguarding=action.hub.safeguarding_contact, initial=initial)

    def show(self, action: AgreedAction, form: ActionUpdateForm | None, status: int = 200) -> HttpResponse:
        user = self.request.user
        context = {
            "action": action,
            "form": form,
            "variant": VARIANTS[AgreedAction.State(action.state)],
            "due": promised.due_words(action, today()),
            "facts": self.facts(action),
            "notes": list(action.notes.order_by("-at", "-pk")),
            "may_edit": action.is_open and can_edit_action(user, action),
            "is_left_behind": AgreedAction.objects.left_behind(today()).filter(pk=action.pk).exists(),
            "may_close": form is not None,
            "safeguarding": action.hub.safeguarding_contact,
        }
        return render(self.request, "engagement/action_detail.html", context, status=status)

    def facts(self, action: AgreedAction) -> list[dict[str, str]]:
        """Label and value of each fact, with the address of what the person may open. Three queries at the most."""
        user = self.request.user
        sees_school = School.objects.visible_to(user).filter(pk=action.school_id).exists()
        rows = [
            {
                "label": "School",
                "value": action.school.name,
                "href": action.school.get_absolute_url() if sees_school else "",
            },
            {"label": "Whose", "value": _whose(action)},
            {"label": "Who", "value": action.owner_name or "Nobody named"},
            {"label": "Due", "value": long_date(action.due_on) if action.due_on else "No date"},
        ]
        if action.part:
            on = action.part.conversation.date
            value = f"{action.part.conversation.get_kind_display()}, {long_date(on)}" if on else ""
            rows.append({"label": "Agreed in", "value": value, "href": self.conversation_url(action.part)})
        return rows

    def conversation_url(self, part: ConversationPart) -> str:
        """Where this person reads the conversation: the hub's page, the school's, or none."""
        user = self.request.user
        if ConversationPart.objects.of_hub_for(user).filter(pk=part.pk).exists():
            return part.conversation.get_absolute_url()
        if ConversationPart.objects.shared_with(user).filter(pk=part.pk).exists():
            return part.get_absolute_url()
        return ""


def _whose(action: AgreedAction) -> str:
    names = {AgreedAction.Side.HUB: action.hub, AgreedAction.Side.SCHOOL: action.school}
    return str(names.get(AgreedAction.Side(action.side), action.partner))


class ActionEdit(View):
    """Another owner or due date, by those who write for the hub; what it was before stays as a note."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        action = self.editable(request, pk)
        return self.show(action, self.form(action))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        action = self.editable(request, pk)
        form = self.form(action, request.POST)
        if not form.is_valid():
            return self.show(action, form, status=400)
        try:
            changed = agreed.edit(action=action, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_problems(form, error)
            return self.show(action, form, status=400)
        messages.success(request, "Saved." if changed else "Nothing has changed.")
        return redirect(action)

    def editable(self, request: HttpRequest, pk: UUID) -> AgreedAction:
        action = visible_action(request, pk)
        if not can_edit_action(request.user, action):
            raise PermissionDenied
        return action

    def form(self, action: AgreedAction, data: Any = None) -> ActionEditForm:
        """With the partners that the person sees, and the one whose it is now."""
        seen = Partner.objects.visible_to(self.request.user).filter(hub=action.hub)
        now = {"whose": whose(action.side, action.partner), "owner_name": action.owner_name, "due_on": action.due_on}
        return ActionEditForm(
            data,
            action=action,
            partners=sorted({*seen, action.partner} - {None}, key=str),
            safeguarding=action.hub.safeguarding_contact,
            initial=now,
        )

    def show(self, action: AgreedAction, form: ActionEditForm, status: int = 200) -> HttpResponse:
        return render(self.request, "engagement/action_edit.html", {"action": action, "form": form}, status=status)


class ActionDone(View):
    """Done, in one press from a list; opened again on its page."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        action = visible_action(request, pk)
        if not can_close_action(request.user, action):
            raise PermissionDenied
        try:
            changed = agreed.mark_done(action=action, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(action)
        words = f"Marked done: {action.what.rstrip('.')}." if changed else f"Already done: {action.what.rstrip('.')}."
        undo = reverse("engagement:action-reopen", args=[action.uuid])
        say_with_undo(request, f"{words} If it is not, open it again on its page.", undo if changed else "")
        return HttpResponseRedirect(path_back(request) or action.get_absolute_url())


class ActionReopen(View):
    """Not done after all: what one press did, undone by another."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        action = visible_action(request, pk)
        if not can_close_action(request.user, action):
            raise PermissionDenied
        if agreed.undo_done(action=action, by=request.user):
            messages.success(request, f"Open again: {action.what.rstrip('.')}.")
        return HttpResponseRedirect(path_back(request) or action.get_absolute_url())
