"""Background work that one worker at a time holds by a lease. A killed worker's lease runs out, and another takes the
work up.

Every change of state is one UPDATE that names the state it expects, so that of two workers only one can win. Times are
the database's own (workers' clocks differ) unless a caller gives `at`.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import connection, models, transaction
from django.db.models import DateTimeField, Expression, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Now
from django.utils import timezone

LEASE = timedelta(seconds=15)
MOST_ATTEMPTS = 5
GAVE_UP = "We tried five times, and each time it stopped half-way. Try again later, or tell the administrator."


class WorkState(models.TextChoices):
    QUEUED = "queued", "Queued"
    BUILDING = "building", "Building"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


def _moment(at: datetime | None, later: timedelta = timedelta()) -> Expression:
    return ExpressionWrapper((Value(at, DateTimeField()) if at else Now()) + Value(later), output_field=DateTimeField())


class LeasedWorkQuerySet(models.QuerySet):
    """The only ways in which work changes its state."""

    def claim(self, pk: Any, lease: timedelta = LEASE, at: datetime | None = None) -> uuid.UUID | None:
        """Take queued work, or work whose lease has run out. The token that proves it, or None: not there, done, or
        held.

        Work that MOST_ATTEMPTS claims have not finished fails with words. One query when claimed, two when not.
        """
        token = uuid.uuid4()
        claimed = (
            self.filter(pk=pk, attempts__lt=MOST_ATTEMPTS)
            .filter(Q(state=WorkState.QUEUED) | self._expired(at))
            .update(
                state=WorkState.BUILDING,
                lease_token=token,
                lease_until=_moment(at, lease),
                attempts=F("attempts") + 1,
                started_at=_moment(at),
                failure="",
            )
        )
        if claimed:
            return token
        self.filter(pk=pk)._give_up(at)
        return None

    def renew(
        self,
        pk: Any,
        token: uuid.UUID,
        *,
        done: int | None = None,
        total: int | None = None,
        words: str | None = None,
        lease: timedelta = LEASE,
        at: datetime | None = None,
    ) -> bool:
        """Report progress and keep the lease. False when it is lost: stop, and write nothing. One query.

        A lease that ran out but that nobody has taken since is still one's own.
        """
        given = {"progress_done": done, "progress_total": total, "progress_words": words}
        progress = {column: value for column, value in given.items() if value is not None}
        return bool(self._held_by(pk, token).update(lease_until=_moment(at, lease), **progress))

    def finish(self, pk: Any, token: uuid.UUID, at: datetime | None = None, **columns: Any) -> bool:
        """Mark it ready and write the result's own columns with it. False when the lease was lost. One query."""
        return self._end(pk, token, WorkState.READY, at, progress_done=F("progress_total"), **columns)

    def fail(self, pk: Any, token: uuid.UUID, words: str, at: datetime | None = None) -> bool:
        """Mark it failed, with words a person can act on. False when the lease was lost. One query."""
        return self._end(pk, token, WorkState.FAILED, at, failure=words)

    def release(self, pk: Any, token: uuid.UUID, at: datetime | None = None) -> bool:
        """Put it back unfinished (the worker is being stopped); the attempt does not count. One query."""
        return bool(
            self._held_by(pk, token).update(
                state=WorkState.QUEUED,
                lease_token=None,
                lease_until=None,
                attempts=F("attempts") - 1,
                sent_at=_moment(at),
            )
        )

    def retry(self, pk: Any, at: datetime | None = None) -> bool:
        """Queue failed or cancelled work again, as new. False when it is neither. The caller sends the task.

        One query.
        """
        return bool(
            self.filter(pk=pk, state__in=[WorkState.FAILED, WorkState.CANCELLED]).update(
                state=WorkState.QUEUED,
                attempts=0,
                failure="",
                progress_done=0,
                progress_words="",
                queued_at=_moment(at),
                sent_at=_moment(at),
                started_at=None,
                finished_at=None,
            )
        )

    def cancel(self, pk: Any, at: datetime | None = None) -> bool:
        """End it before it is done; whoever is working on it finds the lease lost. False when it is over. One query."""
        return bool(
            self.filter(pk=pk, state__in=[WorkState.QUEUED, WorkState.BUILDING]).update(
                state=WorkState.CANCELLED, lease_token=None, lease_until=None, finished_at=_moment(at)
            )
        )

    def expired(self, at: datetime | None = None) -> Self:
        """Work whose worker has not been heard of: the lease has run out."""
        return self.filter(self._expired(at))

    def take_up(self, unsent_for: timedelta = timedelta(seconds=60), at: datetime | None = None) -> list[Any]:
        """Put expired work back and list what a task must be sent for.

        That is the work put back, and queued work sent so long ago that its message may be lost. Sending twice does no
        harm (the claim decides). For beat, every ten seconds, and for the start. Rows another call is looking at are
        left to it. Four queries.
        """
        with transaction.atomic():
            self.all()._give_up(at)
            forgotten = Q(state=WorkState.QUEUED, sent_at__lte=_moment(at, -unsent_for))
            found = self.filter(self._expired(at) | forgotten).order_by("queued_at", "pk")
            pks = list(found.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True))
            self.filter(pk__in=pks).update(
                state=WorkState.QUEUED, lease_token=None, lease_until=None, sent_at=_moment(at)
            )
        return pks

    def _expired(self, at: datetime | None) -> Q:
        return Q(state=WorkState.BUILDING, lease_until__lt=_moment(at))

    def _held_by(self, pk: Any, token: uuid.UUID) -> Self:
        return self.filter(pk=pk, state=WorkState.BUILDING, lease_token=token)

    def _end(self, pk: Any, token: uuid.UUID, state: WorkState, at: datetime | None, **columns: Any) -> bool:
        ended = {"state": state, "lease_token": None, "lease_until": None, "finished_at": _moment(at)}
        return bool(self._held_by(pk, token).update(**ended, **columns))

    def _give_up(self, at: datetime | None) -> int:
        """Fail what has been claimed and lost too often."""
        lost = self.filter(attempts__gte=MOST_ATTEMPTS).filter(Q(state=WorkState.QUEUED) | self._expired(at))
        return lost.update(
            state=WorkState.FAILED, failure=GAVE_UP, lease_token=None, lease_until=None, finished_at=_moment(at)
        )


