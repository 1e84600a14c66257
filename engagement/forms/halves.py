"""The forms of the school's half: what is asked and of whom, the school's answers, and what is written down for it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BaseForm
from django.http import QueryDict

from engagement.addressees import Addressee
from engagement.forms.sharing import SAFE_WORDS, safe_words
from engagement.meetings import questions
from engagement.meetings.questions import Choice
from engagement.models import SchoolHalf
from hubportal.kit import drafts
from hubportal.kit.drafts import typed
from hubportal.kit.errors import summary_entries
from hubportal.kit.forms import DateBoxesField, GovForm, HintedCheckboxes, LongTextField

WHO = "who"  # what the names of those values begin with that say who answers
INLINE = {"data-inline": "1", "class": "govuk-radios--small choices--row"}


class HalfAskForm(GovForm, forms.Form):
    """Which questions, to whom, and a word with them."""

    codes = forms.MultipleChoiceField(
        label="What do you ask about?",
        required=False,
        widget=HintedCheckboxes,
        help_text=f"{questions.MOST_CRITERIA} at the most. The lowest levels, and what was not covered lately, are "
        "ticked. Every school is also asked what has changed, and what it wants from the meeting.",
    )
    recipients = forms.MultipleChoiceField(
        label="Who is asked?",
        widget=HintedCheckboxes,
        help_text="Each gets an email with a link, and needs no account. They may pass it on within the school.",
        error_messages={"required": "Choose who is asked"},
    )
    note = LongTextField(label="A word with the questions", required=False, max_length=1000, rows=3)

    def __init__(
        self, *args: Any, choices: Sequence[Choice], addressees: Sequence[Addressee], safeguarding: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.addressees = {each.key: each for each in addressees}
        codes: Any = self.fields["codes"]
        codes.choices = [(each.code, each.criterion.title) for each in choices]
        codes.widget.hints = {each.code: each.because for each in choices}
        codes.initial = [each.code for each in choices if each.because]
        recipients: Any = self.fields["recipients"]
        recipients.choices = [(each.key, each.label) for each in addressees]
        recipients.widget.hints = {each.key: each.hint for each in addressees}
        if len(addressees) == 1:
            recipients.initial = [addressees[0].key]
        self.fields["note"].help_text = f"The school reads it above the questions. {safe_words(safeguarding)}"

    def clean_codes(self) -> list[str]:
        codes: list[str] = self.cleaned_data["codes"]
        if len(codes) > questions.MOST_CRITERIA:
            raise forms.ValidationError(f"Choose {questions.MOST_CRITERIA} at the most: a few questions get answered")
        return codes

    def clean_recipients(self) -> list[Addressee]:
        return [self.addressees[key] for key in self.cleaned_data["recipients"]]


class HalfRemindForm(GovForm, forms.Form):
    recipients = forms.MultipleChoiceField(
        label="Who gets the link again?",
        widget=HintedCheckboxes,
        error_messages={"required": "Choose who gets the link"},
    )

    def __init__(self, *args: Any, addressees: Sequence[Addressee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.addressees = {each.key: each for each in addressees}
        field: Any = self.fields["recipients"]
        field.choices = [(each.key, each.label) for each in addressees]
        field.widget.hints = {each.key: each.hint for each in addressees}

    def clean_recipients(self) -> list[Addressee]:
        return [self.addressees[key] for key in self.cleaned_data["recipients"]]


class HalfWithdrawForm(GovForm, forms.Form):
    reason = forms.CharField(
        label="Why are they withdrawn?",
        max_length=300,
        help_text="Kept in the hub’s record. The school is not told why.",
    )


class QuestionsForm(typed.Typed):
    """The questions of a half, as they were sent."""

    mark_optional = False

    def __init__(self, *args: Any, half: SchoolHalf, **kwargs: Any) -> None:
        fields: dict[str, forms.Field] = {}
        for each in half.questions:
            if each["levels"]:
                choices = [(str(number), name) for number, name, _ in each["levels"]]
                fields[f"{each['key']}-level"] = forms.ChoiceField(
                    label=f"{each['title']}: where would you place yourselves?",
                    choices=[*choices, ("", "Not sure")],
                    required=False,
                    widget=forms.RadioSelect(attrs=INLINE),
                )
            hint = f"{each['hint']} {SAFE_WORDS}.".strip()
            fields[each["key"]] = LongTextField(
                label=each["ask"], help_text=hint, required=False, max_length=4000, rows=4
            )
        self.base_fields = fields
        super().__init__(*args, **kwargs)


class WhoForm(typed.Typed):
    """Who answers by link, or who said it where the hub writes it down."""

    prefix = WHO
    name = forms.CharField(label="Your name", max_length=120)
    job_title = forms.CharField(
        label="Your role at the school",
        max_length=120,
        help_text="Such as: music lead, head teacher. Your name and role are kept with the answers.",
    )


class SaidByForm(typed.Typed):
    """Who at the school said it, and when."""

    prefix = WHO
    name = forms.CharField(label="Who said it?", max_length=120)
    job_title = forms.CharField(label="Their role at the school", max_length=120)
    said_on = DateBoxesField(label="When did they say it?")


class HalfBook:
    """All forms of a half's page over a post or a draft's values. No query."""

    def __init__(
        self, half: SchoolHalf, data: QueryDict, *, who: type[typed.Typed] | None = None, quiet: bool = True
    ) -> None:
        self.half, self.data = half, data.copy()
        self.form = QuestionsForm(self.data, half=half, quiet=quiet)
        self.who = who(self.data, quiet=quiet) if who else None

    def parts(self) -> list[BaseForm]:
        return [self.form, *([self.who] if self.who else [])]

    def sections(self) -> list[dict[str, Any]]:
        """Each question with its bound fields, in order."""
        return [
            {
                "question": each,
                "level": self.form[f"{each['key']}-level"] if each["levels"] else None,
                "words": self.form[each["key"]],
            }
            for each in self.half.questions
        ]

    def shape(self) -> drafts.Shape:
        return drafts.shape_of(*self.parts())

    def is_valid(self) -> bool:
        checked = [each.is_valid() for each in self.parts()]
        return all(checked)

    def values(self) -> Mapping[str, Any]:
        return {name: self.form.cleaned_data.get(name, "") for name in self.form.fields}

    def problems(self) -> list[tuple[str, str]]:
        return [entry for each in self.parts() for entry in summary_entries(each)]
