"""A process that imports what each line of its input says, in a child of its own, so that a test can kill the child:

    python -m tests.schools.register.importer DATABASE

A line is a list of arguments of `import_register`, as JSON. It is answered with the child's process id as the import
begins, and with "ended" once the child is gone.
"""

import json
import os
import sys


def main(database: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hubportal.settings")
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from django.core.management import call_command

    for line in sys.stdin:
        if child := os.fork():
            print(child, flush=True)
            os.waitpid(child, 0)
            print("ended", flush=True)
        else:
            with open(os.devnull, "w") as quiet:
                call_command("import_register", *json.loads(line), stdout=quiet)
            os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
