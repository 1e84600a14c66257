"""Forms of an agreed action: what has become of it, and who is to do it by when."""

from collections.abc import Iterable
from typing import Any

from django import forms

from engagement import rules
from engagement.actions.agreed import NO_REASON, NO_REOPENING_NOTE, NOTHING_SAID
from engagement.forms.conversations.fields import NO_NAMES, free_text
from engagement.models import AgreedAction
from hubportal.kit.forms import DateBoxesField, GovForm, HintedRadioSelect, LongTextField
from schools.models import Partner

State, Side = AgreedAction.State, AgreedAction.Side


class ActionUpdateForm(GovForm, forms.Form):
    """The state now, a note, and the reason where it is dropped. `seen` is the state that the page showed."""

    state = forms.ChoiceField(
        label="Where is it now?",
        choices=State.choices,
        widget=HintedRadioSelect(hints={State.DROPPED: "Say why below."}),
    )
    reason = LongTextField(
        label="Why it is dropped",
        max_length=500,
        rows=2,
        required=False,
        help_text=f"Only where you drop it. {NO_NAMES}",
    )
    note = LongTextField(label="Note", max_length=1000, rows=3, required=False)
    seen = forms.ChoiceField(choices=State.choices, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, action: AgreedAction, safeguarding: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.action = action
        self.fields["note"].help_text = free_text(_readers(action), safeguarding)
        # The choices of the page that was shown; whether they still stand, the action says.
        seen = self.data.get("seen") or action.state
        if seen in (State.DONE, State.DROPPED):
            self.fields["state"].choices = [
                (State(seen), State(seen).label),
                (State.TO_DO, "Open again: to do"),
                (State.IN_PROGRESS, "Open again: in progress"),
            ]
            self.fields["state"].widget.hints = {State.TO_DO: "Say why in the note.", State.IN_PROGRESS: ""}
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        state, note = said.get("state"), said.get("note")
        seen = said.get("seen") or self.action.state
        if state == State.DROPPED != seen and not said.get("reason"):
            self.add_error("reason", NO_REASON)
        if state in (State.TO_DO, State.IN_PROGRESS) and seen not in AgreedAction.OPEN_STATES and not note:
            self.add_error("note", NO_REOPENING_NOTE)
        if state == seen == self.action.state and not note:
            self.add_error("state", NOTHING_SAID)
        return said


class ActionEditForm(GovForm, forms.Form):
    """Whose it is, who is to do it, and by when."""

    whose = forms.ChoiceField(label="Whose", error_messages={"required": "Choose whose it is"})
    owner_name = forms.CharField(
        label="Who is to do it",
        max_length=120,
        help_text="A person or a role.",
        error_messages={"required": "Enter who is to do it"},
    )
    due_on = DateBoxesField(
        label="Due date", required=False, help_text="For example, 12 11 2026. Leave it empty for no date."
    )
    note = LongTextField(label="Why it changes", max_length=500, rows=2, required=False)

    def __init__(
        self, *args: Any, action: AgreedAction, partners: Iterable[Partner], safeguarding: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.action, self.partners = action, {whose(Side.PARTNER, each): each for each in partners}
        self.fields["whose"].choices = [
            (Side.HUB, f"The hub, {action.hub}"),
            (Side.SCHOOL, f"The {action.school.noun}, {action.school}"),
            *((key, each.name) for key, each in self.partners.items()),
        ]
        words = f"What it was before is kept as a note. {_readers(action)}"
        self.fields["note"].help_text = free_text(words, safeguarding)

    def clean(self) -> dict[str, Any]:
        """What `agreed.edit` takes: side and partner, in place of the one choice."""
        said = super().clean() or {}
        chosen = said.pop("whose", "")
        partner = self.partners.get(chosen)
        return {**said, "side": Side.PARTNER if partner else chosen, "partner": partner}

    def clean_due_on(self) -> Any:
        due_on, part = self.cleaned_data["due_on"], self.action.part
        is_new = due_on is not None and due_on != self.action.due_on
        if is_new and part and (problem := rules.due_problem(due_on, part.conversation.date)):
            raise forms.ValidationError(problem)
        return due_on


def whose(side: str, partner: Partner | None) -> str:
    """Side and partner as one choice."""
    return f"{side}:{partner.uuid}" if partner else side


def _readers(action: AgreedAction) -> str:
    """Who reads a note, in a sentence."""
    names = ["the hub", *([str(action.partner)] if action.partner else []), f"the {action.school.noun}"]
    words = f"{', '.join(names[:-1])} and {names[-1]} can read it"
    words = words[0].upper() + words[1:]
    return f"{words}." if action.shared_at else f"{words}, the {action.school.noun} once the action is shared with it."
