"""A plan that was written elsewhere, cut at its headings and matched to the questions of this one. Words in, words out;
no query."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hubportal.kit import rich
from hubportal.kit.drafts.merge import Value, Values
from smdp.sections import Field, Section

MOST = 200_000  # characters of all of it; a plan of forty pages has half of that
MOST_PIECES = 150
HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*$")
# A line that is bold from end to end is what many people make headings of.
BOLD_LINE = re.compile(r"^\*\*([^*]{1,100}?)\s*:?\*\*:?\s*$")
NUMBER = re.compile(r"^(?:(?:section|part)\s+)?(?:\d+(?:\.\d+)*|[a-h])[.):]?\s+(?=\S)", re.I)

# What headings of other plans are called, by the question whose answer stands below them. The longest that fits counts.
# The words are those of the department's templates, and of plans that schools publish.
CALLED: Mapping[str, tuple[str, ...]] = {
    "vision.vision": ("vision", "intent", "aims", "our aims", "rationale", "statement of intent", "ambition", "ethos"),
    "vision.now": ("where are we now", "current position", "starting point", "strengths", "swot", "audit", "context"),
    "curriculum.taught": ("curriculum", "curriculum music", "implementation", "teaching and learning", "music lessons"),
    "curriculum.early_years": ("early years", "eyfs", "reception", "nursery"),
    "curriculum.taught_ks1": ("key stage 1", "ks1", "key stage one", "infants", "year 1 and 2", "years 1 and 2"),
    "curriculum.taught_ks2": ("key stage 2", "ks2", "key stage two", "juniors", "years 3 to 6"),
    "curriculum.taught_ks3": ("key stage 3", "ks3", "key stage three", "years 7 to 9"),
    "curriculum.taught_ks4": ("key stage 4", "ks4", "key stage four", "years 10 and 11"),
    "curriculum.taught_ks5": ("key stage 5", "ks5", "post 16", "sixth form"),
    "curriculum.singing": ("singing", "vocal work", "singing strategy"),
    "curriculum.instruments_in_class": ("whole class", "wider opportunities", "wcet", "classroom instruments"),
    "curriculum.technology": ("technology", "music technology", "digital"),
    "curriculum.assessment": ("assessment", "progress and assessment", "assessing"),
    "curriculum.qualifications": ("qualifications", "gcse", "a level", "awards", "accreditation", "exams"),
    "curriculum.impact": ("impact", "evidence of impact", "outcomes"),
    "lessons.remissions": ("remissions", "charging", "charging and remissions", "fees", "cost of lessons"),
    "lessons.pupil_premium": ("pupil premium", "disadvantaged pupils"),
    "lessons.beyond": (
        *("co curricular", "co curricular music", "instrumental lessons", "instrumental and vocal lessons"),
        *("ensembles", "choirs", "extra curricular", "enrichment", "progression", "tuition", "clubs"),
    ),
    "lessons.space": ("space", "facilities", "rooms", "resources", "instruments and equipment", "equipment"),
    "events.assembly": ("assembly", "assemblies", "collective worship", "musical experiences", "life of the school"),
    "events.live": ("live music", "concerts", "performances", "performance", "trips", "visits", "events", "shows"),
    "inclusion.send": ("send", "inclusion", "special educational needs", "accessibility", "sen", "equality"),
    "staffing.staff": ("staff", "staffing", "teachers", "who teaches"),
    "staffing.needs": ("cpd", "training", "professional development", "training needs", "staff development"),
    "staffing.networks": ("networks",),
    "funding.notes": ("budget", "funding", "finance", "money", "costs"),
    "partnership.hub_support": ("hub", "music hub", "music education hub", "music service", "further information"),
    "partnership.hub_wanted": ("what we would like from the hub", "support we need", "support needed"),
    "partnership.others": ("partners", "partnership", "partnerships", "community", "community links"),
    "partnership.could_offer": ("what we can offer", "offer to other schools"),
    "leadership.leadership": ("leadership", "music lead", "subject leadership", "roles and responsibilities"),
    "leadership.governors": ("governors", "governance", "trustees"),
    "leadership.evaluation": ("monitoring", "evaluation", "review", "monitoring and evaluation", "self evaluation"),
    "priorities.achieved": ("achievements", "achieved", "successes", "celebrating"),
    "priorities.future": ("in the future", "future"),
}
# Sections whose title is the heading of a table: what stands below it elsewhere answers none of their questions.
OF_TABLES = {"priorities"}


@dataclass(frozen=True)
class Piece:
    """What stands below one heading ("" before the first), as rich text. `rank` is the heading's, from 1."""

    heading: str
    rank: int
    text: str

    @property
    def whole(self) -> str:
        """The heading and what stands below it, for a place that is not only about that."""
        heading = f"{'#' * min(self.rank, 2)} {self.heading}" if self.heading else ""
        return "\n\n".join(filter(None, (heading, self.text)))


