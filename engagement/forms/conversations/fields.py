"""The single forms. Each is bound to what a draft holds and stays quiet until it is asked to check: a draft may
hold anything."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from engagement import rules
from engagement.models import AgreedAction, Conversation, Participant
from hubportal.kit.drafts.typed import Row, Typed, rows_of
from hubportal.kit.forms import DateBoxesField, LongTextField
from schools.areas import outside
from schools.formerly import carried_since
from schools.models import Hub, Partner, School


def free_text(words: str, contact: str) -> str:
    """A hint with what must not be written, and whom to tell instead."""
    instead = f"tell {contact} instead" if contact else "tell your hub’s safeguarding contact instead"
    return f"{words} No pupil names, no safeguarding matters: {instead}.".strip()


NO_NAMES = "No pupil names, no safeguarding matters."


class CommonForm(Typed):
    """What is the same for every school: when, how, what kind, which strands, and the private notes."""

    how = forms.ChoiceField(
        label="How did you talk?",
        choices=Conversation.How.choices,
        widget=forms.RadioSelect(attrs={"data-inline": "1", "class": "govuk-radios--small choices--row"}),
    )
    date = DateBoxesField(label="When did you talk?", help_text="")
    minutes = forms.IntegerField(
        label="Minutes",
        required=False,
        help_text="About how long it took.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        error_messages={"invalid": f"Enter the minutes as a whole number from 1 to {rules.LONGEST_MINUTES}"},
    )
    kind = forms.ChoiceField(label="What kind of conversation was it?", choices=Conversation.Kind.choices)
    strands = forms.MultipleChoiceField(
        label="Which strands of the hub’s work did you touch?",
        required=False,
        help_text="The ten kinds of support in the Arts Council’s guidance. Tick all that came up.",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small choices--columns"}),
    )
    common_summary = LongTextField(label="What was said to every school", required=False, rows=8, max_length=8000)
    private_notes = LongTextField(label="Private notes", required=False, rows=4, max_length=8000)

    def __init__(
        self,
        *args: Any,
        hub: Hub,
        schools: Sequence[School],
        strands: Sequence[tuple[str, str]],
        contact: str,
        today: dt.date,
        partner: Partner | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.hub, self.schools, self.today = hub, schools, today
        self.on: dt.date | None = None  # as it was typed, even where it cannot be
        self.fields["strands"].choices = strands
        if len(schools) < 2:
            del self.fields["common_summary"]
        else:
            self.fields["common_summary"].help_text = free_text("Every school at the meeting reads this.", contact)
        whose = f"{partner}’s officers and the hub’s people" if partner else "your hub’s people"
        self.fields["private_notes"].help_text = free_text(
            f"Only {whose} see these. They may be disclosed under freedom of information or a subject access request: "
            "write what you could defend.",
            contact,
        )

    def clean_date(self) -> dt.date | None:
        self.on = on = self.cleaned_data["date"]
        if problem := rules.date_problem(on, self.schools, self.today, carried_since(self.schools)):
            raise ValidationError(problem)
        if lost := outside(self.hub, self.schools, on):
            raise ValidationError([rules.outside_problem(school, self.hub.name) for school in lost])
        return on

    def clean_minutes(self) -> int | None:
        minutes = self.cleaned_data["minutes"]
        if minutes is not None and (problem := rules.minutes_problem(minutes)):
            raise ValidationError(problem)
        return minutes


class OurPersonRow(Row):
    """Somebody on the hub's side."""

    content = ("name", "job_title")
    name = forms.CharField(label="Name", max_length=120)
    job_title = forms.CharField(label="Role", max_length=120, required=False)
    side = forms.ChoiceField(
        label="From", choices=[(Participant.Side.HUB, "The hub"), (Participant.Side.PARTNER, "A partner")]
    )


class TheirPersonRow(Row):
    """Somebody at the school whom the hub does not know as a contact yet."""

    content = ("name", "job_title")
    name = forms.CharField(label="Name", max_length=120)
    job_title = forms.CharField(label="Role", max_length=120, required=False)


