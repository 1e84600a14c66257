"""How each priority of a plan goes, by what the school noted of it. Values in, values out; no query.

A note names its priority by the version and the number of its row there. A priority is the same one in a later version
where its name is; else where its row keeps its number and anything else of it: an answer, or most of its name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher

from hubportal.kit.drafts.merge import Value
from hubportal.kit.terms import HALF, Term, term_of
from hubportal.kit.wording import as_date
from smdp import priorities, yearly
from smdp.answers import said
from smdp.models import Plan, PlanCheckIn, PlanVersion, PriorityNote
from smdp.priorities import ORIGIN, PriorityRow
from smdp.sections import RAG, Field, Kind
from smdp.summaries import shape

NAMED_AGAIN = 0.6  # so much of a name stays where it is put in other words
TELLING = ("why", "measure", "baseline", "target", ORIGIN)  # answers that two priorities hardly share
_BY = Field("by", "By when", Kind.DATE)
_RAG = dict(RAG)


@dataclass(eq=False)
class Followed:
    """One priority as the last version has it that it stands in, with its notes, the newest first."""

    number: int
    row: PriorityRow
    notes: list[PriorityNote] = field(default_factory=list)

    @property
    def words(self) -> str:
        return priorities.words_of(self.row)

    @property
    def last(self) -> PriorityNote | None:
        return self.notes[0] if self.notes else None

    @property
    def rag(self) -> str:
        """How it goes: as noted last, else as the plan says."""
        return self.last.rag if self.last else self.row.get("rag", "")

    @property
    def rag_words(self) -> str:
        return _RAG.get(self.rag, "")

    @property
    def is_done(self) -> bool:
        return self.rag == priorities.DONE

    @property
    def by_when(self) -> str:
        return said(_BY, self.row)

    def is_noted_since(self, day: date) -> bool:
        return self.last is not None and as_date(self.last.at) >= day


@dataclass(frozen=True)
class Going:
    """The priorities of a plan's newest version, in order, and those with notes that stand in it no more."""

    standing: list[Followed]
    gone: list[Followed]


def going(versions: Sequence[PlanVersion], notes: Iterable[PriorityNote]) -> Going:
    """How the priorities go, by the versions of one plan, the newest first, and the notes on them. Those on other
    versions are left out."""
    return _noted(_states(versions), notes)


def notes_in(
    version: PlanVersion, versions: Sequence[PlanVersion], notes: Iterable[PriorityNote]
) -> dict[int, list[PriorityNote]]:
    """The notes on each priority of one of these versions, by the number of its row there, the newest first: also what
    was noted of it in an earlier version or a later one. The rest as in `going`."""
    _ever, _standing, places = _followed(_states(versions), notes)
    return {number: each.notes for (pk, number), each in places.items() if pk == version.pk}


def done_in(values: Mapping[str, Value], versions: Sequence[PlanVersion], notes: Iterable[PriorityNote]) -> set[int]:
    """The numbers of the priorities in the values of a draft that were noted as done last. The rest as in `going`."""
    standing = _noted([*_states(versions), (None, values)], notes).standing
    return {each.number for each in standing if each.notes and each.is_done}


def check_in_due(
    versions: Sequence[PlanVersion], notes: Iterable[PriorityNote], on: date
) -> tuple[Term, date, list[Followed]] | None:
    """The term in which a check-in is due on a day, since when, and the priorities that are not done and of which
    nothing was noted in that term; None where there are none, and until half a term has passed since the term began
    and since the plan was first shared or adopted. Versions and notes as `going` takes them."""
    if not versions:
        return None
    term = term_of(on)
    since = max(term.half, as_date(versions[-1].made_at) + HALF)
    if on < since:
        return None
    standing = going(versions, notes).standing
    lacking = [each for each in standing if not each.is_done and not each.is_noted_since(term.begins)]
    return (term, since, lacking) if lacking else None


def next_review(plan: Plan, newest: PlanVersion | None, check_ins: Iterable[PlanCheckIn]) -> date | None:
    """When a plan is to be reviewed next, by its newest version and all check-ins on it (see `smdp.yearly`); None where
    it has no version."""
    if newest is None:
        return None
    return yearly.next_review(
        year=plan.year,
        years=plan.years,
        typed=shape.review_on(newest.answers.get("leadership", {})),
        frozen_on=as_date(newest.made_at),
        checked_on=max((as_date(each.at) for each in check_ins), default=None),
    )


State = tuple[int | None, Mapping[str, Value]]  # what the priorities said, by the version that says it


def _states(versions: Sequence[PlanVersion]) -> list[State]:
    return [(each.pk, each.answers.get(priorities.SECTION, {})) for each in reversed(versions)]


def _noted(states: Iterable[State], notes: Iterable[PriorityNote]) -> Going:
    ever, standing, _places = _followed(states, notes)
    return Going(standing, [each for each in ever if each.notes and each not in standing])


def _followed(
    states: Iterable[State], notes: Iterable[PriorityNote]
) -> tuple[list[Followed], list[Followed], dict[tuple[int | None, int], Followed]]:
    """The priorities through these states of a plan, the oldest first, with their notes: all that ever stood in it,
    those of the last state, and which one stood where."""
    ever: list[Followed] = []
    before: list[Followed] = []
    places: dict[tuple[int | None, int], Followed] = {}
    for version, values in states:
        rows = priorities.numbered_in(values)
        same = _same(before, rows)
        before = []
        for number, row in rows:
            each = same.get(number)
            if each is None:
                ever.append(each := Followed(number, row))
            each.number, each.row = number, row
            places[version, number] = each
            before.append(each)
    for note in sorted(notes, key=lambda note: (note.at, note.pk), reverse=True):
        if each := places.get((note.version_id, note.row)):
            each.notes.append(note)
    return ever, before, places


def _same(before: Sequence[Followed], rows: Sequence[tuple[int, PriorityRow]]) -> dict[int, Followed]:
    """Which of the earlier priorities each of these rows is, by its number."""
    left = list(before)
    found: dict[int, Followed] = {}
    for is_same in (_is_named_so_there, _is_named_so, _is_put_in_other_words):
        for number, row in rows:
            each = next((each for each in left if number not in found and is_same(each, number, row)), None)
            if each is not None:
                found[number] = each
                left.remove(each)
    return found


def _is_named_so_there(each: Followed, number: int, row: PriorityRow) -> bool:
    return each.number == number and _is_named_so(each, number, row)


def _is_named_so(each: Followed, number: int, row: PriorityRow) -> bool:
    return _plain(each.words) == _plain(priorities.words_of(row))


def _is_put_in_other_words(each: Followed, number: int, row: PriorityRow) -> bool:
    if each.number != number:
        return False
    if any(row.get(name, "").strip() and row[name] == each.row.get(name) for name in TELLING):
        return True
    return SequenceMatcher(None, _plain(each.words), _plain(priorities.words_of(row))).ratio() >= NAMED_AGAIN


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
