"""A hub sets its own contact rules, an academic year at a time, and what weighs on its worklists."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from engagement import scoring
from engagement.actions import contact_dates
from engagement.models import ContactRules, Conversation, ScorePoints
from hubportal.accounts.models import User
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.models import Hub


@transaction.atomic
def set_rules(
    *,
    hub: Hub,
    year: int,
    school_weeks: int,
    kinds: Sequence[str],
    ways: Sequence[str],
    roles: Sequence[str],
    support: Sequence[str] | None = None,
    by: User,
) -> ContactRules:
    """What counts as talking with a school and how often the hub wants to, and which roles and kinds of support count
    as being engaged, from an academic year on. Without `support`, what counted of it stays. All due dates and years of
    the hub are worked out again: some twenty queries, and a second or two for a large hub.

    Raises ValidationError for a year that is over, and where nothing would count."""
    if year < academic_year(today()):
        raise ValidationError("The rules of a year that is over stay as they were.")
    if not set(kinds) & set(Conversation.Kind.values) or not set(ways) & set(Conversation.How.values):
        raise ValidationError("Choose at least one kind of conversation and one way of talking: else nothing counts.")
    said = {"school_weeks": school_weeks, "kinds": list(kinds), "ways": list(ways), "roles": list(roles)}
    if support is not None:
        said["support"] = list(support)
    rules, _ = ContactRules.objects.update_or_create(hub=hub, year=year, defaults=said)
    contact_dates.refresh_hub(hub=hub)
    return rules


@transaction.atomic
def set_points(*, hub: Hub, points: Mapping[str, int], by: User) -> int:
    """How much each reason weighs on the hub's worklists, by the codes of `scoring.RULES`; how many are the hub's own.
    What is as usual is not kept, so that it follows the usual. Raises ValidationError out of bounds. Two statements."""
    if not all(scoring.FEWEST <= number <= scoring.MOST for number in points.values()):
        raise ValidationError(f"Points go from {scoring.FEWEST} to {scoring.MOST}.")
    own = {code: number for code, number in points.items() if number != scoring.RULES[code].points}
    ScorePoints.objects.update_or_create(hub=hub, defaults={"points": own})
    return len(own)
