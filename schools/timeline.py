"""Writing the one timeline of a hub and a school. Rooms above write what happened through here; pages only read it.

`source` names the record an entry stands for ("conversation:<part uuid>"): writing it again replaces the entry.
Never write private notes or a draft's words here: whoever may see the entry sees all of it.
"""

from datetime import datetime

from schools.models import Hub, School, TimelineEntry


def write(
    *,
    hub: Hub,
    school: School,
    source: str,
    kind: str,
    audience: str,
    at: datetime,
    heading: str,
    detail: str = "",
    text: str = "",
    url: str = "",
    is_whole_day: bool = False,
) -> TimelineEntry:
    """Write, or write again, the entry of one record. `kind` and `audience` are values of `TimelineEntry.Kind` and
    `.Audience`; `at` is aware (midnight in England with `is_whole_day`); `url` is a path of this portal. Words that are
    too long for their column are cut with an ellipsis. One or two statements."""
    entry, _ = TimelineEntry.objects.update_or_create(
        hub=hub,
        school=school,
        source=source,
        defaults={
            "kind": TimelineEntry.Kind(kind),
            "audience": TimelineEntry.Audience(audience),
            "at": at,
            "heading": _within(heading, 200),
            "detail": _within(detail, 300),
            "text": text,
            "url": url,
            "is_whole_day": is_whole_day,
        },
    )
    return entry


def remove(*, hub: Hub, school: School, source: str) -> None:
    """Take the entry of one record away, if there is one. Three statements at the most."""
    TimelineEntry.objects.filter(hub=hub, school=school, source=source).delete()


def set_audience(*, hub: Hub, school: School, source: str, audience: str) -> None:
    """Widen or narrow who sees the entry of one record. One statement."""
    TimelineEntry.objects.filter(hub=hub, school=school, source=source).update(
        audience=TimelineEntry.Audience(audience)
    )


def _within(words: str, length: int) -> str:
    return words if len(words) <= length else f"{words[: length - 1]}…"
