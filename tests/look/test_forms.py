"""Forms: what each field says to eye and ear, and that what was typed is kept."""

import datetime as dt
import re

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.http import QueryDict

from hubportal.kit.errors import summary_entries
from hubportal.kit.forms import DateBoxesField, GovForm, HintedRadioSelect, LongTextField, wants_row, with_another_row


class Sample(GovForm, forms.Form):
    name = forms.CharField(label="Name", help_text="Its full name.", max_length=50)
    held_on = DateBoxesField(label="Date of the visit")
    notes = LongTextField(label="What did you see?", max_length=10, required=False)
    level = forms.ChoiceField(
        label="Level", choices=[("1", "Low"), ("2", "High")], widget=HintedRadioSelect(hints={"1": "Not much."})
    )


def filled(**over: str) -> dict[str, str]:
    return {"name": "Ash", "held_on_0": "12", "held_on_1": "11", "held_on_2": "2026", "level": "1"} | over


def attributes(html: str, name: str) -> str:
    return re.search(rf'<(?:input|textarea|select)[^>]*name="{name}"[^>]*>', html)[0]


def test_control_is_described_by_its_hint_and_its_error():
    control = attributes(render_crispy_form(Sample(filled(name=""))), "name")
    assert 'aria-describedby="id_name_helptext id_name_error"' in control
    assert 'aria-invalid="true"' in control
    assert "govuk-input--error" in control


def test_every_described_by_names_an_id_on_the_page():
    html = render_crispy_form(Sample({}))
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    named = {each for value in re.findall(r'aria-describedby="([^"]+)"', html) for each in value.split()}
    assert named <= ids
    assert "id_notes-info" in named


def test_counted_textarea_has_no_maxlength_so_that_a_paste_is_not_cut():
    html = render_crispy_form(Sample())
    assert "maxlength" not in attributes(html, "notes")
    assert 'data-maxlength="10"' in html


def test_hint_of_a_choice_stands_below_it():
    html = render_crispy_form(Sample())
    assert 'id="id_level_0-hint">Not much.</div>' in html
    assert 'aria-describedby="id_level_0-hint"' in attributes(html, "level")


def test_optional_field_says_so_and_required_does_not():
    html = render_crispy_form(Sample())
    assert html.count("(optional)") == 1


def test_summary_links_to_the_first_control_of_each_field():
    assert list(summary_entries(Sample({}))) == [
        ("Enter name", "id_name"),
        ("Enter date of the visit", "id_held_on_0"),
        ("Choose level", "id_level_0"),
    ]


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        (("12", "11", "2026"), dt.date(2026, 11, 12)),
        (("1", "Nov", "26"), dt.date(2026, 11, 1)),
        (("12/11/2026", "", ""), dt.date(2026, 11, 12)),
        (("12 november 2026", "", ""), dt.date(2026, 11, 12)),
        ((" 12 ", "11", " 2026"), dt.date(2026, 11, 12)),
    ],
)
def test_date_is_read_as_people_write_it(typed, date):
    form = Sample(filled(**{f"held_on_{at}": part for at, part in enumerate(typed)}))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["held_on"] == date


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("31", "2", "2026"), "Date of the visit must be a real date, for example 12 11 2026"),
        (("12", "", "2026"), "Date of the visit must include a month"),
        (("12", "", ""), "Date of the visit must include a month and a year"),
        (("", "", ""), "Enter date of the visit"),
        (("a", "b", "c"), "Date of the visit must be a real date, for example 12 11 2026"),
        (("1", "1", "20266"), "Date of the visit must be a real date, for example 12 11 2026"),
    ],
)
def test_wrong_date_is_named_and_stays_as_typed(typed, sentence):
    form = Sample(filled(**{f"held_on_{at}": part for at, part in enumerate(typed)}))
    assert form.errors["held_on"] == [sentence]
    html = render_crispy_form(form)
    kept = [re.search(r'value="([^"]*)"', attributes(html, f"held_on_{at}"))[1] for at in range(3)]
    assert kept == list(typed)


def test_date_shows_its_initial_value():
    html = render_crispy_form(Sample(initial={"held_on": dt.date(2026, 3, 5)}))
    assert [re.search(r'value="([^"]*)"', attributes(html, f"held_on_{at}"))[1] for at in range(3)] == [
        "5",
        "3",
        "2026",
    ]


def test_line_break_counts_as_one_character():
    form = Sample(filled(notes="1234\r\n6789"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["notes"] == "1234\n6789"


def test_too_long_text_is_kept_and_counted():
    form = Sample(filled(notes="12345678901"))
    assert form.errors["notes"] == ["Shorten “What did you see?” to 10 characters or fewer. It has 11"]
    assert "12345678901" in render_crispy_form(form)


def test_too_long_a_line_is_kept_and_counted():
    form = Sample(filled(name="A" * 1050))
    assert form.errors["name"] == ["Shorten “Name” to 50 characters or fewer. It has 1,050"]
    control = attributes(render_crispy_form(form), "name")
    assert "A" * 1050 in control and "maxlength" not in control, "a long paste is not cut by the browser"


def test_field_that_a_form_adds_later_is_named_too():
    form = Sample(filled(more="x" * 6))
    form.fields["more"] = forms.CharField(label="More", max_length=5)
    assert form.errors["more"] == ["Shorten “More” to 5 characters or fewer. It has 6"]


def test_sentence_of_a_field_s_own_stands():
    form = Sample(filled(urn="x" * 6))
    form.fields["urn"] = forms.CharField(max_length=5, error_messages={"max_length": "No such school"})
    assert form.errors["urn"] == ["No such school"]


def test_markup_that_was_typed_is_shown_as_text():
    html = render_crispy_form(Sample(filled(name='<script>"')))
    assert "<script>" not in html
    assert "&lt;script&gt;&quot;" in html


def test_another_row_keeps_what_was_typed():
    data = QueryDict("rows-TOTAL_FORMS=1&rows-0-what=Band&add_row=rows")
    assert wants_row(data, "rows")
    assert not wants_row(data, "others")
    more = with_another_row(data, "rows")
    assert more["rows-TOTAL_FORMS"] == "2"
    assert more["rows-0-what"] == "Band"
