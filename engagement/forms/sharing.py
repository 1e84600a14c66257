"""Forms around a shared report: who receives it, the school's answer, taking it back, asking to meet."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from engagement.actions.sharing import NO_LEADER
from engagement.addressees import Addressee
from engagement.models import Response
from hubportal.kit.forms import GovForm, HintedCheckboxes, HintedRadioSelect, LongTextField

SAFE_WORDS = "No pupil names, and no safeguarding matters"


def safe_words(contact: str) -> str:
    """The sentence by every free text: what stays out of it, and whom to tell instead."""
    return (
        f"{SAFE_WORDS}: tell {contact} instead." if contact else f"{SAFE_WORDS}: tell your safeguarding lead instead."
    )


class PartShareForm(GovForm, forms.Form):
    """Who at the school receives it. At least one leader."""

    recipients = forms.MultipleChoiceField(
        label="Who receives it",
        widget=HintedCheckboxes,
        help_text="Each gets an email with a link. It always goes to a school leader.",
        error_messages={"required": "Choose who receives it, a school leader among them"},
    )

    def __init__(self, *args: Any, addressees: Sequence[Addressee], **kwargs: Any) -> None:
        self.addressees = {each.key: each for each in addressees}
        super().__init__(*args, **kwargs)
        field = self.fields["recipients"]
        field.choices = [(each.key, each.label) for each in addressees]
        field.widget.hints = {each.key: each.hint for each in addressees}

    def clean_recipients(self) -> list[Addressee]:
        chosen = [self.addressees[key] for key in self.cleaned_data["recipients"]]
        if not any(each.is_leader for each in chosen):
            raise ValidationError(NO_LEADER)
        return chosen


class PartWithdrawForm(GovForm, forms.Form):
    reason = LongTextField(
        label="Why it is withdrawn",
        max_length=1000,
        rows=4,
    )

    def __init__(self, *args: Any, safeguarding: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = (
            "Kept in the hub’s record. The school is told that it was withdrawn, not why. It may be disclosed under "
            f"freedom of information or subject access: write what you could defend. {safe_words(safeguarding)}"
        )


class PartRespondForm(GovForm, forms.Form):
    """The right of reply: accurate, accurate with more, not accurate, or simply read."""

    CHOICES = (
        (Response.Kind.ACCURATE, "Accurate"),
        (Response.Kind.ADD, "Accurate, and we would add …"),
        (Response.Kind.NOT_ACCURATE, "Not accurate, because …"),
        (Response.Kind.ACKNOWLEDGED, "We have read it, and have nothing to say about it"),
    )
    kind = forms.ChoiceField(
        label="Your school’s answer",
        choices=CHOICES,
        widget=HintedRadioSelect(
            hints={
                Response.Kind.ADD: "Write what you would add below.",
                Response.Kind.NOT_ACCURATE: "Write what is not accurate, and why, below.",
            }
        ),
        error_messages={"required": "Choose your school’s answer"},
    )
    text = LongTextField(label="What you would add, or what is not accurate and why", max_length=4000, required=False)

    def __init__(self, *args: Any, safeguarding: str = "", may_acknowledge: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_acknowledge:
            self.fields["kind"].choices = [each for each in self.CHOICES if each[0] not in Response.ACKNOWLEDGING]
        self.fields["text"].help_text = f"It stays beside the report, and the hub reads it. {safe_words(safeguarding)}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == Response.Kind.ADD and not data.get("text"):
            self.add_error("text", "Say what you would add")
        if data.get("kind") == Response.Kind.NOT_ACCURATE and not data.get("text"):
            self.add_error("text", "Say what is not accurate, and why")
        return data


class LinkRespondForm(PartRespondForm):
    """An answer by link: who answers is kept beside it."""

    name = forms.CharField(label="Your name", max_length=120)
    job_title = forms.CharField(
        label="Your role at the school",
        max_length=120,
        help_text="Such as: head teacher. Your name and role are kept with the answer.",
    )


class MeetingAskForm(GovForm, forms.Form):
    when = forms.CharField(
        label="When would suit you?",
        max_length=200,
        help_text="Such as: Tuesday or Thursday after 3.30.",
        error_messages={"required": "Say when would suit you"},
    )
    message = LongTextField(label="What would you like to talk about?", max_length=1000, rows=4, required=False)

    def __init__(self, *args: Any, safeguarding: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["message"].help_text = safe_words(safeguarding)
