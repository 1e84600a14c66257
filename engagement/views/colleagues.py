"""The colleague whom an address names, for the pages that managers read of everybody and everybody of themselves."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from engagement.colleagues import members_of
from engagement.permissions import can_read_about_colleague
from schools.models import Hub, Membership


def colleague_of(request: HttpRequest, hub: Hub, uuid: Any, refused: str) -> Membership:
    """404 for nobody of the hub; 403, with the words of refusal, for what is somebody else's. One query."""
    held = next((each for each in members_of(hub) if str(each.uuid) == str(uuid)), None)
    if held is None:
        raise Http404
    if not can_read_about_colleague(request.user, held, hub.pk):
        raise PermissionDenied(refused)
    return held
