"""Starting a conversation: from a school's page in one press, or by choosing one school, several, or a trust's."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from engagement.actions import conversations as actions
from engagement.forms.conversations import first_values
from engagement.models import Conversation
from engagement.permissions import can_start_conversations
from schools.models import School, Trust
from schools.register.keys import name_key

MOST_FOUND = 12
SHORTEST_SEARCH = 2


class ConversationCreate(View):
    """GET shows whom one can talk to and makes nothing; POST makes the draft and opens it.

    `school` (URN, once or more), `trust` (group UID) and `form` (quick, full) come by query or by post.
    """

    http_method_names = ["get", "head", "post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.given = request.POST if request.POST.getlist("school") or "choose" in request.POST else request.GET
        self.form = request.POST.get("form") or request.GET.get("form", "")
        if self.form not in Conversation.Form.values:
            self.form = Conversation.Form.QUICK.value

    def prepare(self) -> None:
        """The schools and the trust that were given: 404 for those one cannot see, 403 for those one may only read."""
        user = self.request.user
        if not can_start_conversations(user):
            raise PermissionDenied
        self.writable = School.objects.writable_by(user)
        self.trust = None
        if uid := self.request.GET.get("trust", ""):
            self.trust = get_object_or_404(Trust.objects.visible_to(user), group_uid=uid)
        urns = {int(urn) for urn in self.given.getlist("school") if urn.isdecimal() and len(urn) < 10}
        seen = School.objects.visible_to(user).filter(urn__in=urns).values_list("urn", flat=True)
        if len(seen) < len(urns) or any(not urn.isdecimal() for urn in self.given.getlist("school")):
            raise Http404
        self.chosen = list(self.writable.filter(urn__in=urns).select_related("authority", "type"))
        if len(self.chosen) < len(urns):
            raise PermissionDenied

    def get(self, request: HttpRequest) -> HttpResponse:
        self.prepare()
        return self.show(words=request.GET.get("q", ""))

    def post(self, request: HttpRequest) -> HttpResponse:
        self.prepare()
        if "search" in request.POST:
            return self.show(words=request.POST.get("q", ""))
        try:
            conversation = self.start()
        except ValidationError as error:
            return self.show(words=request.POST.get("q", ""), problems=error.messages, status=400)
        return redirect("engagement:conversation-edit", pk=conversation.uuid)

    def start(self) -> Conversation:
        form = self.form if len(self.chosen) == 1 and not self.trust else Conversation.Form.FULL.value
        values = first_values(by=self.request.user, form=form, with_trust=bool(self.trust))
        return actions.start(schools=self.chosen, by=self.request.user, form=form, trust=self.trust, values=values)

    def show(self, *, words: str, problems: list[str] | None = None, status: int = 200) -> HttpResponse:
        """The page to choose on; only what the search found, where htmx asks for it."""
        template = "engagement/conversation_create.html"
        if self.request.headers.get("HX-Request"):
            template = "engagement/_conversation_found.html"
        context = {
            "chosen": self.chosen,
            "trust": self.trust,
            "trust_schools": self.of_trust(),
            "q": words,
            "found": self.found(words),
            "found_trusts": self.found_trusts(words),
            "drafts": self.own_drafts(),
            "form_wanted": self.form,
            "sentences": [(sentence, self.first_control()) for sentence in problems or []],
            "straight": len(self.chosen) == 1 and self.request.method == "GET" and not words,
        }
        return render(self.request, template, context, status=status)

    def first_control(self) -> str:
        """The id of the control with which schools are chosen: the search, or the first tick of a trust's."""
        if not self.trust:
            return "q"
        schools = self.of_trust()
        return f"school-{schools[0].urn}" if schools else ""

    def of_trust(self) -> list[School]:
        """The trust's open schools one may write about; ticked, unless some were chosen already."""
        if not self.trust:
            return []
        return list(
            self.writable.filter(trust_schools__trust=self.trust, trust_schools__left_on=None)
            .open()
            .order_by("name_key")
        )

    def found(self, words: str) -> list[School]:
        if len(words.strip()) < SHORTEST_SEARCH:
            return []
        rows = self.writable.matching(words).exclude(pk__in=[each.pk for each in self.chosen])
        return list(rows.select_related("authority", "type").order_by("name_key", "urn")[:MOST_FOUND])

    def found_trusts(self, words: str) -> list[Trust]:
        if len(words.strip()) < SHORTEST_SEARCH or self.trust:
            return []
        rows = Trust.objects.visible_to(self.request.user).filter(name_key__contains=name_key(words))
        return list(rows.order_by("name_key")[:4])

    def own_drafts(self) -> list[Conversation]:
        """The person's own drafts about the one chosen school, to carry on with."""
        if len(self.chosen) != 1:
            return []
        rows = Conversation.objects.visible_to(self.request.user).drafts()
        return list(rows.filter(author=self.request.user, parts__school=self.chosen[0]).order_by("-updated_at")[:3])
