"""An import that is killed leaves all of the old or all of the new: ten times, at random moments, for real."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection

from schools.models import ChangeNotice, HubArea, LocalAuthority, RegisterChange, RegisterFile, School
from schools.register.importing import import_establishments
from tests import factories as make
from tests.schools.register.files import row, text, write

SCHOOLS, MOMENTS = 2_000, 10


class Importer:
    """Imports in a process that can be killed."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.process = process

    def bring(self, path: Path, kill_after: float | None = None) -> float:
        """Import the file; `kill_after` so many seconds. Returns how long it took."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(f"{path}\n")
        self.process.stdin.flush()
        child, begun = int(self.process.stdout.readline()), time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        assert self.process.stdout.readline() == "ended\n"
        taken = time.monotonic() - begun
        _wait_for_its_session_to_end()
        return taken


@pytest.fixture
def importer() -> Iterator[Importer]:
    command = [sys.executable, "-m", "tests.schools.register.importer", str(connection.settings_dict["NAME"])]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as process:
        yield Importer(process)
        assert process.stdin is not None
        process.stdin.close()


@pytest.mark.django_db(transaction=True)
def test_an_import_killed_at_ten_random_moments_leaves_all_of_the_old_or_all_of_the_new(
    importer: Importer, tmp_path: Path
) -> None:
    area = {"authority": LocalAuthority.objects.get(code="845"), "starts_on": date(2020, 9, 1)}
    HubArea.objects.create(hub=make.make_hub(), **area)
    import_establishments(_version(tmp_path, 0))
    whole = importer.bring(_version(tmp_path, 1))
    assert _state() == (1, SCHOOLS)
    stands, dice = 1, random.Random()
    for version in range(2, 2 + MOMENTS):
        moment = dice.uniform(0, whole)
        importer.bring(_version(tmp_path, version), kill_after=moment)
        found, noted = _state()
        assert found in (stands, version), f"killed after {moment:.3f} of {whole:.3f} s"
        assert noted == SCHOOLS
        kept = RegisterFile.objects.filter(as_at=_day(version)).first()
        assert kept is None or kept.kept_rows.count() == SCHOOLS
        assert (kept is not None and kept.applied_at is not None) == (found == version)
        stands = found
    importer.bring(_version(tmp_path, 99))
    assert _state()[0] == 99


def _day(version: int) -> date:
    return date(2022, 4, 7) + timedelta(days=version)


def _version(folder: Path, version: int) -> Path:
    """A file in which every school bears the version in its name and its number of pupils."""
    rows = [
        row(110000 + number, f"School {number} version {version}", NumberOfPupils=str(version))
        for number in range(SCHOOLS)
    ]
    return write(folder, f"edubasealldata{_day(version):%Y%m%d}.csv", text(rows))


def _state() -> tuple[int, int]:
    """The one version that every school is of, and how many renamings of it were noted, and told the hub."""
    versions = {(int(name.rsplit(" ", 1)[1]), pupils) for name, pupils in School.objects.values_list("name", "pupils")}
    assert len(versions) == 1, versions
    (version, pupils) = versions.pop()
    assert version == pupils
    renamed = RegisterChange.objects.filter(kind="renamed", noticed_on=_day(version))
    assert ChangeNotice.objects.filter(change__in=renamed).count() == renamed.count()
    assert RegisterChange.objects.filter(noticed_on__gt=_day(version)).count() == 0
    return version, renamed.count()


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
