"""All the forms of one conversation, bound to what its draft holds: for one page, for the draft's shape, or for
logging."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.http import QueryDict

from engagement.actions.entries import ActionChange, ActionEntry, Entry, FindingEntry, JudgementEntry, PartEntry, Person
from engagement.forms.conversations import fields
from engagement.forms.conversations.words import Words
from engagement.models import (
    AgreedAction,
    Conversation,
    ConversationPart,
    Criterion,
    Finding,
    FrameworkArea,
    Participant,
)
from hubportal.accounts.models import User
from hubportal.kit import drafts
from hubportal.kit.drafts import typed
from hubportal.kit.errors import summary_entries
from schools.access import today
from schools.models import Partner

QUICK_COMMON = ("how", "date", "minutes", "kind", "private_notes")
QUICK_PART = ("contacts", "summary", "next_on")
NOTHING_SAID = "Write what was said. One sentence is enough"


def prefix_of(part: ConversationPart) -> str:
    return f"part-{part.uuid}"


@dataclass
class CriterionForm:
    """A criterion with its form and where it stood last time."""

    criterion: Criterion
    form: fields.JudgementForm
    last: Any = None

    @property
    def is_open(self) -> bool:
        return self.form.has_words or bool(self.form.errors)

    @property
    def now(self) -> str:
        """The level that stands in the draft, in words: the agreed one, else the hub's, else the school's."""
        names = dict(self.form.fields["agreed_level"].choices)
        given = (self.form[name].data for name in ("agreed_level", "hub_level", "school_level"))
        return next((names[level] for level in given if level and level in names), "")


@dataclass
class CarriedAction:
    action: AgreedAction
    form: fields.CarriedForm

    @property
    def is_open(self) -> bool:
        """Whether the draft says anything about it, or something there is wrong."""
        return bool(self.form.errors) or any(self.form[name].data for name in self.form.fields)

    @property
    def whose(self) -> str:
        return self.action.partner.name if self.action.partner else self.action.get_side_display().lower()

    @property
    def is_overdue(self) -> bool:
        return self.action.due_on is not None and self.action.due_on < today()


class Chapter:
    """The forms of one school's part."""

    def __init__(self, book: "Book", part: ConversationPart) -> None:
        self.part, self.prefix, self.words = part, prefix_of(part), book.words
        common = {"data": book.data, "quiet": book.quiet}
        named = book.data.getlist(f"{self.prefix}-contacts")
        self.contacts = book.words.contacts(part, named)
        self.form = fields.PartForm(
            prefix=self.prefix,
            contacts=[(uuid, str(each)) for uuid, each in self.contacts.items()],
            contact=book.contact,
            noun=part.school.noun,
            **common,
        )
        self.people = book.rows(fields.TheirPeople, f"{self.prefix}-people")
        self.actions = book.rows(fields.Actions, f"{self.prefix}-actions", sides=book.words.side_choices(part.school))
        self.areas: list[tuple[FrameworkArea, list[CriterionForm]]] = []
        self.carried = [
            CarriedAction(each, fields.CarriedForm(prefix=f"{self.prefix}-open-{each.uuid}", **common))
            for each in book.words.open_before(part)
        ]
        if book.is_quick:
            _keep(self.form, QUICK_PART)
            self.form.fields["summary"].required = True
            self.form.fields["summary"].error_messages["required"] = NOTHING_SAID
            return
        if not part.school.is_organisation:  # the framework judges how a school teaches music
            self._full(book, common)

    def _full(self, book: "Book", common: Mapping[str, Any]) -> None:
        criteria = {
            "criteria": book.words.criterion_choices,
            "titles": {code: each.title for code, each in book.words.criteria.items()},
        }
        self.covered = book.rows(fields.Findings, f"{self.prefix}-covered", with_next_step=False, **criteria)
        self.develop = book.rows(fields.Findings, f"{self.prefix}-develop", with_next_step=True, **criteria)
        levels = book.words.level_choices
        self.areas = [
            (
                area,
                [
                    CriterionForm(
                        each, fields.JudgementForm(prefix=f"{self.prefix}-c-{each.code}", levels=levels, **common)
                    )
                    for each in criteria_
                ],
            )
            for area, criteria_ in book.words.areas
        ]

    @property
    def judgements(self) -> list[CriterionForm]:
        return [each for _area, forms in self.areas for each in forms]

    @property
    def somebody_else(self) -> str:
        """What is asked above the rows for people whom the hub does not know."""
        return f"Somebody else from the {self.part.school.noun}?"

    @property
    def has_typed_people(self) -> bool:
        """Whether somebody stands in the rows for people whom the hub does not know."""
        return any(form.has_changed() for form in self.people.forms)

    def parts(self) -> list[BaseForm | BaseFormSet]:
        """Every form and formset, in the order of the page."""
        found: list[BaseForm | BaseFormSet] = [*(each.form for each in self.carried), self.form, self.people]
        found += [each.form for each in self.judgements]
        if self.areas:
            found += [self.covered, self.develop]
        return [*found, self.actions]

    def entry(self) -> PartEntry:
        """The checked forms as plain data."""
        form = self.form
        ticked = dict.fromkeys(self.contacts[uuid] for uuid in form.cleaned_data.get("contacts", []))
        known = [Person(contact=contact) for contact in ticked]
        typed = [Person(name=row["name"], job_title=row["job_title"]) for row in self.people.filled()]
        findings: list[FindingEntry] = []
        if self.areas:
            findings = self._findings(Finding.Kind.COVERED, self.covered) + self._findings(
                Finding.Kind.DEVELOP, self.develop
            )
        return PartEntry(
            people=known + typed,
            next_on=form.cleaned_data.get("next_on"),
            judgements=[
                JudgementEntry(each.criterion, **each.form.cleaned_data)
                for each in self.judgements
                if each.form.has_words
            ],
            findings=findings,
            actions=[self._action(row) for row in self.actions.filled()],
            changes=[ActionChange(each.action, **each.form.cleaned_data) for each in self.carried],
            **form.texts("summary", "challenge", "answer", "help_offered", "could_offer", "next_note"),
        )

    def _findings(self, kind: str, rows: typed.Rows) -> list[FindingEntry]:
        criteria = self.words.criteria
        return [
            FindingEntry(
                kind=kind,
                heading=row["heading"],
                text=row["text"],
                next_step=row.get("next_step", ""),
                criterion=criteria.get(row["criterion"]),
                row=int(row["row"]) if row["row"].isdecimal() and len(row["row"]) < 19 else None,
            )
            for row in rows.filled()
        ]

    def _action(self, row: Mapping[str, Any]) -> ActionEntry:
        side, _, uuid = row["side"].partition(":")
        partner = self.words.partners.get(uuid)
        return ActionEntry(
            what=row["what"],
            side=side,
            partner=partner,
            owner_name=row["owner_name"] or self._somebody(side, partner),
            due_on=row["due_on"],
            row=_uuid(row["row"]),
        )

    def _somebody(self, side: str, partner: Partner | None) -> str:
        """Whose an action is where no name was typed: the author's, as far as it is their own side's; else the side's.
        A partner's officer writes for the partner."""
        conversation = self.words.conversation
        if side == AgreedAction.Side.SCHOOL:
            return f"The {self.part.school.noun}"
        return str(conversation.author if partner == conversation.partner else partner or conversation.hub)


