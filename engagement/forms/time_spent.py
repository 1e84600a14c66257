"""A person's hours in a term, and how long things take where nobody wrote it down."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from engagement.models import Conversation, MetRole
from engagement.models.time_spent import MOST_HOURS
from engagement.rules import LONGEST_MINUTES
from hubportal.kit.forms import GovForm

SAY_HOURS = f"Enter the hours as a number from 0 to {MOST_HOURS}, such as 18.5"
SAY_MINUTES = f"Enter the minutes as a whole number from 1 to {LONGEST_MINUTES}"
FEW = {"class": "govuk-input--width-4"}


class HoursField(forms.DecimalField):
    """Hours a week, to a tenth."""

    def __init__(self, **kwargs: Any) -> None:
        said = dict.fromkeys(("invalid", "min_value", "max_value", "max_digits", "max_decimal_places"), SAY_HOURS)
        super().__init__(
            min_value=0,
            max_value=MOST_HOURS,
            decimal_places=1,
            widget=forms.TextInput(attrs={**FEW, "inputmode": "decimal"}),
            error_messages=said,
            **kwargs,
        )


class TermHoursForm(GovForm, forms.Form):
    employed = HoursField(label="Hours employed a week", help_text="By contract, in a school week. 0 if not this term.")
    teaching = HoursField(
        label="Of these, hours teaching pupils a week", help_text="Lessons and ensembles, with the time between them."
    )

    def clean_teaching(self) -> Decimal:
        teaching, employed = self.cleaned_data["teaching"], self.cleaned_data.get("employed")
        if employed is not None and teaching > employed:
            raise ValidationError(f"The hours teaching cannot be more than the {employed} hours employed")
        return teaching


class MinutesField(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=1,
            max_value=LONGEST_MINUTES,
            widget=forms.TextInput(attrs={**FEW, "inputmode": "numeric"}),
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), SAY_MINUTES),
            **kwargs,
        )


class TimeRulesForm(GovForm, forms.Form):
    """A box for each kind, named `kind_` and its code."""

    email_minutes = MinutesField(label="Any conversation by email")
    attempt_minutes = MinutesField(label="An attempt that got no answer")
    leaders = forms.MultipleChoiceField(
        label="Who is a leader?",
        help_text="A conversation that counts as talking is strategic when one of these was there.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one role of leaders"},
    )

    def __init__(self, *args: Any, roles: Iterable[MetRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = {f"kind_{code}": MinutesField(label=str(words)) for code, words in Conversation.Kind.choices}
        self.fields = {**kinds, **self.fields}
        self.fields["leaders"].choices = [(each.code, each.name) for each in roles]

    def clean(self) -> dict[str, Any]:
        """With the minutes of the kinds as one mapping."""
        data = super().clean() or self.cleaned_data
        names = {f"kind_{code}": code for code in Conversation.Kind.values}
        minutes = {code: data[name] for name, code in names.items() if name in data}
        return {name: value for name, value in data.items() if name not in names} | {"minutes": minutes}

    @staticmethod
    def initial_of(minutes: Mapping[str, int]) -> dict[str, int]:
        return {f"kind_{code}": number for code, number in minutes.items()}
