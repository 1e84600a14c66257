"""The catalogue of offers: its words, and what a school is working on by what was shared with it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from engagement import content, matching, reading
from engagement.models import Criterion, Framework, Guide, Offer, PartVersion
from hubportal.accounts.models import User
from hubportal.kit.wording import count, listed, short_date
from schools.access import access_of, today
from schools.models import Hub, School

PHASES = [choice for choice in School.Phase.choices if choice[0] != School.Phase.NOT_APPLICABLE]
RECENT = 6  # shared versions that are read for what a school is working on


def criteria_in_force(hub_id: int, user: User, on: date | None = None) -> list[Criterion]:
    """The criteria of the framework in force for a hub, in its order, with their areas. Two queries."""
    framework = Framework.objects.visible_to(user).current_for_hub(hub_id, on or today()).first()
    if framework is None:
        return []
    rows = Criterion.objects.filter(area__framework=framework)
    return list(rows.select_related("area").order_by("area__position", "position"))


def criteria_for(hub: Hub, on: date) -> list[Criterion]:
    """The same for a page that anybody may read. Two queries."""
    framework = Framework.objects.current_for_hub(hub.pk, on).first()
    rows = Criterion.objects.filter(area__framework=framework)
    return list(rows.select_related("area").order_by("area__position", "position"))


def hubs_of(user: User) -> list[int]:
    """Ids of the hubs whose catalogue the person sees: as one of the hub or a partner, else as one of a school or
    trust. One query at the most."""
    access = access_of(user)
    own = access.hub_ids | {each.partner.hub_id for each in access.memberships if each.partner}
    if own:
        return sorted(own)
    hubs = Hub.objects.visible_to(user).exclude(pk__in=access.funded_hub_ids)
    return sorted(hubs.values_list("pk", flat=True))


def criteria_titles(user: User) -> dict[str, str]:
    """Titles of the criteria in force by code, for the hubs whose catalogue the person sees. Two queries a hub."""
    return {each.code: each.title for hub_id in hubs_of(user) for each in criteria_in_force(hub_id, user)}


def titles_of(offer: Offer, titles: Mapping[str, str]) -> list[str]:
    """What an offer answers, by title, in the framework's order; a code of an older version is left out."""
    return [title for code, title in titles.items() if code in offer.criteria_codes]


def phase_words(offer: Offer) -> str:
    """ "Primary, Secondary"; "Every phase" where the offer names none."""
    return ", ".join(words for code, words in PHASES if code in offer.phases) or "Every phase"


def size_words(offer: Offer) -> str:
    """ "schools of 100 to 300 pupils", "schools of up to 120 pupils"; "" where it is for every size."""
    least, most = offer.fewest_pupils, offer.most_pupils
    if least and most:
        return f"schools of {least:,} to {most:,} pupils"
    if most:
        return f"schools of up to {most:,} pupils"
    return f"schools of {least:,} pupils or more" if least else ""


def type_words(offer: Offer) -> str:
    """ "special schools, alternative provision"; "" where it is for every kind."""
    names = [str(kind.label) for kind in Offer.Type if kind in offer.types]
    return ", ".join(f"{name[0].lower()}{name[1:]}" for name in names)


def cost_words(offer: Offer) -> str:
    """What a school pays, and who pays less."""
    cost = offer.cost or ("There is a charge" if offer.is_charged else "")
    return ". ".join(filter(None, [cost.rstrip("."), offer.remission.rstrip(".")]))


def places_words(offer: Offer) -> str:
    """ "For 10 schools"; "" where as many take it as want it."""
    return f"For {count(offer.capacity, 'school')}" if offer.capacity else ""


