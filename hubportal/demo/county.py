"""The county's schools, drawn from a seed: plain records, which `register` writes in the register's own layout."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from hubportal.demo.names import TITLES, People
from hubportal.demo.places import ROADS, SAINTS, SAMPLE_TOWNS, STREETS, TOWNS, WOODS, Town

MILLBROOK, FENWICK_ROAD, ST_BRANNOCS, LARCHES, HOLLOWDENE_HIGH, ASHBY_MERE, NORTHGATE = (
    700214, 700031, 700047, 700372, 700318, 700052, 700325,
)  # fmt: skip
KNOWN_NAMES = {
    "Millbrook Junior School", "Fenwick Road Primary School", "Ashby Mere Primary School", "Hollowdene High School",
    "Northgate Academy",
}  # fmt: skip
FIRST_URN, FIRST_SAMPLE_URN = 700001, 700601

# type code: (type, group code, group)
TYPES = {
    "01": ("Community school", "4", "Local authority maintained schools"),
    "02": ("Voluntary aided school", "4", "Local authority maintained schools"),
    "03": ("Voluntary controlled school", "4", "Local authority maintained schools"),
    "05": ("Foundation school", "4", "Local authority maintained schools"),
    "07": ("Community special school", "5", "Special schools"),
    "11": ("Other independent school", "3", "Independent schools"),
    "14": ("Pupil referral unit", "4", "Local authority maintained schools"),
    "15": ("Local authority nursery school", "4", "Local authority maintained schools"),
    "18": ("Further education", "1", "Colleges"),
    "28": ("Academy sponsor led", "10", "Academies"),
    "31": ("Sixth form centres", "1", "Colleges"),
    "32": ("Special post 16 institution", "9", "Other types"),
    "33": ("Academy special sponsor led", "10", "Academies"),
    "34": ("Academy converter", "10", "Academies"),
    "35": ("Free schools", "11", "Free Schools"),
    "42": ("Academy alternative provision converter", "10", "Academies"),
    "44": ("Academy special converter", "10", "Academies"),
}
ACADEMIES = {"28", "33", "34", "35", "42", "44"}

# trust's group UID: name. Numbers far above the register's.
TRUSTS = {
    "990001": "Larkrise Learning Trust",
    "990002": "Hollow Lane Academies Trust",
    "990003": "The Northgate Partnership",
    "990004": "St Brannoc Catholic Academy Trust",
    "990005": "Saltmere Schools Trust",
    "990006": "Three Ferries Multi-Academy Trust",
    "990007": "Wexcombe and District Learning Alliance",
    "990008": "The Marl End Academy Trust",
}
SAMPLE_TRUSTS = {"990051": "Samplefolk Fens Academy Trust"}
LARKRISE, CATHOLIC_TRUST = "990001", "990004"

# What there is in the county, in the order of the URNs: kind, how many.
KINDS = (
    ("primary", 198), ("junior", 25), ("infant", 26), ("primary", 52), ("secondary", 50), ("all_through", 2),
    ("special", 24), ("unit", 9), ("sixth_form", 8), ("college", 4), ("nursery", 5), ("independent", 14),
)  # fmt: skip
SAMPLE_KINDS = (("primary", 42), ("secondary", 9), ("special", 4), ("unit", 2), ("sixth_form", 1), ("independent", 2))

# kind: phase, ages, pupils from and to, type codes to draw from
SHAPES = {
    "primary": ("2", (4, 11), (62, 470), "01 01 01 01 02 02 03 03 05 34 34 34 28 35"),
    "junior": ("2", (7, 11), (150, 380), "01 01 01 03 34 34"),
    "infant": ("2", (4, 7), (80, 270), "01 01 01 03 34"),
    "secondary": ("4", (11, 16), (520, 1640), "01 05 02 34 34 34 34 28 28 35"),
    "all_through": ("7", (4, 16), (980, 1500), "34 35"),
    "special": ("0", (4, 16), (48, 210), "07 07 07 44 33"),
    "unit": ("0", (11, 16), (18, 84), "14 14 42"),
    "sixth_form": ("6", (16, 18), (420, 2100), "31 32 31"),
    "college": ("6", (16, 99), (1800, 5200), "18"),
    "nursery": ("1", (3, 4), (48, 110), "15"),
    "independent": ("0", (4, 18), (90, 780), "11"),
}


@dataclass
class DemoSchool:
    """One row of the invented register."""

    urn: int
    kind: str
    name: str
    town: Town
    village: str
    type: str
    phase: str
    low: int
    high: int
    pupils: int
    fsm: float
    opened: date
    street: str
    postcode: str
    easting: int
    northing: int
    number: str
    telephone: str
    head: tuple[str, str, str]
    religion: str = "Does not apply"
    trust: str = ""
    joined: date | None = None
    status: str = "1"
    closed: date | None = None
    reason_closed: str = ""
    reason_opened: str = ""
    pupils_before: int = 0
    predecessor: int | None = None
    tags: set[str] = field(default_factory=set)

    @property
    def trust_name(self) -> str:
        return {**TRUSTS, **SAMPLE_TRUSTS}.get(self.trust, "")

    @property
    def is_open(self) -> bool:
        return self.status in ("1", "3")


def exampleshire(seed: int, on: date) -> list[DemoSchool]:
    """About 420 schools of two authorities, the closed ones among them. The same for the same seed and date."""
    rng = Random(f"exampleshire {seed}")
    maker = _Maker(rng, on, TOWNS, tuple(TRUSTS))
    schools = [maker.make(kind) for kind, count in KINDS for _ in range(count)]
    by_urn = {school.urn: school for school in schools}
    _name_the_known(by_urn, on)
    return schools + maker.closures(schools) + maker.predecessors(schools)


def samplefolk(seed: int, on: date) -> list[DemoSchool]:
    """The second hub's sixty."""
    maker = _Maker(Random(f"samplefolk {seed}"), on, SAMPLE_TOWNS, tuple(SAMPLE_TRUSTS), first=FIRST_SAMPLE_URN)
    return [maker.make(kind) for kind, count in SAMPLE_KINDS for _ in range(count)]


