"""Which of a plan's questions are asked of one that is kept elsewhere: its priorities, in short. No queries."""

from dataclasses import replace

from smdp.priorities import SECTION, TABLE
from smdp.sections import SPECIFICATIONS, Fieldset, Section, newest

COLUMNS = ("what", "measure", "by", "strand", "offer", "ask", "rag")


def _asked() -> Section:
    """The table of priorities as the newest questions have it, with the columns that stand in any plan."""
    section = next(each for each in SPECIFICATIONS[newest()] if each.key == SECTION)
    table = next(each for each in section.tables() if each.name == TABLE)
    short = replace(table, columns=tuple(each for each in table.columns if each.name in COLUMNS))
    return replace(section, fieldsets=(Fieldset("", (short,)),))


PRIORITIES = _asked()
