"""Why introductions do not go over to the hub that takes a school over: see `schools.handing`."""

from django.db.models import QuerySet

from engagement.models import IntroductionSide
from schools.handing import Copied, Handing, Kind, Passing


class Introductions(Kind):
    """None: each names another school of the giving hub, and what was agreed was agreed with that hub. Nor does its
    entry in the timeline. What the school is happy to be named for is its own list, which the hub that covers it
    reads, and needs no copy."""

    noun = "introduction"
    sources = ("introduction",)

    def held(self, passing: Passing) -> QuerySet[IntroductionSide]:
        return IntroductionSide.objects.none()

    def copy(self, handing: Handing) -> Copied:
        return Copied()
