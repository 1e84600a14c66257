"""A hub's own words of the pages for its schools, and that somebody has compared them with their source."""

from django.core.exceptions import ValidationError
from django.db import transaction

from engagement.models import Guide
from hubportal.accounts.models import User
from schools.access import today
from schools.models import Hub

FIELDS = ("title", "text", "source", "source_url")


def write(*, hub: Hub, code: str, values: dict[str, str], by: User) -> Guide:
    """The hub's own words of a page, checked today. `values` holds the fields in `FIELDS`. Raises ValidationError for
    an unknown page. Three queries."""
    if code not in Guide.Code.values:
        raise ValidationError("There is no such page.")
    said = {name: values[name] for name in FIELDS}
    with transaction.atomic():
        return Guide.objects.update_or_create(hub=hub, code=code, defaults={**said, "checked_on": today()})[0]


def check(*, hub: Hub, guide: Guide, by: User) -> Guide:
    """It was compared with its source today, and holds. Words of every hub become the hub's own by it. Three
    queries."""
    return write(hub=hub, code=guide.code, values={name: getattr(guide, name) for name in FIELDS}, by=by)
