"""Who sees that somebody new leads a school, or its music."""

from typing import Self

from engagement.querysets import OfHubAndSchoolQuerySet


class NewcomerQuerySet(OfHubAndSchoolQuerySet):
    def waiting(self) -> Self:
        """Nobody has sent them the handover, or decided against it."""
        return self.filter(state="waiting")
