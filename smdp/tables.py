"""Columns of the list of plans."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hubportal.kit.tables import Column, ListTable
from schools.facts import phase_words
from schools.models import School
from schools.tables import DateColumn, UrnColumn
from smdp.querysets import PlanPlace, SummaryState

VARIANTS = {
    PlanPlace.NONE: "quiet",
    PlanPlace.DRAFT: "quiet",
    PlanPlace.SHARED: "plum",
    PlanPlace.REVIEWED: "plum",
    PlanPlace.ADOPTED: "good",
    PlanPlace.ELSEWHERE: "good",
    PlanPlace.OUT_OF_DATE: "warning",
}


SUMMARY_VARIANTS = {
    SummaryState.CURRENT: "good",
    SummaryState.DUE: "plum",
    SummaryState.ELSEWHERE: "plum",
    SummaryState.NONE: "quiet",
    SummaryState.NOT_EXPECTED: "quiet",
}


class PlanTable(ListTable):
    """Schools with their newest plan."""

    caption = "Schools and their plans"
    export_only = ("summary_on",)

    name = Column(verbose_name="School", accessor="name", order_by=("name_key",))
    urn = UrnColumn(verbose_name="URN")
    authority = Column(verbose_name="Local authority", accessor="authority", order_by=("authority__name",))
    phase = Column(verbose_name="Phase", order_by=("phase",))
    state = Column(verbose_name="Plan", accessor="plan_place", empty_values=())
    year = Column(verbose_name="Year", accessor="counted_year", one_line=True)
    shared = DateColumn(verbose_name="Shared", accessor="plan_shared_at")
    adopted = DateColumn(verbose_name="Governors", accessor="counted_adopted_on")
    summary = Column(verbose_name="Summary", accessor="summary_state", empty_values=())
    summary_on = DateColumn(verbose_name="Summary published", accessor="summary_published_on")

    class Meta:
        empty_text = "Nothing matches. Try fewer filters."

    def render_phase(self, record: School) -> str:
        return phase_words(record)

    def render_name(self, record: School) -> SafeString | str:
        if record.is_elsewhere:
            address = reverse("smdp:elsewhere-detail", args=[record.elsewhere_uuid])
        elif record.plan_uuid:
            address = reverse("smdp:plan-detail", args=[record.plan_uuid])
        else:
            address = record.get_absolute_url()
        return format_html('<a class="govuk-link" href="{}">{}</a>', address, record.name)

    def render_state(self, record: School) -> SafeString:
        place = PlanPlace(record.plan_place)
        return render_to_string("components/tag.html", {"words": place.label, "variant": VARIANTS[place]})

    def render_year(self, record: School) -> str:
        return f"{record.counted_year} to {record.counted_until}"

    def value_name(self, record: School) -> str:
        return record.name

    def value_state(self, record: School) -> str:
        return str(PlanPlace(record.plan_place).label)

    def render_summary(self, record: School) -> SafeString:
        state = SummaryState(record.summary_state)
        tag = render_to_string("components/tag.html", {"words": state.label, "variant": SUMMARY_VARIANTS[state]})
        if state in (SummaryState.NONE, SummaryState.NOT_EXPECTED):
            return tag
        address = reverse("smdp:summary-detail", args=[record.urn])
        words = '<a href="{}">{}<span class="govuk-visually-hidden"> summary of {}</span></a>'
        return format_html(words, address, tag, record.name)

    def value_summary(self, record: School) -> str:
        return SummaryState(record.summary_state).label
