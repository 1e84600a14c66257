"""Rows for tests, in one line each. Every function takes the fields that matter to the test and fills in the rest."""

import itertools
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from hubportal.accounts.models import User
from hubportal.kit.terms import usual_year
from hubportal.kit.wording import academic_year
from schools import timeline
from schools.actions import term_dates
from schools.models import (
    ChangeNotice,
    Commission,
    Contact,
    ContactImport,
    DatedFact,
    DatedFactValue,
    EngagementYear,
    EstablishmentType,
    Hub,
    HubArea,
    Invitation,
    LocalAuthority,
    Membership,
    Partner,
    RegisterChange,
    RegisterFile,
    RegisterImport,
    Relationship,
    School,
    SchoolIdentifier,
    Succession,
    TermCalendar,
    TimelineEntry,
    Trust,
    TrustSchool,
)
from schools.register import keys
from schools.register.details import path_of
from schools.roles import SCOPES, Role

PASSWORD = "learn-to-play-together"
LONG_AGO = date(2020, 9, 1)
_numbers = itertools.count(1)


def make_user(name: str = "", email: str = "", password: str | None = None, **fields: Any) -> User:
    """A person who can sign in by `client.force_login`; with a password (`PASSWORD`) also by the form."""
    number = next(_numbers)
    name = name or f"Person {number}"
    return User.objects.create_user(
        email or f"{name.lower().replace(' ', '.')}.{number}@people.example", password, name=name, **fields
    )


