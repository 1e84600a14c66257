"""What a school is given to read: complete, in order, the same each time, and nothing that is not the school's."""

import json
from datetime import date, timedelta

import pytest

from engagement import content, matching
from engagement.actions import sharing
from engagement.actions.entries import ActionEntry, FindingEntry, JudgementEntry, PartEntry, Person
from engagement.models import AgreedAction, Finding, Offer
from schools.models import School
from tests.engagement.factories import criterion, full_part, make_conversation, part_of, strand
from tests.engagement.shared_world import OTHER_WORDS, leaks, make_other_world, make_world
from tests.factories import make_school

pytestmark = pytest.mark.django_db

KEYS = {
    "shape", "hub", "school", "date", "minutes", "how", "how_words", "kind", "kind_words", "trust", "people", "strands",
    "common_summary", "summary", "challenge", "answer", "help_offered", "could_offer", "judgements", "levels",
    "levels_was_on", "covered", "develop", "actions", "governor_questions", "next_on", "next_note", "framework",
}  # fmt: skip


def test_freeze_has_the_documented_keys_and_is_json():
    world = make_world()
    frozen = content.freeze(world.part)
    assert set(frozen) == KEYS
    assert json.loads(json.dumps(frozen)) == frozen
    assert all(key in content.__doc__ for key in KEYS)


def test_freeze_says_what_stands_in_the_rows():
    world = make_world(on=date(2026, 9, 14))
    frozen = content.freeze(world.part)
    assert frozen["hub"]["name"] == "Exampleshire Music Hub"
    assert frozen["hub"]["contact_name"] == "Amira Okafor"
    assert (frozen["date"], frozen["minutes"], frozen["how_words"]) == ("2026-09-14", 70, "Visit")
    assert [each["name"] for each in frozen["people"]] == ["Amira Okafor", "Ruth Pell"]
    assert frozen["summary"] == "Singing is a strength the school would share."
    assert [each["heading"] for each in frozen["covered"]] == ["Singing every week"]
    assert [each["heading"] for each in frozen["develop"]] == ["After whole-class brass"]
    assert [(each["what"], each["owner_name"]) for each in frozen["actions"]] == [
        ("Tutor for a Year 5 band", "Amira Okafor")
    ]
    assert frozen["levels"] == [{"code": "singing", "label": "Singing every week", "was": None, "whose": "", "now": 4}]
    first_of_two_areas = [criterion(code).governor_question for code in ("weekly-hour", "lessons")]
    assert frozen["governor_questions"] == [criterion("singing").governor_question, *first_of_two_areas]


def test_freeze_twice_is_the_same():
    world = make_world()
    assert content.freeze(world.part) == content.freeze(world.part)


def test_freeze_holds_nothing_private_and_nothing_of_another_school():
    other, world = make_other_world(), make_world()
    neighbour = make_school("Ashby Mere Primary School", hub=world.hub)
    meeting = make_conversation(
        world.school,
        neighbour,
        by=world.officer,
        private_notes="PRIVATE-the head is on leave",
        common_summary="Both schools met.",
        parts={
            world.school: PartEntry(summary="Ours", people=[Person("Ruth Pell", "Head")]),
            neighbour: PartEntry(summary="NEIGHBOUR-words", people=[Person("NEIGHBOUR-person", "Head")]),
        },
    )
    text = json.dumps(content.freeze(part_of(meeting, world.school)))
    assert leaks(text) == []
    assert [word in text for word in ("Both schools met.", "Ours", "NEIGHBOUR", OTHER_WORDS, other.school.name)] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_freeze_compares_with_what_the_school_was_given_last():
    world = make_world(on=date(2026, 2, 3))
    world.share()

    def judged(level: int, on: date) -> "dict":
        return make_conversation(
            world.school,
            by=world.officer,
            on=on,
            parts={
                world.school: full_part(
                    world.hub, judgements=[JudgementEntry(criterion("singing"), agreed_level=level)]
                )
            },
        )

    judged(1, date(2026, 5, 1))  # logged, never shared: the school does not know of it
    frozen = content.freeze(part_of(judged(3, date(2026, 9, 9))))
    assert [(each["level"], each["was_level"], each["was_on"]) for each in frozen["judgements"]] == [
        (3, 4, "2026-02-03")
    ]
    assert frozen["levels_was_on"] == "2026-02-03"


def test_freeze_forgets_what_was_withdrawn_from_the_school():
    world = make_world(on=date(2026, 2, 3))
    world.share()
    later = make_conversation(
        world.school,
        by=world.officer,
        on=date(2026, 9, 9),
        parts={world.school: full_part(world.hub, judgements=[JudgementEntry(criterion("singing"), agreed_level=3)])},
    )
    assert content.freeze(part_of(later))["judgements"][0]["was_level"] == 4
    sharing.withdraw(part=world.part, reason="Wrong school", by=world.officer)
    frozen = content.freeze(part_of(later))
    assert (frozen["judgements"][0]["was_level"], frozen["levels_was_on"], frozen["levels"][0]["was"]) == (
        None,
        None,
        None,
    )


