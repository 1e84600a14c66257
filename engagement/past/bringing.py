"""Bringing the rows of a file in as records of their own, dated when they happened. The school is told of nothing: what
a spreadsheet says was never written for it, so notes are kept as private ones."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from engagement.actions import contact_dates
from engagement.models import (
    Attempt,
    Conversation,
    ConversationPart,
    Framework,
    Participant,
    Strand,
)
from engagement.models.past import PastImport, PastRow, SupportGiven
from engagement.past.plan_dates import keeper
from engagement.past.planning import Planner, said_of
from engagement.past.reading import Line
from hubportal.accounts.models import User
from schools.access import today
from schools.models import Contact, Membership, School, TimelineEntry

AT_ONCE = 1000  # rows in a statement
Kind, Outcome = PastRow.Kind, PastRow.Outcome
LONGEST_NOTE = 300  # characters of an attempt's
NO_LONGER = "Was to be brought in, and could not be any more"


class Bringing:
    """One file, in one transaction that the caller holds. `by` is who asked for it."""

    def __init__(self, imported: PastImport, by: User, on_progress: Callable[[int], None]) -> None:
        self.imported, self.hub, self.by, self.on_progress = imported, imported.hub, by, on_progress
        self.now, self.done = timezone.now(), 0
        self.users = people_by_name(imported)
        self.entries: list[TimelineEntry] = []

    def do(self) -> dict[str, int]:
        """Bring in what was shown, as far as it can be still; rows that somebody has recorded meanwhile are left out.
        Returns how many of each kind came. Some forty statements and two for each hundred rows; of plans some fifteen
        for each."""
        rows = {row.line: row for row in self.imported.rows.order_by("line")}
        shown = {line for line, row in rows.items() if row.outcome == Outcome.NEW}
        to_bring: dict[str, list[PastRow]] = defaultdict(list)
        for told in Planner(self.imported).rows(Line(row.line, row.cells) for row in rows.values()):
            if told.line not in shown:
                continue
            row = rows[told.line]
            row.kind, row.school, row.values, row.outcome = told.kind, told.school, told.values, told.outcome
            row.reason = told.reason
            if row.outcome == Outcome.NEW:
                to_bring[row.kind].append(row)
        self._contacts(to_bring[Kind.CONTACT])
        self._attempts(to_bring[Kind.ATTEMPT])
        self._support(to_bring[Kind.SUPPORT])
        self._plans(to_bring[Kind.PLAN])
        for chunk in _chunks(self.entries):
            TimelineEntry.objects.bulk_create(chunk)
        columns = ["kind", "school", "values", "outcome", "reason", "conversation", "attempt", "support", "plan"]
        PastRow.objects.bulk_update([rows[line] for line in sorted(shown)], columns, batch_size=500)
        brought = [row for found in to_bring.values() for row in found if row.outcome == Outcome.BROUGHT]
        schools = {row.school_id: row.school for row in brought if row.school}
        contact_dates.refresh_schools(hub=self.hub, schools=list(filter(None, schools.values())))
        return {kind: sum(row.kind == kind for row in brought) for kind in Kind.values}

    def _note(self, rows: Sequence[PastRow]) -> None:
        self.done += len(rows)
        self.on_progress(self.done)

    def _officer(self, row: PastRow) -> tuple[str, User]:
        """Who of the hub it was, in the file's words, and whose record it is: theirs, where the hub has one such
        person, else that of who brought it in."""
        name = row.values["officer"]
        return name, self.users.get(name.casefold(), self.by)

    def _entry(self, row: PastRow, source: str, kind: str, heading: str, details: Iterable[str], **more: str) -> None:
        on = date.fromisoformat(row.values.get("on") or row.values["starts_on"])
        detail = " · ".join(filter(None, [*details, f"imported from {self.imported.name}"]))
        self.entries.append(
            TimelineEntry(
                hub=self.hub,
                school=row.school,
                source=source,
                kind=kind,
                audience=TimelineEntry.Audience.HUB,
                at=timezone.make_aware(datetime.combine(on, time())),
                is_whole_day=True,
                heading=heading[:200],
                detail=detail[:300],
                **more,
            )
        )

    # --- the kinds ---------------------------------------------------------------------------------------------------

    def _contacts(self, rows: list[PastRow]) -> None:
        if not rows:
            return
        framework = Framework.objects.current_for_hub(self.hub.pk, today()).first()
        if framework is None:
            raise ValidationError("There is no framework of criteria yet. Ask the platform’s administrator for one.")
        known = _contacts_by_name(self.imported, rows)
        for chunk in _chunks(rows):
            parts, people = [], []
            for row in chunk:
                values = row.values
                officer, author = self._officer(row)
                row.conversation = Conversation(
                    hub=self.hub,
                    author=author,
                    state=Conversation.State.LOGGED,
                    date=date.fromisoformat(values["on"]),
                    how=values["how"],
                    kind=values["kind"],
                    framework=framework,
                    private_notes=values["notes"],
                    logged_at=self.now,
                )
                part = ConversationPart(conversation=row.conversation, school=row.school, is_filled=True)
                parts.append(part)
                people += self._people(row, part, officer, author, known)
                who = " with ".join(filter(None, [officer or str(author), values["person"]]))
                self._entry(
                    row,
                    part.timeline_source,
                    TimelineEntry.Kind.CONVERSATION,
                    row.conversation.get_kind_display(),
                    [row.conversation.get_how_display(), who],
                    url=reverse("engagement:conversation-detail", args=[row.conversation.uuid]),
                )
                row.outcome = Outcome.BROUGHT
            Conversation.objects.bulk_create([row.conversation for row in chunk if row.conversation])
            ConversationPart.objects.bulk_create(parts)
            Participant.objects.bulk_create(people)
            self._note(chunk)

    def _people(
        self,
        row: PastRow,
        part: ConversationPart,
        officer: str,
        author: User,
        known: dict[tuple[int, str], Contact],
    ) -> list[Participant]:
        values, found = row.values, []
        if officer:
            user = self.users.get(officer.casefold())
            side = Participant.Side.HUB
            found.append(Participant(conversation=row.conversation, side=side, name=officer, user=user))
        if values["person"] or values["role"]:
            contact = known.get((row.school_id or 0, values["person"].casefold()))
            found.append(
                Participant(
                    conversation=row.conversation,
                    part=part,
                    side=Participant.Side.SCHOOL,
                    name=values["person"] or values["role"],
                    job_title=values["role"] if values["person"] else "",
                    contact=contact,
                    user_id=contact.user_id if contact else None,
                )
            )
        return found

    def _attempts(self, rows: list[PastRow]) -> None:
        for chunk in _chunks(rows):
            for row in chunk:
                values = row.values
                officer, author = self._officer(row)
                said = " ".join(filter(None, [f"For {values['person']}." if values["person"] else "", values["notes"]]))
                row.attempt = Attempt(
                    hub=self.hub,
                    school=row.school,
                    how=values["how"],
                    at=timezone.make_aware(datetime.combine(date.fromisoformat(values["on"]), time(12))),
                    by=author,
                    note=said if len(said) <= LONGEST_NOTE else f"{said[: LONGEST_NOTE - 1]}…",
                )
                values["note"] = row.attempt.note
                self._entry(
                    row,
                    row.attempt.timeline_source,
                    TimelineEntry.Kind.ATTEMPT,
                    row.attempt.get_how_display(),
                    [officer or str(author)],
                    text=row.attempt.note,
                    url=reverse("engagement:attempt-edit", args=[row.attempt.uuid]),
                )
                row.outcome = Outcome.BROUGHT
            Attempt.objects.bulk_create([row.attempt for row in chunk if row.attempt])
            self._note(chunk)

    def _support(self, rows: list[PastRow]) -> None:
        strands = {strand.code: strand for strand in Strand.objects.all()}
        for chunk in _chunks(rows):
            for row in chunk:
                values = row.values
                row.support = SupportGiven(
                    hub=self.hub,
                    school=row.school,
                    strand=strands[values["strand"]],
                    year=values["year"],
                    term=values["term"],
                    starts_on=date.fromisoformat(values["starts_on"]),
                    what=values["what"],
                    by=self.by,
                )
                self._entry(
                    row,
                    row.support.timeline_source,
                    TimelineEntry.Kind.SUPPORT,
                    str(row.support),
                    [str(row.support.strand) if row.support.what else "", row.support.when],
                    url=row.support.get_absolute_url(),
                )
                row.outcome = Outcome.BROUGHT
            SupportGiven.objects.bulk_create([row.support for row in chunk if row.support])
            self._note(chunk)

    def _plans(self, rows: list[PastRow]) -> None:
        for row in rows:
            if row.school is None:
                continue
            try:
                with transaction.atomic():
                    row.plan = keeper().record(row.school, said_of(row.values), self.by)
                row.outcome = Outcome.BROUGHT
            except ValidationError as problem:
                row.outcome, row.reason = Outcome.FAILED, f"{NO_LONGER}: {' '.join(problem.messages)}"
            self._note([row])


def _chunks(rows: list) -> Iterable[list]:
    return (rows[at : at + AT_ONCE] for at in range(0, len(rows), AT_ONCE))


def people_by_name(imported: PastImport) -> dict[str, User]:
    """Everybody who works or worked for the hub or its partners, by name; a name that two bear names nobody."""
    memberships = Membership.objects.filter(hub=imported.hub) | Membership.objects.filter(partner__hub=imported.hub)
    found: dict[str, dict[int, User]] = defaultdict(dict)
    for membership in memberships.select_related("user"):
        found[membership.user.name.casefold()][membership.user_id] = membership.user
    return {name: next(iter(users.values())) for name, users in found.items() if len(users) == 1}


def _contacts_by_name(imported: PastImport, rows: list[PastRow]) -> dict[tuple[int, str], Contact]:
    """The hub's contacts at these schools, by school and name; a name that two bear names nobody."""
    found: dict[tuple[int, str], list[Contact]] = defaultdict(list)
    schools: set[School | None] = {row.school for row in rows}
    for contact in Contact.objects.filter(hub=imported.hub, school__in=filter(None, schools)):
        found[contact.school_id, contact.name.casefold()].append(contact)
    return {key: contacts[0] for key, contacts in found.items() if len(contacts) == 1}
