"""The one mechanism of every list: filters, sort, pages, count, and an export of exactly what is filtered.

    class SchoolTable(ListTable): ...            columns: `Column(...)`, sorted with empty values last
    class SchoolFilters(Filters): ...            django-filter's; `defaults` and `frame` say of what the list is a list
    class SchoolList(TableView): ...             get_queryset() is scoped by `visible_to`; the template shows the pieces
    class SchoolExport(TableExport, SchoolList)  the same rows in the same order, all of them, as CSV or XLSX

A list costs the same number of queries for one row and for a thousand: session and person, one for each filter with
choices from the database, one count (two while filtered), and the page's rows.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import django_filters
import django_tables2 as tables
import xlsxwriter
from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import TemplateView

from hubportal.kit import saved, wording
from hubportal.kit.forms import GovForm

SORT = "sort"
PAGE = "page"
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# A cell that begins with one of these could be taken for a formula by a spreadsheet, which some read in full width too.
FORMULA = re.compile(r"^\s*[=+\-@\t\r\n|＝＋－＠]")
WIDEST = 60  # characters


class Column(tables.Column):
    """A column that sorts with empty values last, both ways, and by the model's own order where values are equal.

    `numeric=True` sets its figures to the right, `one_line=True` keeps a date or a state from breaking."""

    def __init__(self, *args: Any, numeric: bool = False, one_line: bool = False, **kwargs: Any) -> None:
        if one_line:
            kwargs.setdefault("attrs", {"td": {"class": "one-line"}})
        if numeric:
            kwargs.setdefault(
                "attrs",
                {"td": {"class": "govuk-table__cell--numeric"}, "th": {"class": "govuk-table__header--numeric"}},
            )
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def order(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        paths = [str(path).lstrip("-").replace(".", "__") for path in (self.order_by or [self.accessor or self._name])]
        order = [F(path).desc(nulls_last=True) if is_descending else F(path).asc(nulls_last=True) for path in paths]
        rest = [path for path in queryset.model._meta.ordering if str(path).lstrip("-") not in paths]
        return queryset.order_by(*order, *rest), True

    _name = ""


class ListTable(tables.Table):
    """A table of a list page. `caption` says what it is for those who cannot see it; `export_only` and `screen_only`
    name columns that stand only in the file, and only on the page. The `request` is for what the columns draw."""

    caption = ""
    export_only: tuple[str, ...] = ()
    screen_only: tuple[str, ...] = ()
    request: HttpRequest

    def __init__(self, *args: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
        names = {"template_name": "components/table.html", "order_by_field": SORT, "page_field": PAGE}
        super().__init__(*args, **{**names, **kwargs})
        if request is not None:
            self.request = request  # the library, given it, would let an address choose how many rows a page has

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name, column in cls.base_columns.items():  # type: ignore[attr-defined]  # set by the table's metaclass
            if isinstance(column, Column):
                column._name = name


class FilterForm(GovForm, forms.Form):
    """The form of a list's filters: no "(optional)", and nothing is required."""

    mark_optional = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """One filter in force: its label, the words of its value, and the query string of the list without it."""

    label: str
    words: str
    without: str
    name: str = ""


