"""Columns of the list of plans."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hubportal.kit.tables import Column, ListTable
from schools.models import School
from schools.tables import DateColumn, UrnColumn
from smdp.models import Plan
from smdp.querysets import SummaryState

VARIANTS = {
    Plan.State.DRAFT: "quiet",
    Plan.State.SHARED: "plum",
    Plan.State.REVIEWED: "plum",
    Plan.State.ADOPTED: "good",
}


SUMMARY_VARIANTS = {
    SummaryState.CURRENT: "good",
    SummaryState.DUE: "plum",
    SummaryState.ELSEWHERE: "plum",
    SummaryState.NONE: "quiet",
}


class PlanTable(ListTable):
    """Schools with their newest plan."""

    caption = "Schools and their plans"
    export_only = ("summary_on",)

    name = Column(verbose_name="School", accessor="name", order_by=("name_key",))
    urn = UrnColumn(verbose_name="URN")
    authority = Column(verbose_name="Local authority", accessor="authority", order_by=("authority__name",))
    phase = Column(verbose_name="Phase", accessor="get_phase_display", order_by=("phase",))
    state = Column(verbose_name="Plan", accessor="plan_state", empty_values=())
    year = Column(verbose_name="Year", accessor="plan_year", one_line=True)
    shared = DateColumn(verbose_name="Shared", accessor="plan_shared_at")
    adopted = DateColumn(verbose_name="Governors", accessor="plan_adopted_on")
    summary = Column(verbose_name="Summary", accessor="summary_state", empty_values=())
    summary_on = DateColumn(verbose_name="Summary published", accessor="summary_published_on")

    class Meta:
        empty_text = "Nothing matches. Try fewer filters."

    def render_name(self, record: School) -> SafeString | str:
        address = (
            reverse("smdp:plan-detail", args=[record.plan_uuid]) if record.plan_uuid else record.get_absolute_url()
        )
        return format_html('<a class="govuk-link" href="{}">{}</a>', address, record.name)

    def render_state(self, record: School) -> SafeString:
        if record.plan_state is None:
            return render_to_string("components/tag.html", {"words": "None yet", "variant": "quiet"})
        state = Plan.State(record.plan_state)
        return render_to_string("components/tag.html", {"words": state.label, "variant": VARIANTS[state]})

    def render_year(self, value: int) -> str:
        return f"{value} to {value + 1}"

    def value_name(self, record: School) -> str:
        return record.name

    def value_state(self, record: School) -> str:
        return Plan.State(record.plan_state).label if record.plan_state else "None yet"

    def render_summary(self, record: School) -> SafeString:
        state = SummaryState(record.summary_state)
        tag = render_to_string("components/tag.html", {"words": state.label, "variant": SUMMARY_VARIANTS[state]})
        if state == SummaryState.NONE:
            return tag
        address = reverse("smdp:summary-detail", args=[record.urn])
        words = '<a href="{}">{}<span class="govuk-visually-hidden"> summary of {}</span></a>'
        return format_html(words, address, tag, record.name)

    def value_summary(self, record: School) -> str:
        return SummaryState(record.summary_state).label
