#!/usr/bin/env python
"""Django's command line. The embedded PostgreSQL and Redis run for as long as a command needs them."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hubportal.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is not installed in this Python. Run `make setup`, then .venv/bin/python manage.py ...")
    from hubportal.services import embedded

    with embedded.running():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
