"""The schools of a target as a list: filters and columns."""

from typing import Any

import django_filters
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from hubportal.kit.charts import STATUSES
from hubportal.kit.tables import Column, Filters, ListTable
from schools.models import School
from schools.tables import DateColumn, UrnColumn

MET, NOT_MET, CLOSED, JOINED = "met", "not-met", "closed", "joined"
APART = {CLOSED: "Closed since, not counted", JOINED: "In the segment only since, not counted"}
VARIANTS = {MET: "good", NOT_MET: "plum", CLOSED: "quiet", JOINED: "quiet"}


class TargetSchoolFilters(Filters):
    """By how each school stands to the target."""

    q = django_filters.CharFilter(label="Name, URN, postcode or town", method="search")
    state = django_filters.ChoiceFilter(
        label="Which schools",
        field_name="target_state",
        choices=[
            (MET, "Those that meet it"),
            (NOT_MET, "Those that do not yet"),
            (CLOSED, "Closed since the baseline"),
            (JOINED, "In the segment only since"),
        ],
        empty_label="All",
    )

    def search(self, queryset, name: str, value: str):
        return queryset.matching(value)


class TargetSchoolTable(ListTable):
    caption = "Schools of this target"
    export_only = ("urn",)

    urn = UrnColumn(verbose_name="URN")
    name = Column(verbose_name="School", order_by=("name_key",))
    state = Column(verbose_name="Target", accessor="target_state")
    baseline = Column(verbose_name="At the baseline", accessor="met_at_baseline", empty_values=())
    engagement = Column(verbose_name="Engagement now", one_line=True)
    last = DateColumn(verbose_name="Last spoke", accessor="last_conversation_on")
    owner = Column(verbose_name="Our contact", accessor="owner_name")

    words: dict[str, str] = {}

    def render_name(self, value: str, record: School) -> SafeString:
        return render_to_string("schools/_school_name.html", {"school": record})

    def value_name(self, value: str) -> str:
        return value

    def render_state(self, value: str) -> SafeString:
        return render_to_string("components/tag.html", {"words": self.words[value], "variant": VARIANTS[value]})

    def value_state(self, value: str) -> str:
        return self.words[value]

    def render_baseline(self, record: Any) -> str:
        if record.met_at_baseline is None:
            return ""
        return self.words[MET if record.met_at_baseline else NOT_MET]

    def render_engagement(self, value: str) -> SafeString:
        return render_to_string("schools/_engagement.html", {"status": value})

    def value_engagement(self, value: str) -> str:
        return STATUSES[value].words
