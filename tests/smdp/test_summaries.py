"""The public summary: what the plan says in public, in the department's order, in every form, and nothing else."""

import io
from datetime import date, timedelta

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from docx import Document

from hubportal.kit.drafts.merge import COUNTER
from hubportal.kit.wording import long_date
from reports import summary_docx, summary_pdf
from schools.access import today
from schools.models import Hub, School
from schools.roles import Role
from smdp import writing
from smdp.actions import summaries as actions
from smdp.models import Plan, Summary, SummaryVersion
from smdp.querysets import with_summary
from smdp.sections import SPECIFICATIONS, Field, Kind, Setting, sections_for
from smdp.summaries import shape
from tests import factories as make
from tests.smdp.factories import SUMMARY, make_plan, make_summary, write, write_summary
from tests.smdp.reading_back import PARTS, ROWS, TITLE, docx_html, in_order, pdf_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(school, head) -> Plan:
    return make_plan(school, by=head)


def marked(specification: int) -> tuple[dict[str, dict[str, str]], set[str], set[str]]:
    """A plan with a marker of its own in every field, and the markers of public and of all other fields."""
    answers: dict[str, dict[str, str]] = {}
    public: set[str] = set()
    others: set[str] = set()

    def put(values: dict[str, str], key: str, name: str, field: Field) -> None:
        marker = f"Zq{len(public) + len(others):03d}q"
        if field.kind in (Kind.DATE, Kind.CHOICE):
            return  # three boxes of numbers, or words of the form itself
        values[name] = marker
        (public if field.is_public else others).add(marker)

    for section in sections_for(specification, list(Setting)):
        values = answers.setdefault(section.key, {})
        for field in section.fields():
            put(values, section.key, field.name, field)
        for table in section.tables():
            values[f"{table.name}{COUNTER}"] = "1"
            for column in table.columns:
                put(values, section.key, f"{table.name}-0-{column.name}", column)
    return answers, public, others


@pytest.mark.parametrize("specification", SPECIFICATIONS)
def test_only_public_answers_reach_the_summary_in_any_form(specification, school, head, plan):
    answers, public, others = marked(specification)
    values = shape.prefill(sections_for(specification, list(Setting)), answers, year="2026 to 2027")
    words = "\n".join(str(each) for each in values.values())
    assert {each for each in public if each not in words} == set()
    assert {each for each in others if each in words} == set()
    summary = actions.begin(plan=plan, by=head)
    write_summary(summary, by=head, **values)
    version = actions.publish(summary=summary, by=head)
    forms = {
        "page": Client().get(summary.public_url).content.decode(),
        "frame": Client().get(reverse("smdp:summary-embed", args=[school.urn])).content.decode(),
        "pdf": pdf_text(summary_pdf.draw(version).content),
        "docx": docx_html(summary_docx.draw(version).content),
    }
    for name, form in forms.items():
        assert {each for each in others if each in form} == set(), name
        assert {each for each in public if each not in form} == set(), name


def confidential(specification: int) -> tuple[dict[str, dict[str, str]], list[tuple[str, Field, str, set[str]]]]:
    """A plan with an answer in every field, and of each that is not public where it stands and what would betray it: a
    year that no other answer has, a number of six digits, a word. Of a choice it is a word that nobody offers, as any
    browser can send it."""
    answers: dict[str, dict[str, str]] = {}
    found: list[tuple[str, Field, str, set[str]]] = []

    def put(values: dict[str, str], key: str, name: str, field: Field) -> None:
        if field.is_public:
            return
        number = len(found)
        if field.kind == Kind.DATE:
            year = str(2100 + number)
            values |= {f"{name}_0": "17", f"{name}_1": "11", f"{name}_2": year}
            signs = {year}
        elif field.kind in (Kind.NUMBER, Kind.MONEY):
            digits = 810_000 + 7 * number
            values[name] = str(digits)
            signs = {str(digits), f"{digits:,}"}
        else:
            values[name] = f"Zk{number:03d}k"
            signs = {values[name]}
        found.append((key, field, name, signs))

    for section in sections_for(specification, list(Setting)):
        values = answers.setdefault(section.key, {})
        for field in section.fields():
            put(values, section.key, field.name, field)
        for table in section.tables():
            values[f"{table.name}{COUNTER}"] = "1"
            for column in table.columns:
                put(values, section.key, f"{table.name}-0-{column.name}", column)
    return answers, found


