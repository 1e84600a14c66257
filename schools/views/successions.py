"""Schools that became others: the list, the decision, undoing it, and a person's own word on which school it was."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView

from hubportal.accounts.models import User
from hubportal.kit.tables import TableView
from hubportal.kit.wording import count
from schools import reasons, succession_pages
from schools.access import access_of, today
from schools.actions import successions
from schools.filters import SuccessionFilters
from schools.forms.successions import (
    DISMISS,
    SuccessionForm,
    SuccessionMoveAllForm,
    SuccessionUndoForm,
    SuccessorForm,
)
from schools.models import Hub, School, Succession
from schools.permissions import can_begin_succession, can_decide_succession, can_list_successions
from schools.standing import standing_of
from schools.succession import held_in_words
from schools.tables import SuccessionTable

MOST_FOUND = 20
MOVED_AT_ONCE = 50


class SuccessionList(TableView):
    """What waits to be decided in one's hub; decided ones by the filter."""

    template_name = "schools/succession_list.html"
    table_class = SuccessionTable
    filters_class = SuccessionFilters
    noun = "school that became another,schools that became others"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_list_successions(request.user):
            raise PermissionDenied("What follows from a change of school is for the staff of a hub.")
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        rows = Succession.objects.visible_to(self.request.user)
        return rows.select_related("predecessor", "successor", "decided_by").order_by("predecessor__name_key", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(clear=clear_to(self.request.user).count(), **kwargs)


def clear_to(user: User) -> QuerySet:
    """Those that this person may decide and for which the register leaves no other choice."""
    writes = access_of(user).writing_hub_ids
    return Succession.objects.visible_to(user).clear().filter(hub__in=writes)


class SuccessionMoveAll(FormView):
    """Move the records of several schools at once, where the register names one open successor: the first of them, if
    there are very many. What cannot go over is said, and waits on."""

    template_name = "schools/succession_move_all.html"
    form_class = SuccessionMoveAllForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not access_of(request.user).writing_hub_ids:
            raise PermissionDenied("What becomes of a school's records, the hub's managers and officers decide.")
        rows = clear_to(request.user).select_related("hub", "predecessor", "successor")
        self.rows = list(rows.order_by("predecessor__name_key", "pk")[:MOVED_AT_ONCE])
        if not self.rows:
            messages.error(request, "No school waits for which the register names one open successor.")
            return redirect("schools:succession-list")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        held: dict[int, str] = {}
        for hub in {each.hub for each in self.rows}:
            held |= held_in_words(hub, [each.predecessor for each in self.rows if each.hub == hub])
        return {**super().get_form_kwargs(), "rows": self.rows, "held": held}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=self.rows, most=MOVED_AT_ONCE, **kwargs)

    def form_valid(self, form: SuccessionMoveAllForm) -> HttpResponse:
        said = form.cleaned_data
        done, problems = successions.move_all(rows=said["successions"], note=said["note"], by=self.request.user)
        if done:
            messages.success(self.request, f"Moved: the records of {count(len(done), 'school')}. Each can be undone.")
        for problem in problems:
            messages.error(self.request, problem)
        return redirect("schools:succession-list")


class SuccessionOfHub(FormView):
    """One succession of the person's hub: 404 for another hub's. Its staff read, its managers and officers write."""

    is_read_by_staff = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        seen = Succession.objects.visible_to(request.user).select_related(
            "hub", "decided_by", "predecessor", "successor"
        )
        self.succession = get_object_or_404(seen, uuid=kwargs["uuid"])
        self.may_decide = can_decide_succession(request.user, self.succession)
        if not self.may_decide and not (self.is_read_by_staff and request.method == "GET"):
            raise PermissionDenied("What becomes of a school's records, the hub's managers and officers decide.")
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self) -> str:
        return reverse("schools:succession-detail", args=[self.succession.uuid])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(succession=self.succession, may_decide=self.may_decide, **kwargs)