class PartForm(Typed):
    """What concerns one school."""

    contacts = forms.MultipleChoiceField(
        label="Whom did you talk to?",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )
    summary = LongTextField(label="What was said", required=False, rows=6, max_length=8000)
    challenge = LongTextField(label="The question we put", required=False, rows=4)
    answer = LongTextField(label="The {noun}’s answer", required=False, rows=4)
    help_offered = LongTextField(label="The help we offered", required=False, rows=4)
    could_offer = LongTextField(label="What the {noun} could offer others", required=False, rows=4)
    next_on = DateBoxesField(label="When do you talk next?", required=False, help_text="")
    next_note = forms.CharField(label="What about?", required=False, max_length=200)

    HINTS = {
        "summary": "The {noun} reads this once you share it. Write what you both would call fair.",
        "challenge": "What an inspector, or a parent, would want to know.",
        "answer": "In their words, as near as you can.",
        "help_offered": "From the hub, a partner or another school.",
        "could_offer": "A strength that another school could learn from: a teacher, an ensemble, a scheme of work.",
        "next_note": "Such as: the Year 5 band, or the plan’s review.",
    }

    def __init__(self, *args: Any, contacts: Sequence[tuple[str, str]], contact: str, noun: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on: dt.date | None = None
        self.fields["contacts"].choices = contacts
        if not contacts:
            del self.fields["contacts"]
        for name, words in self.HINTS.items():
            self.fields[name].help_text = free_text(words.format(noun=noun), contact)
            self.fields[name].label = self.fields[name].label.format(noun=noun)

    def clean_next_on(self) -> dt.date | None:
        next_on = self.cleaned_data["next_on"]
        if next_on and self.on and (problem := rules.next_problem(next_on, self.on)):
            raise ValidationError(problem)
        return next_on


def _level(value: str) -> int | None:
    return int(value) if value else None


class JudgementForm(Typed):
    """One criterion: the school's own level, the hub's, the agreed one; any may be empty."""

    school_level = forms.TypedChoiceField(label="School’s own level", required=False, coerce=_level, empty_value=None)
    hub_level = forms.TypedChoiceField(label="Hub’s level", required=False, coerce=_level, empty_value=None)
    agreed_level = forms.TypedChoiceField(label="Agreed level", required=False, coerce=_level, empty_value=None)
    evidence = LongTextField(label="Evidence", required=False, rows=3, max_length=2000)
    next_step = LongTextField(label="Next step", required=False, rows=2, max_length=2000)
    mark_optional = False

    def __init__(self, *args: Any, levels: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("school_level", "hub_level", "agreed_level"):
            self.fields[name].choices = levels
        self.fields["evidence"].help_text = f"What you saw, heard or read. {NO_NAMES}"
        self.fields["next_step"].help_text = NO_NAMES

    @property
    def has_words(self) -> bool:
        """Whether the draft holds anything for this criterion."""
        return any(self[name].data for name in self.fields)


class FindingRow(Row):
    """An area that is covered well, or one for development."""

    content = ("heading", "text", "next_step", "criterion")
    heading = forms.CharField(label="In a few words", max_length=120, required=False)
    criterion = forms.ChoiceField(label="Belongs to", required=False)
    text = LongTextField(label="What you saw", required=False, rows=3, max_length=2000)
    next_step = LongTextField(label="Next step", required=False, rows=2, max_length=2000)
    row = forms.CharField(required=False, widget=forms.HiddenInput)
    mark_optional = False

    def __init__(
        self, *args: Any, criteria: Sequence[Any], titles: Mapping[str, str], with_next_step: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.titles = titles
        self.fields["criterion"].choices = criteria
        self.fields["text"].help_text = NO_NAMES
        self.fields["heading"].help_text = NO_NAMES
        self.fields["next_step"].help_text = NO_NAMES
        if not with_next_step:
            del self.fields["next_step"]

    def clean(self) -> None:
        said = self.cleaned_data
        said["heading"] = said.get("heading") or self.titles.get(said.get("criterion", ""), "")[:120]
        if not said["heading"]:
            self.add_error("heading", "Say in a few words what this is about, or choose what it belongs to")


class ActionRow(Row):
    """Something promised, by whom, until when."""

    content = ("what", "owner_name", "due_on")
    what = forms.CharField(label="What was agreed", max_length=300)
    side = forms.ChoiceField(label="Whose is it?")
    owner_name = forms.CharField(
        label="Who", max_length=120, required=False, help_text="A person or a role, such as “Music lead”."
    )
    due_on = DateBoxesField(label="By when", required=False, help_text="")
    row = forms.CharField(required=False, widget=forms.HiddenInput)
    mark_optional = False

    def __init__(self, *args: Any, sides: Sequence[tuple[str, str]], on: dt.date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["side"].choices = sides
        self.fields["what"].help_text = NO_NAMES
        self.fields["what"].error_messages["required"] = "Say what was agreed, or clear the rest of this action"

    def clean_due_on(self) -> dt.date | None:
        due_on = self.cleaned_data["due_on"]
        if due_on and self.on and (problem := rules.due_problem(due_on, self.on)):
            raise ValidationError(problem)
        return due_on


class CarriedForm(Typed):
    """What became of an action agreed earlier."""

    KEEP = ""
    state = forms.ChoiceField(
        label="How is it now?",
        required=False,
        choices=[
            (KEEP, "No change"),
            (AgreedAction.State.IN_PROGRESS, "In progress"),
            (AgreedAction.State.DONE, "Done"),
            (AgreedAction.State.DROPPED, "Dropped"),
        ],
    )
    note = LongTextField(label="Note", required=False, rows=2, max_length=1000, help_text=NO_NAMES)
    reason = forms.CharField(
        label="Why it was dropped", required=False, max_length=300, help_text=f"Only if it is dropped. {NO_NAMES}"
    )
    mark_optional = False

    def clean(self) -> None:
        if (
            self.cleaned_data.get("state") == AgreedAction.State.DROPPED
            and not self.cleaned_data.get("reason", "").strip()
        ):
            self.add_error("reason", "Say why the action was dropped")


OurPeople = rows_of(OurPersonRow)
TheirPeople = rows_of(TheirPersonRow)
Findings = rows_of(FindingRow)
Actions = rows_of(ActionRow)
