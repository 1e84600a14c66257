"""Imports run one way: accounts <- schools <- engagement <- smdp <- reports, and in one order inside an app."""

import ast

import pytest

from tests.architecture.source import Module, modules, own_imports

ROOMS = ["hubportal.accounts", "schools", "engagement", "smdp", "reports"]
# What wires the portal together may see every room.
WIRING = {
    "hubportal.settings",
    "hubportal.urls",
    "hubportal.celery",
    "hubportal.navigation",
    "hubportal.home",
    "hubportal.pages",
    "hubportal.demo",
    "hubportal.services.prepare",  # migrates and loads the demo
    "hubportal.services.run",
}
# The order inside an app: a module may import those of its own number and below. Others only must not go in a circle.
ORDER = [
    "roles",
    "access",
    "querysets",
    "models",
    "permissions",
    "actions",
    "forms",
    "views",
    "urls",
]
DRAWERS = {"utils", "helpers", "services", "common", "mixins", "signals"}


def room_of(name: str) -> str | None:
    return next((room for room in ROOMS if name == room or name.startswith(f"{room}.")), None)


def is_wiring(name: str) -> bool:
    return any(name == wire or name.startswith(f"{wire}.") for wire in WIRING)


def in_room(name: str, room: str) -> str:
    """The first part of the name inside its room: `schools.views.people` gives `views`."""
    return name.removeprefix(room).lstrip(".").split(".")[0]


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_rooms_import_only_what_lies_below(module: Module):
    if is_wiring(module.name):
        return
    room = room_of(module.name)
    wrong = set()
    for name in own_imports(module):
        other = room_of(name)
        if is_wiring(name):
            wrong.add(name)
        elif room is None and other is not None:
            wrong.add(name)  # the kit, the services and the other furniture know no room
        elif room and other and ROOMS.index(other) > ROOMS.index(room):
            wrong.add(name)
    assert not wrong, f"{module.where} may not import {sorted(wrong)}"


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_order_inside_a_room(module: Module):
    room = room_of(module.name)
    if room is None or in_room(module.name, room) not in ORDER:
        return
    mine = ORDER.index(in_room(module.name, room))
    wrong = {
        name
        for name in own_imports(module)
        if room_of(name) == room and in_room(name, room) in ORDER and ORDER.index(in_room(name, room)) > mine
    }
    assert not wrong, f"{module.where} may not import {sorted(wrong)}"


def test_no_circles():
    graph = {module.name: own_imports(module) for module in modules()}
    done: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join([*path[path.index(name) :], name])
        if name in done:
            return
        for other in sorted(graph[name]):
            walk(other, (*path, name))
        done.add(name)

    for name in graph:
        walk(name, ())


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_imports_stand_at_the_top(module: Module):
    """An import inside a function hides a circle, unless a comment beside it gives the reason. `AppConfig.ready` is
    where Django wants a room to introduce itself."""
    if module.name.endswith(".apps"):
        return
    lines = module.path.read_text().splitlines()
    inside = [
        node.lineno
        for function in ast.walk(module.tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and "#" not in lines[node.lineno - 1]
    ]
    assert not inside, f"{module.where}: imports inside functions at lines {inside}"


def test_no_drawers():
    assert [m.where for m in modules() if m.name.rpartition(".")[2] in DRAWERS and room_of(m.name)] == []


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_modules_are_short(module: Module):
    assert len(module.path.read_text().splitlines()) <= 400, f"{module.where} is long: make it a package of nouns"
