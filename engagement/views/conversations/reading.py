"""Reading: the list of conversations, and one conversation as the hub has it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views.generic import TemplateView

from engagement.actions import conversations as actions
from engagement.filters import ConversationFilters
from engagement.models import AgreedAction, Conversation, ConversationPart
from engagement.panels import part_panels
from engagement.part_states import part_state
from engagement.permissions import (
    can_bring_past,
    can_edit_conversation,
    can_list_conversations,
    can_move_part,
    can_read_mailings,
    can_see_private_notes,
    can_share_part,
    can_start_conversations,
    can_withdraw_part,
)
from engagement.tables import ConversationTable
from hubportal.kit.tables import TableView
from schools.access import access_of
from schools.models import School


class ConversationList(TableView):
    """The hub's conversations, or those a partner's officer sees: drafts and logged."""

    template_name = "engagement/conversation_list.html"
    saved_as = "engagement:conversation-list"
    table_class = ConversationTable
    filters_class = ConversationFilters
    noun = "conversation"
    per_page = 25

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_list_conversations(request.user):
            raise PermissionDenied("The list of conversations is for hubs and partner officers.")
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        parts = ConversationPart.objects.of_hub_for(self.request.user).with_sharing().select_related("school")
        return (
            Conversation.objects.visible_to(self.request.user)
            .begun()
            .defer("private_notes", "common_summary")
            .select_related("author", "partner", "trust")
            .prefetch_related(Prefetch("parts", parts, to_attr="parts_shown"))
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        said = {"may_start": can_start_conversations(user), "may_bring_past": can_bring_past(user)}
        said["may_read_mailings"] = can_read_mailings(user)
        return super().get_context_data(**said, **kwargs)


class ConversationDetail(TemplateView):
    """One conversation as the hub has it. Private notes are read and passed on only for those who may see them."""

    template_name = "engagement/conversation_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rows = Conversation.objects.visible_to(user).defer("private_notes")
        rows = rows.select_related(
            *("hub", "partner", "author", "framework", "trust", "received_from", "past_row__past_import__brought_by")
        ).prefetch_related("strands")
        conversation = get_object_or_404(rows, uuid=kwargs["pk"])
        may_edit = can_edit_conversation(user, conversation)
        people = list(conversation.participants.all())
        rows_of_parts = self.parts(conversation)
        schools = School.objects.visible_to(user).filter(pk__in=[each.school_id for each in rows_of_parts])
        self.open_schools = set(schools.values_list("pk", flat=True))  # not one that another hub covers now
        parts = [self.part(part, conversation, people) for part in rows_of_parts]
        draft = actions.draft_of(conversation) if may_edit else None
        context = super().get_context_data(**kwargs)
        context |= {
            "title": _title(conversation, [each["school"] for each in parts]),
            "single": parts[0] if len(parts) == 1 and parts[0]["school_url"] else None,
            "conversation": conversation,
            "parts": parts,
            "ours": [each for each in people if each.part_id is None],
            "may_edit": may_edit,
            "past_row": getattr(conversation, "past_row", None),
            "has_draft": draft is not None,
            "is_draft": conversation.state == Conversation.State.DRAFT,
            "of_the_hub": conversation.hub_id in access_of(user).hub_ids,
            "was_judged": any(each["judgements"] for each in parts),
            "sees_notes": can_see_private_notes(user, conversation),
        }
        if context["sees_notes"]:
            context["private_notes"] = conversation.private_notes
        return context

    def parts(self, conversation: Conversation) -> list[ConversationPart]:
        actions_agreed = AgreedAction.objects.visible_to(self.request.user).select_related("partner")
        return list(
            ConversationPart.objects.of_hub_for(self.request.user)
            .filter(conversation=conversation)
            .with_sharing()
            .select_related("school")
            .prefetch_related(
                "judgements__criterion__area",
                "findings__criterion",
                Prefetch("agreed_actions", actions_agreed, to_attr="actions_shown"),
            )
        )

    def part(self, part: ConversationPart, conversation: Conversation, people: list) -> dict[str, Any]:
        """What one school's section shows."""
        part.conversation = conversation
        user = self.request.user
        findings = list(part.findings.all())
        names = {each.number: each.name for each in conversation.framework.levels.all()}
        state = part_state(part, conversation)
        return {
            "row": part,
            "school": part.school,
            "school_side": f"The {part.school.noun}",
            "school_url": part.school.get_absolute_url() if part.school_id in self.open_schools else "",
            "state": state,
            "is_shared": bool(part.version_number),
            "people": [each for each in people if each.part_id == part.pk],
            "judgements": [
                {
                    "title": each.criterion.title,
                    "levels": [
                        (words, names.get(level, ""))
                        for words, level in (
                            ("School", each.school_level),
                            ("Hub", each.hub_level),
                            ("Agreed", each.agreed_level),
                        )
                        if level
                    ],
                    "evidence": each.evidence,
                    "next_step": each.next_step,
                }
                for each in part.judgements.all()
            ],
            "covered": [each for each in findings if each.kind == "covered"],
            "develop": [each for each in findings if each.kind == "develop"],
            "actions": part.actions_shown,
            "may_share": can_share_part(user, part),
            "may_move": not part.version_number and can_move_part(user, part),
            "may_withdraw": bool(part.version_number) and can_withdraw_part(user, part),
            "panels": [
                render_to_string(each.template, dict(each.context), self.request)
                for each in part_panels.panels_for(self.request, part)
            ],
        }


def _title(conversation: Conversation, schools: list[School]) -> str:
    """As in "Challenging conversation with Millbrook Junior School"; the trust, or the number of schools, where there
    are more."""
    whom = str(conversation.trust or (schools[0] if len(schools) == 1 else f"{len(schools)} schools"))
    is_draft = conversation.state == Conversation.State.DRAFT  # whose kind is not known here yet
    return f"{'Conversation' if is_draft else conversation.get_kind_display()} with {whom}"