class _Maker:
    def __init__(self, rng: Random, on: date, towns: tuple[Town, ...], trusts: tuple[str, ...], first: int = FIRST_URN):
        self.rng, self.on, self.towns, self.trusts = rng, on, towns, trusts
        self.people = People(rng, {"Ruth Pell", "Tom Adeyemi", "Amira Okafor", "Jo Marsh"})
        self.urn = first - 1
        self.number = 2000
        self.names = set(KNOWN_NAMES)

    def make(self, kind: str) -> DemoSchool:
        rng = self.rng
        self.urn += 1
        self.number += rng.randint(1, 9)
        town = rng.choices(self.towns, [each.share for each in self.towns])[0]
        in_town = kind not in ("primary", "infant") or rng.random() < 0.6
        place = town.name if in_town else rng.choice(town.villages)
        phase, (low, high), (least, most), codes = SHAPES[kind]
        code = rng.choice(codes.split())
        name, religion, code = self._name(kind, town, place, code)
        spread = town.spread if in_town else town.spread * 2
        high = (
            18
            if kind == "secondary" and rng.random() < 0.4
            else 19
            if kind == "special" and rng.random() < 0.5
            else high
        )
        pupils = round(least + (most - least) * rng.betavariate(1.6, 2.2))
        pupils = 40 + pupils // 40 if code == "32" else pupils  # a special post-16 institution is small
        opened = date(rng.randint(1950, 2001), rng.choice((1, 4, 9)), 1)
        trust, joined = "", None
        if code in ACADEMIES:
            others = [each for each in self.trusts if each != CATHOLIC_TRUST]
            trust = (
                CATHOLIC_TRUST if religion == "Roman Catholic" and CATHOLIC_TRUST in self.trusts else rng.choice(others)
            )
            joined = opened = date(rng.randint(2012, self.on.year - 2), rng.choice((1, 4, 9)), 1)
        return DemoSchool(
            urn=self.urn, kind=kind, name=name, town=town, village="" if place == town.name else place, type=code,
            phase=phase, low=low, high=high, pupils=pupils, pupils_before=max(12, pupils + rng.randint(-18, 18)),
            fsm=round(min(68.0, max(2.5, rng.gauss(44 if kind == "unit" else 24, 11))), 1), opened=opened,
            street=f"{rng.choice(STREETS)}", postcode=self._postcode(town), easting=town.easting + round(rng.gauss(0, spread)),
            northing=town.northing + round(rng.gauss(0, spread)), number=str(self.number),
            telephone=f"01632 96{rng.randint(0, 9999):04d}", head=(rng.choice(TITLES), *self.people.name()),
            religion=religion, trust=trust, joined=joined, reason_opened="Academy Converter" if code == "34" else "",
        )  # fmt: skip

    def _postcode(self, town: Town) -> str:
        letters = "ABDEFGHJLNPQRSTUWXYZ"
        return f"{town.postcode} {self.rng.randint(1, 9)}{self.rng.choice(letters)}{self.rng.choice(letters)}"

    def _name(self, kind: str, town: Town, place: str, code: str) -> tuple[str, str, str]:
        """Name, religious character and type code, which go together."""
        rng = self.rng
        for _ in range(400):
            saint = rng.choice(SAINTS)
            of_saint = f"St {saint}'" if saint.endswith("s") else f"St {saint}'s"
            ending = {"primary": "Primary School", "junior": "Junior School", "infant": "Infant School"}.get(kind, "")
            plain = rng.choice((f"{rng.choice(ROADS)} Road", rng.choice(WOODS), place, f"{place} {rng.choice(WOODS)}"))
            religion = "Does not apply"
            if kind in ("primary", "junior", "infant"):
                name = f"{plain} {'Academy' if code in ACADEMIES and rng.random() < 0.4 else ending}"
                if code in ("02", "03"):
                    catholic = code == "02" and rng.random() < 0.55
                    religion = "Roman Catholic" if catholic else "Church of England"
                    name = f"{of_saint} {'Catholic' if catholic else 'Church of England'} {ending}"
            elif kind == "secondary":
                religion = "Roman Catholic" if code == "02" else religion
                name = rng.choice((f"{plain} School", f"{plain} High School", f"{plain} Community College"))
                name = f"{plain} Academy" if code in ACADEMIES and rng.random() < 0.7 else name
                name = f"{of_saint} Catholic High School" if code == "02" else name
            else:
                name = {
                    "all_through": f"{plain} All-through School",
                    "special": rng.choice((f"The {rng.choice(WOODS)} School", f"{plain} School")),
                    "unit": f"{plain} {rng.choice(('Pupil Referral Unit', 'Short Stay School', 'Alternative Provision Academy'))}",
                    "sixth_form": f"{plain} Sixth Form College" if code == "31" else f"{plain} Specialist College",
                    "college": rng.choice((f"{place} College", f"{plain} College")),
                    "nursery": f"{plain} Nursery School",
                    "independent": rng.choice(
                        (f"{plain} Hall School", f"{plain} Preparatory School", f"{of_saint} School")
                    ),
                }[kind]
            # Two schools of one name happen, in different towns, to saints.
            key = f"{name} {town.name}" if "St " in name else name
            if key not in self.names:
                self.names.add(key)
                return name, religion, code
        raise RuntimeError(f"No name left for another {kind} school.")

    def closures(self, schools: list[DemoSchool]) -> list[DemoSchool]:
        """Four schools that closed for good."""
        closed = []
        for kind in ("primary", "infant", "primary", "secondary"):
            school = self.make(kind)
            school.status, school.reason_closed = "2", "Closure"
            school.closed = date(self.on.year - self.rng.randint(1, 3), 8, 31)
            school.type, school.trust, school.joined = "01", "", None
            school.opened = date(1964, 9, 1)
            closed.append(school)
        return closed

    def predecessors(self, schools: list[DemoSchool]) -> list[DemoSchool]:
        """Closed schools that became academies in the last two years: a new URN, the same building."""
        ready = [
            each for each in schools
            if each.type == "34" and each.urn not in (NORTHGATE,) and each.kind in ("primary", "junior", "secondary")
        ]  # fmt: skip
        closed = []
        for new in self.rng.sample(ready, 8):
            self.urn += 1
            turned = date(self.on.year - self.rng.randint(1, 2), self.rng.choice((1, 4, 9)), 1)
            old_name = new.name.replace(" Academy", " School") if "Academy" in new.name else new.name
            old = replace(
                new, urn=self.urn, name=old_name, type="01" if new.religion == "Does not apply" else "02", trust="",
                joined=None, status="2", closed=turned - timedelta(days=1), reason_closed="Academy Converter",
                reason_opened="", opened=date(1958, 9, 1), tags=set(),
            )  # fmt: skip
            new.opened = new.joined = turned
            new.predecessor = old.urn
            closed.append(old)
        return closed


