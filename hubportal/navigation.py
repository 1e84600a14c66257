"""Who finds what in the navigation, as data; and what every page's shell needs to know."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from hubportal.accounts.models import User
from hubportal.kit import heartbeats
from schools.access import access_of, today
from schools.models import Hub
from schools.roles import Role

TODAY = ("Today", "engagement:today")
SCHOOLS = ("Schools", "schools:school-list")
OUR_SCHOOLS = ("Our schools", "schools:school-list")
COVERAGE = ("Coverage", "engagement:coverage-detail")
CONVERSATIONS = ("Conversations", "engagement:conversation-list")
SHARED = ("Conversations", "engagement:shared-list")
ACTIONS = ("Actions", "engagement:action-list")
OFFERS = ("Offers", "engagement:offer-list")
PLANS = ("Plans", "smdp:plan-list")
PLAN = ("Plan", "smdp:plan-list")
PEOPLE = ("People", "schools:people-list")
SCHOOL_HOME = ("Home", "engagement:school-home")
TRUST_HOME = ("Home", "engagement:trust-home")
FUNDER_HOME = ("Home", "engagement:funder-home")

# The order is the order of homes: a person of several roles lands on the home of the first of these.
NAVIGATION: dict[str, Sequence[tuple[str, str]]] = {
    Role.HUB_MANAGER: (TODAY, SCHOOLS, COVERAGE, CONVERSATIONS, ACTIONS, PLANS, OFFERS, PEOPLE),
    Role.HUB_OFFICER: (TODAY, SCHOOLS, COVERAGE, CONVERSATIONS, ACTIONS, PLANS, OFFERS, PEOPLE),
    Role.PARTNER_OFFICER: (TODAY, SCHOOLS, CONVERSATIONS, ACTIONS, PLANS, OFFERS, PEOPLE),
    Role.HUB_VIEWER: (TODAY, SCHOOLS, COVERAGE, CONVERSATIONS, ACTIONS, PLANS, OFFERS),
    Role.PARTNER_STAFF: (TODAY, OUR_SCHOOLS, ACTIONS),
    Role.SCHOOL_LEADER: (SCHOOL_HOME, PLAN, SHARED, ACTIONS, OFFERS, PEOPLE),
    Role.SCHOOL_EDITOR: (SCHOOL_HOME, PLAN, SHARED, ACTIONS, OFFERS),
    Role.SCHOOL_VIEWER: (SCHOOL_HOME, PLAN, SHARED, OFFERS),
    Role.TRUST_LEADER: (TRUST_HOME, SCHOOLS, PLANS, SHARED, PEOPLE),
    Role.RELATIONSHIP_MANAGER: (FUNDER_HOME,),
}
# Where a page stands whose address does not begin with that of an entry: by the beginning of its URL's name (the first
# that fits), under the first of these entries that the person has.
ELSEWHERE: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (
    ("schools:contact-duplicates", (PEOPLE,)),
    ("schools:contact-compare", (PEOPLE,)),
    ("schools:contact-apart", (PEOPLE,)),
    ("schools:contact-import", (PEOPLE,)),
    ("schools:membership", (PEOPLE,)),
    ("schools:invitation", (PEOPLE,)),
    ("schools:", (SCHOOLS, SCHOOL_HOME, TRUST_HOME)),
    ("engagement:attempt", (SCHOOLS,)),
    ("engagement:support", (SCHOOLS,)),
    ("engagement:delivery", (SCHOOLS,)),
    ("engagement:approval", (SCHOOLS,)),
    ("engagement:briefing", (SCHOOLS,)),
    ("engagement:newcomer", (SCHOOLS,)),
    ("engagement:consultation-answer", (SCHOOLS, SCHOOL_HOME)),
    ("engagement:risk", (SCHOOLS,)),
    ("engagement:plan-", (SCHOOLS,)),
    ("engagement:watch", (SCHOOLS,)),
    ("engagement:match-", (SCHOOLS,)),
    ("engagement:introduction", (SCHOOLS, SCHOOL_HOME)),
    ("engagement:named-for", (SCHOOLS, SCHOOL_HOME)),
    ("engagement:diary", (TODAY,)),
    ("engagement:offer", (OFFERS, TRUST_HOME)),
    ("engagement:guide", (OFFERS, TRUST_HOME)),
    ("engagement:half", (SCHOOLS, SCHOOL_HOME)),
    ("engagement:digest", (TODAY, SCHOOL_HOME, TRUST_HOME)),
    ("engagement:meeting", (TODAY, SCHOOL_HOME)),
    ("engagement:contact-rules", (TODAY,)),
    ("engagement:ladder", (TODAY,)),
    ("engagement:code-", (TODAY,)),
    ("engagement:time-", (TODAY,)),
    ("engagement:term-hours", (TODAY,)),
    ("engagement:readiness", (TODAY,)),
    ("engagement:training", (TODAY,)),
    ("engagement:colleague-review", (TODAY,)),
    ("engagement:", (CONVERSATIONS, SHARED)),
    ("smdp:", (PLANS, PLAN)),
    ("reports:", (CONVERSATIONS, SHARED)),
)
ADMINISTRATION = ("Administration", "admin:index")
REGISTER = ("Register", "schools:register-import-list")
NO_MEMBERSHIP = "no-membership"
NAME = "Hub portal"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the navigation. `current` is the value of aria-current: "page", "true" (a page under it) or ""."""

    label: str
    url: str
    current: str = ""


