"""The fourth net: every address, asked by everybody, answers as the table says; and the table is the URLconf."""

from collections import Counter

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from tests.architecture.asking import SIGN_IN, Company, Row, Status, addresses, status_of
from tests.architecture.matrix import ROWS
from tests.architecture.walking import Visit
from tests.cast import EVERYBODY, LINK_HOLDER, SIGNED_IN, SIGNED_OUT, Cast

pytestmark = pytest.mark.django_db


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


@pytest.fixture(scope="module")
def got(walk: list[Visit]) -> dict[str, dict[str, Status]]:
    """{row: {role: status}} of the walk."""
    statuses: dict[str, dict[str, Status]] = {}
    for visit in walk:
        statuses.setdefault(str(visit.row), {})[visit.role] = visit.status
    return statuses


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "GET"], ids=str)
def test_status_of_get(got: dict[str, dict[str, Status]], row: Row):
    assert got[str(row)] == {role: row.status_of(role) for role in EVERYBODY}


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "POST"], ids=str)
def test_status_of_post(company: Company, row: Row):
    assert {role: company.status(role, row) for role in EVERYBODY} == {role: row.status_of(role) for role in EVERYBODY}


# The administration's addresses, one rule for all of them: administrators come in; those signed out are sent to sign
# in, straight or by way of its door; everybody else is sent to its door, which refuses them. (Django's own redirects to
# these have no names.)
ADMINISTRATION = sorted({name for name, _ in addresses() if name.startswith("admin:") and name != "admin:"})
ITS_DOOR, ITS_WAY_OUT = "admin:login", "admin:logout"


def administrations_address(name: str) -> str:
    """The address, about a row that is not there where it needs one."""
    for args in ([], ["0"], ["schools"], ["0", "0"]):
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            continue
    raise AssertionError(f"what does {name} need?")


@pytest.mark.parametrize("name", [name for name in ADMINISTRATION if name not in (ITS_DOOR, ITS_WAY_OUT)])
def test_administration_is_for_administrators(company: Company, name: str):
    address = administrations_address(name)
    answers = {role: company.ask(role, "GET", address) for role in EVERYBODY}
    assert answers.pop("administrator").status_code in (200, 302, 403, 404)  # 404: no such row; 403: not made by hand
    sent_to = {role: answer.get("Location", "").partition("?")[0] for role, answer in answers.items()}
    signed_out = {sent_to.pop(role) for role in (SIGNED_OUT, LINK_HOLDER)}
    assert signed_out <= {reverse(ITS_DOOR), reverse("account_login")}
    assert sent_to == dict.fromkeys(sent_to, reverse(ITS_DOOR))


def test_the_administrations_door_opens_for_administrators(company: Company):
    got = {role: status_of(company.ask(role, "GET", reverse(ITS_DOOR))) for role in EVERYBODY}
    assert got == {
        **dict.fromkeys(SIGNED_IN, 403),
        "administrator": 302,
        SIGNED_OUT: SIGN_IN,
        LINK_HOLDER: SIGN_IN,
    }


def test_the_administrations_way_out_is_a_post(company: Company):
    """A GET signs nobody out."""
    got = {role: company.ask(role, "GET", reverse(ITS_WAY_OUT)).status_code for role in EVERYBODY}
    assert set(got.values()) <= {302, 405} and got["administrator"] == 405


def test_the_administration_holds_no_conversation():
    """What hub and school said to each other is not the platform administrator's to read."""
    shown = {model._meta.label for model in admin.site._registry}
    assert not {label for label in shown if label.startswith(("reports.", "kit."))}
    assert {label for label in shown if label.startswith("engagement.")} <= {
        "engagement.CodeEntry",
        "engagement.ContactRules",
        "engagement.Criterion",
        "engagement.Framework",
        "engagement.Guide",
        "engagement.LadderStep",
        "engagement.MetRole",
        "engagement.Offer",
        "engagement.Strand",
        "engagement.TrainingTopic",
    }
