"""What the files of links between schools do to the portal's links, and how chains are walked."""

import csv
import gzip
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schools.models import RegisterFile, RegisterRow, RegisterText, SchoolLink
from schools.register.chains import predecessors_of, successors_of
from schools.register.errors import Held, Refused
from schools.register.links import import_links
from tests.factories import make_user
from tests.schools.register.files import MISSING, SHARED, text, write
from tests.schools.register.sheets import LINKS, link, save

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = (f"links_edubasealldata{day}.csv" for day in ("20220407", "20230407", "20240407"))
MANY = [link(110000 + number, "Successor", 120000 + number) for number in range(200)]
APRIL = {year: date(year, 4, 7) for year in (2022, 2023, 2024)}


@pytest.fixture
def bring(tmp_path: Path):
    def bring(name: str, rows: list[dict[str, str]], columns: tuple[str, ...] = LINKS, **options: Any) -> dict:
        return import_links(save(tmp_path, name, rows, columns), **options)

    return bring


def everything() -> list[Any]:
    models = (SchoolLink, RegisterFile, RegisterRow, RegisterText)
    return [list(model._default_manager.order_by("pk").values()) for model in models]


def seen(urn: int) -> tuple[date, date]:
    kept = SchoolLink.objects.get(urn=urn)
    return kept.first_seen, kept.last_seen


def test_links_are_kept_with_what_the_register_says(bring) -> None:
    figures = bring(FIRST, [link(100012, "Successor - merged", 100021, "31-08-2021", "Collège  St Jude")])
    kept = SchoolLink.objects.get()
    assert (kept.urn, kept.link_urn, kept.kind) == (100012, 100021, "Successor - merged")
    assert (kept.link_name, kept.established_on) == ("Collège  St Jude", date(2021, 8, 31))
    assert (kept.first_seen, kept.last_seen, kept.first_file.name) == (APRIL[2022], APRIL[2022], FIRST)
    assert (figures["rows"], figures["new"], figures["links"], figures["rejected"]) == (1, 1, 1, 0)
    assert RegisterRow.objects.get().urn == 100012


def test_links_are_never_deleted_and_say_when_they_were_last_seen(bring) -> None:
    bring(FIRST, MANY)
    figures = bring(SECOND, [*MANY[1:], link(199999, "Other", 199998)])
    assert (figures["vanished"], figures["new"], figures["other_kinds"]) == (1, 1, 1)
    assert (figures["unchanged"], SchoolLink.objects.count()) == (199, 201)
    assert (seen(110000), seen(110001)) == ((APRIL[2022], APRIL[2022]), (APRIL[2022], APRIL[2023]))
    figures = bring(THIRD, [*MANY, link(199997, "Other", 199998)])
    assert (figures["reappeared"], figures["vanished"], seen(110000)) == (1, 1, (APRIL[2022], APRIL[2024]))


def test_links_take_another_date_and_keep_one_that_cannot_be_read(bring) -> None:
    bring(FIRST, MANY[:3])
    redated, unreadable = link(110000, "Successor", 120000, "2020-10-01"), link(110001, "Successor", 120001, "soon")
    figures = bring(SECOND, [redated, unreadable, link(110002, "Successor", 120002, "")])
    days = SchoolLink.objects.order_by("urn").values_list("established_on", flat=True)
    assert list(days) == [date(2020, 10, 1), date(2020, 9, 1), None]
    assert (figures["changed"], figures["dates_changed"], figures["unchanged"], figures["warned"]) == (2, 2, 1, 1)


def test_links_without_a_date_column_keep_their_dates(bring) -> None:
    bring(FIRST, MANY[:1])
    figures = bring(SECOND, MANY[:1], LINKS[:4])
    assert (figures["missing_columns"], figures["changed"]) == (["LinkEstablishedDate"], 0)
    assert SchoolLink.objects.get().established_on == date(2020, 9, 1)


def test_links_that_cannot_be_read_stop_no_other(bring) -> None:
    wrong = [
        link("x1", "Successor", 120000),
        link(110001, "Successor", ""),
        link(110002, "", 120002),
        link(110003, "Successor", 110003),
        link(110004, "Successor " * 11, 120004),
    ]
    figures = bring(FIRST, [*wrong, *MANY])
    reasons = RegisterRow.objects.exclude(rejected="").order_by("line").values_list("rejected", flat=True)
    assert list(reasons) == [
        "URN: “x1” is no URN of five to seven digits.",
        "LinkURN: “” is no URN of five to seven digits.",
        "It has no link type.",
        "It links a school with itself.",
        "LinkType: “Successor Successor Successor …” is longer than 100 characters.",
    ]
    assert (figures["rejected"], figures["new"], RegisterRow.objects.count()) == (5, 200, 205)


