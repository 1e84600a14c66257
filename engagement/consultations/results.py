"""What came back: how many schools answered, by segment, and what they answered to each question. Every figure leads to
the list of just the schools that it counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from engagement.consultations.questions import SEVERAL, TEXT, Question
from engagement.models import Consultation, ConsultationSchool
from hubportal.accounts.models import User
from schools.models import School
from schools.segments import SEGMENTS

YES, NO = "yes", "no"


def percent(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}%" if whole else "none"


@dataclass(frozen=True)
class Row:
    """How many schools of a segment were asked, and how many of them answered."""

    label: str
    asked: int
    answered: int
    list_url: str
    query: Mapping[str, str]

    @property
    def rate(self) -> str:
        return percent(self.answered, self.asked)

    @property
    def href(self) -> str:
        return _address(self.list_url, self.query)

    @property
    def answered_href(self) -> str:
        return _address(self.list_url, {**self.query, "answered": YES})


@dataclass(frozen=True)
class Block:
    """One way of telling the schools apart."""

    title: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Line:
    """How many schools chose one option: of those who answered the question."""

    words: str
    number: int
    share: str
    href: str


@dataclass(frozen=True)
class Sum:
    """What was answered to one question."""

    ask: str
    is_text: bool
    may_choose_several: bool
    number: int
    href: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Results:
    """The whole page."""

    whole: Row
    blocks: Sequence[Block]
    sums: Sequence[Sum]


def results_of(user: User, consultation: Consultation) -> Results:
    """One query, however many schools."""
    rows = list(ConsultationSchool.objects.visible_to(user).filter(consultation=consultation).with_school())
    url = reverse("engagement:consultation-schools", args=[consultation.uuid])
    authorities = {each.school.authority.code: each.school.authority.name for each in rows}
    blocks = [
        Block("Phase", _rows(url, "phase", rows, lambda each: each.school.phase, dict(School.Phase.choices))),
        Block("Authority", _rows(url, "authority", rows, lambda each: each.school.authority.code, authorities)),
    ]
    told_apart = [Block(each.label, _rows(url, each.key, rows, attrgetter(each.key), each.names)) for each in SEGMENTS]
    blocks = [told_apart[0], *blocks, *told_apart[1:]]
    answered = [each.answer.values for each in rows if each.answer]
    return Results(
        whole=Row("All schools that were asked", len(rows), len(answered), url, {}),
        blocks=blocks,
        sums=[_sum(url, question, answered) for question in consultation.questions],
    )


def _rows(
    url: str, key: str, rows: Iterable[ConsultationSchool], code_of: Callable[[Any], str], names: Mapping[str, str]
) -> list[Row]:
    """A row for each segment that has any, in the order of its names."""
    asked: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    for each in rows:
        code = code_of(each)
        asked[code] += 1
        answered[code] += bool(each.answer_id)
    return [Row(name, asked[code], answered[code], url, {key: code}) for code, name in names.items() if asked[code]]


def _sum(url: str, question: Question, answers: Sequence[Mapping[str, Any]]) -> Sum:
    given = [values[question["key"]] for values in answers if question["key"] in values]
    chosen = Counter(value for each in given for value in (each if isinstance(each, list) else [each]))
    lines = [
        Line(
            words,
            chosen[value],
            percent(chosen[value], len(given)),
            _address(url, {"said": f"{question['key']}:{value}"}),
        )
        for value, words, _ in question["options"]
    ]
    is_text = question["kind"] == TEXT
    href = _address(url, {"said": question["key"]})
    return Sum(question["ask"], is_text, question["kind"] == SEVERAL, len(given), href, lines)


def _address(url: str, query: Mapping[str, str]) -> str:
    return f"{url}?{urlencode(query)}" if query else url
