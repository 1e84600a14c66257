"""Lead Schools, Artsmark, Music Mark and who teaches music, as the hub knows them of some of its schools."""

from datetime import date, timedelta
from random import Random
from uuid import UUID

from django.apps import apps
from django.utils import timezone

from hubportal.demo.county import MILLBROOK, DemoSchool
from hubportal.demo.places import BRANNOC_BAY
from hubportal.demo.world import Place, World, chunked
from hubportal.kit.wording import academic_year
from schools.models import DatedFact, DatedFactValue, School, TimelineEntry
from schools.reference import load_reference

LEADS = {"primary": ("primary", "junior"), "secondary": ("secondary",), "send-ap": ("special", "unit")}
HOW = ("The music lead told us", "Seen on a visit", "The school’s website", "The head told us on the telephone")
TEACHING = {
    "primary": (("class-teacher",), ("class-teacher", "bought-in"), ("specialist",), ("specialist", "bought-in")),
    "secondary": (("specialist",), ("specialist",), ("specialist", "bought-in")),
}


class Facts:
    """Called late: its dice are its own, so that the rest of the county stays as it is."""

    def __init__(self, place: Place, world: World) -> None:
        self.place, self.world = place, world
        self.rng = Random(f"dated facts {place.hub.slug} {world.seed}")
        load_reference(apps.get_app_config("schools"))  # as in `added_by_hand`
        self.values = {(each.kind, each.code): each for each in DatedFactValue.objects.all()}
        self.rows: list[DatedFact] = []
        self.year = academic_year(world.on)

    def load(self) -> None:
        """Some five hundred rows, in about eight queries."""
        open_ones = [each for each in self.place.sketches if each.is_open and each.opened.year < self.year - 4]
        self._lead(open_ones)
        self._millbrook()
        self._roles(open_ones)
        for sketch in open_ones:
            if sketch.urn != MILLBROOK and sketch.kind not in ("college", "independent", "nursery"):
                self._artsmark(sketch)
                self._music_mark(sketch)
                self._teaching(sketch)
        chunked(DatedFact, self.rows)
        chunked(TimelineEntry, [self._entry(each) for each in self.rows])

    def _lead(self, open_ones: list[DemoSchool]) -> None:
        """One of each kind in each authority, but none for SEND or alternative provision in Brannoc Bay yet."""
        since = date(2025, 4, 23) if self.world.on > date(2025, 9, 1) else date(self.year, 9, 1)
        for authority in sorted({each.town.authority for each in open_ones}):
            for code, kinds in LEADS.items():
                likely = [each for each in open_ones if each.kind in kinds and each.town.authority == authority]
                likely = [each for each in likely if each.urn != MILLBROOK]
                if likely and (authority, code) != (BRANNOC_BAY, "send-ap"):
                    self._add(self.rng.choice(likely), "lead-school", code, since, how="Appointed by the hub")

    def _millbrook(self) -> None:
        """An award that soon expires, beside the registration for the next; two ways of teaching; a member."""
        sketch = next((each for each in self.place.sketches if each.urn == MILLBROOK), None)
        if sketch is None:
            return
        soon = self.world.on + timedelta(days=52)
        awarded = date(soon.year - 2, soon.month, min(soon.day, 28))
        self._add(sketch, "artsmark", "silver", date(awarded.year - 3, 7, 10), how="Artsmark’s list")
        self._add(sketch, "artsmark", "gold", awarded, ends_on=soon + timedelta(days=1), how="Seen on the certificate")
        self._add(sketch, "teaching", "class-teacher", date(self.year - 3, 9, 1))
        self._add(sketch, "teaching", "bought-in", date(self.year - 1, 9, 1), how="Seen on a visit")
        self._member(sketch, self.year - 1)
        self._member(sketch, self.year)

    def _roles(self, open_ones: list[DemoSchool]) -> None:
        """On the board, hosts of networks, venues: drawn last, so that what was drawn before stays."""
        rng = Random(f"roles {self.place.hub.slug} {self.world.seed}")
        likely = [each for each in open_ones if each.kind not in ("college", "independent", "nursery")]
        for code, number in (("board", 2), ("network-host", 4), ("venue", 9)):
            for sketch in rng.sample(likely, min(number, len(likely))):
                since = date(self.year - rng.randint(0, 3), 9, 1)
                self._add(sketch, "hub-role", code, min(since, self.world.on), how="Agreed with the head")

    def _artsmark(self, sketch: DemoSchool) -> None:
        if self.rng.random() < 0.14:
            code = self.rng.choices(("registered", "working-towards", "silver", "gold", "platinum"), (4, 3, 5, 4, 1))[0]
            starts_on = self.world.on - timedelta(days=self.rng.randint(40, 800))
            ends_on = None
            if self.values["artsmark", code].is_award:
                ends_on = starts_on + timedelta(days=731)
            self._add(sketch, "artsmark", code, starts_on, ends_on=ends_on, how="Artsmark’s list")

    def _music_mark(self, sketch: DemoSchool) -> None:
        if self.rng.random() < 0.3:
            for year in range(self.year - self.rng.randint(0, 2), self.year + 1):
                self._member(sketch, year)

    def _member(self, sketch: DemoSchool, year: int) -> None:
        how = "Music Mark’s list of members"
        self._add(sketch, "music-mark", "member", date(year, 9, 1), ends_on=date(year + 1, 9, 1), how=how)

    def _teaching(self, sketch: DemoSchool) -> None:
        if self.rng.random() < 0.45:
            kind = "secondary" if sketch.kind in ("secondary", "all_through", "sixth_form") else "primary"
            since = date(self.year - self.rng.randint(0, 3), 9, 1)
            for code in self.rng.choice(TEACHING[kind]):
                self._add(sketch, "teaching", code, since)

    def _add(
        self, sketch: DemoSchool, kind: str, code: str, starts_on: date, *, ends_on: date | None = None, how: str = ""
    ) -> None:
        school: School = self.place.schools[sketch.urn]
        how = how or self.rng.choice(HOW)
        recorded_on = min(self.world.on, max(starts_on, self.world.on - timedelta(days=400)))
        self.rows.append(
            DatedFact(
                uuid=UUID(int=self.rng.getrandbits(128), version=4),
                hub=self.place.hub,
                school=school,
                value=self.values[kind, code],
                starts_on=starts_on,
                ends_on=ends_on,
                source=f"{how} ({self.place.sentinel})" if self.place.sentinel else how,
                recorded_by=self.place.owners.get(school.pk, self.place.manager),
                recorded_at=min(self.world.at(recorded_on, 10, 30), timezone.now()),
            )
        )

    def _entry(self, fact: DatedFact) -> TimelineEntry:
        return TimelineEntry(
            hub=fact.hub,
            school=fact.school,
            source=fact.timeline_source,
            kind=TimelineEntry.Kind.DATED_FACT,
            audience=TimelineEntry.Audience.SCHOOL,
            at=self.world.at(fact.starts_on),
            is_whole_day=True,
            heading=str(fact.value),
            detail=fact.source,
        )
