"""How an area stands, counted by plain SQL from the records alone: nothing here knows what the portal worked out and
wrote down (`EngagementYear`, `Relationship`) or how it counts."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from hubportal.kit.wording import academic_year
from schools.access import today
from schools.models import Hub

# One row for each open school of the area. Rules are the hub's own of the year, else those of every hub; before the
# first ones, the first of every hub. `years`: by academic year, the day from which it was engaged, that from which in
# several ways, and that of the first conversation that counts.
SCHOOLS = """
WITH rules AS (
    SELECT y AS year, r.* FROM generate_series(2000, %(year)s + 1) y CROSS JOIN LATERAL (
        SELECT kinds, ways AS hows, roles, support FROM engagement_contactrules c
        WHERE c.hub_id = %(hub)s OR c.hub_id IS NULL
        ORDER BY c.year <= y DESC, (c.hub_id IS NULL) = (c.year <= y),
                 CASE WHEN c.year <= y THEN -c.year ELSE c.year END
        LIMIT 1
    ) r
), talks AS (
    SELECT p.school_id, c.date AS since, rules.year
    FROM engagement_conversationpart p JOIN engagement_conversation c ON c.id = p.conversation_id
    JOIN rules ON rules.year = extract(year FROM c.date - interval '8 months')
    WHERE c.hub_id = %(hub)s AND c.state = 'logged' AND c.received_from_id IS NULL
      AND p.is_filled AND p.withdrawn_at IS NULL AND rules.kinds ? c.kind AND rules.hows ? c.how
), facts AS (
    SELECT f.school_id, f.starts_on, CASE WHEN v.kind = 'lead-school' THEN v.kind ELSE v.code END AS code,
           least(f.ends_on, (
               SELECT min(later.starts_on) FROM schools_datedfact later
               WHERE later.hub_id = f.hub_id AND later.school_id = f.school_id AND later.value_id = f.value_id
                 AND later.struck_at IS NULL AND later.starts_on > f.starts_on
           )) AS until
    FROM schools_datedfact f JOIN schools_datedfactvalue v ON v.id = f.value_id
    WHERE f.hub_id = %(hub)s AND f.struck_at IS NULL AND f.received_from_id IS NULL
      AND v.kind IN ('lead-school', 'hub-role')
), delivered AS (
    SELECT school_id, starts_on,
           CASE kind WHEN 'loan' THEN 'instruments' WHEN 'adapted' THEN 'instruments' WHEN 'training' THEN 'training'
                     WHEN 'event' THEN 'links' ELSE 'provision' END AS strand
    FROM engagement_delivery
    WHERE hub_id = %(hub)s AND received_from_id IS NULL AND withdrawn_at IS NULL AND confirmed_at IS NOT NULL
      AND starts_on <= %(on)s AND (delivered_by IN ('hub', 'partner') OR supported_by IN ('hub', 'partner'))
), ways AS (
    SELECT school_id, year, 'conversation' AS way, since FROM talks
    UNION ALL
    SELECT g.school_id, rules.year, 'support ' || k.code, g.starts_on
    FROM engagement_supportgiven g JOIN engagement_strand k ON k.id = g.strand_id
    JOIN rules ON rules.year = extract(year FROM g.starts_on - interval '8 months')
    WHERE g.hub_id = %(hub)s AND g.received_from_id IS NULL AND rules.support ? k.code
    UNION ALL
    SELECT d.school_id, rules.year, 'support ' || d.strand, d.starts_on
    FROM delivered d JOIN rules ON rules.year = extract(year FROM d.starts_on - interval '8 months')
    WHERE rules.support ? d.strand
    UNION ALL
    SELECT f.school_id, rules.year, 'role ' || f.code, greatest(f.starts_on, make_date(rules.year, 9, 1))
    FROM facts f JOIN rules ON rules.roles ? f.code
     AND f.starts_on < make_date(rules.year + 1, 9, 1) AND coalesce(f.until, 'infinity') > make_date(rules.year, 9, 1)
), first AS (
    SELECT school_id, year, way, min(since) AS since FROM ways GROUP BY 1, 2, 3
), years AS (
    SELECT school_id, jsonb_object_agg(year, days) AS years FROM (
        SELECT school_id, year, jsonb_build_object(
            'engaged', min(since),
            'several', (array_agg(since ORDER BY since))[2],
            'talked', min(since) FILTER (WHERE way = 'conversation')
        ) AS days FROM first GROUP BY 1, 2
    ) by_year GROUP BY 1
)
SELECT s.id, t.is_state_funded, t.is_college, a.code AS authority, coalesce(trust.group_uid, 'none') AS trust,
    CASE WHEN t.is_college THEN 'college'
         WHEN t.code IN ('7', '8', '12', '33', '36', '44') THEN 'special'
         WHEN t.code IN ('14', '38', '42', '43') THEN 'ap'
         WHEN s.phase = '1' THEN 'nursery' WHEN s.phase IN ('2', '3') THEN 'primary'
         WHEN s.phase IN ('4', '5') THEN 'secondary' WHEN s.phase = '7' THEN 'all-through'
         WHEN s.phase = '6' THEN '16-plus' ELSE 'other' END AS kind,
    CASE WHEN s.fsm_percentage IS NULL THEN 'unknown'
         ELSE (least(floor(s.fsm_percentage / 10), 4) * 10)::int::text END AS meals,
    CASE WHEN s.urban_rural ILIKE '%%rural%%' THEN 'rural' WHEN s.urban_rural ILIKE '%%urban%%' THEN 'urban'
         ELSE 'unknown' END AS setting,
    CASE WHEN s.pupils IS NULL THEN 'unknown' WHEN s.pupils < 100 THEN '0' WHEN s.pupils < 300 THEN '100'
         WHEN s.pupils < 600 THEN '300' WHEN s.pupils < 1000 THEN '600' ELSE '1000' END AS size,
    coalesce(years.years, '{}') AS years,
    (SELECT count(*) FROM engagement_attempt x WHERE x.school_id = s.id AND x.hub_id = %(hub)s
        AND x.received_from_id IS NULL
        AND extract(year FROM (x.at AT TIME ZONE 'Europe/London') - interval '8 months') = %(year)s) AS tries,
    EXISTS (SELECT 1 FROM engagement_hold h WHERE h.school_id = s.id AND h.hub_id = %(hub)s AND h.kind = 'declined'
        AND h.ended_at IS NULL AND h.until > %(on)s
        AND NOT EXISTS (SELECT 1 FROM talks WHERE talks.school_id = s.id AND talks.since > h.decided_on)) AS declined
