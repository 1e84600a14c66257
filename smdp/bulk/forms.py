"""Whom to remind, and of what."""

from collections.abc import Iterable
from typing import Any

from django import forms

from engagement.forms.conversations.fields import NO_NAMES
from hubportal.kit.forms import GovForm, HintedRadioSelect, LongTextField
from schools.models import School
from smdp.models import PlanReminder


class RemindForm(GovForm, forms.Form):
    """Which schools, of what, and a word of one's own."""

    about = forms.ChoiceField(
        label="What do you remind them of?",
        choices=PlanReminder.About.choices,
        initial=PlanReminder.About.PLAN,
        widget=HintedRadioSelect(
            hints={
                PlanReminder.About.PLAN: "Each school reads where its plan stands, and where to go on.",
                PlanReminder.About.SUMMARY: "The short text for parents that is expected on every school’s website.",
            }
        ),
    )
    words = LongTextField(
        label="A word from you",
        max_length=1000,
        rows=4,
        required=False,
        help_text=f"Every school that you choose reads the same. {NO_NAMES}",
    )
    schools = forms.MultipleChoiceField(
        label="Which schools?",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        error_messages={
            "required": "Choose at least one school",
            "invalid_choice": "A school that you chose has closed, or is not yours any more. Look at the list again",
        },
    )

    def __init__(self, *args: Any, schools: Iterable[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.urn), f"{each.name}, {each.town}" if each.town else each.name) for each in schools]
        self.fields["schools"].choices = choices
        if not self.is_bound:
            self.fields["schools"].initial = [urn for urn, _ in choices]
