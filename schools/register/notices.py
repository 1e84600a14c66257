"""Who hears of a change: each hub that covers the school's authority, and the one that covered it before."""

from collections.abc import Mapping
from datetime import date, datetime, time

from django.utils import timezone

from schools import changes, newcomers
from schools.models import ChangeNotice, HubArea, RegisterChange, RegisterFile, TimelineEntry
from schools.querysets import holds_on
from schools.register.sql import run

_COVERS = "h.starts_on <= c.noticed_on AND (h.ends_on IS NULL OR h.ends_on > "


def notify(file: RegisterFile) -> int:
    """Put the changes that a file brought into the feeds of their hubs, where they are not yet. How many notices that
    made. A school that changed authority stands, with all that this file says of it, in both hubs' feeds: the old one
    hears where it covered the authority until this register. The timeline of each hub and school says so too. Four
    queries, and one for every 500 notices; and what those cost who are told of new heads.
    """
    made = run(
        "INSERT INTO schools_changenotice (uuid, hub_id, change_id, state, note) "
        "SELECT gen_random_uuid(), found.hub_id, found.change_id, 'new', '' FROM ("
        "  SELECT h.hub_id, c.id AS change_id FROM schools_registerchange c "
        "  JOIN schools_school s ON s.id = c.school_id JOIN schools_hubarea h ON h.authority_id = s.authority_id "
        f"  WHERE c.file_id = %s AND {_COVERS} c.noticed_on) "
        "  UNION SELECT h.hub_id, c.id FROM schools_registerchange c "
        "  JOIN schools_registerchange moved ON moved.school_id = c.school_id AND moved.file_id = c.file_id "
        "  JOIN schools_hubarea h ON h.authority_id = moved.authority_before_id "
        f"  WHERE c.file_id = %s AND {_COVERS} coalesce(%s::date, c.noticed_on))"
        ") AS found WHERE NOT EXISTS (SELECT 1 FROM schools_changenotice n "
        "WHERE n.hub_id = found.hub_id AND n.change_id = found.change_id)",
        file.pk, file.pk, _day_before(file),
    )  # fmt: skip
    if made:
        _write_timeline(file)
        newcomers.register_changed(file)
    return made


def _write_timeline(file: RegisterFile) -> None:
    """What the register said of a school is no secret: its own people and its trust read it too, once, from the hub
    that covers the school by this register, where there is one. What it said of their trust is no entry of the
    school's."""
    areas = HubArea.objects.filter(holds_on(file.as_at))
    covering = dict(areas.order_by().values_list("authority_id", "hub_id"))
    at = timezone.make_aware(datetime.combine(file.as_at, time.min))
    notices = ChangeNotice.objects.filter(change__file=file).without_echoes()
    notices = notices.exclude(change__kind=RegisterChange.Kind.TRUST_RENAMED)
    entries = [
        TimelineEntry(
            hub_id=notice.hub_id,
            school_id=notice.change.school_id,
            source=f"register:{notice.change.uuid}",
            kind=TimelineEntry.Kind.REGISTER,
            audience=_audience(notice, covering),
            at=at,
            is_whole_day=True,
            heading=changes.said(notice.change, file.as_at).title.rstrip(".")[:200],
            detail="National school register",
        )
        for notice in notices.select_related("change__school", "change__other_school__type").order_by("pk")
    ]
    TimelineEntry.objects.bulk_create(entries, batch_size=500, ignore_conflicts=True)


def _audience(notice: ChangeNotice, covering: Mapping[int, int]) -> str:
    """The hub before reads it alone: the school has it from the hub that covers its authority now (`covering`)."""
    hub = covering.get(notice.change.school.authority_id, notice.hub_id)
    return TimelineEntry.Audience.RELEASED if hub == notice.hub_id else TimelineEntry.Audience.HUB


def _day_before(file: RegisterFile) -> date | None:
    """The date of the register before this one, or None."""
    earlier = RegisterFile.objects.filter(kind=file.kind, applied_at__isnull=False, is_history=False)
    days = earlier.exclude(pk=file.pk).filter(as_at__lte=file.as_at).order_by("-as_at")
    return days.values_list("as_at", flat=True).first()