class LeasedWork(models.Model):
    """What every kind of background work has: where it stands, how far it is, who holds it, and why it failed.

    A kind's `objects` come from a LeasedWorkQuerySet of its own.
    """

    state = models.CharField(max_length=10, choices=WorkState.choices, default=WorkState.QUEUED)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    progress_words = models.CharField(max_length=200, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.TextField("why it failed", blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField("when a worker was last told", default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(state="building", lease_until__isnull=False, lease_token__isnull=False)
                | (~Q(state="building") & Q(lease_until=None, lease_token=None)),
                name="%(app_label)s_%(class)s_lease_while_building",
            ),
            models.CheckConstraint(
                condition=(Q(state="failed") & ~Q(failure="")) | (~Q(state="failed") & Q(failure="")),
                name="%(app_label)s_%(class)s_failure_has_words",
            ),
        ]

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen by itself: ready, failed or cancelled."""
        return self.state in {WorkState.READY, WorkState.FAILED, WorkState.CANCELLED}

    @property
    def percent(self) -> int:
        """How far it is, in whole percent; 0 while nobody knows how much there is."""
        return min(100, 100 * self.progress_done // self.progress_total) if self.progress_total else 0


@dataclass
class Hold:
    """A lease being kept alive. `lost` turns true once the work is somebody else's."""

    _lost: threading.Event = field(default_factory=threading.Event)

    @property
    def lost(self) -> bool:
        return self._lost.is_set()


@contextmanager
def held(
    model: type[LeasedWork],
    pk: Any,
    token: uuid.UUID,
    lease: timedelta = LEASE,
    progress: Callable[[], dict[str, Any]] | None = None,
    every: timedelta | None = None,
) -> Iterator[Hold]:
    """Keep the lease alive through a step that cannot report progress (a long drawing, a transaction whose writing
    nobody sees yet), by a small thread with its own connection.

    It renews three times in a lease, or `every` so often, and with it reports what `progress` gives: `renew`'s done,
    total and words. Leaving the block ends it. Check `hold.lost` before writing results.
    """
    hold, over = Hold(), threading.Event()

    def keep() -> None:
        try:
            while not over.wait((every or lease / 3).total_seconds()):
                told = progress() if progress else {}
                if not LeasedWorkQuerySet(model).renew(pk, token, lease=lease, **told):
                    hold._lost.set()
                    return
        finally:
            connection.close()

    keeper = threading.Thread(target=keep, name=f"lease {pk}", daemon=True)
    keeper.start()
    try:
        yield hold
    finally:
        over.set()
        keeper.join()
