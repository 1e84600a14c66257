"""Authorities, trusts, schools and hubs: from the invented register's text to rows."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

from hubportal.demo.county import LARKRISE, DemoSchool
from hubportal.demo.places import AUTHORITIES
from hubportal.demo.register import register_text
from hubportal.demo.world import World, chunked
from schools.models import (
    EstablishmentType,
    Hub,
    HubArea,
    LocalAuthority,
    School,
    SchoolIdentifier,
    TimelineEntry,
    Trust,
    TrustSchool,
)
from schools.register import keys

NOT_STATE_FUNDED = {"10", "11"}
COLLEGES = {"18", "31", "32"}


def make_hub(name: str, slug: str, accent: str, authorities: tuple[str, ...], since: date, **facts: str) -> Hub:
    """A hub and the authorities it covers."""
    hub = Hub.objects.create(name=name, slug=slug, accent_colour=accent, **facts)
    for code in authorities:
        authority, _ = LocalAuthority.objects.get_or_create(code=code, defaults={"name": AUTHORITIES[code]})
        HubArea.objects.create(hub=hub, authority=authority, starts_on=since)
    return hub


def load_schools(sketches: list[DemoSchool], on: date) -> dict[int, School]:
    """The schools of an invented register, by URN, with their trusts and identifiers. About ten queries."""
    rows = list(csv.DictReader(io.StringIO(register_text(sketches, on))))
    authorities = {each.code: each for each in LocalAuthority.objects.filter(code__in=AUTHORITIES)}
    types = _types(rows)
    as_at = on.replace(day=1)
    schools = chunked(School, [_school(row, authorities, types, as_at) for row in rows])
    by_urn = {school.urn: school for school in schools}
    chunked(
        SchoolIdentifier, [SchoolIdentifier(school=each, urn=each.urn, valid_from=each.open_date) for each in schools]
    )
    _join_trusts(sketches, by_urn)
    return by_urn


def _types(rows: list[dict[str, str]]) -> dict[str, EstablishmentType]:
    """The establishment types met, those that nobody described yet included."""
    met = {row["TypeOfEstablishment (code)"].lstrip("0"): row for row in rows}
    known = {each.code: each for each in EstablishmentType.objects.filter(code__in=met)}
    for code, row in met.items():
        if code not in known:
            known[code] = EstablishmentType.objects.create(
                code=code,
                name=row["TypeOfEstablishment (name)"],
                group_name=row["EstablishmentTypeGroup (name)"],
                is_state_funded=code not in NOT_STATE_FUNDED,
                is_college=code in COLLEGES,
            )
    return known


def _day(text: str) -> date | None:
    return datetime.strptime(text, "%d-%m-%Y").date() if text else None


def _school(
    row: dict[str, str], authorities: dict[str, LocalAuthority], types: dict[str, EstablishmentType], as_at: date
) -> School:
    head = " ".join(filter(None, (row["HeadTitle (name)"], row["HeadFirstName"], row["HeadLastName"])))
    name, urn, postcode, town = row["EstablishmentName"], int(row["URN"]), row["Postcode"], row["Town"]
    return School(
        urn=urn,
        source=School.Source.DEMO,
        name=name,
        name_key=keys.name_key(name),
        search_text=keys.search_text(name=name, urn=urn, postcode=postcode, town=town),
        authority=authorities[row["LA (code)"]],
        establishment_number=row["EstablishmentNumber"],
        type=types[row["TypeOfEstablishment (code)"].lstrip("0")],
        status=row["EstablishmentStatus (code)"],
        phase=row["PhaseOfEducation (code)"],
        open_date=_day(row["OpenDate"]),
        close_date=_day(row["CloseDate"]),
        low_age=int(row["StatutoryLowAge"]),
        high_age=int(row["StatutoryHighAge"]),
        gender=row["Gender (name)"],
        religious_character=row["ReligiousCharacter (name)"],
        pupils=int(row["NumberOfPupils"]),
        boys=int(row["NumberOfBoys"]),
        girls=int(row["NumberOfGirls"]),
        capacity=int(row["SchoolCapacity"]),
        fsm_percentage=Decimal(row["PercentageFSM"]),
        street=row["Street"],
        locality=row["Locality"],
        town=town,
        county=row["County (name)"],
        postcode=postcode,
        website=row["SchoolWebsite"],
        telephone=row["TelephoneNum"],
        head_name=head,
        head_job_title=row["HeadPreferredJobTitle"],
        urban_rural=row["UrbanRural (name)"],
        easting=int(row["Easting"]),
        northing=int(row["Northing"]),
        as_at=as_at,
    )


def _join_trusts(sketches: list[DemoSchool], by_urn: dict[int, School]) -> None:
    names = {each.trust: each.trust_name for each in sketches if each.trust}
    trusts = {
        trust.group_uid: trust
        for trust in chunked(
            Trust,
            [Trust(group_uid=uid, name=name, name_key=keys.name_key(name)) for uid, name in sorted(names.items())],
        )
    }
    chunked(
        TrustSchool,
        [
            TrustSchool(trust=trusts[each.trust], school=by_urn[each.urn], joined_on=each.joined, is_dated=True)
            for each in sketches
            if each.trust and each.is_open
        ],
    )


def register_entries(
    hub: Hub, sketches: list[DemoSchool], schools: dict[int, School], world: World
) -> list[TimelineEntry]:
    """What the register changed, for the timeline: pupils up or down, schools that became academies, one about to."""
    entries = []

    def add(sketch: DemoSchool, key: str, day: date, heading: str, text: str = "") -> None:
        entries.append(
            TimelineEntry(
                hub=hub,
                school=schools[sketch.urn],
                source=f"register:{key}:{sketch.urn}",
                kind=TimelineEntry.Kind.REGISTER,
                audience=TimelineEntry.Audience.RELEASED,
                at=world.at(day),
                is_whole_day=True,
                heading=heading,
                detail="National school register",
                text=text,
            )
        )

    census = date(world.on.year if world.on >= date(world.on.year, 9, 1) else world.on.year - 1, 9, 1)
    for sketch in sketches:
        if sketch.is_open and sketch.opened < census and sketch.pupils != sketch.pupils_before:
            way = "up" if sketch.pupils > sketch.pupils_before else "down"
            add(sketch, "pupils", census, f"Pupils {way} from {sketch.pupils_before:,} to {sketch.pupils:,}")
        if sketch.predecessor:
            old = schools[sketch.predecessor]
            add(
                sketch,
                "opened",
                sketch.opened,
                f"Became an academy in {sketch.trust_name}",
                f"Before: {old.name}, URN {old.urn}.",
            )
        if sketch.status == "2" and sketch.closed:
            add(sketch, "closed", sketch.closed, f"Closed: {sketch.reason_closed.lower()}")
        if sketch.status == "3":
            add(sketch, "closing", census, "Proposed to become an academy", "Its trust is not yet in the register.")
    return entries


def larkrise() -> Trust:
    return Trust.objects.get(group_uid=LARKRISE)
