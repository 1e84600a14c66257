"""Filters by an array. For thousands of keys: one array in place of a parameter for each, all of which the driver would
count out. For the keys of a subquery: an array that is worked out once.

School.objects.filter(pk__among=keys)
Relationship.objects.filter(school__among=keys)
Relationship.objects.filter(AmongOnce("school_id", School.objects.open().values("pk")))
"""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Field, ForeignKey, Func, Lookup, QuerySet
from django.db.models.sql.compiler import SQLCompiler


@ForeignKey.register_lookup
@Field.register_lookup
class Among(Lookup):
    """The rows whose whole number is one of a collection of numbers, as `__in` finds them; none of an empty one."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*params, sorted(self.rhs))


class AmongOnce(Func):
    """Whether a column holds one of the values of a subquery of one column. A database without statistics cannot choose
    to work the subquery out again for each row, as it may for IN."""

    template, arg_joiner = "%(expressions)s)", " = ANY("
    output_field = BooleanField()

    def __init__(self, column: str, values: QuerySet) -> None:
        super().__init__(F(column), ArraySubquery(values.order_by()))