def test_the_same_file_of_links_again_changes_nothing(bring) -> None:
    bring(FIRST, MANY)
    before = everything()
    assert bring(FIRST, MANY)["unchanged"] == 200
    assert everything() == before


def test_a_dry_run_of_links_counts_and_changes_nothing(bring) -> None:
    bring(FIRST, MANY)
    before = everything()
    figures = bring(SECOND, [*MANY[1:], link(199999, "Successor", 199998)], dry_run=True)
    assert (figures["new"], figures["vanished"], figures["applied"]) == (1, 1, False)
    assert everything() == before


def test_an_older_file_of_links_is_refused(bring) -> None:
    bring(SECOND, MANY)
    with pytest.raises(Refused, match="older than the last one applied"):
        bring(FIRST, MANY[1:])
    before = everything()[0]
    figures = bring(FIRST, [*MANY[1:], link(199999, "Successor", 199998)], as_history=True)
    assert (figures["as_history"], figures["new"], RegisterRow.objects.count()) == (True, 1, 400)
    assert everything()[0] == before
    assert bring(THIRD, MANY[1:])["vanished"] == 1


def test_links_that_stand_there_twice_are_held_and_then_set_aside(bring) -> None:
    bring(FIRST, MANY)
    rows = [*MANY, link(110000, "Successor", 120000, "01-01-2021")]
    with pytest.raises(Held, match="The link 110000 Successor 120000 stands in lines 2, 202"):
        bring(SECOND, rows)
    assert seen(110000) == (APRIL[2022], APRIL[2022])
    figures = bring(SECOND, rows, accepted_by=make_user())
    kept = SchoolLink.objects.get(urn=110000)
    assert (figures["rejected"], figures["unchanged"], figures["vanished"]) == (2, 199, 0)
    assert (kept.established_on, kept.last_seen) == (date(2020, 9, 1), APRIL[2023])
    said = set(RegisterRow.objects.exclude(rejected="").values_list("rejected", flat=True))
    assert said == {"The same stands in lines 2, 202."}


