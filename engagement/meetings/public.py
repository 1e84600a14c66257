"""The page of a hub on which anybody at one of its schools asks to meet: what keeps programs out, and which school it
is. Nothing is told there that the register does not tell everybody."""

import re
import time

from django.core import signing

from schools.access import today
from schools.models import Hub, School
from schools.querysets import authorities_of_hubs, holds_on
from schools.register.keys import name_key

SALT = "engagement.meetings.public"
LEAST = 3  # seconds: nobody reads and fills in the page in less
MOST = 24 * 3600  # seconds that a page may have stood open
MOST_NAMESAKES = 20
A_URN = re.compile(r"\b\d{5,6}\b", re.ASCII)
TOO_FAST = "That was quicker than anybody types. Read your words through, then press the button again."
TOO_OLD = "This page had stood open for more than a day. Read your words through, then press the button again."


def hub_at(slug: str) -> Hub | None:
    """The hub of this address, as long as it covers an area. One query."""
    return Hub.objects.filter(holds_on(today(), "areas__"), slug=slug).first()


def stamp() -> str:
    """When the page was shown, signed."""
    return signing.dumps(time.time(), salt=SALT)


def stamp_problem(given: str) -> str:
    """What is wrong with how long the page was open, as a sentence; "" where nothing is."""
    try:
        shown = float(signing.loads(given, salt=SALT, max_age=MOST))
    except signing.BadSignature:
        return TOO_OLD
    return TOO_FAST if time.time() - shown < LEAST else ""


def school_named(hub: Hub, words: str) -> School | None:
    """The one open school of the hub's area that these words name without doubt: by its URN, or by its whole name, with
    the town where another has the same. Two queries at the most."""
    rows = School.objects.filter(authority__in=authorities_of_hubs({hub.pk}, today())).open()
    if found := A_URN.search(words):
        by_urn = rows.filter(urn=int(found[0])).first()
        if by_urn is not None:
            return by_urn
    keys = {name_key(words), name_key(words.partition(",")[0])}
    named = list(rows.filter(name_key__in=keys)[:MOST_NAMESAKES])
    if len(named) > 1:
        named = [each for each in named if each.town and name_key(each.town) in name_key(words)]
    return named[0] if len(named) == 1 else None


def words_for(hub: Hub, urn: str) -> str:
    """What stands in the box where a link names the school: "Millbrook Junior School, URN 123456"; "" for none of this
    hub's. One query."""
    school = school_named(hub, urn) if A_URN.fullmatch(urn) else None
    return f"{school.name}, URN {school.urn}" if school else ""
