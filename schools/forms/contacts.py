"""Forms about whom a hub knows at a school."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from hubportal.kit.forms import DateBoxesField, GovForm, HintedRadioSelect
from hubportal.kit.wording import listed
from schools.actions.contact_merging import CHOICES
from schools.contact_values import LABELS, same, shown
from schools.forms.people import OrganisationField
from schools.models import Contact, School

# What the fields are called where the person works for an organisation that is no school.
OF_AN_ORGANISATION = {
    "job_title": "Role at the organisation",
    "is_leader": "Leads it, or answers for the organisation",
    "shared_with_partners": "Partners who work with this organisation may see this contact",
}


class ContactForm(GovForm, forms.ModelForm):
    """A person at a school."""

    class Meta:
        model = Contact
        fields = ["name", "job_title", "email", "phone", "is_music_lead", "is_leader", "shared_with_partners"]
        labels = {
            "name": "Full name",
            "job_title": "Role at the school",
            "is_music_lead": "Leads music",
            "is_leader": "Head, or a senior leader who answers for the school",
            "shared_with_partners": "Partners who work at this school may see this contact",
        }
        help_texts = {
            "job_title": "For example, head of music",
            "is_leader": "Every conversation that is shared goes to a leader.",
            "shared_with_partners": "",
        }
        widgets = {
            "phone": forms.TextInput(attrs={"class": "govuk-input--width-20", "type": "tel", "autocomplete": "off"}),
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        }
        error_messages = {
            "email": {"invalid": "Enter an email address in the right form, like name@example.com"},
        }

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if school.is_organisation:
            for name, label in OF_AN_ORGANISATION.items():
                self.fields[name].label = label
            self.fields["job_title"].help_text = "For example, director of music"

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class ContactPostsForm(ContactForm):
    """A person with posts elsewhere: a change of name or address is asked for all of them."""

    everywhere = forms.BooleanField(
        required=False,
        initial=True,
        help_text="Where the posts hold the same now. Role and ticks stay as they are.",
    )

    field_order = ["name", "email", "phone", "everywhere"]

    def __init__(self, *args: Any, posts: Sequence[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = posts
        self.fields[
            "everywhere"
        ].label = f"Change name, email and phone at {listed([post.school.name for post in posts])} too"

    @property
    def posts_to_change(self) -> Sequence[Contact]:
        return self.posts if self.cleaned_data.get("everywhere") else ()


class ContactPostForm(GovForm, forms.ModelForm):
    """Another post of somebody whom the hub knows already, at one of the `schools`. Where these are many, `found` are
    those that a search found: only they are shown."""

    class Meta(ContactForm.Meta):
        fields = ["job_title", "is_music_lead", "is_leader", "shared_with_partners"]

    def __init__(self, *args: Any, schools: QuerySet, found: Sequence[School] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        field = OrganisationField(
            label="Which school?",
            queryset=schools,
            to_field_name="urn",
            empty_label="Choose one",
            error_messages={"required": "Choose which school", "invalid_choice": "Choose a school from the list"},
        )
        if found is not None:
            field.widget = HintedRadioSelect(hints={str(each.urn): each.told_by for each in found})
            field.choices = [(str(each.urn), each.name) for each in found]
        self.fields = {"school": field, **self.fields}


class ContactMergeForm(GovForm, forms.Form):
    """Of each thing that two contacts hold differently: which to keep. What only one of them holds is kept."""

    def __init__(self, *args: Any, first: Contact, second: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {**LABELS, "user_id": "Signs in as"}
        for name in CHOICES:
            values = [getattr(contact, name) for contact in (first, second)]
            if same(name, *values):
                continue
            words = [_account(first), _account(second)] if name == "user_id" else [_choice(value) for value in values]
            only_second = values[0] in ("", None) and name != "left_on"
            marked = name in ("is_music_lead", "is_leader") and values[1]  # a mark that one of them has is not lost
            self.fields[name] = forms.ChoiceField(
                label=labels[name],
                choices=[("first", words[0]), ("second", words[1])],
                initial="second" if only_second or marked else "first",
                widget=forms.RadioSelect(attrs={"data-inline": ""}),
                error_messages={"required": f"Choose which to keep: {labels[name].lower()}"},
            )
        if "left_on" in self.fields and first.left_on:
            self.fields["left_on"].initial = "second"  # somebody who is still there has not left

    @property
    def taken(self) -> list[str]:
        """The names whose value the second one gives."""
        return [name for name, choice in self.cleaned_data.items() if choice == "second"]


def _choice(value: Any) -> str:
    """A value as a choice begins: "Yes", "Nothing"; what somebody wrote as they wrote it."""
    return shown(value).capitalize() if isinstance(value, bool) or value in (None, "") else shown(value)


def _account(contact: Contact) -> str:
    return f"{contact.user.name} ({contact.user.email})" if contact.user else "no account"


class ContactEndForm(GovForm, forms.Form):
    """The day on which somebody left a school."""

    left_on = DateBoxesField(label="When did they leave?")
