"""Uploading the register's files."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from hubportal.kit.forms import DateBoxesField, GovForm
from hubportal.kit.uploads import MOST_BYTES
from schools.access import today
from schools.models import RegisterFile
from schools.register.importing import date_in_name, date_told
from schools.register.layouts import ESTABLISHMENTS

Kind = RegisterFile.Kind
# By kind: the label, and how the register calls the file.
FILES = {
    Kind.ESTABLISHMENTS: ("Establishments", "Every school: edubasealldata and a date. Needed"),
    Kind.LINKS: ("Links between schools", "Which school follows which: links_edubasealldata and a date"),
    Kind.GROUPS: ("Groups", "Trusts and other groups: allgroupsdata"),
    Kind.GROUP_LINKS: ("Schools in groups", "Which school is in which trust, since when: alllinksdata"),
    Kind.CHILDRENS_CENTRES: ("Children’s centres", "The register keeps them apart: edubaseallchildrencentre"),
}
_MOST = MOST_BYTES // 1024 // 1024


class RegisterImportCreateForm(GovForm, forms.Form):
    """One file of each kind, of which only the establishments are needed; and their date where the name has none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, (label, help_text) in FILES.items():
            self.fields[kind.value] = forms.FileField(
                label=label,
                help_text=help_text,
                required=kind == Kind.ESTABLISHMENTS,
                max_length=200,
                widget=forms.FileInput(attrs={"accept": ".csv,.gz,.zip"}),
                error_messages={
                    "required": "Choose the establishments file",
                    "empty": "The file is empty. Download it again",
                    "max_length": "The file’s name is longer than 200 characters. Give it a shorter one",
                },
            )
        self.fields["as_at"] = DateBoxesField(
            label="Date of the register",
            required=False,
            help_text="Only where neither the establishments file nor the one inside a .zip is named by its date.",
        )
        self.fields["as_history"] = forms.BooleanField(
            label="Keep as history",
            required=False,
            help_text="For a register older than the last one applied: its rows are kept, and no school is changed.",
        )

    def clean_as_at(self) -> date | None:
        day = self.cleaned_data["as_at"]
        if day and day > today():
            raise ValidationError("The register’s date must not lie in the future")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for kind, file in self.files_by_kind.items():
            if (file.size or 0) > MOST_BYTES:
                self.add_error(
                    kind, f"The file is larger than {_MOST} MB. Upload the register’s own file, or its .zip or .gz"
                )
        main = cleaned.get(Kind.ESTABLISHMENTS.value)
        if main and "as_at" not in self.errors and not (cleaned.get("as_at") or date_in_name(main.name)):
            cleaned["as_at"] = date_told(main.name, main.file, ESTABLISHMENTS)
            if cleaned["as_at"] is None:
                self.add_error("as_at", "Enter the day of the register: the file’s name has no date")
        return cleaned

    def name_chosen(self) -> None:
        """Of a form that comes back: say beside each box which file was chosen. A browser does not keep them."""
        for kind, file in self.files.items():
            if kind in self.fields:
                self[kind].help_text = f"You chose {file.name}. Choose it again, or another"

    @property
    def files_by_kind(self) -> dict[str, UploadedFile]:
        return {kind.value: file for kind in FILES if (file := self.cleaned_data.get(kind.value))}


class RegisterImportApplyForm(GovForm, forms.Form):
    """Whether a person has looked at what holds the files."""

    mark_optional = False
    has_looked = forms.BooleanField(
        label="I have looked at it: apply these files all the same",
        required=False,
        help_text="Rows that cannot be read, or stand there twice, are left out. Your name is recorded with the files.",
    )
