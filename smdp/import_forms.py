"""Bringing in a plan that was written elsewhere: choosing it, and saying what goes where."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from hubportal.kit.forms import GovForm, LongTextField
from hubportal.kit.word_files import words_in
from smdp import importing
from smdp.importing import Piece, Target

_MOST = settings.ATTACHED_MOST_BYTES // 1024**2
NOWHERE = "Not placed yet: keep it with the plan"


class PlanImportForm(GovForm, forms.Form):
    """A Word document, or words that were copied. Cleans to one rich text, `text`."""

    file = forms.FileField(
        label="A Word document",
        required=False,
        max_length=200,
        help_text=f"A .docx file of up to {_MOST} MB. Its pictures, headers and footers are not taken over.",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={
            "empty": "The file is empty. Choose another",
            "max_length": "The file’s name is longer than 200 characters. Give it a shorter one",
        },
    )
    words = LongTextField(
        label="Or its words",
        required=False,
        max_length=importing.MOST,
        rows=8,
        is_rich=True,
        help_text="Copy the plan in Word, or in any other program, and paste it here. "
        "No pupil names, no safeguarding matters: leave them out of what you copy.",
    )
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file, words = cleaned.get("file"), cleaned.get("words", "")
        if self.errors:
            return cleaned
        if bool(file) == bool(words):
            raise ValidationError(
                "Choose a Word document or paste words, not both"
                if file
                else "Choose a Word document, or paste its words"
            )
        if file:
            if file.size > settings.ATTACHED_MOST_BYTES:
                self.add_error("file", f"The file is larger than {_MOST} MB. Take its pictures out, or paste its words")
                return cleaned
            try:
                words = words_in(file)
            except ValidationError as error:
                self.add_error("file", error)
                return cleaned
        check(words)
        cleaned["text"] = words
        return cleaned


def check(text: str) -> None:
    """ValidationError where there are no words, or more than a plan has."""
    if not text.strip():
        raise ValidationError("No words were found in it. If they are a picture, type them instead")
    if len(text) > importing.MOST:
        raise ValidationError(
            f"It has {len(text):,} characters, and {importing.MOST:,} can be taken over at once. Bring it in two parts"
        )
    if len(importing.pieces(text)) > importing.MOST_PIECES:
        raise ValidationError(f"It has more than {importing.MOST_PIECES} headings. Bring it in two parts")


class PlanImportPlaceForm(forms.Form):
    """What goes where: one choice for each piece of `text`."""

    text = LongTextField(max_length=importing.MOST, widget=forms.HiddenInput)
    unplaced = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, to: Mapping[str, Target], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to = to

    def clean_text(self) -> str:
        check(self.cleaned_data["text"])
        return self.cleaned_data["text"]

    def pieces(self) -> list[Piece]:
        return importing.pieces(self.cleaned_data["text"])

    def chosen(self) -> Iterator[str]:
        """The question chosen for each piece; "" for none, and for one that this plan does not ask."""
        for at in range(len(self.pieces())):
            name = self.data.get(f"to-{at}", "")
            yield name if name in self.to else ""
