"""Support that a school was given, in the timeline."""

from datetime import datetime, time
from typing import Any

from django.utils import timezone

from engagement.models import SupportGiven
from schools.models import TimelineEntry


def timeline_fields(support: SupportGiven) -> dict[str, Any]:
    """What the timeline says of it, by the names of a TimelineEntry's fields. No query beyond its own rows."""
    return {
        "hub": support.hub,
        "school": support.school,
        "source": support.timeline_source,
        "kind": TimelineEntry.Kind.SUPPORT,
        "audience": TimelineEntry.Audience.HUB,
        "at": timezone.make_aware(datetime.combine(support.starts_on, time())),
        "is_whole_day": True,
        "heading": str(support)[:200],
        "detail": " · ".join(filter(None, [str(support.strand) if support.what else "", support.when])),
        "url": support.get_absolute_url(),
    }
