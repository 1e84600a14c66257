"""Puts sentences together so that no two schools read the same."""

from random import Random

from hubportal.demo.county import DemoSchool

INSTRUMENTS = (
    "cornet",
    "violin",
    "ukulele",
    "clarinet",
    "flute",
    "cello",
    "recorder",
    "trombone",
    "guitar",
    "keyboard",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
MONTHS = ("September", "October", "November", "January", "February", "March", "April", "May", "June", "July")

# kind of school: its younger, middle and older classes
YEARS = {
    "infant": ("Reception", "Year 1", "Year 2"),
    "junior": ("Year 3", "Year 4", "Year 6"),
    "primary": ("Year 2", "Year 4", "Year 6"),
    "secondary": ("Year 7", "Year 8", "Year 9"),
    "all_through": ("Year 3", "Year 6", "Year 9"),
    "special": ("the lower school", "the middle school", "the upper school"),
    "unit": ("key stage 3", "Year 9", "key stage 4"),
    "nursery": ("the younger group", "the mixed group", "the older group"),
    "independent": ("Year 3", "Year 5", "Year 8"),
    "sixth_form": ("the first year", "the first year", "the second year"),
    "college": ("the foundation course", "the first year", "the second year"),
}


class Voice:
    """Fills the slots of one school's sentences. The same school keeps its instrument and its neighbour."""

    def __init__(self, rng: Random, school: DemoSchool, near: str, partner: str):
        self.rng, self.school = rng, school
        young, mid, old = YEARS[school.kind]
        self.fixed = {
            "young": young,
            "mid": mid,
            "old": old,
            "inst": rng.choice([each for each in INSTRUMENTS if each != "recorder" or int(school.low) < 8]),
            "near": near,
            "town": school.town.name,
            "partner": partner,
            "lead": "the music lead",
        }

    def say(self, sentence: str, **slots: object) -> str:
        """The sentence with its slots filled; {Lead}, {Mid} ... begin with a capital letter."""
        n = self.rng.randint(18, 58)
        values = {
            "n": n,
            "m": self.rng.randint(4, n // 3 + 1),
            "day": self.rng.choice(DAYS),
            "month": self.rng.choice(MONTHS),
            **self.fixed,
            **slots,
        }
        capitals = {name.capitalize(): str(value)[:1].upper() + str(value)[1:] for name, value in values.items()}
        words = sentence.format(**values, **{name: value for name, value in capitals.items() if name not in values})
        return (words[:1].upper() + words[1:]).replace("'", "’")

    def one(self, choices: tuple[str, ...], **slots: object) -> str:
        return self.say(self.rng.choice(choices), **slots)
