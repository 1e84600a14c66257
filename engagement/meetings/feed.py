"""The diary as an officer's own calendar reads it, at a secret address. What it says is what may stand on a phone's
lock screen: the school, the place, how. It ends with the membership: what the person may not see is not in it."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from engagement.meetings import invitations
from engagement.models import DiaryFeed, Meeting
from hubportal.accounts.models import User
from schools.access import access_of

BACK = timedelta(days=60)  # how far back it reaches


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """A secret that nobody guesses: 256 bits."""
    return secrets.token_urlsafe(32)


def address_of(token: str) -> str:
    """The whole address, as a calendar is given it."""
    return settings.BASE_URL + reverse("engagement:diary-feed", args=[token])


def may_have(user: User) -> bool:
    """Who does an officer's work: for a hub, or for a partner. No query of its own."""
    access = access_of(user)
    return bool(access.writing_hub_ids or access.officer_partner_ids)


def feed_of(user: User) -> DiaryFeed | None:
    """The person's own feed, if there is one. One query."""
    return DiaryFeed.objects.filter(user=user).first()


def feed_behind(token: str) -> DiaryFeed | None:
    """The feed at this secret address; None where there is none, or its person does no officer's work any more. Two
    queries."""
    feed = DiaryFeed.objects.filter(token_hash=hash_of(token)).select_related("user").first()
    return feed if feed is not None and may_have(feed.user) else None


def text_of(feed: DiaryFeed) -> bytes:
    """The person's meetings, from two months ago on, as far as they still see them. Two queries."""
    whole = invitations.calendar(name="Hub portal diary")
    whole.add("x-published-ttl", "PT1H")  # how often Outlook asks
    rows = Meeting.objects.of_hub_for(feed.user).in_diary().filter(officer=feed.user)
    for each in rows.filter(starts_at__gte=timezone.now() - BACK).select_related("school").order_by("starts_at", "pk"):
        event = invitations.event(each, f"{each.school_name} ({each.get_how_display().lower()})")
        event.add("url", settings.BASE_URL + each.get_absolute_url())
        event.add("class", "PRIVATE")
        whole.add_component(event)
    return whole.to_ical()
