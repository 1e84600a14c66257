"""Columns of the list of conversations."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from engagement.models import Conversation
from engagement.part_states import part_state
from hubportal.kit.tables import Column, ListTable
from hubportal.kit.wording import short_date
from schools.access import today


class ConversationTable(ListTable):
    """Newest first unless asked otherwise; drafts without a date stand last."""

    caption = "Conversations"

    schools = Column(verbose_name="With", accessor="parts_shown", orderable=False)
    date = Column(verbose_name="Date", accessor="date")
    kind = Column(verbose_name="Kind", accessor="kind")
    how = Column(verbose_name="How", accessor="how")
    author = Column(verbose_name="By", accessor="author", order_by=("author__name",))
    state = Column(verbose_name="How far", accessor="state")

    class Meta:
        empty_text = "Nothing matches. Try fewer filters."

    def render_schools(self, record: Conversation) -> SafeString:
        return render_to_string("engagement/_conversation_schools.html", {"conversation": record})

    def render_date(self, value: date) -> str:
        return short_date(value, today())

    def render_kind(self, record: Conversation) -> str:
        return record.get_kind_display()

    def render_how(self, record: Conversation) -> str:
        return record.get_how_display()

    def render_author(self, record: Conversation) -> str:
        return f"{record.author}, {record.partner}" if record.partner else str(record.author)

    def render_state(self, record: Conversation) -> SafeString:
        states: dict[str, Any] = {}
        for part in record.parts_shown:
            state = part_state(part, record)
            states.setdefault(state.code, state)
        return render_to_string("engagement/_conversation_states.html", {"states": states.values()})
