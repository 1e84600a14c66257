"""allauth's forms in the portal's own words."""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from hubportal.kit.forms import GovForm

INVALID_EMAIL = "Enter an email address in the right form, like name@example.com"
NEW_HINT = "At least 10 characters. Three random words are hard to guess and easy to remember."


def _plain(form: forms.Form, labels: dict[str, str]) -> None:
    """Set labels; placeholders go (they vanish as one types)."""
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)
        form.fields[name].error_messages.pop("required", None)
        form.fields[name].error_messages["required"] = f"Enter {label[0].lower()}{label[1:]}"


class SignInForm(GovForm, allauth.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, {"login": "Email address", "password": "Password"})
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""
        for field, words in (("login", "your email address"), ("password", "your password")):
            self.fields[field].error_messages["required"] = f"Enter {words}"
        self.fields["login"].error_messages["invalid"] = INVALID_EMAIL

    def clean(self) -> dict[str, Any]:
        """What is wrong with both boxes together stands at the first of them, so that the summary leads there."""
        try:
            return super().clean()
        except ValidationError as problem:
            self.add_error("login", problem)
            return self.cleaned_data


class PasswordChangeForm(GovForm, allauth.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(
            self,
            {"oldpassword": "Current password", "password1": "New password", "password2": "New password again"},
        )
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = NEW_HINT


class PasswordForgottenForm(GovForm, allauth.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, {"email": "Email address"})
        self.fields["email"].help_text = "The one you sign in with."
        self.fields["email"].error_messages["invalid"] = INVALID_EMAIL

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send the link; to an address without an account, words that say so (allauth's own would offer to sign up)."""
        email = self.cleaned_data["email"]
        if self.users:
            return super().save(request, **kwargs)
        get_adapter().send_mail("account/email/unknown_account", email, {"request": request})
        return email


class PasswordNewForm(GovForm, allauth.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, {"password1": "New password", "password2": "New password again"})
        self.fields["password1"].help_text = NEW_HINT
