"""The forms of a plan, control by control: what is asked, and answering it as a person with a mouse does."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import Locator, expect

from schools.access import today
from smdp.sections import Field, Kind, Section, Table
from tests.journeys.visitor import Visitor

SOON = today() + timedelta(days=200)

Said = str | tuple[int, int, int]  # words or the value of a choice; a date
Answer = Said | list[dict[str, Said]]  # or the rows of a table


def control(visitor: Visitor, name: str) -> Locator:
    return visitor.page.locator(f"[name='{name}']")


def editor(visitor: Visitor, name: str) -> Locator:
    """The editor of a rich text, which stands after the box that it writes into; there is none without scripts."""
    return visitor.page.locator(f"[name='{name}'] ~ .rich-text [role=textbox]")


def answer(visitor: Visitor, name: str, said: Answer) -> None:
    """Answer one question of the page, or fill the rows of one table, adding as many as it takes."""
    if isinstance(said, tuple):
        for box, number in enumerate(said):
            control(visitor, f"{name}_{box}").fill(str(number))
    elif isinstance(said, list):
        for at, row in enumerate(said):
            if at:
                add_row(visitor, name, at)
            for column, each in row.items():
                answer(visitor, f"{name}-{at}-{column}", each)
    else:
        _one(visitor, name, said)


def _one(visitor: Visitor, name: str, said: str) -> None:
    found = control(visitor, name).first
    kind = found.evaluate("each => each.type")
    if kind == "radio":
        visitor.page.locator(f"[name='{name}'][value='{said}']").check()
    elif kind == "select-one":
        found.select_option(said)
    elif editor(visitor, name).count():
        editor(visitor, name).focus()
        visitor.page.keyboard.type(said)
    else:
        found.fill(said)


def add_row(visitor: Visitor, table: str, at: int) -> None:
    """Press the button below a table that adds a row, and see the row that it makes."""
    visitor.page.locator(f"[name=add_row][value='{table}']").press("Enter")
    expect(control(visitor, f"{table}-{at}-{_first(visitor, table)}").first).to_be_visible()


def _first(visitor: Visitor, table: str) -> str:
    name: Any = visitor.page.locator(f"[name^='{table}-0-']:not([type=hidden])").first.get_attribute("name")
    return name.removeprefix(f"{table}-0-")


# --- The whole of a plan -------------------------------------------------------------------------------------------


def answers_to(section: Section) -> dict[str, Answer]:
    """Something to say to every question of a section, and two rows for every table. What nobody types is left out."""
    found: dict[str, Answer] = {}
    for fieldset in section.fieldsets:
        for part in fieldset.parts:
            if isinstance(part, Table):
                found[part.name] = [{each.name: _something(each, row) for each in part.answered} for row in range(2)]
            else:
                found[part.name] = _something(part)
    return found


def _something(field: Field, row: int = 0) -> Said:
    match field.kind:
        case Kind.CHOICE:
            return field.choices[row % len(field.choices)][0]
        case Kind.DATE:
            return SOON.day, SOON.month, SOON.year
        case Kind.NUMBER | Kind.MONEY:
            return str(60 + row)
        case Kind.LINK:
            return f"https://school.example/{field.name}"
        case Kind.OFFER:
            return ""  # none of those that can be chosen
    return f"{field.name} {row + 1}"


def values_of(said: dict[str, Answer]) -> dict[str, str]:
    """The same answers as the draft of the section keeps them, by the name of each control."""
    found: dict[str, str] = {}
    for name, each in said.items():
        if isinstance(each, list):
            for at, row in enumerate(each):
                found |= values_of({f"{name}-{at}-{column}": words for column, words in row.items()})
        elif isinstance(each, tuple):
            found |= {f"{name}_{box}": str(number) for box, number in enumerate(each)}
        elif each:
            found[name] = each
    return found
