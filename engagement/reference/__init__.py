"""The words shipped with the portal: the kinds of support, the first framework of criteria, what counts as talking
with a school, what to try where one does not answer, and what can put a relationship at risk.

`load_reference` runs after every migrate. It only ever adds what is absent: a published framework is in use, and a
kind of support may have been edited by a platform administrator.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps as live_apps
from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS, transaction

HERE = Path(__file__).parent
FIRST_RULES = 2025  # the academic year from which the first contact rules hold
FRAMEWORKS = ("framework_1.json",)


@cache
def read(name: str) -> dict[str, Any]:
    """The content of a file of this folder."""
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def load_reference(
    sender: Any = None,
    *,
    apps: Apps = live_apps,
    using: str = DEFAULT_DB_ALIAS,
    **_: Any,
) -> list[str]:
    """Add the kinds of support, the framework versions, the contact rules, the ladder and the kinds of risk that are
    absent. Six queries when all are there.

    A receiver of post_migrate (`apps` is then the state after the last migration run). Gives what was added, in words.
    """
    try:
        models = {name: apps.get_model("engagement", name) for name in NEEDED}
    except LookupError:  # the tables of this app are not there (yet, or any more)
        return []
    with transaction.atomic(using=using):
        return (
            _add_strands(models, using)
            + [added for name in FRAMEWORKS for added in _add_framework(models, read(name), using)]
            + _add_contact_rules(models, using)
            + _add_ladder(models, using)
            + _add_risk_kinds(models, using)
        )


NEEDED = ("ContactRules", "LadderStep", "Strand", "Framework", "Level", "FrameworkArea", "Criterion", "RiskKind")


def _add_strands(models: dict[str, Any], using: str) -> list[str]:
    strands = models["Strand"]._default_manager.using(using)
    known = set(strands.values_list("code", flat=True))
    new = [
        models["Strand"](position=position, **strand)
        for position, strand in enumerate(read("strands.json")["strands"], start=1)
        if strand["code"] not in known
    ]
    strands.bulk_create(new)
    return [f"kind of support: {strand.name}" for strand in new]


def _add_contact_rules(models: dict[str, Any], using: str) -> list[str]:
    """The usual ones, as the model has them."""
    rules = models["ContactRules"]._default_manager.using(using)
    if rules.filter(hub=None).exists():
        return []
    rules.create(hub=None, year=FIRST_RULES)
    return [f"contact rules from {FIRST_RULES}"]


def _add_ladder(models: dict[str, Any], using: str) -> list[str]:
    steps = models["LadderStep"]._default_manager.using(using)
    if steps.filter(hub=None).exists():
        return []
    rows = read("ladder.json")["steps"]
    steps.bulk_create(models["LadderStep"](position=position, **row) for position, row in enumerate(rows, start=1))
    return [f"step of the ladder: {row['name']}" for row in rows]


def _add_risk_kinds(models: dict[str, Any], using: str) -> list[str]:
    kinds = models["RiskKind"]._default_manager.using(using)
    known = set(kinds.values_list("code", flat=True))
    rows = enumerate(read("risk_kinds.json")["kinds"], start=1)
    new = [models["RiskKind"](position=position, **row) for position, row in rows if row["code"] not in known]
    kinds.bulk_create(new)
    return [f"kind of risk: {kind.name}" for kind in new]


def _add_framework(models: dict[str, Any], data: dict[str, Any], using: str) -> list[str]:
    frameworks = models["Framework"]._default_manager.using(using)
    if frameworks.filter(hub=None, number=data["number"]).exists():
        return []
    framework = frameworks.create(
        hub=None,
        name=data["name"],
        number=data["number"],
        published_on=date.fromisoformat(data["published_on"]),
    )
    models["Level"]._default_manager.using(using).bulk_create(
        models["Level"](framework=framework, number=number, **level)
        for number, level in enumerate(data["levels"], start=1)
    )
    for position, area_data in enumerate(data["areas"], start=1):
        words = {name: area_data[name] for name in ("code", "title", "description")}
        area = (
            models["FrameworkArea"]
            ._default_manager.using(using)
            .create(framework=framework, position=position, **words)
        )
        models["Criterion"]._default_manager.using(using).bulk_create(
            models["Criterion"](area=area, position=place, **criterion)
            for place, criterion in enumerate(area_data["criteria"], start=1)
        )
    return [f"framework: {data['name']}, version {data['number']}"]
