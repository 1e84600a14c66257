"""The register's files, its rejected rows, schools and trusts: to look at, not to edit. The import writes them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from schools.models import RegisterFile, RegisterRow, School, Trust


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
    list_display = ("name", "as_at", "rows", "encoding", "received_at", "applied_at", "accepted_by")
    list_select_related = ("accepted_by",)


@admin.register(RegisterRow)
class RegisterRowAdmin(OnlyShown):
    """Only the rows that were rejected or had a value that could not be read."""

    list_display = ("file", "line", "urn", "rejected", "warned")
    list_select_related = ("file",)
    list_filter = ("file",)
    search_fields = ("=urn",)
    fields = ("file", "line", "urn", "rejected", "warned", "received")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RegisterRow]:
        shown = super().get_queryset(request).exclude(rejected="", warned="")
        return shown.select_related("file", "text").order_by("-file", "line")

    @admin.display(description="as received")
    def received(self, row: RegisterRow) -> str:
        return row.text.text


@admin.register(School)
class SchoolAdmin(OnlyShown):
    list_display = ("name", "urn", "authority", "type", "status", "source", "as_at", "not_in_register_since")
    list_select_related = ("authority", "type")
    list_filter = ("source", "status")
    search_fields = ("search_text",)
    ordering = ("name_key", "urn")


@admin.register(Trust)
class TrustAdmin(OnlyShown):
    list_display = ("name", "group_uid")
    search_fields = ("name", "=group_uid")
    ordering = ("name_key",)