@pytest.mark.parametrize("specification", SPECIFICATIONS)
def test_choices_dates_numbers_and_money_that_are_not_public_never_reach_it(specification, school, head, plan):
    answers, fields = confidential(specification)
    kinds = {(field.kind, "-" in name) for _, field, name, _ in fields}
    one_of_each = {Kind.CHOICE, Kind.DATE, Kind.NUMBER, Kind.MONEY, Kind.LINE, Kind.TEXT}
    assert {kind for kind, _ in kinds} >= one_of_each, "the plan asks for one of each in confidence"
    for key, values in answers.items():
        if key in writing.drafts_of(plan):
            write(plan, key, by=head, **values)
    summary = actions.begin(plan=plan, by=head)
    asked = sections_for(specification, list(Setting))
    write_summary(summary, by=head, **(SUMMARY | given(shape.prefill(asked, answers, year="2026 to 2027"))))
    version = actions.publish(summary=summary, by=head)
    forms = {
        "page": Client().get(summary.public_url).content.decode(),
        "frame": Client().get(reverse("smdp:summary-embed", args=[school.urn])).content.decode(),
        "paste": render_to_string("smdp/summary_paste.txt", {"content": version.content, "columns": shape.COLUMNS}),
        "pdf": pdf_text(summary_pdf.draw(version).content),
        "docx": docx_html(summary_docx.draw(version).content),
    }
    for name, form in forms.items():
        told = [(key, field.label) for key, field, _, signs in fields if any(each in form for each in signs)]
        assert told == [], name


def given(values: dict) -> dict:
    return {name: value for name, value in values.items() if value}


@pytest.mark.parametrize("specification", SPECIFICATIONS)
def test_what_is_chosen_in_confidence_adds_no_word_to_it(specification):
    """Also a choice that the form offers, whose words may stand in the summary for another reason. A priority that is
    done is left out: it is no plan."""
    asked = sections_for(specification, list(Setting))
    for key, field, name, _ in confidential(specification)[1]:
        if field.kind == Kind.CHOICE:
            public = marked(specification)[0]
            filled = shape.prefill(asked, public, year="")
            before = {word for each in filled.values() for word in str(each).split()}
            for value, _words in field.choices:
                said = public | {key: public[key] | {name: value}}
                after = shape.prefill(asked, said, year="")
                assert {word for each in after.values() for word in str(each).split()} <= before, (key, field.label)


def test_title_rows_and_parts_are_the_departments_in_html_pdf_and_docx(school, head, plan):
    version = make_summary(plan, by=head, further="Ask the hub.").current
    expected = [TITLE, "Overview", "Detail", "Information", *ROWS, shape.STATEMENT, *PARTS[1:]]
    assert [label for label, _ in version.content["rows"]] == ROWS
    page = Client().get(version.summary.public_url).content.decode().split("<main", 1)[1]
    assert in_order(expected, page)
    assert in_order(expected, pdf_text(summary_pdf.draw(version).content).replace("-\n", "-"))
    html = docx_html(summary_docx.draw(version).content)
    assert in_order(expected, html)
    assert html.count("<h1>") >= len(PARTS) and "<table>" in html and "<li>Brass band</li>" in html


def test_headings_lists_bold_and_links_are_real_in_every_form(school, head, plan):
    words = (
        "# Choirs\nWe **all** sing with [our hub](https://hub.example/).\n\n1. Monday\n2. Friday\n\n## Bands\n- Brass"
    )
    version = make_summary(plan, by=head, experiences=words, future="1. First").current
    text = '<p dir="auto">We <strong>all</strong> sing with <a href="https://hub.example/" rel="'
    lists = '<ol>\n<li dir="auto">Monday</li>\n<li dir="auto">Friday</li>\n</ol>'
    page = Client().get(version.summary.public_url).content.decode()
    assert '<h3 dir="auto">Choirs</h3>' in page and text in page and lists in page
    assert '<h4 dir="auto">Bands</h4>' in page and '<li dir="auto">Brass</li>' in page
    pasted = render_to_string("smdp/summary_paste.txt", {"content": version.content, "columns": shape.COLUMNS})
    assert '<h4 dir="auto">Choirs</h4>' in pasted and text in pasted and lists in pasted
    html = docx_html(summary_docx.draw(version).content)
    assert (
        '<h2>Choirs</h2><p>We <strong>all</strong> sing with <a href="https://hub.example/">our hub</a>.</p>'
        "<ol><li>Monday</li><li>Friday</li></ol><h3>Bands</h3><ul><li>Brass</li></ul>"
    ) in html
    numbers = [
        each.numId
        for each in Document(io.BytesIO(summary_docx.draw(version).content)).part.numbering_part.element.num_lst
    ]
    assert len(numbers) == len(set(numbers))
    drawn = pikepdf.open(io.BytesIO(summary_pdf.draw(version).content))
    assert b"https://hub.example/" in b"".join(
        bytes(each.A.URI) for page in drawn.pages for each in page.get("/Annots", [])
    )
    assert in_order(["Choirs", "Monday", "Bands", "First"], pdf_text(summary_pdf.draw(version).content))


