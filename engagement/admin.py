"""Code lists and catalogues for platform administrators. Never a conversation: that belongs to hub and school."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from engagement.models import Criterion, Framework, FrameworkArea, Level, Offer, Strand


class ReadOnly(admin.ModelAdmin):
    """Seen, not changed: a published version is in use, and an offer is its hub's."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyRows(admin.StackedInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LevelRows(ReadOnlyRows):
    model = Level
    fields = (("number", "name"), "meaning")


class AreaRows(ReadOnlyRows):
    model = FrameworkArea
    fields = (("position", "code", "title"), "description")


@admin.register(Strand)
class StrandAdmin(admin.ModelAdmin):
    """The ten kinds of support: their words and tags can be edited, their codes cannot."""

    list_display = ("position", "name", "code", "aims", "functions")
    list_display_links = ("name",)
    ordering = ("position",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Framework)
class FrameworkAdmin(ReadOnly):
    list_display = ("name", "number", "hub", "published_on")
    inlines = (LevelRows, AreaRows)


@admin.register(Criterion)
class CriterionAdmin(ReadOnly):
    list_display = ("title", "code", "area", "framework")
    list_filter = ("area__framework", "area__title")
    list_select_related = ("area__framework",)
    search_fields = ("title", "code", "description")

    @admin.display(ordering="area__framework")
    def framework(self, criterion: Criterion) -> str:
        return str(criterion.area.framework)


@admin.register(Offer)
class OfferAdmin(ReadOnly):
    list_display = ("title", "hub", "strand", "delivered_by", "is_current")
    list_filter = ("hub", "strand", "is_current")
    list_select_related = ("hub", "strand")
    search_fields = ("title", "description")
