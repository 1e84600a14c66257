"""The register's real and joined files, against what plain `csv` says about them."""

import csv
import gzip
import io
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from schools.models import RegisterChange, RegisterRow, School, Trust, TrustSchool
from schools.register.importing import import_establishments
from tests.schools.register.files import MISSING, SHARED
from tests.schools.register.test_year import live_a_year

BEFORE = SHARED / "establishments/joined_three_areas_20220407.csv.gz"
AFTER = SHARED / "establishments/joined_three_areas_20240617.csv.gz"
WHOLE = SHARED / "establishments/joined_edubasealldata20220407.csv.gz"
REAL = SHARED / "fixtures/REAL_rows_2026_135col_cp1252.csv"
RAGGED = SHARED / "fixtures/teaching_vacancies_example_schools_data.csv"
pytestmark = [pytest.mark.skipif(not SHARED.exists(), reason=MISSING), pytest.mark.django_db]


def plainly(path: Path) -> dict[str, dict[str, str]]:
    """The rows of a file by URN, read without any of our code."""
    content = gzip.decompress(path.read_bytes()).decode("cp1252")
    return {row["URN"]: row for row in csv.DictReader(io.StringIO(content, newline=""))}


def test_two_dates_differ_as_plain_csv_says() -> None:
    first, second = import_establishments(BEFORE), import_establishments(AFTER)
    old, new = plainly(BEFORE), plainly(AFTER)
    both = old.keys() & new.keys()
    columns = set(next(iter(old.values()))) & set(next(iter(new.values())))

    def count(differs) -> int:  # any two rows
        return sum(1 for urn in both if differs(old[urn], new[urn]))

    status = "EstablishmentStatus (code)"
    expected = {
        "rows": len(new),
        "new": len(new.keys() - old.keys()),
        "vanished": len(old.keys() - new.keys()),
        "changed": count(lambda a, b: any(a[name] != b[name] for name in columns)),
        "unchanged": count(lambda a, b: all(a[name] == b[name] for name in columns)),
        "renamed": count(lambda a, b: a["EstablishmentName"] != b["EstablishmentName"]),
        "authority_changed": count(lambda a, b: a["LA (code)"] != b["LA (code)"]),
        "status_changed": count(lambda a, b: a[status] != b[status]),
        "closed": count(lambda a, b: a[status] in "134" and b[status] == "2"),
        "reopened": count(lambda a, b: a[status] == "2" and b[status] != "2"),
        "rejected": 0,
        "held": [],
    }
    assert {name: second[name] for name in expected} == expected
    assert (first["new"], expected["new"], expected["renamed"], expected["closed"]) == (2108, 72, 20, 68)
    stored = {str(school.urn): school for school in School.objects.select_related("authority", "type")}
    assert stored.keys() == old.keys() | new.keys()
    for urn, row in new.items():
        school = stored[urn]
        assert (school.name, school.status, school.authority.code, school.type.code.zfill(2)) == (
            *(row["EstablishmentName"], row[status], row["LA (code)"], row["TypeOfEstablishment (code)"]),
        )
        assert school.postcode == row["Postcode"].strip()
    assert RegisterRow.objects.count() == len(old) + len(new)
    assert TrustSchool.objects.count() == sum(1 for row in new.values() if row["Trusts (name)"] or row["Trusts (code)"])
    codes = {row["Trusts (code)"] for row in new.values()} - {""}
    assert set(Trust.objects.filter(group_uid__regex="^[0-9]").values_list("group_uid", flat=True)) == codes


def test_changes_between_two_dates_are_noted_as_plain_csv_says() -> None:
    import_establishments(BEFORE)
    import_establishments(AFTER)
    old, new = plainly(BEFORE), plainly(AFTER)
    both, status = old.keys() & new.keys(), "EstablishmentStatus (code)"
    pairs = [(old[urn], new[urn]) for urn in both]
    came = [new[urn] for urn in new.keys() - old.keys()]

    def bare(name: str) -> str:
        return "".join(filter(str.isalnum, name.casefold()))

    expected = {
        "renamed": sum(bare(a["EstablishmentName"]) != bare(b["EstablishmentName"]) for a, b in pairs),
        "authority": sum(a["LA (code)"] != b["LA (code)"] for a, b in pairs),
        "closed": sum(a[status] != "2" == b[status] for a, b in pairs),
        "opened": sum(a[status] == "4" and b[status] in "13" for a, b in pairs)
        + sum(row[status] in "13" for row in came),
        "proposed": sum(a[status] != "4" == b[status] for a, b in pairs) + sum(row[status] == "4" for row in came),
        "reopened": sum(a[status] == "2" and b[status] in "13" for a, b in pairs),
        "vanished": len(old.keys() - new.keys()),
    }
    noted = Counter(RegisterChange.objects.filter(kind__in=expected).values_list("kind", flat=True))
    assert {kind: noted[kind] for kind in expected} == expected
    assert expected["authority"] == 334


def test_every_row_is_kept_as_received() -> None:
    import_establishments(BEFORE)
    kept = RegisterRow.objects.order_by("line").values_list("text__text", flat=True)
    lines = gzip.decompress(BEFORE.read_bytes()).decode("cp1252").split("\r\n")
    assert list(kept) == [line for line in lines[1:] if line]


def test_real_rows_of_2026() -> None:
    figures = import_establishments(REAL, as_at=date(2026, 4, 1))
    academy, college = School.objects.get(urn=105135), School.objects.get(urn=130467)
    assert (figures["new"], figures["warned"], figures["rejected"], figures["unknown_columns"]) == (12, 0, 0, [])
    assert (academy.name, academy.head_name, academy.pupils) == ("St Paul's Academy", "Mr Anton Innocent", 1119)
    assert academy.trust_schools.get().trust.group_uid == "17729"
    assert (college.high_age, college.type.is_college) == (99, True)
    assert School.objects.get(urn=100000).website == "www.thealdgateschool.org"


def test_a_ragged_real_file_is_read_once_accepted() -> None:
    from schools.register.errors import Held
    from tests.factories import make_user

    with pytest.raises(Held, match="not have as many values"):
        import_establishments(RAGGED, as_at=date(2018, 1, 1))
    figures = import_establishments(RAGGED, as_at=date(2018, 1, 1), accepted_by=make_user())
    assert figures["rows"] == figures["new"] + figures["rejected"]
    assert figures["new"] > 0


def test_the_whole_register_then_a_year_then_the_same_again(tmp_path: Path) -> None:
    """Memory is measured in a process of its own by `make bench`; here nothing is lost."""
    figures = import_establishments(WHOLE)
    assert (figures["rows"], figures["new"], figures["rejected"], figures["encoding"]) == (49514, 49514, 0, "cp1252")
    assert School.objects.filter(open_date=date(1900, 1, 1)).first().known_open_date is None
    assert import_establishments(WHOLE)["unchanged"] == 49514
    live_a_year(tmp_path, list(plainly(WHOLE).values()))
