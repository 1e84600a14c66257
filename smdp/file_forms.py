"""Adding a picture or a document to a section, and removing it."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from hubportal.kit.forms import GovForm
from smdp.models import PlanFile

_MOST = settings.ATTACHED_MOST_BYTES // 1024**2
HINT = f"A PDF, a Word document (.docx) or a JPEG, PNG or WebP picture, up to {_MOST} MB."
REMOVALS = [
    ("section", "Take it off this section. The versions that were shared or adopted with it keep it"),
    ("everywhere", "Delete it everywhere, now: a parent no longer agrees, say, or it was the wrong file"),
]


class FileAddForm(GovForm, forms.Form):
    """The file, what it shows, and whether those whom a picture shows agree. What it is, its bytes say later."""

    file = forms.FileField(
        label="Picture or document",
        help_text=HINT,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.jpg,.jpeg,.png,.webp"}),
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty. Choose another",
            "max_length": "The file’s name is longer than 200 characters. Give it a shorter one",
        },
    )
    description = forms.CharField(
        label="What does it show, or say?",
        max_length=300,
        help_text="In a few words, for people who cannot see it. No pupils’ names.",
        error_messages={"required": "Say in a few words what it shows"},
    )
    consent = forms.ChoiceField(
        label="Who is in the picture?",
        required=False,
        choices=PlanFile.Consent.choices,
        widget=forms.RadioSelect,
        help_text="For a picture only. Your name and today’s date are recorded with your answer.",
    )
    mark_optional = False

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > settings.ATTACHED_MOST_BYTES:
            raise ValidationError(f"The file is larger than {_MOST} MB. Make it smaller, or put it into several")
        return file

    def name_chosen(self) -> None:
        """Of a form that comes back: say which file was chosen. A browser does not keep it."""
        if file := self.files.get("file"):
            self["file"].help_text = f"You chose {file.name}. Choose it again, or another. {HINT}"


class FileRemoveForm(GovForm, forms.Form):
    """From where. Asked of leaders, of a file that a version was frozen with."""

    where = forms.ChoiceField(label="What should happen to it?", choices=REMOVALS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, file: PlanFile, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["where"]
        elif file.removed_at:
            self.fields["where"].widget.choices = REMOVALS[1:]

    @property
    def everywhere(self) -> bool:
        return self.cleaned_data.get("where") == "everywhere"