def make_authority(name: str = "", code: str = "") -> LocalAuthority:
    """An authority that does not exist: its code is three small letters, where the real ones have digits."""
    number = next(_numbers)
    letters = "".join(chr(97 + number // power % 26) for power in (676, 26, 1))
    return LocalAuthority.objects.create(code=code or letters, name=name or f"Authority {number}")


def make_type(code: str = "", name: str = "", is_state_funded: bool = True, **fields: Any) -> EstablishmentType:
    """The establishment type with this code, made on first use. Without a code: community school."""
    kind, _ = EstablishmentType.objects.get_or_create(
        code=code or "1",
        defaults={"name": name or "Community school", "is_state_funded": is_state_funded, **fields},
    )
    return kind


def make_hub(name: str = "", *, authority: LocalAuthority | None = None, since: date = LONG_AGO, **fields: Any) -> Hub:
    """A hub that covers one authority (made for it unless given; `hub.authority` names it)."""
    number = next(_numbers)
    name = name or f"Hub {number}"
    hub = Hub.objects.create(
        name=name,
        slug=fields.pop("slug", f"hub-{number}"),
        email=fields.pop("email", f"hub{number}@hubs.example"),
        phone=fields.pop("phone", f"01632 960{number % 1000:03d}"),
        safeguarding_contact=fields.pop("safeguarding_contact", "Jo Marsh, 01632 960 001"),
        **fields,
    )
    hub.authority = authority or make_authority()
    make_area(hub=hub, authority=hub.authority, starts_on=since)
    return hub


def make_area(
    *, hub: Hub, authority: LocalAuthority, starts_on: date = LONG_AGO, ends_on: date | None = None
) -> HubArea:
    return HubArea.objects.create(hub=hub, authority=authority, starts_on=starts_on, ends_on=ends_on)


def make_school(name: str = "", *, hub: Hub | None = None, urn: int | None = None, **fields: Any) -> School:
    """An open community primary school: in `hub`'s authority, or in `authority`, or in one of its own."""
    number = next(_numbers)
    name = name or f"School {number}"
    authority = fields.pop("authority", None) or getattr(hub, "authority", None)
    if authority is None and hub is not None:
        authority = hub.areas.get().authority
    values = {
        "urn": urn or 700000 + number,
        "source": School.Source.DEMO,
        "authority": authority or make_authority(),
        "type": fields.pop("type", None) or make_type(),
        "status": School.Status.OPEN,
        "phase": School.Phase.PRIMARY,
        "open_date": date(1990, 9, 1),
        "town": "Ashby",
        "postcode": f"EX{number % 9 + 1} {number % 9 + 1}AB",
        "as_at": date(2026, 9, 1),
        **fields,
    }
    found_by = keys.search_text(name=name, urn=values["urn"], postcode=values["postcode"], town=values["town"])
    school = School.objects.create(name=name, name_key=keys.name_key(name), search_text=found_by, **values)
    SchoolIdentifier.objects.create(school=school, urn=school.urn, valid_from=values["open_date"])
    return school


def make_manual(name: str = "", *, hub: Hub, is_organisation: bool = False, **fields: Any) -> School:
    """A school that somebody added by hand, or an organisation that is none, under a number of the portal's own."""
    number = School.FIRST_OWN_NUMBER + next(_numbers)
    code, words = ("G2", "University") if is_organisation else ("H1", "Virtual school")
    kind = make_type(code, words, is_state_funded=False, is_organisation=is_organisation)
    fields = {"type": kind, "source": School.Source.MANUAL, "phase": School.Phase.NOT_APPLICABLE, **fields}
    return make_school(name, hub=hub, urn=number, **fields)


def make_term_calendar(owner: LocalAuthority | Trust | School, year: int, **fields: Any) -> TermCalendar:
    """The usual dates of an academic year as somebody's own, three terms long."""
    usual = usual_year(year)
    values = {"parts": usual.parts, "days_off": usual.days_off, "terms_in_year": 3, "by": None, **fields}
    return term_dates.save(owner=owner, year=year, **values)


def make_trust(name: str = "", schools: tuple[School, ...] = (), joined_on: date = LONG_AGO) -> Trust:
    """A trust with these schools in it since `joined_on`."""
    number = next(_numbers)
    name = name or f"Trust {number}"
    trust = Trust.objects.create(group_uid=str(5000 + number), name=name, name_key=keys.name_key(name))
    for school in schools:
        TrustSchool.objects.create(trust=trust, school=school, joined_on=joined_on)
    return trust


def make_partner(name: str = "", *, hub: Hub, **fields: Any) -> Partner:
    return Partner.objects.create(hub=hub, name=name or f"Partner {next(_numbers)}", **fields)


def make_commission(*, partner: Partner, school: School | None = None, **fields: Any) -> Commission:
    """A school (or an `authority=`) entrusted to a partner."""
    fields.setdefault("starts_on", LONG_AGO)
    fields.setdefault("purpose", "Whole-class brass")
    return Commission.objects.create(partner=partner, school=school, **fields)


def make_membership(
    user: User | None = None, role: str = Role.HUB_OFFICER, organisation: Any = None, **fields: Any
) -> Membership:
    """A role of `user` (made unless given) in a hub, partner, school or trust, whichever the role is held in."""
    fields.setdefault("starts_on", LONG_AGO)
    return Membership.objects.create(
        user=user or make_user(), role=role, **{SCOPES[Role(role)]: organisation}, **fields
    )


def make_person(role: str, organisation: Any, name: str = "", **fields: Any) -> User:
    """A person with one role in one organisation."""
    user = make_user(name, **fields)
    make_membership(user, role, organisation)
    return user


def make_invitation(
    *, role: str, organisation: Any, by: User, email: str = "", name: str = "", **fields: Any
) -> Invitation:
    """An invitation's row alone. For one with a working link use `invitations.invite`."""
    number = next(_numbers)
    fields.setdefault("expires_at", timezone.now() + timedelta(days=14))
    return Invitation.objects.create(
        email=email or f"guest{number}@people.example",
        name=name or f"Guest {number}",
        role=role,
        created_by=by,
        **{SCOPES[Role(role)]: organisation},
        **fields,
    )


def make_contact(name: str = "", *, hub: Hub, school: School, **fields: Any) -> Contact:
    number = next(_numbers)
    fields.setdefault("email", f"contact{number}@schools.example")
    return Contact.objects.create(hub=hub, school=school, name=name or f"Contact {number}", **fields)


def make_contact_import(*, hub: Hub, by: User, rows: list[list[str]] | None = None, **fields: Any) -> ContactImport:
    """A file of staff that waits for its confirmation; `rows` are URN and name."""
    numbered = [[line, cells] for line, cells in enumerate(rows or [], start=2)]
    fields = {"name": "staff.csv", "kind": ContactImport.Kind.CSV, "header": ["URN", "Name"], **fields}
    return ContactImport.objects.create(hub=hub, by=by, rows=numbered, **fields)


def make_register_imports(*, by: User) -> dict[str, RegisterImport]:
    """Files of the register in several states, by what they are; what they would change lies on the disk."""
    shown = {"rows": 40, "changed": 1, "renamed": 1, "unchanged": 39}
    states: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
        "reading": ({"state": "queued"}, {}),
        "shown": ({"state": "ready"}, shown),
        "held": ({"state": "ready"}, {**shown, "held": ["It has 40 rows where the last file had 80."]}),
        "refused": (
            {"state": "ready", "refused": "Line 1: the file is empty."},
            {"refused": "Line 1: the file is empty."},
        ),
        "failed": ({"state": "failed", "failure": "The files could not be read. Try again later."}, {}),
    }
    made = {}
    for key, (columns, figures) in states.items():
        made[key] = RegisterImport.objects.create(by=by, **columns)
        details = [["renamed", 1]] if figures.get("renamed") else []
        made[key].files.create(
            kind="establishments", name="edubasealldata20230407.csv", size=40_000, figures=figures, details=details
        )
        made[key].details.mkdir(parents=True)
        path_of(made[key].details, "establishments", "renamed").write_text(
            "URN,School,Before,After,On\n110001,A,B,A,\n"
        )
    return made


def make_engagement_year(*, hub: Hub, school: School, engaged_on: date, **fields: Any) -> EngagementYear:
    """A year in which they talked, as `engagement` would have written it down."""
    year = academic_year(engaged_on)
    return EngagementYear.objects.create(
        hub=hub, school=school, year=year, engaged_on=engaged_on, **{"ways": ["conversation"], **fields}
    )


def make_relationship(*, hub: Hub, school: School, **fields: Any) -> Relationship:
    return Relationship.objects.create(hub=hub, school=school, **fields)


def make_entry(
    *, hub: Hub, school: School, heading: str = "", at: datetime | None = None, **fields: Any
) -> TimelineEntry:
    """A timeline entry that only the hub sees, unless `audience` says more."""
    number = next(_numbers)
    fields.setdefault("source", f"test:{number}")
    fields.setdefault("kind", TimelineEntry.Kind.CONVERSATION)
    fields.setdefault("audience", TimelineEntry.Audience.HUB)
    return timeline.write(
        hub=hub, school=school, heading=heading or f"Entry {number}", at=at or timezone.now(), **fields
    )


def make_register_file(name: str = "edubasealldata.csv", as_at: date = date(2026, 9, 1), **fields: Any) -> RegisterFile:
    number = next(_numbers)
    fields.setdefault("sha256", f"{number:064x}")
    return RegisterFile.objects.create(name=name, as_at=as_at, encoding="cp1252", header=[], size=0, rows=0, **fields)


def make_change(
    school: School, kind: str = RegisterChange.Kind.RENAMED, *, on: date | None = None, **fields: Any
) -> RegisterChange:
    """Something that the register said differently."""
    return RegisterChange.objects.create(school=school, kind=kind, noticed_on=on or timezone.localdate(), **fields)


def make_notice(*, hub: Hub, school: School, change: RegisterChange | None = None, **fields: Any) -> ChangeNotice:
    """A change in a hub's feed."""
    return ChangeNotice.objects.create(hub=hub, change=change or make_change(school), **fields)


def make_succession(*, hub: Hub, predecessor: School, successor: School, **fields: Any) -> Succession:
    """A proposal that one school's records go over to another."""
    fields.setdefault("basis", Succession.Basis.SUCCESSOR)
    return Succession.objects.create(hub=hub, predecessor=predecessor, successor=successor, **fields)


def make_dated_fact(
    words: str = "artsmark gold", *, hub: Hub, school: School, by: User, starts_on: date = LONG_AGO, **fields: Any
) -> DatedFact:
    """A kind and a code of the reference data, as "lead-school primary" or "teaching specialist"."""
    kind, code = words.split()
    value = DatedFactValue.objects.get(kind=kind, code=code)
    return DatedFact.objects.create(
        hub=hub, school=school, value=value, starts_on=starts_on, recorded_by=by, **{"source": "Seen", **fields}
    )
