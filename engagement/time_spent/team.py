"""The people of a hub and of its partners with what each spent their time on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from engagement.colleagues import members_of
from engagement.models import TermHours
from engagement.time_spent.figures import Share, records_url, share_of
from engagement.time_spent.periods import Period, hours_of
from engagement.time_spent.reckoning import Spent, TimeSpent
from hubportal.accounts.models import User
from schools.models import Hub, Membership

LEFT = "left"


@dataclass(frozen=True)
class Row:
    """One person's time. `who` names them in an address: the membership, or "left" for all who work here no more."""

    who: str
    name: str
    where: str
    pieces: Sequence[Spent]
    share: Share | None
    url: str
    records: str
    hours_url: str = ""

    @property
    def minutes(self) -> int:
        return sum(piece.minutes for piece in self.pieces)


def hours_by_person(hub: Hub, user: User, period: Period) -> Mapping[int, list[TermHours]]:
    """The rows of hours that `user` sees, of the year of a period. One query."""
    found = defaultdict(list)
    for row in TermHours.objects.visible_to(user).filter(hub=hub, year=period.year):
        found[row.person_id].append(row)
    return found


def row_of(spent: TimeSpent, held: Membership, hours: Iterable[TermHours], on: date) -> Row:
    """One person's row. No query."""
    who, period = str(held.uuid), spent.period
    pieces = spent.by_person.get(held.user_id, [])
    share = share_of(pieces, hours_of(period, hours, on, spent.weeks.of))
    asked = share.hours.missing[0] if share.hours.missing else period.begun(on)[-1]
    args = [spent.hub.slug, held.uuid]
    return Row(
        who,
        str(held.user),
        str(held.partner) if held.partner else "",
        pieces,
        share,
        reverse("engagement:time-spent-person", args=args, query=period.query),
        records_url(spent, who),
        reverse("engagement:term-hours-edit", args=[*args, asked.year, asked.term]),
    )


def rows_of(spent: TimeSpent, user: User, on: date) -> list[Row]:
    """Everybody's by name; last, together, those who work here no more. Two queries."""
    members = members_of(spent.hub)
    hours = hours_by_person(spent.hub, user, spent.period)
    rows = [row_of(spent, held, hours.get(held.user_id, ()), on) for held in members]
    if gone := pieces_of_gone(spent, members):
        rows.append(Row(LEFT, "Colleagues who have left", "", gone, None, "", records_url(spent, LEFT)))
    return rows


def pieces_of_gone(spent: TimeSpent, members: Iterable[Membership]) -> list[Spent]:
    here = {held.user_id for held in members}
    return [piece for piece in spent.pieces if piece.person_id not in here]
