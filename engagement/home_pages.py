"""The contents of the homes, each a dictionary for its template. Everything starts at `visible_to(user)`."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from engagement import content, desk_pages, reading, trust_reading
from engagement.colleagues import pages_of
from engagement.consultations.public import published_of
from engagement.desk import desk_of, needing
from engagement.homes import counts_of, hub_contact_of, next_conversation_of
from engagement.models import AgreedAction, Meeting, Offer, PartVersion
from engagement.permissions import can_acknowledge, can_release, can_start_conversations
from engagement.reach import sees_whole_hub
from engagement.risks import watching
from engagement.teams import leads_team
from engagement.worklist import things_for
from hubportal.accounts.models import User
from hubportal.kit.charts import STATUSES
from hubportal.kit.wording import academic_year, count, long_date, short_date
from schools.access import access_of
from schools.models import Commission, Hub, School, Trust

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
MOST_OUTCOMES = 3


def greeting(at: datetime, user: User) -> str:
    """ "Good morning, Amira": by the clock in England."""
    part = "morning" if at.hour < 12 else "afternoon" if at.hour < 18 else "evening"
    return f"Good {part}, {user.first_name}"


def needs(number: int, whom: str = "you") -> str:
    """ "Seven things need you"; "your team" in place of "you" for those who lead, "the hub" for those who only read."""
    if number == 0:
        return f"Nothing needs {whom} today."
    words = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{words} thing needs {whom}." if number == 1 else f"{words} things need {whom}."


def today_page(user: User, on: date, asked: QueryDict | None = None) -> dict[str, Any]:
    """The worklist and the year of the person's schools. Some thirty queries, whatever the number of rows."""
    desk, can_act = desk_of(user, on), can_start_conversations(user)
    return {
        **desk_pages.listed(desk.entries, asked or QueryDict(), user=user if can_act else None, is_short=True),
        "desk": desk,
        "needs": needs(needing(desk.entries), _whom(user, can_act)),
        "is_team": False,
        "leads_team": leads_team(user),
        "can_act": can_act,
        "watched": watching.summary_of(user),
        "areas": [held.hub for held in access_of(user).memberships if held.hub_id in access_of(user).managed_hub_ids],
        "keeping_in_touch": sorted(_hubs_of(user), key=str),
        "colleague_pages": pages_of(user),
        **_year(user, on),
    }


def _whom(user: User, can_act: bool) -> str:
    """Whom the things on the list need: a manager's list is that of everybody."""
    if not can_act:
        return "the hub"
    return "your team" if sees_whole_hub(user) else "you"


def _hubs_of(user: User) -> set[Hub]:
    """The hubs whose staff the person is, or the officer of whose partner. No query beyond the memberships."""
    access = access_of(user)
    held = {each.hub for each in access.memberships if each.hub_id in access.hub_ids}
    return held | {each.partner.hub for each in access.memberships if each.partner_id in access.officer_partner_ids}


def _year(user: User, on: date) -> dict[str, Any]:
    """How many of the person's state-funded schools were spoken with since 1 September: of those they own, else of the
    hub's, for a partner's officers of those entrusted to the partner. Each figure leads to the list of just those
    schools."""
    schools = School.objects.visible_to(user, on).open().state_funded().with_engagement(user, on)
    told = schools.order_by().values_list("engagement", "owner_id")
    rows = [(status, owner) for status, owner in told if status]  # here: the database would work it out twice
    own = [status for status, owner in rows if owner == user.pk]
    is_own = bool(own) and not sees_whole_hub(user)
    statuses = own if is_own else [status for status, _ in rows]
    counts = counts_of(statuses)
    address = reverse("schools:school-list")
    narrow = {"state_funded": "yes"} | ({"owner": user.pk} if is_own else {})
    spoken = counts.get("engaged", 0) + counts.get("several", 0)
    links = [
        (count(counts[code], "school") + f": {STATUSES[code].words.lower()}", _query(address, code, narrow))
        for code in STATUSES
        if counts.get(code) and code not in ("engaged", "several")
    ]
    whose = "Your schools" if is_own else "The hub’s schools" if access_of(user).hub_ids else "Schools entrusted to you"
    return {
        "year": {
            "title": f"{whose} this academic year",
            "since": date(academic_year(on), 9, 1),
            "counts": counts,
            "spoken": spoken,
            "total": len(statuses),
            "href": _query(address, "any", narrow),
            "links": links,
        }
    }


def _query(address: str, status: str, more: dict[str, Any]) -> str:
    return f"{address}?" + "&".join(f"{key}={value}" for key, value in {"engagement": status, **more}.items())


def partner_page(user: User, on: date) -> dict[str, Any]:
    """Partner staff: commissions now, their own actions, how many schools. No judgement, plan or note. Four queries."""
    commissions = Commission.objects.visible_to(user).current(on).select_related("partner__hub", "school", "authority")
    sees = Exists(School.objects.visible_to(user, on).filter(pk=OuterRef("school_id")))
    actions = AgreedAction.objects.visible_to(user, on).open().filter(partner_id__in=access_of(user).partner_ids)
    return {
        "commissions": list(commissions.annotate(sees_school=sees).order_by("partner__name", "-starts_on", "pk")),
        "actions": list(actions.select_related("school").order_by("due_on", "pk")),
        "schools_count": School.objects.visible_to(user, on).schools().open().count(),
    }


