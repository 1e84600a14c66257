"""Who may open the pages that this room's entries of a timeline lead to."""

from collections.abc import Collection

from hubportal.accounts.models import User
from schools.models import Succession


def successions(user: User, keys: Collection[str]) -> set[str]:
    """Of entries about successions ("<uuid>:<when>"), those whose page opens. One query."""
    uuids = {key: key.partition(":")[0] for key in keys}
    seen = Succession.objects.visible_to(user).filter(uuid__in=set(uuids.values())).values_list("uuid", flat=True)
    opening = {str(each) for each in seen}
    return {key for key, uuid in uuids.items() if uuid in opening}
