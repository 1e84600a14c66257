"""Whatever several people do to a plan, in whatever order, no saved word of theirs is lost."""

from dataclasses import dataclass, field

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from hubportal.accounts.models import User
from hubportal.kit import drafts
from hubportal.kit.drafts.merge import COUNTER, Values
from hubportal.kit.models import Draft
from schools.access import today
from schools.roles import Role
from smdp import writing
from smdp.actions import plans as actions
from smdp.asking import asked_in
from smdp.forms import SectionBook
from smdp.models import Plan, PlanVersion
from smdp.sections import Section
from tests import factories as make
from tests.smdp.factories import fill, make_plan

PEOPLE = 3
# Two sections of the newest questions: long texts, and a table to which rows are added.
BOXES = {"vision": ("vision", "now"), "events": ("calendar-0-what", "calendar-1-what")}
ROWS = f"calendar{COUNTER}"
MOVES = st.lists(
    st.tuples(
        st.integers(0, PEOPLE - 1),
        st.sampled_from(
            ["save", "save", "save twice", "lose answer", "send the last again", "add row", "take out"]
            + ["share", "adopt", "restore", "open anew", "restart", "choose mine", "choose theirs", "choose both"]
        ),
        st.sampled_from([(key, box) for key, boxes in BOXES.items() for box in boxes]),
    ),
    min_size=6,
    max_size=24,
)


@dataclass
class Page:
    """A section open in somebody's browser: what it was made from, what its boxes hold, and what it sent last."""

    base: int
    values: Values
    sent: list[tuple[int, Values]] = field(default_factory=list)


class House:
    """A plan, the people who write in it, and every word that one of them was told is saved, or sent to be saved."""

    def __init__(self) -> None:
        school = make.make_school("Millbrook Junior School", hub=make.make_hub("Exampleshire Music Hub"))
        self.people = [make.make_person(Role.SCHOOL_LEADER, school, f"Person {at}") for at in range(PEOPLE)]
        self.plan: Plan = fill(make_plan(school, by=self.people[0]), by=self.people[0])
        self.sections: dict[str, Section] = {each.key: each for each in asked_in(self.plan) if each.key in BOXES}
        self.start()
        self.pages = {(who, key): self.page(key) for who in range(PEOPLE) for key in BOXES}
        self.saved: set[str] = set()
        self.frozen: list[tuple[int, dict]] = []

    def start(self) -> None:
        """The portal begins with nothing but its database, as after it was killed. Browsers keep their pages."""
        self.plan = Plan.objects.get(pk=self.plan.pk)
        self.drafts = {key: draft for key, draft in writing.drafts_of(self.plan).items() if key in BOXES}

    def draft(self, key: str) -> Draft:
        return Draft.objects.get(pk=self.drafts[key].pk)

    def page(self, key: str) -> Page:
        draft = self.draft(key)
        names = SectionBook(self.sections[key], drafts.as_data(draft.values)).shape().names
        return Page(draft.revision, {name: draft.values.get(name, "") for name in names})

    def type(self, who: int, key: str, box: str, words: str) -> Page:
        """Type into a box; into the one above where the page has no such row."""
        page = self.pages[who, key]
        page.values[box if box in page.values else BOXES[key][0]] = words
        return page

    def add_row(self, who: int, words: str) -> Page:
        """One more row of the table, as the page's button does it, with words in its first box."""
        page = self.pages[who, "events"]
        rows = int(str(page.values.get(ROWS) or "1"))
        page.values[ROWS] = str(rows + 1)
        names = SectionBook(self.sections["events"], drafts.as_data(page.values)).shape().names
        page.values |= dict.fromkeys(names - page.values.keys(), "")
        page.values[f"calendar-{rows}-what"] = words
        return page

    def take_out(self, who: int) -> Page:
        page = self.pages[who, "events"]
        page.values |= {name: "" for name in page.values if name.startswith("calendar-0-")}
        return page

    def send(self, who: int, key: str, *, hears: bool = True, again: bool = False) -> None:
        """Send what the page holds, or once more what it sent last; with `hears`, learn what came of it."""
        page = self.pages[who, key]
        if again and not page.sent:
            return
        base, values = page.sent[-1] if again else (page.base, dict(page.values))
        page.sent.append((base, values))
        self.saved |= {str(value) for name, value in values.items() if value and not name.endswith(COUNTER)}
        result = drafts.save(
            draft=self.drafts[key],
            base_revision=base,
            values=values,
            by=self.people[who],
            writer=f"tab {who}",
            shape=SectionBook(self.sections[key], drafts.as_data(values)).shape(),
        )
        if hears and not again:
            page.base = result.revision
            page.values |= {name: each.value for name, each in result.changed_by_others.items()}

    def freeze(self, move: str, by: User) -> None:
        """A version, unless there is nothing new or two people's words wait for a choice."""
        try:
            if move == "share":
                version = actions.share(plan=self.plan, by=by)
            else:
                version = actions.adopt(plan=self.plan, presented_on=today(), by=by)
        except ValidationError:
            return
        event("a version was frozen")
        self.frozen.append((version.pk, version.answers))

    def choose(self, who: int, choice: str) -> None:
        """Settle the first conflict of each section."""
        for conflict in [each for key in BOXES for each in drafts.open_conflicts(self.draft(key))[:1]]:
            event("a choice was made between two people's words")
            drafts.resolve(conflict=conflict, choice=choice, by=self.people[who], writer=f"tab {who}")

    def do(self, turn: int, who: int, move: str, key: str, box: str) -> None:
        words = f"{box} {turn} by {who}"
        match move:
            case "save" | "save twice" | "lose answer":
                self.type(who, key, box, words)
                self.send(who, key, hears=move != "lose answer")
                if move == "save twice":
                    self.send(who, key, again=True)
            case "send the last again":
                self.send(who, key, again=True)
            case "add row":
                self.add_row(who, words)
                self.send(who, "events")
            case "take out":
                self.take_out(who)
                self.send(who, "events")
            case "share" | "adopt":
                self.freeze(move, self.people[who])
            case "restore":
                draft = self.drafts[key]
                drafts.restore(draft=draft, number=turn % (draft.revision + 1), by=self.people[who])
            case "open anew":
                self.pages[who, key] = self.page(key)
            case "restart":
                self.start()
            case _:
                self.choose(who, move.removeprefix("choose "))

    def found(self) -> set[str]:
        """Every text that somebody can still read: in a state of the history, or in a conflict beside what stands."""
        texts: list = []
        for draft in map(self.draft, BOXES):
            for number in range(draft.revision + 1):
                texts += drafts.state_at(draft, number).values()
            for conflict in draft.conflicts.all():
                texts += [conflict.mine, conflict.theirs, *conflict.earlier]
        return {part for text in texts for part in _parts(str(text))}


def _parts(text: str) -> list[str]:
    """The text, and what it is of where two people's words were both kept."""
    return [text, *text.split("\n\n"), *text.split(" / ")]


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_no_interleaving_of_saves_submits_restores_and_restarts_loses_a_saved_word(moves):
    with transaction.atomic():
        house = House()
        for turn, (who, move, (key, box)) in enumerate(moves):
            house.do(turn, who, move, key, box)
        assert house.saved - house.found() == set()
        for pk, answers in house.frozen:
            assert PlanVersion.objects.get(pk=pk).answers == answers
        transaction.set_rollback(True)
