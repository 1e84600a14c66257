"""What can be done with several schools at once. A room registers a kind in `AppConfig.ready()`; this room knows none
of the rooms above:

    class NextContact(BulkKind): ...
    kinds.register(NextContact())
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from hubportal.accounts.models import User
from hubportal.kit.wording import listed
from schools.access import today
from schools.actions import relationships, tags
from schools.forms.bulk import OwnerForm, TagForm, UntagForm
from schools.models import Commission, Hub, Membership, Relationship, School, SchoolTag, Tag
from schools.roles import Role


@dataclass(frozen=True)
class State:
    """How one school stands: a value that JSON can hold and that equals itself, and its words."""

    value: Any
    words: str


class BulkKind(ABC):
    """One thing to do. Every method takes all schools at once: its cost does not grow with them but for writing."""

    key = ""  # in addresses and records: never changes
    label = ""  # as the list offers it
    heading = ""  # as its form asks

    @abstractmethod
    def form(self, data: Any, *, hub: Hub, user: User) -> Any:
        """What it asks. `details(form)` are its answers."""

    @abstractmethod
    def details(self, form: Any) -> dict[str, Any]:
        """The answers as JSON can hold them."""

    @abstractmethod
    def words(self, details: Mapping[str, Any]) -> str:
        """What is done, in words: "Our contact: Priya Shah"."""

    @abstractmethod
    def now(self, *, hub: Hub, schools: Sequence[School], details: Mapping[str, Any]) -> dict[int, State]:
        """How each school stands, by its id."""

    def details_of(self, after: Any) -> Mapping[str, Any]:
        """As much of the details as `now` needs, from a value that was put."""
        return {}

    @abstractmethod
    def after(self, details: Mapping[str, Any]) -> Any:
        """The value that each is to have."""

    def refusals(
        self, *, hub: Hub, schools: Sequence[School], details: Mapping[str, Any], by: User
    ) -> Mapping[int, str]:
        """Why some schools are left as they are, by their ids."""
        return {}

    @abstractmethod
    def put(self, *, hub: Hub, values: Mapping[School, Any], by: User) -> Mapping[int, Any]:
        """Let each school have its value, of `after` or of a `State` before; returns what they have now, by their ids.
        The caller holds the relationships."""


class Owner(BulkKind):
    """Whose schools they are. A school that a partner is entrusted with and looks after stays with it, unless one of
    the partner gives it away; a partner's officer gets only what the partner is entrusted with."""

    key, label, heading = "owner", "Assign our contact", "Who looks after these schools?"

    def form(self, data: Any, *, hub: Hub, user: User) -> Any:
        return OwnerForm(data, people=relationships.people_who_may_own(hub=hub))

    def details(self, form: Any) -> dict[str, Any]:
        person = form.people.get(form.cleaned_data["owner"])
        return {"owner": person.pk if person else None, "name": str(person) if person else "nobody for now"}

    def words(self, details: Mapping[str, Any]) -> str:
        return f"Our contact: {details['name']}"

    def now(self, *, hub: Hub, schools: Sequence[School], details: Mapping[str, Any]) -> dict[int, State]:
        rows = Relationship.objects.filter(hub=hub, school__in=schools).select_related("owner")
        found = {row.school_id: State(row.owner_id, str(row.owner) if row.owner else "nobody") for row in rows}
        return {each.pk: found.get(each.pk, State(None, "nobody")) for each in schools}

    def after(self, details: Mapping[str, Any]) -> Any:
        return details["owner"]

    def refusals(
        self, *, hub: Hub, schools: Sequence[School], details: Mapping[str, Any], by: User
    ) -> Mapping[int, str]:
        if details["owner"] and not relationships.may_own(hub=hub).filter(user=details["owner"]).exists():
            return {each.pk: f"{details['name']} is no manager or officer any more" for each in schools}
        partners = _partners_of(hub)
        mine = partners.get(by.pk, set())
        new = partners.get(details["owner"], set())
        held = _entrusted(hub, schools)
        names = dict(hub.partners.values_list("pk", "name"))
        found = {}
        for pk, state in self.now(hub=hub, schools=schools, details=details).items():
            holding = partners.get(state.value, set()) & held[pk]
            if new and not new & held[pk]:
                found[pk] = f"Not entrusted to {listed(sorted(names[each] for each in new))}"
            elif holding and not holding & (new | mine) and state.value != details["owner"]:
                found[pk] = f"{state.words} of {listed(sorted(names[each] for each in holding))} looks after it"
        return found

    def put(self, *, hub: Hub, values: Mapping[School, Any], by: User) -> Mapping[int, Any]:
        return relationships.set_owners(hub=hub, owners=values, by=by)


