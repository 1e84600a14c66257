"""Millbrook Junior School, told in full: it is what the demo opens with."""

from datetime import date, timedelta

from engagement.models import AgreedAction, Conversation, ConversationPart, Finding, Judgement, Participant
from hubportal.accounts.models import User
from hubportal.demo import schooldays
from hubportal.demo.book import Meeting, close_action
from hubportal.demo.county import MILLBROOK
from hubportal.demo.shared import Sharing
from hubportal.demo.talk import Talk
from hubportal.demo.words.offers import BRASS
from schools.models import Contact

# criterion: a year ago, evidence and next step; now the school's, the hub's and the agreed level, evidence and next step
LEVELS = {
    "weekly-hour": (
        (2, "Years 3 and 4 have 40 minutes a week; Years 5 and 6 have music on a carousel with art.",
         "Put a weekly lesson on the timetable of Years 5 and 6."),
        (3, 3, 3, "Every class has 45 minutes a week and a singing session of 20. Year 6 lost three lessons in the summer term.",
         "Keep Year 6’s lesson when rehearsals begin."),
    ),
    "singing": (
        (4, "Whole-school singing is skilled and joyful, in two parts from Year 5.", ""),
        (4, 4, 4, "Whole-school singing is skilled and joyful. Pupils lead the warm-ups, and Year 5 sings in two parts from memory.", ""),
    ),
    "whole-class-instruments": (
        (2, "Year 4 had a term of recorders. Nobody has gone on.", "Choose an instrument that pupils can carry on with."),
        (2, 2, 2, "Year 4 learns brass for three terms: two classes, 58 pupils. Of last year’s pupils six go on.",
         "Give those who leave whole-class brass somewhere to go."),
    ),
    "lessons": (
        (1, "No lessons took place in school.", "Ask families what their children would like to learn."),
        (2, 2, 2, "Brass, guitar and keyboard; 41 pupils learn. Fees are met in full for Pupil Premium, but few families know of it.",
         "Put help with fees on the website and in the newsletter, and add voice."),
    ),
    "choir": (
        (1, "There was no choir.", "Begin with those who stay after singing assembly."),
        (3, 3, 3, "Twenty-four pupils sing in a vocal group before each performance. It does not yet meet all year.",
         "Let the group meet all year."),
    ),
    "ensemble": (
        (1, "Nothing for players to join.", "Wait for the first brass players, then begin."),
        (1, 1, 1, "There is no band yet. Six players would join one tomorrow.", "A Year 5 band from January, led by Exampleshire Brass."),
    ),
    "practice-space": (
        (2, "The hall is free before school.", "Look for a room for lunchtimes."),
        (2, 2, 2, "The hall before school, and a corridor at lunchtime.", "Try the old cloakroom on two lunchtimes a week."),
    ),
    "performance": (
        (3, "A performance every term, with most classes.", ""),
        (3, 3, 3, "A performance every term, and every class on the stage at least once in the year.", ""),
    ),
    "leadership": (
        (1, "Nobody had led music since July. A new music lead began this month.", "Agree what the role is for."),
        (2, 2, 2, "The role is well filled and has no release time, so that nobody has looked at the scheme in use.",
         "Half an afternoon a fortnight for the role."),
    ),
}  # fmt: skip


