"""Short contacts: calls, video calls and visits of half an hour. Each topic gives a first, a middle and a last sentence."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    kind: str
    strands: tuple[str, ...]
    first: tuple[str, ...]
    middle: tuple[str, ...]
    last: tuple[str, ...]
    hub_does: tuple[str, ...] = ()
    school_does: tuple[str, ...] = ()
    private: tuple[str, ...] = ()


TOPICS = (
    Topic(
        "catch_up", ("provision",),
        ("Rang to hear how whole-class {inst} has begun in {mid}.", "A quick call after the third week of {inst} in {mid}.",
         "{Lead} rang about the {inst} programme."),
        ("Going well: pupils take the instruments home on {day}s.", "The room is too small for {n}; they will try the hall.",
         "Two instruments need mending, and one class has missed a week.", "Class teachers are learning along, and enjoying it."),
        ("A performance is planned before the end of term.", "They would like to know what comes after it.",
         "We will look at numbers again in {month}."),
        ("Swap two {inst}s that do not work", "Send what comes after whole-class {inst}"), ("Move {inst} lessons into the hall",),
    ),
    Topic(
        "catch_up", ("provision",),
        ("Spoke about the choir.", "Heard the choir rehearse while dropping off music.", "Short call about singing."),
        ("{n} come on {day}s, more than last year.", "Nobody can lead it since {month}; {n} pupils still ask.",
         "They sing in the foyer as families arrive."),
        ("They would like a date to sing for, in the spring.", "A visiting choir leader for half a term would start it off.",
         "Festival places in March are of interest."),
        ("Send festival dates and the song list", "Ask Wexcombe Voices for a leader on a {day}"),
    ),
    Topic(
        "plan_review", ("plan",),
        ("Went through the music plan with {lead}.", "Looked at the plan's three priorities together.",
         "Video call about the music development plan."),
        ("The first two are on the way; the third has no money against it.", "It is tied to the improvement plan now.",
         "The summary on the website is of last year.", "Governors have asked to see it in {month}."),
        ("They will bring a shorter one next time.", "We agreed to look at it once a term.", "The head will add what it costs."),
        ("Send two examples of a plan on two pages",), ("Renew the summary on the website", "Put a cost against each priority"),
    ),
    Topic(
        "first_meeting", ("information",),
        ("First meeting with the new head.", "Introduced the hub to the new music lead.", "Called in to say hello and to listen."),
        ("Music is liked here and has had little time in recent years.", "They knew of the lessons, not of the rest.",
         "They asked what other schools of this size do.", "Priorities are reading and attendance; music can help with one of them."),
        ("We will come back for a longer conversation.", "Left the offers and a promise to ring in {month}.",
         "They would value a visit to {near}."),
        ("Send the short list of offers for schools of this size", "Arrange a visit to {near}"), (),
        ("Very stretched at present. Go gently; one thing at a time.",),
    ),
    Topic(
        "delivery_review", ("provision", "staff"),
        ("Reviewed this term's lessons.", "Call to go through lesson numbers.", "Looked at who learns what."),
        ("{n} pupils learn, {m} of them with help towards the cost.", "The waiting list for guitar has {m} names.",
         "Nobody learns lower brass now.", "Lessons fall on the same morning each week, and teachers of that subject mind."),
        ("Times will rotate from half-term.", "A taster day would show what else there is.", "{Partner} can offer another half day."),
        ("Plan a taster day with four instruments", "Rotate lesson times from half-term"), ("Tell families about help with fees",),
    ),
    Topic(
        "catch_up", ("training",),
        ("Talked about training for class teachers.", "{Lead} asked about training.", "Rang about the twilights."),
        ("Four would come if it finished by five.", "They feel sure of singing and less so of composing.",
         "Two new teachers have music to teach from September."),
        ("A staff meeting in school would reach everybody.", "Two places kept for the next twilight.", "They will ask staff what would help."),
        ("Lead a staff meeting on composing", "Keep two places for the twilight in {month}"), ("Ask staff what help they want",),
    ),
    Topic(
        "catch_up", ("instruments",),
        ("Call about instruments.", "Went through the music cupboard together.", "They sent the count of instruments."),
        ("Half of the percussion does not work.", "Eleven {inst}s have not been used since {month}.",
         "They could lend glockenspiels to {near}."),
        ("Mending day in June will take most of them.", "A class set on loan until Easter would help.", "We will collect what they do not need."),
        ("Deliver a class set of percussion", "Collect eleven {inst}s"), ("Label what needs mending",),
    ),
    Topic(
        "catch_up", ("links",),
        ("Spoke about the festival.", "Rang about a stage for the band.", "Short call on events this term."),
        ("They would bring {n} pupils.", "Transport is what stops them.", "Pupils want to play something they made up themselves."),
        ("A coach shared with {near} would do it.", "They take part in March.", "We will find out about the evening bus."),
        ("Share a coach with {near}",), ("Send numbers for the festival",),
    ),
    Topic(
        "catch_up", ("instruments", "provision"),
        ("Talked about pupils who cannot yet take part.", "Call about adapted instruments.",
         "{Lead} asked how others include pupils with additional needs."),
        ("Support in other subjects takes some pupils out of music.", "A one-handed recorder made a difference at once.",
         "Assistants would like to see how it can be done."),
        ("Open Door Music will come for a morning.", "Two instruments on loan for a year.", "They will look at the timetable of support."),
        ("Arrange a morning with Open Door Music",), ("Look at which pupils miss music for other help",),
    ),
    Topic(
        "catch_up", ("information",),
        ("They asked about Pupil Premium and lessons.", "Explained help with fees.", "Rang back about the cost of lessons."),
        ("Only {m} families use the help there is.", "It was not on the website.", "The bursar had not heard of it."),
        ("A paragraph will go into the newsletter.", "Up to ten pupils can learn at no charge.", "They will write to families in {month}."),
        ("Send a paragraph on help with fees",), ("Put help with fees on the website",),
    ),
    Topic(
        "strategic", ("links", "training"),
        ("Asked whether the school would show others its singing.", "Talked about what the school could give to others.",
         "Met about the schools' group."),
        ("They would open a rehearsal on a {day}.", "The head can speak for schools of this kind.", "Their room is free after four."),
        ("Two visits before Easter.", "The head joins the schools' group in {month}.", "{Near} would be a good first visitor."),
        ("Bring {near} to hear a rehearsal",), ("Choose a date for an open rehearsal",),
    ),
    Topic(
        "catch_up", ("curriculum",),
        ("Talked through the scheme of work.", "A question about the timetable.", "{Lead} wanted a second opinion on the curriculum."),
        ("{Old} repeats much of what {mid} does.", "The weekly hour holds in all classes but one.",
         "They follow the Model Music Curriculum and find the listening hard to fit in."),
        ("One page for all years is the next step.", "Sent two timetables from similar schools.", "Notation is what they want help with."),
        ("Send the one-page map from {near}",), ("Bring the timetable to our next talk",),
    ),
    Topic(
        "catch_up", ("tools", "plan"),
        ("Governors want to know more about music.", "The link governor for music rang.", "Prepared half an hour for governors."),
        ("They will ask about time for the music lead.", "They came to the concert and asked good questions.",
         "Nobody had told them of the summary."),
        ("We come to their meeting in {month}.", "Sent seven things to look for.", "They will hear a class first, then talk."),
        ("Speak at the governors' meeting in {month}",), (),
    ),
    Topic(
        "catch_up", ("provision", "links"),
        ("Asked what happens to pupils who carry on.", "Spoke about Year 6 and what comes next.", "Call about area ensembles."),
        ("{m} pupils are ready for a group outside school.", "Families worry about getting there.", "Two have joined and love it."),
        ("First term free, and a lift from {near}.", "They will speak to five families.", "Names go to the next school in June."),
        ("Offer free first-term places",), ("Speak to families of pupils who are ready",),
    ),
    Topic(
        "other", ("staff",),
        ("The visiting teacher is off until half-term.", "Cover for {day} lessons.", "A change of teacher for {inst}."),
        ("{Partner} will cover from next week.", "Families have been told.", "The school was understanding, and firm that it must not last."),
        ("We ring again when it is settled.", "No lessons are lost; two are made up.", "They asked to be told sooner next time."),
        ("Confirm cover for {inst} in writing",), (),
        ("The second change in a year. If it happens again, ring the head the same day.",),
    ),
    Topic(
        "catch_up", ("links",),
        ("Live music for {mid} and everyone else.", "They have booked the quintet for {month}.", "Rang to hear how the visit of the players went."),
        ("Every class will hear them, {young} on the floor in front.", "Questions from {old} went on for half an hour.",
         "Last year's trip was for {m} pupils only."),
        ("Lessons to prepare have been sent.", "Pupils will write a piece for them.", "They would like strings next time."),
        ("Send lessons to prepare for the quintet",), (),
    ),
    Topic(
        "catch_up", ("staff", "training"),
        ("{Lead} takes over music this term.", "The music lead leaves in {month}.", "A change of music lead."),
        ("Notes will be handed over, and the choir goes on.", "No successor yet; the deputy keeps the thread.",
         "New to the role, and eager."),
        ("A mentor from {near} would help.", "Place kept on Leading music in a primary school.", "We meet in the second week."),
        ("Find a mentor for the new music lead",), ("Tell us who will lead music",),
        ("Ask the deputy how the head really sees music before the next visit.",),
    ),
    Topic(
        "catch_up", ("provision",),
        ("Spoke about the band.", "Dropped in on the band.", "They have enough players for a band."),
        ("{n} on {day}s, from the first term of playing upwards.", "The parts are too hard for the new ones.",
         "It plays in assembly each half-term."),
        ("We arrange easier parts.", "They would play at {near}.", "A second trombone is wanted."),
        ("Arrange easy parts for the band",), ("Find a date to play to another school",),
    ),
)  # fmt: skip

ATTEMPTS = (
    "", "", "", "Left a message with the office.", "Asked to ring back after four.", "The office will pass it on.",
    "Emailed after no answer in September.", "In a meeting; said to try on Thursday.", "No reply to the email about the festival.",
    "Voicemail full.", "The music lead teaches all day on Tuesdays: try mornings before half past eight.",
    "Was told that music is not a priority this term; no reply since.", "Sent the offers again, with two lines about similar schools.",
)  # fmt: skip

RESPONSES = {
    "accurate": ("", "", "Fair, and useful for our governors. Thank you.", "We recognise ourselves in this."),
    "add": (
        "We have since found a room for practice on {day}s.",
        "The choir now has {n} members.",
        "Our governors talked about it in {month} and agreed the release time.",
        "We would add that two classes performed in the summer; it was not on the calendar you saw.",
    ),
    "not_accurate": (
        "We do teach music in {old} all year. The timetable on the website was the old one.",
        "The number of pupils learning is {n}, not what the report says.",
        "There is a band now: it began in {month}.",
    ),
}

# What became of an action, by whose it was. {day} and {month} are those on which it was written.
DONE = {
    "hub": (
        "Sent on {day}.",
        "Done, and well received.",
        "Done. They will tell us what comes of it.",
        "Rang on {day}: it is settled.",
    ),
    "school": (
        "In place since {month}.",
        "Done, and governors were told.",
        "Done, and it went well.",
        "The head rang on {day}: done.",
    ),
    "partner": ("Visited on {day}; a programme is agreed.", "Done on {day}.", "Settled with the school in {month}."),
}
IN_PROGRESS = (
    "Two dates offered, waiting for an answer.",
    "Half done; the rest after the holidays.",
    "Begun. A word from {partner} is due this week.",
)
DROPPED = (
    "The school chose to wait a year: the hall is being rebuilt.",
    "No longer needed: the school found another way.",
    "The teacher who asked for it has moved on.",
)

PRIVATE = (
    "Warm welcome. The head listens and then decides quickly.",
    "Budget is tight until April; come back to the progression group then.",
    "Music is valued most by the deputy: copy her in.",
    "Room for more challenge next time about {old}.",
    "Check with {partner} whether {day}s could move.",
    "They compared us with another provider on price. Be ready with what is included.",
    "Ask about the trust's plans before promising anything for September.",
)
