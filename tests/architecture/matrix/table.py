"""How a line of the matrix is read. `test_access_matrix` asks each cell for real.

A line is an address (and the thing in it), and for each method {status: who}. Words in capitals are groups. Whoever is
not named gets what stands under "else" (404 where nothing does); whoever is signed out is sent to sign in. 404: a row
that one does not see. 403: a row that one sees, or a page for others' roles. 405: no such method there.
"""

from collections.abc import Callable
from typing import Any

from tests.architecture.asking import Data, Row
from tests.cast import EVERYBODY, HUB, SCHOOL, SCHOOL_WRITERS, SIGNED_IN, Cast

GROUPS = {
    "EVERYBODY": EVERYBODY,
    "SIGNED_IN": SIGNED_IN,
    "OUT": ("signed_out", "link_holder"),
    "HUB": HUB,
    "HUB_WRITERS": ("hub_manager", "hub_officer"),
    "ENTRUSTED": ("partner_officer", "other_partner_officer"),
    "PARTNERS": ("partner_officer", "other_partner_officer", "partner_staff"),
    "SCHOOL": SCHOOL,
    "SCHOOL_WRITERS": SCHOOL_WRITERS,
    "ANSWERERS": ("school_leader", "acknowledging_editor"),
    "NOWHERE": ("relationship_manager", "administrator", "nobody", "former_person"),
}
Want = dict[int | str, Any]


def page(
    name: str,
    about: str = "",
    *,
    args: Callable[[Cast], list[Any]] = lambda c: [],
    query: Callable[[Cast], dict[str, Any]] = lambda c: {},
    data: Data = lambda c, user: {},
    **methods: Want,
) -> list[Row]:
    """The rows of one address: `GET={200: "HUB nobody", "else": 403}`."""
    rows = []
    for method, wanted in methods.items():
        want = {status: _names(who) for status, who in wanted.items() if status != "else"}
        otherwise = wanted.get("else", 404)
        rows.append(Row(name, method, want, otherwise, about, args, query, data))
    return rows


def _names(who: str) -> str:
    return " ".join(name for word in who.split() for name in GROUPS.get(word, (word,)))
