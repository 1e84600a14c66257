"""The tags of a hub's schools."""

from collections.abc import Iterable

from schools.models import Hub, School, SchoolTag, Tag


def set_tag(*, hub: Hub, name: str, schools: Iterable[School], has: bool) -> None:
    """Give schools a tag, or take it off. A tag that no school has any more is gone. Four statements at the most."""
    schools = list(schools)
    if not schools:
        return
    tag = Tag.objects.filter(hub=hub, name__iexact=name).first()
    if has:
        tag = tag or Tag.objects.create(hub=hub, name=name)
        rows = [SchoolTag(hub=hub, school=each, tag=tag) for each in schools]
        SchoolTag.objects.bulk_create(rows, ignore_conflicts=True)
    elif tag is not None:
        SchoolTag.objects.filter(tag=tag, school__in=schools).delete()
        if not tag.school_tags.exists():
            tag.delete()
