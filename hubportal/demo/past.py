"""What the invented hubs had in spreadsheets before the portal: one file that was brought in, one that waits to be, and
one whose words nobody knows yet."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.core.files.base import ContentFile

from engagement.actions import past
from engagement.models import Conversation, ConversationPart, PastImport, PastMapping
from engagement.past import columns, reading, work
from hubportal.accounts.models import User
from hubportal.demo import schooldays
from hubportal.demo.world import Place, World
from hubportal.kit.work import WorkState
from schools.models import School, TimelineEntry

Lines = list[list[str]]
CONTACTS = ["URN", "School", "Date", "How", "Kind of conversation", "Whom we met", "Their role", "Officer", "Notes"]
# Days after 1 September of two academic years ago, how, kind, role, notes.
TALKS = (
    (22, "School visit", "First meeting", "Headteacher", "Sings in assembly. No instruments in Key Stage 2."),
    (36, "Phone call", "Catch-up", "Music lead", "New to music. Asked for help with a curriculum."),
    (48, "No answer", "", "", "Left a message with the office."),
    (75, "Teams", "Plan review", "Headteacher", "Will write a plan with the trust’s template."),
    (96, "School visit", "Challenging conversation", "Music lead", "Brass ends with Year 4. What follows?"),
    (130, "Phone call", "Catch-up", "School business manager", "Cost of lessons for pupils with Pupil Premium."),
    (155, "Music leads network", "Catch-up", "Music lead", "Came with a colleague. Would host in summer."),
    (171, "Email, no reply", "", "", "Second email about whole-class strings."),
    (200, "School visit", "Review of provision", "Headteacher", "Strings have begun well. Wants a concert."),
    (247, "Phone call", "Catch-up", "Music lead", "Choir of forty. No accompanist."),
)
SUPPORT = ["URN", "School", "Academic year", "Term", "Kind of support", "What"]
GIVEN = (
    ("Autumn", "Whole class", "Whole-class brass, Year 4"),
    ("Spring", "CPD", "Singing across the school: two twilights"),
    ("", "Instrument loans", "Twelve ukuleles"),
    ("Summer", "Workshop", "Samba afternoon, Years 5 and 6"),
    ("", "Charanga", "Licence"),
)
DIARY = ["URN", "School", "Date", "Type", "Comments"]
POPPED_IN = ("Saw the hall and the cupboard of instruments.", "Met the new music lead at the gate.", "Cup of tea.")
NOWHERE = "999999"  # the URN of no school


def load(place: Place, world: World) -> None:
    """Three files, by the manager and the first officer. Some hundred and fifty statements."""
    start = schooldays.last_years_start(world.on) - timedelta(days=365)
    schools = [
        place.schools[each.urn]
        for each in place.sketches
        if each.is_open and each.kind == "primary" and each.opened < start and place.schools[each.urn].is_open
    ]
    officer = (place.officers or [place.manager])[0]
    visits = _keep(place, world, place.manager, "Visits and calls", _talks(place, schools[2:], start, officer))
    _remember(visits, _name(place, "Visits and calls, one sheet a year"), place.manager)
    _bring(place, world, visits)
    _keep(place, world, place.manager, "Support", _support(place, schools[5:], start.year))
    _keep(place, world, officer, "Old diary", _diary(place, schools[8:], start))


def _name(place: Place, words: str) -> str:
    return f"{words} {place.sentinel}".strip()


def _talks(place: Place, schools: Sequence[School], start: date, officer: User) -> Lines:
    """Dates as three people wrote them; a row of no school, and one whose day there is not."""
    lines = [CONTACTS]
    for number, (school, (days, how, kind, role, notes)) in enumerate(zip(schools, TALKS, strict=False)):
        on = schooldays.on_or_after(start + timedelta(days=days))
        written = (f"{on:%Y-%m-%d}", f"{on.day} {on:%B %Y}", f"{on:%a} {on.day} {on:%b %Y}")[number % 3]
        whom = place.contacts.get(school.pk, [])[:1] if role else []
        name = whom[0].name if whom else ""
        said = _name(place, notes)
        lines.append([str(school.urn), school.name, written, how, kind, name, role, str(officer), said])
    lines.append([NOWHERE, "Old Mill Nursery", f"{start:%Y-%m-%d}", "School visit", "Catch-up", "", "", "", ""])
    lines.append([str(schools[0].urn), schools[0].name, "31 June", "Phone call", "Catch-up", "", "", "", ""])
    return lines


def _support(place: Place, schools: Sequence[School], year: int) -> Lines:
    years = f"{year}/{(year + 1) % 100:02}"
    rows = zip(schools, GIVEN, strict=False)
    given = [[str(each.urn), each.name, years, term, kind, _name(place, what)] for each, (term, kind, what) in rows]
    return [SUPPORT, *given, [NOWHERE, "Old Mill Nursery", years, "", "CPD", ""]]


def _diary(place: Place, schools: Sequence[School], start: date) -> Lines:
    rows = zip(schools, POPPED_IN, strict=False)
    days = (schooldays.on_or_after(start + timedelta(days=30 * number)) for number in range(1, 9))
    said = [
        [str(each.urn), each.name, f"{on:%Y-%m-%d}", "Pop-in", _name(place, words)]
        for (each, words), on in zip(rows, days, strict=False)
    ]
    return [DIARY, *said]


def _keep(place: Place, world: World, by: User, name: str, lines: Lines) -> PastImport:
    """The file, uploaded a week ago, its columns told by their headings, and checked."""
    data = _csv(lines)
    imported = PastImport(
        uuid=world.uuid(),
        hub=place.hub,
        by=by,
        name=f"{_name(place, name)}.csv",
        kind=PastImport.Kind.CSV,
        state=WorkState.READY,
        sheets=reading.open_book(data).as_data(),
    )
    imported.file.save("", ContentFile(data), save=False)
    imported.save()
    past.choose_sheet(imported=imported, sheet=0, by=by)
    _do(imported, PastImport.Step.CHECK)
    PastImport.objects.filter(pk=imported.pk).update(at=world.at(world.on - timedelta(days=8), 10, 5))
    return imported


def _bring(place: Place, world: World, imported: PastImport) -> None:
    at = world.at(world.on - timedelta(days=8), 10, 40)
    imported.brought_by, imported.brought_at = place.manager, at
    imported.file.delete(save=False)
    _do(imported, PastImport.Step.BRING)
    imported.brought_at = at
    imported.save()
    Conversation.objects.filter(past_row__past_import=imported).update(logged_at=at)
    _name_by_the_dice(imported, world)


def _name_by_the_dice(imported: PastImport, world: World) -> None:
    """The same seed gives what was brought in the same names."""
    parts = ConversationPart.objects.filter(conversation__past_row__past_import=imported)
    for part in parts.order_by("conversation__past_row__line"):
        entries = TimelineEntry.objects.filter(hub=imported.hub, source=part.timeline_source)
        part.uuid = world.uuid()
        entries.update(source=part.timeline_source)
        part.save(update_fields=["uuid"])


def _do(imported: PastImport, step: PastImport.Step) -> None:
    """As a worker does it, in the transaction of the demo."""
    imported.step = step
    for name, value in work.do_step(imported, work.Progress()).items():
        setattr(imported, name, value)
    imported.save()


def _remember(imported: PastImport, name: str, by: User) -> None:
    """How its columns were read, for the next year's sheet."""
    headings = columns.folded(imported.header)
    held = {headings[int(at)]: field for field, at in imported.settings["columns"].items()}
    kept = {name: imported.settings[name] for name in ("kind", "how", "talk", "plan_date")}
    settings = {**kept, "columns": held, "said": {}, "words": {}}
    PastMapping.objects.create(hub=imported.hub, name=name, headings=headings, settings=settings, by=by)


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode()
