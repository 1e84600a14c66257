"""One school that became another is told as one thing, once, and only where it is news."""

import pytest

from schools.models import ChangeNotice, RegisterChange, RegisterFile, School, SchoolLink, TimelineEntry
from tests import factories as make
from tests.schools.register.files import row
from tests.schools.register.inbox import Inbox

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = "edubasealldata20260407.csv", "edubasealldata20260907.csv", "edubasealldata20261007.csv"
MANY = [row(110000 + number, f"School {number}") for number in range(1, 41)]
OPEN = row(109001, "St Mary's Primary School")
SHUT = OPEN | {"EstablishmentStatus (code)": "2", "CloseDate": "31-08-2026"}
ACADEMY = row(150001, "St Mary's Primary School", OpenDate="01-09-2026")


def link(urn: int, to: int, kind: str = "Successor") -> SchoolLink:
    file = RegisterFile.objects.order_by("-as_at").first()
    return SchoolLink.objects.create(
        urn=urn, link_urn=to, kind=kind, first_file=file, last_file=file, first_seen=file.as_at, last_seen=file.as_at
    )


def converted() -> list[tuple[int, int, str]]:
    rows = RegisterChange.objects.filter(kind="converted").select_related("school", "other_school")
    return [(each.school.urn, each.other_school.urn, f"{each.happens_on}") for each in rows]


def test_closing_with_one_successor_is_a_conversion(inbox: Inbox) -> None:
    inbox.bring(FIRST, [*MANY, OPEN])
    link(109001, 150001)
    inbox.bring(SECOND, [*MANY, SHUT, ACADEMY])
    assert converted() == [(109001, 150001, "2026-09-01")]
    inbox.bring(THIRD, [*MANY, SHUT, ACADEMY | {"Town": "Elsewhere"}])
    assert len(converted()) == 1


def test_hub_is_told_and_its_timeline_says_so_once(inbox: Inbox) -> None:
    inbox.bring(FIRST, [*MANY, OPEN])
    hub = make.make_hub("Exampleshire Music Hub", authority=School.objects.get(urn=109001).authority)
    link(109001, 150001)
    inbox.bring(SECOND, [*MANY, SHUT, ACADEMY])
    told = ChangeNotice.objects.filter(hub=hub).without_echoes()
    assert [(each.change.kind, each.change.school.urn) for each in told] == [("converted", 109001)]
    entries = TimelineEntry.objects.filter(hub=hub, school__urn=109001)
    assert [each.heading for each in entries] == [
        "St Mary's Primary School became St Mary's Primary School on 1 September"
    ]


def test_several_successors_are_no_conversion(inbox: Inbox) -> None:
    inbox.bring(FIRST, [*MANY, OPEN])
    link(109001, 150001)
    link(109001, 150002, "Successor - Split School")
    inbox.bring(SECOND, [*MANY, SHUT, ACADEMY])
    assert converted() == []


def test_links_of_former_years_are_no_news(inbox: Inbox) -> None:
    inbox.bring(FIRST, [*MANY, SHUT, ACADEMY])
    link(109001, 150001)
    inbox.bring(SECOND, [*MANY, SHUT, ACADEMY | {"Town": "Elsewhere"}])
    assert converted() == []
