"""What cannot be true of a delivery's figures, and what is hardly so by the census. Values in, sentences out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engagement.deliveries import kinds
from hubportal.kit.wording import count
from schools.models import School, SchoolFigures

SHARE = 2  # a year group of twice the school's average is still believed
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Census:
    """How many pupils a school has: by the register, and by year group as last published (`year`, where it was)."""

    name: str
    pupils: int | None = None
    ages: int | None = None  # how many years of age it has
    year: int | None = None
    by_year_group: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, school: School) -> "Census":
        """One query."""
        figures = SchoolFigures.objects.filter(school=school).exclude(by_year_group={}).order_by("-year").first()
        low, high = school.low_age, school.high_age
        return cls(
            school.name,
            school.pupils,
            high - low if low is not None and high is not None and high > low else None,
            figures.year if figures else None,
            figures.by_year_group if figures else {},
        )

    def in_groups(self, groups: Sequence[int]) -> int | None:
        """Pupils of these year groups together, where each is published."""
        known = [self.by_year_group.get("R" if each == 0 else str(each)) for each in groups]
        return sum(each for each in known if each is not None) if known and None not in known else None


def problems(kind: str, said: Values) -> dict[str, str]:
    """What can never hold, by the field that it is said at. What is not known is left out."""
    found: dict[str, str] = {}
    pupils, both = said.get(kinds.PUPILS), said.get("pp_and_send")
    premium, ehcp, support = (said.get(name) for name in ("pupil_premium", "send_ehcp", "sen_support"))
    send = ehcp + support if ehcp is not None and support is not None else None
    if both is not None and premium is not None and both > premium:
        found["pp_and_send"] = f"{both:,} with both are more than the {premium:,} with Pupil Premium"
    elif both is not None and send is not None and both > send:
        found["pp_and_send"] = f"{both:,} with both are more than the {send:,} with SEND (EHC plan and SEN support)"
    if pupils is None:
        return found
    for name in (*kinds.PARTS, *kinds.CONTINUED):
        if (part := said.get(name)) is not None and part > pupils:
            label = {**kinds.PARTS, **kinds.CONTINUED}[name]
            found.setdefault(name, f"“{label}” is {part:,}, more than the {count(pupils, 'pupil')} it is a part of")
    for names, what in (
        (("send_ehcp", "sen_support"), "With an EHC plan and with SEN support"),
        (("boys", "girls", "gender_not_stated"), "Boys, girls and not stated"),
        (tuple(kinds.STANDARDS), "Those who reached a level"),
    ):
        total = sum(said.get(name) or 0 for name in names)
        if total > pupils and not any(name in found for name in names):
            found[names[0]] = f"{what} are {total:,} together, more than the {count(pupils, 'pupil')}"
    if premium is not None and send is not None and both is not None and premium + send - both > pupils and not found:
        found["pupil_premium"] = (
            f"With Pupil Premium or SEND are {premium + send - both:,}, each counted once: more than the "
            f"{count(pupils, 'pupil')}"
        )
    ethnic = sum((said.get("ethnicity") or {}).values())
    if ethnic > pupils:
        found["ethnicity"] = f"The ethnic groups are {ethnic:,} together, more than the {count(pupils, 'pupil')}"
    return found


def warnings(said: Values, census: Census) -> list[str]:
    """What is hardly so, in sentences; a person may say that it is so all the same."""
    found: list[str] = []
    pupils, groups = said.get(kinds.PUPILS), said.get("year_groups") or []
    if pupils is None:
        return found
    if census.pupils is not None and pupils > census.pupils:
        return [f"{pupils:,} pupils are more than the {census.pupils:,} that {census.name} has by the register"]
    words = kinds.year_group_words(groups) if groups else ""
    published = census.in_groups(groups)
    if published is not None and pupils > published:
        years = f"{census.year} to {census.year + 1}" if census.year else "its last census"
        found.append(f"{pupils:,} pupils are more than the {published:,} that {words} had in the census of {years}")
    elif published is None and groups and census.pupils and census.ages:
        most = min(census.pupils, SHARE * len(groups) * census.pupils // census.ages)
        if pupils > most:
            found.append(
                f"{pupils:,} pupils in {words} are many: with {census.pupils:,} pupils of {census.ages} ages, "
                f"{census.name} has some {len(groups) * census.pupils // census.ages:,} there"
            )
    return found