class Millbrook:
    """Writes the school's two years into the talk's book, and shares them once the book is written."""

    def __init__(self, talk: Talk, accounts: dict[str, User]):
        self.talk, self.place, self.world, self.accounts = talk, talk.place, talk.world, accounts
        self.sketch = next(each for each in talk.place.sketches if each.urn == MILLBROOK)
        self.school = talk.place.schools[MILLBROOK]
        talk.voice(self.sketch)
        on = self.world.on
        self.now = schooldays.on_or_before(on - timedelta(days=10))
        self.year_ago = schooldays.on_or_before(on - timedelta(days=373))

    def contact(self, name: str) -> Contact:
        return next(each for each in self.place.contacts[self.school.pk] if each.name == name)

    def back(self, days: int) -> date:
        return max(self.talk.start, schooldays.on_or_before(self.world.on - timedelta(days=days)))

    def tell(self) -> None:
        """Everything that happened, oldest first."""
        self.first = self._a_year_ago()
        self._short(
            302, "visit", 35, Conversation.Kind.DELIVERY_REVIEW,
            "Heard Year 4 at the end of their recorder term with Tom Adeyemi. Pupils play with care, and want something louder. "
            "Agreed to try brass from September, with both class teachers learning along.",
        )  # fmt: skip
        self._short(
            171, "call", 15, Conversation.Kind.CATCH_UP,
            "Ruth Pell rang: governors have set money aside for three terms of whole-class brass. She would like the figures for "
            "what comes after it before they meet again.",
        )  # fmt: skip
        self._short(
            53, "visit", 25, Conversation.Kind.DELIVERY_REVIEW,
            "Whole-class brass began today: Year 4, two classes, 58 pupils, three terms. Instruments were labelled, and every pupil "
            "made a sound by ten o’clock.",
        )  # fmt: skip
        self.talk.attempt(self.sketch, self.back(39), "call", "")
        self.second = self._this_year()

    def _short(self, days: int, how: str, minutes: int, kind: str, summary: str) -> None:
        meeting = self.talk.begin(
            [self.sketch], self.back(days), kind=kind, how=how, minutes=minutes, strands=["provision"]
        )
        part = meeting.parts[0]
        part.summary = summary
        self._there(meeting, part, "Tom Adeyemi" if "Tom" in summary or how == "visit" else "Ruth Pell")

    def _there(self, meeting: Meeting, part: ConversationPart, *names: str) -> None:
        for position, name in enumerate(names):
            contact = self.contact(name)
            meeting.people.append(
                Participant(
                    conversation=meeting.conversation, part=part, side=Participant.Side.SCHOOL, name=name, contact=contact,
                    job_title=contact.job_title, user=contact.user, position=position,
                )
            )  # fmt: skip

    def _full(self, day: date, minutes: int, private: str, **texts: object) -> tuple[Meeting, ConversationPart]:
        meeting = self.talk.begin(
            [self.sketch], day, kind=Conversation.Kind.CHALLENGING, how="visit", minutes=minutes,
            strands=["plan", "provision", "training"], form=Conversation.Form.FULL,
        )  # fmt: skip
        meeting.conversation.private_notes = private
        part = meeting.parts[0]
        for name, value in texts.items():
            setattr(part, name, value)
        self._there(meeting, part, "Ruth Pell", "Tom Adeyemi")
        return meeting, part

    def _find(self, meeting: Meeting, part: ConversationPart, kind: str, rows: tuple[tuple[str, ...], ...]) -> None:
        for position, (code, heading, text, next_step) in enumerate(rows):
            meeting.findings.append(
                Finding(
                    part=part, kind=kind, criterion=self.world.criteria[code], heading=heading, text=text,
                    next_step=next_step, position=position,
                )
            )  # fmt: skip

    def _agree(
        self, meeting: Meeting, part: ConversationPart, side: str, who: str, what: str, due: date
    ) -> AgreedAction:
        contact = self.contact(who) if side == "school" else None
        partner = self.place.partners[BRASS] if side == "partner" else None
        owner = contact.user if contact else self.accounts["officer" if side == "hub" else "partner"]
        action = AgreedAction(
            uuid=self.world.uuid(), hub=self.place.hub, school=self.school, part=part, what=what, side=side, owner_name=who,
            owner=owner, contact=contact, partner=partner, due_on=due, position=len(meeting.actions),
        )  # fmt: skip
        meeting.actions.append(action)
        return action

    def _a_year_ago(self) -> ConversationPart:
        meeting, part = self._full(
            self.year_ago, 60,
            "Ruth Pell came to the school in September and wants music to be heard. Go at the pace of a new music lead.",
            summary="Singing is a strength already. Almost everything else waits for somebody to lead it, and the school has just "
            "found that person. We agreed to begin with the timetable and with one instrument that pupils can carry on with.",
            challenge="Singing here is as good as anywhere in the county. Why does so little follow from it for pupils who want "
            "to play?",
            answer="Because nobody had the time to make it. The new music lead will begin with Year 4.",
            help_offered="A place for Tom Adeyemi on Leading music in a primary school, and the cost of three terms of brass.",
            could_offer="Its singing assembly could be opened to Ashby Mere Primary School.",
            next_on=schooldays.on_or_after(self.year_ago + timedelta(days=70)),
            next_note="A visit to Year 4",
        )  # fmt: skip
        for code, ((level, evidence, next_step), _) in LEVELS.items():
            meeting.judgements.append(
                Judgement(
                    part=part, criterion=self.world.criteria[code], hub_level=level, school_level=level, agreed_level=level,
                    evidence=evidence, next_step=next_step,
                )
            )  # fmt: skip
        self._find(meeting, part, Finding.Kind.COVERED, (
            ("singing", "Singing every week", "Whole-school singing is skilled and joyful, in two parts from Year 5.", ""),
        ))  # fmt: skip
        self._find(meeting, part, Finding.Kind.DEVELOP, (
            ("weekly-hour", "Music in Years 5 and 6", "Half of the school has music for one half-term in three.",
             "A weekly lesson for both years from January."),
            ("whole-class-instruments", "An instrument to carry on with", "Recorders end in July and nothing follows.",
             "Three terms of one instrument, with the class teachers taking part."),
        ))  # fmt: skip
        day = self.year_ago
        done = (
            ("school", "Ruth Pell", "Put a weekly music lesson on the timetable of Years 5 and 6", 55, "Begun after Christmas. Year 6 is the tight one."),
            ("hub", "Amira Okafor", "Send the cost of three terms of whole-class brass", 14, "Sent, with two schools to ring."),
            ("school", "Tom Adeyemi", "Ask families what their children would like to learn", 90, "112 slips came back: brass, guitar and keyboard lead."),
        )  # fmt: skip
        for side, who, what, days, note in done:
            action = self._agree(meeting, part, side, who, what, schooldays.on_or_after(day + timedelta(days=days)))
            by = (
                self.accounts["officer"]
                if side == "hub"
                else self.accounts["head" if who == "Ruth Pell" else "musiclead"]
            )
            close_action(self.talk.book, action, AgreedAction.State.DONE, note, day + timedelta(days=days), by)
        dropped = self._agree(
            meeting,
            part,
            "hub",
            "Amira Okafor",
            "Find a second-hand piano for the hall",
            schooldays.on_or_after(day + timedelta(days=120)),
        )
        close_action(
            self.talk.book, dropped, AgreedAction.State.DROPPED, "A family gave the school a good upright in March.",
            day + timedelta(days=130), self.accounts["officer"],
        )  # fmt: skip
        return part

    def _this_year(self) -> ConversationPart:
        meeting, part = self._full(
            self.now, 70,
            "Governors will say yes to release time if it comes with a figure: about £1,100 a year. Tom Adeyemi carries a lot. "
            "Do not add to it before Easter.",
            summary="Singing is a strength the school would share. Nothing yet for pupils who leave whole-class brass: agreed a "
            "Year 5 band from January.",
            challenge="Fifty-eight pupils begin brass in Year 4 and six go on. What would have to be true for twenty to go on?",
            answer="Somewhere to play, in school, at a time that costs nobody their club, and instruments to take home. The head "
            "accepts that the music lead cannot build it without release time and will take that to governors.",
            help_offered="A tutor for a Year 5 band from January with ten instruments on loan, at no charge this year; and three "
            "twilights on leading music.",
            could_offer="Whole-school singing: the music leads’ network could come and hear it in the spring.",
            next_on=schooldays.on_or_after(self.now + timedelta(days=26)),
            next_note="Visit the band, hear the choir. Once a term agreed",
        )  # fmt: skip
        for code, (_, (school, hub, agreed, evidence, next_step)) in LEVELS.items():
            meeting.judgements.append(
                Judgement(
                    part=part, criterion=self.world.criteria[code], school_level=school, hub_level=hub, agreed_level=agreed,
                    evidence=evidence, next_step=next_step,
                )
            )  # fmt: skip
        self._find(meeting, part, Finding.Kind.COVERED, (
            ("singing", "Singing every week",
             "Whole-school singing is skilled and joyful; it is a strength you could share with neighbouring schools.", ""),
            ("performance", "A performance each term", "Every class is on the stage at least once a year.", ""),
        ))  # fmt: skip
        self._find(meeting, part, Finding.Kind.DEVELOP, (
            ("whole-class-instruments", "After whole-class brass", "Fifty-eight pupils begin in Year 4; six go on.",
             "A Year 5 band from January gives them somewhere to go."),
            ("leadership", "Leadership", "The music lead has no release time.",
             "Half an afternoon a fortnight would let the scheme be looked at in use."),
        ))  # fmt: skip
        after = schooldays.on_or_after
        self._agree(
            meeting,
            part,
            "school",
            "Ruth Pell",
            "Release time for the music lead, to governors",
            after(self.now + timedelta(days=22)),
        )
        self._agree(
            meeting, part, "hub", "Amira Okafor", "Visit the band, hear the choir", after(self.now + timedelta(days=26))
        )
        self._agree(
            meeting,
            part,
            "partner",
            "Lewis Garside",
            "Tutor for a Year 5 band, ten instruments on loan",
            after(self.now + timedelta(days=61)),
        )
        return part

    def share(self, sharing: Sharing) -> None:
        """Both conversations with the school; last year's released, this year's answered and waiting for the hub."""
        head, lead = self.contact("Ruth Pell"), self.contact("Tom Adeyemi")
        after = schooldays.on_or_after
        sent = after(self.year_ago + timedelta(days=4))
        first = sharing.share(self.first, sent, to=[head, lead])
        sharing.read(first, self.world.at(after(sent + timedelta(days=1)), 7, 52), head)
        sharing.read(first, self.world.at(after(sent + timedelta(days=1)), 12, 20), lead)
        answered = after(sent + timedelta(days=6))
        sharing.answer(
            first, self.world.at(answered, 16, 5), head, "accurate", "", noted_on=after(answered + timedelta(days=1))
        )
        released = after(answered + timedelta(days=3))
        sharing.release(self.first, self.world.at(released, 9, 30), self.accounts["head"])
        sharing.read(first, self.world.at(after(released + timedelta(days=2)), 20, 14), self.accounts["governor"])

        last_day = schooldays.on_or_before(self.world.on - timedelta(days=1))
        sent = max(self.now, schooldays.on_or_before(self.world.on - timedelta(days=6)))
        second = sharing.share(self.second, sent, to=[head, lead])
        sharing.read(second, self.world.at(last_day, 8, 17), head)
        sharing.read(second, self.world.at(last_day, 8, 25), lead)
        sharing.answer(
            second, self.world.at(last_day, 8, 41), head, "not_accurate",
            "We do have a choir, since May: it meets on Thursdays, all year. Otherwise fair, and useful for governors.",
        )  # fmt: skip
