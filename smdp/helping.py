"""What helps with a plan's priorities: the hub's offers to choose from, and the conversations that they were started
from. Everything starts at `visible_to(user)`."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from engagement import content
from engagement.matching import suits
from engagement.models import ConversationPart, Offer, PartVersion
from hubportal.accounts.models import User
from hubportal.kit.drafts.merge import Value
from hubportal.kit.wording import long_date
from schools.access import today
from schools.models import Hub, School
from smdp import answers, priorities
from smdp.answers import Said
from smdp.asking import asked_in
from smdp.models import Plan, PlanVersion
from smdp.priorities import Origin
from smdp.sections import Kind, Section

LONGEST = {"what": 200, "why": 600, "baseline": 200, "who": 120}  # as the questions have them


def offers_for(user: User, school: School, section: Section) -> list[str]:
    """The titles of what the school's hub offers it now, where the section asks for one. One query at the most."""
    if not any(column.kind == Kind.OFFER for table in section.tables() for column in table.columns):
        return []
    return [each.title for each in current_offers(user, school)]


def current_offers(user: User, school: School) -> list[Offer]:
    """What the school's hub offers it now, as far as the person sees it, with who delivers it. One query."""
    hubs = Hub.objects.visible_to(user).covering(school.authority_id, today())
    rows = Offer.objects.visible_to(user).to_suggest().filter(hub__in=hubs.values("pk"))
    rows = rows.select_related("strand", "hub", "partner", "organisation")
    return [each for each in rows if suits(each, school)]


def newest_of(user: User, school: School, parts: Iterable[str]) -> dict[str, PartVersion]:
    """The newest version that the person may read of each of these parts of conversations with a school. One query."""
    rows = PartVersion.objects.visible_to(user).filter(
        part__uuid__in=list(parts), part__school=school, part__withdrawn_at=None
    )
    rows = rows.select_related("part__conversation__hub", "part__school")
    rows = rows.order_by("part_id", "-number").distinct("part_id")
    return {str(each.part.uuid): each for each in rows}


def said_of(version: PartVersion, origin: Origin) -> dict[str, Any] | None:
    """The judgement or the action in what the school was given to read, None where it is not there. No query."""
    page = content.thaw(version.content)
    rows, name = (page["judgements"], "code") if origin.kind == "judgement" else (page["actions"], "uuid")
    return next((each for each in rows if str(each[name]) == origin.code), None)


def words_of(origin: Origin, said: Mapping[str, Any]) -> str:
    """How a judgement or an action is named in a line."""
    return str(said["what"] if origin.kind == "action" else said["title"])


def origins_of(user: User, plan: Plan, section: Section, values: Mapping[str, Value]) -> list[dict[str, Any]]:
    """What the priorities were started from, with the day and the address of each conversation, as far as the person
    may read it. One query, none where there is none."""
    found = priorities.origins_in(values) if section.key == priorities.SECTION else []
    versions = newest_of(user, plan.school, {each.part for each in found}) if found else {}
    rows = []
    for origin in found:
        version = versions.get(origin.part)
        said = said_of(version, origin) if version else None
        if version and said:
            part = version.part
            rows.append(
                {"words": words_of(origin, said), "date": part.conversation.date, "href": part.get_absolute_url()}
            )
    return rows


def to_start(version: PartVersion, taken: Iterable[Origin]) -> list[dict[str, Any]]:
    """What of a shared conversation could be, or is, a priority: its judgements with a next step, and its actions; each
    with its words, its origin, and whether it `is_one`. No query."""
    page, part, held = content.thaw(version.content), str(version.part.uuid), set(taken)
    rows = [(Origin("judgement", part, each["code"]), each) for each in page["judgements"] if each["next_step"]]
    rows += [(Origin("action", part, each["uuid"]), each) for each in page["actions"]]
    return [
        {"origin": origin, "words": words_of(origin, said), "step": said.get("next_step", ""), "is_one": origin in held}
        for origin, said in rows
    ]


def shared_origins(user: User, part: ConversationPart) -> list[Origin]:
    """What of this part stands as a priority in the plan that the school shared or adopted last, for whoever may read
    that. One query."""
    version = PlanVersion.objects.visible_to(user).filter(plan__school=part.school).order_by("-made_at").first()
    values = version.answers.get(priorities.SECTION, {}) if version else {}
    return [each for each in priorities.origins_in(values) if each.part == str(part.uuid)]


def row_of(version: PartVersion, origin: Origin) -> priorities.PriorityRow | None:
    """The priority that a judgement or an action becomes, no longer than its answers may be; None where it does not
    stand in that version. No query where the conversation's hub is loaded."""
    said = said_of(version, origin)
    if said is None:
        return None
    conversation = version.part.conversation
    row = _as_row(origin, said, hub=conversation.hub.name, on=conversation.date)
    return {name: _cut(name, words) for name, words in row.items()}


def words_in(plan: Plan, row: priorities.PriorityRow) -> list[Said]:
    """A priority as it is read, question by question. No query."""
    tables = (table for section in asked_in(plan) if section.key == priorities.SECTION for table in section.tables())
    columns = (column for table in tables if table.name == priorities.TABLE for column in table.columns)
    return [Said(each.label, words) for each in columns if (words := answers.said(each, row))]


def _cut(name: str, words: str) -> str:
    most = LONGEST.get(name)
    return words if most is None or len(words) <= most else words[: most - 1].rstrip() + "…"


def _as_row(origin: Origin, said: Mapping[str, Any], *, hub: str, on: date | None) -> priorities.PriorityRow:
    """Its text carried over, and where it came from."""
    when = f" on {long_date(on)}" if on else ""
    if origin.kind == "action":
        row = {"what": said["what"], "who": said["owner_name"], "why": f"Agreed with {hub}{when}."}
        if due := said["due_on"]:
            row |= {"by_0": str(due.day), "by_1": str(due.month), "by_2": str(due.year)}
    else:
        evidence = f" {said['evidence']}" if said["evidence"] else ""
        row = {
            "what": said["next_step"],
            "why": f"From our conversation with {hub}{when}.{evidence}",
            "baseline": ": ".join(filter(None, (said["title"], said["level_words"]))),
        }
    return row | {priorities.ORIGIN: str(origin)}
