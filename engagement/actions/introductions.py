"""Introducing two schools to each other: suggested, asked one after the other, named once both agree, and what came of
it. Whatever a school reads before that names neither."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from engagement.actions import named_for, tenancy
from engagement.models import Introduction, IntroductionSide, IntroductionStep, NamedFor
from engagement.school_to_school import words
from hubportal.accounts.models import User
from hubportal.kit import letters
from hubportal.kit.wording import long_date
from schools import timeline
from schools.access import today
from schools.actions import relationships
from schools.models import Hub, Membership, School, TimelineEntry
from schools.roles import Role

State, Side, What = Introduction.State, IntroductionSide.Role, IntroductionStep.What
NAMES_IT = "This names {}, which the other school would read before both have agreed. Say it without the name"
CLOSED = "This introduction is closed already."
ANSWERED = "This school has answered already."
NOT_HERE = "One of the two schools is not in the hub’s area any more."


@dataclass(frozen=True)
class Contact:
    """Whom the other school gets in touch with."""

    name: str
    role: str = ""
    email: str = ""


@dataclass(frozen=True)
class Answer:
    """What a school says when it is asked. `said_by` and `said_on` where an officer writes it down for the school; the
    school that could help says by `named_for` and `also` (a new line of its list) what it is happy to be named for."""

    is_agreed: bool
    contact: Contact | None = None
    reason: str = ""
    named_for: Sequence[NamedFor] = field(default_factory=tuple)
    also: str = ""
    said_by: str = ""
    said_on: date | None = None

    def check(self, side: IntroductionSide) -> None:
        """Raises ValidationError by field."""
        if self.said_on and self.said_on > today():
            raise ValidationError({"said_on": f"The day must be today, {long_date(today())}, or before"})
        if not self.is_agreed:
            return
        if self.contact is None or not self.contact.name:
            raise ValidationError({"contact_name": "Enter whom the other school gets in touch with"})
        if side.is_helper and not (self.named_for or self.also):
            raise ValidationError({"named_for": "Choose at least one thing to be named for, or write one below"})
        if any(each.school_id != side.school_id or each.taken_out_at for each in self.named_for):
            raise ValidationError({"named_for": "Choose only what stands on the school’s own list"})


@transaction.atomic
def suggest(*, helped: School, helper: School, about: str, by: User, code: str = "", why: str = "") -> Introduction:
    """Write down that the one school may help the other. Nobody is told. Some fifteen statements.

    Raises ValidationError for schools that are not both in the hub's area, for words that name one of them, and where
    an introduction of the two stands."""
    if helped == helper:
        raise ValidationError("Choose two schools.")
    hub = tenancy.place_of([helped, helper], by=by).hub
    for each in (helped, helper):
        _check_unnamed({"about": about}, each)
    relationships.lock(hub=hub, schools=[helped, helper])
    if Introduction.objects.standing().filter(hub=hub).between(helped, helper).exists():
        raise ValidationError("An introduction of these two schools stands already. Close that one first.")
    made = Introduction.objects.create(hub=hub, about=about, criterion_code=code, why=why, made_by=by)
    for role, school in ((Side.HELPED, helped), (Side.HELPER, helper)):
        IntroductionSide.objects.create(introduction=made, role=role, school=school)
    _note(made, What.SUGGESTED, by, words=why[:600])
    return made


@transaction.atomic
def ask(*, side: IntroductionSide, by: User, note: str = "", by_email: bool = True) -> None:
    """Ask one school; the second only once the first has agreed, so that nobody is asked in vain. Its leaders and
    editors get an email, unless `by_email` is false. A dozen statements.

    Raises ValidationError where it was asked, where the other has not agreed, and for a note that names the other."""
    made, mine, other = _held(side)
    _check_area(made, [mine.school, other.school])
    if mine.asked_at:
        raise ValidationError("This school was asked already.")
    if other.asked_at and not other.is_agreed:
        raise ValidationError("Wait for the other school’s answer: this one is asked once that one has agreed.")
    _check_unnamed({"note": note}, other.school)
    mine.asked_at, mine.asked_by, mine.note = timezone.now(), by, note
    mine.save(update_fields=["asked_at", "asked_by", "note"])
    if made.state == State.SUGGESTED:
        _put(made, State.ASKED)
    _note(made, What.ASKED, by, mine, note)
    _write_timelines(made, [mine])
    if by_email:
        transaction.on_commit(partial(_email, "engagement/email/introduction_asked.txt", [mine], by))


@transaction.atomic
def answer(*, side: IntroductionSide, said: Answer, by: User, by_email: bool = True) -> Introduction:
    """What the school says, itself or through an officer. Where both have agreed, each is named to the other, and the
    leaders and editors of both get an email, unless `by_email` is false. Some twenty statements.

    Raises ValidationError, by field, and where it was not asked, has answered, or the introduction is closed."""
    made, mine, other = _held(side)
    _check_area(made, [mine.school, other.school])
    if mine.asked_at is None:
        raise ValidationError("This school was not asked yet.")
    if mine.is_agreed is not None:
        raise ValidationError(ANSWERED)
    said.check(mine)
    mine.is_agreed, mine.answered_at, mine.answered_by = said.is_agreed, timezone.now(), by
    mine.said_by, mine.said_on = said.said_by, said.said_on
    if said.is_agreed and said.contact:
        mine.contact_name, mine.contact_role = said.contact.name, said.contact.role
        mine.contact_email = said.contact.email
    else:
        mine.reason = said.reason
    mine.save()
    if said.is_agreed and mine.is_helper:
        mine.named_for.set(_chosen(mine, said, by))
    _note(made, What.AGREED if said.is_agreed else What.DECLINED, by, mine, words.of_answer(mine))
    if not said.is_agreed:
        _put(made, State.DECLINED)
    elif other.is_agreed:
        made.named_at = timezone.now()
        _put(made, State.NAMED)
        _note(made, What.NAMED, by)
    else:
        _put(made, State.AGREED)
    _write_timelines(made, [mine, other])
    if made.is_named and by_email:
        transaction.on_commit(partial(_email, "engagement/email/introduction_named.txt", [mine, other], by))
    return made


def _chosen(side: IntroductionSide, said: Answer, by: User) -> list[NamedFor]:
    chosen = list(said.named_for)
    if said.also:
        chosen.append(named_for.add(school=side.school, words=said.also, by=by, said_by=said.said_by))
    return chosen


@transaction.atomic
def withdraw(*, introduction: Introduction, reason: str, by: User) -> None:
    """Give it up, before both have agreed. A school that was asked reads that it goes no further, and not why. A dozen
    statements. Raises ValidationError where it is closed, or the two know of each other."""
    made, *sides = _held_whole(introduction)
    if made.is_named:
        raise ValidationError("Both schools know of each other. Record what came of it instead.")
    _put(made, State.DECLINED)
    _note(made, What.WITHDRAWN, by, words=reason)
    _write_timelines(made, sides)


@transaction.atomic
def record_outcome(*, introduction: Introduction, outcome: str, on: date, words: str, by: User) -> None:
    """Write down what came of it; what was written before stays among the steps. A dozen statements. Raises
    ValidationError by field, and where the two have not been named."""
    made, *sides = _locked(introduction)
    if not made.is_named:
        raise ValidationError("There is an outcome only once both schools have agreed.")
    if on > today():
        raise ValidationError({"on": f"The day must be today, {long_date(today())}, or before"})
    if made.named_at and on < timezone.localdate(made.named_at):
        raise ValidationError({"on": f"They were introduced on {long_date(made.named_at)}: choose that day or later"})
    made.outcome, made.outcome_on, made.outcome_words = outcome, on, words
    _put(made, State.OUTCOME)
    _note(made, What.OUTCOME, by, words=f"{made.get_outcome_display()}, {long_date(on)}. {words}".strip())
    _write_timelines(made, sides)


# --- Parts ----------------------------------------------------------------------------------------------------------


def _locked(introduction: Introduction) -> tuple[Introduction, IntroductionSide, IntroductionSide]:
    """The introduction, held until the transaction ends, and its two sides, who would be helped first. Two queries."""
    made = Introduction.objects.select_for_update(of=("self",)).select_related("hub").get(pk=introduction.pk)
    helped, helper = made.sides.select_related("school__type").order_by("role")
    return made, helped, helper


def _held_whole(introduction: Introduction) -> tuple[Introduction, IntroductionSide, IntroductionSide]:
    found = _locked(introduction)
    if not found[0].stands:
        raise ValidationError(CLOSED)
    return found


def _held(side: IntroductionSide) -> tuple[Introduction, IntroductionSide, IntroductionSide]:
    """The introduction that still stands, this side of it, and the other."""
    made, helped, helper = _held_whole(side.introduction)
    return (made, helped, helper) if side.pk == helped.pk else (made, helper, helped)


def _check_area(made: Introduction, schools: Sequence[School]) -> None:
    """Both are in the area of the hub today: what is arranged across hubs is not arranged here. Two queries."""
    for each in schools:
        if Hub.objects.covering(each.authority_id, today()).first() != made.hub:
            raise ValidationError(NOT_HERE)


def _check_unnamed(said: dict[str, str], school: School) -> None:
    """Raises ValidationError by field for words that hold the school's name or its URN."""
    for name, text in said.items():
        if school.name.casefold() in text.casefold() or str(school.urn) in text:
            raise ValidationError({name: NAMES_IT.format(school.name)})


