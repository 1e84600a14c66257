"""The form of a hub's own question."""

from typing import Any

from django import forms

from hubportal.kit.forms import GovForm
from smdp.models import HubQuestion
from smdp.sections import Setting

SETTINGS = (
    (Setting.PRIMARY, "Primary"),
    (Setting.SECONDARY, "Secondary"),
    (Setting.SPECIAL, "Special schools and alternative provision"),
    (Setting.POST_16, "Post-16"),
)


class HubQuestionForm(GovForm, forms.Form):
    label = forms.CharField(
        label="Your question",
        max_length=200,
        help_text="Ask about the school, never about a pupil.",
        error_messages={"required": "Enter your question"},
    )
    hint = forms.CharField(
        label="Help for whoever answers",
        max_length=300,
        required=False,
        help_text="One sentence, shown under the question.",
    )
    kind = forms.ChoiceField(
        label="How is it answered?",
        choices=HubQuestion.Kind.choices,
        initial=HubQuestion.Kind.TEXT,
        widget=forms.RadioSelect,
    )
    settings = forms.MultipleChoiceField(
        label="Which schools are asked?",
        choices=SETTINGS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick none to ask every school.",
    )

    def clean_label(self) -> str:
        return " ".join(self.cleaned_data["label"].split())

    def clean(self) -> dict[str, Any]:
        return super().clean() or self.cleaned_data
