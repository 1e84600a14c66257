"""Training, joint visits and moderated conversations of our own people, and what is asked of them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from engagement.forms.conversations.fields import NO_NAMES
from engagement.models import ColleagueReview, Conversation, TrainingTopic
from hubportal.kit.forms import DateBoxesField, GovForm, LongTextField
from hubportal.kit.wording import long_date
from schools.access import today
from schools.models import Membership


def _not_to_come(on: dt.date) -> dt.date:
    if on > today():
        raise ValidationError("The date must be today or in the past")
    return on


class TrainingForm(GovForm, forms.Form):
    topic = forms.ChoiceField(
        label="What was it about?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the training was about"},
    )
    on = DateBoxesField(label="When was it?")
    provider = forms.CharField(
        label="Who gave it?",
        max_length=120,
        help_text="Such as Music Mark, the hub itself, or the safeguarding partnership.",
        error_messages={"required": "Say who gave the training"},
    )
    expires_on = DateBoxesField(
        label="Until when does it count?", required=False, help_text="Leave it empty where it does not run out."
    )

    def __init__(self, *args: Any, topics: Iterable[TrainingTopic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = {each.code: each for each in topics}
        self.fields["topic"].choices = [(code, each.name) for code, each in self.topics.items()]

    def clean_topic(self) -> TrainingTopic:
        return self.topics[self.cleaned_data["topic"]]

    def clean_on(self) -> dt.date:
        return _not_to_come(self.cleaned_data["on"])

    def clean_expires_on(self) -> dt.date | None:
        until, on = self.cleaned_data["expires_on"], self.cleaned_data.get("on")
        if until and on and until <= on:
            raise ValidationError(f"It must count until a day after {long_date(on)}, the day of the training")
        return until


KEPT = "kept"


class ColleagueReviewForm(GovForm, forms.Form):
    """Whom and which conversation are chosen by their uuids. What a `record` names stays to be chosen, though the
    colleague has left or the conversation is an old one."""

    kind = forms.ChoiceField(
        label="What was it?",
        choices=[
            (ColleagueReview.Kind.JOINT, "A joint visit: a colleague came along"),
            (ColleagueReview.Kind.MODERATED, "A moderated conversation: a colleague read the judgements again"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it was a joint visit or a moderated conversation"},
    )
    colleague = forms.ChoiceField(label="Which colleague?", error_messages={"required": "Choose the colleague"})
    conversation = forms.ChoiceField(
        label="Which conversation?",
        required=False,
        help_text="The newest that are logged. A joint visit can be recorded without one.",
    )
    on = DateBoxesField(label="When was it?")
    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=ColleagueReview.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of it"},
    )
    note = LongTextField(
        label="What did we learn?", required=False, max_length=300, rows=3, help_text=f"For ourselves. {NO_NAMES}"
    )

    def __init__(
        self,
        *args: Any,
        colleagues: Iterable[Membership],
        conversations: Iterable[tuple[Conversation, str]],
        record: ColleagueReview | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(held.uuid): held.user for held in colleagues}
        if record and record.colleague not in self.colleagues.values():
            self.colleagues[KEPT] = record.colleague
        self.conversations = {str(each.uuid): each for each, _ in conversations}
        self.fields["colleague"].choices = [
            ("", "Choose"),
            *((key, str(user)) for key, user in self.colleagues.items()),
        ]
        named = [(str(each.uuid), words) for each, words in conversations]
        kept = record.conversation if record else None
        if kept and str(kept.uuid) not in self.conversations:
            self.conversations[str(kept.uuid)] = kept
            named.append((str(kept.uuid), f"{long_date(kept.date)}, {kept}" if kept.date else str(kept)))
        self.fields["conversation"].choices = [("", "None of these"), *named]

    def clean_colleague(self) -> Any:
        return self.colleagues[self.cleaned_data["colleague"]]

    def clean_conversation(self) -> Conversation | None:
        chosen = self.conversations.get(self.cleaned_data["conversation"])
        if chosen is None and self.cleaned_data.get("kind") == ColleagueReview.Kind.MODERATED:
            raise ValidationError("Choose the conversation that was read again")
        return chosen

    def clean_on(self) -> dt.date:
        on, chosen = _not_to_come(self.cleaned_data["on"]), self.cleaned_data.get("conversation")
        if chosen and on < chosen.date:
            raise ValidationError(f"The date must be on or after {long_date(chosen.date)}, that of the conversation")
        return on


class ReadinessRulesForm(GovForm, forms.Form):
    topics = forms.MultipleChoiceField(
        label="In what is everybody to be trained?",
        required=False,
        help_text="Without it, or once it has run out, a person has a gap.",
        widget=forms.CheckboxSelectMultiple,
    )
    months = forms.IntegerField(
        label="Within how many months is one of their conversations to be moderated?",
        min_value=1,
        max_value=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Enter the months as a whole number from 1 to 60"
        ),
    )

    def __init__(self, *args: Any, topics: Iterable[TrainingTopic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = [(each.code, each.name) for each in topics]
