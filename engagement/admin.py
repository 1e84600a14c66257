"""Code lists and catalogues for platform administrators. Never a conversation: that belongs to hub and school."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from engagement.models import (
    CodeEntry,
    ContactRules,
    Conversation,
    Criterion,
    Framework,
    FrameworkArea,
    Guide,
    LadderStep,
    Level,
    MetRole,
    Offer,
    Strand,
    TrainingTopic,
)
from hubportal.kit.wording import academic_year
from schools.access import today


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


class CodeList(admin.ModelAdmin):
    """Words and order can be edited; codes cannot, and nothing is deleted: records name them."""

    list_display_links = ("name",)
    ordering: tuple[str, ...] = ("position",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Strand)
class StrandAdmin(CodeList):
    """The ten kinds of support."""

    list_display = ("position", "name", "code", "aims", "functions")


@admin.register(CodeEntry)
class CodeEntryAdmin(CodeList):
    """The code lists of deliveries, as they are for every hub. A hub's managers add its own under "Our lists"."""

    ordering = ("code_list", "position")
    fields = ("code_list", "code", "name", "position", "is_offered", "is_unverified")
    list_display = ("code_list", "position", "name", "code", "is_offered", "is_unverified")
    list_filter = ("code_list", "is_unverified")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(hub=None)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code_list", "code") if obj else ()


@admin.register(TrainingTopic)
class TrainingTopicAdmin(CodeList):
    """What training is about."""

    list_display = ("position", "name", "code", "strand", "is_offered")
    list_select_related = ("strand",)


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    widget = forms.Textarea(attrs={"rows": 8})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return [line.strip().lower() for line in super().clean(value).splitlines() if line.strip()]


class MetRoleForm(forms.ModelForm):
    titles = LinesField(
        required=False,
        help_text="Beginnings of words in a job title, one on each line. The longest that fits decides: “deputy head”.",
    )


@admin.register(MetRole)
class MetRoleAdmin(CodeList):
    """Roles of people at schools and trusts, told by their job titles."""

    form = MetRoleForm
    list_display = ("position", "name", "code", "titles")


class ContactRulesForm(forms.ModelForm):
    kinds = forms.MultipleChoiceField(choices=Conversation.Kind.choices, widget=forms.CheckboxSelectMultiple)
    ways = forms.MultipleChoiceField(choices=Conversation.How.choices, widget=forms.CheckboxSelectMultiple)

    def clean_year(self) -> int:
        """Rules of a year that has begun have made dates already."""
        year = self.cleaned_data["year"]
        if year <= academic_year(today()):
            raise forms.ValidationError("Set them from the next academic year on, or a later one.")
        return year


@admin.register(ContactRules)
class ContactRulesAdmin(ReadOnly):
    """What counts as talking with a school, for hubs without rules of their own: new ones from a year to come. A hub's
    managers set its own."""

    form = ContactRulesForm
    fields = ("year", "school_weeks", "kinds", "ways")
    list_display = ("__str__", "school_weeks", "kinds", "ways")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(hub=None)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: ContactRules | None = None) -> bool:
        return obj is None or obj.year > academic_year(today())


@admin.register(LadderStep)
class LadderStepAdmin(ReadOnly):
    """What is tried where a school does not answer, for hubs without a ladder of their own. A hub's managers set its
    own under "How we keep in touch"."""

    list_display = ("position", "name", "how", "school_weeks", "needs_approval")
    list_display_links = ("name",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(hub=None)


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
    list_display = ("title", "hub", "year", "strand", "delivered_by", "is_current")
    list_filter = ("hub", "year", "strand", "is_current")
    list_select_related = ("hub", "strand")
    search_fields = ("title", "description")


@admin.register(Guide)
class GuideAdmin(admin.ModelAdmin):
    """The pages for schools of every hub that has no words of its own. A hub's own words are the hub's."""

    list_display = ("title", "code", "source", "checked_on")
    fields = ("code", "title", "text", "source", "source_url", "checked_on")
    readonly_fields = ("code", "checked_on")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(hub=None)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