@dataclass(frozen=True, slots=True)
class Portal:
    """What base.html shows around every page."""

    name: str = NAME
    home_url: str = "/"
    theme_url: str = ""
    signed_in: bool = False
    person: str = ""
    items: tuple[Item, ...] = ()
    warnings: tuple[str, ...] = ()


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:  # a page that is not built yet
        return ""


def entries_for(user: User) -> list[tuple[str, str]]:
    """The (label, URL name) pairs of all the person's roles, in order, each address once and each label once."""
    held = {membership.role for membership in access_of(user).memberships}
    found: dict[str, str] = {}
    for role, entries in NAVIGATION.items():
        if role in held:
            for label, name in entries:
                if name not in found and label not in found.values():
                    found[name] = label
    if user.is_platform_administrator:
        found |= {name: label for label, name in (ADMINISTRATION, REGISTER)}
    return [(label, name) for name, label in found.items()]


def home_name(user: User) -> str:
    """The URL name of the person's own home: that of their first role."""
    return next((name for _, name in entries_for(user)), NO_MEMBERSHIP)


def hub_of(user: User) -> Hub | None:
    """The hub whose name and colour the person's pages carry: the one they work for, else the only one of their school
    or trust. No query for hub and partner people, one for others."""
    memberships = access_of(user).memberships
    for membership in memberships:
        if membership.hub and membership.role != Role.RELATIONSHIP_MANAGER:
            return membership.hub
        if membership.partner:
            return membership.partner.hub
    if any(membership.school or membership.trust for membership in memberships):
        hubs = list(Hub.objects.visible_to(user, today())[:2])
        return hubs[0] if len(hubs) == 1 else None
    return None


def _elsewhere(view_name: str) -> list[str]:
    """The addresses of the entries that a page may stand under by its URL's name, the best first."""
    entries = next((entries for start, entries in ELSEWHERE if view_name.startswith(start)), ())
    return [_address(name) for _, name in entries]


def items_for(user: User, path: str, view_name: str = "") -> tuple[Item, ...]:
    """The navigation of a person, with the entry marked that the page stands under: by its `path` (the longest that
    fits), else by the name of its URL."""
    places = [(label, url) for label, name in entries_for(user) if (url := _address(name))]
    under = max((url for _, url in places if url != "/" and path.startswith(url)), key=len, default="")
    if not under:
        under = next((url for url in _elsewhere(view_name) if url in dict(places).values()), "")
    return tuple(Item(label, url, "page" if url == path else "true" if url == under else "") for label, url in places)


def portal_of(request: HttpRequest) -> Portal:
    """The shell of a page: the person's; signed out, that of the hub whose page it is (`request.hub`, set by pages that
    a link from an email opens), or the portal's own."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return _portal_of(getattr(request, "hub", None))
    under = request.resolver_match.view_name if request.resolver_match else ""
    return replace(
        _portal_of(hub_of(user)),
        signed_in=True,
        person=str(user),
        items=items_for(user, request.path, under),
        warnings=_warnings(user),
    )


def _warnings(user: User) -> tuple[str, ...]:
    """What a platform administrator is told on every page. No query for others, one for them."""
    return tuple(heartbeats.warnings()) if user.is_platform_administrator else ()


def _portal_of(hub: Hub | None) -> Portal:
    """Name and colours of a hub's pages, or of those that are no hub's."""
    colour = (hub.accent_colour if hub else "").lstrip("#").lower()
    theme = reverse("theme", kwargs={"colour": colour}) if len(colour) == 6 else ""
    return Portal(name=hub.name if hub else NAME, theme_url=theme)


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `portal`, made when a template first asks for it."""
    return {"portal": SimpleLazyObject(lambda: portal_of(request))}
