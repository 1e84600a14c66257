"""Putting something off, and handing it on."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from engagement.models.desk import LONGEST_REASON
from hubportal.accounts.models import User
from hubportal.kit.forms import DateBoxesField, GovForm
from schools.models import Membership

PRIVATE = "Your hub reads this. No pupil names, no safeguarding matters."


class SnoozeForm(GovForm, forms.Form):
    """Until when, and why."""

    until = DateBoxesField(label="Until when?", error_messages={"required": "Enter the day on which it comes back"})
    reason = forms.CharField(
        label="Why?",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=f"Your manager sees it beside the thing. {PRIVATE}",
        error_messages={"required": "Say why, so that your manager can follow"},
    )


class HandForm(GovForm, forms.Form):
    """To whom, and what they should know. `people` are those of `actions.desk.colleagues`."""

    who = forms.ChoiceField(label="To whom?", error_messages={"required": "Choose a colleague"})
    note = forms.CharField(
        label="What should your colleague know?",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=PRIVATE,
        error_messages={"required": "Say what your colleague should know"},
    )

    def __init__(self, *args: Any, people: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.uuid): each for each in people}
        names = [(key, _name(each)) for key, each in self.people.items()]
        cast(forms.ChoiceField, self.fields["who"]).choices = [("", "Choose a colleague"), *names]

    @property
    def colleague(self) -> User:
        return self.people[self.cleaned_data["who"]].user


def _name(held: Membership) -> str:
    return f"{held.user} ({held.partner})" if held.partner_id else str(held.user)
