"""What the forms of a conversation offer to choose from, read once a page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from engagement import written
from engagement.models import AgreedAction, Conversation, ConversationPart, Criterion, FrameworkArea, Strand
from hubportal.accounts.models import User
from schools.access import today
from schools.models import Contact, Partner, School


@dataclass
class Words:
    """Choices for one conversation. About nine queries, whatever the number of schools."""

    conversation: Conversation
    user: User
    parts: Sequence[ConversationPart]
    strands: dict[str, Strand] = field(init=False)
    areas: list[tuple[FrameworkArea, list[Criterion]]] = field(init=False)
    partners: dict[str, Partner] = field(init=False)

    def __post_init__(self) -> None:
        framework = self.conversation.framework
        self.strands = {each.code: each for each in Strand.objects.visible_to(self.user)}
        areas = framework.areas.order_by("position").prefetch_related("criteria")
        self.areas = [(area, list(area.criteria.all())) for area in areas]
        self.levels = list(framework.levels.order_by("number"))
        partners = Partner.objects.visible_to(self.user).filter(hub=self.conversation.hub_id)
        self.partners = {str(each.uuid): each for each in partners}

    @property
    def criteria(self) -> dict[str, Criterion]:
        return {each.code: each for _area, criteria in self.areas for each in criteria}

    @property
    def strand_choices(self) -> list[tuple[str, str]]:
        return [(code, each.name) for code, each in self.strands.items()]

    @property
    def level_choices(self) -> list[tuple[str, str]]:
        return [("", "Not said"), *((str(each.number), each.name) for each in self.levels)]

    @property
    def criterion_choices(self) -> list:
        groups = [(area.title, [(each.code, each.title) for each in criteria]) for area, criteria in self.areas]
        return [("", "Nothing in particular"), *groups]

    def side_choices(self, school: School) -> list[tuple[str, str]]:
        """Whose an action with this school can be, the author's own side first: the hub's, or the
        partner's whose officer writes."""
        own = self.conversation.partner_id
        partners = sorted(self.partners.items(), key=lambda pair: pair[1].pk != own)
        choices = [(f"partner:{uuid}", each.name) for uuid, each in partners]
        sides = [(AgreedAction.Side.HUB.value, "The hub"), (AgreedAction.Side.SCHOOL.value, f"The {school.noun}")]
        mine = choices[:1] if partners and partners[0][1].pk == own else []
        return [*mine, *sides, *choices[len(mine) :]]

    def contacts(self, part: ConversationPart, named: Sequence[str]) -> dict[str, Contact]:
        """The hub's contacts at the part's school, and those the draft names already, by uuid; whoever was
        merged since by the one who stands for them. One query, and one more where somebody was."""
        uuids = [each for each in named if _is_uuid(each)]
        rows = (
            Contact.objects.visible_to(self.user)
            .filter(hub=self.conversation.hub_id, school=part.school_id)
            .filter(Q(left_on=None) | Q(left_on__gt=today()) | Q(uuid__in=uuids))
        )
        found = {str(each.uuid): each for each in rows}
        if gone := [each for each in uuids if each not in found]:
            merged = Contact.with_merged.visible_to(self.user).filter(
                uuid__in=gone, hub=self.conversation.hub_id, school=part.school_id
            )
            found |= {str(each.uuid): each.standing for each in merged.select_related("merged_into")}
        return found

    def open_before(self, part: ConversationPart) -> list[AgreedAction]:
        """Actions with the part's school that were agreed elsewhere and are still open. One query."""
        mine = (
            AgreedAction.objects.visible_to(self.user)
            .filter(hub=self.conversation.hub_id, school=part.school_id)
            .open()
        )
        mine = mine.select_related("partner", "part__conversation").defer(*written.of_both("part__"))
        return list(mine.exclude(part=part))


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
