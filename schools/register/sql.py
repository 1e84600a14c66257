"""Running one set-based statement."""

from typing import Any

from django.db import connection


def run(sql: str, *values: Any) -> int:
    """Run a statement. How many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.rowcount


def row(sql: str, *values: Any) -> tuple:
    """The first row that a query finds."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchone()


def rows(sql: str, *values: Any) -> list[tuple]:
    """Every row that a query finds."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall()
