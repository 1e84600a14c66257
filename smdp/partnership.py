"""What a plan's partnership section says of itself: what the plan asks the hub for, and what the hub offers the school.
It is read live while the plan is written, and each version is frozen with what it said then.

A room registers what it adds in `AppConfig.ready()`; this one knows none of the rooms above:

    def proposals_of(user, plan, said) -> Iterable[Line]: ...
    partnership.register(proposals_of)

A provider scopes its own rows by `user`, and takes from the plan only what `said` ({section: values}) holds: whoever
writes in this section for the school may read no other.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass

from engagement.homes import HubContact, hub_contact_of
from engagement.models import Offer
from hubportal.accounts.models import User
from hubportal.kit.drafts.merge import Values
from smdp import answers, helping, priorities
from smdp.answers import Said
from smdp.models import Plan, PlanSection, PlanVersion
from smdp.sections import Field, Kind

SECTION = "partnership"  # the section's key
ASKED, ON_OFFER = "Asked for in the priorities", "On offer from the hub"
BY_WHEN = Field("by", "By when", Kind.DATE)  # of a priority
FEW = 5  # lines that are shown unfolded


@dataclass(frozen=True)
class Line:
    """One thing that comes, or could come, to the school; `group` is the heading that it stands under."""

    group: str
    what: str
    about: str = ""
    when: str = ""
    cost: str = ""
    deliverer: str = ""
    contact: str = ""

    @property
    def known(self) -> list[Said]:
        """What is known of it, each with its label; but for whom to ask."""
        found = (
            Said("What it is", self.about),
            Said("When", self.when),
            Said("Cost", self.cost),
            Said("Delivered by", self.deliverer),
        )
        return [each for each in found if each.words]

    @property
    def said(self) -> list[Said]:
        """The same, with whom to ask."""
        return [*self.known, *([Said("Contact", self.contact)] if self.contact else [])]

    def __str__(self) -> str:
        return "; ".join((self.what, *map(str, self.said)))


@dataclass(frozen=True)
class Group:
    title: str
    lines: list[Line]

    @property
    def is_short(self) -> bool:
        return len(self.lines) <= FEW

    @property
    def contact(self) -> str:
        """Whom to ask about all of it; "" where that differs."""
        contacts = {each.contact for each in self.lines}
        return contacts.pop() if len(contacts) == 1 else ""

    @property
    def rows(self) -> list[tuple[str, list[Said]]]:
        """Each with what is known of it, its own contact where there is none for all."""
        return [(each.what, each.known if self.contact else each.said) for each in self.lines]


Provider = Callable[[User, Plan, Mapping[str, Values]], Iterable[Line]]
providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Add a provider for every plan. Registering the same one again changes nothing."""
    if provider not in providers:
        providers.append(provider)
    return provider


def lines_for(user: User, plan: Plan, said: Mapping[str, Values]) -> list[Line]:
    """What stands in the section now for somebody who reads this of the plan. Costs what the providers cost."""
    return [line for provider in providers for line in provider(user, plan, said)]


def live(user: User, plan: Plan) -> list[Group]:
    """What stands in the section now, as far as the person reads the priorities as they are written; nothing once a
    later plan has followed. One query beside those of the providers."""
    if not plan.is_standing:
        return []
    rows = PlanSection.objects.visible_to(user).readable_by(user).filter(plan=plan, key=priorities.SECTION)
    said = {each.key: each.draft.values for each in rows.select_related("draft")}
    return grouped(lines_for(user, plan, said))


def by_link(section: PlanSection, asked_by: User) -> list[Group]:
    """What stands in a section for somebody whom a leader of the school asked to answer it by link: what the hub offers
    the school. Of the plan itself they may read no other section. Costs what the providers cost; nothing in any other
    section."""
    return grouped(lines_for(asked_by, section.plan, {})) if section.key == SECTION else []


def freeze(lines: Iterable[Line]) -> list[dict[str, str]]:
    """The lines as a version keeps them."""
    return [asdict(each) for each in lines]


def frozen(version: PlanVersion) -> list[Group]:
    """What stood in the section when the version was made. No query."""
    return grouped(Line(**each) for each in version.partnership)


def grouped(lines: Iterable[Line]) -> list[Group]:
    """The lines under their headings, both in the order given."""
    found: dict[str, Group] = {}
    for each in lines:
        found.setdefault(each.group, Group(each.group, [])).lines.append(each)
    return list(found.values())


def compared(version: PlanVersion) -> dict[str, str]:
    """What stood in it as labelled texts, for comparing two versions. No query."""
    return {f"Partnership: {each.title}": "\n".join(map(str, each.lines)) for each in frozen(version)}


def of_the_hub(user: User, plan: Plan, said: Mapping[str, Values]) -> Iterable[Line]:
    """What the priorities that are not done ask for, an offer by its name or something else in the school's words; then
    what else the school's hub has on offer for it. Four queries at the most."""
    hub_contact = hub_contact_of(plan.school)
    contact = _contact(hub_contact) if hub_contact else ""
    offers = {each.title: each for each in helping.current_offers(user, plan.school)}
    rows = priorities.rows_in(said.get(priorities.SECTION, {}))
    asked = [each for each in rows if not priorities.is_done(each)]
    for row in asked:
        for what in filter(None, (row.get("offer", "").strip(), row.get("ask", "").strip())):
            yield _asked(row, what, offers.get(what), contact)
    named = {row.get("offer", "").strip() for row in asked}
    for title, offer in offers.items():
        if title not in named:
            yield Line(ON_OFFER, title, offer.description, offer.when_said, offer.cost, _deliverer(offer), contact)


def _asked(row: priorities.PriorityRow, what: str, offer: Offer | None, contact: str) -> Line:
    by, offered = answers.said(BY_WHEN, row), offer.when_said if offer else ""
    return Line(
        ASKED,
        what,
        f"For “{priorities.words_of(row)}”",
        ". ".join(filter(None, (f"By {by}" if by else "", f"On offer: {offered}" if offered else ""))),
        offer.cost if offer else "",
        _deliverer(offer) if offer else "",
        contact,
    )


def _deliverer(offer: Offer) -> str:
    return offer.deliverer or offer.hub.name


def _contact(contact: HubContact) -> str:
    """ "Priya Nair, priya.nair@hub.example, 01632 960 001"."""
    return ", ".join(filter(None, (contact.name, contact.email, contact.phone)))