def test_answers_of_the_plan_keep_their_markup_below_its_headings():
    values = {"lessons": {"remissions": "# Who pays less\n- **Pupil Premium**: nothing"}}
    found = shape.prefill(sections_for(1, list(Setting)), values, year="")
    assert found["co_curricular"] == "# Help with the cost\n## Who pays less\n- **Pupil Premium**: nothing"


def test_the_same_version_gives_the_same_files(head, plan):
    version = make_summary(plan, by=head).current
    assert summary_docx.draw(version).content == summary_docx.draw(version).content
    assert summary_pdf.draw(version).content == summary_pdf.draw(version).content


def test_publish_says_what_is_missing(head, plan):
    summary = actions.begin(plan=plan, by=head)
    with pytest.raises(ValidationError, match="Fill in “Date this summary will be reviewed” first"):
        actions.publish(summary=summary, by=head)
    write_summary(summary, by=head, review=(1, 1, 2020), music_lead="Tom", curriculum="A", co_curricular="B")
    write_summary(summary, by=head, review=(1, 1, 2020), experiences="C", future="D")
    with pytest.raises(ValidationError, match="must be after today"):
        actions.publish(summary=summary, by=head)
    assert Client().get(summary.public_url).status_code == 404


def test_new_version_replaces_the_old_and_withdrawing_takes_it_back(head, plan):
    summary = make_summary(plan, by=head)
    with pytest.raises(ValidationError, match="Nothing has changed since version 1"):
        actions.publish(summary=summary, by=head)
    write_summary(summary, by=head, future="An orchestra.")
    actions.publish(summary=summary, by=head)
    page = Client().get(summary.public_url)
    assert "An orchestra." in page.content.decode() and "A band by the summer." not in page.content.decode()
    actions.withdraw(summary=summary, by=head)
    gone = Client().get(summary.public_url)
    assert gone.status_code == 404 and "There is no summary at this address" in gone.content.decode()
    assert [each.number for each in summary.versions.all()] == [2, 1]


