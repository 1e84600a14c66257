"""The fourth net: every address, asked by everybody, answers as the table says; and the table is the URLconf."""

from collections import Counter

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from tests.architecture.asking import SIGN_IN, Company, Row, addresses, status_of
from tests.architecture.matrix import ROWS
from tests.architecture.walking import Visit
from tests.cast import EVERYBODY, LINK_HOLDER, SIGNED_OUT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("walk")]


@pytest.fixture(scope="module")
def company(standing_cast: Cast) -> Company:
    made = Company(standing_cast)
    made.everybody_signs_in()
    return made


def test_the_table_is_the_urlconf():
    named = [name for name, _ in addresses() if not name.startswith("admin:")]
    assert "" not in named, "every address has a name"
    expected = {(name, method) for name in named for method in ("GET", "POST")}
    assert {(row.name, row.method) for row in ROWS} == expected


def test_no_two_rows_ask_the_same():
    twice = [what for what, times in Counter(str(row) for row in ROWS).items() if times > 1]
    assert twice == []


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "GET"], ids=str)
def test_status_of_get(walk: list[Visit], row: Row):
    got = {visit.role: visit.status for visit in walk if str(visit.row) == str(row)}
    assert got == {role: row.status_of(role) for role in EVERYBODY}


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "POST"], ids=str)
def test_status_of_post(company: Company, row: Row):
    assert {role: company.status(role, row) for role in EVERYBODY} == {role: row.status_of(role) for role in EVERYBODY}


# The administration's addresses, one rule for all of them: administrators come in, everybody else does not.
ADMINISTRATION = sorted(name for name, _ in addresses() if name.startswith("admin:"))


def administrations_address(name: str) -> str:
    """The address, about a row that is not there where it needs one."""
    try:
        return reverse(name)
    except NoReverseMatch:
        for args in (["0"], ["schools"], ["0", "0"]):
            try:
                return reverse(name, args=args)
            except NoReverseMatch:
                continue
        raise


@pytest.mark.parametrize("name", ADMINISTRATION)
def test_administration(company: Company, name: str):
    address = administrations_address(name)
    got = {role: status_of(company.ask(role, "GET", address)) for role in EVERYBODY}
    assert got.pop("administrator") in (200, 302, 403, 404)  # 404: the row is not there; 403: nothing is added by hand
    assert {got.pop(SIGNED_OUT), got.pop(LINK_HOLDER)} == {SIGN_IN}
    assert set(got.values()) == {CLOSED.get(name, 403)}


# Reaching the way out is no way in.
CLOSED: dict[str, int] = {}


def test_the_administration_holds_no_conversation():
    """What hub and school said to each other is not the platform administrator's to read."""
    shown = {model._meta.label for model in admin.site._registry}
    assert not {label for label in shown if label.startswith(("reports.", "kit."))}
    assert {label for label in shown if label.startswith("engagement.")} <= {
        "engagement.Criterion",
        "engagement.Framework",
        "engagement.Offer",
        "engagement.Strand",
    }
