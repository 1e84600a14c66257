"""What went to the wrong school, and a draft that is not needed."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from engagement.actions import conversations as actions
from engagement.forms.conversations.book import words_about_the_school
from engagement.models import Conversation, ConversationPart
from engagement.permissions import can_discard_conversation, can_move_part
from engagement.views.conversations.starting import MOST_FOUND, SHORTEST_SEARCH
from engagement.views.conversations.writing import editable
from schools.models import School
from schools.naming import told_apart


class ConversationMove(View):
    """Move a draft, or what was logged and not shared, to another school: search, press the school's button."""

    http_method_names = ["get", "head", "post"]

    def prepare(self, pk: UUID) -> None:
        self.conversation = editable(self.request, pk)
        self.parts = list(self.conversation.parts.select_related("school", "conversation__hub"))
        wanted = self.request.GET.get("part", "")
        part = next((each for each in self.parts if str(each.uuid) == wanted or not wanted), None)
        if part is None:
            raise Http404
        self.part: ConversationPart = part
        self.is_logged = self.conversation.state == Conversation.State.LOGGED
        if not can_move_part(self.request.user, part):
            raise PermissionDenied("What was shared is withdrawn from the school, with a reason.")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.prepare(pk)
        return self.show()

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.prepare(pk)
        urn = request.POST.get("school", "")
        if not urn.isdecimal() or len(urn) > 9:
            return self.show(["Choose the school it was with."], status=400)
        to = get_object_or_404(School.objects.visible_to(request.user), urn=int(urn))
        try:
            actions.move(
                part=self.part,
                to=to,
                by=request.user,
                words_to_clear=words_about_the_school(self.conversation, self.part),
            )
        except ValidationError as error:
            return self.show(error.messages, status=400)
        if self.is_logged:
            messages.success(request, f"Moved to {to.name}. Change the record to say whom you talked to there.")
            return redirect(self.conversation)
        messages.success(request, f"Moved to {to.name}. What you wrote is still here; tick whom you talked to there.")
        return redirect("engagement:conversation-edit", pk=self.conversation.uuid)

    def show(self, problems: list[str] | None = None, status: int = 200) -> HttpResponse:
        words = self.request.GET.get("q", "")
        found: list[School] = []
        if len(words.strip()) >= SHORTEST_SEARCH:
            rows = School.objects.writable_by(self.request.user).matching(words)
            found = list(rows.exclude(pk__in=[each.school_id for each in self.parts]).order_by("name_key")[:MOST_FOUND])
        context = {
            "conversation": self.conversation,
            "part": self.part,
            "is_logged": self.is_logged,
            "part_key": str(self.part.uuid),
            "parts": self.parts,
            "q": words,
            "found": found,
            "sentences": [(sentence, "q") for sentence in problems or []],
        }
        return render(self.request, "engagement/conversation_move.html", context, status=status)


class ConversationDiscard(View):
    """Ask, then throw the draft away."""

    http_method_names = ["get", "head", "post"]

    def prepare(self, pk: UUID) -> None:
        self.conversation = editable(self.request, pk)
        if not can_discard_conversation(self.request.user, self.conversation):
            raise PermissionDenied
        self.draft = actions.draft_of(self.conversation)
        if self.draft is None and self.conversation.state == Conversation.State.LOGGED:
            raise PermissionDenied("There is no draft to discard: the conversation is logged.")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.prepare(pk)
        parts = self.conversation.parts.select_related("school")
        context = {
            "conversation": self.conversation,
            "schools": told_apart(each.school for each in parts),
            "is_again": self.conversation.state == Conversation.State.LOGGED,
        }
        return render(request, "engagement/conversation_discard.html", context)

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.prepare(pk)
        schools = [each.school for each in self.conversation.parts.select_related("school")]
        if not actions.discard(conversation=self.conversation, by=request.user):
            messages.success(request, "Your changes are discarded. The record stands as it was logged.")
            return redirect(self.conversation.get_absolute_url())
        messages.success(request, "The draft is discarded.")
        return redirect(schools[0] if len(schools) == 1 else "engagement:conversation-list")
