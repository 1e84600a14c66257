"""What counts as talking with a school, and how often a hub wants to."""

from django import forms

from engagement.models import ContactRules, Conversation
from hubportal.kit.forms import GovForm


class ContactRulesForm(GovForm, forms.Form):
    school_weeks = forms.TypedChoiceField(
        label="How often do we want to talk with each school?",
        choices=[(weeks, f"{words}: every {weeks} school weeks") for weeks, words in ContactRules.Cadence.choices],
        coerce=int,
        widget=forms.RadioSelect,
        help_text="Holidays do not count. A day agreed with a school goes before this.",
    )
    kinds = forms.MultipleChoiceField(
        label="Which kinds of conversation count?",
        choices=Conversation.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one kind of conversation that counts"},
    )
    ways = forms.MultipleChoiceField(
        label="Which ways of talking count?",
        choices=Conversation.How.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="A mailing to many schools never counts.",
        error_messages={"required": "Choose at least one way of talking that counts"},
    )
