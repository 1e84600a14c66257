"""Who hears of a change: each hub that covers the school's authority, and the one that covered it before."""

from datetime import date

from schools.models import RegisterFile
from schools.register.sql import run

_COVERS = "h.starts_on <= c.noticed_on AND (h.ends_on IS NULL OR h.ends_on > "


def notify(file: RegisterFile) -> int:
    """Put the changes that a file brought into the feeds of their hubs, where they are not yet. How many notices that
    made. A school that changed authority stands, with all that this file says of it, in both hubs' feeds: the old one
    hears where it covered the authority until this register. Two queries, whatever the number.
    """
    return run(
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


def _day_before(file: RegisterFile) -> date | None:
    """The date of the register before this one, or None."""
    earlier = RegisterFile.objects.filter(kind=file.kind, applied_at__isnull=False, is_history=False)
    days = earlier.exclude(pk=file.pk).filter(as_at__lte=file.as_at).order_by("-as_at")
    return days.values_list("as_at", flat=True).first()
