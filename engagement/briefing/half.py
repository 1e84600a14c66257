"""The school's half of the meeting, and when that is, for the page that somebody reads before they go there."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest
from django.utils import timezone

from engagement.models import Meeting, SchoolHalf
from hubportal.accounts.models import User
from schools.models import School
from schools.panels import Panel
from schools.standing import standing_of


def half_in_brief(request: HttpRequest, school: School) -> Iterable[Panel]:
    """The next meeting in the diary, and what the school answered last, with its levels. Three queries."""
    user = cast(User, request.user)
    hub = standing_of(user, school).hub
    meeting = Meeting.objects.of_hub_for(user).to_come(timezone.now()).filter(hub=hub, school=school).first()
    rows = SchoolHalf.objects.of_hub_for(user).filter(hub=hub, school=school, withdrawn_at=None)
    half = rows.prefetch_related("answers").order_by("-asked_at", "-pk").first()
    answer = half.answer if half else None
    context = {"meeting": meeting, "half": half, "answer": answer, "rows": _rows(half) if half and answer else []}
    yield Panel("engagement/_half_in_brief.html", context, position=20, column="main")


def _rows(half: SchoolHalf) -> list[tuple[str, str]]:
    """Each question that was answered, by its title, and the answer: the level that the school gives itself first."""
    values = half.answer.values if half.answer else {}
    found = []
    for each in half.questions:
        levels = {str(number): name for number, name, _ in each["levels"]}
        level = levels.get(str(values.get(f"{each['key']}-level", "")), "")
        words = str(values.get(each["key"], ""))
        if level or words:
            found.append((each["title"], ". ".join(filter(None, [level, words]))))
    return found