def test_public_pages_are_kept_for_a_while_and_know_nobody(head, plan):
    summary = make_summary(plan, by=head)
    client = Client()
    client.force_login(head)
    page = client.get(summary.public_url)
    assert page["Cache-Control"] == "public, max-age=300" and "Cookie" not in page.get("Vary", "")
    assert not page.cookies and "Ruth Pell" not in page.content.decode()
    assert page["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in page["Content-Security-Policy"]
    frame = client.get(reverse("smdp:summary-embed", args=[summary.school.urn]))
    assert "X-Frame-Options" not in frame and "frame-ancestors *" in frame["Content-Security-Policy"]


def test_elsewhere_is_checked_and_counts(school, head, hub, plan):
    for url, on, words in (
        ("javascript:alert(1)", today(), "valid URL"),
        ("https://school.example/music", today() + timedelta(days=1), "today or earlier"),
        ("https://school.example/music", None, "Enter when"),
    ):
        with pytest.raises(ValidationError, match=words):
            actions.record_elsewhere(school=school, url=url, on=on)
    assert not Summary.objects.exists()
    actions.record_elsewhere(school=school, url="https://school.example/music", on=today())
    (row,) = with_summary(type(school).objects.filter(pk=school.pk))
    assert (row.summary_state, row.summary_published_on) == ("elsewhere", today())
    (row,) = with_summary(type(school).objects.filter(pk=school.pk), today() + timedelta(days=600))
    assert row.summary_state == "due"  # of an academic year that is over
    make_summary(plan, by=head)
    (row,) = with_summary(type(school).objects.filter(pk=school.pk))
    assert row.summary_state == "current"
    (row,) = with_summary(type(school).objects.filter(pk=school.pk), today() + timedelta(days=900))
    assert row.summary_state == "due"


def test_markup_stays_words(head, plan):
    summary = make_summary(plan, by=head, future="<script>alert(1)</script>")
    page = Client().get(summary.public_url).content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script" not in page


def let_review_pass(summary: Summary) -> None:
    days = {"published_on": today() - timedelta(days=60), "review_on": today() - timedelta(days=1)}
    SummaryVersion.objects.filter(summary=summary).update(**days)


def test_schools_plans_page_says_where_its_summary_stands(school, head, plan, client_of):
    where, leads_to = reverse("smdp:plan-list"), reverse("smdp:summary-detail", args=[school.urn])
    words = client_of(head).get(where).text
    assert leads_to in words and "is expected to publish one each year" in words
    summary = make_summary(plan, by=head)
    words = client_of(head).get(where).text
    assert "Current" in words and f"published on {long_date(today())}" in words
    let_review_pass(summary)
    assert "Due for review" in client_of(head).get(where).text


def test_summary_that_is_due_says_so_with_what_to_do(school, head, plan, client_of):
    officer = make.make_person(Role.HUB_OFFICER, Hub.objects.get())
    summary = make_summary(plan, by=head)
    where, write_it = summary.get_absolute_url(), reverse("smdp:summary-edit", args=[school.urn])
    assert "To renew" not in client_of(head).get(where).text
    let_review_pass(summary)
    words = client_of(head).get(where).text
    assert "To renew" in words and "Your public summary was to be reviewed by" in words
    assert "It is due for review." in words and f'href="{write_it}"' in words and "Write it anew" in words
    assert "It is due for review." in client_of(head).get(plan.get_absolute_url()).text
    words = client_of(officer).get(where).text
    assert "Its public summary was to be reviewed by" in words and "Write it anew" not in words


def test_summary_published_elsewhere_before_last_june_asks_for_the_new_day(school, head, client_of):
    long_ago = today() - timedelta(days=600)
    actions.record_elsewhere(school=school, url="https://school.example/music", on=long_ago, now=today())
    words = client_of(head).get(reverse("smdp:summary-detail", args=[school.urn])).text
    assert "Say when it was changed" in words and reverse("smdp:summary-elsewhere", args=[school.urn]) in words


def test_summary_of_a_closed_school_says_so_and_its_leader_or_the_hubs_manager_withdraws_it(school, head, plan):
    summary = make_summary(plan, by=head)
    school.status, school.close_date = School.Status.CLOSED, date(2026, 8, 31)
    school.save()
    told = "closed on 31 August 2026. This is the last summary"
    for address in (summary.public_url, reverse("smdp:summary-embed", args=[school.urn])):
        assert told in " ".join(strip_tags(Client().get(address).content.decode()).split())
    hub = Hub.objects.covering(school.authority_id, today()).get()
    ask = reverse("smdp:summary-withdraw", args=[school.urn])
    officer, manager = Client(), Client()
    officer.force_login(make.make_person(Role.HUB_OFFICER, hub))
    manager.force_login(make.make_person(Role.HUB_MANAGER, hub))
    assert officer.post(ask).status_code == 403
    where = reverse("smdp:summary-detail", args=[school.urn])
    assert ask in manager.get(where).content.decode() and ask not in officer.get(where).content.decode()
    assert manager.post(ask, follow=True).status_code == 200
    assert Client().get(summary.public_url).status_code == 404
    assert summary.versions.get().withdrawn_by is not None


def test_leader_of_a_closed_school_withdraws_its_summary_and_publishes_no_other(school, head, plan):
    summary = make_summary(plan, by=head)
    School.objects.filter(pk=school.pk).update(status=School.Status.CLOSED)
    client = Client()
    client.force_login(head)
    assert client.get(reverse("smdp:summary-publish", args=[school.urn])).status_code == 403
    assert client.post(reverse("smdp:summary-withdraw", args=[school.urn])).status_code == 302
    assert Client().get(summary.public_url).status_code == 404
