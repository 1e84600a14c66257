"""Whether the portal can do its work, for health checks of a server or a container."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError


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


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database and Redis answer, otherwise 503; says nothing else about the installation. One query."""
    answers = {"database": _database_answers(), "redis": _redis_answers()}
    words = {name: "ok" if well else "unreachable" for name, well in answers.items()}
    return JsonResponse(words, status=200 if all(answers.values()) else 503)