def test_freeze_ignores_another_hubs_earlier_judgement():
    other = make_other_world()
    other.share()
    world = make_world()
    assert [each["was_level"] for each in content.freeze(world.part)["judgements"]] == [None]


@pytest.mark.parametrize(
    ("school", "hub", "agreed", "level", "differs", "rows"),
    [
        (3, 2, 3, 3, False, [("", 3)]),
        (3, 2, None, None, True, [("school", 3), ("hub", 2)]),
        (2, 2, None, 2, False, [("", 2)]),
        (None, 1, None, 1, False, [("", 1)]),
        (None, None, None, None, False, []),
    ],
)
def test_levels_are_the_agreed_one_or_both(school, hub, agreed, level, differs, rows):
    world = make_world()
    conversation = make_conversation(
        world.school,
        by=world.officer,
        parts={
            world.school: full_part(world.hub, judgements=[JudgementEntry(criterion("singing"), school, hub, agreed)])
        },
    )
    frozen = content.freeze(part_of(conversation))
    assert [(each["level"], each["differs"]) for each in frozen["judgements"]] == [(level, differs)]
    assert [(each["whose"], each["now"]) for each in frozen["levels"]] == rows


def test_governor_questions_come_from_the_lowest_levels():
    world = make_world()
    codes = {"singing": 4, "weekly-hour": 1, "whole-class-instruments": 2, "choir": 3}
    known = [code for code in codes if code in {"singing", "weekly-hour", "whole-class-instruments"}]
    judgements = [JudgementEntry(criterion(code), agreed_level=codes[code]) for code in known]
    conversation = make_conversation(
        world.school, by=world.officer, parts={world.school: full_part(world.hub, judgements=judgements)}
    )
    expected = [criterion(code).governor_question for code in ("weekly-hour", "whole-class-instruments", "singing")]
    assert content.freeze(part_of(conversation))["governor_questions"] == expected


def test_offers_answer_the_criterion_and_suit_the_phase():
    world = make_world()
    fields = {"hub": world.hub, "strand": strand(), "criteria_codes": ["singing"]}
    Offer.objects.create(title="For secondary schools", phases=[School.Phase.SECONDARY], **fields)
    Offer.objects.create(title="No longer on offer", is_current=False, **fields)
    Offer.objects.create(title="Another need", hub=world.hub, strand=strand(), criteria_codes=["weekly-hour"])
    make_other_world()
    finding = FindingEntry(Finding.Kind.DEVELOP, "Sing more", criterion=criterion("singing"))
    conversation = make_conversation(
        world.school, by=world.officer, parts={world.school: full_part(world.hub, findings=[finding])}
    )
    offers = content.freeze(part_of(conversation))["develop"][0]["offers"]
    assert [each["title"] for each in offers] == ["Choirs together, Exampleshire Music Hub"]


@pytest.mark.parametrize(
    ("phase", "low", "high", "primary", "secondary"),
    [
        (School.Phase.PRIMARY, 4, 11, True, False),
        (School.Phase.ALL_THROUGH, 4, 18, True, True),
        (School.Phase.NOT_APPLICABLE, 4, 11, True, False),
        (School.Phase.NOT_APPLICABLE, 11, 19, False, True),
        (School.Phase.NOT_APPLICABLE, None, None, True, True),
    ],
)
def test_phases_of_a_school(phase, low, high, primary, secondary):
    phases = matching.phases_of(School(phase=phase, low_age=low, high_age=high))
    assert (School.Phase.PRIMARY.value in phases, School.Phase.SECONDARY.value in phases) == (primary, secondary)


def test_actions_stand_in_the_order_of_their_dates():
    world = make_world()
    on = world.on
    actions = [
        ActionEntry("Later", AgreedAction.Side.SCHOOL, "Ruth Pell", on + timedelta(days=30)),
        ActionEntry("Sooner", AgreedAction.Side.HUB, "Amira Okafor", on + timedelta(days=3)),
    ]
    conversation = make_conversation(
        world.school, by=world.officer, on=on, parts={world.school: full_part(world.hub, actions=actions)}
    )
    assert [each["what"] for each in content.freeze(part_of(conversation))["actions"]] == ["Sooner", "Later"]


def test_thaw_gives_dates_and_changes_nothing_else():
    world = make_world(on=date(2026, 9, 14))
    frozen = content.freeze(world.part)
    page = content.thaw(frozen)
    assert page["date"] == date(2026, 9, 14)
    assert {key: page[key] for key in page if key != "date"} == {key: frozen[key] for key in frozen if key != "date"}


def test_freeze_costs_the_same_for_one_judgement_and_for_three(django_assert_num_queries):
    world = make_world()
    many = [
        JudgementEntry(criterion(code), agreed_level=2)
        for code in ("singing", "weekly-hour", "whole-class-instruments")
    ]
    conversation = make_conversation(
        world.school, by=world.officer, parts={world.school: full_part(world.hub, judgements=many)}
    )
    for part in (world.part, part_of(conversation)):
        with django_assert_num_queries(14):
            content.freeze(part)
