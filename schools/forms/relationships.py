"""Whose school it is in the hub."""

from typing import Any

from django import forms

from hubportal.kit.forms import GovForm, HintedRadioSelect
from hubportal.kit.wording import count

NOBODY = "nobody"


class OwnerForm(GovForm, forms.Form):
    """Choose among the people who may own the relationship, each with the number of schools they look after."""

    owner = forms.ChoiceField(label="Our contact")

    def __init__(self, *args: Any, people: list, noun: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.membership_uuid): person for person in people}
        hints = {key: f"Looks after {count(person.workload, 'school')}" for key, person in self.people.items()}
        field = self.fields["owner"]
        field.widget = HintedRadioSelect(hints=hints)
        field.choices = [(key, str(person)) for key, person in self.people.items()] + [(NOBODY, "Nobody for now")]
        field.error_messages["required"] = f"Choose who looks after this {noun}"

    def clean_owner(self) -> Any:
        """The person chosen; None for nobody."""
        return self.people.get(self.cleaned_data["owner"])
