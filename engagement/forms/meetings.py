"""A meeting: setting it, agreeing to one that was asked for, moving it, and calling it off."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone

from engagement.actions.diary import Terms
from engagement.addressees import Addressee
from engagement.forms.sharing import safe_words
from engagement.meetings import public
from engagement.meetings.guests import Guest, of_addressees
from engagement.models import Conversation
from hubportal.accounts.models import User
from hubportal.kit.forms import ClockField, DateBoxesField, GovForm, HintedCheckboxes, LongTextField

MINUTES = (15, 30, 45, 60, 90, 120, 180, 240)
HOW = (Conversation.How.VISIT, Conversation.How.CALL, Conversation.How.VIDEO, Conversation.How.EVENT)
INLINE = {"class": "govuk-radios--small choices--row"}


def _length(minutes: int) -> str:
    if minutes < 60:
        return f"{minutes} minutes"
    hours, rest = divmod(minutes, 60)
    return f"{hours} hour{'s' if hours > 1 else ''}" + (f" {rest} minutes" if rest else "")


class TermsForm(GovForm, forms.Form):
    """When, how, where, and who goes."""

    date = DateBoxesField(label="Which day?")
    time = ClockField(label="At what time?")
    minutes = forms.TypedChoiceField(
        label="How long?", coerce=int, choices=[(each, _length(each)) for each in MINUTES], initial=60
    )
    how = forms.ChoiceField(
        label="How do you meet?",
        choices=[(each.value, each.label) for each in HOW],
        widget=forms.RadioSelect(attrs=INLINE),
        initial=Conversation.How.VISIT,
    )
    place = forms.CharField(
        label="Where?", max_length=200, required=False, help_text="A room, or another place. Empty: at the school."
    )
    video_link = forms.URLField(
        label="Link to the video call",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Enter a link that begins with https://"},
    )
    officer = forms.ChoiceField(label="Who goes for the hub?")

    def __init__(self, *args: Any, officers: Sequence[User], by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officers = {str(each.pk): each for each in officers}
        field: Any = self.fields["officer"]
        field.choices = [(key, str(each)) for key, each in self.officers.items()]
        field.initial = str(by.pk)

    def clean_officer(self) -> User:
        return self.officers[self.cleaned_data["officer"]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("date") and data.get("time"):
            try:
                data["starts_at"] = from_current_timezone(datetime.combine(data["date"], data["time"]))
            except ValidationError:
                self.add_error("time", "The clocks change in this hour. Choose another time")
        return data

    @property
    def terms(self) -> Terms:
        names = ("officer", "starts_at", "minutes", "how", "place", "video_link")
        return Terms(**{name: self.cleaned_data[name] for name in names})


class InvitingForm(TermsForm):
    """The same, and who is invited."""

    guests = forms.MultipleChoiceField(
        label="Who is invited?",
        required=False,
        widget=HintedCheckboxes,
        help_text="Each gets an email that their calendar can take. They need no account.",
    )
    other_name = forms.CharField(label="Somebody else: name", max_length=120, required=False)
    other_job_title = forms.CharField(label="Their role", max_length=120, required=False)
    other_email = forms.EmailField(label="Their email address", required=False)

    def __init__(self, *args: Any, addressees: Sequence[Addressee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.addressees = {each.key: each for each in addressees}
        field: Any = self.fields["guests"]
        field.choices = [(key, each.label) for key, each in self.addressees.items()]
        field.widget.hints = {key: each.hint for key, each in self.addressees.items()}
        if not addressees:
            del self.fields["guests"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("other_email") and not data.get("other_name"):
            self.add_error("other_name", "Enter the name of whom you invite")
        return data

    @property
    def invited(self) -> list[Guest]:
        data = self.cleaned_data
        found = of_addressees(self.addressees[key] for key in data.get("guests", []))
        if data["other_name"]:
            found.append(Guest(data["other_name"], data["other_job_title"], data["other_email"]))
        return found


class MeetingCreateForm(InvitingForm):
    message = LongTextField(label="What is it about?", max_length=600, rows=3, required=False)

    def __init__(self, *args: Any, safeguarding: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["message"].help_text = f"It stands in the invitation. {safe_words(safeguarding)}"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not self.invited:
            self.add_error("guests" if "guests" in self.fields else "other_name", "Say who is invited")
        return data


class MeetingAcceptForm(InvitingForm):
    note = LongTextField(label="A word with the invitation", max_length=300, rows=3, required=False)

    def __init__(self, *args: Any, safeguarding: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].help_text = f"Who asked, and who is invited, read it. {safe_words(safeguarding)}"


class MeetingMoveForm(TermsForm):
    reason = forms.CharField(
        label="Why?", max_length=300, help_text="Everybody invited reads it. No pupil names, no safeguarding matters."
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class MeetingCancelForm(GovForm, forms.Form):
    reason = forms.CharField(
        label="Why?", max_length=300, help_text="Everybody invited reads it. No pupil names, no safeguarding matters."
    )


class MeetingDeclineForm(GovForm, forms.Form):
    reason = forms.CharField(
        label="Why is it not possible?",
        max_length=300,
        help_text="Who asked reads it in an email: say what is possible. No pupil names, no safeguarding matters.",
    )


class MeetingSchoolForm(GovForm, forms.Form):
    """Which of the schools that were found it is."""

    school = forms.ChoiceField(
        label="Which school is it?", widget=forms.RadioSelect, error_messages={"required": "Choose the school"}
    )

    def __init__(self, *args: Any, schools: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = {str(each.urn): each for each in schools}
        field: Any = self.fields["school"]
        field.choices = [
            (urn, ", ".join(filter(None, [each.name, each.town, f"URN {urn}"]))) for urn, each in self.schools.items()
        ]

    def clean_school(self) -> Any:
        return self.schools[self.cleaned_data["school"]]


class MeetingPublicForm(GovForm, forms.Form):
    """Asking to meet without an account."""

    name = forms.CharField(label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    job_title = forms.CharField(
        label="Your role at the school", max_length=120, help_text="Such as: music lead, head teacher."
    )
    school = forms.CharField(
        label="Your school", max_length=200, help_text="Its whole name with the town, or its URN (six figures)."
    )
    email = forms.EmailField(
        label="Your work email address",
        help_text="The answer goes there.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label="Your phone number", max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "tel"})
    )
    when = forms.CharField(
        label="When would suit you?",
        max_length=200,
        help_text="Such as: Tuesday or Thursday after 3.30.",
        error_messages={"required": "Say when would suit you"},
    )
    message = LongTextField(label="What would you like to talk about?", max_length=1000, rows=4, required=False)
    # For programs, which fill in every box. People do not meet it; where a browser filled it in, they are told.
    website = forms.CharField(
        label="Leave this box empty",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, safeguarding: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["message"].help_text = safe_words(safeguarding)
        self.fields["website"].label = "Leave this box empty"

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError("Empty the last box: it is there to keep programs out. Then press the button again")
        return ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if problem := public.stamp_problem(data.get("stamp", "")):
            self.add_error(None, problem)
            if problem == public.TOO_OLD:
                self.data = {**self.data.dict(), "stamp": public.stamp()}
        return data