class Filters(django_filters.FilterSet):
    """Filters of a list. `defaults` hold while the query does not name the filter at all; the filters in `frame` say of
    what the list is a list (open schools), so that "37 of 398" counts both figures within them."""

    defaults: Mapping[str, str] = {}
    frame: tuple[str, ...] = ()

    class Meta:
        form = FilterForm

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        data = (data if data is not None else QueryDict()).copy()
        for name, value in self.defaults.items():
            data.setdefault(name, value)
        super().__init__(data, *args, **kwargs)

    @property
    def framed(self) -> QuerySet:
        """What the list would hold with only the filters of its frame."""
        self.form.is_valid()
        queryset = self.queryset.all()
        for name in self.frame:
            queryset = self.filters[name].filter(queryset, self.form.cleaned_data.get(name))
        return queryset

    @property
    def chosen(self) -> list[Chosen]:
        """The filters in force that a person could take off, in the form's order. No query beyond the choices'."""
        self.form.is_valid()
        found = []
        for name, field in self.form.fields.items():
            value = self.form.cleaned_data.get(name)
            if value in (None, "", []) or str(value) == self.defaults.get(name):
                continue
            choices = {str(key): words for key, words in getattr(field, "choices", ())}
            found.append(Chosen(str(field.label), str(choices.get(str(value), value)), self._without(name), name))
        return found

    @property
    def narrows(self) -> bool:
        """Whether a filter outside the frame is in force."""
        self.form.is_valid()
        outside = (value for name, value in self.form.cleaned_data.items() if name not in self.frame)
        return any(value not in (None, "", []) for value in outside)

    def _without(self, name: str) -> str:
        query = self.request.GET.copy() if self.request else QueryDict(mutable=True)
        for gone in (name, PAGE):
            query.pop(gone, None)
        return f"?{query.urlencode()}"


