"""Published figures of the invented schools: two years of the census, and the Pupil Premium."""

from decimal import Decimal
from random import Random

from hubportal.demo.county import DemoSchool
from hubportal.demo.world import Place, World, chunked
from hubportal.kit.wording import academic_year
from schools.models import School, SchoolFigures


def publish(place: Place, world: World) -> None:
    """Of every open school, the last two school years that have ended. Called late: its dice are its own, so that the
    rest of the county stays as it is."""
    rng = Random(f"figures {place.hub.slug} {world.seed}")
    rows = []
    for sketch in place.sketches:
        school = place.schools[sketch.urn]
        if sketch.is_open and school.pupils:
            rows += _two_years(school, sketch, academic_year(world.on), rng)
    chunked(SchoolFigures, rows)


def _two_years(school: School, sketch: DemoSchool, now: int, rng: Random) -> list[SchoolFigures]:
    found = []
    for year, pupils in ((now - 2, sketch.pupils_before or sketch.pupils), (now - 1, sketch.pupils)):
        eligible = round(pupils * float(school.fsm_percentage or 0) / 100)
        girls = round(pupils * (school.girls or 0) / (school.pupils or 1))
        premium = min(pupils, round(eligible * 1.1))
        found.append(
            SchoolFigures(
                school=school,
                year=year,
                headcount=pupils,
                girls=girls,
                boys=pupils - girls,
                by_year_group=_by_year_group(school, pupils, rng),
                fsm_eligible=eligible,
                fsm_percentage=school.fsm_percentage,
                other_language=round(pupils * rng.uniform(0.01, 0.25)),
                pupil_premium=Decimal(premium) + Decimal(rng.choice(("0", "0.5"))) if premium < pupils else premium,
                pupil_premium_of=pupils,
            )
        )
    return found


def _by_year_group(school: School, pupils: int, rng: Random) -> dict[str, int]:
    """The pupils, spread over the year groups of the school's ages; the youngest in reception."""
    ages = range(max(school.low_age or 4, 4), min(school.high_age or 11, 19))
    groups = ["R" if age == 4 else str(age - 4) for age in ages] or ["R"]
    spread = [pupils // len(groups)] * len(groups)
    for place in rng.sample(range(len(groups)), pupils % len(groups)):
        spread[place] += 1
    return dict(zip(groups, spread, strict=True))
