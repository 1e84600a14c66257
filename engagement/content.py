"""What a school is given to read, as data: made once when a part is shared, kept in `PartVersion.content`, never
changed.

The page for the school, the preview before sharing, the comparison of two versions and the development report are all
drawn from this dictionary and from nothing else. It has no private notes, no other school's part, and nothing of the
hub's that the school is not meant to read.

The shape (SHAPE 1). Dates are ISO texts ("2026-11-12") or None; a text that was not written is "". Lists keep the
order in which they are to be read. `thaw` gives the same dictionary with dates in place of the ISO texts, for
templates.

    shape           1
    hub             name, accent_colour ("#4b2067"), contact_name (whom the school talks to), email, phone, website,
                    safeguarding_contact
    school          name, urn, town, authority
    date            the day of the conversation
    minutes         how long, or None
    how, how_words  "visit", "Visit"
    kind, kind_words  "challenging", "Challenging conversation"
    trust           the trust's name where it was a meeting with a trust, else ""
    people          [side ("hub", "partner", "school"), name, job_title]: hub first, then partner, then this school's
    strands         [code, name]
    common_summary, summary, challenge, answer, help_offered, could_offer      texts, with line breaks
    judgements      [code, title, area_code, area, level, level_words, is_agreed, differs, school_level, hub_level,
                    agreed_level, evidence, next_step, was_level, was_words, was_on]
                    `level` is the agreed level, else the one level that was given or that both gave; None where school
                    and hub differ and nothing was agreed (`differs`: print both), or where nobody gave one.
                    `was_*`: the newest earlier judgement of the same criterion that this school has been given by this
                    hub.
    levels          the picture, ready for `levels_table` and `charts.levels_bar`: [code, label, now, was, whose]
                    one row a judged criterion; two, with whose "school" and "hub", where they differ and nothing was
                    agreed
    levels_was_on   the date of the newest earlier level in the picture, or None
    covered         [heading, text, code, criterion]: covering well
    develop         [heading, text, next_step, code, criterion, offers]: for development
                    offers: [uuid, title, description, cost, link, delivered_by, for_whom], at most four, in the order
                    of the catalogue
    actions         [uuid, what, side ("hub", "school", "partner"), owner_name, partner, due_on]: as agreed; how far
                    they are is read from the rows, never from here
    governor_questions  three texts, from the criteria with the lowest levels, then the first of each area
    next_on, next_note  when we talk next
    framework       name, number, levels: [number, name, meaning]
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engagement.matching import offers_for
from engagement.models import (
    ConversationPart,
    Criterion,
    Finding,
    Framework,
    Judgement,
    Offer,
    Participant,
    PartVersion,
)
from schools.models import School
from schools.standing import owner_of

SHAPE = 1
OFFERS_FOR_A_FINDING = 4
QUESTIONS_FOR_GOVERNORS = 3
DATES = {"date", "due_on", "next_on", "was_on", "levels_was_on"}
SIDES = (Participant.Side.HUB, Participant.Side.PARTNER, Participant.Side.SCHOOL)


def freeze(part: ConversationPart) -> dict[str, Any]:
    """What the part's school is given to read, as JSON-able data in the shape above.

    The same rows give the same dictionary. Works on drafts too (for a preview); a date that is not set is None.
    Costs about a dozen queries, whatever the number of judgements.
    """
    conversation = part.conversation
    judgements = list(part.judgements.select_related("criterion__area"))
    findings = list(part.findings.select_related("criterion"))
    levels = list(conversation.framework.levels.order_by("number"))
    names = {level.number: level.name for level in levels}
    judged = [_judgement(each, names, before) for each, before in _with_earlier(part, judgements)]
    develop = [finding for finding in findings if finding.kind == Finding.Kind.DEVELOP]
    return {
        "shape": SHAPE,
        "hub": _hub(part),
        "school": _school(part.school),
        "date": _iso(conversation.date),
        "minutes": conversation.minutes,
        "how": conversation.how,
        "how_words": conversation.get_how_display(),
        "kind": conversation.kind,
        "kind_words": conversation.get_kind_display(),
        "trust": conversation.trust.name if conversation.trust else "",
        "people": _people(part),
        "strands": [{"code": strand.code, "name": strand.name} for strand in conversation.strands.order_by("position")],
        "common_summary": conversation.common_summary,
        "summary": part.summary,
        "challenge": part.challenge,
        "answer": part.answer,
        "help_offered": part.help_offered,
        "could_offer": part.could_offer,
        "judgements": judged,
        "levels": [row for each in judged for row in _picture(each)],
        "levels_was_on": max((each["was_on"] for each in judged if each["was_on"]), default=None),
        "covered": [_finding(each) for each in findings if each.kind == Finding.Kind.COVERED],
        "develop": _develop(part, develop),
        "actions": _actions(part),
        "governor_questions": _questions(judgements, develop, conversation.framework),
        "next_on": _iso(part.next_on),
        "next_note": part.next_note,
        "framework": {
            "name": conversation.framework.name,
            "number": conversation.framework.number,
            "levels": [{"number": each.number, "name": each.name, "meaning": each.meaning} for each in levels],
        },
    }


def thaw(content: Mapping[str, Any]) -> dict[str, Any]:
    """The same content with dates where it holds ISO texts, for templates. No query."""

    def warm(key: str, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {name: warm(name, each) for name, each in value.items()}
        if isinstance(value, list):
            return [warm("", each) for each in value]
        return date.fromisoformat(value) if key in DATES and value else value

    return warm("", content)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _hub(part: ConversationPart) -> dict[str, str]:
    hub = part.conversation.hub
    contact = owner_of(hub, part.school) or part.conversation.author
    return {
        "name": hub.name,
        "accent_colour": hub.accent_colour,
        "contact_name": str(contact),
        "email": hub.email,
        "phone": hub.phone,
        "website": hub.website,
        "safeguarding_contact": hub.safeguarding_contact,
    }


def _school(school: School) -> dict[str, Any]:
    return {"name": school.name, "urn": school.urn, "town": school.town, "authority": school.authority.name}


def _people(part: ConversationPart) -> list[dict[str, str]]:
    """The hub's and the partner's people, and those of this school; never those of another school at the meeting."""
    there = [each for each in part.conversation.participants.all() if each.part_id in (None, part.pk)]
    there.sort(key=lambda each: (SIDES.index(each.side), each.position, each.pk))
    return [{"side": each.side, "name": each.name, "job_title": each.job_title} for each in there]


def _with_earlier(part: ConversationPart, judgements: list[Judgement]) -> list[tuple[Judgement, dict[str, Any] | None]]:
    """Each judgement with the newest earlier one of its criterion that the school was given. One query."""
    on = part.conversation.date
    versions = PartVersion.objects.filter(
        part__school=part.school,
        part__conversation__hub=part.conversation.hub,
        part__withdrawn_at=None,
    ).exclude(part=part)
    if on:
        versions = versions.filter(part__conversation__date__lt=on)
    if not judgements:
        return []
    newest: dict[str, dict[str, Any]] = {}
    seen: set[int] = set()
    for version in versions.order_by("-part__conversation__date", "-part__conversation_id", "-number"):
        if version.part_id in seen:
            continue
        seen.add(version.part_id)
        for each in version.content.get("judgements", []):
            level = lowest(each["agreed_level"], each["hub_level"], each["school_level"])
            if level:
                was = {"level": level, "on": version.content["date"]}
                newest.setdefault(each["code"], was)
    return [(each, newest.get(each.criterion.code)) for each in judgements]


def lowest(agreed: int | None, hub: int | None, school: int | None) -> int | None:
    """The agreed level, else the lower of the two that were given, else None."""
    return agreed or min((level for level in (hub, school) if level), default=None)


def _judgement(judgement: Judgement, names: dict[int, str], before: dict[str, Any] | None) -> dict[str, Any]:
    school, hub, agreed = judgement.school_level, judgement.hub_level, judgement.agreed_level
    differs = not agreed and bool(school and hub and school != hub)
    level = None if differs else agreed or hub or school
    words = names.get(level or 0, "")
    if differs:
        words = f"School: {names.get(school or 0, '')}. Hub: {names.get(hub or 0, '')}"
    return {
        "code": judgement.criterion.code,
        "title": judgement.criterion.title,
        "area_code": judgement.criterion.area.code,
        "area": judgement.criterion.area.title,
        "level": level,
        "level_words": words,
        "is_agreed": bool(agreed),
        "differs": differs,
        "school_level": school,
        "hub_level": hub,
        "agreed_level": agreed,
        "evidence": judgement.evidence,
        "next_step": judgement.next_step,
        "was_level": before["level"] if before else None,
        "was_words": names.get(before["level"], "") if before else "",
        "was_on": before["on"] if before else None,
    }


def _picture(judged: dict[str, Any]) -> list[dict[str, Any]]:
    row = {"code": judged["code"], "label": judged["title"], "was": judged["was_level"], "whose": ""}
    if judged["differs"]:
        return [
            {
                **row,
                "label": f"{judged['title']} (the school’s view)",
                "now": judged["school_level"],
                "whose": "school",
            },
            {**row, "label": f"{judged['title']} (the hub’s view)", "now": judged["hub_level"], "whose": "hub"},
        ]
    return [{**row, "now": judged["level"]}] if judged["level"] else []


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "heading": finding.heading,
        "text": finding.text,
        "code": finding.criterion.code if finding.criterion else "",
        "criterion": finding.criterion.title if finding.criterion else "",
    }


def _develop(part: ConversationPart, findings: list[Finding]) -> list[dict[str, Any]]:
    offers = (
        list(part.conversation.hub.offers.to_suggest().select_related("strand", "partner", "organisation"))
        if findings
        else []
    )
    rows = []
    for finding in findings:
        code = finding.criterion.code if finding.criterion else ""
        answers = offers_for(part.school, code, offers)[:OFFERS_FOR_A_FINDING] if code else []
        rows.append({**_finding(finding), "next_step": finding.next_step, "offers": [_offer(each) for each in answers]})
    return rows


def _offer(offer: Offer) -> dict[str, str]:
    return {
        "uuid": str(offer.uuid),
        "title": offer.title,
        "description": offer.description,
        "cost": offer.cost,
        "link": offer.link,
        "delivered_by": offer.deliverer,
        "for_whom": offer.for_whom,
    }


def _actions(part: ConversationPart) -> list[dict[str, Any]]:
    return [
        {
            "uuid": str(each.uuid),
            "what": each.what,
            "side": each.side,
            "owner_name": each.owner_name,
            "partner": each.partner.name if each.partner else "",
            "due_on": _iso(each.due_on),
        }
        for each in part.agreed_actions.select_related("partner").order_by("due_on", "position", "pk")
    ]


def _questions(judgements: list[Judgement], develop: list[Finding], framework: Framework) -> list[str]:
    """The governors' questions of the criteria that stand lowest, of those to develop where nothing was judged; and,
    where they are not three, of the first of each area, which every governing board does well to ask."""
    levels = [(lowest(each.agreed_level, each.hub_level, each.school_level), each.criterion) for each in judgements]
    ranked = sorted((pair for pair in levels if pair[0]), key=lambda pair: pair[0] or 0)  # a stable sort: then in order
    criteria = [criterion for _, criterion in ranked] or [each.criterion for each in develop if each.criterion]
    every = Criterion.objects.filter(area__framework=framework)
    criteria += every.order_by("area__position", "position").distinct("area__position")
    questions = [each.governor_question or (each.prompts[0] if each.prompts else "") for each in criteria]
    return list(dict.fromkeys(question for question in questions if question))[:QUESTIONS_FOR_GOVERNORS]
