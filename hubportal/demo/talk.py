"""Two academic years of short contacts and of attempts without an answer."""

from datetime import date, timedelta
from random import Random

from engagement.models import AgreedAction, Attempt, Conversation, ConversationPart, Participant
from hubportal.accounts.models import User
from hubportal.demo import schooldays
from hubportal.demo.book import Book, Meeting, settle
from hubportal.demo.county import FENWICK_ROAD, HOLLOWDENE_HIGH, MILLBROOK, ST_BRANNOCS, DemoSchool
from hubportal.demo.voice import Voice
from hubportal.demo.words.calls import ATTEMPTS, PRIVATE, TOPICS, Topic
from schools.models import Partner, School

MINUTES = {"call": (6, 25), "visit": (25, 60), "video": (20, 45), "email": None}
HOW_BY_WORDS = (
    ("video", ("Video",)),
    ("email", ("They sent", "Sent ")),
    (
        "visit",
        (
            "Heard",
            "Went through",
            "Called in",
            "Dropped in",
            "Met ",
            "Looked",
            "First meeting",
            "Introduced",
            "Prepared",
        ),
    ),
    ("call", ("Rang", "rang", "call", "Call", "Spoke", "asked", "Asked")),
)


def how_of(said: str, rng: Random) -> str:
    """How it was said follows from how it is told."""
    first = said.split(".")[0]
    for how, marks in HOW_BY_WORDS:
        if any(mark in first for mark in marks):
            return how
    return rng.choice(("call", "call", "visit", "email"))


