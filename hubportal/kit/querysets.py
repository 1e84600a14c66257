"""Reading the kit's own rows.

None of them knows a tenant: the owner scopes its own row first and comes here with that row's id.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Q


class DraftQuerySet(models.QuerySet):
    def open_for(self, kind: str, target: UUID) -> DraftQuerySet:
        """The draft of this kind that is being written for one target: none or one row."""
        return self.filter(kind=kind, target=target, closed_at=None)

    def touched(self, kind: str) -> DraftQuerySet:
        """Those being written in which somebody has typed: one that was opened and left says nothing to anybody."""
        return self.filter(kind=kind, closed_at=None, revision__gt=0)

    def of_target(self, kind: str, target: UUID) -> DraftQuerySet:
        """Every draft of this kind there ever was for one target, the newest first."""
        return self.filter(kind=kind, target=target).order_by("-created_at")


class DraftConflictQuerySet(models.QuerySet):
    def unresolved(self) -> DraftConflictQuerySet:
        """Those that still wait for somebody's choice."""
        return self.filter(resolved_at=None)


class SignedLinkQuerySet(models.QuerySet):
    def for_target(self, purpose: str, target: UUID) -> SignedLinkQuerySet:
        """Every link that was made for one thing, alive or not, the newest first."""
        return self.filter(purpose=purpose, target=target).order_by("-created_at")

    def alive(self, at: datetime) -> SignedLinkQuerySet:
        """Links that still open at the given moment."""
        return self.filter(Q(revoked_at=None), expires_at__gt=at)
