"""Who gets what at which address: the whole of it, as data, a module for each noun; `table` says how to read a line."""

from tests.architecture.matrix import (
    changes,
    conversations,
    dated_facts,
    evaluations,
    handovers,
    hubs,
    manual,
    people,
    plan_reviews,
    plans,
    portal,
    register,
    reports,
    schools,
    sharing,
    successions,
    trusts,
    work,
)

MODULES = (
    portal,
    schools,
    manual,
    hubs,
    handovers,
    trusts,
    successions,
    dated_facts,
    changes,
    register,
    people,
    conversations,
    sharing,
    work,
    plans,
    evaluations,
    plan_reviews,
    reports,
)
ROWS = [row for module in MODULES for row in module.ROWS]
