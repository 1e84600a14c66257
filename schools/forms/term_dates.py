"""The term dates of one academic year, as people find them on a website: a day in words or figures in each box."""

from typing import Any

from django import forms

from hubportal.kit.forms import GovForm
from hubportal.kit.terms import PARTS, Span, part_name
from schools.models import TermCalendar
from schools.term_dates import Problem, problems

WRITTEN = ["%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%A %d %B %Y", "%a %d %b %Y"]


def day_field(label: str, **more: Any) -> forms.DateField:
    """A day typed or pasted in one box: "2 September 2026", "02/09/2026", "Wednesday 2 September 2026"."""
    return forms.DateField(
        label=label,
        input_formats=WRITTEN,
        widget=forms.DateInput(format="%-d %B %Y", attrs={"class": "govuk-input--width-20"}),
        error_messages={"invalid": f"{label} must be a real day, for example 2 September 2026"},
        **more,
    )


class TermDatesForm(GovForm, forms.Form):
    """Six parts between the holidays, whatever they are called there."""

    mark_optional = False

    terms_in_year = forms.TypedChoiceField(
        label="How many terms are there?", choices=TermCalendar.Terms.choices, coerce=int, widget=forms.RadioSelect
    )
    source = forms.CharField(
        label="Where are the dates from?", max_length=200, help_text="For example, the address of the page they are on."
    )
    is_checked = forms.BooleanField(label="I have compared them with what is published", required=False)

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        for part in PARTS:
            for end, words in (("first", "First day"), ("last", "Last day")):
                self.fields[f"{end}_{part}"] = day_field(words, required=False)

    @property
    def rows(self) -> list[tuple[str, Any, Any]]:
        """(name of the part, its two boxes) in order. A name says both what it is of three terms and of six."""
        return [
            (f"Term {part}, or {part_name(part, 3)}", self[f"first_{part}"], self[f"last_{part}"]) for part in PARTS
        ]

    def dates(self) -> list[Span | None]:
        """The six parts; None where a day is missing."""
        pairs = [(self.cleaned_data.get(f"first_{part}"), self.cleaned_data.get(f"last_{part}")) for part in PARTS]
        return [Span(first, last) if first and last else None for first, last in pairs]

    def add(self, problem: Problem) -> None:
        """Say what is wrong beside the part that it is about."""
        if problem.part is None:
            self.add_error(None, problem.sentence)
            return
        boxes = (f"first_{problem.part}", f"last_{problem.part}")
        empty = next((name for name in boxes if not self.cleaned_data.get(name)), boxes[0])
        if not any(name in self.errors for name in boxes):
            self.add_error(empty, problem.sentence)


class DaysOffForm(GovForm, forms.Form):
    """A day off, or several, within a term. A row left empty is none."""

    mark_optional = False

    name = forms.CharField(label="What is it?", max_length=60, required=False, help_text="For example, May Day.")
    first = day_field("First day off", required=False)
    last = day_field("Last day off, if it is more than one", required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("name") and not said.get("first") and "first" not in self.errors:
            self.add_error("first", f"Enter the day of “{said['name']}”")
        if (said.get("first") or said.get("last")) and not said.get("name"):
            self.add_error("name", "Say what the day off is")
        return said

    @property
    def span(self) -> Span | None:
        said = self.cleaned_data
        if not (said.get("name") and said.get("first")):
            return None
        return Span(said["first"], said.get("last") or said["first"], said["name"])


DaysOffRows = forms.formset_factory(DaysOffForm, extra=1, max_num=30)


def check(form: TermDatesForm, rows: Any) -> bool:
    """Whether the year is whole; what is wrong stands beside what it is about."""
    if not (form.is_valid() & rows.is_valid()):
        return False
    names = [part_name(part, form.cleaned_data["terms_in_year"]) for part in PARTS]
    filled = [(row, row.span) for row in rows if row.span]
    for problem in problems(form.year, form.dates(), [span for _, span in filled], names):
        if problem.row is not None:
            filled[problem.row][0].add_error("first", problem.sentence)
        else:
            form.add(problem)
    return form.is_valid() and rows.is_valid()
