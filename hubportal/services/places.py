"""Where the embedded servers keep their data and their sockets.

Usually both lie under LOCAL_DIR. Two things can forbid that, and then a short private folder is made elsewhere and
written down in LOCAL_DIR/places.json: a socket's path may have at most 107 bytes, and as root the servers run as
another user (PostgreSQL refuses root), who must be able to reach the folder without any parent being opened up.
"""

import hashlib
import json
import os
import pwd
import stat
from dataclasses import asdict, dataclass
from pathlib import Path

LONGEST_SOCKET_PATH = 107
SOCKET_NAME = ".s.PGSQL.5432.lock"  # the longest name made in the socket folder
SERVANT = "nobody"  # whom the servers run as when the portal is started as root


@dataclass(frozen=True)
class Places:
    """The folders of one installation; `uid` and `gid` are the servers' user when started as root, else None."""

    local: Path
    data: Path
    sockets: Path
    uid: int | None
    gid: int | None

    @property
    def redis_socket(self) -> Path:
        return self.sockets / "redis.sock"

    @property
    def postgres_socket(self) -> Path:
        return self.sockets / ".s.PGSQL.5432"

    @property
    def users_lock(self) -> Path:
        return self.local / "users.lock"

    @property
    def keeper_lock(self) -> Path:
        return self.local / "keeper.lock"

    @property
    def starter_lock(self) -> Path:
        return self.local / "starter.lock"

    @property
    def status(self) -> Path:
        return self.local / "services.json"

    @property
    def logs(self) -> Path:
        return self.local / "logs"


def find(local: Path) -> Places:
    """The places for LOCAL_DIR `local`; makes the folders the first time. Raises OSError where it may not write."""
    root = os.geteuid() == 0
    servant = pwd.getpwnam(SERVANT) if root else None
    if not local.exists():
        local.mkdir(parents=True, mode=0o711 if root else 0o700)
    local = local.resolve()
    record = local / "places.json"
    kept = _kept(record)
    data = Path(kept["data"]) if kept else _data_folder(local, root)
    sockets = Path(kept["sockets"]) if kept else _socket_folder(data)
    uid, gid = (servant.pw_uid, servant.pw_gid) if servant else (None, None)
    (local / "logs").mkdir(mode=0o700, exist_ok=True)
    for folder in (data, sockets):
        _private(folder, uid, gid)
    places = Places(local, data, sockets, uid, gid)
    if not kept:
        aside = record.with_suffix(f".{os.getpid()}")
        aside.write_text(json.dumps({key: str(value) for key, value in asdict(places).items()}, indent=1) + "\n")
        aside.rename(record)
    return places


def _kept(record: Path) -> dict[str, str]:
    """What was written down before, if it is still about this folder (the folder may have been moved or copied)."""
    try:
        kept: dict[str, str] = json.loads(record.read_text())
    except (OSError, ValueError):
        return {}
    same_folder = kept.get("local") == str(record.parent)
    same_user = (kept.get("uid") == "None") == (os.geteuid() != 0)
    return kept if same_folder and same_user else {}


def _name(local: Path) -> str:
    return "hubportal-" + hashlib.sha256(str(local).encode()).hexdigest()[:12]


def _data_folder(local: Path, root: bool) -> Path:
    if root and not _others_may_pass(local):
        return Path("/var/tmp") / _name(local)  # noqa: S108 - private (0700) and recorded; see the module's text
    return local / "data"


def _socket_folder(data: Path) -> Path:
    beside = data / "run"
    if len(os.fsencode(beside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return beside
    return Path("/tmp") / _name(data)  # noqa: S108 - private (0700) and recorded; see the module's text


def _others_may_pass(folder: Path) -> bool:
    """Whether every folder down to `folder` lets other users through."""
    return all(step.stat().st_mode & stat.S_IXOTH for step in [folder, *folder.parents])


def _private(folder: Path, uid: int | None, gid: int | None) -> None:
    """Make `folder` for its user alone; refuse one that somebody else has put there first."""
    wanted = os.geteuid() if uid is None else uid
    try:
        folder.mkdir(mode=0o700, parents=True)
        if uid is not None and gid is not None:
            os.chown(folder, uid, gid)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {wanted, os.geteuid()}:
            raise PermissionError(
                f"{folder} belongs to somebody else. Remove it, or set LOCAL_DIR to another folder"
            ) from None
        if found.st_uid != wanted and uid is not None and gid is not None:
            os.chown(folder, uid, gid)
        if stat.S_IMODE(found.st_mode) != 0o700:
            folder.chmod(0o700)
