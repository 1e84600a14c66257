"""Register files made for a test: real column names, invented schools."""

import csv
import io
import os
from pathlib import Path

COLUMNS = (
    *("URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName", "TypeOfEstablishment (code)"),
    *("TypeOfEstablishment (name)", "EstablishmentTypeGroup (name)", "EstablishmentStatus (code)", "OpenDate"),
    *("CloseDate", "PhaseOfEducation (code)", "StatutoryLowAge", "StatutoryHighAge", "Gender (name)", "SchoolCapacity"),
    *("NumberOfPupils", "PercentageFSM", "Trusts (code)", "Trusts (name)", "Street", "Locality", "Address3", "Town"),
    *("County (name)", "Postcode", "SchoolWebsite", "TelephoneNum", "HeadTitle (name)", "HeadFirstName"),
    *("HeadLastName", "HeadPreferredJobTitle", "Easting", "Northing"),
)
USUAL = {
    "LA (code)": "845",
    "LA (name)": "East Sussex",
    "TypeOfEstablishment (code)": "01",
    "TypeOfEstablishment (name)": "Community school",
    "EstablishmentStatus (code)": "1",
    "PhaseOfEducation (code)": "2",
    "Postcode": "BN7 1AB",
    "Town": "Lewes",
}
SHARED = Path(os.environ.get("REGISTER_FILES", Path(__file__).parents[4] / "shared/register"))
MISSING = "needs the register's real files: put them in ../shared/register or name their folder with REGISTER_FILES"


def row(urn: int | str, name: str, **values: str) -> dict[str, str]:
    """A row as the register would have it. Column names come as keyword arguments by a dictionary."""
    return {"URN": str(urn), "EstablishmentName": name, **USUAL, **values}


def text(rows: list[dict[str, str]], columns: tuple[str, ...] = COLUMNS, end: str = "\r\n") -> str:
    """The file's text: quoted strings, no line end after the last row, as the register has it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=end)
    writer.writerow(columns)
    writer.writerows([[found.get(name, "") for name in columns] for found in rows])
    return out.getvalue().removesuffix(end)


def write(folder: Path, name: str, content: str | bytes, encoding: str = "cp1252") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path