class TableView(TemplateView):
    """A list page. The subclass names its table, filters, noun ("school", or "child,children") and scoped rows; and by
    `saved_as` the name of its address, where views of it can be saved and columns chosen."""

    table_class: type[ListTable]
    filters_class: type[Filters]
    noun = "row"
    per_page = 50
    saved_as = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if way := saved.way_to_view(request, self.saved_as):
            return redirect(f"{request.path}{way}")
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        """The rows this person may see, annotated with what the columns show."""
        raise NotImplementedError

    def get_table_class(self) -> type[ListTable]:
        return self.table_class

    def get_filters_class(self) -> type[Filters]:
        return self.filters_class

    def get_filters(self) -> Filters:
        return self.get_filters_class()(self.request.GET, queryset=self.get_queryset(), request=self.request)

    def get_table(self, rows: QuerySet, exclude: Iterable[str]) -> ListTable:
        """The table of these rows in the order that the query asks for."""
        order_by = self.request.GET.getlist(SORT)[:1]
        return self.get_table_class()(rows, order_by=order_by or None, exclude=tuple(exclude), request=self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = self.get_filters()
        table = self.get_table(filters.qs, ())
        columns = saved.ColumnChoice.of(table, saved.columns_asked(self.request))
        for name in columns.hidden:
            table.columns.hide(name)
        table.paginate(page=_page_number(self.request), per_page=self.per_page, paginator_class=_ForgivingPaginator)
        matching = table.page.paginator.count
        total = filters.framed.count() if filters.narrows else matching
        strip = saved.strip_of(self.request, saved.describe(self.request, self.saved_as, filters, columns))
        return super().get_context_data(
            filters=filters,
            table=table,
            columns=columns,
            saved_views=strip,
            left_out=saved.left_out(self.request, filters, columns, strip.words) if strip and strip.current else [],
            matching=matching,
            total=total,
            finding=finding(matching, total, self.noun, narrowed=filters.narrows),
            sort=self.request.GET.get(SORT, ""),
            query=_query_of(self.request),
            **kwargs,
        )


class TableExport(TableView):
    """The file of a list: goes before the list's view among the bases; the URL gives `format`, csv or xlsx."""

    file_name = "list"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = kwargs.get("format", "")
        if form not in FORMATS:
            raise Http404
        filters = self.get_filters()
        table = self.get_table(filters.qs, self.get_table_class().screen_only)
        columns = saved.ColumnChoice.of(table, saved.columns_asked(request))
        hidden = [name for name in columns.hidden if name != "urn"] if columns.chosen else []
        lines = list(table.as_values(exclude_columns=hidden))
        words = saved.describe(request, self.saved_as, filters, columns).in_words
        saved.note_file(
            request, key=self.saved_as, name=self.file_name, words=words, query=_query_of(request), rows=len(lines) - 1
        )
        return file_of(lines, name=self.file_name, form=form)


def file_of(lines: Iterable[Iterable[Any]], *, name: str, form: str) -> HttpResponse:
    """Lines (the first is the header) as a file to be kept, `form` csv or xlsx; Http404 for another."""
    if form not in FORMATS:
        raise Http404
    body = as_csv(lines) if form == "csv" else as_xlsx(lines, title=name)
    response = HttpResponse(body, content_type=FORMATS[form])
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.{form}"'
    return response


class _ForgivingPaginator(Paginator):
    """Django's own paginator; a page too far gives the last one."""

    def page(self, number: int) -> Page:
        return super().page(min(number, self.num_pages))


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get(PAGE, "1")
    return max(int(asked), 1) if asked.isdecimal() and len(asked) < 8 else 1


def _query_of(request: HttpRequest) -> str:
    """The query string of the list without its page, for the links to its files."""
    query = request.GET.copy()
    query.pop(PAGE, None)
    return f"?{query.urlencode()}" if query else ""


def finding(matching: int, total: int, noun: str, *, narrowed: bool) -> str:
    """What the list found, as its heading: "398 schools", "37 of 398 schools match", "1 of 398 schools matches"."""
    if not narrowed:
        return wording.count(total, noun)
    return f"{matching:,} of {wording.count(total, noun)} {'matches' if matching == 1 else 'match'}"


def as_csv(lines: Iterable[Iterable[Any]]) -> bytes:
    """Lines as CSV in UTF-8 with a byte order mark (spreadsheets ask for it). Dates are ISO, numbers plain, and a text
    that could be taken for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    for line in lines:
        writer.writerow([_csv_cell(value) for value in line])
    return out.getvalue().encode("utf-8-sig")


def csv_lines(lines: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """As `as_csv`, piece by piece, for more lines than memory should hold."""
    out = io.StringIO("\ufeff")
    out.seek(1)
    writer = csv.writer(out)
    for number, line in enumerate(lines, start=1):
        writer.writerow([_csv_cell(value) for value in line])
        if not number % 500:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _csv_cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float, Decimal)):
        return value
    if isinstance(value, datetime):
        return wording.local(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if FORMULA.match(text) else text


def as_xlsx(lines: Iterable[Iterable[Any]], *, title: str) -> bytes:
    """Lines (the first is the header) as one sheet: real dates and numbers, texts that are never formulas, a frozen
    bold header with a filter, and columns as wide as what they hold."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    # The day, not the moment: the same list gives the same bytes all day.
    book.set_properties(
        {"title": title.capitalize(), "created": datetime.combine(timezone.localdate(), datetime.min.time())}
    )
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", title.capitalize())[:31])
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "date": book.add_format({"num_format": "d mmm yyyy"}),
        "moment": book.add_format({"num_format": "d mmm yyyy hh:mm"}),
    }
    widths: list[int] = []
    last = 0
    for row, line in enumerate(lines):
        for column, value in enumerate(_xlsx_cells(line)):
            last = row
            shown = _write(sheet, row, column, value, formats, head=row == 0)
            if column == len(widths):
                widths.append(8)
            widths[column] = min(max(widths[column], shown + 2), WIDEST)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 1)
    if widths:
        sheet.autofilter(0, 0, last, len(widths) - 1)
    book.close()
    return out.getvalue()


def _xlsx_cells(line: Iterable[Any]) -> Iterator[Any]:
    for value in line:
        if isinstance(value, bool):
            yield "yes" if value else "no"
        elif isinstance(value, datetime):
            yield wording.local(value).replace(tzinfo=None)
        elif value is None or isinstance(value, (int, float, Decimal, date)):
            yield value
        else:
            yield str(value)


def _write(sheet: Any, row: int, column: int, value: Any, formats: Mapping[str, Any], *, head: bool) -> int:
    """Write one cell; returns how many characters it shows."""
    if value is None or value == "":
        return 0
    if head:
        sheet.write_string(row, column, str(value), formats["head"])
        return len(str(value)) + 3  # room for the filter's arrow
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value, formats["moment"])
        return 17
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, formats["date"])
        return 11
    if isinstance(value, (int, float, Decimal)):
        sheet.write_number(row, column, value)
        return len(str(value))
    sheet.write_string(row, column, value[:32767])  # Excel's limit for one cell
    return max(map(len, value.splitlines()), default=0)