class SuccessionDetail(SuccessionOfHub):
    """Both schools side by side with what the hub holds at each, and the decision; once applied, what went over."""

    template_name = "schools/succession_detail.html"
    form_class = SuccessionForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "succession": self.succession}

    def get_initial(self) -> dict[str, Any]:
        is_clear = self.succession.is_preticked and self.succession.state == Succession.State.PROPOSED
        return {"decision": "move"} if is_clear else {}

    def form_valid(self, form: SuccessionForm) -> HttpResponse:
        decision, note = form.cleaned_data["decision"], form.cleaned_data["note"]
        decided = {"succession": self.succession, "note": note, "by": self.request.user}
        try:
            if decision == DISMISS:
                done = successions.dismiss(**decided)
            else:
                done = successions.apply(how=decision, **decided)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        messages.success(self.request, succession_pages.done_words(done, decision))
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = succession_pages.page_of(self.succession, self.request.user)
        page["obstacle"] = successions.obstacle_to_undoing(self.succession) if page["is_applied"] else ""
        return super().get_context_data(reason=reasons.reason_of(self.succession), **page, **kwargs)


class SuccessionUndo(SuccessionOfHub):
    """Ask, then bring back what went over. Where there is nothing to undo, the decision's page says so."""

    is_read_by_staff = False
    template_name = "schools/succession_undo.html"
    form_class = SuccessionUndoForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = super().dispatch(request, *args, **kwargs)
        is_done = self.succession.state == Succession.State.APPLIED
        return answer if is_done else redirect("schools:succession-detail", uuid=self.succession.uuid)

    def form_valid(self, form: SuccessionUndoForm) -> HttpResponse:
        try:
            undone = successions.undo(succession=self.succession, note=form.cleaned_data["note"], by=self.request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        old, new = reasons.names_of(undone)
        if self.succession.how == Succession.How.MOVE:
            said = f"The records are at {old} again."
        else:
            said = f"The copies at {new} are gone, but for those that somebody has worked on since."
        messages.success(self.request, f"Undone. {said}")
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**succession_pages.outcome_of(self.succession), **kwargs)


class SuccessorChoose(FormView):
    """Search for the school that another became, and choose it. The subclass says whose records they are."""

    template_name = "schools/succession_choose.html"
    form_class = SuccessorForm
    school: School
    hub: Hub | None
    instead: Succession | None = None

    @property
    def words(self) -> str:
        return (self.request.POST.get("q") or self.request.GET.get("q") or "").strip()[:100]

    def get_form_kwargs(self) -> dict[str, Any]:
        found: list[School] = []
        if self.words:
            schools = School.objects.visible_to(self.request.user).in_hubs(
                {self.hub.pk} if self.hub else set(), today()
            )
            found = list(schools.matching(self.words).exclude(pk=self.school.pk)[:MOST_FOUND])
        return {**super().get_form_kwargs(), "found": found, "is_match": not self.school.has_urn}

    def form_valid(self, form: SuccessorForm) -> HttpResponse:
        try:
            chosen = successions.begin(
                hub=self.hub,
                predecessor=self.school,
                successor=form.cleaned_data["school"],
                by=self.request.user,
                instead=self.instead,
            )
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        return redirect("schools:succession-detail", uuid=chosen.uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name, has_urn = self.school.name, self.school.has_urn
        return super().get_context_data(
            school=self.school,
            hub=self.hub,
            instead=self.instead,
            words=self.words,
            question=f"Which school did {name} become?" if has_urn else f"Which school in the register is {name}?",
            way="Became another school" if has_urn else "Match to its URN",
            most=MOST_FOUND,
            **kwargs,
        )


class SuccessionCreate(SuccessorChoose):
    """From a school's page: this school became another."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.school = get_object_or_404(School.objects.visible_to(request.user), urn=kwargs["urn"])
        if not can_begin_succession(request.user, self.school):
            raise PermissionDenied("Which school it became, the hub's managers and officers say.")
        self.hub = standing_of(request.user, self.school).hub
        return super().dispatch(request, *args, **kwargs)


class SuccessionChoose(SuccessorChoose):
    """The proposal is wrong: it became another school."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        seen = Succession.objects.visible_to(request.user).select_related("hub", "predecessor", "successor")
        self.instead = get_object_or_404(seen, uuid=kwargs["uuid"])
        if not can_decide_succession(request.user, self.instead):
            raise PermissionDenied("Which school it became, the hub's managers and officers say.")
        self.school, self.hub = self.instead.predecessor, self.instead.hub
        return super().dispatch(request, *args, **kwargs)