def school_page(school: School, user: User, on: date) -> dict[str, Any]:
    """A school's home for one of its people: the next thing, hub contact, what was shared lately, actions, levels. Some
    dozen queries."""
    contact = hub_contact_of(school, on)
    shared = list(reading.newest_shared(user).filter(part__school=school)[:5])
    actions = list(AgreedAction.objects.visible_to(user, on).open().filter(school=school).order_by("due_on", "pk"))
    is_writer = school.pk in access_of(user).writing_school_ids
    talk_on = next_conversation_of(school, contact.hub) if contact and is_writer else None
    following = next_thing(shared, actions, user, talk_on, on) if is_writer else _to_read(shared, on)
    things = things_for(user, school, on) if is_writer else []
    if things and not following["action"]:
        first, *things = things
        words = first.reason[:1].lower() + first.reason[1:]
        following = {"words": words, "action": first.action, "href": first.action_href}
    return {
        "contact": contact,
        "shared": shared,
        "next": following,
        "things": things,
        "actions": actions if is_writer else [],
        "levels": _levels(user, shared),
        "has_offers": bool(contact) and Offer.objects.visible_to(user, on).current(on).filter(hub=contact.hub).exists(),
        "offers_hub": contact.hub if contact else None,
        "outcomes": published_of(contact.hub)[:MOST_OUTCOMES] if contact else [],
        "meetings": _meetings(school, user) if is_writer else [],
        "talk_on": talk_on if talk_on and talk_on >= on else None,
        "can_ask": is_writer and contact is not None,
        "is_writer": is_writer,
    }


def _meetings(school: School, user: User) -> list[Meeting]:
    """What comes, and what the school asked for and waits. One query."""
    rows = Meeting.objects.visible_to(user).of_school_for(user).filter(school=school)
    rows = rows.asked() | rows.to_come(timezone.now())
    return list(rows.select_related("officer").order_by("starts_at", "made_at"))


def next_thing(
    shared: list[PartVersion], actions: list[AgreedAction], user: User, talk_on: date | None, on: date
) -> dict[str, str]:
    """The one next thing for a school's leader or editor: words, action and address (the last two may be ""). A report
    to answer, a release to decide on, then what the school has promised (`actions`, the first due first)."""
    for version in shared:
        day = short_date(version.part.conversation.date, on)
        if not version.was_answered and can_acknowledge(user, version.part):
            words = f"read the report from {day}, and say whether it is accurate."
            return _next(words, "Read and answer", version)
        if not version.was_answered and not version.was_read:
            return _next(
                f"read the report from {day}. A school leader answers it; you can say what is not accurate.",
                "Read it",
                version,
            )
    for version in shared:
        is_released = version.part.released_at is not None and version.shared_at <= version.part.released_at
        if not is_released and can_release(user, version.part):
            day = short_date(version.part.conversation.date, on)
            trust = trust_reading.of(version.part)
            readers = "governors and your trust" if trust and trust.reads else "governors"
            return _next(f"decide whether {readers} may read the report from {day}.", "Decide", version)
    promised = next((each for each in actions if each.side == AgreedAction.Side.SCHOOL and each.due_on), None)
    if promised and promised.due_on and (not talk_on or talk_on < on or promised.due_on <= talk_on):
        words = f"“{promised.what}”, agreed for {short_date(promised.due_on, on)} ({promised.owner_name})."
        return {"words": words, "action": "Say how it goes", "href": promised.get_absolute_url()}
    if talk_on and talk_on >= on:
        return {"words": f"we talk again on {long_date(talk_on)}.", "action": "", "href": ""}
    return {
        "words": "nothing waits for you. Ask your hub contact to meet whenever it would help.",
        "action": "",
        "href": "",
    }


def _to_read(shared: list[PartVersion], on: date, *, of_trust: bool = False) -> dict[str, str]:
    """The one next thing for those who only read: the newest report that they have not opened."""
    unread = next((each for each in shared if not each.was_read), None)
    if unread:
        day = short_date(unread.part.conversation.date, on)
        where = f" that {unread.part.school.name} released" if of_trust else ""
        return _next(f"read the report from {day}{where}.", "Read it", unread)
    words = "nothing new to read. You have opened every report that was released to you."
    if not shared:
        words = "nothing yet. You can read a report here once a school leader has released it."
    return {"words": words, "action": "", "href": ""}


def _next(words: str, action: str, version: PartVersion) -> dict[str, str]:
    return {"words": words, "action": action, "href": version.part.get_absolute_url()}


def _levels(user: User, shared: list[PartVersion]) -> dict[str, Any] | None:
    """The picture of the newest shared conversation that has one. One query at the most for each shared row."""
    ids = [version.pk for version in shared]
    contents = dict(PartVersion.objects.visible_to(user).filter(pk__in=ids).values_list("pk", "content")) if ids else {}
    for version in shared:
        page = content.thaw(contents[version.pk])
        if page["levels"]:
            return {"rows": page["levels"], "date": page["date"], "was_on": page["levels_was_on"]}
    return None


def trust_page(user: User, on: date) -> dict[str, Any]:
    """A trust's schools and the newest report that each one's leaders released. Four queries, whatever the number."""
    trusts = list(Trust.objects.visible_to(user, on).filter(pk__in=access_of(user).trust_ids))
    schools = School.objects.visible_to(user, on).in_trusts({each.pk for each in trusts}, on).open()
    newest: dict[int, list[PartVersion]] = {}
    shared = list(reading.newest_shared(user))
    for version in shared:
        newest.setdefault(version.part.school_id, []).append(version)
    rows = [(school, newest.get(school.pk, [])) for school in schools.select_related("authority")]
    return {
        "trusts": trusts,
        "rows": rows,
        "released": sum(1 for _, versions in rows if versions),
        "next": _to_read(shared, on, of_trust=True),
    }
