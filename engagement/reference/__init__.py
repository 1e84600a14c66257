"""The words shipped with the portal: the kinds of support, the first framework of criteria, what counts as talking
with a school, what to try where one does not answer, what can put a relationship at risk, who is met at schools,
what our own people are to be trained in, the pages that hubs keep for their schools, and what a delivery can name.

`load_reference` runs after every migrate. It only ever adds what is absent: a published framework is in use, and a
kind of support may have been edited by a platform administrator.
"""

import json
from collections.abc import Iterable
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
    """Add the kinds of support, the framework versions, the contact rules, the ladder, the kinds of risk, the
    roles of those met, the topics of training, the pages for schools and the code lists that are absent. Twelve queries
    when all are there.

    A receiver of post_migrate (`apps` is then the state after the last migration run). Gives what was added, in words.
    """
    try:
        models = {name: apps.get_model("engagement", name) for name in NEEDED}
    except LookupError:  # the tables of this app are not there (yet, or any more)
        return []
    with transaction.atomic(using=using):
        return (
            _add_rows(models["Strand"], "kind of support", read("strands.json")["strands"], using)
            + [added for name in FRAMEWORKS for added in _add_framework(models, read(name), using)]
            + _add_contact_rules(models, using)
            + _add_ladder(models, using)
            + _add_rows(models["RiskKind"], "kind of risk", read("risk_kinds.json")["kinds"], using)
            + _add_met_roles(models, using)
            + _add_time_rules(models, using)
            + _add_training_topics(models, using)
            + _add_guides(models, using)
            + _add_code_lists(models, using)
        )


NEEDED = (
    "CodeEntry",
    "ContactRules",
    "Criterion",
    "Framework",
    "FrameworkArea",
    "Guide",
    "LadderStep",
    "Level",
    "MetRole",
    "RiskKind",
    "Strand",
    "TimeRules",
    "TrainingTopic",
)


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


def _add_rows(model: Any, noun: str, rows: Iterable[dict[str, Any]], using: str) -> list[str]:
    """Those of a list's rows whose code is not there yet, in the list's order."""
    known = set(model._default_manager.using(using).values_list("code", flat=True))
    numbered = enumerate(rows, start=1)
    new = [model(position=position, **row) for position, row in numbered if row["code"] not in known]
    model._default_manager.using(using).bulk_create(new)
    return [f"{noun}: {each.name}" for each in new]


def _add_met_roles(models: dict[str, Any], using: str) -> list[str]:
    rows = [{name: row[name] for name in ("code", "name", "titles")} for row in read("time_spent.json")["roles"]]
    return _add_rows(models["MetRole"], "role of those met", rows, using)


def _add_time_rules(models: dict[str, Any], using: str) -> list[str]:
    """The usual ones, as the model has them."""
    rules = models["TimeRules"]._default_manager.using(using)
    if rules.filter(hub=None).exists():
        return []
    rules.create(hub=None, year=FIRST_RULES)
    return [f"time rules from {FIRST_RULES}"]


def _add_training_topics(models: dict[str, Any], using: str) -> list[str]:
    strands = dict(models["Strand"]._default_manager.using(using).values_list("code", "pk"))
    rows = [
        {"code": row["code"], "name": row["name"], "strand_id": strands.get(row["strand"])}
        for row in read("readiness.json")["topics"]
    ]
    return _add_rows(models["TrainingTopic"], "topic of training", rows, using)


def _add_guides(models: dict[str, Any], using: str) -> list[str]:
    """Those of every hub whose code is not there yet. Nobody has checked them against their source: each hub does."""
    rows = models["Guide"]._default_manager.using(using)
    known = set(rows.filter(hub=None).values_list("code", flat=True))
    new = [models["Guide"](**row) for row in read("guides.json")["guides"] if row["code"] not in known]
    rows.bulk_create(new)
    return [f"page for schools: {each.title}" for each in new]


def _add_code_lists(models: dict[str, Any], using: str) -> list[str]:
    entries = models["CodeEntry"]._default_manager.using(using)
    known = set(entries.filter(hub=None).values_list("code_list", "code"))
    new = [
        models["CodeEntry"](code_list=name, position=position, **row)
        for name, rows in read("code_lists.json")["lists"].items()
        for position, row in enumerate(rows, start=1)
        if (name, row["code"]) not in known
    ]
    entries.bulk_create(new)
    return [f"code list, {each.code_list}: {each.name}" for each in new]


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
