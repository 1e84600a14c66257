"""Noticing that somebody new leads a school, or its music.

From the hub's contacts: somebody who was marked lately, where somebody marked before has left or is no longer marked.
A first contact is nobody new: on its first day a hub knows nobody. A list of staff ends nobody, so whom it brings is
noticed when the person before them is ended. From the register: its head changed."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.apps import apps
from django.utils import timezone

from engagement.models import Newcomer
from schools.access import today
from schools.models import ChangeNotice, Contact, Hub, RegisterChange, RegisterFile, School

LATELY = timedelta(days=60)  # since when somebody marked is new
KNOWN = timedelta(days=180)  # for so long the same name in the same post is the same newcomer
FLAGS = {Newcomer.Post.HEAD: "is_leader", Newcomer.Post.MUSIC_LEAD: "is_music_lead"}
HEADS = re.compile(r"\b(head|headteacher|principal)\b", re.I)
NOT_THE_HEAD = re.compile(r"\b(deputy|assistant|vice|music|year|department|faculty|of)\b", re.I)
TITLES = re.compile(r"^(mr|mrs|ms|miss|mx|dr|rev|revd|sir|dame|fr|sr)\.?\s+", re.I)


def of_people(hub: Hub, school: School) -> None:
    """After a contact of the hub's at the school changed. Two queries, and three for each who is new."""
    people = {each.pk: each for each in Contact.objects.filter(hub=hub, school=school)}
    events = apps.get_model("schools", "ContactEvent").objects.filter(pgh_obj__in=people)
    rows = list(events.order_by("pgh_created_at", "pgh_id").values("pgh_obj_id", "pgh_created_at", *FLAGS.values()))
    for post, flag in FLAGS.items():
        since: dict[int, datetime] = {}
        for row in rows:
            if row[flag]:
                since.setdefault(row["pgh_obj_id"], row["pgh_created_at"])
        held = [each for pk, each in people.items() if pk in since and _is_of(each, post)]
        now = [each for each in held if getattr(each, flag) and (each.left_on is None or each.left_on > today())]
        gone = [since[each.pk] for each in held if each not in now]
        for person in now:
            if since[person.pk] > timezone.now() - LATELY and any(day < since[person.pk] for day in gone):
                note(hub, school, post, person.name, contact=person)


def _is_of(contact: Contact, post: str) -> bool:
    """Whether a leader is the head: by job title, or where it says nothing."""
    title = contact.job_title
    return post != Newcomer.Post.HEAD or not title or bool(HEADS.search(title) and not NOT_THE_HEAD.search(title))


def of_register(file: RegisterFile) -> None:
    """After a file of the register said that heads changed: for each hub that was told. A query, and some for each."""
    notices = ChangeNotice.objects.filter(change__file=file, change__kind=RegisterChange.Kind.HEAD)
    of_notices(notices.select_related("hub", "change__school"))


def of_notices(notices: Iterable[ChangeNotice]) -> None:
    for each in notices:
        if each.change.after:
            note(each.hub, each.change.school, Newcomer.Post.HEAD, each.change.after, change=each.change)


def plain(name: str) -> str:
    """A name as two sources may agree on it: without "Mrs", in lower case."""
    return " ".join(TITLES.sub("", name.strip()).casefold().split())


def note(
    hub: Hub,
    school: School,
    post: str,
    name: str,
    *,
    contact: Contact | None = None,
    change: RegisterChange | None = None,
) -> None:
    """Write down that somebody is new, once: the same name, from the other source, is the same person. Whoever waited
    in the post before is followed by them. Two to four queries."""
    lately = Newcomer.objects.filter(hub=hub, school=school, post=post, noticed_at__gt=timezone.now() - KNOWN)
    for known in lately:
        if (contact and known.contact_id == contact.pk) or plain(known.name) == plain(name):
            if (contact and known.contact_id is None) or (change and known.change_id is None):
                known.contact, known.change = known.contact or contact, known.change or change
                known.save(update_fields=["contact", "change"])
            return
    waiting = Newcomer.objects.waiting().filter(hub=hub, school=school, post=post)
    waiting.update(state=Newcomer.State.DISMISSED, reason=f"{name} came after."[:300], decided_at=timezone.now())
    Newcomer.objects.create(hub=hub, school=school, post=post, name=name, contact=contact, change=change)
