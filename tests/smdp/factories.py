"""Plans and self-evaluations of all kinds, written as their pages write them."""

import io
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from PIL import Image

from hubportal.accounts.models import User
from hubportal.kit import drafts
from hubportal.kit.wording import academic_year
from schools.access import today
from schools.models import School, Trust
from smdp import writing
from smdp.actions import elsewhere, evaluations, files, plan_reminders, sending, summaries, trust_plans
from smdp.actions import plans as actions
from smdp.asking import asked_in
from smdp.evaluations import evaluating
from smdp.models import (
    Plan,
    PlanElsewhere,
    PlanFile,
    PlanReview,
    SelfEvaluation,
    Summary,
    TrustPlan,
    TrustPlanVersion,
)
from smdp.summaries.writing import draft_of
from smdp.trusts import writing as trust_writing
from smdp.trusts.mirroring import mirror_of

FEATURES = ("hour", "lessons", "choir", "ensemble", "space", "performance", "live")


def make_plan(school: School, *, by: User, year: int | None = None, at: datetime | None = None) -> Plan:
    """A plan of this academic year, with nothing written in it."""
    return actions.begin(school=school, year=year or academic_year(today()), by=by, at=at)


def write(plan: Plan, key: str, *, by: User, **values: Any) -> None:
    """Type into a section, upon what stands there."""
    draft = writing.drafts_of(plan)[key]
    drafts.save(draft=draft, base_revision=draft.revision, values=values, by=by)


def must(plan: Plan, key: str, words: str) -> dict[str, str]:
    """These words in every question of a section that the plan's school must answer."""
    (section,) = (each for each in asked_in(plan) if each.key == key)
    return {each.name: words for each in section.fields() if each.is_required}


def fill(plan: Plan, *, by: User, word: str = "Every child sings") -> Plan:
    """Answer everything that must be answered before a plan is shared, with the word in each text."""
    write(plan, "overview", by=by, music_lead=f"Tom {word}")
    write(plan, "vision", by=by, vision=f"{word} vision")
    write(plan, "curriculum", by=by, taught=f"{word} taught", **must(plan, "curriculum", f"{word} taught"))
    write(plan, "features", by=by, **must(plan, "features", "partly"))
    write(plan, "inclusion", by=by, send=f"{word} send")
    write(plan, "staffing", by=by, staff=f"{word} staff")
    write(plan, "leadership", by=by, leadership=f"{word} leadership")
    return plan


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **how: Any) -> bytes:
    """A small picture, as a camera would give it."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **how)
    return out.getvalue()


def attach_picture(plan: Plan, description: str, *, by: User, key: str = "vision") -> PlanFile:
    """A picture in a section, of which nobody says that it is the same as another."""
    data = picture(comment=description)
    file = SimpleUploadedFile("choir.jpg", data)
    section = plan.sections.get(key=key)
    return files.attach(section=section, file=file, description=description, consent="agreed", by=by)


PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def word_file(*, title: str = "Music plan") -> bytes:
    """A school's plan as people write them: real headings, a bold line for one, a list, a table."""
    document = Document()
    document.add_heading(title, level=0)
    document.add_paragraph("Written in the summer.")
    document.add_heading("1. Our vision and intent", level=1)
    document.add_paragraph("Every child ").add_run("sings").bold = True
    document.add_heading("Curriculum Music", level=1)
    document.add_paragraph("We follow a scheme:")
    document.add_paragraph("Year 3: recorders", style="List Bullet")
    document.add_paragraph("Year 4: brass", style="List Bullet")
    document.add_heading("What we use", level=2)
    document.add_paragraph("# not a heading, 5 * 3")
    document.add_paragraph().add_run("Charging & remissions:").bold = True
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip((c for row in table.rows for c in row.cells), ("Who", "Pays", "All", "£2"), strict=True):
        cell.text = words
    document.add_heading("The minibus", level=1)
    document.add_paragraph("It has fourteen seats.")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def keep_elsewhere(school: School, word: str, *, by: User, **more: Any) -> PlanElsewhere:
    """A plan of last year and this one, kept elsewhere: a link and a file, with one priority, adopted."""
    year = academic_year(today()) - 1
    said = {
        "year": year,
        "years": 2,
        "adopted_on": date(year, 9, 20),
        "review_on": date(year + 2, 7, 1),
        "url": f"https://school.example/{word}",
        "priorities": priority(f"{word} choir", ask=f"{word} leader"),
    }
    file = SimpleUploadedFile(f"{word}.pdf", PDF)
    return elsewhere.record(school=school, said=elsewhere.Said(**said | more), file=file, by=by)