def test_a_file_that_lacks_many_links_is_held(bring) -> None:
    bring(FIRST, MANY)
    with pytest.raises(Held, match="3 of 200 links are missing from it: URN 110000 with 120000, "):
        bring(SECOND, MANY[3:])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("<html>", "this is a web page"),
        (text([], ("URN", "EstablishmentName")), "columns “LinkURN”, “LinkType” are missing"),
        (text([], ("Group UID", "Group Name")), "not “URN”. This looks like the file of groups, not the file"),
    ],
)
def test_what_is_no_file_of_links_is_refused(tmp_path: Path, content: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        import_links(write(tmp_path, FIRST, content))
    assert not RegisterFile.objects.exists()


def test_a_file_with_too_many_links_is_refused(bring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schools.register.sheets.MOST_ROWS", 100)
    with pytest.raises(Refused, match="more than 100 rows. This is not the file of links"):
        bring(FIRST, MANY)
    assert not RegisterFile.objects.exists()


def test_progress_is_told_in_rows(bring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schools.register.staging.BATCH", 80)
    told: list[int] = []
    bring(FIRST, MANY, on_progress=told.append)
    assert told == [80, 160, 200]


def test_chains_take_one_way_links_both_ways(bring) -> None:
    bring(
        FIRST,
        [
            link(100001, "Successor", 100002),
            link(100002, "Predecessor", 100001, ""),
            link(100003, "Predecessor - merged", 100002),
            link(100001, "Sixth Form Centre Link", 100009),
        ],
    )
    chain = successors_of([100001, 100009])[100001]
    assert [(step.before, step.after, step.kinds, step.is_one_way) for step in chain.steps] == [
        (100001, 100002, ("Predecessor", "Successor"), False),
        (100002, 100003, ("Predecessor - merged",), True),
    ]
    assert (chain.ends, chain.is_circular, chain.steps[0].established_on) == ((100003,), False, date(2020, 9, 1))
    assert successors_of([100009])[100009].steps == ()
    back = predecessors_of([100003])[100003]
    assert [(step.before, step.after) for step in back.steps] == [(100002, 100003), (100001, 100002)]
    assert back.ends == (100001,)


def test_chains_that_go_round_end(bring) -> None:
    bring(
        FIRST,
        [
            *(link(100001, "Successor", 100002), link(100002, "Successor", 100003), link(100003, "Successor", 100001)),
            *(link(100003, "Successor", 100004), link(100005, "Successor", 100006), link(100005, "Successor", 100007)),
            *(link(100006, "Successor", 100008), link(100007, "Successor", 100008)),
        ],
    )
    found = successors_of([100001, 100005])
    assert (found[100001].is_circular, found[100001].ends, len(found[100001].steps)) == (True, (100004,), 4)
    assert (found[100005].is_circular, found[100005].ends, len(found[100005].steps)) == (False, (100008,), 4)


def test_chains_leave_out_links_that_the_register_took_back(bring) -> None:
    bring(FIRST, MANY)
    bring(SECOND, MANY[1:])
    assert [chain.ends for chain in successors_of([110000, 110001]).values()] == [(), (120001,)]


def test_chains_cost_one_query_for_each_step(bring, django_assert_num_queries) -> None:
    bring(FIRST, [*MANY, link(120005, "Successor", 130005)])
    with django_assert_num_queries(3):
        successors_of([110000])
    with django_assert_num_queries(4):
        successors_of(range(110000, 110200))


REAL = sorted(SHARED.glob("links/links_edubasealldata*.csv.gz"))


def plainly(path: Path) -> dict[tuple[str, ...], dict[str, str]]:
    """The rows of a file by URN, linked URN and type, read without any of our code."""
    content = gzip.decompress(path.read_bytes()).decode("cp1252")
    rows = csv.DictReader(io.StringIO(content, newline=""))
    return {(row["URN"], row["LinkURN"], row["LinkType"]): row for row in rows}


@pytest.mark.skipif(not REAL, reason=MISSING)
def test_three_real_files_in_order_account_for_every_row() -> None:
    assert len(REAL) == 3
    known: dict[tuple[str, ...], list[str]] = {}  # the dates of the files that had it
    before: dict[tuple[str, ...], dict[str, str]] = {}
    for path in REAL:
        rows, figures = plainly(path), import_links(path)
        day = figures["as_at"]
        both = rows.keys() & before.keys()
        expected = {
            "rows": len(rows),
            "links": len(rows),
            "new": len(rows.keys() - known.keys()),
            "vanished": len(before.keys() - rows.keys()),
            "reappeared": len((rows.keys() & known.keys()) - before.keys()),
            "dates_changed": sum(
                rows[key]["LinkEstablishedDate"] != before[key]["LinkEstablishedDate"] for key in both
            ),
            "changed": sum(rows[key] != before[key] for key in both),
            "other_kinds": sum(key[2] in ("Other", "Expansion", "Closure") for key in rows),
            "rejected": 0,
            "warned": 0,
            "held": [],
        }
        assert {name: figures[name] for name in expected} == expected
        assert figures["new"] + figures["changed"] + figures["unchanged"] == len(rows)
        for key in rows:
            known.setdefault(key, []).append(day)
        before = rows
    stored = {
        (str(kept.urn), str(kept.link_urn), kept.kind): [kept.first_seen.isoformat(), kept.last_seen.isoformat()]
        for kept in SchoolLink.objects.iterator()
    }
    assert stored == {key: [days[0], days[-1]] for key, days in known.items()}
    assert RegisterRow.objects.count() == sum(len(plainly(path)) for path in REAL)
    _every_circle_is_survived()


def _every_circle_is_survived() -> None:
    circles = [(122057, 122060), (101144, 101146), (135073, 147355), (121064, 142855, 146558)]
    found = successors_of(urn for circle in circles for urn in circle)
    for circle in circles:
        for urn in circle:
            assert found[urn].is_circular
            assert {*circle} <= {step.before for step in found[urn].steps}
    everyone = set(SchoolLink.objects.values_list("urn", flat=True))
    chains = successors_of(everyone)
    assert len(chains) == len(everyone)
    assert {urn for circle in circles for urn in circle} <= {urn for urn, chain in chains.items() if chain.is_circular}
