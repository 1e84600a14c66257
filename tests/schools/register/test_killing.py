"""An import that is killed leaves all of the old or all of the new: ten times, at random moments, for real.
So does each file of several that come together."""

import contextlib
import json
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

from schools.models import (
    ChangeNotice,
    HubArea,
    LocalAuthority,
    RegisterChange,
    RegisterFile,
    School,
    SchoolLink,
    Trust,
    TrustSchool,
)
from schools.register.importing import import_establishments
from tests import factories as make
from tests.schools.register.files import COLUMNS, row, text, write
from tests.schools.register.sheets import GROUP_LINKS, GROUPS, LINKS, group, in_group, link, save

SCHOOLS, MOMENTS = 2_000, 10
IN_GROUPS, TRUSTS = 400, 40
Kind = RegisterFile.Kind
ROWS = {Kind.ESTABLISHMENTS: IN_GROUPS, Kind.GROUPS: TRUSTS, Kind.GROUP_LINKS: IN_GROUPS, Kind.LINKS: IN_GROUPS // 2}


class Importer:
    """Imports in a process that can be killed."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.process = process

    def bring(self, *arguments: Path | str, kill_after: float | None = None) -> float:
        """Import a file, with what comes along; `kill_after` so many seconds. Returns how long it took."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(f"{json.dumps([str(each) for each in arguments])}\n")
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


@pytest.mark.django_db(transaction=True)
def test_each_of_several_files_is_all_old_or_all_new_after_a_kill_and_the_same_command_completes_them(
    importer: Importer, tmp_path: Path
) -> None:
    area = {"authority": LocalAuthority.objects.get(code="845"), "starts_on": date(2020, 9, 1)}
    HubArea.objects.create(hub=make.make_hub(), **area)
    importer.bring(*_together(tmp_path, 0))
    whole = importer.bring(*_together(tmp_path, 1))
    assert _versions() == dict.fromkeys(ROWS, 1)
    dice = random.Random()
    for kill in range(MOMENTS):
        version = 2 + kill
        moment = whole * (kill + dice.random()) / MOMENTS  # spread, so that each file is met
        importer.bring(*_together(tmp_path, version), kill_after=moment)
        found, said = _versions(), f"killed after {moment:.3f} of {whole:.3f} s"
        # The files come one after the other: new ones first, then old ones, and nothing between.
        assert list(found.values()) in [[version] * n + [version - 1] * (4 - n) for n in range(5)], f"{said}: {found}"
        for kind, stands in found.items():
            kept = RegisterFile.objects.filter(as_at=_day(version), kind=kind).first()
            assert kept is None or kept.kept_rows.count() == kept.rows == ROWS[kind], f"{said}: {kind}"
            assert (kept is not None and kept.applied_at is not None) == (stands == version), f"{said}: {kind}"
        importer.bring(*_together(tmp_path, version))
        assert _versions() == dict.fromkeys(ROWS, version)
        assert RegisterFile.objects.filter(as_at=_day(version), applied_at__isnull=False).count() == len(ROWS)


def _day(version: int) -> date:
    return date(2022, 4, 7) + timedelta(days=version)


def _version(folder: Path, version: int) -> Path:
    """A file in which every school bears the version in its name and its number of pupils."""
    rows = [
        row(110000 + number, f"School {number} version {version}", NumberOfPupils=str(version))
        for number in range(SCHOOLS)
    ]
    return write(folder, f"edubasealldata{_day(version):%Y%m%d}.csv", text(rows))


def _together(folder: Path, version: int) -> list[Path | str]:
    """The arguments that bring four files of which every row bears the version: each school in its name, each trust in
    its street, each school's trust and the day it joined, each link's name and day."""
    urns, day = range(110000, 110000 + IN_GROUPS), f"{_day(version):%d-%m-%Y}"
    columns = tuple(name for name in COLUMNS if not name.startswith("Trusts"))
    schools = [row(urn, f"School {urn} version {version}") for urn in urns]
    trusts = [
        group(9000 + number, f"Trust {number}") | {"Group Street": f"{version} High Street"} for number in range(TRUSTS)
    ]
    joined = [in_group(urn, 9000 + (urn + version) % TRUSTS, day, f"Trust {(urn + version) % TRUSTS}") for urn in urns]
    links = [link(urn, "Successor", urn + 1, day, f"School version {version}") for urn in urns[::2]]
    return [
        write(folder, f"edubasealldata{_day(version):%Y%m%d}.csv", text(schools, columns)),
        *("--groups", save(folder, f"allgroupsdata{_day(version):%Y%m%d}.csv", trusts, GROUPS)),
        *("--group-links", save(folder, f"alllinksdata{_day(version):%Y%m%d}.csv", joined, GROUP_LINKS)),
        *("--links", save(folder, f"links_edubasealldata{_day(version):%Y%m%d}.csv", links, LINKS)),
    ]


def _trust(urn: int, version: int) -> int:
    """Which trust a school is in: with each version it moves on."""
    return (urn + version) % TRUSTS


def _versions() -> dict[str, int]:
    """The one version that all rows of each file are of, in the order in which the files come."""
    times = TrustSchool.objects.filter(left_on=None)
    joined = times.values_list("school__urn", "trust__group_uid", "joined_on")
    links = SchoolLink.objects.values_list("link_name", "established_on")
    assert all(int(uid) - 9000 == _trust(urn, (on - _day(0)).days) for urn, uid, on in joined)
    assert all(name == f"School version {(on - _day(0)).days}" for name, on in links)
    found = {
        Kind.ESTABLISHMENTS: {int(name.rsplit(" ", 1)[1]) for name in School.objects.values_list("name", flat=True)},
        Kind.GROUPS: {int(street.split()[0]) for street in Trust.objects.values_list("street", flat=True)},
        Kind.GROUP_LINKS: {(on - _day(0)).days for _urn, _uid, on in joined},
        Kind.LINKS: {(on - _day(0)).days for _name, on in links},
    }
    assert [len(versions) for versions in found.values()] == [1, 1, 1, 1], found
    return {kind: versions.pop() for kind, versions in found.items()}


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
