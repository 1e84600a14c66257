"""The register's files, its rejected rows, schools and trusts: to look at, not to edit. The import writes them."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator

from schools.models import RegisterFile, RegisterRow, School, SchoolLink, Trust


class OnlyShown(admin.ModelAdmin):
    """Rows that only an import writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(RegisterFile)
class RegisterFileAdmin(OnlyShown):
    list_display = (
        "name",
        "kind",
        "as_at",
        "rows",
        "encoding",
        "received_at",
        "applied_at",
        "is_history",
        "accepted_by",
    )
    list_select_related = ("accepted_by",)
    list_filter = ("kind", "is_history")


@admin.register(RegisterRow)
class RegisterRowAdmin(OnlyShown):
    """Only the rows that were rejected or had a value that could not be read."""

    list_display = ("file", "line", "urn", "rejected", "warned", "beginning")
    list_select_related = ("file",)
    list_filter = ("file__kind", "file")
    search_fields = ("=urn",)
    fields = ("file", "line", "urn", "rejected", "warned", "received")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RegisterRow]:
        shown = super().get_queryset(request).exclude(rejected="", warned="")
        return shown.select_related("file", "text").order_by("-file", "line")

    @admin.display(description="as received")
    def received(self, row: RegisterRow) -> str:
        return row.text.text

    @admin.display(description="begins")
    def beginning(self, row: RegisterRow) -> str:
        return Truncator(row.text.text).chars(60)


@admin.register(School)
class SchoolAdmin(OnlyShown):
    list_display = ("name", "urn", "authority", "type", "status", "source", "facts_as_at", "not_in_register_since")
    list_select_related = ("authority", "type")
    list_filter = ("source", "status")
    search_fields = ("search_text",)
    ordering = ("name_key", "urn")

    def get_queryset(self, request: HttpRequest) -> QuerySet[School]:
        return super().get_queryset(request).with_facts_date()

    def has_change_permission(self, request: HttpRequest, obj: School | None = None) -> bool:
        """What was added by hand, no register moves to another authority: the administrator does."""
        return obj is not None and obj.source == School.Source.MANUAL and request.user.is_superuser

    def get_readonly_fields(self, request: HttpRequest, obj: School | None = None) -> list[str]:
        return [field.name for field in School._meta.fields if field.name != "authority"]

    @admin.display(description="facts as at")
    def facts_as_at(self, school: School) -> date | None:
        return school.facts_as_at


@admin.register(Trust)
class TrustAdmin(OnlyShown):
    list_display = ("name", "group_uid", "group_type_name", "status", "closed_on", "not_in_register_since")
    list_filter = ("group_type_name", "status")
    search_fields = ("name", "=group_uid", "=group_id", "companies_house_number")
    ordering = ("name_key",)


@admin.register(SchoolLink)
class SchoolLinkAdmin(OnlyShown):
    """Which school follows which, as the register has it. A link is there no longer where it was last seen before the
    newest file."""

    list_display = ("urn", "kind", "link_urn", "established_on", "first_seen", "last_seen")
    list_filter = ("kind",)
    search_fields = ("=urn", "=link_urn")
    ordering = ("urn", "link_urn", "kind")
