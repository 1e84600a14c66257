"""A meeting of several schools, one with a trust, and the drafts that wait for their writers."""

from datetime import date, timedelta

from engagement.actions import conversations
from engagement.forms.conversations.book import prefix_of
from engagement.forms.conversations.values import first_values
from engagement.models import Conversation, Participant
from hubportal.accounts.models import User
from hubportal.demo import schooldays
from hubportal.demo.book import Meeting
from hubportal.demo.county import ASHBY_MERE, LARCHES, LARKRISE, NORTHGATE, DemoSchool
from hubportal.demo.ground import larkrise
from hubportal.demo.talk import Talk
from hubportal.kit import drafts
from schools.models import School

CLUSTER = (
    "Six music leads met at Ashby Mere. We looked at the weekly hour, listened to recordings of the same song in four schools, and "
    "set the date of a singing day in March. Everyone asked for help with composing."
)
CLUSTER_PARTS = (
    "The school will host the singing day and send the invitation.",
    "Brings forty singers from the upper years, and would like to share a coach.",
    "Asked to see composing taught before the summer. We will find a school to visit.",
)
TRUST = (
    "The trust’s leaders and the heads of its schools looked at music together for the first time. The trust will name one lead for "
    "music, set aside an afternoon each half-term for the schools’ music leads to meet, and write one plan that each school makes its "
    "own. We showed the trust how the curriculum on a page has worked elsewhere."
)
TRUST_PARTS = (
    "The school offered its hall for the trust’s first concert, and its choir will open it.",
    "Wants a visiting teacher to be shared with the other schools; the head will find out on which day.",
    "Will be the first to try the curriculum on a page, beginning with the younger classes.",
    "",
)


def gather(talk: Talk) -> None:
    """The Ashby cluster and the Larkrise trust; in each meeting one school said nothing that was noted."""
    sketches = {each.urn: each for each in talk.place.sketches}
    on = talk.world.on
    ashby = [
        each for each in talk.place.sketches
        if each.is_open and each.town.name == "Ashby" and each.kind == "primary" and each.urn != ASHBY_MERE
    ]  # fmt: skip
    cluster = [sketches[ASHBY_MERE], *ashby[3:6]]
    day = schooldays.on_or_before(on - timedelta(days=27))
    _meet(talk, cluster, day, Conversation.Kind.STRATEGIC, "event", 90, CLUSTER, CLUSTER_PARTS, ["links", "training"])
    trust_schools = [
        each for each in talk.place.sketches
        if each.trust == LARKRISE and each.is_open and each.town.authority == "990" and each.opened < talk.start
    ][:4]  # fmt: skip
    day = schooldays.on_or_before(on - timedelta(days=44))
    meeting = _meet(
        talk, trust_schools, day, Conversation.Kind.TRUST_MEETING, "visit", 75, TRUST, TRUST_PARTS, ["plan", "training"]
    )
    meeting.conversation.trust = larkrise()
    meeting.conversation.private_notes = (
        "The chief executive sees music as a way to bring the schools together. Two heads are wary of one plan for all: keep the "
        "schools’ own voices in it."
    )


def _meet(
    talk: Talk, sketches: list[DemoSchool], day: date, kind: str, how: str, minutes: int, common: str, parts: tuple[str, ...],
    strands: list[str],
) -> Meeting:  # fmt: skip
    for sketch in sketches:
        talk.voice(sketch)
    jo = talk.place.manager
    author = next((each for each in talk.place.officers if each.name == "Amira Okafor"), jo)
    meeting = talk.begin(
        sketches, day, kind=kind, how=how, minutes=minutes, strands=strands, form=Conversation.Form.FULL, author=author
    )
    meeting.conversation.partner = None
    meeting.people[0].side, meeting.people[0].job_title = Participant.Side.HUB, "Schools officer"
    meeting.people.append(
        Participant(
            conversation=meeting.conversation, side=Participant.Side.HUB, name=jo.name, job_title="Hub manager", user=jo, position=1
        )
    )  # fmt: skip
    meeting.conversation.common_summary = common
    for part, words in zip(meeting.parts, (*parts, *[""] * len(meeting.parts)), strict=False):
        part.summary = words
        part.is_filled = bool(words)
        talk.add_people(meeting, part, 1)
    return meeting


def leave_drafts(talk: Talk, accounts: dict[str, User]) -> None:
    """Three conversations that somebody has begun to write, through the same door as the page."""
    schools = talk.place.schools
    _draft(
        accounts["officer"], schools[LARCHES], "full",
        summary="Heard the upper school’s percussion group with its switches and signing. The head asked whether others might come and see it.",
        challenge="How does a pupil who leaves the school go on making music?",
    )  # fmt: skip
    _draft(
        accounts["officer"], schools[ASHBY_MERE], "quick",
        summary="The head rang about naming a music lead. Two people would like to; she will decide by Friday.",
    )  # fmt: skip
    _draft(
        accounts["manager"], schools[NORTHGATE], "quick",
        summary="The new plan is on its way. Four sections have changed since last year; they would like us to read the part on lessons first.",
    )  # fmt: skip


def _draft(by: User, school: School, form: str, **texts: str) -> None:
    conversation = conversations.start(schools=[school], by=by, form=form, values=first_values(by=by, form=form))
    prefix = prefix_of(conversation.parts.get())
    draft = conversations.draft_of(conversation)
    values = {f"{prefix}-{name}": text for name, text in texts.items()}
    drafts.save(draft=draft, base_revision=draft.revision, values=values, by=by)
    conversations.first_words(conversation=conversation)
