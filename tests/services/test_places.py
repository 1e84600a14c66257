"""Where data and sockets lie: short enough for a socket, reachable for the servers' user, private, and remembered."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from hubportal.services import places


def test_find_keeps_a_socket_path_within_its_limit(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    found = places.find(deep)
    try:
        assert len(os.fsencode(found.sockets / places.SOCKET_NAME)) <= places.LONGEST_SOCKET_PATH
        assert stat.S_IMODE(found.sockets.stat().st_mode) == 0o700
        assert places.find(deep) == found, "it is written down, and read again"
    finally:
        for folder in {found.data, found.sockets}:
            shutil.rmtree(folder, ignore_errors=True)


def test_find_starts_afresh_in_a_copy_of_a_folder(tmp_path: Path) -> None:
    first = places.find(tmp_path / "one")
    shutil.copytree(tmp_path / "one", tmp_path / "two", ignore=shutil.ignore_patterns("data"))
    second = places.find(tmp_path / "two")
    try:
        assert first.data != second.data
        assert first.sockets != second.sockets
    finally:
        for found in (first, second):
            for folder in (found.data, found.sockets):
                shutil.rmtree(folder, ignore_errors=True)


def test_find_opens_no_folder_to_others(tmp_path: Path) -> None:
    """As root the servers' user cannot pass a closed folder: then data lie elsewhere. Otherwise they lie inside it."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    found = places.find(closed / "local")
    try:
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        assert found.data.is_relative_to(closed) == (os.geteuid() != 0)
        owner = os.geteuid() if found.uid is None else found.uid
        assert (found.data.stat().st_uid, stat.S_IMODE(found.data.stat().st_mode)) == (owner, 0o700)
    finally:
        for folder in (found.data, found.sockets):
            shutil.rmtree(folder, ignore_errors=True)


def test_find_refuses_a_folder_that_somebody_else_made_first(tmp_path: Path) -> None:
    as_root = os.geteuid() == 0
    taken = tmp_path / "data" if as_root else Path("/etc")
    if as_root:
        taken.mkdir()
        os.chown(taken, 12345, 12345)
    servant = "65534" if as_root else "None"
    (tmp_path / "places.json").write_text(
        f'{{"local": "{tmp_path}", "data": "{taken}", "sockets": "{tmp_path}/run", "uid": "{servant}"}}'
    )
    with pytest.raises(PermissionError, match="belongs to somebody else"):
        places.find(tmp_path)
