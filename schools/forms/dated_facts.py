"""Forms about the dated facts on a school: one for each way in which a kind is recorded, and for ends and mistakes."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from hubportal.kit.forms import DateBoxesField, GovForm, HintedCheckboxes, HintedRadioSelect
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.dated_facts import Kind, year_of
from schools.models import DatedFactValue

YEARS = 5  # academic years that a membership can be recorded for: this one and those before
ASKED = {
    Kind.LEAD_SCHOOL: "Lead School for which kind of school?",
    Kind.ARTSMARK: "What does it hold, or work towards?",
    Kind.MUSIC_MARK: "What is it?",
    Kind.TEACHING: "Who teaches music?",
    Kind.HUB_ROLE: "What does the school do in the hub?",
}
STARTS = {
    Kind.LEAD_SCHOOL: "Date it was appointed",
    Kind.ARTSMARK: "Date it was awarded or begun",
    Kind.HUB_ROLE: "Date it began",
}
LAST_DAY = {
    Kind.LEAD_SCHOOL: "Last day, if one is agreed",
    Kind.ARTSMARK: "Date it expires",
    Kind.HUB_ROLE: "Last day, if one is agreed",
}


class RecordForm(GovForm, forms.Form):
    """What every kind asks: what it is, and how the hub knows. The school's own people are not asked how they know."""

    asked = "value"  # the field of what it is

    value = forms.ChoiceField(widget=HintedRadioSelect)
    source = forms.CharField(
        label="How do you know?",
        max_length=200,
        help_text="For example, “The music lead told us on a visit”. The school reads this too.",
        error_messages={"required": "Say how you know"},
    )

    def __init__(self, *args: Any, kind: Kind, values: Sequence[DatedFactValue], asks_source: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.offered = {value.code: value for value in values}
        field = self.fields[self.asked]
        field.label = ASKED[kind]
        field.choices = [(value.code, value.name) for value in values]
        field.widget.hints = {value.code: value.meaning for value in values}
        field.error_messages["required"] = f"Answer “{field.label}”"
        if not asks_source:
            del self.fields["source"]

    @property
    def facts(self) -> dict[str, Any]:
        """What is recorded, as the action takes it."""
        return {"value": self.offered[self.cleaned_data["value"]], "source": self.cleaned_data.get("source", "")}


class DatedForm(RecordForm):
    """A Lead School, a role in the hub, or a step of Artsmark: from a day, and to a day where that is known."""

    starts_on = DateBoxesField()
    last_day = DateBoxesField(required=False, help_text="Leave it empty if you do not know.")

    field_order = ["value", "starts_on", "last_day", "source"]

    def __init__(self, *args: Any, kind: Kind, **kw: Any) -> None:
        super().__init__(*args, kind=kind, **kw)
        self.fields["starts_on"].label = STARTS[kind]
        self.fields["starts_on"].error_messages["required"] = f"Enter the {STARTS[kind][0].lower()}{STARTS[kind][1:]}"
        self.fields["last_day"].label = LAST_DAY[kind]

    @property
    def facts(self) -> dict[str, Any]:
        return super().facts | {
            "starts_on": self.cleaned_data["starts_on"],
            "ends_on": day_after(self.cleaned_data["last_day"]),
        }


class YearForm(RecordForm):
    """A membership of an academic year. Where there is only one thing to be, it is not asked."""

    starts_on = forms.TypedChoiceField(label="For which academic year?", coerce=int)

    field_order = ["value", "starts_on", "source"]

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if len(self.offered) == 1:
            self.fields["value"].initial = next(iter(self.offered))
            self.fields["value"].widget = forms.HiddenInput()
        now = academic_year(today())
        self.fields["starts_on"].choices = [(year, f"{year} to {year + 1}") for year in range(now, now - YEARS, -1)]

    @property
    def facts(self) -> dict[str, Any]:
        starts_on, ends_on = year_of(self.cleaned_data["starts_on"])
        return super().facts | {"starts_on": starts_on, "ends_on": ends_on}


class TeachingForm(RecordForm):
    """Who teaches music from a day on: several may."""

    asked = "values"

    value = None  # type: ignore[assignment]  # Django's way of leaving a field out
    values = forms.MultipleChoiceField(help_text="Tick all that are so from that day.", widget=HintedCheckboxes)
    starts_on = DateBoxesField(label="Since when?")

    field_order = ["values", "starts_on", "source"]

    @property
    def facts(self) -> dict[str, Any]:
        return {
            "values": [self.offered[code] for code in self.cleaned_data["values"]],
            "starts_on": self.cleaned_data["starts_on"],
            "source": self.cleaned_data.get("source", ""),
        }


FORMS: dict[str, type[RecordForm]] = {
    Kind.LEAD_SCHOOL: DatedForm,
    Kind.ARTSMARK: DatedForm,
    Kind.MUSIC_MARK: YearForm,
    Kind.TEACHING: TeachingForm,
    Kind.HUB_ROLE: DatedForm,
}


class EndForm(GovForm, forms.Form):
    """The last day of a fact, and why it ends."""

    last_day = DateBoxesField(
        label="Last day on which it holds", required=False, help_text="It may lie ahead. Leave it empty if it goes on."
    )
    reason = forms.CharField(label="Why does it end?", max_length=200, required=False)

    @property
    def ends_on(self) -> date | None:
        return day_after(self.cleaned_data["last_day"])


class StrikeForm(GovForm, forms.Form):
    """What was wrong with it."""

    reason = forms.CharField(label="What was wrong?", max_length=200, help_text="For example, “It was another school”.")


def day_after(last_day: date | None) -> date | None:
    return last_day + timedelta(days=1) if last_day else None
