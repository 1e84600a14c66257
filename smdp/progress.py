"""How far a plan is: of each section, of all. No queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from hubportal.kit.drafts.merge import Values
from hubportal.kit.models import Draft
from smdp import answers
from smdp.sections import Field, Section


@dataclass(frozen=True)
class SectionProgress:
    """One section: what must still be answered, whether anything is, and who wrote last."""

    section: Section
    is_begun: bool
    missing: list[Field]
    by: str
    at: datetime | None
    is_to_confirm: bool = False

    @property
    def is_complete(self) -> bool:
        """Something was said, and everything that must be, and what the school did not write itself was confirmed."""
        return self.is_begun and not self.missing and not self.is_to_confirm

    @property
    def words(self) -> str:
        if self.is_to_confirm:
            return "To confirm"
        return "Complete" if self.is_complete else "In progress" if self.is_begun else "Not started"

    @property
    def variant(self) -> str:
        if self.is_to_confirm:
            return "warning"
        return "good" if self.is_complete else "plum" if self.is_begun else "quiet"


@dataclass(frozen=True)
class Progress:
    sections: list[SectionProgress]

    @property
    def complete(self) -> int:
        return sum(each.is_complete for each in self.sections)

    @property
    def words(self) -> str:
        """ "6 of 12 sections complete"."""
        return f"{self.complete} of {len(self.sections)} sections complete"

    @property
    def missing(self) -> list[tuple[Section, Field]]:
        """Everything that must be answered before the plan is shared."""
        return [(each.section, field) for each in self.sections for field in each.missing]

    @property
    def to_confirm(self) -> list[Section]:
        """Sections that say what an earlier plan said, or what somebody wrote for the school."""
        return [each.section for each in self.sections if each.is_to_confirm]


def progress_of(
    sections: tuple[Section, ...],
    drafts: Mapping[str, Draft],
    to_confirm: Collection[str] = (),
    mirrored: Mapping[str, Values] | None = None,
) -> Progress:
    """The progress of a plan whose sections are written in these drafts (see `writing.drafts_of`); `to_confirm` are
    the keys of those that the school has to confirm (see `writing.to_confirm`). `mirrored` are the answers of its trust
    that the school confirmed (see `mirroring.Mirror.counted`): they count as if it had given them."""
    theirs = mirrored or {}
    return Progress(
        [_of_section(each, drafts.get(each.key), each.key in to_confirm, theirs.get(each.key, {})) for each in sections]
    )


def _of_section(section: Section, draft: Draft | None, is_to_confirm: bool, mirrored: Values) -> SectionProgress:
    values = draft.values if draft else {}
    counted = {**mirrored, **{name: value for name, value in values.items() if value}}
    return SectionProgress(
        section,
        answers.is_begun(section, values) or answers.is_begun(section, mirrored),
        answers.missing(section, counted),
        str(draft.updated_by) if draft and draft.updated_by else "",
        draft.updated_at if draft else None,
        is_to_confirm,
    )
