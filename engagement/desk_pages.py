"""One list of things to do as a page shows it: narrowed by what the address says, cut into pages, with its counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.http import urlencode

from engagement.desk import Entry
from engagement.teams import ONLY
from engagement.worklist import GROUPS
from hubportal.accounts.models import User

PER_PAGE = 15
FIRST = 7  # what weighs most, which is all that a long list shows before anybody asks for more
ALL = "all"


@dataclass(frozen=True)
class Choice:
    """One way to narrow the list: its words, how many there are, where it leads, whether it is chosen."""

    words: str
    number: int
    href: str
    is_chosen: bool


def listed(
    entries: Sequence[Entry],
    asked: QueryDict,
    *,
    user: User | None = None,
    keep: Sequence[str] = (),
    is_short: bool = False,
) -> dict[str, Any]:
    """The page of a list, its choices and their counts: each says how many it would show. What the address asks and no
    list knows is as if it had asked nothing. `user` is offered their own ones among them; `keep` are the other words of
    the address that stay. Where the list `is_short`, one of more than a page begins with its FIRST things, until the
    address asks for a page, a kind or all. No query."""
    kept = {name: str(asked[name]) for name in (*keep, "show") if asked.get(name)}
    group = asked.get("group", "") if asked.get("group") in GROUPS else ""
    known = dict(ONLY)
    if user is not None:
        known["mine"] = ("Yours alone", lambda entry: entry.who_id == user.pk)
    only = asked.get("only", "") if asked.get("only") in known else ""
    narrowed = [each for each in entries if not only or known[only][1](each)]
    chosen = [each for each in narrowed if not group or each.item.group == group]

    def choice(words: str, number: int, **query: str) -> Choice:
        new = {"group": group, "only": only, **query}
        return Choice(words, number, _address({**new, **kept}), new == {"group": group, "only": only})

    counts = {code: sum(each.item.group == code for each in narrowed) for code in GROUPS}
    in_group = [each for each in entries if not group or each.item.group == group]
    found = {code: sum(test(each) for each in in_group) for code, (_, test) in known.items()}
    is_cut = is_short and len(chosen) > PER_PAGE and not (group or only or asked.get("page") or asked.get("show"))
    return {
        "page": Paginator(chosen, FIRST).page(1) if is_cut else _page(chosen, asked),
        "is_cut": is_cut,
        "whole_href": _address({**kept, "page": "1"}),
        "number": len(chosen),
        "is_narrowed": bool(group or only),
        "groups": [
            choice("All", len(narrowed), group=""),
            *(choice(GROUPS[code], number, group=code) for code, number in counts.items() if number or code == group),
        ],
        "tests": [
            choice("Everything", len(in_group), only=""),
            *(choice(known[code][0], number, only=code) for code, number in found.items() if number or code == only),
        ],
        "all_href": "" if asked.get("show") == ALL else _address({**kept, "group": group, "only": only, "show": ALL}),
        "per_page": PER_PAGE,
    }


def _page(entries: Sequence[Entry], asked: QueryDict) -> Page:
    size = max(len(entries), 1) if asked.get("show") == ALL else PER_PAGE
    return Paginator(entries, size).get_page(asked.get("page"))


def _address(query: Mapping[str, str]) -> str:
    """A query that says only what is chosen; "?" alone leads back to everything."""
    return "?" + urlencode({name: value for name, value in query.items() if value})
