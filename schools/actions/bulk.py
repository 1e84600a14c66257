"""Doing the same with several schools: worked out once for the preview and again when it is done, by the same rules;
and undone, exactly, but for what somebody has changed since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from hubportal.accounts.models import User
from hubportal.kit.wording import long_date
from schools.access import today
from schools.actions import relationships
from schools.bulk.kinds import BulkKind, State
from schools.models import BulkChange, BulkChangeRow, Hub, HubArea, School

MOST_WORDS = 300


@dataclass(frozen=True)
class Planned:
    """One school of a preview: how it stands, and why it will not change ("" where it will)."""

    school: School
    now: State
    why_not: str = ""


def work_out(
    *, kind: BulkKind, hub: Hub, schools: Sequence[School], details: Mapping[str, Any], by: User
) -> list[Planned]:
    """What would become of each school. A handful of queries, however many schools."""
    now = kind.now(hub=hub, schools=schools, details=details)
    refused = kind.refusals(hub=hub, schools=schools, details=details, by=by)
    covered = set(HubArea.objects.current(today()).filter(hub=hub).values_list("authority", flat=True))
    wanted = kind.after(details)
    found = []
    for school in schools:
        why = _closed(school) or ("" if school.authority_id in covered else f"Not in the area of {hub}")
        why = why or refused.get(school.pk, "")
        if not why and now[school.pk].value == wanted:
            why = "Is so already"
        found.append(Planned(school, now[school.pk], why))
    return found


def _closed(school: School) -> str:
    if school.is_open:
        return ""
    if school.close_date and school.close_date <= today():
        return f"Closed on {long_date(school.close_date)}"
    return f"Is not open: {school.get_status_display().lower()}"


@transaction.atomic
def carry_out(
    *,
    kind: BulkKind,
    hub: Hub,
    details: Mapping[str, Any],
    seen: Mapping[int, Any],
    left: Mapping[int, str],
    batch: UUID,
    filters: str,
    by: User,
) -> tuple[BulkChange, bool]:
    """Do what a preview showed: `seen` is how each school stood in it, by its id, `left` why others were left. What
    somebody changed since the preview is left, and says so. The same preview sent twice is done once: the second answer
    is the first change, and False. The statements of `put`, and some ten more."""
    said = {"kind": kind.key, "words": kind.words(details)[:MOST_WORDS], "filters": filters}
    made, is_new = BulkChange.objects.get_or_create(uuid=batch, defaults={"hub": hub, "by": by, **said})
    if not is_new:
        if made.by_id != by.pk:
            raise ValidationError("Somebody else did this already.")
        return made, False
    schools = list(School.objects.writable_by(by).filter(pk__in=seen).select_related("type").order_by("pk"))
    relationships.lock(hub=hub, schools=schools)
    planned = work_out(kind=kind, hub=hub, schools=schools, details=details, by=by)
    rows, values = [], {}
    for each in planned:
        why = each.why_not
        if each.now.value != seen[each.school.pk] and why != "Is so already":
            why = f"Somebody changed it meanwhile: {each.now.words}"
        if not why:
            values[each.school] = kind.after(details)
        rows.append((each, why))
    after = kind.put(hub=hub, values=values, by=by)
    BulkChangeRow.objects.bulk_create(
        BulkChangeRow(
            change=made,
            school=each.school,
            before=each.now.value,
            before_words=each.now.words[:MOST_WORDS],
            after=None if why else after[each.school.pk],
            left_because=why[:MOST_WORDS],
        )
        for each, why in rows
    )
    there = {each.pk for each in schools}
    known = set(School.objects.filter(pk__in=left).values_list("pk", flat=True)) - there
    gone = {pk: "Is not yours any more" for pk in seen if pk not in there}
    BulkChangeRow.objects.bulk_create(
        BulkChangeRow(change=made, school_id=pk, left_because=why[:MOST_WORDS])
        for pk, why in {**{pk: left[pk] for pk in known}, **gone}.items()
    )
    return made, True


@transaction.atomic
def undo(*, change: BulkChange, kind: BulkKind, by: User) -> tuple[int, list[BulkChangeRow]]:
    """Let each school be as it was before. What somebody has changed since stays, and says so. Returns how many went
    back, and those that did not. Undone twice changes nothing more."""
    row = BulkChange.objects.select_for_update(of=("self",)).select_related("hub").get(pk=change.pk)
    if row.undone_at is not None:
        raise ValidationError(f"{row.undone_by} has undone this already.")
    rows = list(row.rows.filter(left_because="").select_related("school__type"))
    schools = [each.school for each in rows]
    relationships.lock(hub=row.hub, schools=schools)
    mine = School.objects.writable_by(by).filter(pk__in=[each.pk for each in schools])
    writable = set(mine.values_list("pk", flat=True))
    details = kind.details_of(rows[0].after) if rows else {}
    now = kind.now(hub=row.hub, schools=schools, details=details)
    values, kept = {}, []
    for each in rows:
        if each.school_id not in writable:
            each.kept_because = "Is not yours to change any more"
        elif now[each.school_id].value != each.after:
            each.kept_because = f"Changed since: {now[each.school_id].words}"[:MOST_WORDS]
        else:
            each.is_undone = True
            values[each.school] = each.before
        if each.kept_because:
            kept.append(each)
    kind.put(hub=row.hub, values=values, by=by)
    BulkChangeRow.objects.bulk_update(rows, ["is_undone", "kept_because"], batch_size=1000)
    row.undone_at, row.undone_by = timezone.now(), by
    row.save(update_fields=["undone_at", "undone_by"])
    return len(values), kept
