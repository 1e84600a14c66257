"""What a new plan takes over from the one before it."""

from hubportal.kit.drafts.merge import Values
from schools.models import School
from smdp import noting, priorities, writing
from smdp.models import Plan, PriorityNote


def plan_before(school: School, year: int) -> Plan | None:
    """The plan that a new one beginning in `year` may start from: the school's last that began earlier. One query."""
    return Plan.objects.of_school(school).filter(year__lt=year).first()


def carried(earlier: Plan, *, as_shared: bool = False) -> dict[str, Values]:
    """The answers of an earlier plan as the next one begins with them, by section: priorities that are done, or were
    noted as done last, go from the table to what was achieved; all else stays as it was written, or where `as_shared`
    as its last version says it. Three queries."""
    versions = list(earlier.versions.all())
    if as_shared:
        found = {key: dict(values) for key, values in versions[0].answers.items()} if versions else {}
    else:
        found = {key: dict(row.values) for key, row in writing.last_drafts_of(earlier).items()}
    if priorities.SECTION in found:
        values = found[priorities.SECTION]
        notes = PriorityNote.objects.filter(version__plan=earlier)
        done = noting.done_in(values, versions, notes)
        found[priorities.SECTION] = _next_priorities(earlier, values, done)
    return {key: values for key, values in found.items() if any(values.values())}


def _next_priorities(earlier: Plan, values: Values, noted_as_done: set[int]) -> Values:
    rows = dict(priorities.numbered_in(values))
    done = [rows.pop(number) for number in [*rows] if priorities.is_done(rows[number]) or number in noted_as_done]
    others = {name: value for name, value in values.items() if not name.startswith(f"{priorities.TABLE}-")}
    if done:
        lines = [f"Achieved in {earlier.when}:", *(_achievement(row) for row in done)]
        so_far = str(others.get(priorities.ACHIEVED, ""))
        others[priorities.ACHIEVED] = "\n\n".join(filter(None, ["\n".join(lines), so_far]))
    return others | priorities.values_of(rows.values())


def _achievement(row: priorities.PriorityRow) -> str:
    """ "A choir that meets all year (target: 30 singers)"."""
    what = row.get("what") or row.get("why") or row.get("measure") or "A priority without a name"
    target = row.get("target", "").strip()
    return f"{what} (target: {target})" if target else what
