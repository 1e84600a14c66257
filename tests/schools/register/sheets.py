"""The register's smaller files made for a test: real column names, invented schools and trusts."""

from pathlib import Path
from typing import Any

from tests.schools.register.files import text, write

LINKS = ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate")
_GROUP = ("Group UID", "Group ID", "Group Name", "Companies House Number", "Group Type (code)", "Group Type")
_TIMES = ("Closed Date", "Open date", "Incorporated on (open date)", "Group Status (code)", "Group Status")
GROUPS = (
    *(*_GROUP, *_TIMES, "Group Street", "Group Locality", "Group Address 3", "Group Town", "Group County"),
    *("Group Postcode", "Head of Group Title", "Head of Group First Name", "Head of Group Last Name", "UKPRN"),
)
GROUP_LINKS = (
    *("URN", *_GROUP, *_TIMES, "Joined date", "EstablishmentName", "TypeOfEstablishment (code)"),
    *("TypeOfEstablishment (name)", "PhaseOfEducation (code)", "PhaseOfEducation (name)", "LA (code)", "LA (name)"),
)
OPEN_TRUST = {
    "Group Type (code)": "06",
    "Group Type": "Multi-academy trust",
    "Group Status (code)": "OPEN",
    "Group Status": "Open",
}


def link(urn: int | str, kind: str, other: int | str, on: str = "01-09-2020", name: str = "Elm") -> dict[str, str]:
    return {"URN": str(urn), "LinkURN": str(other), "LinkName": name, "LinkType": kind, "LinkEstablishedDate": on}


def group(uid: int | str, name: str, **values: str) -> dict[str, str]:
    return {"Group UID": str(uid), "Group Name": name, **OPEN_TRUST, **values}


def in_group(urn: int | str, uid: int | str, joined: str, name: str = "Oak Trust", **values: str) -> dict[str, str]:
    return {"URN": str(urn), "Joined date": joined, **group(uid, name, **values)}


def save(folder: Path, name: str, rows: list[dict[str, str]], columns: tuple[str, ...], **options: Any) -> Path:
    return write(folder, name, text(rows, columns), **options)
