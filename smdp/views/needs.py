"""What schools need by their own account: criteria counted over their self-evaluations, and the schools behind."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase

from hubportal.kit.tables import ListTable, TableExport, TableView
from schools.models import School
from smdp.needs.criteria import criteria_of, framework_for, groups_of
from smdp.needs.tables import NeedFilters, NeedSchoolFilters, NeedSchoolTable, NeedTable
from smdp.permissions import can_list_needs
from smdp.querysets.needs import with_level


class NeedPage(TableView):
    """What both lists share: who may see them, and the framework they read by."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can_list_needs(request.user):
            raise PermissionDenied("The needs across schools are for the hub’s staff and the officers of its partners.")
        self.framework = framework_for(request.user)
        self.criteria = criteria_of(self.framework)
        self.levels = dict(self.framework.levels.values_list("number", "name")) if self.framework else {}
        return super().dispatch(request, *args, **kwargs)


class NeedList(NeedPage):
    """Criteria by how many schools judge themselves low; and the same by authority and phase."""

    template_name = "smdp/need_list.html"
    table_class = NeedTable
    filters_class = NeedFilters
    noun = "criterion,criteria"

    def get_queryset(self) -> QuerySet:
        return self.criteria

    def get_table(self, *args: Any) -> ListTable:
        """The two lowest levels by their names."""
        table = super().get_table(*args)
        for name, number in (("first", 1), ("second", 2)):
            table.columns[name].column.verbose_name = self.levels.get(number, f"Level {number}")
        return table

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = list(
            context["filters"].versions.values_list(
                "answers", "evaluation__school__authority__name", "evaluation__school__phase"
            )
        )
        return {**context, "groups": groups_of(rows, self.criteria), "schools": len(rows)}


class NeedExport(TableExport, NeedList):
    """The criteria as a file."""

    file_name = "needs"


class NeedDetail(NeedPage):
    """The schools behind a count, with what they say of the criterion."""

    template_name = "smdp/need_detail.html"
    table_class = NeedSchoolTable
    filters_class = NeedSchoolFilters
    noun = "school"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.code = kwargs["code"]
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        schools = School.objects.visible_to(self.request.user).schools().select_related("authority", "type")
        found = with_level(schools, self.request.user, self.code).filter(level__isnull=False)
        return found.order_by("level", "name_key", "pk")

    def get_table(self, *args: Any) -> ListTable:
        table = super().get_table(*args)
        table.levels = self.levels
        return table

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        criterion = self.criteria.filter(code=self.code).first()
        if criterion is None:
            raise Http404
        return super().get_context_data(criterion=criterion, **kwargs)


class NeedDetailExport(TableExport, NeedDetail):
    """Those schools as a file."""

    file_name = "need"
