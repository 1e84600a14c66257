"""The consultations of a hub, and the schools of one with what each answered: as lists. The columns and filters of the
second follow from the questions."""

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from engagement.consultations import questions as asking
from engagement.consultations.questions import Question
from engagement.consultations.results import NO, YES
from engagement.models import Consultation, ConsultationSchool
from hubportal.kit.tables import Column, Filters, ListTable
from hubportal.kit.wording import long_date
from schools.models import School
from schools.segments import KIND, SEGMENTS, Segments
from schools.tables import DateColumn, UrnColumn

State = Consultation.State
VARIANTS = {State.DRAFT: "quiet", State.OPEN: "good", State.CLOSED: "plum"}
SHOWN = 60  # characters of a question as a column's heading


class ConsultationFilters(Filters):
    q = django_filters.CharFilter(label="Words of the title", field_name="title", lookup_expr="icontains")


class ConsultationTable(ListTable):
    """What was asked, until when, and how many answered."""

    caption = "Consultations"

    title = Column(verbose_name="Consultation")
    state = Column(verbose_name="State", orderable=False, one_line=True)
    sent = Column(verbose_name="Sent", accessor="sent_at", one_line=True)
    closes = Column(verbose_name="Open until", accessor="closed_on", order_by=("closes_on",), one_line=True)
    asked = Column(verbose_name="Schools asked", accessor="number_asked", numeric=True)
    answered = Column(verbose_name="Answered", accessor="number_answered", numeric=True)

    class Meta:
        empty_text = "Nothing matches. Try other words."

    def render_title(self, record: Consultation) -> SafeString:
        return format_html('<a class="govuk-link" href="{}">{}</a>', record.get_absolute_url(), record.title)

    def render_state(self, value: State) -> SafeString:
        return render_to_string("components/tag.html", {"words": value.label, "variant": VARIANTS[value]})

    def render_sent(self, value: Any) -> str:
        return long_date(value)

    def render_closes(self, value: Any) -> str:
        return long_date(value)


def _of_segments(segments: Segments) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=segments.label, choices=list(segments.names.items()), empty_label="All")


class AskedFilters(Filters):
    """Of the schools of one consultation. `said` is "q2" for those who answered a question, "q2:1" for an option."""

    q = django_filters.CharFilter(label="School, URN or who answered", method="search")
    answered = django_filters.ChoiceFilter(
        label="Answered",
        method="by_answered",
        choices=[(YES, "Answered"), (NO, "Not answered yet")],
        empty_label="All",
    )
    kind, meals, setting, size = (_of_segments(each) for each in SEGMENTS)
    phase = django_filters.ChoiceFilter(
        label="Phase", field_name="school__phase", choices=School.Phase.choices, empty_label="All"
    )

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        words = Q(school__name__icontains=value) | Q(answer__name__icontains=value)
        return queryset.filter(words | Q(school__urn=int(value)) if value.isdecimal() and len(value) < 8 else words)

    def by_answered(self, queryset: Any, name: str, value: str) -> QuerySet:
        rows: QuerySet = queryset.answered() if value == YES else queryset.unanswered()
        return rows

    def by_said(self, queryset: Any, name: str, value: str) -> QuerySet:
        rows: QuerySet = queryset.saying(*value.split(":", 1))
        return rows


def filters_of(questions: Sequence[Question], authorities: Mapping[str, str]) -> type[AskedFilters]:
    """Those filters with the authorities that there are, and each answer that can be chosen."""
    said = [(each["key"], f"Answered: {each['ask']}") for each in questions]
    said += [
        (f"{each['key']}:{value}", f"{each['ask']} {words}")
        for each in questions
        for value, words in asking.option_words(each).items()
    ]
    more = {
        "authority": django_filters.ChoiceFilter(
            label="Authority",
            field_name="school__authority__code",
            choices=list(authorities.items()),
            empty_label="All",
        ),
        "said": django_filters.ChoiceFilter(label="Answer", method="by_said", choices=said, empty_label="All"),
    }
    return type("FiltersOfQuestions", (AskedFilters,), more)


class AskedTable(ListTable):
    """Each school, who answered for it and when."""

    caption = "Schools of this consultation"
    export_only: tuple[str, ...] = ("urn",)

    urn = UrnColumn(verbose_name="URN", accessor="school__urn")
    name = Column(verbose_name="School", accessor="school__name", order_by=("school__name_key",))
    kind = Column(verbose_name=KIND.label, accessor="kind")
    authority = Column(verbose_name="Authority", accessor="school__authority__name")
    answered_on = DateColumn(verbose_name="Answered on", accessor="answer__at")
    by = Column(verbose_name="By", accessor="answer__name")
    role = Column(verbose_name="Role", accessor="answer__job_title")

    class Meta:
        empty_text = "Nothing matches. Try fewer filters."

    def render_name(self, value: str, record: ConsultationSchool) -> SafeString:
        href = record.get_absolute_url() if record.answer_id else record.school.get_absolute_url()
        return format_html('<a class="govuk-link" href="{}">{}</a>', href, value)

    def value_name(self, value: str) -> str:
        return value

    def render_kind(self, value: str) -> str:
        return KIND.names[value]

    def value_answered_on(self, value: Any) -> Any:
        return timezone.localtime(value).date() if value else None


class QuestionColumn(Column):
    """What was answered to one question, in words."""

    def __init__(self, question: Question) -> None:
        heading = question["ask"] if len(question["ask"]) <= SHOWN else f"{question['ask'][:SHOWN].rstrip()}…"
        super().__init__(verbose_name=heading, empty_values=(), orderable=False)
        self.question = question

    def render(self, record: ConsultationSchool) -> str:
        values = record.answer.values if record.answer else {}
        return "; ".join(asking.words_of(self.question, values))


def table_of(questions: Sequence[Question], *, shown: str) -> type[AskedTable]:
    """That table with a column for each question: all in the file, on the page only that of the key `shown`."""
    columns: dict[str, Any] = {each["key"]: QuestionColumn(each) for each in questions}
    hidden = tuple(each["key"] for each in questions if each["key"] != shown)
    return type("TableOfQuestions", (AskedTable,), {**columns, "export_only": (*AskedTable.export_only, *hidden)})
