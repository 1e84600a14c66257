"""Nobody meets a word that is not for them: on no page, in no file, in no context of a template."""

import pytest

from tests import cast
from tests.architecture.walking import Visit
from tests.cast import LINK_HOLDER, SIGNED_OUT, WORDS

pytestmark = pytest.mark.django_db


def test_every_word_is_one_of_a_kind_and_says_who_may_see_it():
    words = [word for name, word in vars(cast).items() if name.isupper() and isinstance(word, str)]
    assert sorted(words) == sorted([*WORDS, SIGNED_OUT, LINK_HOLDER])


@pytest.mark.parametrize("word", WORDS)
def test_word_is_shown_to_those_who_may_see_it_alone(walk: list[Visit], word: str):
    leaks = [str(visit) for visit in walk if word in visit.shown and visit.role not in WORDS[word]]
    assert leaks == []


@pytest.mark.parametrize("word", WORDS)
def test_word_is_given_to_templates_of_those_who_may_see_it_alone(walk: list[Visit], word: str):
    leaks = [str(visit) for visit in walk if word in visit.given and visit.role not in WORDS[word]]
    assert leaks == []


@pytest.mark.parametrize("word", WORDS)
def test_everybody_who_may_see_a_word_does_find_it(walk: list[Visit], word: str):
    """Or the two tests above would prove nothing."""
    assert {visit.role for visit in walk if word in visit.shown} == set(WORDS[word])
