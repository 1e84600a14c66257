"""Words for the criteria of curriculum music, and of lessons and ensembles."""

from hubportal.demo.words import CriterionWords as Words

WORDS = {
    "weekly-hour": Words(
        (
            (
                "Music is taught on a carousel with art: {mid} has it for one half-term in three.",
                "There is no fixed slot; music happens when the week allows, and in {old} it mostly has not since {month}.",
            ),
            (
                "Every class is timetabled for 30 minutes. In {old} the slot gives way to rehearsals for other things.",
                "{Young} and {mid} have a weekly lesson of 40 minutes; {old} has music for two terms of three.",
            ),
            (
                "A weekly hour is on the timetable of every class and was taught in all but two weeks of last term.",
                "All classes have 45 minutes and a singing session of 20; the timetable is kept, by cover lessons too.",
            ),
            (
                "An hour a week in every class, all year, and the time is defended: nothing has taken its place for two years.",
                "Every year has its hour, and the timetable was built around music and PE rather than the other way round.",
            ),
        ),
        (
            "Put music on the timetable of every class for the whole year, beginning with {mid}.",
            "Bring each class up to an hour by adding a short singing session to the weekly lesson.",
        ),
        "Send two timetables from schools of this size that found the hour",
        "Bring a timetable with a weekly hour for every class to senior leaders",
        "Which classes have less than an hour of music a week, and what would have to move for them to have it?",
        "The school knows where the gaps are. The pressure comes from {old}; leaders will look at the timetable for the coming term.",
        "Timetables from three schools of the same size that have found the hour.",
    ),
    "singing": Words(
        (
            (
                "There is no regular singing outside the end-of-year production.",
                "Singing stopped when the hall was out of use and has not been taken up again.",
            ),
            (
                "The whole school sings in one assembly a week; what is sung is chosen on the day.",
                "{Young} sings most days. From {mid} upwards it depends on the class teacher.",
            ),
            (
                "Every class sings each week from a planned list of songs; we heard two-part singing in {old}.",
                "Weekly singing for all, with warm-ups and a repertoire that moves on. Boys in {old} sing too.",
            ),
            (
                "Whole-school singing is skilled and joyful; pupils lead warm-ups, and part-singing begins in {mid}.",
                "Singing is how this school sounds. Every class sings daily, unaccompanied as well, and in tune.",
            ),
        ),
        (
            "Start the week with ten minutes of singing led by staff, not by a video.",
            "Plan the songs for each year group so that {old} sings what {young} cannot yet.",
        ),
        "Lead two singing assemblies and leave the song list behind",
        "Choose a song list for each year group and try it for half a term",
        "What will pupils in the last year sing that the first year could not?",
        "Pupils like to sing; nobody has yet planned how it grows. The school would welcome a list of songs by year.",
        "Two singing assemblies, and a song list by year group.",
    ),
    "whole-class-instruments": Words(
        (
            (
                "No class is learning an instrument this year.",
                "Whole-class {inst} ended when the funding did; the instruments are in a cupboard.",
            ),
            (
                "One class in {mid} has {inst} for ten weeks. The class teacher is not in the room.",
                "{Mid} learns {inst} for a term. {n} pupils began and {m} have gone on.",
            ),
            (
                "Both classes of {mid} learn {inst} for the year, with their teachers playing alongside; they perform in June.",
                "{n} pupils in {mid} learn {inst} for three terms; {m} have chosen to carry on in small groups.",
            ),
            (
                "A year of whole-class {inst} leads straight into a band, and four in ten go on. Class teachers learn with them.",
                "Every pupil has had a year on {inst}; the school can show recordings of the same class a year apart.",
            ),
        ),
        (
            "Choose an instrument and a class for next year, and what is to follow it.",
            "Plan what comes after whole-class {inst} before the next class begins.",
        ),
        "Set out the cost of three terms of whole-class {inst}, with instruments",
        "Decide which class will learn an instrument from September",
        "When the whole-class programme ends in July, what will those pupils play on in September?",
        "The head had not seen the figures side by side. The school wants something to follow on and asked what it would cost.",
        "A progression group straight after school, with instruments on loan for those who carry on.",
    ),
    "creating": Words(
        (
            (
                "Pupils perform but do not yet make up music of their own.",
                "Composing is in the scheme and is usually the part left out.",
            ),
            (
                "{Mid} composes in one unit a year. Nothing is recorded, so nothing can be built on.",
                "Pupils improvise on glockenspiels in {young}; by {old} it has stopped.",
            ),
            (
                "Each year has a composing unit, and we heard four pieces from {old} with a clear shape.",
                "Pupils in {mid} improvise with confidence, and {old} records with tablets.",
            ),
            (
                "Pupils compose for real occasions: the leavers' piece was theirs from the first note to the last.",
                "Improvising is part of every lesson; pupils talk about their choices as musicians do.",
            ),
        ),
        (
            "Begin with ten minutes of improvising in each unit, {young} included.",
            "Record what each class makes up once a term, and listen back together.",
        ),
        "Share four composing starters and join the first lesson in {mid}",
        "Record one composition from every class by the end of term",
        "Where could we hear music that pupils here have made up themselves?",
        "Staff feel least sure of this part. They would like to watch someone else teach it.",
        "A visit to see composing taught, and a set of starters for classes without keyboards.",
    ),
    "curriculum-sequence": Words(
        (
            (
                "There is no scheme in use; each teacher chooses.",
                "A scheme was bought and has not been opened since {month}.",
            ),
            (
                "A published scheme is followed in {young} and {mid}; {old} repeats what went before.",
                "Units are enjoyable but do not build: pulse is taught afresh in each year.",
            ),
            (
                "The curriculum is mapped, matches the Model Music Curriculum in breadth, and staff know what comes before and after.",
                "Clear steps from {young} to {old}. Notation is the part that still jumps.",
            ),
            (
                "The school has made the curriculum its own: ambitious, local, and every teacher can say what pupils will know by July.",
                "What is taught in {old} plainly rests on {young}; pupils use the words of music without being asked.",
            ),
        ),
        (
            "Map what pupils should know and be able to do by the end of each year, on one page.",
            "Agree the three things that {mid} needs before {old}, and teach those first.",
        ),
        "Spend an afternoon with the music lead on a one-page map of the curriculum",
        "Draft a one-page map of what pupils learn in each year",
        "What should a pupil leaving this year know and be able to do that last year's could not?",
        "Teachers could say what they teach and were less sure what it leads to. A single page would help them.",
        "A working afternoon on the map, and the examples from the curriculum network.",
    ),
    "assessment": Words(
        (
            (
                "Nobody listens back yet; reports are written from memory.",
                "Progress is not looked at; the school has no recordings.",
            ),
            (
                "A tick-sheet is filled in at the end of each unit and is not used afterwards.",
                "{Mid} was recorded once, in {month}; there is nothing to compare it with.",
            ),
            (
                "Each class is recorded at the start and the end of a unit, and teachers listen together.",
                "A short recording each term shows how {old} has grown; planning changes because of it.",
            ),
            (
                "Recordings of the same pupils over three years made the point by themselves.",
                "Pupils listen to their own earlier work and say what has changed. No extra paper is involved.",
            ),
        ),
        (
            "Record every class for two minutes at the start and the end of each unit.",
            "Replace the tick-sheet by listening together once a term.",
        ),
        "Show how two neighbouring schools keep recordings simply and safely",
        "Record each class twice this term and bring two recordings to our next conversation",
        "How do you know that pupils are getting better at music?",
        "The honest answer was that teachers feel it and cannot yet show it.",
        "A simple way of keeping recordings that other schools here use.",
    ),
    "lessons": Words(
        (
            (
                "No instrumental lessons take place in school. The nearest are in {town} after four o'clock.",
                "Lessons ended when the visiting teacher moved away in {month}.",
            ),
            (
                "{m} pupils learn {inst}; nothing else is on offer, and there is no voice.",
                "Two instruments are taught. {n} families asked about others last year.",
            ),
            (
                "{n} pupils learn one of six instruments, and a waiting list is kept and worked through.",
                "Lessons in strings, guitar, keyboard and voice; times rotate so that nobody always misses the same subject.",
            ),
            (
                "A range from {inst} to voice and music technology; one pupil in four learns, and take-up by those on free school meals is the same.",
                "Anyone who asks begins within half a term, on an instrument the school lends.",
            ),
        ),
        (
            "Ask every family once what their child would like to learn, and plan from the answers.",
            "Add voice and one more instrument, starting with a taster day.",
        ),
        "Find a teacher for {inst} who can come on a {day}",
        "Ask families what their children would like to learn, with a slip in the newsletter",
        "Who here wants to learn an instrument and cannot?",
        "The school keeps no list of those who asked. It guessed at twenty and would like to find out.",
        "A taster day with four instruments, and a teacher shared with {near}.",
    ),
    "choir": Words(
        (
            (
                "There is no choir. There was one until the teacher who ran it moved on.",
                "No vocal group meets at present, though {n} pupils signed up to say they would come.",
            ),
            (
                "A choir of {m} meets before Christmas and stops in January.",
                "The choir meets in the lunch hour of {day} and loses members to clubs at the same time.",
            ),
            (
                "A choir of {n} meets every week of the year, open to all, with two performances a term.",
                "The choir sings in parts and is welcome in the town. Few from {old} belong to it.",
            ),
            (
                "A choir of {n}, open to anyone, looks like the school and has sung at the area festival three years running.",
                "Two choirs, one by joining and one by audition, both led with skill and full of boys.",
            ),
        ),
        (
            "Start a choir that anyone can join, with a date to sing for.",
            "Keep the choir going all year, with something to sing for each term.",
        ),
        "Hear the choir and suggest three songs for it",
        "Find a weekly time for the choir that lasts all year",
        "Is there a choir that any pupil can join, and does it look like your school?",
        "Not yet. Those who sing are mostly girls from two classes, and the school would like to change that.",
        "A visiting choir leader for half a term, alongside a member of staff.",
    ),
    "ensemble": Words(
        (
            ("Nothing for players to join.", "There is no ensemble; pupils who learn play on their own or not at all."),
            ("A recorder group of {m} meets in the summer term.", "Six players meet now and then before a concert."),
            (
                "A band of {n} rehearses weekly, with easy parts for those who have just begun.",
                "An orchestra of mixed ability meets all year; the parts are arranged by the staff.",
            ),
            (
                "Three ensembles form a ladder from the first term of playing to the county's own groups.",
                "The band of {n} plays for the town as well as the school; older players help the new ones.",
            ),
        ),
        (
            "Start a small band that a pupil can join after one term of playing.",
            "Give the band a weekly time and a first performance before the end of next term.",
        ),
        "Lend ten instruments and arrange easy parts for a first band",
        "Find a room and a member of staff for a weekly band",
        "What can a pupil play in who has learned for one term?",
        "At the moment, next to nothing. There are enough players for a start if someone would lead it.",
        "A progression band led by {partner}, the first year at no charge.",
    ),
    "practice-space": Words(
        (
            (
                "Lessons take place in the corridor or the library, whichever is free.",
                "There is no room for music since the extra class moved in.",
            ),
            (
                "The hall can be used before school; there is nowhere at lunchtime.",
                "One room is shared with small-group work and is lost in exam weeks.",
            ),
            (
                "A music room and two small rooms, with times for practice on the door.",
                "Pupils can practise each lunchtime; instruments are kept where they can reach them.",
            ),
            (
                "Practice rooms are open before school, at lunch and until five, and they are full.",
                "The space is planned for rehearsing and practising, and kept free in exam weeks.",
            ),
        ),
        (
            "Find one space where pupils can practise on two lunchtimes a week.",
            "Agree which room stays free for music in exam weeks.",
        ),
        "Walk round the site and look for practice space together",
        "Name a room for practice on two lunchtimes a week",
        "Where could a pupil practise at lunchtime today?",
        "Nowhere quiet. The old cloakroom might do if the coats went elsewhere.",
        "A walk round the site with someone who has found space in tighter buildings.",
    ),
    "moving-on": Words(
        (
            (
                "Pupils who want more are not told of anything beyond the school.",
                "The school does not know who plays or sings outside it.",
            ),
            (
                "A letter about area ensembles goes home once a year.",
                "{m} pupils go to an area group, all of them taken there by their families' own idea.",
            ),
            (
                "Teachers recommend area groups to particular pupils, and {m} have joined this year.",
                "Exam and award routes are clear, and each pupil's music is passed to the next school.",
            ),
            (
                "The school knows each pupil who wants more and what comes next for each; two hold county places.",
                "Older pupils have gone on to music courses and come back to play and to talk.",
            ),
        ),
        (
            "Name the five pupils who are ready for more, and tell each family what there is.",
            "Write down for each leaver what they play and sing, and pass it on in June.",
        ),
        "Send the area ensembles' dates and offer places for a free first term",
        "Name pupils who are ready for an area ensemble and speak to their families",
        "What happens to a pupil who outgrows what you have?",
        "So far it has depended on the family. The school would like to know more of what there is.",
        "Free first-term places in the area ensembles, and help with getting there.",
    ),
}
