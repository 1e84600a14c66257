"""Who sees what was brought in from a spreadsheet."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from engagement.querysets import OfHubAndSchoolQuerySet
from hubportal.kit.work import LeasedWorkQuerySet
from schools.access import access_of

if TYPE_CHECKING:
    from hubportal.accounts.models import User


def of_importers(user: "User", prefix: str = "") -> Q:
    """Managers: their hub's files."""
    return Q(**{f"{prefix}hub_id__in": access_of(user).managed_hub_ids})


class PastImportQuerySet(LeasedWorkQuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(of_importers(user))

    def begin(self, pk: int, step: str, *steps_before: str, **columns: object) -> bool:
        """Queue the next step of an import that stands, done, at one of the steps before; False where it does not, or
        no longer: of two presses one does something. One query."""
        fresh = {"state": "queued", "attempts": 0, "progress_done": 0, "progress_total": 0, "progress_words": ""}
        times = {"queued_at": Now(), "sent_at": Now(), "started_at": None, "finished_at": None, "failure": ""}
        stands = Q(state="ready") | Q(state="failed", step="check")  # a file that could not be checked is told anew
        found = self.filter(stands, pk=pk, step__in=steps_before)
        return bool(found.update(step=step, **fresh, **times, **columns))

    def discard(self, pk: int) -> bool:
        """End what brings nothing in, or not yet; whoever is checking it finds the lease lost. One query."""
        found = self.filter(pk=pk, step__in=("map", "check")).exclude(state="cancelled")
        gone: dict[str, object] = {
            "state": "cancelled",
            "lease_token": None,
            "lease_until": None,
            "failure": "",
            "asks": {},
        }
        return bool(found.update(**gone, finished_at=Now()))


class PastRowQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        """Rows of the files that the person sees."""
        return self.filter(of_importers(user, "past_import__"))


class PastMappingQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self.filter(of_importers(user))


class SupportGivenQuerySet(OfHubAndSchoolQuerySet):
    def own(self) -> Self:
        """What this hub gave: see `ConversationQuerySet.own`."""
        return self.filter(received_from=None)
