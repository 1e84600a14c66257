"""What was delivered at schools of the invented hubs this year and last: some exact, some estimated, some not known,
some carried over and not confirmed yet, and two halves of a joint project."""

from datetime import timedelta
from random import Random
from typing import Any

from engagement.actions import code_lists
from engagement.actions import deliveries as actions
from engagement.deliveries import checks, kinds
from engagement.models import CodeEntry, Delivery
from hubportal.demo.world import Place, World
from hubportal.kit.wording import academic_year
from schools.models import Partner, Relationship, School, TimelineEntry

MOST = 26  # schools
OWN = "Hand bells"
AUTUMN, ALL_YEAR = ("in_autumn",), tuple(kinds.TERMS)


def load(place: Place, world: World) -> None:
    """Some seventy records at schools that the hub talked with this year. Some two thousand statements."""
    _Deliveries(place, world).load()


class _Deliveries:
    def __init__(self, place: Place, world: World) -> None:
        self.place, self.world, self.year = place, world, academic_year(world.on)
        self.rng = Random(world.seed + place.hub.pk)  # the dice of the rest of the demo are not touched
        self.entries = {(each.code_list, each.code): each for each in CodeEntry.objects.filter(hub=None)}
        self.word = f" {place.sentinel}".rstrip()
        self.partners: list[Partner] = list(place.partners.values())

    def load(self) -> None:
        code_lists.add(hub=self.place.hub, code_list="instrument", name=f"{OWN}{self.word}", by=self.place.manager)
        rows = Relationship.objects.filter(
            hub=self.place.hub, school__status=School.Status.OPEN, last_conversation_on__isnull=False
        )
        schools = [each.school for each in rows.select_related("school__type").order_by("school__urn")]
        talked = [each for each in schools if not each.is_organisation and (each.pupils or 0) > 60][:MOST]
        for number, school in enumerate(talked):
            self.at(school, number)
        for school in talked[:3]:
            self.carry(school)
        self.joint(talked[4])
        TimelineEntry.objects.filter(hub=self.place.hub, source__startswith="delivery:").update(
            written_at=self.world.at(self.world.on - timedelta(days=1), 16, 5)
        )

    def at(self, school: School, number: int) -> None:
        """A whole class at each; of the other kinds, one at every so many."""
        taught = self.taught(number)
        self.whole_class(school, number, self.year, **taught)
        if number % 3 == 0:
            self.whole_class(school, number, self.year - 1, **taught)
        if number % 2 == 0:
            self.tuition(school, number, **taught)
        if number % 3 == 1:
            self.record(
                school, "ensemble", class_name="Orchestra" if number % 2 else "Lunchtime choir",
                ensemble=self.entry("ensemble", "orchestra-mixed" if number % 2 else "choir-mixed"),
                organiser="together", delivered_by="school", supported_by="hub", **self.pupils(24, number), **self.in_terms(ALL_YEAR),
            )  # fmt: skip
        if number % 4 == 2:
            self.record(
                school, "singing", class_name="Singing assembly", year_groups=[3, 4, 5, 6], delivered_by="school",
                supported_by="hub", pupils=min(110, (school.pupils or 0) // 2), is_estimate=True,
                **self.in_terms(ALL_YEAR),
            )  # fmt: skip
        if number % 5 == 3:
            on = self.world.on - timedelta(days=12 + number)
            if academic_year(on) == self.year:
                self.record(
                    school, "training", training=self.entry("training", "singing"), on=on, delivered_by="hub",
                    supported_by="nobody", attendees_specialist=1, attendees_other=None if number == 13 else 5,
                )  # fmt: skip
        if number % 6 == 4:
            self.record(
                school, "loan", instrument=self.entry("instrument", "trumpet-or-cornet"), loaned=12, delivered_by="hub",
                supported_by="nobody", pupils=12, remission=4, **self.in_terms(ALL_YEAR),
            )  # fmt: skip
        if number % 7 == 5:
            self.record(
                school, "event", class_name="Christmas sing", event=self.entry("event", "festival-or-massed-event"),
                year_groups=[5, 6], delivered_by="hub", supported_by="nobody", pupils=None, is_confirmed=number != 12,
            )  # fmt: skip

    def taught(self, number: int) -> dict[str, Any]:
        """By a partner with the hub, or by the hub itself."""
        if self.partners and number % 2 == 0:
            partner = self.partners[number // 2 % len(self.partners)]
            return {"delivered_by": "partner", "deliverer": partner, "supported_by": "hub"}
        return {"delivered_by": "hub", "supported_by": "nobody"}

    def whole_class(self, school: School, number: int, year: int, **taught: Any) -> None:
        share = (school.pupils or 0) // 8
        self.record(
            school, "whole-class", year=year, class_name=f"{4 if number % 5 else 5}{'AB'[number % 2]}",
            year_groups=[3, 4] if number % 6 == 5 else [4], turn="continuing" if number % 5 == 0 else "first",
            instrument=self.entry("instrument", ("trumpet-or-cornet", "violin", "ukulele", "clarinet")[number % 4]),
            **self.pupils(min(30, share), number), **self.in_terms(ALL_YEAR if number % 3 else AUTUMN), **taught,
        )  # fmt: skip

    def tuition(self, school: School, number: int, **taught: Any) -> None:
        people = self.pupils(8 + number % 5, number + 1)
        self.record(
            school, "tuition", instrument=self.entry("instrument", "violin" if number % 4 else "piano"),
            group_size=("individual", "small", "large")[number % 3], key_stage="2" if number % 5 else "3",
            continued=None if number % 4 else 3, standard_entry=4, standard_foundation=2,
            is_estimate=number % 10 == 6, **people, **self.in_terms(ALL_YEAR), **taught,
        )  # fmt: skip

    def pupils(self, number: int, turn: int) -> dict[str, Any]:
        """Of every fifth record not even the pupils are known; of others not all of their parts."""
        if turn % 5 == 4:
            return {"pupils": None}
        boys = number // 2 - turn % 3
        parts = {"boys": boys, "girls": number - boys} if turn % 2 else {}
        premium = number // 5
        return {"pupils": number, "pupil_premium": premium, "send_ehcp": 0, "sen_support": turn % 3, **parts}

    def in_terms(self, names: tuple[str, ...]) -> dict[str, bool]:
        return dict.fromkeys(names, True)

    def entry(self, code_list: str, code: str) -> CodeEntry:
        return self.entries[code_list, code]

    def record(self, school: School, kind: str, *, year: int | None = None, **said: Any) -> Delivery:
        by = self.place.owners.get(school.pk, self.place.manager)
        if self.word:
            said["note"] = self.place.sentinel
        census = checks.Census.of(school)
        if checks.warnings(said, census):  # as many as there are, of whom nothing more is known
            said |= dict.fromkeys(kinds.PARTS) | {"pupils": census.in_groups(said.get("year_groups", []))}
        if checks.warnings(said, census):
            said["pupils"] = None
        return actions.record(school=school, kind=kind, year=year or self.year, values=said, by=by)

    def carry(self, school: School) -> None:
        """What went on from last year, and nobody has confirmed."""
        rows = Delivery.objects.counted().filter(hub=self.place.hub, school=school, year=self.year - 1)
        by = self.place.owners.get(school.pk, self.place.manager)
        actions.carry_over(school=school, deliveries=list(rows), year=self.year, by=by)

    def joint(self, school: School) -> None:
        """The hub and a partner each recorded their half."""
        said = {"class_name": "Year 4 band", "year_groups": [4], **self.in_terms(AUTUMN)}
        self.record(school, "whole-class", delivered_by="hub", pupils=27, **said)
        if self.partners:
            self.record(school, "whole-class", delivered_by="partner", deliverer=self.partners[0], pupils=26, **said)
