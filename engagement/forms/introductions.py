"""Introducing two schools: suggesting it, asking, answering, what came of it; and what a school is named for."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from engagement.actions.introductions import Answer, Contact
from engagement.actions.named_for import MOST
from engagement.forms.targets import SAFE
from engagement.models import Introduction, NamedFor
from hubportal.kit.forms import DateBoxesField, GovForm, HintedCheckboxes, LongTextField

NOT_NAMED = "Do not name the other school: it is named only once both have agreed."
OWN_LIST = f"In a few words, such as: our Year 4 brass, which visitors can hear on Thursdays. {SAFE}"
# What the form says where an officer fills it in for the school: label and hint.
FOR_THE_SCHOOL = {
    "is_agreed": ("Does the school agree?", ""),
    "named_for": ("If yes, what is it happy to be named for?", "From its own list. The other school reads only this."),
    "also": ("Something else that it is happy to be named for", f"It goes on the school’s list too. {OWN_LIST}"),
    "reason": ("If not, why?", f"For our hub alone. {SAFE}"),
}


class IntroductionForm(GovForm, forms.Form):
    about = forms.CharField(
        label="What is it about?",
        max_length=120,
        help_text="Both schools read these words: name neither of them.",
    )
    why = LongTextField(
        label="Why these two?",
        max_length=600,
        rows=4,
        required=False,
        help_text=f"For our hub alone. {SAFE}",
    )


class AskForm(GovForm, forms.Form):
    note = LongTextField(
        label="Do you want to add something?",
        max_length=500,
        rows=4,
        required=False,
        help_text=f"The school reads it with the question. {NOT_NAMED} {SAFE}",
    )


class AnswerForm(GovForm, forms.Form):
    """What a school answers. The school that could help chooses from its own list what it is named for."""

    is_agreed = forms.TypedChoiceField(
        label="Do you agree?",
        choices=[("yes", "Yes"), ("no", "Not at the moment")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes, or not at the moment"},
    )
    contact_name = forms.CharField(
        label="If yes, whom does the other school get in touch with?", max_length=120, required=False
    )
    contact_role = forms.CharField(label="Their role", max_length=120, required=False)
    contact_email = forms.EmailField(label="Their email address", required=False)
    named_for = forms.MultipleChoiceField(
        label="If yes, what are you happy to be named for?",
        required=False,
        widget=HintedCheckboxes,
        help_text="From your school’s own list. The other school reads only what you tick.",
    )
    also = forms.CharField(
        label="Something else that you are happy to be named for",
        max_length=200,
        required=False,
        help_text=f"It goes on your school’s list too. {OWN_LIST}",
    )
    reason = LongTextField(
        label="If not, why?",
        max_length=300,
        rows=3,
        required=False,
        help_text=f"Your hub alone reads it. {SAFE}",
    )

    def __init__(self, *args: Any, own_list: Sequence[NamedFor], is_helper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_list = {str(each.uuid): each for each in own_list}
        if not is_helper:
            del self.fields["named_for"], self.fields["also"]
        elif own_list:
            self.fields["named_for"].choices = [(key, each.words) for key, each in self.own_list.items()]
        else:
            del self.fields["named_for"]
            self.fields["also"].label = "If yes, what are you happy to be named for?"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("is_agreed") is False and not said.get("reason"):
            self.add_error("reason", "Say why not, in a few words")
        return said

    @property
    def said(self) -> Answer:
        """The answers of a valid form."""
        said = self.cleaned_data
        if not said["is_agreed"]:
            return Answer(False, reason=said["reason"], **self._by_whom())
        contact = Contact(said["contact_name"], said["contact_role"], said["contact_email"])
        chosen = [self.own_list[key] for key in said.get("named_for", ())]
        return Answer(True, contact, named_for=chosen, also=said.get("also", ""), **self._by_whom())

    def _by_whom(self) -> dict[str, Any]:
        return {}


class RecordForm(AnswerForm):
    """The same, as somebody at the school said it to an officer."""

    said_by = forms.CharField(label="Who at the school said it?", max_length=240, help_text="Name and role.")
    said_on = DateBoxesField(label="When did they say it?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint) in FOR_THE_SCHOOL.items():
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = label, hint

    def _by_whom(self) -> dict[str, Any]:
        return {"said_by": self.cleaned_data["said_by"], "said_on": self.cleaned_data["said_on"]}


class OutcomeForm(GovForm, forms.Form):
    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=Introduction.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of it"},
    )
    on = DateBoxesField(label="When was that?")
    words = LongTextField(
        label="In your own words", max_length=500, rows=4, required=False, help_text=f"For our hub alone. {SAFE}"
    )


class WithdrawForm(GovForm, forms.Form):
    reason = LongTextField(
        label="Why do we give it up?",
        max_length=300,
        rows=3,
        help_text=f"For our hub alone. A school that was asked reads that it goes no further. {SAFE}",
    )


class NamedForForm(GovForm, forms.Form):
    words = forms.CharField(label="What are you happy to be named for?", max_length=200, help_text=OWN_LIST)
    code = forms.ChoiceField(label="What is it about?", required=False)

    def __init__(self, *args: Any, criteria: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", "Nothing on the list below"), *criteria.items()]
        self.most = MOST
