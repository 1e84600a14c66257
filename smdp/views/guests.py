"""Whom the school asks into a section of its plan before it shares the whole."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from hubportal.accounts.models import User
from smdp import joint, talking
from smdp.actions import guests as actions
from smdp.models import SectionAnswer, SectionGuest, Side
from smdp.permissions import can_invite_guests
from smdp.talk_forms import GuestForm
from smdp.views.sections import SectionPage


class OpenedSection(SectionPage):
    """A section whose guests the person chooses."""

    def check(self, user: User) -> None:
        if not can_invite_guests(user, self.plan):
            raise PermissionDenied("A leader of the school says who reads a section of its plan.")


class GuestList(View):
    """Who besides the school reads the section now, and asking one more."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        page = OpenedSection(request, pk, key)
        return self.show(page, GuestForm(outside=talking.outside(page.plan.school)))

    def post(self, request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
        page = OpenedSection(request, pk, key)
        form = GuestForm(request.POST, outside=talking.outside(page.plan.school))
        if form.is_valid():
            side = Side(form.cleaned_data["side"])
            try:
                actions.invite(section=page.row, side=side, may_write=form.cleaned_data["may_write"], by=request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(
                    request, f"Your {side.label.lower()} reads this section now, and has an email about it."
                )
                return redirect("smdp:guest-list", pk, key)
        return self.show(page, form, status=400)

    def show(self, page: OpenedSection, form: GuestForm, status: int = 200) -> HttpResponse:
        guests = SectionGuest.objects.visible_to(self.request.user).standing().filter(section=page.row)
        names = talking.outside(page.plan.school)
        asked = SectionAnswer.objects.visible_to(self.request.user).filter(section=page.row)
        answers = list(asked.select_related("link__created_by", "settled_by"))
        context = {
            "plan": page.plan,
            "section": page.section,
            "written_with": joint.written_with(page.plan) if page.section.key not in joint.APART else (),
            "open_links": any(each.is_open for each in answers),
            "guests": [(each, names.get(Side(each.side), "")) for each in guests.select_related("invited_by")],
            "form": form,
            "answers": answers,
        }
        return render(self.request, "smdp/guest_list.html", context, status=status)


class GuestEnd(View):
    """The guest reads the section no more."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID, key: str, guest: UUID) -> HttpResponse:
        page = OpenedSection(request, pk, key)
        found = get_object_or_404(SectionGuest.objects.visible_to(request.user), section=page.row, uuid=guest)
        actions.end(guest=found, by=request.user)
        messages.success(
            request, f"Your {found.get_side_display().lower()} does not read what is written here any more."
        )
        return redirect("smdp:guest-list", pk, key)