@dataclass(frozen=True)
class Target:
    """A question that takes such words: "vision.now"."""

    section: Section
    field: Field

    @property
    def name(self) -> str:
        return f"{self.section.key}.{self.field.name}"

    def __str__(self) -> str:
        return f"{self.section.title}: {self.field.label}"


def targets(sections: Iterable[Section]) -> dict[str, Target]:
    """The questions that take a long text, by name, in the order of the plan."""
    found = (Target(section, field) for section in sections for field in section.fields() if field.is_rich)
    return {each.name: each for each in found}


def pieces(text: str) -> list[Piece]:
    """The text cut at its headings, in order; nothing of it falls away."""
    found: list[tuple[str, int, list[str]]] = [("", 1, [])]
    for line in text.replace("\r\n", "\n").split("\n"):
        if heading := HEADING.match(line):
            found.append((heading[2], len(heading[1]), []))
        elif bold := BOLD_LINE.match(line):
            found.append((bold[1], 6, []))  # below every other
        else:
            found[-1][2].append(line)
    all_of_it = [Piece(heading, rank, "\n".join(lines).strip()) for heading, rank, lines in found]
    return [each for each in all_of_it if each.heading or each.text]


def matched(found: Iterable[Piece], to: Mapping[str, Target]) -> Iterator[str]:
    """For each piece the name of the question that it answers, "" where none is known. What stands below a heading of a
    lower rank, and is known by none of its own, goes with the one above."""
    above: list[tuple[int, str]] = []
    for piece in found:
        while above and above[-1][0] >= piece.rank:
            above.pop()
        name = match(piece.heading, to) or (above[-1][1] if above else "")
        above.append((piece.rank, name))
        yield name


def match(heading: str, to: Mapping[str, Target]) -> str:
    """The question that a heading of another plan is about, "" where none is known."""
    said = _key(heading)
    if not said:
        return ""
    for name, target in to.items():
        if said == _key(target.field.label):
            return name
    by_title = {
        _key(target.section.title): name
        for name, target in reversed(list(to.items()))
        if target.section.key not in OF_TABLES
    }
    for name, target in to.items():
        if target.field.is_required:  # the question that a section is about
            by_title[_key(target.section.title)] = name
    called = {words: name for name, phrases in CALLED.items() if name in to for words in phrases}
    fitting = [words for words in {**by_title, **called} if f" {words} " in f" {said} "]
    best = max(fitting, key=len, default="")
    return called.get(best) or by_title.get(best, "")


def _key(words: str) -> str:
    """Words as they are compared: "2. Vision & Intent" is "vision and intent"."""
    plain = NUMBER.sub("", rich.plain(words, addresses=False)).casefold().replace("&", " and ")
    return " ".join(re.sub(r"[^\w\s]", " ", plain).split())


def placed(found: Iterable[Piece], to: Iterable[str]) -> tuple[dict[str, list[Piece]], str]:
    """({question: its pieces}, what goes to none as one rich text)."""
    by_name: dict[str, list[Piece]] = {}
    left = []
    for piece, name in zip(found, to, strict=True):
        if name:
            by_name.setdefault(name, []).append(piece)
        else:
            left.append(piece.whole)
    return by_name, "\n\n".join(left)


def joined(said: Value, new: Iterable[Piece]) -> str:
    """An answer with pieces below what stands there already, each with its heading where there are several things to
    tell apart. A piece that it says already is not said again; of pieces that say the same under several headings all
    come in."""
    so_far = str(said or "").strip()
    before, new = f"\n\n{so_far}\n\n", list(new)
    for piece in new:
        alone = not so_far and len(new) == 1 and piece.text
        words = piece.text if alone else piece.whole
        is_said = f"\n\n{piece.text or words}\n\n" in before or f"\n\n{words}\n\n" in f"\n\n{so_far}\n\n"
        if words and not is_said:
            so_far = "\n\n".join(filter(None, (so_far, words)))
    return so_far


def too_long(values: Values, fields: Iterable[Field]) -> list[Field]:
    """What is longer now than it may be."""
    return [each for each in fields if len(str(values.get(each.name, ""))) > each.most]


def preview(
    found: list[Piece], chosen: list[str], to: Mapping[str, Target], answers: Mapping[str, Values]
) -> list[Any]:
    """Each piece with its number, the question chosen for it, and whether that has an answer already."""
    return [
        {
            "at": at,
            "piece": piece,
            "chosen": name,
            "words": rich.words_of(piece.text),
            "is_answered": bool(name and answers.get(name.partition(".")[0], {}).get(name.partition(".")[2])),
        }
        for at, (piece, name) in enumerate(zip(found, chosen, strict=True))
    ]
