"""What schools are called where several stand together: names repeat, in England as in any county."""

from collections import Counter
from collections.abc import Iterable

from schools.models import School


def told_apart(schools: Iterable[School]) -> list[str]:
    """The name of each school of a list, in its order; of those that share one, with town and URN. No query."""
    rows = list(schools)
    often = Counter(school.name_key for school in rows)
    return [f"{each.name}, {each.told_by}" if often[each.name_key] > 1 else each.name for each in rows]
