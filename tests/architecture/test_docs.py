"""What is written for people names what there is: every command, every variable, every folder, every decision."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGES, ROOT, modules

README = ROOT / "README.md"
DOCS = [README, *sorted((ROOT / "docs").rglob("*.md"))]
# Steps that commands are made of, not commands.
STEPS = {"deps", "test-deps"}
READERS = {"text", "flag", "whole", "words", "url"}


def words_of_the_docs() -> str:
    return "\n".join(path.read_text() for path in DOCS)


def commands() -> set[str]:
    return set(re.findall(r"^([a-z-]+):(?!=)", (ROOT / "Makefile").read_text(), re.M)) - STEPS


def variables() -> set[str]:
    """Every environment variable that the portal reads: by `environment`'s functions or from os.environ."""
    found: set[str] = set()
    for module in modules():
        for node in ast.walk(module.tree):
            found |= _read_by(node)
    return found


def _read_by(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
        return _constants([node.slice]) if isinstance(node.ctx, ast.Load) else set()
    if not isinstance(node, ast.Call):
        return set()
    called = ast.unparse(node.func)
    base, _, name = called.rpartition(".")
    if (base in ("env", "environment") and name in READERS) or called in ("os.environ.get", "os.getenv"):
        return _constants(node.args[:1])
    if base == "" and name in READERS:
        return {each for each in _constants(node.args[:1]) if each == "LOCAL_DIR"}
    return set()


def _constants(nodes: list[ast.expr]) -> set[str]:
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


# Variables of the machine, which are nobody's to set for the portal.
MACHINES_OWN = {"PATH", "XDG_RUNTIME_DIR", "HOME", "TERM", "PYTEST_XDIST_WORKER", "VIRTUAL_ENV", "TMPDIR"}


@pytest.mark.parametrize("command", sorted(commands()))
def test_readme_names_every_command(command):
    assert f"make {command}" in README.read_text()


@pytest.mark.parametrize("command", sorted(commands()))
def test_make_help_tells_of_every_command(command):
    assert re.search(rf"^{command}:.*## \S", (ROOT / "Makefile").read_text(), re.M)


@pytest.mark.parametrize("name", sorted(variables() - MACHINES_OWN))
def test_docs_name_every_variable(name):
    assert f"`{name}`" in words_of_the_docs()


def test_docs_name_no_variable_that_nobody_reads():
    table = (ROOT / "docs" / "running.md").read_text().split("## Environment variables")[1].split("\n## ")[0]
    named = set(re.findall(r"^\| (.+?) \|", table, re.M)) - {"variable", "---"}
    names = {name for cell in named for name in re.findall(r"`([A-Z_]+)`", cell)}
    assert names - variables() == set()


def test_variables_are_found_at_all():
    assert {"DATABASE_URL", "SECRET_KEY", "LOCAL_DIR", "EMAIL_URL"} <= variables()


def test_readme_names_every_room_and_fits_a_screen():
    text = README.read_text()
    assert [package for package in PACKAGES if f"{package}/" not in text] == []
    assert len(text.splitlines()) <= 60


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path):
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", path.read_text())
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
