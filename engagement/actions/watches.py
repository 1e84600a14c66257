"""A person's own watchlist: schools that they keep an eye on."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError

from engagement.models import Watch
from hubportal.accounts.models import User
from schools.access import today
from schools.models import Hub, School


def watch(*, school: School, by: User) -> Watch:
    """Keep an eye on a school, from now on. Doing it twice changes nothing. Three queries.

    Raises ValidationError for a school that no hub covers."""
    hub = Hub.objects.covering(school.authority_id, today()).first()
    if hub is None:
        raise ValidationError(f"{school} is in no hub’s area.")
    return Watch.objects.get_or_create(user=by, hub=hub, school=school)[0]


def stop(*, school: School, by: User) -> None:
    """Not to watch it any more. One query."""
    Watch.objects.filter(user=by, school=school).delete()


def mark_seen(*, watches: Collection[Watch], until: datetime) -> int:
    """What had changed by a moment, the person has seen. Returns how many schools that moved. One query."""
    rows = Watch.objects.filter(pk__in=[each.pk for each in watches], seen_at__lt=until)
    return rows.update(seen_at=until)
