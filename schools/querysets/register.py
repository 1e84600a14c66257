"""Who sees the register's files and how they were brought: platform administrators, and nobody else."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.functions import Now

from hubportal.kit.work import LeasedWorkQuerySet

if TYPE_CHECKING:
    from hubportal.accounts.models import User


def _is_administrator(user: "User") -> bool:
    return user.is_authenticated and user.is_platform_administrator


class RegisterFileQuerySet(models.QuerySet):
    def visible_to(self, user: "User") -> Self:
        return self if _is_administrator(user) else self.none()

    def applied(self) -> Self:
        return self.filter(applied_at__isnull=False)

    def last_applied_first(self, kind: str) -> Self:
        """The files of a kind that the portal was brought to, the newest first; one kept as history is none."""
        return self.applied().filter(kind=kind, is_history=False).order_by("-as_at", "-applied_at")


class RegisterImportQuerySet(LeasedWorkQuerySet):
    def visible_to(self, user: "User") -> Self:
        return self if _is_administrator(user) else self.none()

    def go_on_to_apply(self, pk: int, **columns: object) -> bool:
        """From what was read to applying it; False where it is not read, or no longer. One query."""
        fresh = {"state": "queued", "step": "apply", "attempts": 0, "progress_done": 0, "progress_total": 0}
        empty = {"progress_words": "", "refused": "", "started_at": None, "finished_at": None}
        found = self.filter(pk=pk, state="ready", step="read", refused="")
        return bool(found.update(**fresh, **empty, **columns))

    def discard(self, pk: int) -> bool:
        """End what is not being applied; whoever is reading it finds the lease lost. One query."""
        found = self.filter(pk=pk).exclude(state="cancelled").exclude(step="apply")
        gone = {"state": "cancelled", "lease_token": None, "lease_until": None, "failure": ""}
        return bool(found.update(**gone, finished_at=Now()))
