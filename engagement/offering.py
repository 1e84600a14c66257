"""The catalogue of offers: its words, and which offer answers what a school is working on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engagement import content, matching, reading
from engagement.models import Criterion, Framework, Offer, PartVersion
from hubportal.accounts.models import User
from hubportal.kit.wording import count, short_date
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


@dataclass(frozen=True)
class Suited:
    """An offer beside a school: why it fits ("because ..."), or "" where it only suits the phase."""

    offer: Offer
    reason: str = ""

    @property
    def words(self) -> str:
        """The line under its title: why, what kind of support, when, and the cost. The offer has its strand."""
        when = f"{self.offer.when_said.rstrip('.')}." if self.offer.when_said else ""
        cost = f"{self.offer.cost.rstrip('.')}." if self.offer.cost else ""
        why = f"{self.reason[0].upper()}{self.reason[1:]}." if self.reason else ""
        return " ".join(filter(None, [why, f"{self.offer.strand}.", when, cost]))


@dataclass(frozen=True)
class Catalogue:
    """A hub's offers as one school sees them: those that answer what it is working on, those for schools of its phase,
    and the rest."""

    answering: list[Suited] = field(default_factory=list)
    suiting: list[Suited] = field(default_factory=list)
    others: list[Suited] = field(default_factory=list)


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


def catalogue_for(school: School, offers: Iterable[Offer], needs: Mapping[str, str]) -> Catalogue:
    """The offers as the school sees them, each in one group, in the order given. No queries."""
    found = Catalogue()
    phases = matching.phases_of(school)
    for offer in offers:
        suits = matching.suits(offer, phases)
        reason = because(offer, needs) if suits else ""
        group = found.answering if reason else found.suiting if suits else found.others
        group.append(Suited(offer, reason))
    return found


def because(offer: Offer, needs: Mapping[str, str]) -> str:
    """ "because “Singing” was an area for development on 12 November", or ""."""
    return next((f"because {reason}" for code, reason in needs.items() if code in offer.criteria_codes), "")


def page_for(school: School, user: User) -> dict[str, Any]:
    """The catalogue of a school's hub for one of its people, with what the page says first. Six queries at the most."""
    hub = Hub.objects.covering(school.authority_id, today()).first()
    needs = needs_of(school, user)
    rows = Offer.objects.visible_to(user).current().filter(hub=hub) if hub else Offer.objects.none()
    catalogue = catalogue_for(school, rows.select_related("strand", "partner", "organisation", "hub"), needs)
    groups = [
        ("For what you are working on", catalogue.answering),
        ("For schools like yours", catalogue.suiting),
        ("For other schools", catalogue.others),
    ]
    number = sum(len(group) for _, group in groups)
    return {
        "hub": hub,
        "groups": [(heading, group) for heading, group in groups if group],
        "finding": _finding(len(catalogue.answering), number, hub),
    }


def finding(number: int, off: int) -> str:
    """ "17 offers, 2 of them not on offer any more"."""
    if not number:
        return "No offers yet"
    if off == number:
        return f"{count(number, 'offer')}, not on offer any more"
    return f"{count(number, 'offer')}, {f'{off} of them not on offer any more' if off else 'all on offer now'}"


def _finding(answering: int, number: int, hub: Hub | None) -> str:
    """ "3 of 14 offers answer what you are working on"."""
    if hub is None or not number:
        return "Nothing is on offer yet"
    if not answering:
        return f"{hub} has {count(number, 'offer')} for schools"
    verb = "answers" if answering == 1 else "answer"
    return f"{answering} of {count(number, 'offer')} {verb} what you are working on"


def reasons_for(offer: Offer, user: User) -> list[tuple[School, str]]:
    """Each of the person's own schools in the offer's hub that it suits and answers, with the reason. Three queries
    a school, none for people of no school."""
    school_ids = access_of(user).school_ids
    if not school_ids:
        return []
    on = today()
    schools = School.objects.visible_to(user).filter(pk__in=school_ids).in_hubs({offer.hub_id}, on)
    found = []
    for school in schools:
        for suited in catalogue_for(school, [offer], needs_of(school, user)).answering:
            found.append((school, suited.reason))
    return found