class Book:
    """The forms of a conversation: the common ones, and a chapter for each of `parts`.

    `data` is a post or a draft's values (`drafts.as_data`). Quiet forms show what was typed and check nothing.
    About ten queries, and three a school.
    """

    def __init__(
        self,
        *,
        conversation: Conversation,
        user: User,
        data: QueryDict,
        every_part: Sequence[ConversationPart],
        parts: Sequence[ConversationPart] | None = None,
        with_common: bool = True,
        is_quick: bool = False,
        quiet: bool = True,
    ) -> None:
        self.conversation, self.quiet, self.is_quick, self.with_common = conversation, quiet, is_quick, with_common
        self.data = data.copy()
        self.every_part = every_part
        self.contact = conversation.hub.safeguarding_contact
        self.words = Words(conversation, user, every_part)
        self.common = fields.CommonForm(
            data=self.data,
            quiet=quiet,
            hub=conversation.hub,
            schools=[part.school for part in every_part],
            strands=self.words.strand_choices,
            contact=self.contact,
            today=today(),
            partner=conversation.partner,
        )
        self.ours = self.rows(fields.OurPeople, "ours")
        if is_quick:
            _keep(self.common, QUICK_COMMON)
            self.common.fields["private_notes"].widget.attrs["rows"] = 3
        self.chapters = [Chapter(self, part) for part in (every_part if parts is None else parts)]

    def rows(self, kind: type[typed.Rows], prefix: str, **options: Any) -> typed.Rows:
        """A formset over the data."""
        return typed.rows_in(self.data, kind, prefix, quiet=self.quiet, **options)

    def parts(self) -> list[BaseForm | BaseFormSet]:
        """Every form and formset of the page, in its order."""
        found: list[BaseForm | BaseFormSet] = []
        if self.with_common:
            found += [self.common] if self.is_quick else [self.common, self.ours]
        for chapter in self.chapters:
            found += chapter.parts()
        return found

    def shape(self) -> drafts.Shape:
        """What this page may write into the draft."""
        return drafts.shape_of(*self.parts())

    def is_valid(self) -> bool:
        """Check everything, so that every problem is named at once. The date comes first: others are measured
        against it as it was typed, whether or not it can be."""
        fine = [self.common.is_valid(), self.ours.is_valid()]
        on = self.common.on
        for chapter in self.chapters:
            chapter.form.on = on
            for form in chapter.actions.forms:
                form.on = on
            fine += [each.is_valid() for each in chapter.parts()]
        if all(fine) and len(self.chapters) == len(self.every_part):
            fine.append(self._something_was_said())
        return all(fine)

    def _something_was_said(self) -> bool:
        """A conversation with nothing in it is not a record: at least one part, or the common words, must hold
        some."""
        if self.common.cleaned_data.get("common_summary") or any(each.entry().is_filled for each in self.chapters):
            return True
        if "common_summary" in self.common.fields:
            self.common.add_error("common_summary", NOTHING_SAID)
        else:
            self.chapters[0].form.add_error("summary", NOTHING_SAID)
        return False

    def entry(self) -> Entry:
        """The checked forms as plain data, for `actions.conversations.log`."""
        said = self.common.cleaned_data
        return Entry(
            date=said["date"],
            how=said["how"],
            kind=said["kind"],
            minutes=said["minutes"],
            people=[
                Person(name=row["name"], job_title=row["job_title"], side=row["side"]) for row in self.ours.filled()
            ],
            strands=[self.words.strands[code] for code in said.get("strands", [])],
            common_summary=said.get("common_summary", ""),
            private_notes=said.get("private_notes", ""),
            parts={chapter.part.uuid: chapter.entry() for chapter in self.chapters},
        )

    def problems(self) -> list[tuple[str, str]]:
        """(sentence, id) for each problem of the page's forms."""
        return [entry for each in self.parts() for entry in summary_entries(each)]


def _keep(form: BaseForm, names: Sequence[str]) -> None:
    for name in [name for name in form.fields if name not in names]:
        del form.fields[name]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


SIDES = {side.value for side in Participant.Side}


def words_about_the_school(conversation: Conversation, part: ConversationPart) -> list[str]:
    """The draft's fields that name people or actions of the part's school: they mean nothing at another. Two
    queries."""
    prefix = prefix_of(part)
    names = [f"{prefix}-contacts"]
    for uuid in conversation.hub.agreed_actions.filter(school=part.school_id).values_list("uuid", flat=True):
        names += [f"{prefix}-open-{uuid}-{name}" for name in ("state", "note", "reason")]
    return names
