"""What the handover to somebody new holds: the hub's contact, the last report, the plan, what is open, and offers.
Nothing but what was shared with the school, and the hub's own catalogue: no note, no risk, no unshared judgement.

    def plan_line(school) -> str: ...
    pack.register(plan_line)            # in a higher room's AppConfig.ready(): a sentence, or "" """

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from engagement import matching, offering, written
from engagement.homes import HubContact, hub_contact_of
from engagement.models import AgreedAction, Newcomer, Offer, PartVersion
from hubportal.kit.wording import count, long_date
from schools.access import today
from schools.models import School

OFFERS = 4
Line = Callable[[School], str]
_lines: list[Line] = []


def register(line: Line) -> Line:
    """Add a sentence to every handover. Registering the same one again changes nothing."""
    if line not in _lines:
        _lines.append(line)
    return line


@dataclass(frozen=True)
class Pack:
    contact: HubContact | None
    version: PartVersion | None  # the last report that the school was given
    report_on: date | None
    actions: str  # how many are open, in a sentence; what they are, the report says
    offers: list[Offer]
    lines: list[str]  # of the rooms above

    @property
    def report_words(self) -> str:
        return f"The report of our last shared conversation, of {long_date(self.report_on)}" if self.report_on else ""


def pack_of(newcomer: Newcomer) -> Pack:
    """Some eight queries, and those of the rooms above."""
    school, hub = newcomer.school, newcomer.hub
    versions = PartVersion.objects.filter(
        part__school=school, part__conversation__hub=hub, part__withdrawn_at=None,
        part__conversation__received_from=None,
    ).select_related("part__conversation")  # fmt: skip
    version = versions.defer(*written.of_both("part__")).order_by("-part__conversation__date", "-number").first()
    open_ones = AgreedAction.objects.open().filter(hub=hub, school=school, shared_at__isnull=False)
    actions = list(open_ones.exclude(part__withdrawn_at__isnull=False))
    theirs = sum(1 for each in actions if each.side == AgreedAction.Side.SCHOOL)
    offers = [each for each in Offer.objects.to_suggest().filter(hub=hub) if matching.suits(each, school)]
    needs = set(offering.criteria_in_report(version)) if version else set()
    offers.sort(key=lambda each: not needs.intersection(each.criteria_codes))
    words = f"{count(len(actions), 'agreed action')} {'is' if len(actions) == 1 else 'are'} open" if actions else ""
    return Pack(
        contact=hub_contact_of(school, today()),
        version=version,
        report_on=version.part.conversation.date if version else None,
        actions=f"{words}, {theirs} of them your {school.noun}’s." if words else "",
        offers=offers[:OFFERS],
        lines=[words for line in _lines if (words := line(school))],
    )


def greeting_for(newcomer: Newcomer) -> str:
    """What the officer may change before it goes."""
    post = "head" if newcomer.post == Newcomer.Post.HEAD else "music lead"
    return (
        f"Congratulations on your new post as {post} of {newcomer.school}. We work with your {newcomer.school.noun} on "
        "music, and would like to meet you. Below is where things stand, so that nothing has to be told twice."
    )