FROM schools_school s JOIN schools_establishmenttype t ON t.id = s.type_id
JOIN schools_localauthority a ON a.id = s.authority_id
JOIN schools_hubarea area ON area.authority_id = a.id AND area.hub_id = %(hub)s
 AND area.starts_on <= %(on)s AND (area.ends_on IS NULL OR area.ends_on > %(on)s)
LEFT JOIN schools_trustschool stay ON stay.school_id = s.id AND stay.joined_on <= %(on)s
 AND (stay.left_on IS NULL OR stay.left_on > %(on)s)
LEFT JOIN schools_trust trust ON trust.id = stay.trust_id
LEFT JOIN years ON years.school_id = s.id
WHERE s.status IN ('1', '3') AND NOT t.is_organisation
"""
# Of each target that stands: what it measures, until when, and its schools that are open; how many met it at its
# baseline, and how many schools it has.
TARGETS = """
SELECT t.id, t.measure, least(t.due_on, %(on)s),
    array_agg(r.school_id) FILTER (WHERE s.status IN ('1', '3')), count(*) FILTER (WHERE r.met_at_baseline), count(*)
FROM engagement_target t
JOIN engagement_targetschool r ON r.target_id = t.id JOIN schools_school s ON s.id = r.school_id
WHERE t.hub_id = %(hub)s AND t.ended_at IS NULL GROUP BY t.id
"""


@dataclass
class ByHand:
    """A school with everything by which it is counted."""

    facts: dict[str, Any]
    years: dict[int, dict[str, date]] = field(default_factory=dict)

    def was(self, what: str, on: date, year: int | None = None) -> bool:
        """Whether it was engaged, engaged in several ways or talked with in an academic year, that of the day unless
        said otherwise, up to a day."""
        found = self.years.get(academic_year(on) if year is None else year, {}).get(what)
        return found is not None and found <= on

    def status(self, on: date) -> str:
        if self.was("several", on):
            return "several"
        if self.was("engaged", on):
            return "engaged"
        if self.facts["declined"]:
            return "declined"
        if self.facts["tries"]:
            return "attempted"
        earlier = (each for year, each in self.years.items() if year < academic_year(on) and each.get("engaged"))
        return "lapsed" if any(earlier) else "never"


def schools_of(hub: Hub) -> dict[int, ByHand]:
    """The open schools of the hub's area, by their keys."""
    with connection.cursor() as cursor:
        cursor.execute(SCHOOLS, {"hub": hub.pk, "on": today(), "year": academic_year(today())})
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    found = {}
    for row in rows:
        years = {
            int(year): {what: date.fromisoformat(day) for what, day in days.items() if day}
            for year, days in json.loads(row.pop("years")).items()
        }
        found[row["id"]] = ByHand(row, years)
    assert len(found) == len(rows), "a school stands twice"
    return found


