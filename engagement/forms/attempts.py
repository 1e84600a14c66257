"""A word about an attempt, after it was noted."""

from typing import Any

from django import forms

from engagement.forms.conversations.fields import free_text
from engagement.models import Attempt
from hubportal.accounts.models import User
from hubportal.kit.forms import GovForm
from schools.models import Contact


class AttemptForm(GovForm, forms.ModelForm):
    class Meta:
        model = Attempt
        fields = ["contact", "note"]
        labels = {"contact": "Whom did you try to reach?", "note": "Anything to remember"}

    def __init__(self, *args: Any, user: User, contact: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Contact.objects.visible_to(user).current()
        self.fields["contact"].queryset = rows.filter(hub=self.instance.hub_id, school=self.instance.school_id)
        self.fields["contact"].empty_label = "Nobody in particular"
        self.fields["note"].help_text = free_text("Such as: left a message with the office.", contact)
