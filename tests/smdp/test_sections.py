"""The plan as data: every version can be asked, shown, and told apart."""

import pytest

from smdp.sections import SPECIFICATIONS, Field, Kind, Setting, Table, sections_for

EVERY = [(number, section) for number, sections in SPECIFICATIONS.items() for section in sections]


@pytest.mark.parametrize(("number", "section"), EVERY, ids=lambda each: getattr(each, "key", str(each)))
def test_no_two_questions_of_a_section_share_a_name_or_a_label(number, section):
    parts = [part for fieldset in section.fieldsets for part in fieldset.parts]
    names = [part.name for part in parts]
    labels = [part.label if isinstance(part, Field) else part.title for part in parts]
    assert len(set(names)) == len(names)
    assert len(set(labels)) == len(labels)
    # A table's rows are posted as "<table>-0-<column>", a date as "<field>_0": neither may be taken for another's.
    tables = {part.name for part in parts if isinstance(part, Table)}
    assert not {name for name in names for table in tables if name.startswith(f"{table}-")}


@pytest.mark.parametrize(("number", "section"), EVERY, ids=lambda each: getattr(each, "key", str(each)))
def test_a_choice_has_choices_and_nothing_else_has(number, section):
    fields = [*section.fields(), *(column for table in section.tables() for column in table.columns)]
    assert {field.name for field in fields if (field.kind == Kind.CHOICE) != bool(field.choices)} == set()


def test_a_primary_school_is_asked_of_the_early_years_and_of_no_exams():
    (curriculum,) = [each for each in sections_for(1, [Setting.PRIMARY]) if each.key == "curriculum"]
    asked = {field.name for field in curriculum.fields()} | {table.name for table in curriculum.tables()}
    assert {"early_years", "time"} <= asked
    assert not {"qualifications", "groups"} & asked


def test_a_special_school_is_asked_by_class_or_pathway():
    (curriculum,) = [each for each in sections_for(1, [Setting.SPECIAL]) if each.key == "curriculum"]
    asked = {field.name for field in curriculum.fields()} | {table.name for table in curriculum.tables()}
    assert {"groups", "qualifications"} <= asked
    assert not {"time", "early_years"} & asked


@pytest.mark.parametrize("setting", Setting)
def test_every_kind_of_school_is_asked_in_all_twelve_sections(setting):
    assert len(sections_for(1, [setting])) == 12


def test_money_names_and_evidence_are_never_public():
    public = {f"{section.key}.{field.name}" for _, section in EVERY for field in section.fields() if field.is_public}
    assert not public & {"overview.governor", "overview.improvement_plan", "funding.notes", "inclusion.missing"}
    assert not {name for name in public if name.endswith("_evidence")}


def test_a_question_that_stays_keeps_its_kind_in_every_version():
    kinds: dict[tuple[str, str], set[object]] = {}
    for _, section in EVERY:
        for field in section.fields():
            kinds.setdefault((section.key, field.name), set()).add(field.kind)
        for table in section.tables():
            kinds.setdefault((section.key, table.name), set()).add(Table)
    assert {name: found for name, found in kinds.items() if len(found) > 1} == {}
