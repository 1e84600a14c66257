"""Templates: none is left over, none carries a script, a style or a handler, every component says what it takes."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

TEMPLATES = ROOT / "templates"
FILES = sorted(TEMPLATES.rglob("*.*"))
# Found by Django, allauth or crispy by their names.
FOUND_BY_NAME = (
    "400.html",
    "403.html",
    "404.html",
    "429.html",
    "500.html",
    "account/",
    "admin/",
    "govuk/",
    "django/",
)
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=\"|javascript:", re.I)


def name_of(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


@pytest.fixture(scope="module")
def all_words() -> str:
    sources = [path for path in ROOT.rglob("*.py") if not {".venv", "node_modules", ".local"} & set(path.parts)]
    return "\n".join(path.read_text() for path in [*sources, *FILES])


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_template_is_used(path, all_words):
    name = name_of(path)
    if name.startswith(FOUND_BY_NAME):
        return
    assert name in all_words or name.removesuffix(".html") in all_words, f"{name} is not used"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_nothing_inline(path):
    found = INLINE.findall(path.read_text())
    assert not found, f"{name_of(path)}: the content security policy forbids {found}"


@pytest.mark.parametrize(
    "path",
    sorted((TEMPLATES / "components").glob("*.html")),
    ids=lambda path: path.stem,
)
def test_component_has_a_contract(path):
    assert path.read_text().lstrip().startswith("{% comment %}"), "say at the top what it takes"
