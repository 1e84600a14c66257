"""The one page to read before going to a school, or calling it. Everything starts at `visible_to(user)`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from engagement import matching, tailoring
from engagement.deliveries.kinds import KINDS
from engagement.models import AgreedAction, ConversationPart, Delivery, Offer, Risk, SupportGiven
from engagement.standing import Stand, stands
from engagement.why import why_of
from hubportal.accounts.models import User
from hubportal.kit import charts
from hubportal.kit.wording import academic_year, short_date
from schools import changes, facts
from schools.models import ChangeNotice, Contact, DatedFact, Hub, Relationship, School
from schools.standing import Standing

OFFERS = 3
ACTIONS = 8
CHANGES = 4
NEVER_SPOKE = timedelta(days=365)  # how far back the register's changes go where nobody has spoken yet


@dataclass(frozen=True)
class Fit:
    """An offer to speak of, with the reason it stands here."""

    offer: Offer
    reason: str


def page_of(user: User, school: School, standing: Standing, hub: Hub, on: date) -> dict[str, Any]:
    """All of it but what other parts add. Some twenty queries, whatever the school holds. `school` comes with
    `with_engagement()` and `with_trust()`."""
    contacts = list(Contact.objects.visible_to(user).current(on).filter(hub=hub, school=school))
    relationship = Relationship.objects.visible_to(user, on).filter(hub=hub, school=school).first()
    found = stands(school.pk, user=user)
    last = _last_part(user, hub, school)
    since = relationship.last_conversation_on if relationship else None
    actions = list(AgreedAction.objects.visible_to(user, on).open().filter(school=school, hub=hub))
    why = why_of(user, hub, school, on)
    return {
        "contacts": contacts,
        "facts": facts.key_facts(school, contacts, standing),
        "trust": getattr(school, "trust_name", None) or "",
        "ours": _first([each for each in actions if each.side != AgreedAction.Side.SCHOOL]),
        "theirs": _first([each for each in actions if each.side == AgreedAction.Side.SCHOOL]),
        "actions_more": max(len(actions) - 2 * ACTIONS, 0),
        "relationship": relationship,
        "last": last,
        "levels": [_level(each) for each in found],
        "levels_dates": _dates(found, on),
        "fits": fits(user, hub, school, found),
        "taken": why.reasons,
        "taken_year": why.year,
        "unused": _unused(user, hub, school, on),
        "known": _known(user, hub, school, on),
        "changed": _changed(user, school, since or on - NEVER_SPOKE, on),
        "since": since,
        "risks": list(Risk.objects.visible_to(user).standing().filter(hub=hub, school=school).order_by("raised_at")),
    }


def _first(actions: list[AgreedAction]) -> list[AgreedAction]:
    return actions[:ACTIONS]


def _last_part(user: User, hub: Hub, school: School) -> ConversationPart | None:
    """The school's part of the newest conversation. One query."""
    parts = ConversationPart.objects.of_hub_for(user).filter(
        school=school, conversation__hub=hub, conversation__state="logged", withdrawn_at=None, is_filled=True
    )
    rows = parts.select_related("conversation").defer("conversation__private_notes")
    return rows.order_by("-conversation__date", "-pk").first()


def _level(stand: Stand) -> dict[str, str]:
    """A criterion with its level now and how that changed, in words."""
    now = charts.LEVELS[stand.now - 1]
    if stand.was is None:
        return {"label": stand.label, "now": now, "change": "judged once"}
    if stand.was == stand.now:
        return {"label": stand.label, "now": now, "change": "as before"}
    way = "up" if stand.now > stand.was else "down"
    return {"label": stand.label, "now": now, "change": f"{way} from {charts.LEVELS[stand.was - 1].lower()}"}


def _dates(found: list[Stand], on: date) -> str:
    days = [each.on for each in found if each.on]
    return short_date(max(days), on) if days else ""


def fits(user: User, hub: Hub, school: School, found: Iterable[Stand]) -> list[Fit]:
    """Three offers of the hub's to speak of: those that answer what the school needs, then those for schools such as
    it. Each once, with its reason. Four queries, and those of the rooms above."""
    catalogue = tailoring.catalogue_of(user, hub, school, sees_engagement=True, found=found)
    return [
        Fit(each.offer, each.reasons[0] if each.reasons else "for schools like this one")
        for each in catalogue.suited[:OFFERS]
    ]


def _unused(user: User, hub: Hub, school: School, on: date) -> list[str]:
    """Kinds of support that the hub offers to schools of its phase, and that are not recorded of it this academic year;
    with when it last had them: support given, and what was delivered. Three queries."""
    year = academic_year(on)
    offers = Offer.objects.visible_to(user).current().filter(hub=hub).select_related("strand")
    offers = offers.order_by("strand__position", "pk")
    kinds = {each.strand.pk: each.strand.name for each in offers if matching.suits(each, school)}
    given = SupportGiven.objects.visible_to(user, on).own().filter(hub=hub, school=school, strand__in=kinds)
    last: dict[int, int] = dict(given.order_by("year").values_list("strand", "year"))
    strands = {each.strand.code: each.strand.pk for each in offers}
    delivered = Delivery.objects.visible_to(user, on).engaging().filter(hub=hub, school=school)
    for kind, began in delivered.order_by().values_list("kind", "year").distinct():
        if pk := strands.get(KINDS[kind].strand):
            last[pk] = max(began, last.get(pk, 0))
    return [
        f"{name} (last in {last[pk]} to {last[pk] + 1})" if pk in last else name
        for pk, name in kinds.items()
        if last.get(pk) != year
    ]


def _known(user: User, hub: Hub, school: School, on: date) -> list[str]:
    """What is noted of music at the school and holds: Artsmark, who teaches it, a role in the hub. One query."""
    rows = DatedFact.objects.visible_to(user, on).unstruck().current(on).filter(hub=hub, school=school)
    return [str(each.value) for each in rows.select_related("value")]


def _changed(user: User, school: School, since: date, on: date) -> list[str]:
    """What the register changed since a day, in sentences. One query."""
    rows = (
        ChangeNotice.objects.visible_to(user, on)
        .for_list(user, on)
        .filter(change__school=school, change__noticed_on__gte=since)
    )
    return [changes.said(each.change, on).title for each in rows.order_by("-change__noticed_on", "-pk")[:CHANGES]]
