"""The code lists that the portal starts with, as data, loaded after every migrate.

`authorities.csv` has the codes and names of June 2024; `establishment_types.csv` the types of April 2025 with what
counts as state-funded. Contains public sector information licensed under the Open Government Licence v3.0 (Department
for Education, Get Information about Schools).
"""

import csv
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.db import models

_FOLDER = Path(__file__).parent


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load_reference(sender: AppConfig, using: str = "default", **signal: Any) -> None:
    """Add the codes that are missing. What is there already is left as it is: people edit it. Four queries at most."""
    authorities, types = (
        apps.get_model(sender.label, "LocalAuthority"),
        apps.get_model(sender.label, "EstablishmentType"),
    )
    _add(authorities, using, [authorities(**row) for row in _rows("authorities.csv")])
    kinds = [
        types(**row | {name: row[name] == "yes" for name in ("is_state_funded", "is_college")})
        for row in _rows("establishment_types.csv")
    ]
    _add(types, using, kinds)


def _add(model: type[models.Model], using: str, rows: list[Any]) -> None:
    known = set(model._default_manager.using(using).values_list("code", flat=True))
    missing = [row for row in rows if row.code not in known]
    if missing:
        model._default_manager.using(using).bulk_create(missing, ignore_conflicts=True)
