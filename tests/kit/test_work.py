"""Leases: of many workers one holds the work, and nothing is lost when it dies. Shown on the report's documents."""

import threading
import time
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from hubportal.kit.work import GAVE_UP, WorkState, held
from reports.models import Document
from tests.kit.documents import make_document

LEASE = timedelta(seconds=15)


@pytest.fixture
def document(db):
    return make_document()


def work():
    return Document.objects


def now_of(document):
    return Document.objects.get(pk=document.pk)


def test_claim_takes_queued_work_in_one_query(document, django_assert_num_queries):
    with django_assert_num_queries(1):
        token = work().claim(document.pk)
    now = now_of(document)
    assert (now.state, now.lease_token, now.attempts) == (WorkState.BUILDING, token, 1)
    assert timedelta(seconds=10) < now.lease_until - timezone.now() <= LEASE
    assert now.started_at is not None


def test_claim_of_held_work_is_refused(document):
    assert work().claim(document.pk)
    assert work().claim(document.pk) is None


def test_claim_of_what_is_not_there(db):
    assert work().claim(0) is None


def test_claim_after_the_lease_ran_out_takes_it_over(document):
    first = work().claim(document.pk, at=timezone.now() - timedelta(minutes=1))
    second = work().claim(document.pk)
    assert second not in {None, first}
    assert not work().renew(document.pk, first, done=1)
    assert not work().finish(document.pk, first, sha256="a")
    assert not work().fail(document.pk, first, "late")
    assert work().finish(document.pk, second, sha256="b", size=3)
    now = now_of(document)
    assert (now.state, now.sha256, now.size, now.attempts) == (WorkState.READY, "b", 3, 2)


@pytest.mark.parametrize("end", ["finish", "fail", "cancel"])
def test_claim_of_work_that_is_over_is_refused(document, end):
    token = work().claim(document.pk)
    ends = {"finish": (token,), "fail": (token, "No paper"), "cancel": ()}
    assert getattr(work(), end)(document.pk, *ends[end])
    assert now_of(document).is_over
    assert work().claim(document.pk) is None


def test_claim_a_sixth_time_fails_with_words(document):
    long_ago = timezone.now() - timedelta(hours=1)
    for minute in range(5):
        assert work().claim(document.pk, at=long_ago + timedelta(minutes=minute))
    assert work().claim(document.pk) is None
    now = now_of(document)
    assert (now.state, now.failure, now.lease_token) == (WorkState.FAILED, GAVE_UP, None)


def test_claim_a_fifth_time_lets_it_finish(document):
    long_ago = timezone.now() - timedelta(hours=1)
    for minute in range(4):
        work().claim(document.pk, at=long_ago + timedelta(minutes=minute))
    token = work().claim(document.pk)
    assert work().claim(document.pk) is None
    assert work().finish(document.pk, token)


def test_renew_reports_progress_and_keeps_the_lease(document):
    token = work().claim(document.pk, lease=timedelta(seconds=1))
    assert work().renew(document.pk, token, done=1, total=4, words="Drawing")
    now = now_of(document)
    assert (now.progress_done, now.progress_total, now.progress_words, now.percent) == (1, 4, "Drawing", 25)
    assert now.lease_until > timezone.now() + timedelta(seconds=10)
    assert work().renew(document.pk, token, done=2)
    assert now_of(document).progress_words == "Drawing"


def test_renew_after_the_lease_ran_out_untaken_is_still_one_s_own(document):
    token = work().claim(document.pk, at=timezone.now() - timedelta(minutes=1))
    assert work().renew(document.pk, token)
    assert list(work().expired()) == []


def test_finish_fills_the_progress(document):
    token = work().claim(document.pk)
    work().renew(document.pk, token, done=1, total=4)
    work().finish(document.pk, token)
    now = now_of(document)
    assert (now.percent, now.lease_until) == (100, None)
    assert now.finished_at >= now.started_at


def test_fail_keeps_the_words_and_retry_starts_anew(document):
    token = work().claim(document.pk)
    assert not work().retry(document.pk)
    assert work().fail(document.pk, token, "The typeface is missing")
    assert now_of(document).failure == "The typeface is missing"
    assert work().retry(document.pk)
    now = now_of(document)
    assert (now.state, now.attempts, now.failure, now.started_at) == (WorkState.QUEUED, 0, "", None)
    assert work().claim(document.pk)


