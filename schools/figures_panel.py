"""The published figures of a school, newest year first, on its page."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from django.http import HttpRequest

from hubportal.accounts.models import User
from schools.models import School, SchoolFigures
from schools.panels import Panel
from schools.standing import standing_of


def published_figures(request: HttpRequest, school: School) -> Iterable[Panel]:
    """For everybody who sees the school's facts: the newest census and the newest Pupil Premium, each with its year.
    One query."""
    if not standing_of(cast(User, request.user), school).sees_facts:
        return
    rows = list(school.figures.order_by("-year"))
    census = next((each for each in rows if each.headcount is not None), None)
    premium = next((each for each in rows if each.pupil_premium is not None), None)
    if census or premium:
        context = {
            "census": census and _census(census),
            "groups": census and _groups(census),
            "premium": premium and _premium(premium),
        }
        yield Panel("schools/_figures.html", context, position=90, column="facts")


def _census(figures: SchoolFigures) -> dict[str, Any]:
    share = f" ({figures.fsm_percentage.normalize():f}%)" if figures.fsm_percentage is not None else ""
    rows = [
        ("Pupils", figures.headcount, ""),
        ("Girls", figures.girls, ""),
        ("Boys", figures.boys, ""),
        ("Eligible for free school meals", figures.fsm_eligible, share),
        ("First language other than English", figures.other_language, ""),
    ]
    shown = [{"key": key, "value": f"{number:,}{more}"} for key, number, more in rows if number is not None]
    return {"year": figures.year_words, "rows": shown}


def _groups(figures: SchoolFigures) -> list[dict[str, Any]]:
    """Year groups in order; those with no pupils are left out, as the school does not teach them."""
    groups = sorted(figures.by_year_group.items(), key=lambda pair: 0 if pair[0] == "R" else int(pair[0]))
    return [
        {"key": "Reception" if group == "R" else f"Year {group}", "value": f"{number:,}"}
        for group, number in groups
        if number
    ]


def _premium(figures: SchoolFigures) -> dict[str, Any]:
    said = _number(figures.pupil_premium)
    if figures.pupil_premium_of is not None:
        said += f" of {_number(figures.pupil_premium_of)}"
    return {"year": figures.year_words, "pupils": said}


def _number(value: Decimal | None) -> str:
    """A number of pupils without the zeros at its end: 49.5, 50."""
    return "" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")
