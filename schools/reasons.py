"""Why a school's records may belong to another, in words for whoever decides. Nothing here queries."""

from collections.abc import Iterable

from hubportal.kit.wording import long_date
from schools.models import School, SchoolLink, Succession

Basis = Succession.Basis

REASONS = {
    Basis.SUCCESSOR: "The national school register names {new} as the one successor of {old}, and it is open.",
    Basis.SEVERAL: "The register names {new} as one of several successors of {old}. Decide which it is.",
    Basis.MERGED: "The register says that {old} merged into {new}. Both may have records with you.",
    Basis.SPLIT: "The register says that {old} was split, and that {new} is one of the schools it became.",
    Basis.SIXTH_FORM: "The register links {old} and {new} as a school and its sixth form centre, and {old} has closed.",
    Basis.BOTH_OPEN: "The register names {new} as the successor of {old}, and both are open at the moment.",
    Basis.PROPOSED: "The register names {new} as the successor of {old}. It has not opened, and its URN may change.",
    Basis.CYCLE: "The register’s links lead from {old} to {new} and back again, so it does not say which came first.",
    Basis.ONE_WAY: "The register names {new} as the successor of {old}, but only in the row of one of the two.",
    Basis.SAME_NUMBER: (
        "The register has no link for {old}. {new} has the same local authority and the same school number."
    ),
    Basis.SAME_POSTCODE: (
        "The register has no link for {old}. {new} has the same postcode, and opened within 60 days of its closing."
    ),
    Basis.PERSON: "One of your hub’s people said that {old} became {new}.",
}


def names_of(succession: Succession) -> tuple[str, str]:
    """What the two are called where both are spoken of: by their URNs too, where they have the same name."""
    old, new = succession.predecessor, succession.successor
    if old.name.casefold() != new.name.casefold():
        return old.name, new.name
    return f"{old.name} ({old.urn_words})", f"{new.name} ({new.urn_words})"


def reason_of(succession: Succession) -> str:
    """The basis as a sentence about the two schools. A school added by hand becomes no other: the register has it."""
    old, new = names_of(succession)
    if succession.basis == Basis.PERSON and not succession.predecessor.has_urn:
        return f"One of your hub’s people said that {old} is {new} in the register."
    return REASONS[Basis(succession.basis)].format(old=old, new=new)


def evidence_of(succession: Succession, links: Iterable[SchoolLink]) -> list[str]:
    """The register's rows about the two, one sentence each."""
    names = {each.urn: each.name for each in (succession.predecessor, succession.successor)}
    return [_link_words(each, names) for each in links]


def _link_words(link: SchoolLink, names: dict[int, str]) -> str:
    since = f", from {long_date(link.established_on)}" if link.established_on else ", without a date"
    seen = f"In the register of {long_date(link.last_seen)}"
    if link.first_seen != link.last_seen:
        seen = f"In the register from {long_date(link.first_seen)} to {long_date(link.last_seen)}"
    return f"{seen}: {names[link.urn]} (URN {link.urn}) has “{link.kind}” {names[link.link_urn]}{since}."


def side_by_side(old: School, new: School) -> list[dict[str, str]]:
    """The two schools' facts, line by line. `with_trust()` rows; type and authority selected with them."""
    lines = [
        ("Number", old.urn_words, new.urn_words),
        ("Status", _status(old), _status(new)),
        ("Type", old.type.name, new.type.name),
        ("Ages", old.ages, new.ages),
        ("Pupils", _number(old.pupils), _number(new.pupils)),
        ("Address", ", ".join(old.address), ", ".join(new.address)),
        ("Local authority", _authority(old), _authority(new)),
        ("School number", old.establishment_number, new.establishment_number),
        ("Trust", getattr(old, "trust_name", None) or "", getattr(new, "trust_name", None) or ""),
        ("Head", old.head_name, new.head_name),
    ]
    return [
        {"label": label, "old": one or "Not given", "new": other or "Not given", "same": "yes" if one == other else ""}
        for label, one, other in lines
        if one or other
    ]


def _status(school: School) -> str:
    words = school.get_status_display()
    match school.status:
        case School.Status.CLOSED if school.close_date:
            return f"Closed on {long_date(school.close_date)}"
        case School.Status.CLOSING if school.close_date:
            return f"Open, plans to close on {long_date(school.close_date)}"
        case School.Status.PROPOSED if school.open_date:
            return f"Planned to open on {long_date(school.open_date)}"
        case School.Status.OPEN if school.known_open_date:
            return f"Open since {long_date(school.known_open_date)}"
    return words


def _authority(school: School) -> str:
    return f"{school.authority.name} ({school.authority.code})"


def _number(number: int | None) -> str:
    return f"{number:,}" if number is not None else ""