def facts_of(offer: Offer, deliverer_page: str = "") -> list[dict[str, str]]:
    """What stands above an offer; empty facts are left out. The offer comes with its strand, its hub and who delivers
    it."""
    rows = [
        {"label": "Kind of support", "value": str(offer.strand)},
        {"label": "Year", "value": offer.year_words},
        {"label": "For whom", "value": offer.for_whom},
        {"label": "Phases", "value": phase_words(offer)},
        {"label": "Schools", "value": _capital(", ".join(filter(None, [type_words(offer), size_words(offer)])))},
        {"label": "Who delivers it", "value": offer.deliverer or str(offer.hub), "href": deliverer_page},
        {"label": "When", "value": offer.when_said},
        {"label": "Cost", "value": cost_words(offer)},
        {"label": "Places", "value": places_words(offer)},
    ]
    return [row for row in rows if row["value"]]


def sections_of(offer: Offer, roles: Mapping[str, str]) -> list[tuple[str, str]]:
    """The texts of an offer below its description, each under its heading; empty ones are left out. `roles` are the
    names of the roles of those met, by their codes."""
    for_roles = listed([name for code, name in roles.items() if code in offer.roles])
    people = [f"For {for_roles[0].lower()}{for_roles[1:]}." if for_roles else "", _staff_words(offer)]
    rows = [
        ("For whom in the school", " ".join(filter(None, people))),
        ("How it helps your school improve", offer.school_improvement),
        ("What comes before it in the curriculum", offer.comes_after),
        ("What comes after it", offer.comes_before),
        ("Access", offer.access_notes),
        ("Adapted instruments", offer.adapted_instruments),
        ("Pupil Premium", offer.pupil_premium),
    ]
    return [(heading, text) for heading, text in rows if text]


def _staff_words(offer: Offer) -> str:
    words = {
        Offer.Staff.BOTH: "Music specialists and class teachers alike.",
        Offer.Staff.SPECIALIST: "Staff who are music specialists.",
        Offer.Staff.OTHERS: "Class teachers and others who are no music specialists.",
    }
    return words[Offer.Staff(offer.staff)] if offer.staff else ""


def guides_of(offer: Offer, guides: Iterable[Guide]) -> list[Guide]:
    """Of the hub's pages for schools, those that an offer points to."""
    return [each for each in guides if each.code in offer.signposts]


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}" if words else ""


def needs_of(school: School, user: User) -> dict[str, str]:
    """What a school is working on, by criterion code, each with the reason in words: areas for development and levels
    of 2 or lower in what was shared with it. The newest word on a criterion counts. Two queries."""
    shared = reading.newest_shared(user).filter(part__school=school)[:RECENT]
    ids = [each.pk for each in shared]
    contents = dict(PartVersion.objects.visible_to(user).filter(pk__in=ids).values_list("pk", "content"))
    needs: dict[str, str] = {}
    for pk in ids:
        for code, reason in _needs_in(content.thaw(contents[pk]), today()).items():
            needs.setdefault(code, reason)
    return {code: reason for code, reason in needs.items() if reason}


def _needs_in(page: Mapping[str, Any], on: date) -> dict[str, str]:
    """Every criterion that one report speaks of, with the reason where it is a need, else ""."""
    day = short_date(page["date"], on)
    found: dict[str, str] = {}
    for each in page["develop"]:
        if each["code"]:
            found.setdefault(each["code"], f"“{each['heading']}” was an area for development on {day}")
    for each in page["covered"]:
        if each["code"]:
            found.setdefault(each["code"], "")
    for each in page["judgements"]:
        level = content.lowest(each["agreed_level"], each["hub_level"], each["school_level"])
        if level:
            words = f"“{each['level_words']}”" if each["level"] and each["level_words"] else "low"
            reason = f"“{each['title']}” was {words} on {day}" if level <= matching.LOW else ""
            found.setdefault(each["code"], reason)
    return found


def criteria_in_report(version: PartVersion) -> list[str]:
    """The codes of the criteria that a shared report names as a need. No query."""
    return [code for code, reason in _needs_in(content.thaw(version.content), today()).items() if reason]


def finding(number: int, off: int) -> str:
    """ "17 offers, 2 of them not on offer any more"."""
    if not number:
        return "No offers yet"
    if off == number:
        return f"{count(number, 'offer')}, not on offer any more"
    return f"{count(number, 'offer')}, {f'{off} of them not on offer any more' if off else 'all on offer now'}"
