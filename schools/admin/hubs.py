"""Hubs, their areas and partners, memberships, invitations and code lists, for platform administrators."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.html import format_html_join

from hubportal.accounts.models import User
from hubportal.kit.wording import clock, long_date
from schools.access import today
from schools.actions import invitations
from schools.actions.memberships import check_a_manager_stays
from schools.models import (
    Commission,
    EstablishmentType,
    Hub,
    HubArea,
    Invitation,
    Membership,
    Partner,
    RegisterCode,
    School,
)
from schools.roles import SCOPES, Role

PLACES = ("hub", "partner", "school", "trust")


class Kept(admin.ModelAdmin):
    """Rows that are ended, never deleted. Hubs and partners are chosen from plain lists: Django's searching ones have
    no name for those who cannot see them."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AreaFormSet(forms.BaseInlineFormSet):
    """Two lines of one form must not overlap either: the database would refuse them without a sentence."""

    def clean(self) -> None:
        super().clean()
        lines = [form.cleaned_data for form in self.forms if form.is_valid() and form.cleaned_data.get("authority")]
        for place, one in enumerate(lines):
            for other in lines[place + 1 :]:
                if one["authority"] == other["authority"] and _overlap(one, other):
                    raise ValidationError(f"Two lines cover {one['authority']} on the same days.")


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    first, second = sorted((one, other), key=lambda line: line["starts_on"])
    return first["ends_on"] is None or first["ends_on"] > second["starts_on"]


class AreaInline(admin.StackedInline):
    """Stacked, as every inline here: in Django's table of rows the boxes have no labels."""

    model = HubArea
    formset = AreaFormSet
    extra = 0
    can_delete = False
    fields = [("authority", "starts_on", "ends_on")]


class CommissionInline(admin.StackedInline):
    model = Commission
    extra = 0
    can_delete = False
    fields = [("school", "authority"), "purpose", ("starts_on", "ends_on")]
    raw_id_fields = ["school"]


