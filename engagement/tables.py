"""Columns of the lists of conversations, agreed actions and offers."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from engagement.models import AgreedAction, Conversation, Offer
from engagement.offering import cost_words, phase_words, titles_of
from engagement.part_states import part_state
from engagement.promised import due_words, who
from engagement.reading import VARIANTS
from hubportal.kit.tables import Column, ListTable
from hubportal.kit.wording import academic_year, short_date
from schools.access import today
from schools.naming import told_apart


class ConversationTable(ListTable):
    """Drafts first, then the newest, unless asked otherwise."""

    caption = "Conversations"

    schools = Column(verbose_name="With", accessor="parts_shown", orderable=False)
    date = Column(verbose_name="Date", accessor="date", one_line=True)
    kind = Column(verbose_name="Kind", accessor="kind")
    how = Column(verbose_name="How", accessor="how")
    author = Column(verbose_name="By", accessor="author", order_by=("author__name",))
    state = Column(verbose_name="How far", accessor="state")

    class Meta:
        empty_text = "Nothing matches. Try fewer filters."

    def render_schools(self, record: Conversation) -> SafeString:
        names = told_apart(part.school for part in record.parts_shown)
        return render_to_string("engagement/_conversation_schools.html", {"conversation": record, "names": names})

    def render_date(self, value: Any) -> str:
        return short_date(value, today())

    def render_kind(self, record: Conversation) -> str:
        return "" if _is_draft(record) else record.get_kind_display()

    def render_how(self, record: Conversation) -> str:
        return "" if _is_draft(record) else record.get_how_display()

    def render_author(self, record: Conversation) -> str:
        return f"{record.author}, {record.partner}" if record.partner else str(record.author)

    def render_state(self, record: Conversation) -> SafeString:
        states: dict[str, Any] = {}
        for part in record.parts_shown:
            state = part_state(part, record)
            states.setdefault(state.code, state)
        return render_to_string("engagement/_conversation_states.html", {"states": states.values()})


def _is_draft(conversation: Conversation) -> bool:
    """Whether what was written stands in the draft alone, so that kind and way are not known here yet."""
    return conversation.state == Conversation.State.DRAFT


class ActionTable(ListTable):
    """What hub and partner people see of agreed actions: the ones due first, those without a date last."""

    caption = "Agreed actions"

    what = Column(verbose_name="What", accessor="what")
    school = Column(verbose_name="School", accessor="school", order_by=("school__name_key",))
    owner = Column(verbose_name="Who", accessor="owner_name", empty_values=())
    due = Column(verbose_name="Due", accessor="due_on", empty_values=(), one_line=True)
    state = Column(verbose_name="Now", accessor="state", one_line=True)
    act = Column(verbose_name="Is it done?", accessor="pk", orderable=False)

    class Meta:
        empty_text = "Nothing matches. Try fewer filters."

    def render_what(self, record: AgreedAction) -> SafeString:
        return format_html('<a class="govuk-link" href="{}">{}</a>', record.get_absolute_url(), record.what)

    def render_school(self, record: AgreedAction) -> SafeString | str:
        if not record.sees_school:
            return record.school.name
        address = record.school.get_absolute_url()
        return format_html('<a class="govuk-link" href="{}">{}</a>', address, record.school.name)

    def render_owner(self, record: AgreedAction) -> SafeString | str:
        if not (record.is_left_behind and record.is_open):
            return who(record)
        return format_html("{}<br><b>No longer there for the school</b>", who(record))

    def render_due(self, record: AgreedAction) -> SafeString | str:
        return render_to_string("engagement/_action_due.html", {"due": due_words(record, today())})

    def render_state(self, record: AgreedAction) -> SafeString:
        variant = VARIANTS[AgreedAction.State(record.state)]
        return render_to_string("components/tag.html", {"words": record.get_state_display(), "variant": variant})

    def render_act(self, record: AgreedAction) -> SafeString:
        return render_to_string("engagement/_action_press.html", {"action": record}, request=self.request)


class SchoolActionTable(ActionTable):
    """What a school's leaders and editors see: their own school's first."""

    class Meta:
        empty_text = "Nothing matches. Try fewer filters."
        exclude = ("school",)


class OfferTable(ListTable):
    """The hub's catalogue."""

    caption = "Offers"

    title = Column(verbose_name="Offer")
    strand = Column(verbose_name="Kind of support", accessor="strand", order_by=("strand__position",))
    phases = Column(verbose_name="For", accessor="phases", orderable=False, empty_values=())
    criteria = Column(verbose_name="Answers", accessor="criteria_codes", orderable=False)
    delivered_by = Column(verbose_name="Who delivers it", accessor="delivered_by", empty_values=())
    when = Column(verbose_name="When", accessor="when_said", order_by=("begins_on", "when"))
    cost = Column(verbose_name="Cost", orderable=False, empty_values=())

    class Meta:
        empty_text = "Nothing matches. Try fewer filters."

    def __init__(self, *args: Any, titles: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.titles = titles

    def render_title(self, record: Offer) -> SafeString:
        is_other_year = record.year != academic_year(today())
        return render_to_string("engagement/_offer_title.html", {"offer": record, "is_other_year": is_other_year})

    def render_phases(self, record: Offer) -> str:
        return phase_words(record)

    def render_criteria(self, record: Offer) -> str:
        return ", ".join(titles_of(record, self.titles))

    def render_cost(self, record: Offer) -> str:
        return cost_words(record)

    def render_delivered_by(self, record: Offer) -> str:
        return record.deliverer or str(record.hub)