def _put(made: Introduction, state: str) -> None:
    made.state = state
    made.save(update_fields=["state", "named_at", "outcome", "outcome_on", "outcome_words"])


def _note(made: Introduction, what: str, by: User, side: Any = None, words: str = "") -> None:
    IntroductionStep.objects.create(introduction=made, side=side, what=what, by=by, words=words[:600])


def _write_timelines(made: Introduction, sides: Sequence[IntroductionSide]) -> None:
    """One entry on the timeline of each school that was asked, for its leaders and editors too. Two statements each."""
    other = {each.role: each.school for each in made.sides.select_related("school")} if made.is_named else {}
    for side in sides:
        if side.asked_at is None:
            continue
        there = next((school for role, school in other.items() if role != side.role), None)
        timeline.write(
            hub=made.hub,
            school=side.school,
            source=side.timeline_source,
            kind=TimelineEntry.Kind.INTRODUCTION,
            audience=TimelineEntry.Audience.SCHOOL,
            at=made.named_at or side.asked_at,
            heading=words.heading(made, side, there),
            detail=words.detail(made, side),
            url=side.get_absolute_url(),
        )


def _email(name: str, sides: Sequence[IntroductionSide], by: User) -> None:
    """Tell each school's leaders and editors that something waits, without a word of it and without the other's name.
    One query each."""
    for side in sides:
        people = Membership.objects.current(today()).filter(
            school=side.school_id, role__in=[Role.SCHOOL_LEADER, Role.SCHOOL_EDITOR], user__is_active=True
        )
        context = {
            "school": side.school,
            "hub": side.introduction.hub,
            "sender": by,
            "url": side.get_absolute_url(),
        }
        letters.send(name, to=sorted(set(people.values_list("user__email", flat=True))), context=context)
