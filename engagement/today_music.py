"""What a hub's managers are to see to about music at their schools, for the Today page: awards that run out, and Lead
Schools that are missing. One line for each kind, however many schools it is about."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from django.urls import reverse

from engagement.worklist import WorkItem
from hubportal.accounts.models import User
from hubportal.kit.wording import count, listed, short_date
from schools.access import access_of
from schools.dated_facts import expected_of_each_authority, lead_schools, running_out
from schools.models import DatedFact, DatedFactValue, Hub, HubArea
from schools.roles import Role

NAMED = 3  # authorities in one line; the rest are counted


def _whole_hubs(user: User) -> set[int]:
    """The hubs that the person sees the whole of, as manager or viewer. Officers see to their own schools."""
    return access_of(user).ids("hub", (Role.HUB_MANAGER, Role.HUB_VIEWER))


def awards_that_run_out(user: User, on: date) -> Iterable[WorkItem]:
    """Artsmark and Music Mark that expire within 90 days, or did in the last 90 and nobody said what followed; for
    those who see the whole hub. One query."""
    hub_ids = _whole_hubs(user)
    if not hub_ids:
        return
    facts = sorted(running_out(user, hub_ids, on), key=lambda fact: fact.value.kind)
    for kind, rows in groupby(facts, key=lambda fact: fact.value.kind):
        found = list(rows)
        label = DatedFactValue.Kind(kind).label
        href = reverse("schools:school-list", query={"music": f"{kind}:ends"})
        if len(found) == 1:
            href = reverse("schools:dated-fact-list", args=[found[0].school.urn])
        yield WorkItem(
            group="music",
            title=str(label),
            href=href,
            reason=_ending(found, on),
            since=found[0].last_day or on,
            action="See which" if len(found) > 1 else "See it",
            action_href=href,
            key=f"award:{kind}",
            hub_id=found[0].hub_id,
            is_managers=True,
            matter=str(len(found)),
            marks={"award": 1},
        )


def _ending(facts: list[DatedFact], on: date) -> str:
    """ "Has expired at 4 schools. Expires soon at 3 schools, first at Ash School (3 January)."."""
    over = [fact for fact in facts if fact.last_day and fact.last_day < on]
    soon = [fact for fact in facts if fact not in over]
    said = []
    if over:
        said.append(f"Has expired at {count(len(over), 'school') if len(over) > 1 else _when(over[0], on)}.")
    if len(soon) > 1:
        said.append(f"Expires soon at {count(len(soon), 'school')}, first at {_when(soon[0], on)}.")
    elif soon:
        said.append(f"Expires soon at {_when(soon[0], on)}.")
    return " ".join(said)


def _when(fact: DatedFact, on: date) -> str:
    return f"{fact.school} ({short_date(fact.last_day or on, on)})"


def _with_more(named: Sequence[str], total: int, noun: str) -> str:
    more = total - len(named)
    return listed([*named, count(more, noun)] if more else list(named))


def lead_schools_missing(user: User, on: date) -> Iterable[WorkItem]:
    """Authorities that lack a Lead School of a kind that each is to have, for those who see the whole hub. Two queries,
    and one more for each hub."""
    hub_ids = _whole_hubs(user)
    if not hub_ids:
        return
    areas = HubArea.objects.visible_to(user).current(on).filter(hub__in=hub_ids)
    rows = list(areas.select_related("hub", "authority").order_by("hub__name", "authority__name"))
    expected = expected_of_each_authority()
    for hub, held in groupby(rows, key=lambda area: area.hub):
        lacking = _lacking(user, hub, list(held), expected, on)
        if lacking:
            href = f"{hub.get_area_url()}#lead-schools"
            yield WorkItem(
                group="music",
                title="Lead Schools",
                href=href,
                reason=f"None yet in {_with_more(lacking[:NAMED], len(lacking), 'more authority,more authorities')}.",
                since=on,
                action="See which",
                action_href=href,
                key=f"lead-schools:{hub.slug}",
                hub_id=hub.pk,
                is_managers=True,
                matter=str(len(lacking)),
                marks={"award": 1},
            )


def _lacking(user: User, hub: Hub, areas: list[HubArea], expected: list[DatedFactValue], on: date) -> list[str]:
    """Each authority that lacks one, with what it lacks: "Barton (secondary)"; its name alone where it has none."""
    there = {(fact.school.authority_id, fact.value_id) for fact in lead_schools(user, hub, on)}
    found = []
    for area in areas:
        missing = [_small(value.name) for value in expected if (area.authority_id, value.pk) not in there]
        if missing:
            kinds = f" ({', '.join(missing)})" if len(missing) < len(expected) else ""
            found.append(f"{area.authority.name}{kinds}")
    return found


def _small(name: str) -> str:
    """As it stands in a sentence: "secondary", "SEND or alternative provision"."""
    return name if name[1:2].isupper() else f"{name[:1].lower()}{name[1:]}"


PROVIDERS = (awards_that_run_out, lead_schools_missing)
