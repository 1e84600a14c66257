"""The third net: a page reaches rows only through `visible_to`. Read from the code, whatever the file is called."""

import ast

import pytest

from tests.architecture.source import Module, modules

# A module that makes pages or forms imports one of these.
PAGE_PARTS = (
    "django.views",
    "django.forms",
    "django.shortcuts",
    "django.template",
    "django.http",
    "django_filters",
    "django_tables2",
)
# The verbs of a queryset that scope it to a person, or read what the request has stored.
SCOPING = {"visible_to", "writable_by", "shared_with", "of_hub_for", "current_for"}
MANAGERS = {"objects", "with_merged", "_default_manager", "_base_manager"}
# The kit's rows (drafts, links) have no scope of their own: a page reaches them through a row that it has scoped.
# Querysets and models define the scope; the admin is the platform administrator's; actions and commands take rows that
# a page has scoped. None of them renders a page.
DEFINES_THE_SCOPE = (
    "querysets",
    "models",
    "admin",
    "management",
    "migrations",
    "actions",
    "demo",
    "kit",
)


def is_page(module: Module) -> bool:
    parts = set(module.name.split("."))
    if parts & set(DEFINES_THE_SCOPE):
        return False
    return any(name == part or name.startswith(f"{part}.") for name in module.imports() for part in PAGE_PARTS)


PAGES = [module for module in modules() if is_page(module)]


@pytest.mark.parametrize("module", PAGES, ids=lambda module: module.name)
def test_rows_are_reached_through_visible_to(module: Module):
    scoped = {
        id(node.value)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in SCOPING and isinstance(node.value, ast.Attribute)
    }
    wrong = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and id(node) not in scoped
    ]
    assert not wrong, f"{module.where}: {wrong}"


@pytest.mark.parametrize("module", PAGES, ids=lambda module: module.name)
def test_no_lookup_takes_a_whole_model(module: Module):
    wrong = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] in {"get_object_or_404", "get_list_or_404", "aget_object_or_404"}
        and node.args
        and isinstance(node.args[0], ast.Name)
        and node.args[0].id[:1].isupper()
    ]
    assert not wrong, f"{module.where}: {wrong}"


@pytest.mark.parametrize("module", PAGES, ids=lambda module: module.name)
def test_no_view_takes_its_rows_from_a_model(module: Module):
    """`model = X` on a view makes Django fetch every row; a form's or a filter's Meta may name its model."""
    wrong = [
        f"line {statement.lineno}: {ast.unparse(statement)}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and node.name != "Meta"
        for statement in node.body
        if isinstance(statement, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == "model" for target in statement.targets)
    ]
    assert not wrong, f"{module.where}: {wrong}"


def test_the_lint_sees_what_a_person_would():
    """The three ways round it that a search for words misses."""
    code = ast.parse(
        "from django.views import View\nget_object_or_404(School, pk=1)\nSchool._default_manager.get(pk=1)"
    )
    module = Module("schools.anything", PAGES[0].path, code)
    with pytest.raises(AssertionError):
        test_rows_are_reached_through_visible_to(module)
    with pytest.raises(AssertionError):
        test_no_lookup_takes_a_whole_model(module)
