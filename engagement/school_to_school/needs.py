"""What the schools of a hub need and are strong in, as the newest shared word on each criterion says; and what they
asked for before a meeting."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from engagement.matching import LOW
from engagement.meetings.questions import WANTS
from engagement.models import ConversationPart, HalfAnswer, Judgement, PartVersion, SchoolHalf
from hubportal.accounts.models import User
from hubportal.kit.charts import LEVELS
from schools.access import today
from schools.models import Hub, School
from schools.querysets import SchoolQuerySet

EMBEDDED = len(LEVELS)
ASKED_WITHIN = timedelta(days=365)


@dataclass(frozen=True)
class Level:
    """Where a school stood on a criterion when it was last shared with it. `number` is the agreed level, else the
    hub's, else the school's."""

    code: str
    title: str
    number: int
    on: date

    @property
    def words(self) -> str:
        return LEVELS[self.number - 1]

    @property
    def is_low(self) -> bool:
        return self.number <= LOW


@dataclass(frozen=True)
class Wish:
    """What a school asked for, in its own words or as the hub wrote them down."""

    words: str
    on: date


def newest_levels(
    hub: Hub, user: User, *, schools: Collection[int] | None = None, codes: Collection[str] | None = None
) -> QuerySet:
    """The newest judgement of each criterion at each school, with its `level`, of what the hub has shared with the
    school and not withdrawn: of these schools and criteria, or all. No query yet."""
    given = Exists(PartVersion.objects.filter(part=OuterRef("pk")))
    parts = ConversationPart.objects.of_hub_for(user).filter(given, conversation__hub=hub, withdrawn_at=None)
    level = Coalesce("agreed_level", "hub_level", "school_level")
    rows: QuerySet = Judgement.objects.annotate(level=level).filter(part__in=parts, level__isnull=False)
    if schools is not None:
        rows = rows.filter(part__school__in=schools)
    if codes is not None:
        rows = rows.filter(criterion__code__in=codes)
    newest = rows.order_by(
        "part__school_id", "criterion__code", "-part__conversation__date", "-part__conversation__logged_at", "-pk"
    ).distinct("part__school_id", "criterion__code")
    every: QuerySet = Judgement.objects.annotate(level=level)
    return every.filter(pk__in=newest.values("pk"))


def levels_of(
    hub: Hub, user: User, *, schools: Collection[int] | None = None, codes: Collection[str] | None = None
) -> dict[int, list[Level]]:
    """By school id, where it stands lowest first: of these schools, and on these criteria where it stands low or is
    embedded. One query."""
    rows = newest_levels(hub, user, schools=schools, codes=codes)
    if codes is not None:
        rows = rows.filter(Q(level__lte=LOW) | Q(level=EMBEDDED))
    found: dict[int, list[Level]] = defaultdict(list)
    ordered = rows.order_by("level", "criterion__area__position", "criterion__position", "pk")
    for school, *said in ordered.values_list(
        "part__school", "criterion__code", "criterion__title", "level", "part__conversation__date"
    ):
        found[school].append(Level(*said))
    return found


def _wishes(hub: Hub, user: User) -> QuerySet[HalfAnswer]:
    halves = SchoolHalf.objects.of_hub_for(user).filter(hub=hub, withdrawn_at=None)
    since = timezone.now() - ASKED_WITHIN
    rows = HalfAnswer.objects.filter(half__in=halves, at__gte=since, values__has_key=WANTS)
    return rows.exclude(**{f"values__{WANTS}": ""})


def wishes_of(hub: Hub, user: User, schools: Collection[int]) -> dict[int, Wish]:
    """By school id, what it asked for last, within a year. One query."""
    rows = _wishes(hub, user).filter(half__school__in=schools).order_by("at", "pk")
    return {
        school: Wish(str(values[WANTS]), timezone.localdate(at))
        for school, values, at in rows.values_list("half__school", "values", "at")
    }


def low_at(hub: Hub, user: User, code: str = "") -> QuerySet:
    """Ids of the schools that stand low on a criterion, or on any, as a subquery."""
    return newest_levels(hub, user, codes=[code] if code else None).filter(level__lte=LOW).values("part__school")


def schools_with_needs(hub: Hub, user: User) -> SchoolQuerySet:
    """The open schools of the hub's area that stand low on a criterion, or asked for something. No query yet."""
    schools: SchoolQuerySet = School.objects.visible_to(user).in_hubs({hub.pk}, today()).schools().open()
    asked = _wishes(hub, user).values("half__school")
    return schools.filter(Q(pk__in=low_at(hub, user)) | Q(pk__in=asked)).with_trust(today()).order_by("name_key", "urn")
