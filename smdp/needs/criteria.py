"""Where the needs lie: for each authority and phase, the criteria that most of its schools judge low."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from engagement.matching import LOW
from engagement.models import Criterion, Framework
from hubportal.accounts.models import User
from schools.access import access_of, today
from schools.facts import phase_choices

SHOWN = 3


def framework_for(user: User) -> Framework | None:
    """The framework in force at the person's hub: at the first of several. One query."""
    access = access_of(user)
    hubs = access.hub_ids | {each.partner.hub_id for each in access.memberships if each.partner_id}
    return Framework.objects.current_for_hub(min(hubs, default=0), today()).first()


def criteria_of(framework: Framework | None) -> QuerySet:
    """Its criteria in their order. One query."""
    return (
        Criterion.objects.filter(area__framework=framework)
        .select_related("area")
        .order_by("area__position", "position")
    )


@dataclass
class Group:
    """The schools of one phase in one authority that submitted a self-evaluation."""

    authority: str
    phase: str
    schools: int = 0
    low: Counter = field(default_factory=Counter)
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def lowest(self) -> list[tuple[str, str, int]]:
        """(code, title, schools) of the criteria that most of them judge low, the most first."""
        ranked = sorted(self.low.items(), key=lambda pair: (-pair[1], list(self.titles).index(pair[0])))
        return [(code, self.titles[code], number) for code, number in ranked[:SHOWN]]


def groups_of(rows: Iterable[tuple[Mapping[str, Any], str, str]], criteria: Iterable[Criterion]) -> list[Group]:
    """Groups of (answers, authority, code of the phase), by authority and phase. No query."""
    titles, phases = {each.code: each.title for each in criteria}, dict(phase_choices())
    found: dict[tuple[str, str], Group] = {}
    for answers, authority, phase in rows:
        group = found.setdefault((authority, phase), Group(authority, phases[phase], titles=titles))
        group.schools += 1
        group.low.update(code for code, said in answers.items() if code in titles and 0 < (said["level"] or 0) <= LOW)
    return [found[key] for key in sorted(found)]
