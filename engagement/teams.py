"""The worklists of a team, for those who lead it: whose things wait, how many, since when. A hub's managers and viewers
see the hub's people; the officers of a partner those of the partner, and only what is theirs or nobody's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.urls import reverse

from engagement.desk import Entry, order, team_entries
from engagement.reach import sees_whole_hub
from engagement.worklist import GROUPS
from hubportal.accounts.models import User
from schools.access import access_of
from schools.actions.relationships import may_own
from schools.models import Hub, Membership
from schools.roles import Role

NOBODY, MANAGERS, LEFT, EVERYBODY = "nobody", "managers", "left", ""


@dataclass
class Row:
    """One person's list in figures; every figure leads to the things that it counts. `who` names the list in an
    address."""

    who: str
    name: str
    entries: list[Entry] = field(default_factory=list)

    def _cell(self, entries: Sequence[Entry], **narrow: str) -> tuple[int, str]:
        return len(entries), reverse("engagement:team-list", query={"who": self.who, **narrow})

    @property
    def total(self) -> tuple[int, str]:
        return self._cell(self.entries)

    @property
    def by_group(self) -> list[tuple[int, str]]:
        return [self._cell([each for each in self.entries if each.item.group == code], group=code) for code in GROUPS]

    @property
    def marked(self) -> list[tuple[int, str]]:
        """Overdue, put off, handed over: how many, and where they are listed."""
        return [
            self._cell([each for each in self.entries if test(each)], only=code) for code, (_, test) in ONLY.items()
        ]

    @property
    def cells(self) -> list[tuple[int, str]]:
        """All figures in the order of the table's heads."""
        return [self.total, *self.by_group, *self.marked]

    @property
    def oldest(self) -> date | None:
        return min((each.item.since for each in self.entries), default=None)


ONLY = {
    "overdue": ("Overdue", lambda entry: entry.is_overdue),
    "put-off": ("Put off", lambda entry: entry.snooze is not None),
    "handed": ("Handed over", lambda entry: entry.handed is not None),
}


@dataclass(frozen=True)
class Team:
    """The people of the team by name, then what is the managers' and nobody's; `everybody` adds them up."""

    rows: list[Row]
    everybody: Row

    def row(self, who: str) -> Row | None:
        return next((each for each in (self.everybody, *self.rows) if each.who == who), None)


def leads_team(user: User) -> bool:
    """Who sees the lists of a team: a hub's managers and viewers, and the officers of a partner."""
    return sees_whole_hub(user) or bool(access_of(user).officer_partner_ids)


def team_of(user: User, on: date) -> Team:
    """Costs as `desk.desk_of`, and a query or two for each hub and partner."""
    people = {held.user_id: Row(str(held.uuid), str(held.user)) for held in _members(user)}
    entries = [each for each in team_entries(user, on) if _is_theirs(each, people, user)]
    nobody, managers = Row(NOBODY, "Nobody’s yet"), Row(MANAGERS, "For the managers")
    left = Row(LEFT, "Colleagues who have left")
    for entry in entries:
        row = people.get(entry.who_id, left) if entry.who_id else managers if entry.item.is_managers else nobody
        row.entries.append(replace(entry, who=row.name))
    rows = sorted(people.values(), key=lambda row: row.name)
    everything = sorted((each for row in (*rows, managers, left, nobody) for each in row.entries), key=order)
    rows += [row for row in (managers, left, nobody) if row.entries]
    return Team(rows, Row(EVERYBODY, "Everybody", everything))


def _members(user: User) -> Iterable[Membership]:
    """The memberships of the people of the team, each person once."""
    access = access_of(user)
    hubs = [m.hub for m in access.memberships if m.role in (Role.HUB_MANAGER, Role.HUB_VIEWER)]
    partners = access.officer_partner_ids
    found: dict[int, Membership] = {}
    for hub in {hub.pk: hub for hub in hubs}.values():
        for held in may_own(hub=hub).select_related("user").order_by("pk"):
            found.setdefault(held.user_id, held)
    for hub in Hub.objects.filter(partners__in=partners).exclude(pk__in=[hub.pk for hub in hubs]).distinct():
        for held in may_own(hub=hub).filter(partner__in=partners).select_related("user").order_by("pk"):
            found.setdefault(held.user_id, held)
    return found.values()


def _is_theirs(entry: Entry, people: dict[int, Row], user: User) -> bool:
    """Of a partner's team, not what is a colleague's in the hub or in another partner."""
    if entry.hub_id in access_of(user).hub_ids:
        return True
    return not entry.item.is_managers and (entry.who_id is None or entry.who_id in people)
