"""Whether the portal can do its work, for health checks of a server or a container."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from hubportal.kit import heartbeats
from hubportal.kit.models import Heartbeat


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _redis_answers() -> bool:
    try:
        cache.get("health")
    except (RedisError, OSError):
        return False
    return True


def _background(silent: list[heartbeats.Silence]) -> dict[str, str]:
    who_is_silent = {each.who for each in silent}
    return {who: "not seen" if who in who_is_silent else "ok" for who in Heartbeat.Who.values}


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database and Redis answer, otherwise 503. That the scheduler or the worker was not seen for ten
    minutes is told, and leaves 200: this process serves all the same. Says nothing else about the installation, and to
    a platform administrator since when. Two queries, and what reading the session costs."""
    answers = {"database": _database_answers(), "redis": _redis_answers()}
    words: dict[str, str | list[str]] = {name: "ok" if well else "unreachable" for name, well in answers.items()}
    if answers["database"]:
        silent = heartbeats.silences()
        words |= _background(silent)
        if silent and answers["redis"] and request.user.is_authenticated and request.user.is_platform_administrator:
            words["warnings"] = [each.words(timezone.now()) for each in silent]
    return JsonResponse(words, status=200 if all(answers.values()) else 503)
