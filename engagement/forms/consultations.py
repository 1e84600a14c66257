"""Consultations: writing one with its questions, a school's answers, and "You said, we did"."""

from collections.abc import Sequence
from typing import Any

from django import forms

from engagement.consultations import questions as asking
from engagement.consultations.questions import LEVEL, ONE, SEVERAL, TEXT, Question, Wanted
from engagement.forms.conversations.fields import NO_NAMES
from engagement.forms.mailings import ToWhomForm
from engagement.forms.sharing import safe_words
from engagement.models import Consultation, Criterion
from engagement.models.consultations import LONGEST_INTRODUCTION
from engagement.models.mailings import LONGEST_SUBJECT
from hubportal.kit.drafts import typed
from hubportal.kit.forms import DateBoxesField, GovForm, HintedCheckboxes, HintedRadioSelect, LongTextField

LONGEST_ANSWER = 2000
MOST_PAIRS = 20


class ConsultationForm(typed.Typed, ToWhomForm):
    """What it is about, until when, and whom it asks."""

    mark_optional = False

    title = forms.CharField(
        label="Title", max_length=LONGEST_SUBJECT, help_text="It is the email’s subject too, and schools see it later."
    )
    introduction = LongTextField(
        label="What do you say to the schools?",
        max_length=LONGEST_INTRODUCTION,
        rows=6,
        help_text="It stands in the email, after “Dear” and the name, and above the questions. Plain text. "
        "No pupil names, no safeguarding matters.",
    )
    closes_on = DateBoxesField(
        label="Until when can they answer?", help_text="The last day. Two or three weeks is usual."
    )

    field_order = ("title", "introduction", "closes_on", "which", "whom", "query")

    @property
    def facts(self) -> dict[str, Any]:
        """What the action takes, but for the words of the list and the questions."""
        said = self.cleaned_data
        kept = {name: said[name] for name in ("title", "introduction", "closes_on", "whom")}
        return {**kept, "query": self.schools_query}


class QuestionForm(typed.Typed):
    """One question; a row left empty is none."""

    mark_optional = False

    ask = forms.CharField(label="What do you ask?", max_length=300, required=False)
    kind = forms.ChoiceField(label="They answer by", choices=list(asking.KINDS.items()), required=False)
    options = forms.CharField(
        label="The choices",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"For one or several choices: one a line. {NO_NAMES}",
    )
    code = forms.ChoiceField(
        label="About",
        required=False,
        help_text="For placing themselves from 1 to 4. Where you ask nothing above, they are asked where they would "
        "place themselves in it.",
    )

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = {each.code: each for each in criteria}
        areas: dict[str, list[tuple[str, str]]] = {}
        for each in criteria:
            areas.setdefault(str(each.area), []).append((each.code, each.title))
        code: Any = self.fields["code"]
        code.choices = [("", "Choose"), *areas.items()]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["lines"] = list(
            dict.fromkeys(line.strip() for line in said.get("options", "").splitlines() if line.strip())
        )
        if not self.is_filled(said):
            return said
        kind = said.get("kind")
        if kind == LEVEL and not said.get("code"):
            self.add_error("code", "Choose what they place themselves in")
        if kind != LEVEL and not said.get("ask"):
            self.add_error("ask", "Enter the question, or empty its row")
        if kind in (ONE, SEVERAL) and not 2 <= len(said["lines"]) <= asking.MOST_OPTIONS:
            self.add_error("options", f"Enter from two to {asking.MOST_OPTIONS} choices, one a line")
        return said

    @staticmethod
    def is_filled(said: dict[str, Any]) -> bool:
        return bool(said.get("ask") or said.get("options") or said.get("code"))

    @property
    def wanted(self) -> Wanted | None:
        said = self.cleaned_data
        if not self.is_filled(said):
            return None
        kind = said["kind"] or TEXT
        lines = said["lines"] if kind in (ONE, SEVERAL) else []
        return Wanted(kind, said["ask"], lines, self.criteria.get(said["code"]) if kind == LEVEL else None)


