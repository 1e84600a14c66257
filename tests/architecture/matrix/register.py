"""The national register in the browser: the platform administrator's, and nobody else's."""

from typing import Any

from tests.architecture.matrix.table import page
from tests.cast import Cast


def _uuid(key: str) -> Any:
    return lambda c: [c.register_imports[key].uuid]


def _list_of(c: Cast) -> list[Any]:
    return [c.register_imports["shown"].uuid, "establishments", "renamed"]


def _one(name: str, key: str, **methods: Any) -> list[Any]:
    return page(f"schools:register-import-{name}", key, args=_uuid(key), **methods)


ADMINISTRATORS = "administrator"
ROWS = [
    *page(
        "schools:register-import-list", GET={200: ADMINISTRATORS, "else": 403}, POST={405: ADMINISTRATORS, "else": 403}
    ),
    *page(
        "schools:register-import-create",
        GET={200: ADMINISTRATORS, "else": 403},
        POST={200: ADMINISTRATORS, "else": 403},
    ),
    *_one("detail", "reading", GET={200: ADMINISTRATORS}),
    *_one("detail", "shown", GET={200: ADMINISTRATORS}, POST={405: ADMINISTRATORS}),
    *_one("detail", "held", GET={200: ADMINISTRATORS}),
    *_one("detail", "refused", GET={200: ADMINISTRATORS}),
    *_one("detail", "failed", GET={200: ADMINISTRATORS}),
    *_one("status", "reading", GET={200: ADMINISTRATORS}, POST={405: ADMINISTRATORS}),
    *_one("apply", "shown", GET={405: ADMINISTRATORS}, POST={302: ADMINISTRATORS}),
    *_one("apply", "held", POST={409: ADMINISTRATORS}),
    *_one("retry", "failed", GET={405: ADMINISTRATORS}, POST={302: ADMINISTRATORS}),
    *_one("discard", "shown", GET={405: ADMINISTRATORS}, POST={302: ADMINISTRATORS}),
    *page("schools:register-import-rows", args=_list_of, GET={200: ADMINISTRATORS}, POST={405: ADMINISTRATORS}),
    *page("schools:register-import-csv", args=_list_of, GET={200: ADMINISTRATORS}, POST={405: ADMINISTRATORS}),
]
