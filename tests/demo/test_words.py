"""The sentences: every criterion has its words, and every slot can be filled."""

from random import Random

import pytest

from engagement.reference import read
from hubportal.demo import county
from hubportal.demo.challenge import GIFTS, WORDS
from hubportal.demo.voice import YEARS, Voice
from hubportal.demo.words.calls import ATTEMPTS, DONE, DROPPED, IN_PROGRESS, PRIVATE, RESPONSES, TOPICS
from hubportal.demo.words.offers import OFFERS, SAMPLE_OFFERS
from hubportal.demo.words.phrases import PHRASES

CODES = [criterion["code"] for area in read("framework_1.json")["areas"] for criterion in area["criteria"]]
STRANDS = {each["code"] for each in read("strands.json")["strands"]}


def test_each_criterion_has_words():
    assert sorted(WORDS) == sorted(CODES)
    assert sorted(PHRASES) == sorted(CODES)
    assert {code: [len(pair) for pair in words.evidence] for code, words in WORDS.items()} == {
        code: [2, 2, 2, 2] for code in CODES
    }


def test_offers_name_criteria_and_strands_that_exist():
    for offer in (*OFFERS, *SAMPLE_OFFERS):
        assert set(offer.criteria) <= set(CODES), offer.title
        assert offer.strand in STRANDS, offer.title


def test_some_offer_answers_each_criterion_that_hubs_can_help_with():
    answered = {code for offer in OFFERS for code in offer.criteria}
    assert sorted(set(CODES) - answered) == []


@pytest.mark.parametrize("kind", sorted(YEARS))
def test_every_sentence_can_be_said_of_every_kind_of_school(kind):
    school = next(each for each in county.exampleshire(7, county.date(2026, 11, 22)) if each.kind == kind)
    voice = Voice(Random(1), school, "Ashby Mere Primary School", "Exampleshire Brass")
    sentences = [*PRIVATE, *ATTEMPTS, *DROPPED, *IN_PROGRESS, *GIFTS.values()]
    sentences += [each for choices in (*RESPONSES.values(), *DONE.values()) for each in choices]
    for topic in TOPICS:
        sentences += [*topic.first, *topic.middle, *topic.last, *topic.hub_does, *topic.school_does, *topic.private]
    for words in WORDS.values():
        sentences += [each for pair in words.evidence for each in pair]
        sentences += [*words.next_steps, words.hub_does, words.school_does, words.ask, words.answer, words.offered]
    for sentence in sentences:
        said = voice.say(sentence)
        assert "{" not in said
        assert len(said) < 300
        assert said[:1] == said[:1].upper()
