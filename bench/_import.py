"""One import in a process of its own, into the database that the first argument names."""

import os
import sys
from pathlib import Path


def main(database: str, path: str, report: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hubportal.settings")
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from django.core.management import call_command

    with open(os.devnull, "w") as quiet:
        call_command("import_register", Path(path), report=Path(report), stdout=quiet)


if __name__ == "__main__":
    main(*sys.argv[1:])
