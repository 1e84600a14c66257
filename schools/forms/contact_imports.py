"""Bringing a list of staff."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from hubportal.accounts.models import User
from hubportal.kit.forms import GovForm
from schools.access import access_of
from schools.models import Hub
from schools.staff_list.reading import MOST_BYTES, MOST_ROWS


class ContactImportForm(GovForm, forms.Form):
    """The file; and whose it is, for those who work for several hubs."""

    file = forms.FileField(
        label="Your list",
        help_text=f"A CSV or Excel file (.xlsx), up to {MOST_BYTES // 1024 // 1024} MB and {MOST_ROWS:,} people.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={"required": "Choose a file", "empty": "The file is empty. Choose another"},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hubs = Hub.objects.visible_to(user).filter(pk__in=access_of(user).served_hub_ids)
        found = list(hubs[:2])
        self.only = found[0] if len(found) == 1 else None
        if self.only is None:
            field = forms.ModelChoiceField(
                label="For which hub?",
                queryset=hubs,
                to_field_name="slug",
                empty_label="Choose one",
                error_messages={"required": "Choose which hub"},
            )
            self.fields = {"hub": field, **self.fields}

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Cut it into several")
        return file

    @property
    def chosen_hub(self) -> Hub:
        return self.only or self.cleaned_data["hub"]