def check_dashboard(client: Client, hub: Hub) -> None:
    """Every figure of the dashboard, as somebody of the hub's staff who has signed in sees it."""
    context = client.get(reverse("engagement:coverage-detail")).context
    on, year, by_hand = today(), academic_year(today()), schools_of(hub)
    everything, found = list(by_hand.values()), context["coverage"]
    funded = [each for each in everything if each.facts["is_state_funded"]]
    colleges = [each for each in everything if not each.facts["is_state_funded"] and each.facts["is_college"]]
    others = [each for each in everything if each not in funded and each not in colleges]
    for row, schools in ((found.whole, funded), (found.colleges, colleges), (found.others, others)):
        assert row.counts == _statuses(schools, on), row.label
        assert row.engaged == sum(each.was("engaged", on) for each in schools), row.label
    for block in found.blocks:
        for row in block.rows:
            ((key, code),) = ((key, code) for key, code in row.query.items() if key != "state_funded")
            there = [each for each in funded if each.facts[key] == code]
            assert row.counts == _statuses(there, on), f"{block.title}: {row.label}"
    for month in found.months:
        assert month.engaged == sum(each.was("engaged", month.on) for each in funded), month.label
        before = _a_year_before(month.on)
        assert month.before in (None, sum(each.was("engaged", before) for each in funded)), month.label
    for each in found.years:
        then = each.on if academic_year(each.on) == year else date(academic_year(each.on) + 1, 8, 31)
        assert each.engaged == sum(school.was("engaged", then) for school in funded), each.label
        assert each.several == sum(school.was("several", then) for school in funded), each.label
    assert found.last_year in (None, sum(each.was("engaged", _a_year_before(on)) for each in funded))
    lately = range(year - hub.disengaged_years, year + 1)
    assert context["disengaged"] == sum(not any(each.was("engaged", on, then) for then in lately) for each in funded)
    _check_targets(context["targets"], hub, by_hand)


def _check_targets(shown: Iterable[Any], hub: Hub, by_hand: dict[int, ByHand]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TARGETS, {"hub": hub.pk, "on": today()})
        rows = cursor.fetchall()
    what = {"engaged": "engaged", "several": "several", "conversation": "talked"}
    counted = {
        pk: (sum(by_hand[school].was(what[measure], on) for school in schools or ()), len(schools or ()), met, fixed)
        for pk, measure, on, schools, met, fixed in rows
    }
    assert {each.target.pk: (each.now, each.counted, each.at_baseline, each.fixed) for each in shown} == counted


def _statuses(schools: Iterable[ByHand], on: date) -> Counter[str]:
    return Counter(each.status(on) for each in schools)


def _a_year_before(day: date) -> date:
    return date(day.year - 1, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)
