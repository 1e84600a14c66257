"""The code lists that the portal starts with, as data, loaded after every migrate.

`authorities.csv` has the codes and names of June 2024; `establishment_types.csv` the types of April 2025 with what
counts as state-funded, and those of what people add by hand; `register_codes.csv` what real rows have had in the
register's other lists. Contains public sector information licensed under the Open Government Licence v3.0 (Department
for Education, Get Information about Schools). `dated_fact_values.csv` has the Lead Schools, steps of Artsmark and ways
of teaching that can be recorded; no published list was found, so they are the administrator's to change.
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
    """Add the codes that are missing. What is there already is left as it is: people edit it. Eight queries at most."""
    authorities, types, codes, values = (
        apps.get_model(sender.label, name)
        for name in ("LocalAuthority", "EstablishmentType", "RegisterCode", "DatedFactValue")
    )
    _add(authorities, using, [authorities(**row) for row in _rows("authorities.csv")])
    kinds = [
        types(**row | {name: row[name] == "yes" for name in ("is_state_funded", "is_college", "is_organisation")})
        for row in _rows("establishment_types.csv")
    ]
    _add(types, using, kinds)
    _add(codes, using, [codes(**row) for row in _rows("register_codes.csv")], by=("listed_in", "code"))
    told = [
        values(**row | {name: row[name] == "yes" for name in ("is_award", "is_expected")})
        for row in _rows("dated_fact_values.csv")
    ]
    _add(values, using, told, by=("kind", "code"))


def _add(model: type[models.Model], using: str, rows: list[Any], by: tuple[str, ...] = ("code",)) -> None:
    known = set(model._default_manager.using(using).values_list(*by))
    missing = [row for row in rows if tuple(getattr(row, name) for name in by) not in known]
    if missing:
        model._default_manager.using(using).bulk_create(missing, ignore_conflicts=True)
