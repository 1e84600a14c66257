"""The forms of a plan, made from its questions."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.http import QueryDict
from django.utils.html import format_html

from engagement.forms.conversations.fields import NO_NAMES
from hubportal.kit import drafts
from hubportal.kit.drafts import typed
from hubportal.kit.drafts.merge import Values
from hubportal.kit.errors import summary_entries, target
from hubportal.kit.forms import DateBoxesField, GovForm, LongTextField
from hubportal.kit.wording import academic_year
from schools.access import today
from smdp.answers import web_address
from smdp.models import Plan
from smdp.priorities import Origin
from smdp.reckoning import reckoned
from smdp.sections import Field, Fieldset, Kind, Section, Table

MOST_RADIOS = 3  # more choices fold into a list
MAY_BE_PUBLIC = "May go into the public summary."
INLINE = {"data-inline": "1", "class": "govuk-radios--small choices--row"}


def form_field(field: Field, *, rows: int = 5, offers: Iterable[str] = (), in_table: bool = False) -> forms.Field:
    """The control of a question. Nothing is required while a plan is written. `offers` can be chosen, by title."""
    common: dict[str, Any] = {"label": field.label, "help_text": field.hint, "required": False}
    match field.kind:
        case Kind.TEXT:
            common["help_text"] = f"{field.hint} {NO_NAMES}".strip()
            return LongTextField(max_length=field.most, rows=rows, is_rich=field.is_rich and not in_table, **common)
        case Kind.CHOICE:
            common["error_messages"] = {"invalid_choice": f"Choose one of the answers to “{field.label}”"}
            if len(field.choices) <= MOST_RADIOS:
                return forms.ChoiceField(choices=field.choices, widget=forms.RadioSelect(attrs=INLINE), **common)
            return forms.ChoiceField(choices=[("", "Not answered"), *field.choices], **common)
        case Kind.DATE:
            common["help_text"] = field.hint or "For example, 12 11 2026"
            return DateBoxesField(validators=[check_year], **common)
        case Kind.LINK:
            return AddressField(max_length=field.most, **common)
        case Kind.NUMBER | Kind.MONEY:
            return WholeNumberField(most=field.most, **common)
        case Kind.OFFER:
            choices = [("", "None of these"), *((each, each) for each in offers)]
            return forms.CharField(max_length=field.most, widget=forms.Select(choices=choices), **common)
        case Kind.ORIGIN:
            return forms.CharField(
                max_length=field.most, widget=forms.HiddenInput({"data-goes-with-row": ""}), **common
            )
    return forms.CharField(max_length=field.most, **common)


YEARS_NEAR = 10


def check_year(day: date) -> None:
    """Raises ValidationError for a day that no plan of today can mean, such as one of 1926."""
    if abs(day.year - today().year) > YEARS_NEAR:
        raise ValidationError(f"Check the year: {day.year} is not near the years of this plan")


LONGEST_NUMBER = 20  # digits; far more than any question allows, far fewer than Python reads


class WholeNumberField(forms.CharField):
    """A whole number from 0, as people type it: "1,200", "£300"."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"})

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).replace(",", "").replace("£", "").strip()
        if text and not text.isdecimal():
            raise ValidationError(f"{self.label} must be a whole number, such as 60")
        if text and (len(text) > LONGEST_NUMBER or int(text) > self.most):
            raise ValidationError(f"{self.label} must be {self.most:,} or less")
        return text


class AddressField(forms.CharField):
    """The address of a page, https or http."""

    widget = forms.URLInput(attrs={"inputmode": "url", "spellcheck": "false"})

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).strip()
        if text and not web_address(text):
            raise ValidationError(
                f"{self.label} must be the whole address of a page, such as https://www.school.example/policies"
            )
        return text


class SectionForm(typed.Typed):
    """The questions of a section that stand in no table. With `marks_public` each says whether its answer may go into
    the public summary."""

    mark_optional = False

    def __init__(self, *args: Any, section: Section, marks_public: bool = False, **kwargs: Any) -> None:
        self.base_fields = {each.name: form_field(each) for each in section.fields()}
        for each in section.fields() if marks_public else ():
            if each.is_public:
                field = self.base_fields[each.name]
                field.help_text = format_html("{} <b>{}</b>", field.help_text, MAY_BE_PUBLIC)
        super().__init__(*args, **kwargs)


def anchor(section: Section, field: Field) -> str:
    """The id of a question's first control on its section's page."""
    return target(SectionForm(section=section)[field.name])


def _rows_of(table: Table, offers: Iterable[str] = ()) -> type[typed.Rows]:
    fields = {each.name: form_field(each, rows=2, offers=offers, in_table=True) for each in table.columns}
    names = tuple(each.name for each in table.answered)
    row = type("TableRow", (typed.Row,), {**fields, "content": names, "mark_optional": False})
    return typed.rows_of(row, most=table.most, item=table.item)


