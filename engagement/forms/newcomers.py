"""Checking, sending or dismissing the handover to somebody new."""

from collections.abc import Sequence
from typing import Any

from django import forms

from engagement.addressees import Addressee
from hubportal.kit.forms import GovForm, HintedRadioSelect, LongTextField


class NewcomerSendForm(GovForm, forms.Form):
    to = forms.ChoiceField(
        label="To whom does it go?",
        widget=HintedRadioSelect,
        error_messages={"required": "Choose to whom it goes"},
    )
    greeting = LongTextField(
        label="Your greeting",
        max_length=1000,
        rows=5,
        help_text="It goes by email. No pupil names, no safeguarding matters, and nothing that is not for the school.",
        error_messages={"required": "Write a greeting"},
    )
    invite = forms.BooleanField(label="Invite them to sign in as well", required=False)

    def __init__(
        self, *args: Any, addressees: Sequence[Addressee], may_invite: bool, role: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.addressees = {each.key: each for each in addressees}
        field = self.fields["to"]
        field.choices = [(each.key, each.label) for each in addressees]
        field.widget.hints = {each.key: each.hint for each in addressees}
        self.fields["invite"].help_text = f"A second email invites them as {role.lower()}."
        if not may_invite:
            del self.fields["invite"]

    def clean_to(self) -> Addressee:
        return self.addressees[self.cleaned_data["to"]]


class NewcomerDismissForm(GovForm, forms.Form):
    reason = forms.CharField(
        label="Why is it not sent?",
        max_length=300,
        help_text="Such as: I have met her and told her everything.",
        error_messages={"required": "Say why it is not sent"},
    )
