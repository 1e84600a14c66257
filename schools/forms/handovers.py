"""Forms of handing a school over: what is offered, and the answer."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from hubportal.kit.forms import GovForm, HintedCheckboxes, HintedRadioSelect, LongTextField
from hubportal.kit.wording import long_date
from schools import handing
from schools.models import Handover

HISTORY, PEOPLE = "history", "people"


class HandoverOfferForm(GovForm, forms.Form):
    """With or without the history, private notes only if ticked, and a word to the other hub."""

    what = forms.ChoiceField(
        label="What do you offer?",
        choices=[(HISTORY, "The school with its history"), (PEOPLE, "The school without its history")],
        widget=HintedRadioSelect(
            hints={
                HISTORY: "Contacts, logged conversations with judgements, attempts, open actions and the timeline. "
                "Never drafts, or what was withdrawn from the school.",
                PEOPLE: "Only the people you know there now.",
            }
        ),
        error_messages={"required": "Choose what you offer"},
    )
    with_private_notes = forms.BooleanField(
        label="Our private notes too, and the notes of attempts",
        required=False,
        help_text="They were written for your hub alone. A partner’s own notes never go.",
    )
    note = LongTextField(
        label="Note to the other hub",
        max_length=500,
        rows=3,
        required=False,
        help_text="They read it before they answer. No pupil names, no safeguarding matters, and nothing that should "
        "wait until they accept.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("what") == PEOPLE and data.get("with_private_notes"):
            self.add_error("with_private_notes", "Private notes go only with the history. Untick them, or offer it")
        data["with_history"] = data.pop("what", "") == HISTORY
        return data


class HandoverAnswerForm(GovForm, forms.Form):
    """Yes or no, and why not."""

    ACCEPT, DECLINE = "accept", "decline"
    answer = forms.ChoiceField(
        label="Your answer",
        choices=[(ACCEPT, "Accept"), (DECLINE, "Decline")],
        widget=HintedRadioSelect(hints={ACCEPT: "It is copied into your hub at once.", DECLINE: "Nothing is copied."}),
        error_messages={"required": "Choose whether you accept"},
    )
    reason = LongTextField(
        label="Why you decline",
        max_length=500,
        rows=3,
        required=False,
        help_text="The other hub reads it. No pupil names, no safeguarding matters.",
    )


class HandoverAnswerAllForm(HandoverAnswerForm):
    """The same answer for several offers: those that are ticked. `rows` are those that wait."""

    offers = forms.MultipleChoiceField(
        label="Which schools?",
        widget=HintedCheckboxes,
        error_messages={
            "required": "Tick at least one school",
            "invalid_choice": "One of these schools no longer waits for your answer. Look at what is ticked, and send "
            "it again",
        },
    )
    field_order = ["offers", "answer", "reason"]

    def __init__(self, *args: Any, rows: Iterable[Handover], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(each.uuid): each for each in rows}
        choices = [(key, each.school.name) for key, each in self.rows.items()]
        self.fields["offers"].choices = choices
        self.fields["offers"].initial = list(self.rows)
        self.fields["offers"].widget.hints = {key: self._hint(each) for key, each in self.rows.items()}
        self.fields["answer"].widget.hints = {
            self.ACCEPT: "What is offered of each is copied into your hub at once.",
            self.DECLINE: "Nothing is copied.",
        }

    def clean_offers(self) -> list[Handover]:
        return [self.rows[key] for key in self.cleaned_data["offers"]]

    @staticmethod
    def _hint(row: Handover) -> str:
        what = "with its history" if row.with_history else "without its history"
        notes = ", private notes included" if row.with_private_notes else ""
        return f"{row.school.urn_words}. From {row.giver}, {what}{notes}: {handing.in_words(row.counts)}."


class HandoverWithdrawAllForm(GovForm, forms.Form):
    """Which offers are taken back. `rows` wait for an answer; `given` are all that the hub made, so that what was
    answered meanwhile is said."""

    offers: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        queryset=None,
        to_field_name="uuid",
        label="Which offers?",
        widget=HintedCheckboxes,
        error_messages={
            "required": "Tick at least one offer",
            "invalid_choice": "One of these offers is not yours. Look at what is ticked, and send it again",
            "invalid_pk_value": "One of these offers was not found. Look at what is ticked, and send it again",
        },
    )

    def __init__(self, *args: Any, rows: Iterable[Handover], given: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["offers"]
        field.queryset = given
        field.choices = [(str(each.uuid), each.school.name) for each in rows]
        field.initial = [str(each.uuid) for each in rows]
        field.widget.hints = {str(each.uuid): self._hint(each) for each in rows}

    @staticmethod
    def _hint(row: Handover) -> str:
        what = "with its history" if row.with_history else "without its history"
        return f"{row.school.urn_words}. To {row.receiver}, {what}, offered on {long_date(row.offered_at)}."
