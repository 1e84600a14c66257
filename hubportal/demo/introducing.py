"""What some of the invented schools are happy to be named for, and introductions of two of them in every state."""

from datetime import timedelta

from django.db.models import F

from engagement.actions import introductions as actions
from engagement.actions import named_for
from engagement.actions.introductions import Answer, Contact
from engagement.models import Introduction, IntroductionSide, NamedFor
from engagement.school_to_school.matching import Match, needs_of_schools
from engagement.school_to_school.needs import levels_of, schools_with_needs
from hubportal.accounts.models import User
from hubportal.demo.county import MILLBROOK
from hubportal.demo.world import Place, World
from schools.models import School, TimelineEntry

GIFTS = {
    "singing": "Our singing assembly, which visitors can hear on Fridays",
    "choir": "Our choir’s rehearsal, open to a colleague any Tuesday",
    "ensemble": "How our Year 5 band began with eight borrowed instruments",
    "whole-class-instruments": "Whole-class brass in Year 4: come and see a lesson",
    "performance": "The summer concert, and the list by which we plan it",
    "leadership": "Our music lead’s notes for governors",
}
# How far each goes, how many days ago it was suggested, and why the hub thinks of these two.
WAYS = (
    ("asked-helper", 6, "Both heads came to the network in October."),
    ("together", 96, "The two music leads trained together."),
    ("named", 34, "Near enough to walk."),
    ("agreed", 9, "They asked for somebody to see it work."),
    ("declined", 40, "The same kind of school."),
    ("suggested", 2, "A visit might do more than a course."),
)
NOT_NOW = "We have an inspection to come; ask us again after Easter."


class Introducing:
    """The lists first, since a school is named only for what stands on its own."""

    def __init__(self, place: Place, world: World) -> None:
        self.place, self.world = place, world
        self.word = f" {place.sentinel}".rstrip()
        self.by = place.officers[0] if place.officers else place.manager

    def load(self) -> None:
        """Some two hundred statements, and no email."""
        self._make_lists()
        pairs = self._pairs()
        for (how, days, why), match in zip(WAYS, pairs, strict=False):
            self._go(match, how, days, f"{why}{self.word}")

    def _make_lists(self) -> None:
        """Of every school whose leader signs in: what it is strong in, three things at the most."""
        levels = levels_of(self.place.hub, self.by)
        schools = {each.pk: each for each in self.place.schools.values()}
        for pk, leader in sorted(self.place.leaders.items()):
            strong = [each.code for each in levels.get(pk, ()) if each.words == "Embedded" and each.code in GIFTS]
            for code in strong[:3]:
                named_for.add(school=schools[pk], words=f"{GIFTS[code]}{self.word}", code=code, by=leader)

    def _pairs(self) -> list[Match]:
        """One match for each school that needs something, no school twice; one that Millbrook could help first, since
        its people sign in."""
        schools = list(schools_with_needs(self.place.hub, self.by))
        needs = needs_of_schools(self.place.hub, self.by, schools)
        every = [match for each in schools for need in needs[each.pk] if need.code for match in need.matches]
        every.sort(key=lambda match: (match.helper.urn != MILLBROOK, match.helped.urn == MILLBROOK))
        found: list[Match] = []
        taken: set[int] = set()
        for match in every:
            if not taken & {match.helped.pk, match.helper.pk}:
                found.append(match)
                taken |= {match.helped.pk, match.helper.pk}
        return found[: len(WAYS)]

    def _go(self, match: Match, how: str, days: int, why: str) -> None:
        made = actions.suggest(
            helped=match.helped,
            helper=match.helper,
            about=f"{match.about}{self.word}",
            code=match.code,
            why=why,
            by=self.by,
        )
        helped, helper = made.sides.select_related("introduction", "school").order_by("role")
        first, second = (helper, helped) if how == "asked-helper" else (helped, helper)
        if how != "suggested":
            actions.ask(side=first, by=self.by, by_email=False)
        if how in ("agreed", "named", "together", "declined"):
            self._answer(first)
        if how in ("named", "together", "declined"):
            actions.ask(side=second, by=self.by, by_email=False)
            self._answer(second, is_agreed=how != "declined")
        self._age(made, days)
        if how == "together":
            made.refresh_from_db()
            on = self.world.on - timedelta(days=days // 3)
            words = f"The two Year 5 choirs sang together, and will again in June.{self.word}"
            actions.record_outcome(introduction=made, outcome="together", on=on, words=words, by=self.by)

    def _answer(self, side: IntroductionSide, *, is_agreed: bool = True) -> None:
        """By the school's leader where one signs in, else written down by the officer."""
        leader = self.place.leaders.get(side.school_id)
        said_by = "" if leader else f"The head of {side.school.name}"
        own = list(NamedFor.objects.standing().filter(school=side.school_id))
        also = "" if own or not side.is_helper else f"What we have learned about {side.introduction.about.lower()}"
        said = Answer(
            is_agreed,
            self._contact(side.school, leader) if is_agreed else None,
            reason="" if is_agreed else f"{NOT_NOW}{self.word}",
            named_for=own if side.is_helper and is_agreed else (),
            also=also if is_agreed else "",
            said_by=said_by,
            said_on=self.world.on if said_by else None,
        )
        actions.answer(side=side, said=said, by=leader or self.by, by_email=False)

    def _contact(self, school: School, leader: User | None) -> Contact:
        people = self.place.current_contacts(school)
        known = next((each for each in people if each.is_music_lead), people[0] if people else None)
        if known is not None:
            return Contact(known.name, known.job_title, known.email)
        return Contact(str(leader) if leader else f"The office of {school.name}")

    def _age(self, made: Introduction, days: int) -> None:
        """To the day on which it was suggested, with all that followed."""
        back = timedelta(days=days)
        Introduction.objects.filter(pk=made.pk).update(made_at=F("made_at") - back, named_at=F("named_at") - back)
        made.sides.update(asked_at=F("asked_at") - back, answered_at=F("answered_at") - back)
        made.sides.exclude(said_on=None).update(said_on=self.world.on - back)
        made.steps.update(at=F("at") - back)
        sources = [each.timeline_source for each in made.sides.all()]
        entries = TimelineEntry.objects.filter(hub=self.place.hub, source__in=sources)
        entries.update(at=F("at") - back, written_at=F("written_at") - back)
