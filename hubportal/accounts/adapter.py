"""Where allauth asks the portal: nobody signs up unasked, and pages say in our own words what happened."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "That email address and password do not go together. Check both",
        "enter_current_password": "That is not your current password",
        "password_too_common": "That password is too easy to guess. Try three random words",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again, or set a new password",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come by invitation only."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/account/"

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Signing in needs no banner. Signing out is marked, so that this browser's copies of drafts are cleared."""
        name = (message_template or "").rsplit("/", 1)[-1]
        if name == "logged_in.txt":
            return
        if name == "logged_out.txt":
            kwargs["extra_tags"] = "signed-out"
        super().add_message(request, level, message_template, *args, **kwargs)
