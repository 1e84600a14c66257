"""What a hub could offer one school: its offers ranked, each with the reasons in words.

What a school needs comes from its latest judgements and from what was shared with it; the rooms above add what they
know, such as the priorities of its plan:

    def wishes_of_the_plan(user, school) -> Iterable[Wish]: ...
    tailoring.register(wishes_of_the_plan)       # in the higher room's AppConfig.ready()

A source scopes its own rows by the user, so that nobody is told a reason they may not read."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engagement import matching, offering
from engagement.models import Offer, SupportGiven
from engagement.standing import Stand, stands, to_develop
from hubportal.accounts.models import User
from hubportal.kit import charts
from hubportal.kit.wording import academic_year, count, short_date
from schools.access import access_of, today
from schools.models import Hub, School
from schools.standing import standing_of

# How much a reason weighs. The heaviest leads; each further one adds FURTHER.
NAMED, LOWEST, LOW, DEVELOP, OWN_LOW, KIND, FOLLOWS, MADE_FOR = 50, 40, 30, 25, 20, 15, 10, 3
FURTHER = 2
HAD_NOW = 30  # taken off where the school has it this year
SHOWN = 2  # reasons in words
YEARS = 3  # academic years of history before this one


@dataclass(frozen=True)
class Wish:
    """What a school needs or asks for: a criterion, a kind of support or an offer by its title, as a reason in words
    ("“Singing” is emerging")."""

    words: str
    weight: int
    criterion: str = ""
    strand: str = ""
    title: str = ""

    def is_answered_by(self, offer: Offer) -> bool:
        """The offer comes with its strand."""
        if self.title:
            return self.title.casefold() == offer.title.casefold()
        return self.criterion in offer.criteria_codes or (bool(self.strand) and self.strand == offer.strand.code)


Source = Callable[[User, School], Iterable[Wish]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add a source of wishes. Registering the same one again changes nothing."""
    if source not in _sources:
        _sources.append(source)
    return source


@dataclass(frozen=True)
class Had:
    """Support that a school had in an academic year, in the hub's words."""

    what: str
    year: int

    def is_of(self, offer: Offer) -> bool:
        return self.what.casefold() == offer.title.casefold()

    @property
    def years(self) -> str:
        return f"{self.year} to {self.year + 1}"


@dataclass(frozen=True)
class Suited:
    """An offer beside a school: why it fits, the weightiest reason first; none where it only suits the phase."""

    offer: Offer
    reasons: tuple[str, ...] = ()
    weight: int = 0

    @property
    def reason(self) -> str:
        """ "because “Singing” was an area for development on 12 November", or ""."""
        return f"because {self.reasons[0]}" if self.reasons else ""

    @property
    def why(self) -> str:
        """The reasons, as a sentence: "Because “Singing” is emerging; and because …."; ""."""
        return f"Because {'; and because '.join(self.reasons[:SHOWN])}." if self.reasons else ""

    @property
    def words(self) -> str:
        """The line under its title: why, what kind of support, when, and the cost. The offer has its strand."""
        when = f"{self.offer.when_said.rstrip('.')}." if self.offer.when_said else ""
        cost = f"{offering.cost_words(self.offer).rstrip('.')}." if offering.cost_words(self.offer) else ""
        year = f"For {self.offer.year_words}." if self.offer.year != academic_year(today()) else ""
        return " ".join(filter(None, [self.why, year, f"{self.offer.strand}.", when, cost]))


@dataclass(frozen=True)
class Catalogue:
    """A hub's offers beside one school: those that answer what it needs, those for schools like it, and the rest."""

    answering: list[Suited] = field(default_factory=list)
    suiting: list[Suited] = field(default_factory=list)
    others: list[Suited] = field(default_factory=list)

    @property
    def suited(self) -> list[Suited]:
        """Those that the school could take, the best first."""
        return [*self.answering, *self.suiting]


def rank(school: School, offers: Iterable[Offer], wishes: Sequence[Wish], had: Sequence[Had] = ()) -> Catalogue:
    """The offers beside the school, each in one group, the weightiest first, else in the order given. The offers come
    with their strand. No queries where the school comes with its type."""
    found = Catalogue()
    year = academic_year(today())
    for offer in offers:
        if not matching.suits(offer, school):
            found.others.append(Suited(offer))
            continue
        answered = [each for each in wishes if each.is_answered_by(offer)]
        more = [*_of_history(offer, had, year), *_made_for(offer)]
        reasons = sorted([*answered, *more], key=lambda each: -each.weight)
        words = _once(reasons)
        weight = max((each.weight for each in reasons), default=0) + FURTHER * max(len(words) - 1, 0)
        weight -= HAD_NOW if any(each.is_of(offer) and each.year == year for each in had) else 0
        (found.answering if answered else found.suiting).append(Suited(offer, words, weight))
    for group in (found.answering, found.suiting):
        group.sort(key=lambda each: -each.weight)
    return found


def _once(reasons: Iterable[Wish]) -> tuple[str, ...]:
    """Their words in order, of several on one criterion the first."""
    found: dict[str, str] = {}
    for each in reasons:
        found.setdefault(each.criterion or each.words, each.words)
    return tuple(found.values())


