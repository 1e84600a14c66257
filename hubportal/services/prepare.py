"""Brings the database and the static files in step with the code: the end of `make setup`, the start of `make run`.

The one module of this package that needs Django: `python -m hubportal.services.prepare`.
"""

import hashlib
import os
import sys
from pathlib import Path

from hubportal import environment

from . import embedded

ACCOUNTS_FILE = "demo-accounts.txt"


def main() -> int:
    """Migrate, collect static files, load the demo on the first run. Each does nothing when nothing is to be done."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hubportal.settings")
    with embedded.running():
        import django  # the settings ask for the servers, which run by now

        django.setup()
        ask_servers()
        migrate()
        collect_static()
        load_demo()
    return 0


def ask_servers() -> None:
    """Stop the process with a sentence where a server that a variable names does not answer."""
    from django.core.cache import cache  # Django is set up by now
    from django.db import OperationalError, connection  # Django is set up by now
    from redis.exceptions import RedisError  # with Django's cache

    try:
        connection.ensure_connection()
    except OperationalError as trouble:
        raise environment.stop(f"the database does not let us in ({_one_line(trouble)}). Check DATABASE_URL.") from None
    try:
        cache.get("anybody-there")
    except RedisError as trouble:
        raise environment.stop(f"Redis does not let us in ({_one_line(trouble)}). Check REDIS_URL.") from None


def _one_line(trouble: Exception) -> str:
    return " ".join(str(trouble).split()).rstrip(".")


def migrate() -> None:
    """Bring the database in step with the code."""
    from django.core.management import call_command  # Django is set up by now
    from django.db import connection  # Django is set up by now
    from django.db.migrations.executor import MigrationExecutor  # Django is set up by now

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        _say("bringing the database up to date")
        call_command("migrate", interactive=False, verbosity=0)


def collect_static() -> None:
    """Gather static files under names that hold their hash, when one has changed."""
    from django.conf import settings  # Django is set up by now
    from django.core.management import call_command  # Django is set up by now

    mark = settings.STATIC_ROOT / ".collected"
    now = _static_state(
        [Path(str(entry[1] if isinstance(entry, tuple) else entry)) for entry in settings.STATICFILES_DIRS]
    )
    if mark.exists() and mark.read_text() == now:
        return
    _say("gathering the static files")
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(now)


def _static_state(folders: list[Path]) -> str:
    """A hash of every static file's name, size and time."""
    state = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            facts = path.stat()
            state.update(f"{path}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    return state.hexdigest()


def load_demo() -> None:
    """In a demo, load it on the first run, and write its accounts where the supervisor reads them out."""
    from django.conf import settings  # Django is set up by now
    from django.core.management import call_command  # Django is set up by now

    accounts = settings.LOCAL_DIR / ACCOUNTS_FILE
    if not settings.DEMO:
        accounts.unlink(missing_ok=True)
        return
    from hubportal.demo import loading, people  # Django is set up by now

    if not loading.is_loaded():
        _say("loading the demo")
        call_command("load_demo", verbosity=0)
    named = [
        (f"{local}@{people.DOMAIN}", name, role.label if role else "Platform administrator")
        for local, name, role in people.ACCOUNTS
    ]
    lines = [f"  {email:<28}{name}, {role[0].lower()}{role[1:]}" for email, name, role in named]
    accounts.write_text("\n".join([f"Sign in as one of these, with the password {people.PASSWORD}", *lines]) + "\n")


def _say(words: str) -> None:
    print(f"setup: {words}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
