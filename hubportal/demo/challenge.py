"""Challenging conversations: what was judged, what stands well, what to develop, what was agreed. Two years of them."""

from datetime import date, timedelta

from engagement.models import Conversation, ConversationPart, Finding, Judgement
from hubportal.demo import schooldays
from hubportal.demo.book import Meeting, settle
from hubportal.demo.county import DemoSchool
from hubportal.demo.talk import Talk
from hubportal.demo.voice import Voice
from hubportal.demo.words import CriterionWords, curriculum, school_life
from hubportal.demo.words.calls import PRIVATE
from hubportal.demo.words.phrases import PHRASES

WORDS: dict[str, CriterionWords] = {**curriculum.WORDS, **school_life.WORDS}
ORDER = list(WORDS)
ALWAYS = ("weekly-hour", "singing", "lessons", "ensemble", "performance", "leadership")
STRANDS = {
    "weekly-hour": "curriculum", "creating": "curriculum", "curriculum-sequence": "curriculum", "assessment": "curriculum",
    "leadership": "training", "staff-confidence": "staff", "plan": "plan", "resources": "instruments", "send": "instruments",
    "cost": "information", "live-music": "links", "performance": "links", "moving-on": "links", "links": "links",
    "sharing": "training", "hub": "plan",
}  # fmt: skip

OPENINGS = (
    "We met for {minutes} minutes and heard {heard}.",
    "A good, frank conversation, after hearing {heard}.",
    "We walked round together, heard {heard}, and then sat down for an hour.",
    "We looked at what has changed since last year, and heard {heard}.",
    "The conversation began in the classroom, with {heard}.",
)
HEARD = (
    "{mid} at their {inst} lesson", "singing in {young}", "{old} compose", "the choir warm up", "assembly from beginning to end",
    "a rehearsal of the band", "two pupils who learn the {inst}", "{mid} sing in two parts",
)  # fmt: skip
STRENGTHS = (
    "{Strong} stands out; other schools could learn from it.",
    "There is much to build on, {strong} most of all.",
    "Pupils are proud of their music, and {strong} shows why.",
    "{Strong} is a strength, and staff are right to be pleased with it.",
)
NEEDS = (
    "What holds music back is {weak}, and the school said so before we did.",
    "The work for this year is {weak}.",
    "We agreed that {weak} comes first, and that one thing at a time is enough.",
    "Next is {weak}: the school has an idea already and asked for company.",
)
CLOSINGS = (
    "We meet again after the actions have had time to work.",
    "Both sides left with something to do by the end of term.",
    "The head will tell governors what we found.",
    "We speak before the holidays to hear how it is going.",
    "",
)
# What a school could give others, by what it does well.
GIFTS = {
    "singing": "Its singing assembly could be opened to {near}.",
    "choir": "Its choir would sing with {near}, and teach a song while it is there.",
    "weekly-hour": "An account of how it found the weekly hour, for the network of music leads.",
    "whole-class-instruments": "A place to see whole-class {inst} taught well.",
    "ensemble": "Two older players to sit in with the first band at {near}.",
    "practice-space": "The music room after four o’clock, for an area string group.",
    "performance": "A concert shared with {near} in the summer term.",
    "leadership": "A mentor for somebody new to leading music.",
    "send": "A morning for others to see its inclusive band at work.",
    "creating": "A lesson on composing that others could watch.",
}


