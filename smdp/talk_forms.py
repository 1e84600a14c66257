"""The forms by which people talk about a section of a plan, and by which the school asks others into it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.http import QueryDict

from engagement.forms.conversations.fields import NO_NAMES
from hubportal.accounts.models import User
from hubportal.kit.drafts import typed
from hubportal.kit.forms import GovForm, LongTextField
from smdp import mentions
from smdp.forms import SectionBook
from smdp.models import SectionAnswer, SectionComment, Side
from smdp.sections import Section


class CommentForm(GovForm, forms.Form):
    """What somebody says about a section, who reads it beside the school, and whom it names."""

    text = LongTextField(label="Your comment", max_length=SectionComment.LONGEST, help_text=NO_NAMES)
    readers = forms.MultipleChoiceField(
        label="Who else reads it?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Those who write this plan read it in any case.",
    )
    told = forms.MultipleChoiceField(
        label="Whom do you want to tell by email?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The email says that there is a comment, and not what it says. "
        "An @ before somebody’s full name in the comment tells them too.",
    )

    def __init__(self, *args: Any, outside: Mapping[Side, str], people: Mapping[User, Side], **kwargs: Any) -> None:
        """`outside` are the hub and the trust by name, as far as one chooses whether they read it; `people` whom it
        can name."""
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in people}
        self.sides = people
        choices = {
            "readers": list(outside.items()),
            "told": [(pk, self._named(user)) for pk, user in self.people.items()],
        }
        for name, offered in choices.items():
            field: Any = self.fields[name]
            field.choices = offered
            if not offered:
                del self.fields[name]

    def _named(self, user: User) -> str:
        side = self.sides[user]
        return str(user) if side == Side.SCHOOL else f"{user} ({side.label.lower()})"

    @property
    def named(self) -> list[User]:
        """Whom a valid comment tells: those ticked, and those written with an @."""
        at = mentions.named_in(self.cleaned_data["text"], self.people.values())
        ticked = self.cleaned_data.get("told", [])
        return [user for pk, user in self.people.items() if pk in ticked or user in at]

    @property
    def can_name(self) -> list[str]:
        """Whom a comment can name, as they are written: "Priya Nair (hub)"."""
        return [self._named(user) for user in self.people.values()]

    @property
    def who_reads(self) -> set[Side]:
        """Who reads a valid comment beside the school: those ticked, and those of whom it names somebody."""
        return {Side(each) for each in self.cleaned_data.get("readers", [])} | {self.sides[each] for each in self.named}


class GuestForm(GovForm, forms.Form):
    """Whom a leader asks into a section."""

    side = forms.ChoiceField(
        label="Who may read this section as it is written?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Select who may read this section",
            "invalid_choice": "Select your hub or your trust",
        },
    )
    may_write = forms.BooleanField(
        label="They may also write in it for us",
        required=False,
        help_text="What they write is marked until one of you confirms it.",
    )

    def __init__(self, *args: Any, outside: Mapping[Side, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["side"]
        field.choices = [(side, f"{name} (your {side.label.lower()})") for side, name in outside.items()]


class SectionAskForm(GovForm, forms.Form):
    """Whom a leader asks by an emailed link."""

    name = forms.CharField(label="Full name", max_length=120)
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        help_text="Their own address: the code that opens the link is sent to it.",
        error_messages={"invalid": "Enter an email address, such as name@school.example"},
    )


class SectionGiveForm(typed.Typed):
    """Who answers a section by link."""

    prefix = SectionAnswer.WHO
    name = forms.CharField(label="Your name", max_length=120)
    job_title = forms.CharField(
        label="Your role",
        max_length=120,
        help_text="Such as: music teacher, choir leader. Your name and role are kept with the answers.",
    )

    def clean_name(self) -> str:
        """In one line: it goes into the subject of an email."""
        return " ".join(self.cleaned_data["name"].split())


class AnswerBook(SectionBook):
    """The questions of a section, and who answers them."""

    def __init__(self, section: Section, data: QueryDict, *, quiet: bool = True) -> None:
        super().__init__(section, data, quiet=quiet, marks_public=True)
        self.who = SectionGiveForm(self.data, quiet=quiet)

    def parts(self) -> list[BaseForm | BaseFormSet]:
        return [*super().parts(), self.who]
