"""The mailings of a hub, those whom one went to, and who wants no more: as lists."""

from datetime import datetime
from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from engagement.models import Mailing, MailingRecipient, MailingStop
from hubportal.kit.tables import Column, Filters, ListTable
from hubportal.kit.wording import clock, listed, long_date

State = MailingRecipient.State
VARIANTS = {
    State.WAITING: "quiet",
    State.SENT: "good",
    State.REFUSED: "bad",
    State.BOUNCED: "bad",
    State.UNSUBSCRIBED: "plum",
}
COUNTED = (State.SENT, State.WAITING, State.REFUSED, State.BOUNCED, State.UNSUBSCRIBED)


def with_counts(rows: QuerySet) -> QuerySet:
    """Adds `when`, on which it was sent or, before that, begun, and `number_sent`, `number_waiting` and so on. No
    further query."""
    return rows.annotate(
        when=Coalesce("confirmed_at", "begun_at"),
        **{f"number_{state}": Count("recipients", filter=Q(recipients__state=state)) for state in COUNTED},
    )


class MailingFilters(Filters):
    q = django_filters.CharFilter(label="Words of the subject", field_name="subject", lookup_expr="icontains")
    state = django_filters.ChoiceFilter(label="State", choices=Mailing.State.choices, empty_label="All")


class MailingTable(ListTable):
    """What, by whom, when, and what became of it."""

    caption = "Mailings"

    subject = Column(verbose_name="Subject")
    by = Column(verbose_name="From", order_by=("by__name",))
    at = Column(verbose_name="When", accessor="when", one_line=True)
    sent = Column(verbose_name="Sent", accessor="number_sent", numeric=True)
    waiting = Column(verbose_name="Waiting", accessor="number_waiting", numeric=True)
    failed = Column(verbose_name="Refused or came back", empty_values=(), orderable=False, numeric=True)
    unsubscribed = Column(verbose_name="Unsubscribed", accessor="number_unsubscribed", numeric=True)

    class Meta:
        empty_text = "Nothing matches. Try fewer filters."

    def render_subject(self, record: Mailing) -> SafeString:
        link = format_html('<a class="govuk-link" href="{}">{}</a>', record.get_absolute_url(), record.subject)
        if record.state == Mailing.State.SENDING:
            return link
        tag = {"words": record.get_state_display(), "variant": "quiet"}
        return format_html("{} {}", link, render_to_string("components/tag.html", tag))

    def value_subject(self, record: Mailing) -> str:
        return record.subject

    def render_at(self, value: datetime) -> str:
        return long_date(value)

    def render_failed(self, record: Any) -> int:
        return record.number_refused + record.number_bounced


class RecipientFilters(Filters):
    q = django_filters.CharFilter(label="School, name or address", method="search")
    state = django_filters.ChoiceFilter(label="What became of it", choices=State.choices, empty_label="All")

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        schools = Q(school__name__icontains=value) | Q(also_at__name__icontains=value)
        return queryset.filter(schools | Q(name__icontains=value) | Q(email__icontains=value)).distinct()


class RecipientTable(ListTable):
    """Each recipient, and what the mail server said."""

    caption = "Whom it went to"

    school = Column(verbose_name="School", accessor="school__name", order_by=("school__name_key",))
    name = Column(verbose_name="To")
    email = Column(verbose_name="Address")
    state = Column(verbose_name="What became of it", one_line=True)
    at = Column(verbose_name="Sent at", accessor="sent_at")
    words = Column(verbose_name="In the mail server’s words", orderable=False)

    class Meta:
        empty_text = "Nothing matches. Try fewer filters."

    def render_school(self, record: MailingRecipient) -> SafeString:
        links = ((each.get_absolute_url(), each.name) for each in record.schools)
        return format_html_join(", ", '<a class="govuk-link" href="{}">{}</a>', links)

    def value_school(self, record: MailingRecipient) -> str:
        return listed([each.name for each in record.schools])

    def render_state(self, record: MailingRecipient) -> SafeString:
        tag = {"words": record.get_state_display(), "variant": VARIANTS[State(record.state)]}
        return render_to_string("components/tag.html", tag)

    def value_state(self, record: MailingRecipient) -> str:
        return record.get_state_display()

    def render_at(self, record: MailingRecipient) -> str:
        return f"{long_date(record.sent_at)}, {clock(record.sent_at)}" if record.sent_at else ""


class StopFilters(Filters):
    q = django_filters.CharFilter(label="Address", field_name="email", lookup_expr="icontains")


class StopTable(ListTable):
    caption = "Who wants no mailings"

    email = Column(verbose_name="Address")
    at = Column(verbose_name="Since", one_line=True)

    class Meta:
        empty_text = "Nothing matches. Try fewer filters."

    def render_at(self, record: MailingStop) -> str:
        return long_date(record.at)
