"""Starting, changing, reviewing and ending a school's engagement plan; its templates."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from engagement.actions.engagement_plans import Aim
from engagement.forms.targets import SAFE, OfPeople
from engagement.models import EngagementPlanTemplate
from engagement.models.engagement_plans import OWN_MEASURE
from hubportal.kit.forms import DateBoxesField, GovForm, LongTextField

NEXT_STEP = "What do we do next?"
STEP_HINT = f"One step, such as: call the new head about the choir. {SAFE}"


class AimFields(forms.Form):
    """What a plan and a template both ask."""

    aim = forms.CharField(
        label="What do we want with this school?",
        max_length=300,
        help_text=f"One aim, such as: a first conversation with the head about singing. {SAFE}",
    )
    measure = forms.ChoiceField(label="How is it measured?", widget=forms.RadioSelect)
    target = forms.CharField(
        label="Target", max_length=300, help_text="What the measure is to say by then, such as: a choir in each year."
    )
    due_on = DateBoxesField(label="By when?")
    next_step = forms.CharField(label=NEXT_STEP, max_length=300, help_text=STEP_HINT)


class EngagementPlanForm(OfPeople, AimFields):
    measure_words = forms.CharField(
        label="If it is something else, what do you measure?", max_length=200, required=False
    )
    baseline = forms.CharField(
        label="Baseline",
        max_length=300,
        required=False,
        help_text="How the school stands by it today. Leave it empty, and the portal says it by the measure.",
    )
    owner = forms.ChoiceField(label="Whose plan is it?")
    next_step_on = DateBoxesField(label="When do we do it?", help_text="It stands on Today from that day.")

    field_order = (
        "aim",
        "measure",
        "measure_words",
        "baseline",
        "target",
        "due_on",
        "owner",
        "next_step",
        "next_step_on",
    )

    def __init__(self, *args: Any, measures: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [*measures.items(), (OWN_MEASURE, "Something else")]

    @property
    def said(self) -> Aim:
        """The answers of a valid form."""
        said = dict(self.cleaned_data)
        if said["measure"] != OWN_MEASURE:
            said["measure_words"] = ""
        return Aim(**said)


class ReviewForm(GovForm, forms.Form):
    words = LongTextField(
        label="How does it go?",
        max_length=2000,
        rows=5,
        help_text=f"What has changed since the last review, and what helped. {SAFE}",
    )
    next_step = forms.CharField(label=NEXT_STEP, max_length=300, help_text=STEP_HINT)
    next_step_on = DateBoxesField(label="When do we do it?", help_text="It stands on Today from that day.")


class EndForm(GovForm, forms.Form):
    is_reached = forms.TypedChoiceField(
        label="Is the target reached?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    outcome = LongTextField(label="How did it end?", max_length=500, rows=4, help_text=SAFE)


class TemplateForm(GovForm, AimFields):
    name = forms.CharField(label="Name of the template", max_length=80, help_text="Such as: silent primary schools.")
    step_weeks = forms.IntegerField(
        label="Weeks from the start to the first step",
        min_value=0,
        max_value=52,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Enter the weeks as a whole number, such as 2"},
    )

    field_order = ("name", "aim", "measure", "target", "due_on", "next_step", "step_weeks")

    def __init__(self, *args: Any, measures: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aim"].label = "What do we want with these schools?"
        self.fields["measure"].choices = list(measures.items())


class ChooseTemplateForm(GovForm, forms.Form):
    """From which template the plans of several schools start."""

    template = forms.ChoiceField(label="From which template?", error_messages={"required": "Choose a template"})

    def __init__(self, *args: Any, templates: Sequence[EngagementPlanTemplate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.templates = {str(each.uuid): each for each in templates}
        self.fields["template"].choices = [
            ("", "Choose"),
            *((key, f"{each.name}: {each.target}") for key, each in self.templates.items()),
        ]
