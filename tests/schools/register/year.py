"""A year's worth of changes made from a register, in the proportions of the real years 2022 to 2024, and how many of
each there are: counted here, by none of the portal's code."""

import random
from dataclasses import dataclass, field

NAME, STATUS, AUTHORITY = "EstablishmentName", "EstablishmentStatus (code)", "LA (code)"
OF = 49_514  # schools among which a real year has so many
RENAMED, MOVED, CLOSED, NEW, VANISHED, POSTCODES, REOPENED = 336, 170, 820, 757, 8, 64, 3


@dataclass
class Year:
    """The rows a year later, and what an import of them must find."""

    rows: list[dict[str, str]]
    expected: dict[str, int] = field(default_factory=dict)
    vanished: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)  # URN -> new name


def a_year_later(before: list[dict[str, str]], seed: int = 2024) -> Year:
    """No row has two of the changes, so that each can be counted by itself."""
    dice = random.Random(seed)
    rows = [dict(row) for row in before]
    places = list(range(len(rows)))
    dice.shuffle(places)

    def take(number: int, **where: str) -> list[dict[str, str]]:
        """So many untouched rows, with these values in their status column."""
        wanted = max(1, round(number * len(rows) / OF))
        fitting = [place for place in places if rows[place][STATUS] in where.get("status", "1234")][:wanted]
        places[:] = [place for place in places if place not in set(fitting)]
        return [rows[place] for place in fitting]

    closed, reopened = take(CLOSED, status="134"), take(REOPENED, status="2")
    renamed, moved, posted, gone = take(RENAMED), take(MOVED), take(POSTCODES), take(VANISHED)
    for row in closed:
        row[STATUS], row["CloseDate"] = "2", "31-08-2022"
    for row in reopened:
        row[STATUS], row["CloseDate"] = "1", ""
    for row in renamed:
        row[NAME] = f"The {row[NAME][:190]} Academy"
    for row in moved:
        row[AUTHORITY] = "942" if row[AUTHORITY] != "942" else "943"
    for row in posted:
        row["Postcode"] = "ZZ1 1ZZ" if row["Postcode"] != "ZZ1 1ZZ" else "ZZ2 2ZZ"
    vanished = {row["URN"] for row in gone}
    used = {row["URN"] for row in before}
    free = [urn for urn in range(151_000, 169_000) if str(urn) not in used]
    new = [
        dict(row) | {"URN": str(free[number]), NAME: f"{row[NAME][:180]} (new)", STATUS: "1", "OpenDate": "01-09-2022"}
        for number, row in enumerate(rows[: max(1, round(NEW * len(rows) / OF))])
    ]
    kept = [row for row in rows if row["URN"] not in vanished] + new
    changed = [*closed, *reopened, *renamed, *moved, *posted]
    return Year(
        rows=kept,
        expected={
            "rows": len(kept),
            "new": len(new),
            "vanished": len(vanished),
            "renamed": len(renamed),
            "authority_changed": len(moved),
            "status_changed": len(closed) + len(reopened),
            "closed": len(closed),
            "reopened": len(reopened),
            "changed": len(changed),
            "unchanged": len(kept) - len(new) - len(changed),
            "reappeared": 0,
            "rejected": 0,
        },
        vanished=sorted(vanished),
        renamed={row["URN"]: row[NAME] for row in renamed},
    )
