"""The forms in which a school says how the priorities of its plan go."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from engagement.forms.conversations.fields import NO_NAMES
from hubportal.kit.forms import GovForm, LongTextField
from smdp.actions.notes import NOTHING_SAID, Said
from smdp.forms import INLINE
from smdp.noting import Followed
from smdp.sections import RAG

LONGEST = 1000  # characters of a note


def _rag(**more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label="How it goes", choices=RAG, widget=forms.RadioSelect(attrs=INLINE), **more)


def _text(label: str, hint: str = "", **more: Any) -> LongTextField:
    return LongTextField(label=label, help_text=f"{hint} {NO_NAMES}".strip(), **{"max_length": LONGEST, **more})


class NoteForm(GovForm, forms.Form):
    """How one priority goes."""

    rag = _rag(error_messages={"required": "Choose how it goes"})
    text = _text("What has happened", "Your hub, your governors and your trust read it with the plan.", rows=4)

    def said(self, row: int) -> Said:
        """What a valid form says of a priority."""
        return Said(row, **self.cleaned_data)


class CheckInForm(GovForm, forms.Form):
    """How every priority goes, what has changed, and what help the school needs. Each may be left out."""

    mark_optional = False

    def __init__(self, *args: Any, priorities: Sequence[Followed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.priorities = priorities
        for each in priorities:
            self.fields[f"rag_{each.number}"] = _rag(required=False)
            self.fields[f"text_{each.number}"] = _text("What has happened", required=False, rows=2)
        label = "What has changed at your school since the plan was written?"
        self.fields["changed"] = _text(label, required=False, max_length=4000, rows=4)
        label = "What help do you need from your hub?"
        self.fields["help"] = _text(label, required=False, max_length=4000, rows=4)

    def rows(self) -> Iterator[tuple[Followed, BoundField, BoundField]]:
        """Each priority with its two questions."""
        for each in self.priorities:
            yield each, self[f"rag_{each.number}"], self[f"text_{each.number}"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for each in self.priorities:
            if said.get(f"text_{each.number}") and not said.get(f"rag_{each.number}"):
                self.add_error(f"rag_{each.number}", f"Choose how “{each.words}” goes")
        if not any(self.data.get(self.add_prefix(name), "").strip() for name in self.fields):
            self.add_error(None, NOTHING_SAID.rstrip("."))
        return said

    def said(self) -> list[Said]:
        """What a valid form says of the priorities."""
        said = self.cleaned_data
        found = ((each.number, said[f"rag_{each.number}"], said[f"text_{each.number}"]) for each in self.priorities)
        return [Said(*each) for each in found if each[1]]