@admin.register(Hub)
class HubAdmin(Kept):
    list_display = ["name", "email", "phone"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [AreaInline]


@admin.register(Partner)
class PartnerAdmin(Kept):
    list_display = ["name", "hub", "email"]
    list_filter = ["hub"]
    search_fields = ["name"]
    inlines = [CommissionInline]


@admin.register(EstablishmentType)
class EstablishmentTypeAdmin(Kept):
    """Which types count as state-funded is decided here; every change is kept below."""

    list_display = ["code", "name", "group_name", "is_state_funded", "is_college", "needs_review"]
    list_filter = ["is_state_funded", "needs_review", "group_name"]
    search_fields = ["code", "name"]
    readonly_fields = ["history"]

    @admin.display(description="history")
    def history(self, row: EstablishmentType) -> str:
        """Each state of the row, the newest first, with who made it. Two queries."""
        if row._state.adding:
            return "None yet."
        events = row.events.select_related("pgh_context").order_by("-pgh_created_at", "-pgh_id")[:50]
        users = [(event.pgh_context.metadata if event.pgh_context else {}).get("user") for event in events]
        emails = dict(User.objects.filter(pk__in=filter(None, users)).values_list("pk", "email"))
        lines = []
        for event, user in zip(events, users, strict=True):
            who = f"user {emails.get(user, user)}" if user else "the portal itself"
            funded = "state-funded" if event.is_state_funded else "not state-funded"
            lines.append((f"{long_date(event.pgh_created_at)}, {clock(event.pgh_created_at)}", event.name, funded, who))
        return format_html_join("", "<p>{}: {}, {}, by {}</p>", lines) if lines else "None yet."


class _RegisterCodeRow(forms.ModelForm):
    """A row of the list that is filled in place: each box says for which code it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            said = field.label or name.replace("_", " ").capitalize()
            field.widget.attrs["aria-label"] = f"{said}, {self.instance.listed_in} {self.instance.code}"


@admin.register(RegisterCode)
class RegisterCodeAdmin(Kept):
    """The register's other lists. A code that an import met before anyone described it waits here for review: give it
    the name that people should read, and take the mark off."""

    list_display = ["listed_in", "code", "name", "needs_review", "counts_as"]
    list_display_links = ["code"]
    list_editable = ["name", "needs_review"]
    list_filter = ["needs_review", "listed_in"]
    search_fields = ["code", "name"]

    def get_readonly_fields(self, request: HttpRequest, obj: RegisterCode | None = None) -> list[str]:
        """Only a new status can count as another; the four known ones are what they are."""
        is_new_status = obj and obj.listed_in == RegisterCode.STATUSES and obj.code not in School.Status.values
        return ["listed_in", "code"] if is_new_status else ["listed_in", "code", "counts_as"]

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(request, form=_RegisterCodeRow, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class ScopedForm(forms.ModelForm):
    """A role is held in the one organisation that it asks for."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        role = cleaned.get("role")
        if not role:
            return cleaned
        scope = SCOPES[Role(role)]
        for place in PLACES:
            if place == scope and not cleaned.get(place):
                self.add_error(place, f"Choose the {place} in which they are {Role(role).label.lower()}.")
            elif place != scope and cleaned.get(place):
                self.add_error(place, f"A {Role(role).label.lower()} belongs to a {scope}. Leave this empty.")
        return cleaned


class MembershipForm(ScopedForm):
    """A hub keeps a manager whatever is changed of the last one's row: its end, role, hub or first day."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        before = Membership.objects.select_related("hub", "user").filter(pk=self.instance.pk).first()
        field = before and self._takes_manager_away(before, cleaned)
        if before and field:
            Hub.objects.select_for_update().filter(pk=before.hub_id).first()
            try:
                check_a_manager_stays(before)
            except ValidationError as problem:
                self.add_error(field, problem)
        return cleaned

    def _takes_manager_away(self, before: Membership, cleaned: dict[str, Any]) -> str:
        """The field by which a hub's manager would be none any more, or ""."""
        if before.role != Role.HUB_MANAGER:
            return ""
        user, starts_on = cleaned.get("user"), cleaned.get("starts_on")
        taken = {
            "ends_on": cleaned.get("ends_on") is not None,
            "role": cleaned.get("role") != Role.HUB_MANAGER,
            "hub": cleaned.get("hub") != before.hub,
            "starts_on": starts_on is not None and starts_on > today(),
            "user": user is not None and not user.is_active,
        }
        return next((name for name, is_taken in taken.items() if is_taken), "")


@admin.register(Membership)
class MembershipAdmin(Kept):
    """Who may act for whom. Relationship managers, and a new hub's first manager, are made here."""

    form = MembershipForm
    list_display = ["user", "role", "hub", "partner", "school", "trust", "starts_on", "ends_on"]
    list_filter = ["role", "hub"]
    list_select_related = ["user", "hub", "partner", "school", "trust"]
    search_fields = ["user__name", "user__email"]
    raw_id_fields = ["user", "school", "trust"]
    exclude = ["ended_by"]

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        if obj.ends_on and "ends_on" in form.changed_data:
            obj.ended_by_id = request.user.pk
        super().save_model(request, obj, form, change)


class InvitationForm(ScopedForm):
    """Making one sends the email; the action's refusals stand beside the form."""

    class Meta:
        model = Invitation
        fields = ["role", *PLACES, "name", "email"]


@admin.register(Invitation)
class InvitationAdmin(Kept):
    """Invite somebody to any role: relationship managers above all, and a new hub's first manager."""

    form = InvitationForm
    list_display = ["email", "role", "created_at", "expires_at", "accepted_at", "revoked_at"]
    list_filter = ["role"]
    raw_id_fields = ["school", "trust"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type:
        form_class = super().get_form(request, obj, change, **kwargs)

        class Sending(form_class):  # type: ignore[valid-type, misc]  # made just above
            def clean(self) -> dict[str, Any]:
                cleaned = super().clean()
                if not self.errors:
                    role = Role(cleaned["role"])
                    try:
                        self.sent = invitations.invite(
                            role=role,
                            organisation=cleaned[role.scope],
                            email=cleaned["email"],
                            name=cleaned["name"],
                            by=request.user,
                        )
                    except ValidationError as problem:
                        self.add_error(None, problem)
                return cleaned

        return Sending

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Invitation:
        super().save_form(request, form, change)
        return form.sent

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        """Saved and sent by the action already."""
