"""How introductions, and what a school is named for, go over to the school that follows it."""

from django.db.models import Exists, OuterRef, QuerySet

from engagement.models import IntroductionSide, NamedFor
from schools.holdings import OfAnyHub
from schools.models import School
from schools.succession import Going, Holding


class Introductions(Holding):
    """The school's side of each. The two schools of one introduction stay two."""

    key, label, noun = "introductions", "Introductions to other schools", "introduction"
    hub = "introduction__hub"
    stays_because = "it is between these two schools"
    position = 59

    def rows(self) -> QuerySet:
        return IntroductionSide.objects.all()

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        there = IntroductionSide.objects.filter(introduction=OuterRef("introduction"), school=at)
        return rows.filter(Exists(there))

    def stay(self, rows: QuerySet, going: Going) -> None:
        going.kept_back.update(each.timeline_source for each in rows)


class NamedFors(OfAnyHub):
    """The school's own list. What stands at the other school in the same words stays."""

    key, label, noun = "named-for", "What it is happy to be named for", "thing to be named for,things to be named for"
    stays_because = "the same stands on the other school’s list"
    name = "words"
    position = 59

    def rows(self) -> QuerySet:
        return NamedFor.objects.all()

    def clashing(self, rows: QuerySet, at: School) -> QuerySet:
        there = NamedFor.objects.standing().filter(school=at, words=OuterRef("words"))
        return rows.filter(Exists(there), taken_out_at=None)