class SectionBook:
    """All the forms of one section over a post or a draft's values. Quiet forms show what was typed and check
    nothing. No queries."""

    def __init__(
        self,
        section: Section,
        data: QueryDict,
        *,
        quiet: bool = True,
        offers: Iterable[str] = (),
        marks_public: bool = False,
    ) -> None:
        """`offers` are the titles of what the hub offers the school now; one that a row names stays to be chosen."""
        self.section, self.data, self.marks_public = section, data.copy(), marks_public
        named = {str(value) for name, value in self.data.items() if name.endswith("-offer") and value}
        offers = [*offers, *sorted(named - set(offers))]
        self.form = SectionForm(self.data, section=section, quiet=quiet, marks_public=marks_public)
        self.tables = {
            each.name: typed.rows_in(self.data, _rows_of(each, offers), each.name, quiet=quiet)
            for each in section.tables()
        }

    def fieldsets(self) -> Iterator[tuple[Fieldset, list[dict[str, Any]]]]:
        """Each fieldset with its parts: the bound field of a question with its help, or the rows of a table with what
        they come to."""
        values = self.data.dict()
        for fieldset in self.section.fieldsets:
            yield (
                fieldset,
                [
                    {"field": self.form[part.name], "guidance": part.guidance}
                    if isinstance(part, Field)
                    else {"table": part, "rows": self.tables[part.name], "reckoned": reckoned(part, values)}
                    for part in fieldset.parts
                ],
            )

    def parts(self) -> list[BaseForm | BaseFormSet]:
        return [self.form, *self.tables.values()]

    def shape(self) -> drafts.Shape:
        """What this page may write into the draft."""
        return drafts.shape_of(*self.parts())

    def is_valid(self) -> bool:
        """Check everything, so that every problem is named at once."""
        checked = [each.is_valid() for each in self.parts()]
        return all(checked)

    def problems(self) -> list[tuple[str, str]]:
        """(sentence, id) for each problem."""
        return [entry for each in self.parts() for entry in summary_entries(each)]


def problems_in(section: Section, values: Values) -> list[tuple[str, str]]:
    """What cannot be right among the answers of a section, as (sentence, id of its control on the section's page). No
    query."""
    return SectionBook(section, drafts.as_data(values), quiet=False).problems()


class ReviewForm(typed.Typed):
    """What the hub says: strengths, suggestions, and a comment on any section."""

    mark_optional = False

    def __init__(self, *args: Any, sections: Iterable[Section], **kwargs: Any) -> None:
        common: dict[str, Any] = {"required": False, "max_length": 4000, "help_text": NO_NAMES, "is_rich": True}
        self.base_fields = {
            f"on_{each.key}": LongTextField(label=f"Your comment on {each.title}", rows=3, **common)
            for each in sections
        }
        self.base_fields["strengths"] = LongTextField(label="What is strong in this plan", rows=4, **common)
        self.base_fields["suggestions"] = LongTextField(label="What you suggest", rows=4, **common)
        super().__init__(*args, **kwargs)


class PlanBeginForm(GovForm, forms.Form):
    """Which academic years a new plan is for."""

    year = forms.TypedChoiceField(label="Which academic year does it begin in?", coerce=int, widget=forms.RadioSelect)
    years = forms.TypedChoiceField(
        label="How many academic years does it cover?",
        coerce=int,
        choices=[(1, "One"), (2, "Two"), (3, "Three"), (4, "Four"), (5, "Five")],
        initial=1,
        help_text="Most plans cover one. Whatever you choose, look at it again each year.",
    )

    carry = forms.TypedChoiceField(
        label="Start from your last plan?",
        coerce=lambda value: value == "yes",
        choices=[("yes", "Yes, take its answers over"), ("no", "No, begin with empty pages")],
        initial="yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, last: Plan | None = None, for_school: bool = False, **kwargs: Any) -> None:
        """`last` is the plan that it can start from, `for_school` says that somebody else begins it for the school."""
        super().__init__(*args, **kwargs)
        this_year = academic_year(today())
        if last is None:
            del self.fields["carry"]
        else:
            self.fields["carry"].label = f"Start from {'its' if for_school else 'your'} plan {last.when}?"
            self.fields["carry"].help_text = (
                "What the school shared of it comes over, for the school to confirm or change. It stays as it is."
                if for_school
                else "Each section then asks you to confirm or change what it says. Priorities that are not done come "
                "over; those that are done are listed as achieved. The earlier plan stays as it is."
            )
        self.fields["year"].choices = [
            (year, f"{year} to {year + 1}{' (this year)' if year == this_year else ''}")
            for year in (this_year, this_year + 1, this_year - 1)
        ]
        self.fields["year"].initial = this_year


class PlanAdoptForm(GovForm, forms.Form):
    """When governors saw it."""

    presented_on = DateBoxesField(label="When was it presented to governors?")
    approved = forms.BooleanField(
        label="The head approves this plan", error_messages={"required": "Tick that the head approves this plan"}
    )


class PriorityStartForm(forms.Form):
    """What a priority is started from, as a button posts it."""

    origin = forms.RegexField(r"^(judgement|action):[0-9a-f-]{36}:[\w-]{1,60}$", max_length=120)

    @property
    def origin_said(self) -> Origin:
        return Origin(*self.cleaned_data["origin"].split(":"))


class SummaryPublishForm(GovForm, forms.Form):
    """Asked of a leader before the whole world reads it."""

    checked = forms.BooleanField(
        label="I have read it, and it names no pupil",
        error_messages={"required": "Tick that you have read it and that it names no pupil"},
    )


class SummaryElsewhereForm(GovForm, forms.Form):
    """Where else the summary stands."""

    url = forms.URLField(
        label="Address of the page",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Copy it from your browser. Leave it empty if it is not there any more.",
        error_messages={"invalid": "Enter the whole address of the page, such as https://www.school.example/music"},
    )
    on = DateBoxesField(label="When was it published there, or last changed?", required=False)
