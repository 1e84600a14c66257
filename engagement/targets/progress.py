"""How far targets are: computed from the records whenever it is asked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from engagement.models import Target, TargetSchool
from engagement.targets.measures import measures
from hubportal.accounts.models import User
from hubportal.kit.wording import count
from schools.access import today
from schools.models import School


def needed(unit: str, goal: int, schools: int) -> int:
    """How many schools the goal means: of a share, as many as make it."""
    return -(-goal * schools // 100) if unit == Target.Unit.SHARE else goal


@dataclass(frozen=True)
class Progress:
    """A target now. Counted are the schools that were fixed at the baseline and are still open and in the area; those
    that closed or left stand apart."""

    target: Target
    on: date
    met: frozenset[int]
    not_met: frozenset[int]
    closed: frozenset[int]
    gone: frozenset[int]
    at_baseline: int
    fixed: int

    @property
    def counted(self) -> int:
        return len(self.met) + len(self.not_met)

    @property
    def now(self) -> int:
        return len(self.met)

    @property
    def needed(self) -> int:
        return needed(self.target.unit, self.target.goal, self.counted)

    @property
    def is_reached(self) -> bool:
        return bool(self.counted) and self.now >= self.needed

    @property
    def is_over(self) -> bool:
        return self.target.due_on < today()

    @property
    def more(self) -> int:
        return max(self.needed - self.now, 0)

    @property
    def state(self) -> str:
        """ "Reached", "Missed by 3 schools", "3 schools to go"."""
        if not self.counted:
            return "No school is left"
        if self.is_reached:
            return "Reached"
        return f"Missed by {count(self.more, 'school')}" if self.is_over else f"{count(self.more, 'school')} to go"

    @property
    def variant(self) -> str:
        return "good" if self.is_reached else "warning" if self.is_over else "plum"

    @property
    def percent_now(self) -> int:
        return round(100 * self.now / self.counted) if self.counted else 0

    @property
    def goal_words(self) -> str:
        share = self.target.unit == Target.Unit.SHARE
        return f"{self.target.goal}%, {self.needed} of {self.counted}" if share else f"{self.needed} of {self.counted}"


def progress_of(user: User, targets: Iterable[Target]) -> list[Progress]:
    """Each target's. Two queries, and those of each measure for each day that is asked about."""
    targets = list(targets)
    rows: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for row in TargetSchool.objects.filter(target__in=targets):
        rows[row.target_id].append((row.school_id, row.met_at_baseline))
    keys = {school for each in rows.values() for school, _ in each}
    seen = School.objects.visible_to(user).filter(pk__in=keys)
    is_open = dict(seen.values_list("pk", "status"))
    meeting: dict[tuple, set[int]] = {}
    found = []
    for target in targets:
        measure, on = measures()[target.measure], min(today(), target.due_on)
        asked = (target.hub_id, target.measure, on if measure.knows_the_past else today())
        if asked not in meeting:
            meeting[asked] = measure.meeting(hub=target.hub, user=user, schools=seen, on=asked[2])
        fixed = {school for school, _ in rows[target.pk]}
        gone = {pk for pk in fixed if pk not in is_open}
        closed = {pk for pk in fixed - gone if is_open[pk] not in School.OPEN_STATUSES}
        counted = fixed - gone - closed
        met = counted & meeting[asked]
        found.append(
            Progress(
                target,
                asked[2],
                frozenset(met),
                frozenset(counted - met),
                frozenset(closed),
                frozenset(gone),
                sum(was for _, was in rows[target.pk]),
                len(fixed),
            )
        )
    return found


def open_targets(user: User) -> Sequence[Progress]:
    """Those of the person's hubs that nobody has ended, the next due first."""
    rows: QuerySet = Target.objects.visible_to(user).open().select_related("owner", "hub")
    return progress_of(user, rows)
