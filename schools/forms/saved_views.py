"""Saving a list's view, and changing one."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hubportal.kit.forms import GovForm
from schools.models import Hub


class SavedViewForm(GovForm, forms.Form):
    """What it is called, and who has it. `hubs` are those that the person works for: asked where there are several."""

    name = forms.CharField(
        label="What do you call it?", max_length=60, help_text="For example, “Primaries never reached”."
    )
    hub = forms.ChoiceField(label="For which hub?")
    is_shared = forms.BooleanField(
        label="Share it with everybody at the hub and the officers of its partners", required=False
    )
    is_start = forms.BooleanField(label="Open this list so for me", required=False)

    mark_optional = False

    def __init__(self, *args: Any, hubs: Sequence[Hub] = (), may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hubs = {str(hub.pk): hub for hub in hubs}
        self.fields["hub"].choices = [(key, hub.name) for key, hub in self.hubs.items()]
        if len(hubs) < 2:
            del self.fields["hub"]
        if not may_share:
            del self.fields["is_shared"]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not any(each.isalnum() for each in name):
            raise forms.ValidationError("Enter a name with at least one letter or number")
        return name

    @property
    def facts(self) -> dict[str, Any]:
        """What the action takes, besides the list."""
        said = self.cleaned_data
        return {name: said.get(name, False) for name in ("is_shared", "is_start")} | {"name": said["name"]}

    @property
    def hub_chosen(self) -> Hub:
        return self.hubs[self.cleaned_data["hub"]] if "hub" in self.fields else next(iter(self.hubs.values()))
