"""Run every measurement: each module of this package has `measure()`, which prints its lines."""

import importlib
import os
import pkgutil
import sys

import bench


def main(names: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hubportal.settings")
    from hubportal.services import embedded

    with embedded.running():
        import django

        django.setup()
        for module in sorted(pkgutil.iter_modules(bench.__path__), key=lambda found: found.name):
            if not module.name.startswith("_") and (not names or module.name in names):
                print(f"\n{module.name}", flush=True)
                importlib.import_module(f"bench.{module.name}").measure()


if __name__ == "__main__":
    main(sys.argv[1:])
