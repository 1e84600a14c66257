"""How long a page takes: beside it the time of the bare SQL that it rests on, the same statements asked again without
Django."""

import statistics
import time
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hubportal.accounts.models import User

TIMES = 25
AIM = "aim: median under 60 ms, p95 under 150 ms"


@dataclass(frozen=True)
class Measured:
    """One page: statements, bytes, and milliseconds of the server's own time."""

    queries: int
    size: int
    median: float
    p95: float
    bare: float

    def __str__(self) -> str:
        return (
            f"{self.queries:3} queries, {self.median:5.0f} ms median, {self.p95:5.0f} ms p95, "
            f"{self.size:9,} bytes, bare SQL {self.bare:4.0f} ms"
        )


def measured(address: str, person: User) -> Measured:
    """The page as the person gets it, from one process, once its templates are there."""
    client = Client()
    client.force_login(person)
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        size = len(client.get(address).content)
    queries = [each["sql"] for each in captured.captured_queries]  # before the next request forgets them
    times = sorted(_milliseconds(client, address) for _ in range(TIMES))
    return Measured(len(queries), size, statistics.median(times), times[int(len(times) * 0.95)], _bare(queries))


def _milliseconds(client: Client, address: str) -> float:
    started = time.perf_counter()
    answer = client.get(address)
    assert answer.status_code == 200, f"{address} answers {answer.status_code}"
    return (time.perf_counter() - started) * 1000


def _bare(queries: list[str]) -> float:
    """Milliseconds of the page's reading statements by themselves, their rows fetched: the median of five times."""
    asked = [sql for sql in queries if sql.lstrip().startswith("SELECT")]
    times = []
    with connection.cursor() as cursor:
        for _ in range(5):
            started = time.perf_counter()
            for sql in asked:
                cursor.cursor.execute(sql)  # the statement as it was sent, with its values in it
                cursor.fetchall()
            times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)
