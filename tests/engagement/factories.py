"""Conversations for tests, in one line each, through the actions that the pages use."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from engagement import content
from engagement.actions import consultations, conversations, deliveries, engagement_plans, introductions
from engagement.actions.engagement_plans import Aim
from engagement.actions.entries import ActionEntry, Entry, FindingEntry, JudgementEntry, PartEntry, Person
from engagement.actions.support import timeline_fields
from engagement.consultations import questions as asking
from engagement.consultations.inviting import make_link
from engagement.mailings.whom import Person as Reader
from engagement.mailings.whom import Reach
from engagement.meetings import questions
from engagement.models import (
    AgreedAction,
    Consultation,
    ConsultationAnswer,
    ConsultationSchool,
    ContactRules,
    Conversation,
    ConversationPart,
    Criterion,
    Delivery,
    EngagementPlan,
    EngagementPlanTemplate,
    Finding,
    Framework,
    HalfAnswer,
    HalfSend,
    Introduction,
    MailingRecipient,
    Meeting,
    MeetingGuest,
    PartVersion,
    PastImport,
    PastMapping,
    PastRow,
    SchoolHalf,
    Strand,
    SupportGiven,
)
from engagement.reference import read
from hubportal.accounts.models import User
from hubportal.kit import drafts, links
from hubportal.kit.wording import academic_year
from schools import timeline
from schools.access import today
from schools.models import Contact, Hub, School, Trust
from schools.roles import Role
from tests.factories import make_person


def framework() -> Framework:
    """The framework that ships with the portal (loaded after migrating; a live server's flush takes it away)."""
    return Framework.objects.get(hub=None, number=read("framework_1.json")["number"])


def criterion(code: str = "singing") -> Criterion:
    return Criterion.objects.get(area__framework=framework(), code=code)


def strand(code: str = "") -> Strand:
    return Strand.objects.get(code=code) if code else Strand.objects.first()


def make_contact_rules(hub: Hub, year: int = 2020, **fields: Any) -> ContactRules:
    """The hub's own rules from an academic year on: the usual ones, but for what is given."""
    return ContactRules.objects.create(hub=hub, year=year, **fields)


def make_officer(hub: Hub, name: str = "Amira Okafor") -> User:
    return make_person(Role.HUB_OFFICER, hub, name)


def make_draft(
    *schools: School,
    by: User,
    form: str = Conversation.Form.QUICK,
    values: dict | None = None,
    trust: Trust | None = None,
) -> Conversation:
    """A draft about these schools that begins with these words; nobody has typed into it."""
    return conversations.start(schools=schools, by=by, form=form, values=values, trust=trust)


def make_typed_draft(*schools: School, by: User, form: str = Conversation.Form.QUICK) -> Conversation:
    """A draft into which its author has typed a word."""
    conversation = make_draft(*schools, by=by, form=form)
    drafts.save(draft=conversations.draft_of(conversation), base_revision=0, values={"minutes": "12"}, by=by)
    conversations.first_words(conversation=conversation)
    return conversation


def make_conversation(
    *schools: School, by: User, on: date | None = None, summary: str = "We spoke.", **fields: Any
) -> Conversation:
    """A logged conversation: every school's part holds `summary`, and whatever `parts` (by school) says instead."""
    parts = fields.pop("parts", {})
    form = fields.pop("form", Conversation.Form.QUICK if len(schools) == 1 else Conversation.Form.FULL)
    conversation = make_draft(*schools, by=by, form=form, trust=fields.pop("trust", None))
    said = {
        part.uuid: parts.get(part.school, PartEntry(summary=summary))
        for part in conversation.parts.select_related("school")
    }
    fields.setdefault("people", [Person(name=str(by), job_title="Hub officer", side="hub")])
    return conversations.log(conversation=conversation, entry=Entry(date=on or today(), parts=said, **fields), by=by)


def part_of(conversation: Conversation, school: School | None = None) -> ConversationPart:
    """The only part, or that of one school."""
    return conversation.parts.get(school=school) if school else conversation.parts.get()


def full_part(hub: Hub, **fields: Any) -> PartEntry:
    """A part with something in every place."""
    values: dict[str, Any] = {
        "people": [Person(name="Ruth Pell", job_title="Head")],
        "summary": "Singing is a strength the school would share.",
        "challenge": "What happens to pupils who leave whole-class brass?",
        "answer": "Nothing yet.",
        "help_offered": "A tutor for a Year 5 band.",
        "could_offer": "Singing assemblies that others could visit.",
        "judgements": [JudgementEntry(criterion("singing"), 4, 4, 4, "Heard in assembly.", "Share it.")],
        "findings": [
            FindingEntry(
                Finding.Kind.COVERED, "Singing every week", "Skilled and joyful.", criterion=criterion("singing")
            ),
            FindingEntry(Finding.Kind.DEVELOP, "After whole-class brass", "Six of 58 go on.", "A Year 5 band."),
        ],
        "actions": [ActionEntry("Tutor for a Year 5 band", AgreedAction.Side.HUB, "Amira Okafor")],
    }
    return PartEntry(**{**values, **fields})


def make_meeting(*, hub: Hub, school: School, by: User, word: str = "", place: str = "") -> tuple[Meeting, Meeting]:
    """A meeting in somebody's diary, next week, and one that the school asks for; `word` stands in every text, but for
    the place where that has a word of its own."""
    here = {"hub": hub, "school": school, "message": f"{word} choir"}
    agreed = Meeting.objects.create(
        **here,
        state=Meeting.State.AGREED,
        made_by=by,
        officer=by,
        starts_at=timezone.now() + timedelta(days=7),
        place=f"{place or word} hall",
        sequence=1,
    )
    MeetingGuest.objects.create(meeting=agreed, name=f"{word} Teacher", email="teacher@school.example")
    asked = Meeting.objects.create(
        **here, via=Meeting.Via.LINK, name=f"{word} Head", job_title="Head", email="head@school.example", wanted=word
    )
    return agreed, asked


def make_half(school: School, *, by: User, meeting: Meeting | None = None, word: str = "") -> tuple[SchoolHalf, str]:
    """Questions about singing that were sent to one address, answered where there is a word; and the link's token."""
    hub, at = school.authority.hub_areas.get().hub, timezone.now()
    half = SchoolHalf.objects.create(
        hub=hub,
        school=school,
        meeting=meeting,
        framework=framework(),
        questions=questions.freeze(framework(), ["singing"]),
        asked_by=by,
        expires_at=at + timedelta(days=30),
        answered_at=at if word else None,
    )
    link, token = links.make(
        purpose=SchoolHalf.PURPOSE,
        target=half.uuid,
        email="teacher@school.example",
        name="Teacher",
        by=by,
        expires_at=half.expires_at,
    )
    HalfSend.objects.create(half=half, link=link, name="Teacher", email=link.email, by=by, emailed_at=at)
    if word:
        values = {"c-singing": f"{word} choirs", "c-singing-level": "2", "wants": word}
        HalfAnswer.objects.create(half=half, values=values, name="Rosa Field", job_title="Music lead", link=link)
    return half, token


def make_consultation(hub: Hub, *, by: User, query: str = "", word: str = "", **facts: Any) -> Consultation:
    """One that nobody has sent, with a question of each kind; `word` stands in every text."""
    wanted = [
        asking.Wanted(asking.TEXT, f"{word} What would help you most?".strip()),
        asking.Wanted(asking.ONE, "When?", ["Mornings", "Afternoons"]),
        asking.Wanted(asking.SEVERAL, "What about?", ["Singing", "Strings", "Drums"]),
        asking.Wanted(asking.LEVEL, "", criterion=criterion()),
    ]
    usual = {
        "title": f"{word} What do you need?".strip(),
        "introduction": f"We plan next year. {word}".strip(),
        "questions": asking.make(wanted, framework()),
        "closes_on": today() + timedelta(days=14),
        "whom": "music-lead",
        "words": f"Ticked {word}".strip(),
    }
    return consultations.begin(hub=hub, by=by, query=query, **(usual | facts))


def send_consultation(consultation: Consultation, contact: Contact, *, by: User) -> tuple[ConsultationSchool, str]:
    """It goes to one contact, whose email is written down as not wanted; the school's row, and a link's token."""
    reach = Reach([Reader(contact, contact.school, "")], [], [], 1)
    consultations.send(consultation=consultation, reach=reach, by=by)
    rows = MailingRecipient.objects.filter(mailing__consultation=consultation)
    rows.update(state=MailingRecipient.State.UNSUBSCRIBED)
    asked = consultation.schools.select_related("consultation").get()
    _, token = make_link(asked, email="lead@school.example", name="Lee Lead", by=by)
    return asked, token


def answer_consultation(asked: ConsultationSchool, *, word: str = "", **said: Any) -> ConsultationAnswer:
    """By a link of its own; `word` stands in every text."""
    by = asked.consultation.made_by
    link, _ = make_link(asked, email="lead@school.example", name="Lee Lead", by=by)
    usual = {"values": {"q1": f"{word} buses"}, "name": f"Lee {word or 'Lead'}", "job_title": "Music lead"}
    return consultations.answer(asked=asked, link=link, **(usual | said))


def make_past(school: School, *, hub: Hub, by: User, word: str, state: str) -> PastImport:
    """A file of one row that waits to be told ("mapping"), has a question ("asking"), is brought in ("brought"), or
    else waits to be; the word stands in every text, and in the name of a way of reading."""
    header = ["URN", "Date", "How", word]
    cells = [str(school.urn), "2024-11-12", word, word]
    columns = {"urn": "0", "date": "1", "how": "2", "notes": "3"}
    settings = {"kind": "contact", "how": "", "talk": "catch_up", "plan_date": "adopted", "columns": columns}
    imported = PastImport.objects.create(
        hub=hub,
        by=by,
        name=f"{word}.csv",
        kind="csv",
        state="ready",
        step={"mapping": "map", "brought": "bring"}.get(state, "check"),
        sheets=[{"name": "", "line": 1, "header": header, "samples": [cells], "is_1904": False}],
        sheet=0,
        settings={**settings, "mapping": word},
        asks={"words": {"how": [[word.lower(), word, 1]]}} if state == "asking" else {},
        counts={} if state == "mapping" else {"rows": 1, "new": 1, "kinds": {"contact": 1}},
        brought_by=by if state == "brought" else None,
        brought_at=timezone.now() if state == "brought" else None,
    )
    if state != "mapping":
        values = {"on": "2024-11-12", "how": "visit", "kind": "catch_up", "notes": word, "person": word, "role": ""}
        outcome = "brought" if state == "brought" else "new"
        for line, found, reason in ((2, outcome, ""), (3, "failed", f"{word} is no date.")):
            PastRow.objects.create(
                past_import=imported,
                line=line,
                cells=cells,
                kind="contact",
                outcome=found,
                reason=reason,
                school=school,
                values={**values, "officer": ""},
            )
    kept = {name: settings[name] for name in ("kind", "how", "talk", "plan_date")}
    PastMapping.objects.update_or_create(
        hub=hub,
        name=word,
        defaults={"headings": header, "settings": {**kept, "columns": {}, "said": {}, "words": {}}, "by": by},
    )
    return imported


def make_support(school: School, *, hub: Hub, by: User, what: str = "", **fields: Any) -> SupportGiven:
    """A kind of support that the school had last academic year."""
    year = fields.pop("year", academic_year(today()) - 1)
    given = SupportGiven.objects.create(
        hub=hub,
        school=school,
        strand=fields.pop("strand", None) or strand("provision"),
        year=year,
        starts_on=fields.pop("starts_on", date(year, 9, 1) + timedelta(days=10)),
        what=what,
        by=by,
        **fields,
    )
    timeline.write(**timeline_fields(given))
    return given


def make_plan_template(hub: Hub, *, by: User, name: str = "Silent schools", **said: Any) -> EngagementPlanTemplate:
    """Towards being engaged, within 200 days."""
    values = {
        "aim": "A first conversation with the head",
        "measure": "engaged",
        "target": "Engaged by the summer",
        "due_on": today() + timedelta(days=200),
        "next_step": "Write to the head",
        "step_weeks": 2,
    } | said
    return EngagementPlanTemplate.objects.create(hub=hub, name=name, made_by=by, **values)


def make_engagement_plan(school: School, *, hub: Hub, by: User, word: str = "Sing", **said: Any) -> EngagementPlan:
    """Going on: its next step is in a fortnight. The word stands in every text."""
    aim = Aim(
        **{
            "aim": f"{word} together",
            "measure": "engaged",
            "measure_words": "",
            "baseline": f"{word} is silent",
            "target": f"{word} is heard",
            "due_on": today() + timedelta(days=200),
            "owner": by,
            "next_step": f"{word}: ring the head",
            "next_step_on": today() + timedelta(days=14),
        }
        | said
    )
    return engagement_plans.start(hub=hub, school=school, said=aim, by=by)


def make_shared_levels(
    school: School, *, by: User, on: date | None = None, could_offer: str = "", is_shared: bool = True, **levels: int
) -> ConversationPart:
    """What the hub and the school agreed of these criteria ("whole_class" is "whole-class"), given to the school."""
    judged = [JudgementEntry(criterion(code.replace("_", "-")), agreed_level=level) for code, level in levels.items()]
    entry = PartEntry(summary="We spoke.", could_offer=could_offer, judgements=judged)
    form = Conversation.Form.FULL
    part = part_of(make_conversation(school, by=by, on=on, form=form, parts={school: entry}))
    if is_shared:
        PartVersion.objects.create(
            part=part, number=1, content=content.freeze(part), shared_at=timezone.now(), shared_by=by
        )
    return part


def make_introduction(
    helped: School, helper: School, *, by: User, about: str = "Singing", asked: bool = False
) -> Introduction:
    """One that an officer wrote down; with `asked` the school that would be helped was asked."""
    made = introductions.suggest(helped=helped, helper=helper, about=about, code="singing", why=f"{about} first", by=by)
    if asked:
        introductions.ask(side=made.sides.get(role="helped"), note=f"{about} in spring?", by=by)
    return made


def make_delivery(school: School, *, by: User, kind: str = "whole-class", **said: Any) -> Delivery:
    """A delivery of this academic year by the hub itself, confirmed; `said` are the fields that the action takes."""
    year = said.pop("year", academic_year(today()))
    values = {"delivered_by": "hub", "pupils": 20, "is_confirmed": True, "warnings": [], **said}
    return deliveries.record(school=school, kind=kind, year=year, values=values, by=by)
