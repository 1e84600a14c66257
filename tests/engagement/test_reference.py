"""The shipped words: complete, loaded once, never changed once they are there."""

import pytest

from engagement.models import Criterion, Framework, Level, Strand
from engagement.reference import load_reference, read

pytestmark = pytest.mark.django_db

FUNCTIONS = ["Partnership", "Schools", "Progression and musical development", "Inclusion", "Sustainability"]


def test_load_reference_is_there_after_migrate_and_adds_nothing_again():
    assert load_reference() == []
    assert Strand.objects.count() == 10
    assert Framework.objects.filter(hub=None).count() == 1


def test_load_reference_adds_what_is_absent():
    Criterion.objects.all().delete()
    for framework in Framework.objects.all():
        framework.areas.all().delete()
        framework.levels.all().delete()
        framework.delete()
    Strand.objects.filter(code="plan").delete()
    assert load_reference() == [
        "kind of support: The school's music development plan",
        "framework: Music in our schools, version 1",
    ]
    assert Criterion.objects.count() == 24


def test_load_reference_leaves_edited_words_alone():
    Strand.objects.filter(code="plan").update(name="Plans")
    Criterion.objects.filter(code="singing").update(title="Singing")
    load_reference()
    assert Strand.objects.get(code="plan").name == "Plans"
    assert Criterion.objects.get(code="singing").title == "Singing"


def test_strands_are_tagged_with_the_plans_aims_and_functions():
    for strand in Strand.objects.all():
        assert strand.aims and set(strand.aims) <= {1, 2, 3}
        assert strand.functions and set(strand.functions) <= set(FUNCTIONS)
    assert "Arts Council England" in read("strands.json")["source"]


def test_framework_has_four_levels_in_order():
    framework = Framework.objects.get(hub=None, number=1)
    assert list(Level.objects.filter(framework=framework).values_list("number", "name")) == [
        (1, "Not yet in place"),
        (2, "Emerging"),
        (3, "Established"),
        (4, "Embedded"),
    ]


def test_framework_asks_of_each_criterion_what_an_inspector_and_a_governor_would():
    criteria = Criterion.objects.filter(area__framework__number=1)
    assert criteria.count() == 24
    for criterion in criteria:
        assert 2 <= len(criterion.prompts) <= 4
        assert all(prompt.endswith("?") for prompt in criterion.prompts)
        assert criterion.governor_question.endswith("?")


def test_the_seven_key_features_are_among_the_criteria():
    marked = [
        criterion.code
        for criterion in Criterion.objects.filter(description__icontains="seven key features").order_by("code")
    ]
    assert marked == ["choir", "ensemble", "lessons", "live-music", "performance", "practice-space", "weekly-hour"]