def _of_history(offer: Offer, had: Sequence[Had], year: int) -> Iterable[Wish]:
    """What the school had before: the offer itself, or what it comes after."""
    for each in had:
        if each.is_of(offer):
            then = "this year already" if each.year == year else f"in {each.years}"
            yield Wish(f"it was taken up {then}", 1)
        elif each.what.casefold() in offer.comes_after.casefold():
            yield Wish(f"it comes after “{each.what}”, taken up in {each.years}", FOLLOWS)


def _made_for(offer: Offer) -> Iterable[Wish]:
    """What it says of the schools that it is made for, which are such as this one."""
    if words := ", ".join(filter(None, [offering.type_words(offer), offering.size_words(offer)])):
        yield Wish(f"it is made for {words}", MADE_FOR)


def wishes_of(user: User, school: School, *, sees_engagement: bool, found: Iterable[Stand] | None = None) -> list[Wish]:
    """What the school needs, as far as the person may know, and what the rooms above know of it. For those whom the
    hub's record is open to, by its latest judgements (`found`, where they are at hand) and areas for development; for
    the school's own people, by what was shared with them. Two queries, and theirs."""
    wishes = _on_record(user, school, found) if sees_engagement else _shared(user, school)
    return [*wishes, *(wish for source in _sources for wish in source(user, school))]


def _shared(user: User, school: School) -> Iterable[Wish]:
    return [Wish(words, DEVELOP, code) for code, words in offering.needs_of(school, user).items()]


def _on_record(user: User, school: School, found: Iterable[Stand] | None) -> Iterable[Wish]:
    judged = {each.code: each for each in (stands(school.pk, user=user) if found is None else found)}
    for code, each in judged.items():
        if each.now <= matching.LOW:
            words = f"“{each.label}” is {charts.LEVELS[each.now - 1].lower()}"
            yield Wish(words, LOWEST if each.now == 1 else LOW, code)
    on = today()
    for code, heading, day in to_develop(school.pk, user=user):
        stand = judged.get(code)
        if stand is None or (stand.now > matching.LOW and (stand.on is None or stand.on < day)):
            yield Wish(f"“{heading}” was an area for development on {short_date(day, on)}", DEVELOP, code)


def history_of(user: User, hub: Hub, school: School) -> list[Had]:
    """Support of the hub's that the school had this year and in those before, the newest first, as far as the person
    may know. One query."""
    year = academic_year(today())
    rows = SupportGiven.objects.visible_to(user).own().filter(hub=hub, school=school, year__gte=year - YEARS)
    newest: dict[str, Had] = {}
    for what, in_year in rows.exclude(what="").order_by("-year", "-pk").values_list("what", "year"):
        newest.setdefault(what.casefold(), Had(what, in_year))
    return list(newest.values())


def catalogue_of(
    user: User, hub: Hub, school: School, *, sees_engagement: bool, found: Iterable[Stand] | None = None
) -> Catalogue:
    """The hub's offers of now beside one school. Five queries at the most, and those of the rooms above."""
    offers = Offer.objects.visible_to(user).to_suggest().filter(hub=hub)
    rows = list(offers.select_related("strand", "partner", "organisation", "hub"))
    if not rows:
        return Catalogue()
    wishes = wishes_of(user, school, sees_engagement=sees_engagement, found=found)
    return rank(school, rows, wishes, history_of(user, hub, school))


def page_for(school: School, user: User, on: date | None = None) -> dict[str, Any]:
    """What the school's hub could offer it, for its own people and for the hub's, with what the page says first. Seven
    queries at the most, and those of the rooms above."""
    hub = Hub.objects.covering(school.authority_id, on or today()).first()
    sees = standing_of(user, school).sees_engagement
    catalogue = catalogue_of(user, hub, school, sees_engagement=sees) if hub else Catalogue()
    working = "For what it is working on" if sees else "For what you are working on"
    groups = [
        (working, catalogue.answering),
        ("For schools like this one" if sees else "For schools like yours", catalogue.suiting),
        ("For other schools", catalogue.others),
    ]
    number = sum(len(group) for _, group in groups)
    return {
        "hub": hub,
        "groups": [(heading, group) for heading, group in groups if group],
        "finding": _finding(len(catalogue.answering), number, hub, "it is" if sees else "you are"),
    }


def _finding(answering: int, number: int, hub: Hub | None, who: str) -> str:
    """ "3 of 14 offers answer what you are working on"."""
    if hub is None or not number:
        return "Nothing is on offer yet"
    if not answering:
        return f"{hub} has {count(number, 'offer')} for schools"
    verb = "answers" if answering == 1 else "answer"
    return f"{answering} of {count(number, 'offer')} {verb} what {who} working on"


def reasons_for(offer: Offer, user: User) -> list[tuple[School, str]]:
    """Each of the person's own schools in the offer's hub that it suits and answers, with the reason. Some five queries
    a school, none for people of no school."""
    school_ids = access_of(user).school_ids
    if not school_ids:
        return []
    schools = School.objects.visible_to(user).filter(pk__in=school_ids).in_hubs({offer.hub_id}, today())
    found = []
    for school in schools.select_related("type"):
        catalogue = rank(school, [offer], wishes_of(user, school, sees_engagement=False))
        found += [(school, suited.reason) for suited in catalogue.answering]
    return found
