"""What is asked before something is done with several schools at once."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hubportal.accounts.models import User
from hubportal.kit.forms import GovForm
from hubportal.kit.wording import listed


class OwnerForm(GovForm, forms.Form):
    owner = forms.ChoiceField(label="Who looks after them?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.membership_uuid): each for each in people}  # type: ignore[attr-defined]  # annotated
        choices = [(key, str(person)) for key, person in self.people.items()]
        self.fields["owner"].choices = [*choices, ("nobody", "Nobody for now")]


class TagForm(GovForm, forms.Form):
    tag = forms.CharField(label="Which tag?", max_length=40, help_text="For example, “Summer festival 2027”.")

    def __init__(self, *args: Any, names: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {each.lower(): each for each in names}
        if names:
            known = listed([f"“{each}”" for each in names[:8]])
            self.fields["tag"].help_text = f"One that you have, {known}, or a new one."

    def clean_tag(self) -> str:
        name = " ".join(self.cleaned_data["tag"].split())
        if not any(each.isalnum() for each in name):
            raise forms.ValidationError("Enter a tag with at least one letter or number")
        return self.names.get(name.lower(), name)


class UntagForm(GovForm, forms.Form):
    tag = forms.ChoiceField(label="Which tag?")

    def __init__(self, *args: Any, names: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tag"].choices = [("", "Choose"), *((each, each) for each in names)]
