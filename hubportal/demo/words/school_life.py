"""Words for the criteria of events, leadership, inclusion and partnership."""

from hubportal.demo.words import CriterionWords as Words

WORDS = {
    "performance": Words(
        (
            (
                "There was one performance last year, at Christmas.",
                "Performances have not come back since the hall was closed.",
            ),
            (
                "A concert at Christmas and one in July. The same classes perform each time.",
                "Assemblies at which those who have lessons play; other pupils watch.",
            ),
            (
                "A performance every term; over the year every class is on the stage.",
                "Three concerts a year, with the choir, the band and every class at least once.",
            ),
            (
                "A performance every term and small ones each week; pupils plan and present them.",
                "Every class performs each term and listens to the others; governors come and say so.",
            ),
        ),
        (
            "Add a short, informal concert to the spring term, open to every class.",
            "Plan the year so that each class performs once.",
        ),
        "Come to the next performance and write to the performers",
        "Set dates for a performance in each term",
        "Which pupils have not performed to anyone this year?",
        "Counting together, three classes had not. A short concert in the spring would reach them.",
        "A plan for an informal concert that needs one rehearsal.",
    ),
    "live-music": Words(
        (
            (
                "No visit by, or to, professional players in the last two years.",
                "Pupils have not heard live music this year; the coach was too dear.",
            ),
            (
                "{old} went to a concert in {month}. No other year heard live music.",
                "A visiting group came once; it was not taken up in lessons.",
            ),
            (
                "Every class heard live players this year, at school or in {town}.",
                "Two visits by players and one trip; the school pays for those who cannot.",
            ),
            (
                "Each year group hears live music every year, prepared for and talked about for weeks.",
                "Players visit each term, and pupils have written back, in music, to two of them.",
            ),
        ),
        (
            "Book one visit by players that every class hears, and prepare for it in lessons.",
            "Share the cost of a coach with {near}.",
        ),
        "Reserve the school a morning with our visiting quintet",
        "Choose a date on which every class can hear visiting players",
        "Has every pupil here heard live music this year?",
        "Not every pupil: a trip reaches one year at most. A visit to the school would be fairer and cheaper.",
        "A morning with a visiting quintet, at no charge to schools above the county's average for free school meals.",
    ),
    "daily-music": Words(
        (
            ("Outside lessons the school is quiet.", "Music is not yet part of assemblies or celebrations."),
            (
                "A piece of the week is played in assembly; nobody speaks of it afterwards.",
                "Music is heard at celebrations, mostly from recordings, mostly of one kind.",
            ),
            (
                "A piece each week, talked about in class, from many places and times.",
                "Pupils play as others come into assembly, and families have been asked for their music.",
            ),
            (
                "Pupils choose, introduce and perform the music of the week; families hear their own among it.",
                "One hears music on any day here, most of it made by pupils.",
            ),
        ),
        (
            "Choose the music of the week for a term, from many places, with one question about each piece.",
            "Invite pupils who play to open assembly once a week.",
        ),
        "Send a list of pieces for a year, with a question for each",
        "Let pupils open one assembly a week with music they have chosen",
        "Whose music is heard in this school, and whose is not?",
        "Mostly what staff know. There are drummers and singers among the families who have not been asked.",
        "A list of pieces for a year, and the names of players from several traditions near the school.",
    ),
    "leadership": Words(
        (
            ("Nobody has led music since {month}.", "The role exists on paper, with no time and no training."),
            (
                "The music lead has no release time; the scheme has not been looked at in use.",
                "Music has a lead who is new to it, and senior leaders have not yet talked about it together.",
            ),
            (
                "The lead has half a day each half-term, and reports to governors once a year.",
                "A named lead, a member of the senior team behind the role, and time to visit lessons.",
            ),
            (
                "Music is led with time, training and a hearing: governors hear about it each term and ask good questions.",
                "The lead mentors colleagues here and in two other schools; the school would manage a change well.",
            ),
        ),
        (
            "Name who leads music, and give the role half an afternoon a fortnight.",
            "Put music on the agenda of senior leaders once a term.",
        ),
        "Offer a place on Leading music in a primary school, three twilights",
        "Take release time for the music lead to governors",
        "What time does the music role have, and what would change if it had more?",
        "None at present. The head accepts that the scheme cannot be followed up without it and will take it to governors.",
        "Three twilights on leading music, and a mentor from a neighbouring school.",
    ),
    "plan": Words(
        (
            (
                "There is a summary on the website and no plan behind it.",
                "No plan yet. The school had understood that the summary was the plan.",
            ),
            (
                "A plan was written in {month} and has not been looked at since.",
                "The plan lists what happens now; it does not yet say what will change or who pays.",
            ),
            (
                "The plan is part of school improvement, and three of its five actions are done.",
                "A clear plan, reviewed each term, with money against each line.",
            ),
            (
                "The plan is used: staff could say what they are doing about it this term.",
                "Plan, budget and timetable say the same thing, and governors follow it up.",
            ),
        ),
        (
            "Choose three priorities, with a name, a date and a cost for each.",
            "Look at the plan together each term, and renew the summary before September.",
        ),
        "Spend an hour on the plan with the head and the music lead",
        "Agree three priorities for music and put them into the improvement plan",
        "Which part of your music plan are you working on this term?",
        "The plan is of last year. The school would rather have three lines that happen than ten that do not.",
        "An hour together on the plan, with two good examples.",
    ),
    "staff-confidence": Words(
        (
            (
                "Class teachers teach music and have had no training for it.",
                "Music is covered by whoever is free; nobody has asked for the job.",
            ),
            (
                "Two teachers went to a twilight in {month}; the others would like to.",
                "Staff feel sure of singing and unsure of everything with instruments.",
            ),
            (
                "All who teach music have had training in the last two years and know whom to ask.",
                "Teachers plan together and have watched each other teach.",
            ),
            (
                "Teachers here train others; new staff spend two lessons with the music lead before they teach.",
                "Confidence is general: supply teachers are given a music lesson and the means to teach it.",
            ),
        ),
        (
            "Ask each teacher what would help most, and plan one staff meeting from the answers.",
            "Pair each class teacher with the visiting teacher for half a term.",
        ),
        "Lead a staff meeting on teaching music with what you have",
        "Ask every teacher what help they would like and send us the answers",
        "Who teaches music here, and what help have they had?",
        "Most have had none since they trained. They would come to something short and practical.",
        "A staff meeting in school, and places at the twilights.",
    ),
    "resources": Words(
        (
            (
                "There is no budget for music; what is needed is asked for each time.",
                "Instruments are broken or missing, and nobody has counted them.",
            ),
            (
                "A small budget, spent by February. Half of the percussion works.",
                "There are instruments for one class of the size this school used to have.",
            ),
            (
                "A known budget and a full set of working instruments, counted in July.",
                "Enough for each class to play together; families pay for lessons only.",
            ),
            (
                "The budget is set for three years, and the school knows what each pound does.",
                "Well kept, well used, and lent to neighbouring schools in the summer.",
            ),
        ),
        (
            "Count what there is, mend what can be mended, and ask us for the rest on loan.",
            "Set a budget for music in advance for the coming year.",
        ),
        "Lend a class set of percussion for a year",
        "Count the instruments and send us the list",
        "What do you spend on music for each pupil, and who decides?",
        "Nobody knew offhand. It came to less than two pounds a pupil.",
        "A class set on loan, and a mending day for what is in the cupboard.",
    ),
    "taking-part": Words(
        (
            (
                "The school does not know who takes part in music outside lessons.",
                "Those who take part are those who ask; nobody has looked at who does not.",
            ),
            (
                "A register is kept for the choir. Boys and pupils new to English are missing from it.",
                "Take-up by pupils on free school meals is about half that of others.",
            ),
            (
                "Who takes part is counted each term, and {m} places were kept for pupils who had been missing.",
                "Music mirrors the school, except in lessons that families pay for.",
            ),
            (
                "Every pupil was in at least one group or performance this year, and the school can show it.",
                "Gaps are seen within weeks and closed by asking, not by waiting.",
            ),
        ),
        (
            "Count who takes part, against the whole school, once this term.",
            "Invite in person the pupils whom the count shows to be missing.",
        ),
        "Send a simple sheet for counting who takes part, without names",
        "Count who takes part in music outside class, by group and without names",
        "Which pupils take less part in music than others?",
        "Nobody had looked. The first guess was boys in {old}, and pupils who arrived this year.",
        "A sheet for the count, and a talk about what the figures show.",
    ),
    "send": Words(
        (
            (
                "Pupils with additional needs often leave music for other help.",
                "Lessons are the same for everyone, and some pupils cannot take part.",
            ),
            (
                "Teaching assistants support well, with no training and no adapted instruments.",
                "Pupils from the resourced provision sing with the others and do not yet play.",
            ),
            (
                "Lessons are planned for all, with adapted instruments borrowed from the hub.",
                "Pupils with additional needs are in the choir and the band in the proportion of the school.",
            ),
            (
                "Everyone makes music together here; the school has shown three others how.",
                "Switches, one-handed recorders and signing are part of every rehearsal.",
            ),
        ),
        (
            "Borrow two adapted instruments and try them with the class teacher and our inclusion lead.",
            "See that help in other subjects no longer takes pupils out of music.",
        ),
        "Bring adapted instruments for a morning and leave two of them",
        "Change the timetable of support so that nobody misses music for it",
        "How does a pupil who finds lessons hard take part in music here?",
        "Staff try, and would like to see it done. Some pupils have been missing music for reading.",
        "A morning with our inclusion lead, and adapted instruments on loan.",
    ),
    "cost": Words(
        (
            (
                "Families pay the full price, and there is no help with it.",
                "Fees put most families off; the school had not known of the hub's remissions.",
            ),
            (
                "There is help with fees. It is not on the website, and {m} families use it.",
                "Remission is generous, but few parents know of it.",
            ),
            (
                "Help with fees, instruments and tickets is written down, and Pupil Premium pays for {m} pupils.",
                "No family has been turned away for money this year, and the policy is easy to find.",
            ),
            (
                "Cost is out of the way: every Pupil Premium pupil may learn at no charge, and half of them do.",
                "Help is offered before anybody has to ask, and it covers the concert clothes too.",
            ),
        ),
        (
            "Write down what Pupil Premium pays for in music.",
            "Put the help there is on the website and in the autumn letter.",
        ),
        "Send a paragraph about help with fees for the newsletter",
        "Put help with the cost of music on the website",
        "What does a family on free school meals pay for a term of lessons?",
        "The same as others, as far as anyone knew. The school would use Pupil Premium if governors agree.",
        "A paragraph for the newsletter, and the hub's remission for up to ten pupils.",
    ),
    "hub": Words(
        (
            ("The school had not been in touch with us for two years.", "Nobody at the school knew whom to call."),
            (
                "The school comes to events when asked. We have not talked about what it needs.",
                "Good contact with the visiting teacher, little with leaders.",
            ),
            (
                "We speak each term; both sides did what they had promised last time.",
                "School and hub know what each does for the other; next is to say what has come of it.",
            ),
            (
                "A candid, lively partnership: the school tells us what does not work, and we changed two things because of it.",
                "The school sits on our schools' group and speaks for others.",
            ),
        ),
        ("Meet once a term, with the head there at least once a year.", "Say each year what has changed for pupils."),
        "Visit once a term and bring what we promised",
        "Name one person at the school for the hub to call",
        "What has changed for pupils here because of the hub?",
        "The answer was fair: good visiting teachers, and not much else yet. More would be welcome.",
        "A named contact, a visit each term, and answers within a week.",
    ),
    "links": Words(
        (
            (
                "Pupils have not met musicians from around here.",
                "The school did not know of the silver band that rehearses in {town}.",
            ),
            (
                "One parent comes in to play, and pupils remember it.",
                "The choir sings at the home for older people at Christmas.",
            ),
            (
                "Pupils have met four local musicians this year and played in the market place.",
                "Strong ties with the parish, the town band and {near}.",
            ),
            (
                "The town's music and the school's are one: the summer concert is planned together.",
                "Musicians of several faiths and traditions teach and play here each term.",
            ),
        ),
        ("Ask families and neighbours who plays and sings, and invite two of them.", "Open one rehearsal to the town."),
        "Introduce the school to the town band",
        "Invite two musicians from the neighbourhood to play to classes",
        "Which musicians and places near here do your pupils know?",
        "Fewer than there are. We named five within a mile.",
        "An introduction to the town band and to the singers at the community centre.",
    ),
    "sharing": Words(
        (
            ("The school works by itself in music.", "No contact with the schools that pupils come from or go to."),
            ("A joint carol concert with {near}.", "The music lead goes to the network when cover can be found."),
            (
                "Two visits this year to and from {near}, and a concert together.",
                "The school lends its room for the area string group on {day}s.",
            ),
            (
                "Other schools come to see singing here, and go away with something they can use.",
                "The school leads the cluster's festival and passes on what it learns.",
            ),
        ),
        (
            "Visit {near} to see something you want to get better at.",
            "Open one of your rehearsals to a neighbouring school.",
        ),
        "Arrange a visit to {near}",
        "Invite {near} to hear a rehearsal",
        "What do you do well that another school should see?",
        "The school was modest about it. After a pause: singing, and how pupils speak about music.",
        "An introduction to {near}, and cover for the visit.",
    ),
}
