"""Keeps the saved views of every list, and the log of files, for the kit (`hubportal.kit.saved.Keeper`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from hubportal.kit.saved import Described
from schools.access import access_of
from schools.actions import saved_views
from schools.models import SavedView
from schools.permissions import can_change_view, can_save_views, can_share_views

MOST = 6  # views that stand above a list; all of them stand on their own page
# What each list is called: of these, views can be saved.
LISTS = {
    "schools:school-list": "Schools",
    "schools:organisation-list": "Other organisations",
    "schools:trust-list": "Trusts",
    "schools:change-list": "Register changes",
    "schools:people-list": "People",
    "engagement:conversation-list": "Conversations",
    "engagement:action-list": "Actions",
    "engagement:offer-list": "Offers",
    "engagement:plan-list": "Engagement plans",
    "smdp:plan-list": "Plans",
}


@dataclass(frozen=True)
class Strip:
    """What a list's page shows of saved views. `current` is the one that was opened."""

    views: Sequence[SavedView]
    payload: str
    manage_url: str
    current: SavedView | None = None
    is_changed: bool = False
    may_change: bool = False
    may_share: bool = False
    more: int = 0
    words: Mapping[str, str] = field(default_factory=dict)


class ViewKeeper:
    """One query a request."""

    def way(self, request: HttpRequest, key: str, uuid: str) -> str:
        if not can_save_views(request.user):
            return ""
        rows = self._views(request, key)
        if not uuid:
            start = next((each for each in rows if each.is_start), None)
            return start.described.address(str(start.uuid)) if start else ""
        found = next((each for each in rows if str(each.uuid) == uuid), None)
        if found is None:
            messages.warning(
                request, "That view has been deleted, or is not shared with you any more. This is the whole list."
            )
            return ""
        return found.described.address(uuid)

    def strip(self, request: HttpRequest, shown: Described) -> Strip | None:
        user = request.user
        if not can_save_views(user):
            return None
        rows = self._views(request, shown.key)
        rows.sort(key=lambda each: (not each.is_start, each.owner_id != user.pk, each.name.lower()))
        asked = request.GET.get("view", "")
        current = next((each for each in rows if str(each.uuid) == asked), None)
        first = rows[:MOST]
        if current and current not in first:
            first = [*first[: MOST - 1], current]
        return Strip(
            views=first,
            payload=shown.signed,
            manage_url=f"{reverse('schools:saved-view-list')}?list={shown.key}",
            current=current,
            is_changed=bool(current and not current.described.same_as(shown)),
            may_change=bool(current and can_change_view(user, current)),
            may_share=can_share_views(user),
            more=len(rows) - len(first),
            words=current.words if current else {},
        )

    def _views(self, request: HttpRequest, key: str) -> list[SavedView]:
        """Those of a list that the person may open; read once a request."""
        kept = request.__dict__.setdefault("_saved_views", {})
        if key not in kept:
            rows = SavedView.objects.visible_to(request.user).of_list(key)
            kept[key] = list(rows.select_related("owner", "hub"))
        return kept[key]

    def note_file(self, request: HttpRequest, *, key: str, name: str, words: str, query: str, rows: int) -> None:
        address = f"{reverse(key)}{query}" if key else ""
        label = LISTS.get(key) or name.replace("-", " ").capitalize()
        hubs = access_of(request.user).worked_hub_ids
        saved_views.note_file(hub_ids=hubs, by=request.user, name=label, words=words, address=address, rows=rows)
