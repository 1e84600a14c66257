"""The table of every list: headers that sort by link, the first cell names its row, pages keep the query string."""

import re

import django_tables2 as tables
from django.template import Context, Template
from django_tables2 import RequestConfig

ROWS = [{"name": f"School {number:02d}", "pupils": number} for number in range(1, 61)]


class SchoolTable(tables.Table):
    name = tables.Column()
    pupils = tables.Column(orderable=False)

    class Meta:
        template_name = "components/table.html"


def drawn(rf, rows, query):
    request = rf.get("/schools/", query)
    table = SchoolTable(rows)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    return Template("{% load django_tables2 %}{% render_table table %}").render(
        Context({"table": table, "request": request})
    )


def test_sorted_header_says_so_and_turns_round(rf):
    html = drawn(rf, ROWS, {"sort": "name", "town": "Ashby"})
    assert 'aria-sort="ascending"' in html
    assert re.search(r'<a class="sort" href="\?[^"]*sort=-name[^"]*"', html)
    assert html.count('class="sort"') == 1


def test_first_cell_names_its_row(rf):
    assert re.search(r'<th scope="row"[^>]*>School 01</th>', drawn(rf, ROWS, {}))


def test_pages_keep_the_filters(rf):
    html = drawn(rf, ROWS, {"town": "Ashby", "page": "2"})
    assert 'aria-current="page"' in html
    assert 'href="?town=Ashby&amp;page=3"' in html


def test_nothing_found_is_said(rf):
    assert "Nothing matches" in drawn(rf, [], {})
