"""How ready the invented hubs' people are: training, joint visits and moderated conversations, with gaps."""

from datetime import timedelta

from engagement.actions import readiness
from engagement.colleagues import members_of
from engagement.models import ColleagueReview, Conversation, TrainingTopic
from hubportal.demo import schooldays
from hubportal.demo.world import Place, World

# Topic, who gave it, days ago, for how many days it counts (0: without an end).
TRAINED = (
    ("safeguarding", "Safeguarding partnership, online course", 150, 365),
    ("challenging", "Music Mark, a day with role play", 220, 0),
    ("plans", "The hub’s own afternoon", 90, 0),
    ("judging", "A head of music and an adviser, at three schools", 300, 0),
    ("inclusion", "The special schools’ network", 60, 0),
)
RAN_OUT = ("safeguarding", "Safeguarding partnership, online course", 420, 365)
LEARNED = (
    "Ask what happens to those who stop, and wait for the answer.",
    "The evidence for singing was stronger than the level we gave.",
    "Leave the list of offers in the bag until the need is clear.",
)


def load(place: Place, world: World) -> None:
    """Two lack nothing, the next ones more and more; the last has nothing yet. Some two hundred statements."""
    topics = {each.code: each for each in TrainingTopic.objects.all()}
    people = sorted(members_of(place.hub), key=lambda held: (held.user_id != place.manager.pk, held.pk))
    word = f" {place.sentinel}".rstrip()
    for number, held in enumerate(people[:-1]):
        had = TRAINED[: len(TRAINED) - number // 2]
        for code, provider, days, counts in [RAN_OUT, *had[1:]] if number == 2 else had:
            on = world.on - timedelta(days=days + number)
            expires = on + timedelta(days=counts) if counts else None
            by = held.user if number % 3 == 1 and code == "plans" else place.manager
            readiness.record_training(
                hub=place.hub, person=held.user, topic=topics[code], on=on, provider=f"{provider}{word}",
                expires_on=expires, by=by,
            )  # fmt: skip
        if number < 5:
            _with_a_colleague(place, world, held.user, people[(number + 1) % len(people)].user, number, word)


def _with_a_colleague(place: Place, world: World, person, colleague, number: int, word: str) -> None:
    """A joint visit in the person's first weeks, and their last challenging conversation read again."""
    said = {"hub": place.hub, "person": person, "colleague": colleague, "by": place.manager}
    visits = schooldays.on_or_after(world.on - timedelta(days=400 - 20 * number))
    learned = f"{LEARNED[number % len(LEARNED)]}{word}"
    readiness.record_review(kind="joint", on=visits, outcome="agreed", note=learned, **said)
    rows = Conversation.objects.filter(
        hub=place.hub, author=person, state="logged", kind="challenging", date__lt=world.on
    )
    last = rows.order_by("-date", "-pk").first()
    if last and last.date and number < 4:
        on = min(last.date + timedelta(days=7), world.on)
        outcome = list(ColleagueReview.Outcome)[number % 3]
        readiness.record_review(kind="moderated", on=on, conversation=last, outcome=outcome, note=learned, **said)
