"""What schools need, counted over their submitted self-evaluations: by criterion, and the schools behind a count."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Count, F, Func, IntegerField, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce

from engagement.matching import LOW
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.models import School

if TYPE_CHECKING:
    from hubportal.accounts.models import User


def newest_versions(user: "User", on: date | None = None) -> QuerySet:
    """The last version of this or last year that each open school submitted, as far as the person may read them."""
    on = on or today()
    model = apps.get_model("smdp", "SelfEvaluationVersion")
    rows = model._default_manager.visible_to(user, on).filter(
        evaluation__year__gte=academic_year(on) - 1, evaluation__school__status__in=School.OPEN_STATUSES
    )
    newest = rows.order_by("evaluation__school_id", "-evaluation__year", "-number").distinct("evaluation__school_id")
    return model._default_manager.filter(pk__in=newest.values("pk"))


def _said(code: Any, what: str) -> Func:
    """What a version says of a criterion, out of its JSON."""
    return Func(F("answers"), code, Value(what), function="jsonb_extract_path_text", output_field=TextField())


def with_counts(criteria: QuerySet, versions: QuerySet) -> QuerySet:
    """Adds to criteria how many of these versions put them at the lowest level (`first`), at the one above it
    (`second`), at either (`low`), and at any (`answered`). No further query."""
    levels = versions.order_by().annotate(level=Cast(_said(OuterRef("code"), "level"), IntegerField()))

    def number(**where: Any) -> Coalesce:
        rows = levels.filter(**where).annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(rows, output_field=IntegerField()), 0)

    return criteria.annotate(
        first=number(level=1), second=number(level=2), low=number(level__lte=LOW), answered=number(level__gte=1)
    )


def with_level(schools: QuerySet, user: "User", code: str) -> QuerySet:
    """Adds to schools what the last version that the person may read says of a criterion: `level`, `evidence`, `year`
    and `submitted_at`; all None where there is none. No further query."""
    mine = newest_versions(user).filter(evaluation__school=OuterRef("pk"))
    said = mine.annotate(level=Cast(_said(Value(code), "level"), IntegerField()), said=_said(Value(code), "evidence"))
    return schools.annotate(
        level=Subquery(said.values("level")[:1], output_field=models.IntegerField()),
        evidence=Subquery(said.values("said")[:1]),
        year=Subquery(said.values("evaluation__year")[:1]),
        submitted_at=Subquery(said.values("made_at")[:1]),
        evaluation_uuid=Subquery(said.values("evaluation__uuid")[:1]),
    )