class Talk:
    """Makes the short conversations and the attempts of one hub."""

    def __init__(self, book: Book):
        self.book, self.place, self.world = book, book.place, book.world
        self.rng = book.world.rng
        self.start = schooldays.last_years_start(self.world.on)
        self.days = list(schooldays.school_days(self.start, self.world.on - timedelta(days=1)))
        self.voices: dict[int, Voice] = {}
        self.said: set[str] = set()
        self.open = [each for each in self.place.sketches if each.is_open]

    def voice(self, sketch: DemoSchool) -> Voice:
        if sketch.urn not in self.voices:
            others = [each for each in self.open if each.kind == sketch.kind and each.urn != sketch.urn]
            near = self.rng.choice([each for each in others if each.town == sketch.town] or others or self.open)
            partners = [name for name in self.place.partners if name != "Brannoc Bay Music Service"] or ["the partner"]
            self.voices[sketch.urn] = Voice(self.rng, sketch, near.name, self.rng.choice(partners))
        return self.voices[sketch.urn]

    def author(self, school: School) -> tuple[User, Partner | None]:
        """Who talks to this school: its owner; a partner where it is entrusted to one."""
        partner = self.place.entrusted.get(school.pk)
        return self.place.owners.get(school.pk) or self.place.manager, partner

    def begin(
        self, sketches: list[DemoSchool], day: date, *, kind: str, how: str, minutes: int | None, strands: list[str],
        form: str = Conversation.Form.QUICK, author: User | None = None,
    ) -> Meeting:  # fmt: skip
        """A logged conversation with a part for each school, and the hub's person there."""
        schools = [self.place.schools[each.urn] for each in sketches]
        owner, partner = self.author(schools[0])
        author = author or owner
        logged = self.world.at(day, 17, self.rng.randint(0, 59))
        conversation = Conversation(
            uuid=self.world.uuid(), hub=self.place.hub, partner=partner, author=author, state=Conversation.State.LOGGED,
            form=form, date=day, minutes=minutes, how=how, kind=kind, framework=self.world.framework, logged_at=logged,
        )  # fmt: skip
        meeting = Meeting(conversation, strands)
        for school in schools:
            part = ConversationPart(uuid=self.world.uuid(), conversation=conversation, school=school, is_filled=True)
            meeting.parts.append(part)
        side = Participant.Side.PARTNER if partner else Participant.Side.HUB
        title = f"Officer, {partner.name}" if partner else "Schools officer"
        meeting.people.append(
            Participant(conversation=conversation, side=side, name=author.name, job_title=title, user=author)
        )
        self.book.meetings.append(meeting)
        return meeting

    def add_people(self, meeting: Meeting, part: ConversationPart, most: int) -> None:
        """Some of the school's contacts as people on its side, with their roles of today."""
        contacts = self.place.current_contacts(part.school)
        music = sorted(contacts, key=lambda each: (not each.is_music_lead, not each.is_leader, each.name))
        for position, contact in enumerate(music[: self.rng.randint(1, most)]):
            meeting.people.append(
                Participant(
                    conversation=meeting.conversation, part=part, side=Participant.Side.SCHOOL, name=contact.name,
                    job_title=contact.job_title, contact=contact, user=contact.user, position=position,
                )
            )  # fmt: skip

    def add_action(self, meeting: Meeting, part: ConversationPart, side: str, what: str, days: int) -> AgreedAction:
        """An agreed action of this part; its owner is the hub's person, the school's or a partner."""
        contacts = self.place.current_contacts(part.school)
        author, partner, owner = meeting.conversation.author, None, None
        name = contacts[0].name if contacts else "Headteacher"
        if side == "hub" and meeting.conversation.partner:
            side, partner = "partner", meeting.conversation.partner
        if side == "partner" and partner is None:
            partner = self.place.partners[self.voice_of(part).fixed["partner"]]
            owner = self.place.partner_officers.get(partner.name)
            name = owner.name if owner else "Programme lead"
        elif side != "school":
            name, owner = author.name, author
        assert meeting.conversation.date, "only a draft may lack its date"
        due = schooldays.on_or_after(meeting.conversation.date + timedelta(days=days))
        action = AgreedAction(
            uuid=self.world.uuid(), hub=self.place.hub, school=part.school, part=part, what=what, side=side,
            owner_name=name, owner=owner,
            contact=contacts[0] if side == "school" and contacts else None, partner=partner, due_on=due,
            position=len(meeting.actions),
        )  # fmt: skip
        meeting.actions.append(action)
        return action

    def voice_of(self, part: ConversationPart) -> Voice:
        return self.voices[part.school.urn]

    def call(self, sketch: DemoSchool, day: date, topic: Topic | None = None, *, promises: bool = True) -> Meeting:
        """One short contact with words of its own; without `promises` nothing is agreed in it."""
        rng, voice = self.rng, self.voice(sketch)
        chosen = topic or self._topic_for(sketch)
        for _ in range(200):
            said = " ".join(voice.one(choices) for choices in (chosen.first, chosen.middle, chosen.last))
            if said not in self.said:
                break
            chosen = topic or self._topic_for(sketch)
        self.said.add(said)
        how = how_of(said, rng)
        minutes = MINUTES[how]
        meeting = self.begin(
            [sketch], day, kind=chosen.kind, how=how, minutes=rng.randint(*minutes) if minutes else None,
            strands=list(chosen.strands),
        )  # fmt: skip
        part = meeting.parts[0]
        part.summary = said
        if self.place.sentinel:
            part.summary += f" ({self.place.sentinel} summary)"
        if rng.random() < 0.32:
            meeting.conversation.private_notes = voice.one(chosen.private or PRIVATE)
        if self.place.sentinel:
            meeting.conversation.private_notes = f"{self.place.sentinel} private. {voice.one(PRIVATE)}"
        self.add_people(meeting, part, 2)
        for side, choices in (("hub", chosen.hub_does), ("school", chosen.school_does)):
            if choices and promises and rng.random() < 0.28:
                what = voice.one(choices) + (f" ({self.place.sentinel} action)" if self.place.sentinel else "")
                action = self.add_action(meeting, part, side, what, rng.randint(7, 45))
                settle(self.book, action, day, voice.say)
        if (self.world.on - day).days < 100 and rng.random() < 0.5:
            part.next_on = schooldays.on_or_after(day + timedelta(days=rng.randint(25, 110)))
            part.next_note = rng.choice(("A call", "A visit", "After half-term", "Once a term agreed", ""))
        return meeting

    def _topic_for(self, sketch: DemoSchool) -> Topic:
        if sketch.kind in ("unit", "special", "college", "sixth_form"):
            fitting = [each for each in TOPICS if "{inst} in {mid}" not in " ".join(each.first)]
            return self.rng.choice(fitting)
        return self.rng.choice(TOPICS)

    def attempt(self, sketch: DemoSchool, day: date, how: str = "", note: str | None = None) -> None:
        """One attempt that got no answer."""
        rng, school = self.rng, self.place.schools[sketch.urn]
        author, partner = self.author(school)
        contacts = self.place.current_contacts(school)
        self.book.attempts.append(
            Attempt(
                uuid=self.world.uuid(), hub=self.place.hub, partner=partner, school=school,
                contact=rng.choice(contacts) if contacts and rng.random() < 0.5 else None,
                how=how or rng.choices(("call", "email", "visit", "letter"), (56, 34, 6, 4))[0],
                at=self.world.office_hour(day), by=author, note=rng.choice(ATTEMPTS) if note is None else note,
            )
        )  # fmt: skip

    def year_of_talk(self, calls: int, attempts: int, skip: set[int]) -> None:
        """Spread calls and attempts over the schools: some talk often, some once, some have gone quiet, some never did."""
        rng = self.rng
        ready = [each for each in self.open if each.urn not in skip]
        never = set(rng.sample([each.urn for each in ready], len(ready) // 12))
        silent = set(rng.sample([each.urn for each in ready if each.urn not in never], len(ready) // 9))
        lapsed = set(rng.sample([each.urn for each in ready if each.urn not in never | silent], len(ready) // 8))
        rest = [each for each in ready if each.urn not in never | silent]
        weights = [
            0.4 if each.kind in ("independent", "unit", "college") else 1 if each.fsm < 25 else 1.4 for each in rest
        ]
        order = [*rest, *rng.choices(rest, weights, k=max(0, calls - len(rest)))][:calls]
        year = schooldays.academic_year_start(self.world.on)
        for number, sketch in enumerate(order):
            days = [day for day in self.days if day < year] if sketch.urn in lapsed else self.days
            self.call(sketch, self._day(sketch, days, 0.35 if number < len(rest) else 1.0))
        quiet = [each for each in ready if each.urn in silent]
        recent = [day for day in self.days if (self.world.on - day).days < 200]
        for sketch in quiet:
            for _ in range(rng.randint(2, 4)):
                self.attempt(sketch, self._day(sketch, recent))
        tried = [each for each in rest if each.urn not in never]
        for sketch in rng.choices(tried, k=max(0, attempts - len(self.book.attempts))):
            self.attempt(sketch, self._day(sketch, self.days))

    def _day(self, sketch: DemoSchool, days: list[date], bias: float = 0.8) -> date:
        """A day on which the school was open, more often a recent one: the smaller the bias, the more so."""
        school_days = [day for day in days if day >= sketch.opened] or [self.days[-1]]
        return school_days[int(len(school_days) * self.rng.random() ** bias)]

    def known_stories(self) -> None:
        """What today's list at the start of the demo shows: silence, a change of music lead, a promise that is due."""
        sketches = {each.urn: each for each in self.place.sketches}
        on = self.world.on

        def back(days: int) -> date:
            return max(self.start, schooldays.on_or_before(on - timedelta(days=days)))

        fenwick = sketches[FENWICK_ROAD]
        self.attempt(fenwick, back(150), "email", "Asked whether we might come in before the summer.")
        self.attempt(fenwick, back(66), "email", "Wrote again at the start of term, with the short list of offers.")
        self.attempt(fenwick, back(33), "call", "Left a message with the office; said the head would ring back.")
        brannoc = sketches[ST_BRANNOCS]
        self.call(brannoc, back(51), TOPICS[16])
        hollow = sketches[HOLLOWDENE_HIGH]
        meeting = self.call(hollow, back(24), TOPICS[4], promises=False)
        meeting.conversation.private_notes = (
            "The trust has not said yet whether it keeps the visiting teachers. Ask before December."
        )
        self.add_action(
            meeting, meeting.parts[0], "hub", "Send Year 7 whole-class options", 0
        ).due_on = schooldays.on_or_before(on - timedelta(days=1))


SPECIAL_STORIES = {MILLBROOK, FENWICK_ROAD, ST_BRANNOCS, HOLLOWDENE_HIGH}
