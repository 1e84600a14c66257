"""How a school's facts are worded on its page, with their source and date. Nothing here queries."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from hubportal.kit.wording import local, long_date, telephone
from schools.models import Contact, School, TimelineEntry, Trust
from schools.standing import Standing


def phase_choices() -> list[tuple[str, str]]:
    """The register's phases as (code, words). "Not applicable" is said as what stands there."""
    without = {School.Phase.NOT_APPLICABLE: "Special, alternative, independent and other"}
    return [(phase.value, without.get(phase, str(phase.label))) for phase in School.Phase]


def phase_words(school: School) -> str:
    """Its phase; its type where the register gives it none, as it gives special schools and pupil referral units. No
    query where its type is at hand."""
    return school.type.name if school.phase == School.Phase.NOT_APPLICABLE else str(school.get_phase_display())


def standing_words(school: School, on: date) -> str:
    """What is not ordinary about a school's being open, as a sentence; "" for an open one."""
    match school.status:
        case School.Status.CLOSED if school.close_date:
            said = f"This {school.noun} closed on {long_date(school.close_date)}."
        case School.Status.CLOSED:
            said = "This school has closed. The register gives no date."
        case School.Status.PROPOSED if school.open_date:
            said = f"This school is planned to open on {long_date(school.open_date)}."
        case School.Status.PROPOSED:
            said = "This school is planned. The register gives no date for its opening."
        case School.Status.CLOSING if school.close_date:
            said = f"This school plans to close on {long_date(school.close_date)}."
        case School.Status.CLOSING:
            said = "This school plans to close. The register gives no date."
        case _:
            said = ""
    if school.not_in_register_since:
        gone = f"It has not been in the register since {long_date(school.not_in_register_since)}."
        said = f"{said} {gone}".strip()
    return said


def source_of(school: School) -> str:
    """Where the register's facts come from, and of when they are. `school` comes with `with_facts_date()`."""
    words = {
        School.Source.REGISTER: "National school register",
        School.Source.CENTRES: "National register of children's centres",
        School.Source.DEMO: "Demonstration data",
        School.Source.MANUAL: "Added by hand",
    }
    return f"{words[School.Source(school.source)]}, as at {long_date(school.facts_as_at)}"


def key_facts(school: School, contacts: Iterable[Contact], standing: Standing) -> list[dict[str, Any]]:
    """The facts at the top of the page: what kind of school, how many pupils, whom one talks to. Of an organisation
    that is no school what it is and who leads it alone.

    `school` comes with `with_engagement()`. The head is whom the register names, else a leader whom the hub knows."""
    contacts = list(contacts)
    leads = [person.name for person in contacts if person.is_music_lead]
    leaders = [person.name for person in contacts if person.is_leader]
    rows = [
        {"label": "Type", "value": ", ".join(filter(None, [school.type.name, school.ages]))},
        {"label": "Pupils", "value": "" if school.is_organisation else _pupils(school)},
        {"label": "Music lead", "value": ", ".join(leads)},
        _head(school, leaders),
    ]
    if standing.sees_engagement:
        rows.append({"label": "Our contact", "value": getattr(school, "owner_name", None) or "Nobody yet"})
    if not school.is_organisation:
        rows.append({"label": "URN", "value": str(school.urn) if school.has_urn else school.urn_words})
    return [row for row in rows if row["value"]]


def _head(school: School, leaders: list[str]) -> dict[str, Any]:
    label = "Led by" if school.is_organisation else "Head"
    if school.head_name:
        title = school.head_job_title
        ordinary = title.lower().replace(" ", "") in ("", "head", "headteacher")
        return {"label": label, "value": school.head_name, "note": "" if ordinary else title}
    return {"label": label, "value": leaders[0] if leaders else ""}


def _pupils(school: School) -> str:
    if school.pupils is None:
        return ""
    share = school.fsm_percentage
    return f"{school.pupils:,}" + (f", {share.normalize():f}% free school meals" if share is not None else "")