def test_release_does_not_count_the_attempt(document):
    token = work().claim(document.pk)
    assert work().release(document.pk, token)
    now = now_of(document)
    assert (now.state, now.attempts, now.lease_token) == (WorkState.QUEUED, 0, None)


def test_cancel_ends_the_lease(document):
    token = work().claim(document.pk)
    assert work().cancel(document.pk)
    assert not work().renew(document.pk, token)
    assert not work().cancel(document.pk)
    assert work().retry(document.pk)


def test_take_up_puts_back_expired_work_and_only_that(db):
    dead, living, queued, ready, forgotten = (make_document() for _ in range(5))
    work().claim(dead.pk, at=timezone.now() - timedelta(minutes=1))
    work().claim(living.pk)
    work().finish(ready.pk, work().claim(ready.pk))
    work().filter(pk=forgotten.pk).update(sent_at=timezone.now() - timedelta(minutes=2))
    assert sorted(work().take_up()) == [dead.pk, forgotten.pk]
    states = [now_of(each).state for each in (dead, living, queued, ready, forgotten)]
    assert states == ["queued", "building", "queued", "ready", "queued"]
    assert work().take_up() == []
    assert work().claim(dead.pk)


def test_take_up_fails_what_died_five_times(document):
    work().filter(pk=document.pk).update(attempts=5)
    assert work().take_up() == []
    assert (now_of(document).state, now_of(document).failure) == (WorkState.FAILED, GAVE_UP)


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "building"},
        {"state": "queued", "lease_token": uuid.UUID(int=1), "lease_until": timezone.now()},
        {"state": "failed"},
        {"state": "ready", "failure": "words"},
    ],
)
def test_the_database_refuses_states_that_cannot_be(document, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        work().filter(pk=document.pk).update(**columns)


def together(number, do):
    """Run `do(index)` in so many threads at the same moment; what each returned."""
    gate, results = threading.Barrier(number), [None] * number

    def run(index):
        try:
            gate.wait()
            results[index] = do(index)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("state", ["queued", "expired"])
def test_claim_by_ten_at_the_same_moment_is_won_by_one(state):
    document = make_document()
    if state == "expired":
        work().claim(document.pk, at=timezone.now() - timedelta(minutes=1))
    tokens = [token for token in together(10, lambda _: work().claim(document.pk)) if token]
    assert tokens == [now_of(document).lease_token]


@pytest.mark.django_db(transaction=True)
def test_take_up_by_six_at_the_same_moment_names_each_row_once():
    documents = [make_document() for _ in range(4)]
    for document in documents:
        work().claim(document.pk, at=timezone.now() - timedelta(minutes=1))
    found = [pk for pks in together(6, lambda _: work().take_up()) for pk in pks]
    assert sorted(found) == [document.pk for document in documents]


@pytest.mark.django_db(transaction=True)
def test_finish_and_take_over_at_the_same_moment_agree_on_one():
    for _ in range(5):
        document = make_document()
        token = work().claim(document.pk, at=timezone.now() - timedelta(minutes=1))
        pk, first = document.pk, token
        finished, taken = together(2, lambda i, pk=pk, first=first: work().claim(pk) if i else work().finish(pk, first))
        assert bool(finished) != bool(taken)


@pytest.mark.django_db(transaction=True)
def test_held_keeps_the_lease_through_a_long_step():
    document, lease = make_document(), timedelta(seconds=0.6)
    token = work().claim(document.pk, lease=lease)
    with held(Document, document.pk, token, lease=lease) as hold:
        time.sleep(1.2)
        assert not hold.lost
        assert work().claim(document.pk) is None
    assert work().finish(document.pk, token)


@pytest.mark.django_db(transaction=True)
def test_held_notices_that_the_work_was_cancelled():
    document, lease = make_document(), timedelta(seconds=0.3)
    token = work().claim(document.pk, lease=lease)
    with held(Document, document.pk, token, lease=lease) as hold:
        work().cancel(document.pk)
        time.sleep(0.4)
        assert hold.lost
