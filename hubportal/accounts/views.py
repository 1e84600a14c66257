"""Sign-in, sign-out and passwords: allauth's views with our forms."""

from allauth.account import views as allauth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hubportal.accounts import forms


class SignIn(allauth.LoginView):
    form_class = forms.SignInForm


class PasswordChange(allauth.PasswordChangeView):
    """Somebody who has no password yet gets one by email: there is no old one to ask for."""

    form_class = forms.PasswordChangeForm

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.has_usable_password():
            return redirect("account_reset_password")
        return super().dispatch(request, *args, **kwargs)


class PasswordForgotten(allauth.PasswordResetView):
    form_class = forms.PasswordForgottenForm


class PasswordNew(allauth.PasswordResetFromKeyView):
    form_class = forms.PasswordNewForm
