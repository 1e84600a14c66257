"""The register's real and joined files, against what plain `csv` says about them."""

import csv
import gzip
import io
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from schools.models import RegisterRow, School, Trust, TrustSchool
from schools.register.importing import import_establishments
from tests.schools.register.files import MISSING, SHARED

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

    def count(differs) -> int:  # type: ignore[no-untyped-def]  # any two rows
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

    with pytest.raises(Held, match="not as many values"):
        import_establishments(RAGGED, as_at=date(2018, 1, 1))
    figures = import_establishments(RAGGED, as_at=date(2018, 1, 1), accepted_by=make_user())
    assert figures["rows"] == figures["new"] + figures["rejected"]
    assert figures["new"] > 0


# A statement for each of the two transactions: the rows are being kept, and the schools are being changed.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seconds", [0.3, 0.8, 1.3, 1.8])
def test_a_killed_import_leaves_all_of_the_old_or_all_of_the_new(seconds: float) -> None:
    import_establishments(BEFORE)
    old = list(School.objects.order_by("urn").values())
    command = (
        "import os, sys, django; from django.conf import settings;"
        "settings.DATABASES['default']['NAME'] = sys.argv[1]; django.setup();"
        "from django.core.management import call_command; print('ready', flush=True);"
        "call_command('import_register', sys.argv[2])"
    )
    name = str(connection.settings_dict["NAME"])
    child = subprocess.Popen(
        [sys.executable, "-c", command, name, str(AFTER)],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "hubportal.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(seconds / 4)
        child.send_signal(signal.SIGKILL)
    _wait_for_its_session_to_end()
    found = list(School.objects.order_by("urn").values())
    assert len(found) == 2180 or found == old
    import_establishments(AFTER)
    assert School.objects.filter(as_at=date(2024, 6, 17)).count() == 2180


def _wait_for_its_session_to_end() -> None:
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid() "
                "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
            if not cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    raise AssertionError("the killed import's session did not end within ten seconds")


def test_the_whole_register_within_its_memory() -> None:
    """Memory is measured in a process of its own by `make bench`; here the rows are all there, twice over."""
    figures = import_establishments(WHOLE)
    assert (figures["rows"], figures["new"], figures["rejected"], figures["encoding"]) == (49514, 49514, 0, "cp1252")
    assert School.objects.filter(open_date=date(1900, 1, 1)).first().known_open_date is None
    assert import_establishments(WHOLE)["unchanged"] == 49514
