"""How ready each person is, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from engagement.colleagues import members_of
from engagement.models import ColleagueReview, ReadinessRules, Training, TrainingTopic
from hubportal.accounts.models import User
from hubportal.kit.wording import count, long_date
from schools.models import Hub, Membership

JOINT, MODERATED = ColleagueReview.Kind.JOINT, ColleagueReview.Kind.MODERATED


@dataclass(frozen=True)
class Gap:
    """What is missing of one person: the code of a topic, "joint" or "moderated"; and in words."""

    code: str
    words: str


@dataclass(frozen=True)
class Asked:
    """What a hub asks of its people: the topics by code, and how many months a moderated conversation counts."""

    topics: Mapping[str, str]
    months: int


@dataclass(frozen=True)
class Standing:
    """One person: what they have, and what is missing."""

    held: Membership
    trainings: Sequence[Training]
    reviews: Sequence[ColleagueReview]
    gaps: Sequence[Gap] = field(default=())

    @property
    def name(self) -> str:
        return str(self.held.user)

    @property
    def where(self) -> str:
        return str(self.held.partner) if self.held.partner else ""

    @property
    def is_ready(self) -> bool:
        return not self.gaps

    @property
    def latest(self) -> Sequence[Training]:
        """The newest training in each topic, in the order of the topics."""
        return list(newest_by_topic(self.trainings).values())

    @property
    def first_joint(self) -> ColleagueReview | None:
        return min(_of_kind(self.reviews, JOINT), key=lambda each: each.on, default=None)

    @property
    def last_moderated(self) -> ColleagueReview | None:
        return max(_of_kind(self.reviews, MODERATED), key=lambda each: each.on, default=None)

    def lacks(self, code: str) -> bool:
        return any(gap.code == code for gap in self.gaps)


def asked_of(hub: Hub, user: User) -> Asked:
    """The hub's rules, else those of every hub. Two queries."""
    rules = ReadinessRules.objects.visible_to(user).for_hub(hub)
    held = max(rules, key=lambda row: row.hub_id is not None, default=ReadinessRules())
    names = dict(TrainingTopic.objects.visible_to(user).values_list("code", "name"))
    return Asked({code: name for code, name in names.items() if code in held.topics}, held.months)


def standings(hub: Hub, user: User, on: date) -> list[Standing]:
    """Everybody of the hub and its partners whom `user` reads about, those with most gaps first. Five queries."""
    trainings = _by_person(_trainings(hub, user))
    reviews = _by_person(_reviews(hub, user))
    asked = asked_of(hub, user)
    rows = [
        standing(held, trainings.get(held.user_id, ()), reviews.get(held.user_id, ()), asked, on)
        for held in members_of(hub)
    ]
    return sorted(rows, key=lambda row: (-len(row.gaps), row.name))


def standing_of(hub: Hub, held: Membership, user: User, on: date) -> Standing:
    """One person's. Four queries."""
    trainings = list(_trainings(hub, user).filter(person=held.user))
    reviews = list(_reviews(hub, user).filter(person=held.user))
    return standing(held, trainings, reviews, asked_of(hub, user), on)


def standing(
    held: Membership,
    trainings: Sequence[Training],
    reviews: Sequence[ColleagueReview],
    asked: Asked,
    on: date,
) -> Standing:
    """A person with what is missing on a day. No query."""
    gaps = [*_gaps_of_training(trainings, asked, on), *_gaps_of_reviews(reviews, asked, on)]
    return Standing(held, trainings, reviews, gaps)


def newest_by_topic(trainings: Iterable[Training]) -> dict[str, Training]:
    """By the code of the topic, the training that counts longest: one without an end, else the latest to end."""
    found: dict[str, Training] = {}
    for each in sorted(trainings, key=lambda each: (each.expires_on or date.max, each.on)):
        found[each.topic.code] = each
    return dict(sorted(found.items(), key=lambda pair: (pair[1].topic.position, pair[0])))


def counts_on(training: Training, on: date) -> bool:
    """Whether it still counts on a day."""
    return training.on <= on and (training.expires_on is None or training.expires_on > on)


def months_before(on: date, months: int) -> date:
    """The same day some months earlier, or the last of that month."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    for day in range(on.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, min(on.day, 28))


def _gaps_of_training(trainings: Sequence[Training], asked: Asked, on: date) -> Iterable[Gap]:
    newest = newest_by_topic(trainings)
    for code, name in asked.topics.items():
        if code not in newest:
            yield Gap(code, f"No training: {name}")
        elif not counts_on(newest[code], on):
            ended = newest[code].expires_on
            yield Gap(code, f"Ran out on {long_date(ended)}: {name}" if ended and ended <= on else f"To come: {name}")


def _gaps_of_reviews(reviews: Sequence[ColleagueReview], asked: Asked, on: date) -> Iterable[Gap]:
    if not _of_kind(reviews, JOINT):
        yield Gap(JOINT, "No joint visit yet")
    moderated = _of_kind(reviews, MODERATED)
    if not moderated:
        yield Gap(MODERATED, "No conversation moderated yet")
    elif (last := max(each.on for each in moderated)) < months_before(on, asked.months):
        yield Gap(MODERATED, f"Last moderated on {long_date(last)}, more than {count(asked.months, 'month')} ago")


def _of_kind(reviews: Iterable[ColleagueReview], kind: str) -> list[ColleagueReview]:
    return [each for each in reviews if each.kind == kind]


def _trainings(hub: Hub, user: User):
    rows = Training.objects.visible_to(user).standing().filter(hub=hub)
    return rows.select_related("topic__strand", "entered_by")


def _reviews(hub: Hub, user: User):
    rows = ColleagueReview.objects.visible_to(user).standing().filter(hub=hub)
    return rows.select_related("colleague", "entered_by", "conversation")


def _by_person(rows: Iterable) -> dict[int, list]:
    found = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found
