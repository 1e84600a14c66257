"""How much was delivered in an academic year, by kind: what is known added up, and of how many records it is not
known. What is not known is never zero."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum
from django.urls import reverse

from engagement.deliveries import kinds
from engagement.models import Delivery
from hubportal.accounts.models import User
from hubportal.kit.wording import count
from schools.models import Hub

CONFIRMED, NOT_CONFIRMED = "yes", "no"


@dataclass(frozen=True)
class Figure:
    """One measure over the records of a kind. `known` is None where it is known for none of them."""

    label: str
    known: int | None
    unknown: int
    records: int
    url: str
    unknown_url: str

    @property
    def words(self) -> str:
        return "Not known" if self.known is None else f"{self.known:,}"

    @property
    def gap(self) -> str:
        """ "not known for 3 of 17 records"; "" where it is known for all, or for none."""
        if not self.unknown or self.known is None:
            return ""
        return f"not known for {self.unknown:,} of {count(self.records, 'record')}"


@dataclass(frozen=True)
class KindSums:
    """One kind in one year: how many records at how many schools, and its measures, the main one first."""

    label: str
    records: int
    schools: int
    estimates: int
    figures: list[Figure]
    url: str
    estimates_url: str

    @property
    def main(self) -> Figure:
        return self.figures[0]


@dataclass(frozen=True)
class Sums:
    year: int
    kinds: list[KindSums]
    waiting: int  # records that nobody has confirmed
    waiting_url: str

    @property
    def records(self) -> int:
        return sum(each.records for each in self.kinds)


def list_url(**query: Any) -> str:
    """The list of exactly those records."""
    return reverse("engagement:delivery-list", query=query)


def sums_of(user: User, hub: Hub, year: int) -> Sums:
    """The confirmed records of the hub that the person sees and that count by themselves. Two queries."""
    counted = Delivery.objects.visible_to(user).counted().filter(hub=hub, year=year)
    frame = {"hub": hub.slug, "year": year}
    rows = {row["kind"]: row for row in counted.confirmed().order_by().values("kind").annotate(**_measures())}
    waiting = counted.filter(confirmed_at=None).count()
    found = [
        _of_kind(kind, rows[code], {**frame, "kind": code, "confirmed": CONFIRMED})
        for code, kind in kinds.KINDS.items()
        if code in rows
    ]
    return Sums(year, found, waiting, list_url(**frame, confirmed=NOT_CONFIRMED))


def _measures() -> dict[str, Any]:
    plain = {
        "records": Count("pk"),
        "schools": Count("school", distinct=True),
        "estimates": Count("pk", filter=Q(is_estimate=True)),
    }
    known = {f"sum_{name}": Sum(name) for name in kinds.NUMBERS}
    return plain | known | {f"unknown_{name}": Count("pk", filter=Q(**{name: None})) for name in kinds.NUMBERS}


def _of_kind(kind: kinds.Kind, row: Mapping[str, Any], frame: Mapping[str, Any]) -> KindSums:
    figures = [
        Figure(
            label=kinds.MEASURES[name],
            known=row[f"sum_{name}"],
            unknown=row[f"unknown_{name}"],
            records=row["records"],
            url=list_url(**frame),
            unknown_url=list_url(**frame, unknown=name),
        )
        for name in kind.numbers
    ]
    return KindSums(
        kind.label,
        row["records"],
        row["schools"],
        row["estimates"],
        figures,
        list_url(**frame),
        list_url(**frame, estimates="yes"),
    )
