"""Columns of the list of engagement risks."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from engagement.models import Risk
from hubportal.kit.tables import Column, ListTable
from hubportal.kit.wording import short_date
from schools.access import today

VARIANTS = {Risk.State.OPEN: "warning", Risk.State.ESCALATED: "bad", Risk.State.RESOLVED: "good"}


class RiskTable(ListTable):
    """The newest first, unless asked otherwise."""

    caption = "Engagement risks"

    what = Column(verbose_name="Risk", accessor="what")
    school = Column(verbose_name="School", accessor="school", order_by=("school__name_key",))
    kind = Column(verbose_name="Kind", accessor="kind", order_by=("kind__position",))
    with_whom = Column(verbose_name="With", accessor="with_whom", order_by=("with_whom__name",))
    raised_at = Column(verbose_name="Raised", accessor="raised_at", one_line=True)
    state = Column(verbose_name="Now", accessor="state", one_line=True)

    class Meta:
        empty_text = "Nothing matches. Try fewer filters."

    def render_what(self, record: Risk) -> SafeString:
        return format_html('<a class="govuk-link" href="{}">{}</a>', record.get_absolute_url(), record.what)

    def render_school(self, record: Risk) -> SafeString | str:
        if not record.sees_school:
            return record.school.name
        return format_html('<a class="govuk-link" href="{}">{}</a>', record.school.get_absolute_url(), record.school)

    def render_raised_at(self, value: datetime) -> str:
        return short_date(value, today())

    def render_state(self, record: Risk) -> SafeString:
        variant = VARIANTS[Risk.State(record.state)]
        return render_to_string("components/tag.html", {"words": record.get_state_display(), "variant": variant})
