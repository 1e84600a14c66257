"""Raising a risk to a relationship, and what becomes of it."""

from collections.abc import Iterable
from typing import Any

from django import forms

from engagement.models import RiskKind, RiskStep
from hubportal.kit.forms import GovForm, HintedRadioSelect, LongTextField
from schools.models import Membership, TimelineEntry, Trust

TRUST = "trust"
DEFEND = (
    "It may be disclosed under freedom of information or subject access: write what you could defend. No pupil names, "
    "no safeguarding matters."
)


class RiskCreateForm(GovForm, forms.Form):
    """What may go wrong, and what shows it."""

    kind = forms.ChoiceField(
        label="What kind of risk is it?",
        widget=HintedRadioSelect,
        error_messages={"required": "Choose what kind of risk it is"},
    )
    what = forms.CharField(
        label="What is the risk?",
        max_length=200,
        help_text="In a sentence, such as: The brass lessons end in July, and nobody has planned what follows.",
        error_messages={"required": "Say what the risk is"},
    )
    evidence = LongTextField(
        label="What shows it?",
        max_length=500,
        rows=4,
        help_text=f"What was said or seen, by whom and when. {DEFEND}",
        error_messages={"required": "Say what shows it: what was said or seen, and when"},
    )
    record = forms.ChoiceField(
        label="Which record shows it?",
        required=False,
        help_text="The newest entries of what has happened with the school.",
    )

    def __init__(
        self, *args: Any, kinds: Iterable[RiskKind], records: Iterable[tuple[TimelineEntry, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {each.code: each for each in kinds}
        self.records = {each.source: (each, words) for each, words in records}
        self.fields["kind"].choices = [(key, each.name) for key, each in self.kinds.items()]
        self.fields["kind"].widget.hints = {key: each.meaning for key, each in self.kinds.items()}
        self.fields["record"].choices = [
            ("", "None of them"),
            *((key, words) for key, (_, words) in self.records.items()),
        ]

    def clean_kind(self) -> RiskKind:
        return self.kinds[self.cleaned_data["kind"]]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["record"], said["record_words"] = self.records.get(said.get("record", ""), (None, ""))
        return said


class RiskEscalateForm(GovForm, forms.Form):
    """To a manager of the hub, or (a manager's step) to the school's trust."""

    to = forms.ChoiceField(
        label="To whom do you take it?",
        widget=HintedRadioSelect,
        error_messages={"required": "Choose whom you take it to"},
    )
    told = forms.CharField(
        label="Whom at the trust did you tell, or will you tell?",
        max_length=120,
        required=False,
        help_text="Name and role. The portal tells the trust nothing.",
    )
    why = LongTextField(
        label="Why now, and what do you need?",
        max_length=500,
        rows=4,
        help_text=DEFEND,
        error_messages={"required": "Say why you take it further now"},
    )

    def __init__(self, *args: Any, managers: Iterable[Membership], trust: Trust | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.managers, self.trust = {str(each.uuid): each.user for each in managers}, trust
        field = self.fields["to"]
        field.choices = [(key, str(each)) for key, each in self.managers.items()]
        field.widget.hints = dict.fromkeys(self.managers, "It stands on their page Today.")
        if trust is None:
            del self.fields["told"]
        else:
            field.choices.append((TRUST, f"The trust: {trust}"))
            field.widget.hints[TRUST] = "You talk with it yourself. The risk stays with you."

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        chosen = said.get("to", "")
        if chosen == TRUST and not said.get("told"):
            self.add_error("told", "Enter whom at the trust you tell")
        said["to"] = self.managers.get(chosen)
        said["to_trust"] = self.trust if chosen == TRUST else None
        said["told"] = said.get("told", "") if chosen == TRUST else ""
        return said


class RiskResolveForm(GovForm, forms.Form):
    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=RiskStep.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of it"},
    )
    why = LongTextField(
        label="What was done, and how do you know?",
        max_length=500,
        rows=4,
        help_text=DEFEND,
        error_messages={"required": "Say what was done, and how you know"},
    )


class RiskReopenForm(GovForm, forms.Form):
    why = LongTextField(
        label="Why does it stand again?",
        max_length=500,
        rows=4,
        help_text=DEFEND,
        error_messages={"required": "Say why it stands again"},
    )
