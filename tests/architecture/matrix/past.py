"""What a hub has from before the portal: its managers bring it in."""

from typing import Any

from tests.architecture.matrix.table import page

MANAGERS = "hub_manager"
WHO = "hub_manager other_hub_manager"


def _one(name: str, key: str, *more: Any, **methods: Any) -> list[Any]:
    return page(f"engagement:past-import-{name}", key, args=lambda c: [c.past[key].uuid, *more], **methods)


ROWS = [
    *page("engagement:past-import-create", GET={200: WHO, "else": 403}, POST={200: WHO, "else": 403}),
    *page(
        "engagement:past-import-template",
        args=lambda c: ["contact", "csv"],
        GET={200: WHO, "else": 403},
        POST={405: WHO, "else": 403},
    ),
    *_one("detail", "mapping", GET={302: MANAGERS}, POST={405: MANAGERS}),
    *_one("detail", "shown", GET={200: MANAGERS}),
    *_one("detail", "brought", GET={200: MANAGERS}),
    *_one("sheet", "mapping", GET={200: MANAGERS}, POST={200: MANAGERS}),
    *_one("columns", "mapping", GET={200: MANAGERS}, POST={200: MANAGERS}),
    *_one("columns", "brought", GET={302: MANAGERS}),
    *_one("questions", "asking", GET={200: MANAGERS}, POST={200: MANAGERS}),
    *_one("bring", "shown", GET={405: MANAGERS}, POST={302: MANAGERS}),
    *_one("bring", "mapping", POST={302: MANAGERS}),
    *_one("undo", "brought", GET={200: MANAGERS}, POST={302: MANAGERS}),
    *_one("retry", "shown", GET={405: MANAGERS}, POST={302: MANAGERS}),
    *_one("discard", "shown", GET={405: MANAGERS}, POST={302: MANAGERS}),
    *_one("status", "shown", GET={200: MANAGERS}, POST={405: MANAGERS}),
    *_one("rejected", "shown", "csv", GET={200: MANAGERS}, POST={405: MANAGERS}),
    *page(
        "engagement:support-detail",
        args=lambda c: [c.support["millbrook"].uuid],
        GET={200: "HUB ENTRUSTED"},
        POST={"else": 405},
    ),
]