class Challenge:
    """Makes the full conversations of one hub on the same dice as its talk."""

    def __init__(self, talk: Talk):
        self.talk, self.world, self.rng, self.place = talk, talk.world, talk.rng, talk.place
        self.said: set[str] = set()

    def two_years(self, schools: list[DemoSchool], *, only_once: int = 0) -> None:
        """A conversation a year ago and one this year for each; for the first `only_once` of them only the later one."""
        on, start = self.world.on, schooldays.academic_year_start(self.world.on)
        elapsed = max(20, (on - start).days)
        for number, sketch in enumerate(schools):
            late = schooldays.on_or_before(on - timedelta(days=self.rng.randint(3, min(elapsed, 75))))
            levels = self.first_levels(sketch)
            if number >= only_once:
                early = max(
                    schooldays.on_or_before(late - timedelta(days=self.rng.randint(330, 400))),
                    schooldays.on_or_after(self.talk.start),
                )
                levels = self.a_year_on(levels, worked_on=self.conversation(sketch, early, levels))
            self.conversation(sketch, late, levels, is_newest=True)

    def first_levels(self, sketch: DemoSchool) -> dict[str, int]:
        """What is judged the first time, and where it stands. Schools differ more than criteria do."""
        rng = self.rng
        base = rng.gauss(2.3 if sketch.fsm < 30 else 2.0, 0.5)
        others = [code for code in ORDER if code not in ALWAYS]
        chosen = {*ALWAYS, *rng.sample(others, rng.randint(3, 8))}
        return {code: min(4, max(1, round(rng.gauss(base, 0.75)))) for code in ORDER if code in chosen}

    def a_year_on(self, levels: dict[str, int], worked_on: list[str]) -> dict[str, int]:
        """Where it stands a year later: better more often than not where something was agreed."""
        rng = self.rng
        later = {}
        for code, level in levels.items():
            weights = (2, 25, 63, 10) if code in worked_on else (9, 58, 31, 2)
            later[code] = min(4, max(1, level + rng.choices((-1, 0, 1, 2), weights)[0]))
        for code in rng.sample([code for code in ORDER if code not in later], 2):
            later[code] = rng.randint(1, 3)
        return {code: later[code] for code in ORDER if code in later}

    def conversation(
        self, sketch: DemoSchool, day: date, levels: dict[str, int], *, is_newest: bool = False
    ) -> list[str]:
        """One full conversation with its judgements, findings and actions. Returns the criteria it set out to develop."""
        rng, talk, voice = self.rng, self.talk, self.talk.voice(sketch)
        minutes = rng.choice((50, 60, 65, 70, 75, 80, 90))
        ranked = sorted(levels, key=lambda code: (levels[code], rng.random()))
        weak = [code for code in ranked if levels[code] <= 2][: rng.choice((2, 2, 3))] or ranked[:1]
        strong = [code for code in reversed(ranked) if levels[code] >= 3 and code not in weak][: rng.choice((2, 2, 3))]
        meeting = talk.begin(
            [sketch], day, kind=Conversation.Kind.CHALLENGING, how=rng.choice(("visit", "visit", "visit", "video")),
            minutes=minutes, strands=sorted({STRANDS.get(code, "provision") for code in weak} | {"plan"}),
            form=Conversation.Form.FULL,
        )  # fmt: skip
        part = meeting.parts[0]
        talk.add_people(meeting, part, 3)
        self.judge(meeting, part, levels, voice)
        self.find(meeting, part, strong, weak, voice)
        self.words(part, strong, weak, voice, minutes)
        self.agree(meeting, part, weak, day, voice)
        meeting.conversation.private_notes = voice.one(PRIVATE) if rng.random() < 0.7 else ""
        if self.place.sentinel:
            self.mark(meeting, part)
        if is_newest:
            part.next_on = schooldays.on_or_after(day + timedelta(days=rng.randint(40, 110)))
            part.next_note = rng.choice(
                ("A visit, to see the actions at work", "A call after half-term", "Once a term agreed")
            )
        return weak

    def judge(self, meeting: Meeting, part: ConversationPart, levels: dict[str, int], voice: Voice) -> None:
        for code, level in levels.items():
            words, rng = WORDS[code], self.rng
            school = min(4, max(1, level + rng.choices((-1, 0, 1), (1, 6, 3))[0])) if rng.random() < 0.75 else None
            agreed = level if rng.random() < 0.9 or school in (None, level) else None
            meeting.judgements.append(
                Judgement(
                    part=part, criterion=self.world.criteria[code], school_level=school, hub_level=level,
                    agreed_level=agreed, evidence=voice.one(words.evidence[level - 1]),
                    next_step=voice.say(words.next_steps[level - 1]) if level < 3 else "",
                )
            )  # fmt: skip

    def find(self, meeting: Meeting, part: ConversationPart, strong: list[str], weak: list[str], voice: Voice) -> None:
        judged = {each.criterion.code: each for each in meeting.judgements}
        for kind, codes in ((Finding.Kind.COVERED, strong), (Finding.Kind.DEVELOP, weak)):
            for position, code in enumerate(codes):
                row = judged[code]
                meeting.findings.append(
                    Finding(
                        part=part, kind=kind, criterion=row.criterion, heading=row.criterion.title, text=row.evidence,
                        next_step=row.next_step if kind == Finding.Kind.DEVELOP else "", position=position,
                    )
                )  # fmt: skip

    def words(self, part: ConversationPart, strong: list[str], weak: list[str], voice: Voice, minutes: int) -> None:
        slots = {
            "minutes": minutes,
            "heard": self.heard(voice),
            "strong": PHRASES[strong[0]][0] if strong else "the goodwill of the staff",
            "weak": PHRASES[weak[0]][1],
        }
        for _ in range(40):
            lines = (
                voice.one(OPENINGS, **slots), voice.one(STRENGTHS, **slots), voice.one(NEEDS, **slots), voice.one(CLOSINGS),
            )  # fmt: skip
            part.summary = " ".join(line for line in lines if line)
            if part.summary not in self.said:
                break
            slots["heard"] = self.heard(voice)
        self.said.add(part.summary)
        first = WORDS[weak[0]]
        part.challenge = voice.say(first.ask)
        part.answer = voice.say(first.answer)
        part.help_offered = " ".join(voice.say(WORDS[code].offered) for code in weak[:2])
        part.could_offer = next((voice.say(GIFTS[code]) for code in strong if code in GIFTS), "")

    def heard(self, voice: Voice) -> str:
        words = self.rng.choice(HEARD)
        said = voice.say(words)
        return said if words.startswith("{") else said[:1].lower() + said[1:]

    def agree(self, meeting: Meeting, part: ConversationPart, weak: list[str], day: date, voice: Voice) -> None:
        rng = self.rng
        promised: list[tuple[str, str | None, int]] = [  # whose, what (None: by the second weakness), in how many days
            ("hub", WORDS[weak[0]].hub_does, rng.randint(10, 40)),
            ("school", WORDS[weak[0]].school_does, rng.randint(20, 70)),
        ]
        if len(weak) > 1:
            promised.append(("school" if rng.random() < 0.6 else "hub", None, rng.randint(25, 90)))
        if rng.random() < 0.4:
            promised.append(("partner", "Visit and suggest a programme for next term", rng.randint(15, 60)))
        for side, what, days in promised:
            if what is None:
                what = WORDS[weak[1]].school_does if side == "school" else WORDS[weak[1]].hub_does
            action = self.talk.add_action(meeting, part, side, voice.say(what), days)
            settle(self.talk.book, action, day, voice.say)

    def mark(self, meeting: Meeting, part: ConversationPart) -> None:
        """The second hub's word, in everything it writes."""
        word = self.place.sentinel
        meeting.conversation.private_notes = f"{word} private. {meeting.conversation.private_notes}"
        part.summary += f" ({word} summary)"
        part.challenge += f" ({word} challenge)"
        for row in [*meeting.judgements, *meeting.findings]:
            row.next_step = f"{row.next_step} ({word} step)".strip()
        for action in meeting.actions:
            action.what += f" ({word} action)"
