"""Setting a target, changing one, ending one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from engagement.models import Target
from hubportal.accounts.models import User
from hubportal.kit.forms import DateBoxesField, GovForm, LongTextField
from schools.models import SavedView

GOAL = "Enter the goal as a whole number, such as 80"

SAFE = "No pupil names, no safeguarding matters."


class GoalField(forms.IntegerField):
    """A whole number above nothing."""

    def __init__(self, **kwargs: Any) -> None:
        box = forms.TextInput(attrs={"inputmode": "numeric"})
        super().__init__(label="Goal", min_value=1, error_messages={"invalid": GOAL}, widget=box, **kwargs)


class OfPeople(GovForm, forms.Form):
    """With whose it is, among those who may own a relationship."""

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.membership_uuid): each for each in people}
        self.fields["owner"].choices = [("", "Choose"), *((key, str(each)) for key, each in self.people.items())]

    def clean_owner(self) -> User:
        return self.people[self.cleaned_data["owner"]]


class TargetForm(OfPeople):
    name = forms.CharField(label="What do you want to reach?", max_length=120, help_text="A sentence that all read.")
    measure = forms.ChoiceField(label="How is it measured?", widget=forms.RadioSelect)
    segment = forms.ChoiceField(
        label="For which schools?", help_text="A saved view of the list of schools. They are fixed by name."
    )
    baseline_on = DateBoxesField(label="Baseline", help_text="The day from which you count, today or earlier.")
    unit = forms.ChoiceField(label="The goal is a", choices=Target.Unit, widget=forms.RadioSelect)
    goal = forms.IntegerField(
        label="Goal",
        min_value=1,
        error_messages={"invalid": GOAL},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    due_on = DateBoxesField(label="By when?")
    owner = forms.ChoiceField(label="Whose target is it?")
    actions = LongTextField(label="What will you do for it?", required=False, max_length=2000, rows=4, help_text=SAFE)

    field_order = ("name", "measure", "segment", "baseline_on", "unit", "goal", "due_on", "owner", "actions")

    def __init__(
        self, *args: Any, views: Sequence[SavedView], measures: Mapping[str, str], people: Sequence[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, people=people, **kwargs)
        self.views = {str(each.uuid): each for each in views}
        choices = [(key, f"{each.name} ({each.in_words})") for key, each in self.views.items()]
        self.fields["segment"].choices = [("", "Choose"), *choices]
        self.fields["measure"].choices = list(measures.items())

    def clean_segment(self) -> SavedView:
        return self.views[self.cleaned_data["segment"]]


class TargetEditForm(OfPeople):
    goal = forms.IntegerField(
        label="Goal",
        min_value=1,
        error_messages={"invalid": GOAL},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    due_on = DateBoxesField(label="By when?")
    owner = forms.ChoiceField(label="Whose target is it?")
    actions = LongTextField(label="What will you do for it?", required=False, max_length=2000, rows=4, help_text=SAFE)


class TargetEndForm(GovForm, forms.Form):
    outcome = LongTextField(label="How did it end?", max_length=1000, rows=4, help_text=SAFE)
