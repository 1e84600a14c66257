"""Only those of allauth's pages that the portal needs, under allauth's names, which its own code looks up."""

from allauth.account import views as allauth
from django.urls import path, re_path

from hubportal.accounts import views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-out/", allauth.LogoutView.as_view(), name="account_logout"),
    path("sign-in/not-active/", allauth.AccountInactiveView.as_view(), name="account_inactive"),
    path("password/change/", views.PasswordChange.as_view(), name="account_change_password"),
    path("password/forgotten/", views.PasswordForgotten.as_view(), name="account_reset_password"),
    path("password/forgotten/sent/", allauth.PasswordResetDoneView.as_view(), name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.PasswordNew.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "password/new/done/",
        allauth.PasswordResetFromKeyDoneView.as_view(),
        name="account_reset_password_from_key_done",
    ),
]