def details(school: School, *, opens_trust: bool) -> list[dict[str, Any]]:
    """The rest of what the register says, for the panel at the side. Empty ones are left out, and so are a school's
    own where it is an organisation. With `opens_trust` the trust leads to its page."""
    funded = "Yes" if school.type.is_state_funded else "No"
    rows = [
        {"key": "Telephone", "value": telephone(school.telephone)},
        {"key": "Website", "value": _website(school.website)},
        {"key": "Local authority", "value": school.authority.name},
        {"key": "Trust", "value": _trust(school, opens_trust=opens_trust)},
        {"key": "Phase", "value": "" if school.is_organisation else school.get_phase_display()},
        {"key": "State-funded", "value": "" if school.is_organisation else funded},
        {"key": "Capacity", "value": f"{school.capacity:,}" if school.capacity else ""},
        {"key": "Gender", "value": school.gender},
        {"key": "Religious character", "value": school.religious_character},
        {"key": "Opened", "value": long_date(opened) if (opened := school.known_open_date) and school.is_open else ""},
    ]
    return [row for row in rows if row["value"]]


def _trust(school: School, *, opens_trust: bool) -> str:
    """`school` comes with `with_trust()`."""
    name, uid = getattr(school, "trust_name", None) or "", getattr(school, "trust_uid", None)
    if not (uid and opens_trust):
        return name
    address = reverse("schools:trust-detail", args=[uid])
    return format_html('<a class="govuk-link" href="{}">{}</a>', address, name)


def trust_details(trust: Trust) -> list[dict[str, Any]]:
    """What the register's groups file says of a trust, for the panel at the side. Empty ones are left out."""
    gone = trust.not_in_register_since
    rows = [
        {"key": "Group type", "value": trust.group_type_name},
        {"key": "Status", "value": trust.status},
        {"key": "Group number", "value": trust.group_uid},
        {"key": "Companies House number", "value": trust.company_number},
        {"key": "Address", "value": ", ".join(trust.address)},
        {"key": "Opened", "value": long_date(trust.opened_on) if trust.opened_on else ""},
        {"key": "Closed", "value": long_date(trust.closed_on) if trust.closed_on else ""},
        {"key": "Not in the register since", "value": long_date(gone) if gone else ""},
        {"key": "Register, as at", "value": long_date(trust.as_at) if trust.as_at else ""},
    ]
    return [row for row in rows if row["value"]]


def _website(address: str) -> str:
    """The register's website as a link. It may lack its scheme; anything but a web address stays a plain text."""
    if not address:
        return ""
    href = address if address.lower().startswith(("http://", "https://")) else f"https://{address}"
    if ":" in href.split("//", 1)[1] or " " in href:
        return address
    shown = href.split("//", 1)[1].rstrip("/").removeprefix("www.")
    return format_html('<a class="govuk-link" href="{}" rel="noreferrer">{}</a>', href, shown)


# What the timeline's drawing knows; see the component.
DRAWN = {
    TimelineEntry.Kind.CONVERSATION: "conversation",
    TimelineEntry.Kind.ATTEMPT: "attempt",
    TimelineEntry.Kind.HOLD: "note",
    TimelineEntry.Kind.RISK: "note",
    TimelineEntry.Kind.REPORT: "document",
    TimelineEntry.Kind.RESPONSE: "school",
    TimelineEntry.Kind.ACTION: "action",
    TimelineEntry.Kind.PLAN: "document",
    TimelineEntry.Kind.MAILING: "note",
    TimelineEntry.Kind.SUPPORT: "note",
    TimelineEntry.Kind.INTRODUCTION: "school",
    TimelineEntry.Kind.PEOPLE: "note",
    TimelineEntry.Kind.DATED_FACT: "note",
    TimelineEntry.Kind.REGISTER: "register",
}


def timeline_row(entry: TimelineEntry, *, with_school: bool = False) -> dict[str, Any]:
    """An entry as the page's timeline shows it: kind, when (a day where only the day is known), detail (with the name
    of the school before it, if asked, and of the hub that it was received from after it), heading, url, text."""
    school = entry.school.name if with_school else ""
    hub = f"from {entry.received_from}" if entry.received_from_id else ""
    return {
        "kind": DRAWN[TimelineEntry.Kind(entry.kind)],
        "when": local(entry.at).date() if entry.is_whole_day else entry.at,
        "detail": " · ".join(filter(None, [school, entry.detail, hub])),
        "heading": entry.heading,
        "url": entry.url,
        "text": entry.text,
    }
