"""Introducing two schools: suggesting it, asking, answering, what came of it; and what a school is named for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms

from engagement.actions.introductions import Answer, Contact
from engagement.actions.named_for import MOST
from engagement.forms.targets import SAFE
from engagement.models import Introduction, NamedFor
from hubportal.kit.forms import DateBoxesField, GovForm, HintedCheckboxes, LongTextField
from schools.models import School

MOST_FOUND = 12  # schools to choose one from
FIND = "Name, town, postcode or URN"
NOT_NAMED = "Do not name the other school: it is named only once both have agreed."
OWN_LIST = f"In a few words, such as: our Year 4 brass, which visitors can hear on Thursdays. {SAFE}"
# What the form says where an officer fills it in for the school: label and hint.
FOR_THE_SCHOOL = {
    "is_agreed": ("Does the school agree?", ""),
    "named_for": ("If yes, what is it happy to be named for?", "From its own list. The other school reads only this."),
    "also": ("Something else that it is happy to be named for", f"It goes on the school’s list too. {OWN_LIST}"),
    "reason": ("If not, why?", f"For our hub alone. {SAFE}"),
}


class ChooseTwoForm(GovForm, forms.Form):
    """Two schools by words that find them; where the words find several, which of them. `find` gives the schools that
    words find, one more than `MOST_FOUND` at the most."""

    helped = forms.CharField(label="Which school would be helped?", max_length=200, help_text=FIND)
    helper = forms.CharField(label="Which school could help it?", max_length=200, help_text=FIND)

    def __init__(self, *args: Any, find: Callable[[str], Sequence[School]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: dict[str, Sequence[School]] = {}
        for name in ("helped", "helper"):
            words = self[name].data if self.is_bound else ""
            self.found[name] = find(words) if words else []
            if len(self.found[name]) > 1:
                self.fields[f"{name}_urn"] = self._which(words, self.found[name])
        self.order_fields(["helped", "helped_urn", "helper", "helper_urn"])

    @staticmethod
    def _which(words: str, found: Sequence[School]) -> forms.ChoiceField:
        choices = [(str(each.urn), f"{each.name}, {each.town}, URN {each.urn}") for each in found[:MOST_FOUND]]
        more = "More schools match: add a word to find them." if len(found) > MOST_FOUND else ""
        said = dict.fromkeys(("required", "invalid_choice"), f"Several schools match “{words}”: choose one")
        return forms.ChoiceField(
            label="Which of these?", choices=choices, widget=forms.RadioSelect, help_text=more, error_messages=said
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name, found in self.found.items():
            if said.get(name) and not found:
                self.add_error(name, "No school of yours is found by these words. Try its town, or its URN")
        if not self.errors and self.chosen("helped") == self.chosen("helper"):
            self.add_error("helper", "Choose two different schools")
        return said

    def chosen(self, name: str) -> int:
        """The URN of the school that stands on one side of a valid form."""
        return int(self.cleaned_data.get(f"{name}_urn") or self.found[name][0].urn)


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

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        """Where nothing that is known of the two says why, somebody does."""
        super().__init__(*args, **kwargs)
        self.fields["why"].required = needs_reason
        self.fields["why"].error_messages["required"] = "Say why these two"


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
