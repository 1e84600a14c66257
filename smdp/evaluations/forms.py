"""The forms of a self-evaluation, made from the criteria of its framework."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from engagement.forms.conversations.fields import NO_NAMES
from engagement.models import Criterion, FrameworkArea
from hubportal.kit import drafts
from hubportal.kit.drafts import typed
from hubportal.kit.errors import summary_entries
from hubportal.kit.forms import GovForm, LongTextField
from smdp.evaluations.evaluating import LONGEST_EVIDENCE, NO_SUGGESTIONS, Answers, Frame, Suggestions, level_in
from smdp.forms import PlanBeginForm
from smdp.models import TrustEvaluation

NOT_SAID = ("", "Not answered yet")


class EvaluationBeginForm(PlanBeginForm):
    """Which academic year a self-evaluation judges."""

    years = None  # type: ignore[assignment]  # Django's way to leave a field out

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].label = "Which academic year is it about?"
        self.fields["year"].error_messages["required"] = "Answer “Which academic year is it about?”"


class AnswerForm(typed.Typed):
    """What the school says of one criterion: its level and the evidence; either may wait."""

    mark_optional = False
    level = forms.ChoiceField()
    evidence = LongTextField(label="Your evidence", required=False, rows=3, max_length=LONGEST_EVIDENCE)

    def __init__(self, *args: Any, levels: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [NOT_SAID, *((str(number), name) for number, name in levels.items())]
        self.fields["level"] = forms.ChoiceField(label="Your level", required=False, choices=choices)
        self.fields["evidence"].help_text = f"What somebody would see, hear or read. {NO_NAMES}"


@dataclass(frozen=True)
class Question:
    """A criterion with its form, what a conversation suggests of it, and how it stood the year before."""

    criterion: Criterion
    form: AnswerForm
    levels: dict[int, str]
    suggested: int | None
    was: str

    @property
    def now(self) -> str:
        """The level that stands in the draft, in words; "" where there is none."""
        level = str(self.form["level"].data or "")
        return self.levels.get(int(level), "") if level.isdecimal() and len(level) < 4 else ""

    @property
    def suggestion(self) -> str:
        """What is suggested, in words, until the school has answered."""
        return "" if self.now or self.suggested is None else self.levels.get(self.suggested, "")

    @property
    def is_open(self) -> bool:
        """Whether it is shown unfolded: where something is written or wrong, or a suggestion waits."""
        return bool(self.form["evidence"].data or self.form.errors or self.suggestion)


class EvaluationBook:
    """All the forms of a self-evaluation over a post or a draft's values. `before` is what was answered the year
    before, with the names of the levels then. Quiet forms show what was typed and check nothing. No queries."""

    def __init__(
        self,
        frame: Frame,
        data: QueryDict,
        *,
        suggestions: Suggestions = NO_SUGGESTIONS,
        before: Answers | None = None,
        levels_before: dict[int, str] | None = None,
        quiet: bool = True,
    ) -> None:
        self.frame, self.suggestions = frame, suggestions
        names = levels_before or {}
        self.areas: list[tuple[FrameworkArea, list[Question]]] = [
            (
                area,
                [
                    Question(
                        each,
                        AnswerForm(data, prefix=each.code, levels=frame.levels, quiet=quiet),
                        frame.levels,
                        suggestions.levels.get(each.code),
                        names.get(level_in(before or {}, each.code) or 0, ""),
                    )
                    for each in criteria
                ],
            )
            for area, criteria in frame.areas
        ]

    @property
    def questions(self) -> list[Question]:
        return [each for _area, questions in self.areas for each in questions]

    @property
    def waiting(self) -> int:
        """How many suggestions wait to be taken over or answered otherwise."""
        return sum(bool(each.suggestion) for each in self.questions)

    def shape(self) -> drafts.Shape:
        """What the page may write into the draft; a label says which criterion it is of."""
        shape = drafts.shape_of(*(each.form for each in self.questions))
        for each in self.questions:
            for bound in each.form:
                shape.labels[bound.html_name] = f"{each.criterion.title}: {str(bound.label).lower()}"
        return shape

    def is_valid(self) -> bool:
        """Check everything, so that every problem is named at once."""
        checked = [each.form.is_valid() for each in self.questions]
        return all(checked)

    def problems(self) -> list[tuple[str, str]]:
        """(sentence, id) for each problem."""
        return [entry for each in self.questions for entry in summary_entries(each.form)]


class TrustBasisForm(GovForm, forms.Form):
    """On what a trust bases its view, and the levels that it expects of every school."""

    mark_optional = False
    basis = forms.ChoiceField(
        label="What is it based on?", choices=TrustEvaluation.Basis.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, frame: Frame, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.frame = frame
        levels = [("", "Nothing in particular"), *((str(number), name) for number, name in frame.levels.items())]
        for each in frame.criteria:
            self.fields[each.code] = forms.ChoiceField(label=each.title, required=False, choices=levels)

    @staticmethod
    def initial_of(row: TrustEvaluation | None) -> dict[str, str]:
        """What stands recorded, as the form holds it."""
        return {"basis": row.basis, **{code: str(level) for code, level in row.levels.items()}} if row else {}

    def areas(self) -> list[tuple[FrameworkArea, list[forms.BoundField]]]:
        """The criteria's fields by their area."""
        return [(area, [self[each.code] for each in criteria]) for area, criteria in self.frame.areas]

    def expected(self) -> dict[str, int]:
        """The levels that were chosen, of a form that was checked."""
        return {
            each.code: int(self.cleaned_data[each.code])
            for each in self.frame.criteria
            if self.cleaned_data.get(each.code)
        }