class Questions(forms.BaseFormSet):
    """From the first question to the last."""

    def clean(self) -> None:
        if any(self.errors) or any(form.quiet for form in self.forms):
            return
        if not self.wanted:
            raise forms.ValidationError("Ask at least one question")
        if len(self.wanted) > asking.MOST:
            raise forms.ValidationError(f"Ask {asking.MOST} questions at most: a few get answered")

    @property
    def wanted(self) -> list[Wanted]:
        return [form.wanted for form in self.forms if form.wanted]


QuestionRows = forms.formset_factory(QuestionForm, formset=Questions, extra=1, max_num=asking.MOST + 5)


def as_typed(question: Question) -> dict[str, Any]:
    """A kept question as its row shows it."""
    options = "\n".join(words for _, words, _ in question["options"]) if question["kind"] in (ONE, SEVERAL) else ""
    return {"ask": question["ask"], "kind": question["kind"], "options": options, "code": question["code"]}


class ConsultationAnswerForm(typed.Typed):
    """The questions, over a post or a draft's values; and who answers, where that is not known by the sign-in."""

    mark_optional = False

    name = forms.CharField(label="Your name", max_length=120)
    job_title = forms.CharField(
        label="Your role at the school",
        max_length=120,
        help_text="Such as: music lead, head teacher. Your name and role are kept with the answers.",
    )

    def __init__(self, *args: Any, consultation: Consultation, asks_who: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consultation = consultation
        hint = safe_words(consultation.hub.safeguarding_contact)
        asked = {each["key"]: _field(each, hint) for each in consultation.questions}
        self.fields = {**asked, **(self.fields if asks_who else {})}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not self.values(said):
            raise forms.ValidationError("Answer at least one of the questions")
        return said

    def values(self, said: dict[str, Any]) -> dict[str, Any]:
        return asking.clean(self.consultation.questions, said)

    @property
    def who(self) -> dict[str, Any]:
        """Name and role as they were typed, where they are asked for."""
        return {name: self.cleaned_data[name] for name in ("name", "job_title") if name in self.fields}


class ClosingDayForm(GovForm, forms.Form):
    """Until when schools can answer one that was sent."""

    closes_on = DateBoxesField(label="Until when can they answer?", help_text="The last day: today, or later.")


def _field(question: Question, hint: str) -> forms.Field:
    ask, choices = question["ask"], list(asking.option_words(question).items())
    hints = {value: meaning for value, _, meaning in question["options"]}
    match question["kind"]:
        case "text":
            return LongTextField(label=ask, required=False, max_length=LONGEST_ANSWER, rows=3, help_text=hint)
        case "several":
            return forms.MultipleChoiceField(
                label=ask, required=False, choices=choices, widget=HintedCheckboxes, help_text="Choose all that apply."
            )
    return forms.ChoiceField(label=ask, required=False, choices=choices, widget=HintedRadioSelect(hints=hints))


class PairForm(typed.Typed):
    """What schools said, and what the hub did about it; a row left empty is none."""

    mark_optional = False

    said = LongTextField(label="You said", required=False, max_length=1000, rows=3, help_text=NO_NAMES)
    did = LongTextField(label="We did", required=False, max_length=1000, rows=3, help_text=NO_NAMES)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if bool(said.get("said")) != bool(said.get("did")) and not self.errors:
            empty, words = ("did", "Say what you did about it") if said.get("said") else ("said", "Say what they said")
            self.add_error(empty, f"{words}, or empty the row")
        return said


class Pairs(forms.BaseFormSet):
    """All of the page."""

    @property
    def pairs(self) -> list[dict[str, str]]:
        said = [form.cleaned_data for form in self.forms]
        return [{"said": each["said"], "did": each["did"]} for each in said if each.get("said")]


PairRows = forms.formset_factory(PairForm, formset=Pairs, extra=1, max_num=MOST_PAIRS)
