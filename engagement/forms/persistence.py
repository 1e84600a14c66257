"""The ladder, a pause, a "not now", and a manager's word."""

from typing import Any

from django import forms

from engagement.actions.persistence import Step
from engagement.models import Attempt, Hold
from hubportal.kit.forms import DateBoxesField, GovForm

WAYS = [(code, label.partition(",")[0]) for code, label in Attempt.How.choices]
REASONS = {
    Hold.Kind.PAUSED: ("inspection", "exams", "incident", "staff", "other"),
    Hold.Kind.DECLINED: ("time", "elsewhere", "staff", "inspection", "other"),
}


class StepForm(GovForm, forms.Form):
    """One step of the ladder; a row left empty is none."""

    mark_optional = False

    name = forms.CharField(label="What do we do?", max_length=80, required=False)
    how = forms.ChoiceField(label="It is taken by", choices=[("", "Choose"), *WAYS], required=False)
    school_weeks = forms.IntegerField(
        label="School weeks after the last try",
        min_value=1,
        max_value=39,
        required=False,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
        error_messages={
            "min_value": "Enter a whole number of school weeks from 1 to 39",
            "max_value": "Enter a whole number of school weeks from 1 to 39",
            "invalid": "Enter a whole number of school weeks from 1 to 39",
        },
    )
    needs_approval = forms.BooleanField(label="Only with a manager’s approval", required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if any(said.get(name) for name in ("name", "how", "school_weeks", "needs_approval")):
            if not said.get("name"):
                self.add_error("name", "Say what this step is, or empty its row")
            if not said.get("how"):
                self.add_error("how", "Choose how this step is taken")
        return said

    @property
    def step(self) -> Step | None:
        said = self.cleaned_data
        if not said.get("name"):
            return None
        return Step(said["name"], said["how"], said.get("school_weeks") or 1, said["needs_approval"])


class Steps(forms.BaseFormSet):
    """The ladder from its first step to its last."""

    def clean(self) -> None:
        if not any(self.errors) and not self.steps:
            raise forms.ValidationError("A ladder has at least one step: a school is never dropped")

    @property
    def steps(self) -> list[Step]:
        return [form.step for form in self.forms if form.step]


StepRows = forms.formset_factory(StepForm, formset=Steps, extra=1, max_num=12)


class HoldForm(GovForm, forms.Form):
    """Until when a school is left in peace, and why."""

    until = DateBoxesField()
    reason = forms.ChoiceField(widget=forms.RadioSelect)
    decided_by = forms.CharField(max_length=120)
    note = forms.CharField(label="Anything to remember", max_length=300, required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paused = kind == Hold.Kind.PAUSED
        fields = self.fields
        fields["until"].label = "Until when?" if paused else "When do we ask again?"
        fields["until"].error_messages["required"] = (
            "Enter the day on which we talk again" if paused else "Enter the day on which we ask again"
        )
        fields["reason"].label = "Why?" if paused else "Why does the school decline?"
        fields["reason"].choices = [
            (code, label) for code, label in Hold.Reason.choices if code in REASONS[Hold.Kind(kind)]
        ]
        fields["reason"].error_messages["required"] = "Choose the reason"
        fields["decided_by"].label = "Who decided it?"
        fields["decided_by"].help_text = "Name and role, of the school or of the hub."
        fields["decided_by"].error_messages["required"] = "Enter who decided it"


class ApprovalAskForm(GovForm, forms.Form):
    why = forms.CharField(
        label="Why is it time for this step?", max_length=300, error_messages={"required": "Say why it is time for it"}
    )


class ApprovalForm(GovForm, forms.Form):
    """A manager's word."""

    is_approved = forms.TypedChoiceField(
        label="Do you approve?",
        choices=[("yes", "Yes, take this step"), ("no", "No, not now")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you approve this step"},
    )
    answer = forms.CharField(label="What should your colleague know?", max_length=300, required=False)
