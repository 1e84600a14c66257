"""Mailings: the list, writing one, seeing it as each recipient does, trying it on oneself, sending it once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from engagement.actions import mailings as actions
from engagement.forms.mailings import MailingForm
from engagement.mailings import merging, tables
from engagement.mailings.letter import as_read_by
from engagement.mailings.whom import Reach, views_of, words_of
from engagement.models import Mailing, MailingRecipient, MailingStop
from engagement.permissions import can_read_mailings, can_write_mailings
from engagement.views.actions import add_problems
from engagement.views.to_whom import ToWhom, reach_or_say
from hubportal.kit.tables import TableView
from hubportal.kit.wording import count
from schools.access import access_of
from schools.models import Hub

FOR_STAFF = "Mailings are for the staff of a hub."
FOR_WRITERS = "The hub’s managers and officers write mailings."
SENT = "This mailing was sent already, so nothing was changed."


class OfHubStaff(View):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not can_read_mailings(request.user):
            raise PermissionDenied(FOR_STAFF)
        return super().dispatch(request, *args, **kwargs)


class MailingList(OfHubStaff, TableView):
    """All of the hub's, the newest first."""

    template_name = "engagement/mailings/mailing_list.html"
    table_class = tables.MailingTable
    filters_class = tables.MailingFilters
    noun = "mailing"

    def get_queryset(self) -> QuerySet:
        rows = Mailing.objects.visible_to(self.request.user).select_related("by", "hub")
        return tables.with_counts(rows).order_by("-when", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        stopped = MailingStop.objects.visible_to(user).standing().count()
        may = can_write_mailings(user)
        return super().get_context_data(may_write=may, stopped=stopped, groups=views_of(self.request), **kwargs)


class MailingStopList(OfHubStaff, TableView):
    """The addresses that want no mailings."""

    template_name = "engagement/mailings/stop_list.html"
    table_class = tables.StopTable
    filters_class = tables.StopFilters
    noun = "address,addresses"

    def get_queryset(self) -> QuerySet:
        return MailingStop.objects.visible_to(self.request.user).standing().order_by("-at", "-pk")


class Writing(ToWhom, OfHubStaff):
    """The form of a mailing. Fill in `keep`."""

    http_method_names = ["get", "head", "post"]

    def form(self, data: Any = None, initial: Any = None) -> MailingForm:
        return MailingForm(data, **self.choices(data, initial))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if form.is_valid():
            facts = form.facts
            try:
                mailing = self.keep({**facts, "words": words_of(request, facts["query"], self.hub)})
            except ValidationError as problem:
                add_problems(form, problem)
            else:
                return redirect(mailing)
        return self.show(form, status=400)

    def keep(self, facts: dict[str, str]) -> Mailing:
        raise NotImplementedError

    def show(self, form: MailingForm, status: int = 200) -> HttpResponse:
        mailing = getattr(self, "mailing", None)
        context = {"form": form, "mailing": mailing, "hub": self.hub, "fields": merging.FIELDS.items()}
        return render(self.request, "engagement/mailings/mailing_edit.html", context, status=status)


class MailingCreate(Writing):
    """A new one: to the list that the address brings along, or to a saved view."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        if not can_write_mailings(request.user):
            raise PermissionDenied(FOR_WRITERS)
        writing = access_of(request.user).writing_hub_ids
        self.hub = Hub.objects.visible_to(request.user).filter(pk__in=writing).order_by("name")[0]
        self.bring_along()

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(self.form(initial={}))

    def keep(self, facts: dict[str, str]) -> Mailing:
        return actions.begin(hub=self.hub, by=self.request.user, **facts)


class OfMailing(OfHubStaff):
    """One mailing: 404 where it is not the hub's, 403 for who only reads."""

    http_method_names = ["post"]
    asks_to_write = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return
        rows = Mailing.objects.visible_to(request.user).select_related("hub", "by", "confirmed_by", "consultation")
        self.mailing: Mailing = get_object_or_404(rows, uuid=kwargs["uuid"])
        self.hub = self.mailing.hub
        if self.asks_to_write and not can_write_mailings(request.user, self.mailing.hub_id):
            raise PermissionDenied(FOR_WRITERS)

    def reach(self) -> Reach | None:
        return reach_or_say(self.request, self.mailing)


class MailingEdit(OfMailing, Writing):
    """Change one that was not sent."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        if not self.mailing.is_draft:
            messages.error(request, SENT)
            return redirect(self.mailing)
        self.query = self.mailing.query
        return self.show(self.form(initial={name: getattr(self.mailing, name) for name in ("subject", "text", "whom")}))

    def keep(self, facts: dict[str, str]) -> Mailing:
        actions.edit(mailing=self.mailing, by=self.request.user, **facts)
        return self.mailing


class MailingDetail(OfMailing, TableView):
    """Before it goes: as each recipient reads it, and who is left out. After: what became of each."""

    http_method_names = ["get", "head"]
    asks_to_write = False
    table_class = tables.RecipientTable
    filters_class = tables.RecipientFilters
    noun = "recipient"

    def get_template_names(self) -> list[str]:
        if self.mailing.is_draft:
            return ["engagement/mailings/mailing_preview.html"]
        return ["engagement/mailings/mailing_detail.html"]

    def get_queryset(self) -> QuerySet:
        rows = MailingRecipient.objects.visible_to(self.request.user).filter(mailing=self.mailing)
        return rows.select_related("school").prefetch_related("also_at").order_by("school__name_key", "name", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = (
            self.preview() if self.mailing.is_draft else {"waits": self.get_queryset().filter(state="waiting").count()}
        )
        may = can_write_mailings(self.request.user, self.mailing.hub_id)
        return super().get_context_data(mailing=self.mailing, may_write=may, **more, **kwargs)

    def preview(self) -> dict[str, Any]:
        reach = self.reach() or Reach([], [], [], 0)
        asked = self.request.GET.get("as", "")
        number = min(max(int(asked) if asked.isdecimal() and len(asked) < 6 else 1, 1), max(len(reach.people), 1))
        person = reach.people[number - 1] if reach.people else None
        return {
            "reach": reach,
            "person": person,
            "number": number,
            "before": number - 1,
            "after": number + 1 if number < len(reach.people) else 0,
            "letter": as_read_by(self.mailing, person) if person else ("", ""),
            "failed": [each for each in reach.people if each.failure],
        }


class MailingTest(OfMailing):
    """To oneself, as the first recipient would get it."""

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        reach = self.reach()
        if reach and not reach.people:
            messages.error(request, "There is nobody to write to, so there is nothing to try.")
        elif reach:
            refused = actions.try_on(mailing=self.mailing, person=reach.people[0], to=request.user)
            if refused:
                messages.error(request, f"It could not be sent to {request.user.email}. {refused}")
            else:
                messages.success(
                    request, f"Sent to {request.user.email}, as {reach.people[0].contact.name} would get it."
                )
        return redirect(self.mailing)


class MailingConfirm(OfMailing):
    """It goes, once, to as many as the page said."""

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        reach = self.reach() if self.mailing.is_draft else None
        if not self.mailing.is_draft:
            messages.info(request, SENT)
        elif reach and request.POST.get("number") != str(len(reach.people)):
            messages.error(
                request, f"Whom it goes to has changed: {count(len(reach.people), 'person,people')} now. Look again."
            )
        elif reach:
            self.send(reach)
        return redirect(self.mailing)

    def send(self, reach: Reach) -> None:
        try:
            is_new = actions.confirm(mailing=self.mailing, people=reach.people, by=self.request.user)
        except ValidationError as problem:
            messages.error(self.request, " ".join(problem.messages))
        else:
            words = f"On its way to {count(len(reach.people), 'person,people')}."
            messages.success(self.request, words) if is_new else messages.info(self.request, SENT)


class MailingHalt(OfMailing):
    """What has not gone yet does not go."""

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        if actions.stop(mailing=self.mailing):
            messages.success(request, "Stopped: what had not gone yet does not go.")
        else:
            messages.info(request, "It is not on its way, so nothing was changed.")
        return redirect(self.mailing)


class MailingDiscard(OfMailing):
    """Throw a draft away."""

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        if actions.discard(mailing=self.mailing):
            messages.success(request, f"“{self.mailing.subject}” is thrown away.")
            return redirect("engagement:mailing-list")
        messages.info(request, SENT)
        return redirect(self.mailing)
