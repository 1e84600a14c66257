"""Inviting people, and accepting an invitation."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from hubportal.accounts.models import User
from hubportal.kit.forms import GovForm, HintedRadioSelect
from schools.access import access_of
from schools.models import Invitation, School
from schools.permissions import organisations_to_give, roles_to_give
from schools.roles import Role

# What names an organisation in a form: a public number or a UUID, never a serial key.
NAMED_BY = {"hub": "uuid", "partner": "uuid", "school": "urn", "trust": "group_uid"}
WHICH = {"hub": "Which hub?", "partner": "Which partner?", "school": "Which school?", "trust": "Which trust?"}


class RoleForm(GovForm, forms.Form):
    """The first question: which role."""

    role = forms.ChoiceField(label="What will they do?")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = roles_to_give(user)
        field = self.fields["role"]
        field.widget = HintedRadioSelect(hints={role.value: role.description for role in roles})
        field.choices = [(role.value, role.label) for role in roles]
        field.error_messages["required"] = "Choose what they will do"


class OrganisationField(forms.ModelChoiceField):
    """Hubs, partners, schools or trusts; schools with their town and URN, for many share a name."""

    def label_from_instance(self, row: Any) -> str:
        if isinstance(row, School):
            number = str(row.urn) if row.has_urn else "no URN yet"
            return f"{row.name}, {row.town} ({number})" if row.town else f"{row.name} ({number})"
        return str(row)


class InvitationForm(GovForm, forms.Form):
    """Whom to invite to a role, and where. With one organisation to choose from there is nothing to choose."""

    name = forms.CharField(label="Full name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label="Email address",
        help_text="Their own address at work. The invitation goes there, and they sign in with it.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": "Enter an email address in the right form, like name@example.com"},
    )
    may_acknowledge = forms.BooleanField(
        label="They may acknowledge reports, as a leader does", required=False, help_text="You can change this later."
    )

    def __init__(self, *args: Any, user: User, role: Role, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = organisations_to_give(user, role)
        found = list(rows[:2])
        self.only = found[0] if len(found) == 1 else None
        if self.only is None:
            field = OrganisationField(
                label=WHICH[role.scope],
                queryset=rows,
                to_field_name=NAMED_BY[role.scope],
                empty_label="Choose one",
                error_messages={
                    "required": f"Choose which {role.scope}",
                    "invalid_choice": f"Choose a {role.scope} from the list",
                },
            )
            self.fields = {"organisation": field, **self.fields}
        if role != Role.SCHOOL_EDITOR or not access_of(user).led_school_ids:
            del self.fields["may_acknowledge"]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    @property
    def organisation(self) -> Any:
        """The organisation chosen, or the only one."""
        return self.only or self.cleaned_data["organisation"]


class NewPersonForm(GovForm, forms.Form):
    """Somebody new accepts: their name and a password."""

    name = forms.CharField(label="Full name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label="Choose a password",
        strip=False,
        help_text="At least 10 characters. Three words that nobody would put together are good.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        person = User(email=self.invitation.email, name=self.cleaned_data.get("name", ""))
        try:
            password_validation.validate_password(password, person)
        except ValidationError as problem:
            raise ValidationError(list(problem.messages)) from problem
        return password
