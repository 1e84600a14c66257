"""Between rows and a draft's values: the first words of a new draft, and a record's own words when it is changed
again."""

from collections.abc import Mapping, Sequence
from datetime import date

from engagement.forms.conversations.book import prefix_of
from engagement.meetings.questions import Answered
from engagement.models import Conversation, ConversationPart, Finding, HalfAnswer, Participant
from hubportal.accounts.models import User
from schools.access import access_of, today

Values = dict[str, str | list[str]]


def first_values(*, by: User, form: str, with_trust: bool = False) -> Values:
    """What a new draft holds before anybody has typed: today, and the person who talked."""
    full = form == Conversation.Form.FULL
    kind = Conversation.Kind.CHALLENGING if full else Conversation.Kind.CATCH_UP
    memberships = [each for each in access_of(by).memberships if each.hub_id or each.partner_id]
    values: Values = {
        "how": (Conversation.How.VISIT if full else Conversation.How.CALL).value,
        "kind": (Conversation.Kind.TRUST_MEETING if with_trust else kind).value,
        **_date("date", today()),
        "ours-TOTAL_FORMS": "1",
        "ours-0-name": str(by),
        "ours-0-job_title": memberships[0].get_role_display() if memberships else "",
        "ours-0-side": Participant.Side.PARTNER.value if _is_partner(by) else Participant.Side.HUB.value,
    }
    return values


def _is_partner(user: User) -> bool:
    access = access_of(user)
    return bool(access.officer_partner_ids) and not access.writing_hub_ids


def values_of(conversation: Conversation, parts: Sequence[ConversationPart]) -> Values:
    """A logged conversation as a draft's values. About three queries, and six a school."""
    values: Values = {
        "how": conversation.how,
        "kind": conversation.kind,
        "minutes": _text(conversation.minutes),
        "strands": [each.code for each in conversation.strands.all()],
        "common_summary": conversation.common_summary,
        "private_notes": conversation.private_notes,
        **_date("date", conversation.date),
    }
    people = list(conversation.participants.select_related("contact"))
    ours = [each for each in people if each.part_id is None]
    values |= _rows("ours", [{"name": each.name, "job_title": each.job_title, "side": each.side} for each in ours])
    for part in parts:
        values |= _part(part, [each for each in people if each.part_id == part.pk])
    return {name: value for name, value in values.items() if value}


def _part(part: ConversationPart, people: Sequence[Participant]) -> Values:
    prefix = prefix_of(part)
    values: Values = {
        f"{prefix}-{name}": getattr(part, name)
        for name in ("summary", "challenge", "answer", "help_offered", "could_offer", "next_note")
    }
    values |= _date(f"{prefix}-next_on", part.next_on)
    values[f"{prefix}-contacts"] = [str(each.contact.uuid) for each in people if each.contact]
    typed = [{"name": each.name, "job_title": each.job_title} for each in people if not each.contact]
    values |= _rows(f"{prefix}-people", typed)
    for each in part.judgements.select_related("criterion"):
        at = f"{prefix}-c-{each.criterion.code}"
        values |= {f"{at}-{name}": _text(getattr(each, name)) for name in ("school_level", "hub_level", "agreed_level")}
        values |= {f"{at}-evidence": each.evidence, f"{at}-next_step": each.next_step}
    findings = list(part.findings.select_related("criterion"))
    for kind, name in ((Finding.Kind.COVERED, "covered"), (Finding.Kind.DEVELOP, "develop")):
        values |= _rows(f"{prefix}-{name}", [_finding(each) for each in findings if each.kind == kind])
    return values | _rows(
        f"{prefix}-actions", [_action(each) for each in part.agreed_actions.select_related("partner")]
    )


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "heading": finding.heading,
        "text": finding.text,
        "next_step": finding.next_step,
        "criterion": finding.criterion.code if finding.criterion else "",
        "row": str(finding.pk),
    }


def _action(action) -> dict[str, str | date | None]:
    return {
        "what": action.what,
        "side": f"partner:{action.partner.uuid}" if action.partner else action.side,
        "owner_name": action.owner_name,
        "due_on": action.due_on,
        "row": str(action.uuid),
    }


def _rows(prefix: str, rows: Sequence[dict]) -> Values:
    values: Values = {f"{prefix}-TOTAL_FORMS": str(len(rows))} if rows else {}
    for number, row in enumerate(rows):
        for name, value in row.items():
            values |= (
                _date(f"{prefix}-{number}-{name}", value) if name == "due_on" else {f"{prefix}-{number}-{name}": value}
            )
    return values


def _date(name: str, on: date | None) -> Values:
    """A date as its three boxes."""
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)} if on else {}


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def half_as_values(
    part: ConversationPart, answer: HalfAnswer, answered: Sequence[Answered], now: Mapping[str, str | list[str]]
) -> Values:
    """What the school wrote before the meeting as values of the draft, which holds `now`: its words below those of the
    school's answer, with whose they are, and its levels where none was given. Taken twice, they stand once."""
    prefix = prefix_of(part)
    said = [f"{each.title}\n{each.words}" for each in answered if each.words]
    own = "\n\n".join([f"In the school’s own words ({answer.name}, {answer.job_title}):", *said])
    before = str(now.get(f"{prefix}-answer", ""))
    values: Values = {}
    if said and own not in before:
        values[f"{prefix}-answer"] = "\n\n".join(filter(None, [before, own]))
    for each in answered:
        name = f"{prefix}-c-{each.code}-school_level"
        if each.level and not now.get(name):
            values[name] = str(each.level)
    return values
