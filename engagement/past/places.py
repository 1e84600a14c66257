"""Which school a row of a file means. A URN says it, also one that the school had before; a DfE number, or a name with
the postcode, only suggests a school, which a person confirms once for the whole file.

Only the hub's own schools are looked at: of another hub's school nothing is said but that it is none of theirs."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping

from engagement.past.dates import CannotRead
from schools.access import today
from schools.models import Hub, School, SchoolIdentifier
from schools.naming import told_apart
from schools.register.keys import name_key

NOT_YOURS = "is not one of your schools"
_DFE = re.compile(r"(\d{3})\s*/?\s*(\d{4})")


class Suggested(Exception):
    """A school that may be meant: what the file says of it (`key`, and `told` in its own words)."""

    def __init__(self, key: str, told: str, school: School) -> None:
        super().__init__(key)
        self.key, self.told, self.school = key, told, school


class Places:
    """The hub's schools, open and closed, as a file may name them. Two queries."""

    def __init__(self, hub: Hub) -> None:
        mine = School.objects.in_hubs({hub.pk}, today()).select_related("authority")
        self.schools = {school.pk: school for school in mine}
        self.words = dict(zip(self.schools, told_apart(self.schools.values()), strict=True))
        self._by_urn = {school.urn: school for school in self.schools.values()}
        former = SchoolIdentifier.objects.filter(school__in=mine.values("pk")).values_list("urn", "school_id")
        # The URN of a school whose records went over leads to the school that has them, as its page does.
        self._by_urn |= {urn: self.schools[pk] for urn, pk in former if self.schools[pk].urn != urn}
        self._by_dfe: dict[str, list[School]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[School]] = defaultdict(list)
        for school in self.schools.values():
            if school.establishment_number:
                self._by_dfe[f"{school.authority.code}/{school.establishment_number}"].append(school)
            self._by_name[name_key(school.name), _postcode(school.postcode)].append(school)

    def find(self, cell: Callable[[str], str], said: Mapping[str, int]) -> School:
        """The school of a row. `cell` gives what the row says under a field; `said` are the schools, by key, that the
        person has confirmed, 0 where they said no. Raises CannotRead and Suggested."""
        if urn := cell("urn"):
            return self._of_urn(urn)
        if dfe := cell("dfe"):
            match = _DFE.fullmatch(dfe)
            if not match:
                raise CannotRead(f"“{dfe[:40]}” is no DfE number. It is written like 123/4567")
            number = f"{match[1]}/{match[2]}"
            return self._suggest(f"dfe {number}", f"DfE number {number}", self._by_dfe.get(number, []), said)
        name, postcode = cell("school"), cell("postcode")
        if not name:
            raise CannotRead("The row names no school")
        if not postcode:
            raise CannotRead(f"“{name[:80]}” alone does not tell two schools apart. Give the URN or the postcode")
        key = (name_key(name), _postcode(postcode))
        found = self._by_name.get(key, [])
        return self._suggest(f"name {' '.join(key)}"[:200], f"{name[:120]}, {postcode[:12]}", found, said)

    def _of_urn(self, text: str) -> School:
        number = text.removesuffix(".0").replace(" ", "")
        if not (number.isascii() and number.isdigit() and 5 <= len(number) <= 8):
            raise CannotRead(f"“{text[:40]}” is no URN: it has five to seven figures")
        found = self._by_urn.get(int(number))
        if found is None:
            raise CannotRead(f"URN {number} {NOT_YOURS}")
        return found

    def _suggest(self, key: str, told: str, schools: list[School], said: Mapping[str, int]) -> School:
        if not schools:
            raise CannotRead(f"{told} {NOT_YOURS}")
        open_ones = [school for school in schools if school.is_open] or schools
        if len(open_ones) > 1:
            raise CannotRead(f"{told} can be several of your schools. Give the URN")
        if key not in said:
            raise Suggested(key, told, open_ones[0])
        if said[key] != open_ones[0].pk:
            raise CannotRead(f"{told}: you said that it is not {self.words[open_ones[0].pk]}")
        return open_ones[0]


def _postcode(text: str) -> str:
    return name_key(text).replace(" ", "")
