"""Contacts who are likely the same person, with the reason in words. Nobody is merged by it: a person decides.

Two contacts are held together by a personal email address, or by the same name at the same school. An address that an
office shares (schools/reference/shared_addresses.txt), or that contacts with different names use, is never evidence.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

from hubportal.accounts.models import User
from hubportal.kit.wording import listed, long_date
from schools.access import access_of, today
from schools.models import Contact, ContactsApart, School
from schools.naming import told_apart
from schools.register.keys import name_key

TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "rev", "revd", "sir", "dame", "prof", "professor", "fr", "father"}
_PARTS = re.compile(r"[^a-z]+")
MOST_ALIKE = 12  # contacts with one address or one name at one school: beyond it they tell nothing


@dataclass(frozen=True)
class Pair:
    """Two contacts, the older first, and why they may be one person."""

    first: Contact
    second: Contact
    reasons: tuple[str, ...]

    @property
    def title(self) -> str:
        """Whom one would see once, and where: "Tom Adeyemi and T Adeyemi, Millbrook Junior School". Two schools of one
        name are told apart."""
        names = dict.fromkeys(each.name for each in self.both)
        schools = {each.school_id: each.school for each in self.both}
        return f"{listed(list(names))}, {listed(told_apart(schools.values()))}"

    @property
    def words(self) -> str:
        """The reasons, and what each is there."""
        roles = [each.job_title or "nothing" for each in self.both]
        noted = "Both are noted as" if roles[0] == roles[1] else f"One is noted as {roles[0]}, the other as"
        left = [f"{each.name} left on {long_date(each.left_on)}." for each in self.both if each.left_on]
        return " ".join([*self.reasons, f"{noted} {roles[1]}.", *left])

    @property
    def both(self) -> tuple[Contact, Contact]:
        return self.first, self.second

    @property
    def is_one_post(self) -> bool:
        """At one school they are one contact, twice; at two schools one person's posts."""
        return self.first.school_id == self.second.school_id


@cache
def shared_words() -> frozenset[str]:
    lines = (Path(__file__).parent / "reference" / "shared_addresses.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def is_office_address(email: str) -> bool:
    """Whether the address is an office's by its words: office@, head.millbrook@, admin3012@."""
    return not shared_words().isdisjoint(_PARTS.split(email.partition("@")[0].lower()))


def words_of(name: str) -> list[str]:
    """A name as folded words without its title: "Mrs R. O’Neill" becomes ["r", "oneill"]."""
    return [word for word in name_key(name).split() if word not in TITLES]


def names_agree(one: str, other: str) -> bool:
    """Whether two names can be one person's: the same surname, and first names that do not differ beyond an initial
    ("T Adeyemi", "Mr Adeyemi" and "Tom Adeyemi")."""
    mine, theirs = words_of(one), words_of(other)
    if not mine or not theirs or mine[-1] != theirs[-1]:
        return False
    if len(mine) == 1 or len(theirs) == 1:
        return True
    a, b = mine[0], theirs[0]
    return a == b or (1 in (len(a), len(b)) and a[0] == b[0])


def personal_addresses(contacts: Iterable[Contact]) -> dict[str, list[Contact]]:
    """Contacts by email address (small letters), those alone that are one person's own: no office's, and not used under
    different names."""
    found: dict[str, list[Contact]] = defaultdict(list)
    for contact in contacts:
        if contact.email:
            found[contact.email.lower()].append(contact)
    return {
        email: those
        for email, those in found.items()
        if not is_office_address(email)
        and len(those) <= MOST_ALIKE
        and all(names_agree(a.name, b.name) for a, b in combinations(those, 2))
    }


def likely(user: User) -> list[Pair]:
    """The pairs in the hubs that a person writes for, by school and name; those parted already are left out. Three
    queries, and work that grows with the number of contacts."""
    contacts = Contact.objects.visible_to(user).filter(
        hub_id__in=access_of(user).writing_hub_ids,
        school__in=School.objects.writable_by(user).values("pk"),
    )
    return pairs_among(contacts.select_related("school", "hub", "user").order_by("pk"))


def pairs_among(contacts: Iterable[Contact]) -> list[Pair]:
    """The likely pairs among some contacts, of each hub by itself. One query besides reading them."""
    by_hub: dict[int, list[Contact]] = defaultdict(list)
    for contact in contacts:
        by_hub[contact.hub_id].append(contact)
    parted = set(ContactsApart.objects.filter(hub__in=list(by_hub)).values_list("first_id", "second_id"))
    found = [pair for those in by_hub.values() for pair in _pairs(those, parted)]
    return sorted(found, key=lambda pair: (pair.first.school.name_key, name_key(pair.first.name), pair.first.pk))


def reasons_for(first: Contact, second: Contact, among: Iterable[Contact]) -> tuple[str, ...]:
    """Why these two may be one person, as far as the hub's contacts tell; empty where nothing does. No query besides
    reading them."""
    both = {first.pk, second.pk}
    return next((pair.reasons for pair in _pairs(list(among), set()) if {pair.first.pk, pair.second.pk} == both), ())


def _pairs(contacts: list[Contact], parted: Collection[tuple[int, int]]) -> Iterator[Pair]:
    reasons: dict[tuple[int, int], list[str]] = defaultdict(list)
    rows = {contact.pk: contact for contact in contacts}
    for email, those in personal_addresses(contacts).items():
        for pair in _twos(those):
            reasons[pair].append(f"Both have the email address {email}.")
    named: dict[tuple[int, str], list[Contact]] = defaultdict(list)
    for contact in contacts:
        named[contact.school_id, " ".join(words_of(contact.name))].append(contact)
    for (_school, name), those in named.items():
        if name and 1 < len(those) <= MOST_ALIKE:
            for pair in _twos(those):
                reasons[pair].append(f"Both are called {rows[pair[0]].name} at the same school.")
    for pair, why in reasons.items():
        first, second = rows[pair[0]], rows[pair[1]]
        is_known = first.person_id is not None and first.person_id == second.person_id
        if pair not in parted and not (is_known and first.school_id != second.school_id) and not _both_left(pair, rows):
            yield Pair(first, second, tuple(why))


def _twos(contacts: list[Contact]) -> Iterator[tuple[int, int]]:
    return combinations(sorted(contact.pk for contact in contacts), 2)


def _both_left(pair: tuple[int, int], rows: dict[int, Contact]) -> bool:
    return all((left := rows[pk].left_on) is not None and left <= today() for pk in pair)
