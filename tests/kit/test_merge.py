"""Whose words stand: the whole matrix, without a database."""

import pytest

from hubportal.kit.drafts.merge import Clash, Step, merge, undo


def step(before, after, writer="theirs", by="Ann"):
    return Step(values={"f": after}, before={"f": before}, writer=writer, by=by)


def outcome(current, steps, mine, groups=None):
    merged = merge(current=current, steps=steps, mine=mine, writer="mine", groups=groups)
    return (
        merged.taken,
        [(clash.field, clash.mine, clash.theirs, clash.against) for clash in merged.clashes],
        merged.changed,
    )


@pytest.mark.parametrize(
    ("steps", "current", "mine", "taken", "clashes", "changed"),
    [
        pytest.param([], "a", "a", {}, [], {}, id="nobody-changed"),
        pytest.param([], "a", "b", {"f": "b"}, [], {}, id="only-mine-changed"),
        pytest.param([], "a", "", {"f": ""}, [], {}, id="only-mine-emptied"),
        pytest.param([step("a", "t")], "t", "a", {}, [], {"f": "Ann"}, id="only-theirs-changed"),
        pytest.param([step("a", "t")], "t", "t", {}, [], {}, id="both-changed-alike"),
        pytest.param([step("a", "t")], "t", "m", {}, [("f", "m", "t", "Ann")], {}, id="both-changed"),
        pytest.param([step("a", "t")], "t", "", {}, [("f", "", "t", "Ann")], {}, id="mine-emptied-theirs-changed"),
        pytest.param(
            [step("a", "t"), step("t", "a")], "a", "m", {}, [("f", "m", "a", "Ann")], {}, id="theirs-there-and-back"
        ),
        pytest.param([step("a", "m1", "mine", "Me")], "m1", "m2", {"f": "m2"}, [], {}, id="my-own-unanswered-save"),
        pytest.param([step("a", "m1", "mine", "Me")], "m1", "a", {"f": "a"}, [], {}, id="my-own-save-taken-back"),
        pytest.param(
            [step("a", "m1", "mine", "Me"), step("m1", "t")],
            "t",
            "m1",
            {},
            [],
            {"f": "Ann"},
            id="theirs-upon-my-unanswered-save",
        ),
        pytest.param(
            [step("a", "m1", "mine", "Me"), step("m1", "t")],
            "t",
            "m2",
            {},
            [("f", "m2", "t", "Ann")],
            {},
            id="both-upon-my-unanswered-save",
        ),
        pytest.param(None, "", "m", {"f": "m"}, [], {}, id="no-base-and-nothing-there"),
        pytest.param(None, "t", "", {}, [], {"f": None}, id="no-base-and-nothing-said"),
        pytest.param(None, "t", "m", {}, [("f", "m", "t", None)], {}, id="no-base-and-both"),
    ],
)
def test_merge_one_field(steps, current, mine, taken, clashes, changed):
    assert outcome({"f": current}, steps, {"f": mine}) == (taken, clashes, changed)


def test_merge_leaves_fields_that_were_not_posted():
    assert outcome({"f": "a", "g": "b"}, [], {"g": "c"}) == ({"g": "c"}, [], {})


def test_merge_different_fields_by_two_people_takes_both():
    theirs = Step(values={"f": "t"}, before={"f": ""}, writer="theirs", by="Ann")
    assert outcome({"f": "t"}, [theirs], {"f": "", "g": "m"}) == ({"g": "m"}, [], {"f": "Ann"})


def test_merge_a_date_of_three_boxes_as_one_answer():
    boxes = ("d_0", "d_1", "d_2")
    theirs = Step(values={"d_0": "4"}, before={"d_0": "3"}, writer="theirs", by="Ann")
    merged = merge(
        current={"d_0": "4", "d_1": "11", "d_2": "2026"},
        steps=[theirs],
        mine={"d_0": "3", "d_1": "12", "d_2": "2026"},
        writer="mine",
        groups={"d": boxes},
    )
    assert merged.taken == {}
    assert merged.clashes == [Clash("d", boxes, ["3", "12", "2026"], ["4", "11", "2026"], "Ann")]


@pytest.mark.parametrize(
    ("mine", "taken", "changed"), [("3", {"r-TOTAL_FORMS": "3"}, {}), ("1", {}, {"r-TOTAL_FORMS": "Ann"})]
)
def test_merge_counts_of_rows_take_the_larger(mine, taken, changed):
    theirs = Step(values={"r-TOTAL_FORMS": "2"}, before={"r-TOTAL_FORMS": "1"}, writer="theirs", by="Ann")
    assert outcome({"r-TOTAL_FORMS": "2"}, [theirs], {"r-TOTAL_FORMS": mine}) == (taken, [], changed)


def test_merge_treats_ticked_boxes_as_one_answer():
    assert outcome({"f": ["1", "2"]}, [step("1", ["1", "2"])], {"f": ["1", "3"]}) == (
        {},
        [("f", ["1", "3"], ["1", "2"], "Ann")],
        {},
    )


def test_undo_walks_back_through_every_step():
    assert undo({"f": "c", "g": "x"}, [step("a", "b"), step("b", "c")]) == {"f": "a", "g": "x"}