def remind(school: School, words: str, *, by: User) -> UUID:
    """A reminder of the plan that went to the school, by its batch."""
    batch = uuid4()
    for row in plan_reminders.remind(schools=[school], about="plan", words=words, batch=batch, by=by):
        sending.deliver(reminder_id=row.pk)
    return batch


def review_words(review: PlanReview, *, by: User, **values: Any) -> None:
    """Type into a review, upon what stands there."""
    draft = writing.review_draft_of(review)
    drafts.save(draft=draft, base_revision=draft.revision, values=values, by=by)


def make_evaluation(school: School, *, by: User, year: int | None = None, at: datetime | None = None) -> SelfEvaluation:
    """A self-evaluation of this academic year, with nothing written in it."""
    return evaluations.begin(school=school, year=academic_year(today()) if year is None else year, by=by, at=at)


def answer(evaluation: SelfEvaluation, code: str, level: int | None, evidence: str = "", *, by: User) -> SelfEvaluation:
    """Type what a school says of one criterion, upon what stands there."""
    draft = evaluating.draft_of(evaluation)
    assert draft is not None
    values = {f"{code}-level": str(level or ""), f"{code}-evidence": evidence}
    drafts.save(draft=draft, base_revision=draft.revision, values=values, by=by)
    return evaluation


SUMMARY = {
    "music_lead": "Tom Adeyemi",
    "hub": "Exampleshire Music Hub",
    "curriculum": "Every class has an hour of music each week.",
    "co_curricular": "# Groups\n- Choir, for everybody\n- Brass band",
    "experiences": "We sing in assembly.\n\nA winter concert is free.",
    "future": "A band by the summer.",
}


def next_summer() -> tuple[int, int, int]:
    """Day, month and year of a 1 July to come; from July on, of the year after."""
    return 1, 7, academic_year(today() + timedelta(days=62)) + 1


def write_summary(summary: Summary, *, by: User, review: tuple[int, int, int] | None = None, **values: Any) -> None:
    """Type into the draft of a summary, upon what stands there."""
    draft = draft_of(summary)
    assert draft is not None
    day, month, year = review or next_summer()
    boxes = {"review_on_0": str(day), "review_on_1": str(month), "review_on_2": str(year)}
    drafts.save(draft=draft, base_revision=draft.revision, values=values | boxes, by=by)


def make_summary(plan: Plan, *, by: User, **values: Any) -> Summary:
    """A published summary."""
    summary = summaries.begin(plan=plan, by=by)
    write_summary(summary, by=by, **(SUMMARY | values))
    summaries.publish(summary=summary, by=by)
    summary.refresh_from_db()
    return summary


def make_trust_plan(trust: Trust, *, by: User, year: int | None = None, years: int = 1) -> TrustPlan:
    """A trust's plan of this academic year, with nothing written in it."""
    return trust_plans.begin(trust=trust, year=year or academic_year(today()), years=years, by=by)


def write_for_trust(plan: TrustPlan, key: str, *, by: User, **values: Any) -> None:
    """Type into a section of a trust's plan, upon what stands there."""
    draft = trust_writing.drafts_of(plan)[key]
    drafts.save(draft=draft, base_revision=draft.revision, values=values, by=by)


def share_with_schools(plan: TrustPlan, *, by: User, asks: bool = True, with_hubs: bool = False) -> TrustPlanVersion:
    return trust_plans.share(plan=plan, asks=asks, with_hubs=with_hubs, by=by)


def priority(what: str, at: int = 0, of: int = 1, **columns: str) -> dict[str, str]:
    """Values of one priority among `of`, for `write`."""
    said = {f"priorities-{at}-{name}": value for name, value in {"what": what, **columns}.items()}
    return {"priorities-TOTAL_FORMS": str(of), **said}


def confirm_at(plan: Plan, key: str = "vision", *, by: User) -> None:
    """The school confirms what its trust says in a section, as it stands."""
    mirror = mirror_of(plan)
    assert mirror is not None
    trust_plans.confirm(plan=plan, key=key, seen=str(mirror.version.uuid), by=by)


def lift_first(plan: TrustPlan, of_school: Plan, *, by: User) -> None:
    """Carry the first priority that a school adopted into the trust's plan."""
    version = of_school.versions.filter(why="adopted").get()
    trust_plans.lift(plan=plan, source=version, row=0, by=by)
