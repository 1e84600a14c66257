"""Whatever several people do to a section, in whatever order, no saved word of theirs is lost."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hubportal.kit import drafts
from hubportal.kit.models import Draft
from schools.access import today
from schools.roles import Role
from smdp import writing
from smdp.actions import plans as actions
from smdp.forms import SectionBook
from smdp.models import PlanVersion
from smdp.sections import SPECIFICATIONS
from tests import factories as make
from tests.smdp.factories import fill, make_plan

VISION = next(each for each in SPECIFICATIONS[1] if each.key == "vision")
NAMES = ("vision", "now")
# "reopen" is a page made anew (a restart, the back button); "lose answer" saves and never hears what came of it.
MOVES = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["save", "save", "lose answer", "share", "adopt", "restore", "reopen", "mine", "both"]),
        st.sampled_from(NAMES),
    ),
    max_size=14,
)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_no_interleaving_of_saves_shares_and_restores_loses_a_saved_word(moves):
    with transaction.atomic():
        school = make.make_school("Millbrook Junior School", hub=make.make_hub("Exampleshire Music Hub"))
        people = [make.make_person(Role.SCHOOL_LEADER, school, f"Person {at}") for at in range(3)]
        plan = fill(make_plan(school, by=people[0]), by=people[0])
        draft = writing.drafts_of(plan)["vision"]
        pages = [_page(draft) for _ in people]
        saved: set[str] = set()
        frozen: list[tuple[int, dict]] = []
        for turn, (who, move, name) in enumerate(moves):
            by, tab = people[who], f"tab {who}"
            if move in ("save", "lose answer"):
                pages[who]["values"][name] = f"{name} {turn} by {who}"
                saved |= set(filter(None, pages[who]["values"].values()))
                result = drafts.save(
                    draft=draft,
                    base_revision=pages[who]["base"],
                    values=pages[who]["values"],
                    by=by,
                    writer=tab,
                    shape=SectionBook(VISION, drafts.as_data(pages[who]["values"])).shape(),
                )
                if move == "save":
                    pages[who]["base"] = result.revision
                    pages[who]["values"] |= {n: each.value for n, each in result.changed_by_others.items()}
            elif move in ("share", "adopt"):
                if version := _freeze(plan, move, by):
                    frozen.append((version.pk, version.answers))
            elif move == "restore":
                drafts.restore(draft=draft, number=turn % (draft.revision + 1), by=by)
            elif move == "reopen":
                draft = Draft.objects.get(pk=draft.pk)
                pages[who] = _page(draft)
            else:
                for conflict in drafts.open_conflicts(Draft.objects.get(pk=draft.pk))[:1]:
                    drafts.resolve(conflict=conflict, choice=move, by=by, writer=tab)
        draft = Draft.objects.get(pk=draft.pk)
        assert saved - _found(draft) == set()
        for pk, answers in frozen:
            assert PlanVersion.objects.get(pk=pk).answers == answers
        transaction.set_rollback(True)


def _page(draft: Draft) -> dict:
    return {"base": draft.revision, "values": {name: draft.values.get(name, "") for name in NAMES}}


def _freeze(plan, move, by) -> PlanVersion | None:
    """A version, unless there is nothing new or two people's words wait for a choice."""
    try:
        if move == "share":
            return actions.share(plan=plan, by=by)
        return actions.adopt(plan=plan, presented_on=today(), by=by)
    except ValidationError:
        return None


def _found(draft: Draft) -> set[str]:
    """Every text that somebody can still read: in a state of the history, or in a conflict beside what stands."""
    texts = [text for number in range(draft.revision + 1) for text in drafts.state_at(draft, number).values()]
    for conflict in draft.conflicts.all():
        texts += [conflict.mine, conflict.theirs, *conflict.earlier]
    return {part for text in texts for part in [text, *str(text).split("\n\n")]}
