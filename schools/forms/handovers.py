"""Forms of handing a school over: what is offered, and the answer."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from hubportal.kit.forms import GovForm, HintedCheckboxes, HintedRadioSelect, LongTextField
from hubportal.kit.wording import long_date
from schools import handing
from schools.models import Handover

HISTORY, PEOPLE = "history", "people"
NOT_YOURS = "One of these offers is not yours. Look at what is ticked, and send it again"


class HandoverOfferForm(GovForm, forms.Form):
    """With or without the history, private notes only if ticked, and a word to the other hub."""

    what = forms.ChoiceField(
        label="What do you offer?",
        choices=[(HISTORY, "The school with its history"), (PEOPLE, "The school without its history")],
        widget=HintedRadioSelect(
            hints={
                HISTORY: "Contacts, facts on its music, logged conversations with judgements, attempts, open actions, "
                "what you said of its development plans, and the timeline. Never drafts, or what was withdrawn from "
                "the school.",
                PEOPLE: "The people you know there now, and what holds of its music: Artsmark, Music Mark, who "
                "teaches it.",
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
            said = "Private notes go only with the history. Untick them, or offer the history too"
            self.add_error("with_private_notes", said)
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


class OffersField(forms.ModelMultipleChoiceField):
    """Which of several offers. The form shows those that wait; what is ticked may be any of the hub's (`whole`), so
    that one answered or taken back meanwhile is told by itself and does not hold up the others."""

    widget = HintedCheckboxes

    def show(self, waiting: Iterable[Handover], *, whole: QuerySet[Handover], hint: Callable[[Handover], str]) -> None:
        """Show these, all ticked, each with its hint. No query of its own."""
        rows = list(waiting)
        self.queryset = whole
        self.choices = [(str(each.uuid), each.school.name) for each in rows]
        self.initial = [str(each.uuid) for each in rows]
        self.widget.hints = {str(each.uuid): hint(each) for each in rows}

    def _check_values(self, value: Any) -> QuerySet[Handover]:
        """As Django, in our own words: it names what was sent, and for what is no UUID leaves the field's messages
        aside."""
        try:
            return super()._check_values(value)
        except ValidationError as problem:
            raise ValidationError(NOT_YOURS, code="invalid_choice") from problem


class HandoverAnswerAllForm(HandoverAnswerForm):
    """The same answer for several offers: those that are ticked. `rows` are those that wait, of the `whole` that was
    ever offered to the hub."""

    offers = OffersField(
        queryset=None,
        to_field_name="uuid",
        label="Which schools?",
        error_messages={"required": "Tick at least one school"},
    )
    field_order = ["offers", "answer", "reason"]

    def __init__(self, *args: Any, rows: Iterable[Handover], whole: QuerySet[Handover], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offers"].show(rows, whole=whole, hint=self._hint)
        self.fields["answer"].widget.hints = {
            self.ACCEPT: "What is offered of each is copied into your hub at once.",
            self.DECLINE: "Nothing is copied.",
        }

    @staticmethod
    def _hint(row: Handover) -> str:
        what = "with its history" if row.with_history else "without its history"
        notes = ", private notes included" if row.with_private_notes else ""
        return f"{row.school.urn_words}. From {row.giver}, {what}{notes}: {handing.in_words(row.counts)}."


class HandoverWithdrawAllForm(GovForm, forms.Form):
    """Which offers are taken back. `rows` are those that wait for an answer, of the `whole` that the hub ever made."""

    offers = OffersField(
        queryset=None,
        to_field_name="uuid",
        label="Which offers?",
        error_messages={"required": "Tick at least one offer"},
    )

    def __init__(self, *args: Any, rows: Iterable[Handover], whole: QuerySet[Handover], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offers"].show(rows, whole=whole, hint=self._hint)

    @staticmethod
    def _hint(row: Handover) -> str:
        what = "with its history" if row.with_history else "without its history"
        return f"{row.school.urn_words}. To {row.receiver}, {what}, offered on {long_date(row.offered_at)}."