def _partners_of(hub: Hub) -> dict[int | None, set[int]]:
    """Of those who are officers of partners of the hub and not its own staff: the partners, by the person's id."""
    rows = Membership.objects.current(today()).filter(partner__hub=hub, role=Role.PARTNER_OFFICER)
    own = set(
        Membership.objects.current(today())
        .filter(hub=hub, role__in=[Role.HUB_MANAGER, Role.HUB_OFFICER])
        .values_list("user", flat=True)
    )
    found: dict[int | None, set[int]] = {}
    for user, partner in rows.values_list("user", "partner"):
        if user not in own:
            found.setdefault(user, set()).add(partner)
    return found


def _entrusted(hub: Hub, schools: Sequence[School]) -> dict[int, set[int]]:
    """The partners that each school is entrusted to, by its id."""
    keys, places = [each.pk for each in schools], {each.authority_id for each in schools}
    rows = Commission.objects.current(today()).filter(Q(school__in=keys) | Q(authority__in=places), partner__hub=hub)
    given = list(rows.values_list("partner", "school", "authority"))
    return {
        each.pk: {partner for partner, school, place in given if school == each.pk or place == each.authority_id}
        for each in schools
    }


class Tagging(BulkKind):
    """Give the schools a tag of the hub; one that nobody has used is made."""

    key, label, heading = "tag", "Add a tag", "Which tag do these schools get?"
    gives = True
    form_class: type = TagForm

    def form(self, data: Any, *, hub: Hub, user: User) -> Any:
        return self.form_class(data, names=list(Tag.objects.filter(hub=hub).values_list("name", flat=True)))

    def details(self, form: Any) -> dict[str, Any]:
        return {"tag": form.cleaned_data["tag"]}

    def words(self, details: Mapping[str, Any]) -> str:
        return f"Tag: {details['tag']}"

    def now(self, *, hub: Hub, schools: Sequence[School], details: Mapping[str, Any]) -> dict[int, State]:
        rows = SchoolTag.objects.filter(hub=hub, school__in=schools, tag__name__iexact=details["tag"])
        tagged = set(rows.values_list("school", flat=True))
        return {each.pk: self._state(details["tag"], each.pk in tagged) for each in schools}

    def after(self, details: Mapping[str, Any]) -> Any:
        return [details["tag"], self.gives]

    def details_of(self, after: Any) -> Mapping[str, Any]:
        return {"tag": after[0]}

    def put(self, *, hub: Hub, values: Mapping[School, Any], by: User) -> Mapping[int, Any]:
        for name in {name for name, _ in values.values()}:
            for has in (True, False):
                schools = [school for school, value in values.items() if list(value) == [name, has]]
                tags.set_tag(hub=hub, name=name, schools=schools, has=has)
        return {school.pk: list(value) for school, value in values.items()}

    def _state(self, name: str, has: bool) -> State:
        return State([name, has], "has it" if has else "does not have it")


class Untagging(Tagging):
    """Take a tag off."""

    key, label, heading = "untag", "Take a tag off", "Which tag do you take off these schools?"
    gives = False
    form_class = UntagForm

    def words(self, details: Mapping[str, Any]) -> str:
        return f"Tag taken off: {details['tag']}"


@dataclass(frozen=True)
class BulkWay:
    """One thing to do on a page of its own, which takes the list's address, or `urn` once for each school ticked."""

    key: str
    label: str
    url_name: str
    may: Callable[[User], bool]


_ways: dict[str, BulkWay] = {}
_kinds: dict[str, BulkKind] = {}


def register(kind: BulkKind) -> None:
    _kinds[kind.key] = kind


def kinds() -> list[BulkKind]:
    """All that can be done, in the order in which the rooms registered it."""
    return list(_kinds.values())


def kind_of(key: str) -> BulkKind | None:
    return _kinds.get(key)


KINDS = (Owner(), Tagging(), Untagging())


def register_way(way: BulkWay) -> None:
    _ways[way.key] = way


def ways(user: User) -> list[BulkWay]:
    """Those that the person may go. No query beyond the memberships."""
    return [each for each in _ways.values() if each.may(user)]


def way_of(key: str, user: User) -> BulkWay | None:
    return next((each for each in ways(user) if each.key == key), None)
