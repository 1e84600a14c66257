"""The front door: signed out it is the sign-in form, signed in it leads each person to a home of their own."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, path, reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.generic import TemplateView

from engagement.digests.sending import READERS, wish_of
from engagement.models import DigestWish
from hubportal.accounts.views import SignIn
from hubportal.navigation import NO_MEMBERSHIP, home_name
from schools.access import access_of


@method_decorator(login_not_required, name="dispatch")
class Home(View):
    """`/`: the sign-in form, or the way to the home of the person's first role."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return SignIn.as_view()(request)
        try:
            return redirect(reverse(home_name(request.user)))
        except NoReverseMatch:  # a home that is not built yet
            return redirect(NO_MEMBERSHIP)


class NoMembership(TemplateView):
    """For someone who has signed in and belongs nowhere (yet, or any more): says so, and whom to ask."""

    template_name = "pages/no_membership.html"


class AccountDetail(TemplateView):
    """Who one is here: name, email, roles; the way to a new password."""

    template_name = "account/account_detail.html"

    def get_context_data(self, **kwargs):
        memberships = access_of(self.request.user).memberships
        roles = [{"key": each.get_role_display(), "value": str(each.organisation)} for each in memberships]
        hears = any(each.role in READERS for each in memberships)
        how = DigestWish.How(wish_of(self.request.user)).label if hears else ""
        return super().get_context_data(roles=roles, digests=how, **kwargs)


urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("account/", AccountDetail.as_view(), name="account"),
    path("no-membership/", NoMembership.as_view(), name=NO_MEMBERSHIP),
]