def _name_the_known(schools: dict[int, DemoSchool], on: date) -> None:
    """The schools that the demo's stories are about."""
    ashby, hollowdene = TOWNS[0], TOWNS[1]

    def put(urn: int, **values) -> None:
        school = schools[urn]
        for name, value in values.items():
            setattr(school, name, value)
        school.trust, school.joined = values.get("trust", ""), values.get("joined")
        if "town" in values:
            school.postcode = f"{school.town.postcode}{school.postcode[3:]}"
            school.easting = school.town.easting + (urn * 37) % 1900 - 950
            school.northing = school.town.northing + (urn * 53) % 1900 - 950

    put(
        MILLBROOK, name="Millbrook Junior School", town=ashby, village="Millbrook", type="01", kind="junior", low=7, high=11,
        pupils=284, pupils_before=268, fsm=31.0, head=("Mrs", "Ruth", "Pell"), religion="Does not apply",
        opened=date(1972, 9, 1), street="Mill Lane", reason_opened="",
    )  # fmt: skip
    put(FENWICK_ROAD, name="Fenwick Road Primary School", town=ashby, village="", type="01", religion="Does not apply")
    put(
        ST_BRANNOCS, name="St Brannoc's Catholic Primary School", town=hollowdene, village="", type="02",
        religion="Roman Catholic", reason_opened="",
    )  # fmt: skip
    put(LARCHES, name="The Larches", town=ashby, village="", type="07", kind="special", religion="Does not apply")
    first_of_next = (on.replace(day=1) + timedelta(days=32)).replace(day=1)
    put(
        HOLLOWDENE_HIGH, name="Hollowdene High School", town=hollowdene, village="", type="01", status="3",
        closed=first_of_next - timedelta(days=1), reason_closed="Academy Converter", religion="Does not apply",
        reason_opened="",
    )  # fmt: skip
    put(
        ASHBY_MERE,
        name="Ashby Mere Primary School",
        town=ashby,
        village="Ashby Mere",
        type="03",
        religion="Church of England",
    )
    put(
        NORTHGATE, name="Northgate Academy", town=ashby, village="", type="34", trust="990003", joined=date(2016, 9, 1),
        opened=date(2016, 9, 1), reason_opened="Academy Converter", religion="Does not apply",
    )  # fmt: skip
