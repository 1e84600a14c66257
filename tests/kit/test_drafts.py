"""Saving, conflicts, saved states: no word is lost."""

import threading
import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hubportal.accounts.models import User
from hubportal.kit import drafts
from hubportal.kit.forms import DateBoxesField, LongTextField
from hubportal.kit.models import Draft, DraftConflict, DraftRevision

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=LONDON)


class NotesForm(forms.Form):
    title = forms.CharField(required=False, label="Title")
    text = forms.CharField(required=False, label="What was said", widget=forms.Textarea)
    how = forms.ChoiceField(
        required=False, label="How", choices=[("", "Choose"), ("visit", "A visit"), ("call", "A call")]
    )
    strands = forms.MultipleChoiceField(
        required=False,
        choices=[("a", "Singing"), ("b", "Lessons"), ("c", "Events")],
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(required=False)
    on = DateBoxesField(required=False, label="Date")


SHAPE = drafts.shape_of(NotesForm())


@pytest.fixture
def ann(db):
    return User.objects.create_user("ann@people.example", name="Ann Archer")


@pytest.fixture
def ben(db):
    return User.objects.create_user("ben@people.example", name="Ben Baker")


@pytest.fixture
def draft(ann):
    return drafts.begin(kind="test", target=uuid.uuid4(), by=ann, values={"text": "first"})


def save(draft, by, base, writer="", **values):
    return drafts.save(draft=draft, base_revision=base, values=values, by=by, writer=writer or by.email, shape=SHAPE)


def post(**fields):
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def stored(draft):
    return Draft.objects.get(pk=draft.pk)


def test_begin_twice_gives_the_same_draft(ann, ben):
    target = uuid.uuid4()
    assert drafts.begin(kind="k", target=target, by=ann) == drafts.begin(kind="k", target=target, by=ben)
    assert Draft.objects.count() == 1


def test_begin_after_close_gives_a_new_draft(draft, ann):
    drafts.close(draft=draft, by=ann)
    again = drafts.begin(kind="test", target=draft.target, by=ann)
    assert (again.pk == draft.pk, again.values, draft.is_open) == (False, {}, False)


def test_save_to_a_closed_draft_is_refused(draft, ann):
    drafts.close(draft=draft, by=ann)
    with pytest.raises(drafts.DraftClosed):
        save(draft, ann, 0, text="late")
    assert stored(draft).values == {"text": "first"}


def test_save_only_mine_changed(draft, ann):
    result = save(draft, ann, 0, text="second")
    assert (result.revision, result.values, result.conflicts, result.changed_by_others) == (
        1,
        {"text": "second"},
        [],
        {},
    )
    assert (draft.revision, draft.values) == (1, {"text": "second"})


def test_save_costs_three_queries(draft, ann, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(5):  # with the savepoint a test's own transaction makes of it
        save(draft, ann, 0, text="second")


def test_save_costs_the_same_after_two_hundred_states(draft, ann, django_assert_num_queries):
    for number in range(200):
        save(draft, ann, number, text=f"state {number}")
    with transaction.atomic(), django_assert_num_queries(5):
        save(draft, ann, 200, text="last")


def test_save_the_same_again_changes_nothing(draft, ann):
    save(draft, ann, 0, text="second")
    again = save(draft, ann, 0, text="second")
    assert (again.revision, again.conflicts, DraftRevision.objects.count()) == (1, [], 1)


def test_save_in_different_fields_keeps_both(draft, ann, ben):
    save(draft, ann, 0, title="Ann's", text="first")
    result = save(draft, ben, 0, title="", text="Ben's")
    assert result.values == {"title": "Ann's", "text": "Ben's"}
    assert result.changed_by_others == {"title": drafts.Change("Ann's", "Ann Archer")}


def test_save_in_the_same_field_keeps_what_stands_and_the_other_beside_it(draft, ann, ben):
    save(draft, ann, 0, text="Ann's")
    result = save(draft, ben, 0, text="Ben's")
    assert result.values == {"text": "Ann's"}
    (conflict,) = result.conflicts
    assert (conflict.field, conflict.mine, conflict.theirs, conflict.by, conflict.against) == (
        "text",
        "Ben's",
        "Ann's",
        ben,
        ann,
    )
    assert (draft.conflicts_open, draft.conflicts_ever) == (1, 1)


def test_save_the_same_conflict_again_keeps_it_once(draft, ann, ben):
    save(draft, ann, 0, text="Ann's")
    save(draft, ben, 0, text="Ben's")
    save(draft, ben, 0, text="Ben's")
    save(draft, ben, 0, writer="another tab", text="Ben's")
    assert [(c.mine, c.earlier) for c in DraftConflict.objects.all()] == [("Ben's", [])]


def test_save_while_a_conflict_stands_keeps_the_new_words_in_it(draft, ann, ben):
    save(draft, ann, 0, text="Ann's")
    base = save(draft, ben, 0, text="Ben's").revision
    result = save(draft, ben, base, text="Ben's, longer")
    (conflict,) = result.conflicts
    assert (result.values["text"], conflict.mine, conflict.earlier) == ("Ann's", "Ben's, longer", ["Ben's"])


def test_save_by_the_same_person_in_two_tabs_is_a_conflict_too(draft, ann):
    save(draft, ann, 0, writer="tab 1", text="one")
    result = save(draft, ann, 0, writer="tab 2", text="two")
    assert [(c.mine, c.theirs) for c in result.conflicts] == [("two", "one")]


def test_save_tells_people_that_they_changed_it_themselves_elsewhere(draft, ann, ben):
    save(draft, ann, 0, writer="tab 1", title="one")
    assert save(draft, ann, 0, writer="tab 2", title="").changed_by_others["title"].by == "you, in another window,"
    assert save(draft, ben, 0, title="").changed_by_others["title"].by == str(ann)


def test_save_after_an_answer_that_was_lost_is_no_conflict(draft, ann):
    save(draft, ann, 0, writer="tab", text="one")
    result = save(draft, ann, 0, writer="tab", text="one two")
    assert (result.values, result.conflicts) == ({"text": "one two"}, [])


@pytest.mark.parametrize("base", [None, 7, -1])
def test_save_upon_an_unknown_state_overwrites_nothing(draft, ann, ben, base):
    result = save(draft, ben, base, text="Ben's", title="New")
    assert result.values == {"text": "first", "title": "New"}
    assert [(c.field, c.mine, c.against) for c in result.conflicts] == [("text", "Ben's", ann)]


def test_save_a_field_too_long_is_refused_and_the_rest_saved(draft, ann):
    result = save(draft, ann, 0, text="x" * 100_001, title="Short")
    assert result.values == {"text": "first", "title": "Short"}
    assert list(result.refused) == ["text"]
    assert result.refused["text"].startswith("“What was said” is longer than 100,000 characters, so it was not saved.")
    assert save(draft, ann, 1, text="x" * 100_000).refused == {}


def test_save_leaves_out_null_characters_and_says_so(draft, ann):
    result = save(draft, ann, 0, text="be\0fore \ud800after")
    assert result.values == {"text": "before ?after"}
    assert result.notes == ["“What was said” held characters that no text can hold; they were left out."]


def test_save_treats_both_kinds_of_line_end_alike(draft, ann, ben):
    save(draft, ann, 0, text="a\r\nb")
    assert stored(draft).values == {"text": "a\nb"}
    assert save(draft, ben, 1, text="a\r\nb").revision == 1


def test_save_ignores_names_that_are_not_in_the_form(draft, ann):
    assert save(draft, ann, 0, text="first", evil="x").values == {"text": "first"}


@pytest.mark.parametrize(("choice", "text"), [("mine", "Ben's"), ("theirs", "Ann's"), ("both", "Ann's\n\nBen's")])
def test_resolve_keeps_what_was_chosen(draft, ann, ben, choice, text):
    save(draft, ann, 0, text="Ann's")
    (conflict,) = save(draft, ben, 0, text="Ben's").conflicts
    assert drafts.resolve(conflict=conflict, choice=choice, by=ben)
    now = stored(draft)
    assert (now.values, now.conflicts_open, now.revision) == ({"text": text}, 0, 2)
    conflict.refresh_from_db()
    assert (conflict.choice, conflict.resolved_by, conflict.mine) == (choice, ben, "Ben's")


def test_resolve_twice_lets_the_first_choice_stand(draft, ann, ben):
    save(draft, ann, 0, text="Ann's")
    (conflict,) = save(draft, ben, 0, text="Ben's").conflicts
    assert drafts.resolve(conflict=conflict, choice="mine", by=ben)
    assert not drafts.resolve(conflict=conflict, choice="theirs", by=ann)
    assert stored(draft).values == {"text": "Ben's"}


def test_resolve_with_both_is_refused_for_a_choice(draft, ann, ben):
    save(draft, ann, 0, how="visit")
    (conflict,) = save(draft, ben, 0, how="call").conflicts
    with pytest.raises(ValidationError):
        drafts.resolve(conflict=conflict, choice="both", by=ben)
    assert stored(draft).conflicts_open == 1


def test_resolve_of_a_date_writes_its_three_boxes(draft, ann, ben):
    save(draft, ann, 0, on_0="3", on_1="11", on_2="2026")
    (conflict,) = save(draft, ben, 0, on_0="4", on_1="12", on_2="2026").conflicts
    assert (conflict.field, conflict.parts) == ("on", ["on_0", "on_1", "on_2"])
    drafts.resolve(conflict=conflict, choice="mine", by=ben)
    values = stored(draft).values
    assert (values["on_0"], values["on_1"], values["on_2"]) == ("4", "12", "2026")


def test_save_by_a_page_that_has_not_heard_of_the_choice_does_not_undo_it(draft, ann, ben):
    save(draft, ann, 0, text="Ann's")
    told = save(draft, ben, 0, text="Ben's")
    drafts.resolve(conflict=told.conflicts[0], choice="theirs", by=ann)
    result = save(draft, ben, told.revision, text="Ben's")
    assert (result.values["text"], result.conflicts) == ("Ann's", [])
    assert result.changed_by_others == {"text": drafts.Change("Ann's", "Ann Archer")}


def test_save_of_new_words_by_a_page_that_has_not_heard_of_the_choice_is_a_new_conflict(draft, ann, ben):
    save(draft, ann, 0, text="Ann's")
    told = save(draft, ben, 0, text="Ben's")
    drafts.resolve(conflict=told.conflicts[0], choice="theirs", by=ann)
    result = save(draft, ben, told.revision, text="Ben's, longer")
    assert (result.values["text"], [c.mine for c in result.conflicts]) == ("Ann's", ["Ben's, longer"])


def test_restore_brings_an_earlier_state_back_as_a_new_one(draft, ann):
    save(draft, ann, 0, text="second", title="A title")
    save(draft, ann, 1, text="third")
    assert drafts.state_at(draft, 1) == {"text": "second", "title": "A title"}
    result = drafts.restore(draft=draft, number=0, by=ann)
    assert (result.revision, result.values) == (3, {"text": "first", "title": ""})
    assert [(r.number, r.changed) for r in drafts.history(draft)] == [
        (3, ["text", "title"]),
        (2, ["text"]),
        (1, ["text", "title"]),
    ]


def test_restore_of_a_state_that_never_was_is_refused(draft, ann):
    with pytest.raises(ValidationError):
        drafts.restore(draft=draft, number=4, by=ann)


def test_history_costs_one_query_for_many_states(draft, ann, django_assert_num_queries):
    for number in range(3):
        save(draft, ann, number, text=f"state {number}")
    with django_assert_num_queries(1):
        assert [str(r.by) for r in drafts.history(draft)] == ["Ann Archer"] * 3


def test_others_now_names_who_was_there_lately_and_not_oneself(draft, ann, ben, django_assert_num_queries):
    def seen(by, at):
        drafts.save(draft=draft, base_revision=0, values={}, by=by, at=at)

    seen(ann, NOON)
    seen(ben, NOON + timedelta(minutes=1))
    with django_assert_num_queries(0):
        assert drafts.others_now(draft, ann, at=NOON + timedelta(minutes=2)) == ["Ben Baker"]
        assert drafts.others_now(draft, ben, at=NOON + timedelta(minutes=2)) == ["Ann Archer"]
        assert drafts.others_now(draft, ann, at=NOON + timedelta(minutes=4)) == []
    assert stored(draft).revision == 0


def test_take_post_saves_what_a_form_sends(draft, ann):
    sent = post(
        draft_revision="0", draft_writer="t", draft_person=str(ann.pk), text="second", strands=["a", "c"], on_0="3"
    )
    result = drafts.take_post(draft=draft, post=sent, by=ann, shape=SHAPE)
    assert {n: v for n, v in result.values.items() if v} == {"text": "second", "strands": ["a", "c"], "on_0": "3"}


def test_take_post_of_another_person_s_page_is_refused(draft, ann, ben):
    sent = post(draft_revision="0", draft_person=str(ann.pk), text="Ann's words")
    with pytest.raises(drafts.OtherPerson):
        drafts.take_post(draft=draft, post=sent, by=ben, shape=SHAPE)
    assert stored(draft).values == {"text": "first"}


def test_take_post_with_a_choice_settles_the_conflict_with_the_latest_words(draft, ann, ben):
    save(draft, ann, 0, text="Ann's")
    told = save(draft, ben, 0, writer="t", text="Ben's")
    sent = post(
        draft_revision=str(told.revision),
        draft_writer="t",
        text="Ben's, longer",
        draft_resolve=f"{told.conflicts[0].pk}:both",
    )
    result = drafts.take_post(draft=draft, post=sent, by=ben, shape=SHAPE)
    assert (result.settled, result.conflicts) == ({"text": "Ann's\n\nBen's, longer"}, [])
    assert (result.values["text"], result.revision, draft.revision) == ("Ann's\n\nBen's, longer", 2, 2)


@pytest.mark.parametrize("choice", ["nonsense", "nonsense:mine", "", ":", f"{uuid.UUID(int=0)}:mine"])
def test_take_post_with_a_choice_that_is_not_there(draft, ann, choice):
    sent = post(draft_revision="0", text="first", draft_resolve=choice)
    if not choice:
        assert drafts.take_post(draft=draft, post=sent, by=ann, shape=SHAPE).conflicts == []
        return
    with pytest.raises(ValidationError):
        drafts.take_post(draft=draft, post=sent, by=ann, shape=SHAPE)


def test_page_says_when_it_was_saved_and_by_whom(draft, ann, ben):
    assert drafts.page(draft=draft, user=ann, shape=SHAPE, url="/x/").saved == "Nothing saved yet"
    drafts.save(draft=draft, base_revision=0, values={"text": "b"}, by=ben, at=NOON)
    page = drafts.page(draft=draft, user=ann, shape=SHAPE, url="/x/", at=NOON + timedelta(minutes=1))
    assert (page.saved, page.others, page.revision) == ("Saved at midday by Ben Baker", ["Ben Baker"], 1)
    assert drafts.page(draft=draft, user=ben, shape=SHAPE, url="/x/", at=NOON + timedelta(days=2)).saved == (
        "Saved 20 November at midday"
    )


def test_page_shows_choices_in_words(draft, ann, ben):
    save(draft, ann, 0, how="visit", strands=["a", "b"])
    save(draft, ben, 0, how="call", strands="c")
    panels = drafts.conflict_panels(draft, ben, SHAPE, ben.email)
    assert [(p.field, p.label, p.mine, p.theirs, p.yours, p.here, p.joinable) for p in panels] == [
        ("how", "How", "A call", "A visit", True, True, False),
        ("strands", "Strands", "Events", "Singing, Lessons", True, True, False),
    ]


class RichForm(forms.Form):
    text = LongTextField(required=False, label="What was said", is_rich=True)


def test_conflict_of_rich_text_is_shown_as_it_is_set_and_cleaned(draft, ann, ben):
    shape = drafts.shape_of(RichForm())
    save(draft, ann, 0, text="# Aims\n\n- **sing**\n- <img src=x onerror=alert(1)>")
    save(draft, ben, 0, text="[Ours](https://school.example) [no](javascript:x)")
    (panel,) = drafts.conflict_panels(draft, ben, shape)
    assert panel.theirs.startswith("# Aims"), "as it was typed, for whoever reads it without markup"
    assert '<h3 dir="auto">Aims</h3>' in panel.theirs_html and "<strong>sing</strong>" in panel.theirs_html
    assert "&lt;img" in panel.theirs_html and "<img" not in panel.theirs_html
    assert '<a href="https://school.example"' in panel.mine_html and 'href="javascript' not in panel.mine_html


def test_conflict_names_whose_words_somebody_has_taken_over(draft, ann, ben):
    drafts.save(draft=draft, base_revision=0, values={"text": "Ann's"}, by=ann, writer="tab")
    drafts.save(draft=draft, base_revision=0, values={"text": "Cy's"}, by=ann, writer="link", words_of="Cy Cole")
    told = {
        user: (panel.heading, panel.mine_title, panel.theirs_title, panel.keep_mine, panel.keep_theirs)
        for user in (ann, ben)
        for panel in drafts.conflict_panels(draft, user, SHAPE)
    }
    heading = "Cy Cole also changed “What was said”"
    assert told == {
        ann: (heading, "Cy Cole’s, taken over by you", "Yours", "Keep Cy Cole’s", "Keep yours"),
        ben: (
            heading,
            "Cy Cole’s, taken over by Ann Archer",
            "Ann Archer’s",
            "Keep Cy Cole’s",
            "Keep Ann Archer’s",
        ),
    }


def test_words_taken_over_that_were_there_first_are_named_too(draft, ann, ben):
    drafts.save(draft=draft, base_revision=0, values={"text": "Cy's"}, by=ann, writer="link", words_of="Cy Cole")
    told = save(draft, ben, 0, title="T", text="first").changed_by_others
    assert told["text"].by == "Cy Cole, taken over by Ann Archer"
    save(draft, ben, 0, text="Ben's")
    (panel,) = drafts.conflict_panels(draft, ben, SHAPE)
    assert (panel.heading, panel.theirs_title) == (
        "Cy Cole also changed “What was said”",
        "Cy Cole’s, taken over by Ann Archer",
    )


def test_shape_and_initial_go_round(draft):
    sent = post(title="T", text="a", how="call", strands=["b"], agreed="on", on_0="3", on_1="11", on_2="2026")
    values = drafts.values_from(sent, SHAPE)
    assert drafts.initial_for(NotesForm(), values) == {
        "title": "T",
        "text": "a",
        "how": "call",
        "strands": ["b"],
        "agreed": True,
        "on": ["3", "11", "2026"],
    }
    bound = NotesForm(drafts.as_data(values))
    assert bound.is_valid(), bound.errors
    assert NotesForm(drafts.as_data(drafts.values_from(post(), SHAPE))).is_valid()


def test_shape_knows_the_rows_of_a_formset():
    rows = forms.formset_factory(NotesForm, extra=0)(post(**{"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}))
    shape = drafts.shape_of(rows)
    assert "form-TOTAL_FORMS" in shape.names
    assert {"form-0-title", "form-1-title", "form-1-on_2"} <= shape.names
    assert shape.joints["form-1-text"] == "\n\n"
    values = drafts.values_from(post(**{"form-TOTAL_FORMS": "2", "form-1-title": "x"}), shape)
    assert forms.formset_factory(NotesForm)(drafts.as_data(values)).total_form_count() == 2


# --- Any interleaving ----------------------------------------------------------------------------------------------

NAMES = ("title", "text")
MOVES = st.lists(
    st.tuples(
        st.integers(0, 2),  # who
        st.sampled_from(["type", "hear", "lose answer", "mine", "theirs", "both", "restore"]),
        st.sampled_from(NAMES),
    ),
    max_size=25,
)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_no_interleaving_of_three_people_loses_a_word(moves):
    """Every value that a server ever took is current, or in a saved state, or in a conflict."""
    with transaction.atomic():
        people = [User.objects.create_user(f"p{i}@people.example", name=f"P{i}") for i in range(3)]
        draft = drafts.begin(kind="property", target=uuid.uuid4(), by=people[0])
        pages = [{"base": 0, "values": dict.fromkeys(NAMES, "")} for _ in people]
        posted = set()
        for turn, (who, move, name) in enumerate(moves):
            by, page = people[who], pages[who]
            if move == "restore":
                drafts.restore(draft=draft, number=turn % (draft.revision + 1), by=by)
                continue
            if move in {"mine", "theirs", "both"}:
                for conflict in drafts.open_conflicts(stored(draft))[:1]:
                    drafts.resolve(conflict=conflict, choice=move, by=by, writer=f"tab {who}")
                continue
            if move != "hear":
                page["values"][name] = f"{name} {turn} by {who}"
            posted |= {value for value in page["values"].values() if value}
            result = drafts.save(
                draft=draft, base_revision=page["base"], values=page["values"], by=by, writer=f"tab {who}", shape=SHAPE
            )
            if move != "lose answer":
                page["base"] = result.revision
                page["values"].update({n: change.value for n, change in result.changed_by_others.items()})
        assert posted - kept(stored(draft)) == set()
        transaction.set_rollback(True)


def kept(draft):
    """Every text that can still be found in a draft."""
    texts = list(draft.values.values())
    for revision in draft.revisions.all():
        texts += [*revision.values.values(), *revision.before.values()]
    for conflict in draft.conflicts.all():
        texts += [conflict.mine, conflict.theirs, *conflict.earlier]
    return {part for text in texts for part in [text, *str(text).split("\n\n"), *str(text).split(" / ")]}


# --- At the same moment, on a real database ------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_save_by_eight_at_the_same_moment_loses_nothing():
    people = [User.objects.create_user(f"p{i}@people.example", name=f"P{i}") for i in range(8)]
    draft = drafts.begin(kind="race", target=uuid.uuid4(), by=people[0])
    gate = threading.Barrier(8)

    def write(number):
        try:
            gate.wait()
            mine = Draft.objects.get(pk=draft.pk)
            save(mine, people[number], 0, text=f"words of {number}")
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    now = stored(draft)
    assert {f"words of {number}" for number in range(8)} <= kept(now)
    assert (now.revision, now.conflicts_open, DraftConflict.objects.count()) == (1, 7, 7)


@pytest.mark.django_db(transaction=True)
def test_begin_by_eight_at_the_same_moment_makes_one():
    ann = User.objects.create_user("ann@people.example", name="Ann Archer")
    target, gate, made = uuid.uuid4(), threading.Barrier(8), []

    def start():
        try:
            gate.wait()
            made.append(drafts.begin(kind="race", target=target, by=ann).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(set(made))) == (8, 1)
