"""The rows behind drafts and signed links.

They know no app: `kind` or `purpose` and the target's UUID say what they belong to.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from hubportal.kit.querysets import DraftConflictQuerySet, DraftQuerySet, SignedLinkQuerySet
from hubportal.kit.wording import clock, long_date

if TYPE_CHECKING:
    from hubportal.accounts.models import User


def person(related_name: str = "+", *, null: bool = False) -> models.ForeignKey:
    """Who did it: kept for as long as what they did is kept."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name=related_name, null=null, blank=null
    )


def words_of() -> models.CharField:
    """Whose words they are, where somebody without an account wrote what another person saved."""
    return models.CharField(max_length=LONGEST_NAME, blank=True, default="")


LONGEST_NAME = 254  # characters: people are called by their email address where no name is known


@dataclass(frozen=True)
class Author:
    """Who saved words, and whose they are (`words_of`)."""

    by: User
    words_of: str = ""

    def __str__(self) -> str:
        return f"{self.words_of}, taken over by {self.by}" if self.words_of else str(self.by)


class Draft(models.Model):
    """Words being written for one target. `values` is what stands now; how it came to be stands in the revisions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    target = models.UUIDField()
    values = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    # Who had the page open when, {user id: {"name", "at"}}: kept on the row so that presence costs no query of its own.
    present = models.JSONField(default=dict)
    # How many conflicts there were and how many still stand, so that a draft without any asks nothing of their table.
    conflicts_ever = models.PositiveIntegerField(default=0)
    conflicts_open = models.PositiveIntegerField(default=0)
    created_by = person()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_by = person(null=True)
    updated_at = models.DateTimeField(null=True, blank=True)
    closed_by = person(null=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "target"], condition=Q(closed_at=None), name="draft_one_open_for_a_target"
            ),
            models.CheckConstraint(
                condition=Q(updated_at=None, updated_by=None) | Q(updated_at__isnull=False, updated_by__isnull=False),
                name="draft_updated_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="draft_closed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(conflicts_open__lte=F("conflicts_ever")), name="draft_no_more_open_than_there_were"
            ),
        ]
        indexes = [models.Index(fields=["kind", "target"], name="draft_kind_target")]

    def __str__(self) -> str:
        return f"Draft {self.kind}, revision {self.revision}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class DraftRevision(models.Model):
    """One saved state: what it changed, and what stood there before, so that any state can be walked back to.

    Never changed.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    values = models.JSONField(help_text="the fields this revision wrote, {name: value}")
    before = models.JSONField(help_text="what those fields held before, {name: value}")
    # The browser tab (or the rendered page) that wrote it: a tab's own earlier words are never "somebody else's".
    writer = models.CharField(max_length=64, blank=True)
    by = person()
    words_of = words_of()
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="draft_revision_number_unique")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Revision {self.number}"

    @property
    def author(self) -> Author:
        return Author(self.by, self.words_of)

    @property
    def changed(self) -> list[str]:
        """The names of the fields this revision wrote."""
        return sorted(self.values)


class DraftConflict(models.Model):
    """Two people wrote one field.

    What was there stays in the draft; the other's words are kept here until somebody chooses.
    """

    class Choice(models.TextChoices):
        MINE = "mine", "the words that came second"
        THEIRS = "theirs", "the words that were there"
        BOTH = "both", "both, one below the other"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="conflicts")
    field = models.CharField(max_length=200)
    # A date is three boxes and one answer: the boxes' names, when the field is such a group.
    parts = models.JSONField(default=list, blank=True)
    # What stands between two texts that are both kept; empty where "both" makes no sense (a choice, a date).
    joint = models.CharField(max_length=10, blank=True)
    mine = models.JSONField(help_text="the latest words of the person who came second")
    # The same person goes on typing before choosing: each earlier state of those words stays.
    earlier = models.JSONField(default=list, blank=True)
    theirs = models.JSONField(help_text="what stood in the draft when the two met")
    writer = models.CharField(max_length=64, blank=True)
    by = person()
    mine_of = words_of()
    against = person()
    theirs_of = words_of()
    at = models.DateTimeField(default=timezone.now, editable=False)
    resolved_by = person(null=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    choice = models.CharField(max_length=10, choices=Choice.choices, blank=True)

    objects = DraftConflictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None, choice="")
                | (Q(resolved_at__isnull=False, resolved_by__isnull=False) & ~Q(choice="")),
                name="draft_conflict_resolved_at_by_choice",
            )
        ]
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Conflict in {self.field}"


class SignedLink(models.Model):
    """A link for somebody without an account. Only a hash of its token is kept, so that the table opens nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    purpose = models.CharField(max_length=60)
    target = models.UUIDField()
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    created_by = person()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    revoked_by = person(null=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=300, blank=True)

    objects = SignedLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="signed_link_revoked_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="signed_link_expires_after_it_was_made"
            ),
        ]
        indexes = [models.Index(fields=["purpose", "target"], name="signed_link_purpose_target")]

    def __str__(self) -> str:
        return f"Link for {self.email}"


class LinkOpening(models.Model):
    """A receipt: the link was opened (by a person or by a mail filter). Only ever added."""

    link = models.ForeignKey(SignedLink, on_delete=models.CASCADE, related_name="openings")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Opened {long_date(self.at)}, {clock(self.at)}"


class LinkCode(models.Model):
    """A code of six digits sent to the link's address, proving that whoever opened it reads that mailbox."""

    link = models.ForeignKey(SignedLink, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=64, editable=False)
    sent_to = models.EmailField(max_length=254)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"Code sent {long_date(self.sent_at)}, {clock(self.sent_at)}"


class Heartbeat(models.Model):
    """When the scheduler and a worker were seen last: a row each."""

    class Who(models.TextChoices):
        SCHEDULER = "scheduler", "The scheduler"
        WORKER = "worker", "The worker"

    who = models.CharField(max_length=10, choices=Who, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.who} seen {long_date(self.at)}, {clock(self.at)}"
