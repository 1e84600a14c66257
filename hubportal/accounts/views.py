"""Sign-in, sign-out and passwords: allauth's views with our forms."""

from allauth.account import views as allauth

from hubportal.accounts import forms


class SignIn(allauth.LoginView):
    form_class = forms.SignInForm


class PasswordChange(allauth.PasswordChangeView):
    form_class = forms.PasswordChangeForm


class PasswordForgotten(allauth.PasswordResetView):
    form_class = forms.PasswordForgottenForm


class PasswordNew(allauth.PasswordResetFromKeyView):
    form_class = forms.PasswordNewForm
