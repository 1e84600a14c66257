"""What becomes of a school's records, and which school it became."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from hubportal.kit.forms import GovForm, HintedCheckboxes, HintedRadioSelect, LongTextField
from hubportal.kit.wording import long_date
from schools.models import School, Succession
from schools.reasons import names_of

MOVE, COPY, DISMISS = "move", "copy", "dismiss"


def _note() -> LongTextField:
    return LongTextField(
        label="Note",
        required=False,
        max_length=300,
        rows=3,
        help_text="Why, for your hub’s people. Schools do not see it. No pupil names, no safeguarding matters.",
    )


class SuccessionForm(GovForm, forms.Form):
    """Move, copy or leave, with a note. `decision` comes ticked only where the register leaves no other choice, and
    nobody has decided before."""

    decision = forms.ChoiceField(label="What should happen to your hub’s records?")
    note = _note()

    def __init__(self, *args: Any, succession: Succession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old, new = names_of(succession)
        field = self.fields["decision"]
        field.widget = HintedRadioSelect(
            hints={
                MOVE: "All of it goes over, people who sign in too. The old school’s address leads to the new one.",
                COPY: (
                    "For schools that both go on, and for a school that was split. Contacts, our contact, people who "
                    "sign in and the timeline stand at both, and so does a development plan once "
                    f"{old} has closed. Conversations and what was shared of a plan stay with {old}, and the copied "
                    "timeline leads to them."
                ),
                DISMISS: "Nothing goes over, and it is not proposed again.",
            }
        )
        field.choices = [
            (MOVE, f"Move everything to {new}"),
            (COPY, "Copy what both need"),
            (DISMISS, "Leave things as they are"),
        ]
        field.error_messages["required"] = "Choose what should happen to your hub’s records"


class SuccessionMoveAllForm(GovForm, forms.Form):
    """Several whose records go over alike: those that are ticked. `rows` are those that wait, `held` says by school id
    what goes over."""

    successions = forms.MultipleChoiceField(
        label="Which schools?",
        widget=HintedCheckboxes,
        error_messages={
            "required": "Tick at least one school",
            "invalid_choice": "One of these schools has been decided meanwhile. Look at what is ticked, and press "
            "again",
        },
    )
    note = _note()

    def __init__(self, *args: Any, rows: Iterable[Succession], held: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(each.uuid): each for each in rows}
        field = self.fields["successions"]
        field.choices = [(key, " → ".join(names_of(each))) for key, each in self.rows.items()]
        field.initial = list(self.rows)
        field.widget.hints = {
            key: f"{_closed(each.predecessor)}; now {each.successor.told_by}. Goes over: {held[each.predecessor_id]}."
            for key, each in self.rows.items()
        }

    def clean_successions(self) -> list[Succession]:
        return [self.rows[key] for key in self.cleaned_data["successions"]]


class SuccessionUndoForm(GovForm, forms.Form):
    """Why it is undone."""

    note = _note()


class SuccessorForm(GovForm, forms.Form):
    """One of the schools that were found."""

    school = forms.ChoiceField(label="Which school did it become?", widget=HintedRadioSelect)

    def __init__(self, *args: Any, found: Sequence[School], is_match: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {str(each.urn): each for each in found}
        field = self.fields["school"]
        field.widget = HintedRadioSelect(hints={urn: _hint(each) for urn, each in self.found.items()})
        field.choices = [(urn, each.name) for urn, each in self.found.items()]
        field.error_messages["required"] = "Choose the school that it became"
        if is_match:  # of a school added by hand
            field.label, field.error_messages["required"] = "Which school is it?", "Choose the school that it is"

    def clean_school(self) -> School:
        return self.found[self.cleaned_data["school"]]


def _closed(school: School) -> str:
    closed = f"closed {long_date(school.close_date)}" if school.close_date else school.get_status_display()
    return f"{school.urn_words}, {closed}"


def _hint(school: School) -> str:
    opened = f"opened {long_date(school.known_open_date)}" if school.known_open_date else ""
    return " · ".join(
        filter(None, [school.urn_words, school.get_status_display(), opened, school.town, school.postcode])
    )
