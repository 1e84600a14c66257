"""The register that the measurements read, and files made from it: the same again, and with 5 % of its rows changed."""

import gzip
import os
import random
from pathlib import Path

USUAL = Path(__file__).parent.parent.parent / "shared/register/establishments/joined_edubasealldata20220407.csv.gz"


def received() -> bytes | None:
    """The file of 49,514 rows under `../shared/register`, or the one that REGISTER_FILE names; None, and a sentence,
    where there is none."""
    source = Path(os.environ.get("REGISTER_FILE", USUAL))
    if not source.exists():
        print("  Not measured: there is no register file. Name one of 140 columns with REGISTER_FILE.")
        return None
    content = source.read_bytes()
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content


def first_rows(content: bytes, number: int) -> bytes:
    """The header and the first rows of a file."""
    return b"\r\n".join(content.split(b"\r\n", number + 1)[: number + 1]) + b"\r\n"


def write(folder: Path, content: bytes, first_day: int) -> dict[str, Path]:
    """The file itself as that of a day in April 2022, the same rows in a file with another checksum on the next day,
    and one with 5 % of the rows changed on the day after."""
    rows = content.split(b"\r\n")
    rows = rows if rows[-1] else rows[:-1]
    names = ("first", "again", "changed")
    named = {name: folder / f"edubasealldata202204{day:02}.csv" for day, name in enumerate(names, first_day)}
    named["first"].write_bytes(content)
    named["again"].write_bytes(b"\r\n".join(rows) + b"\r\n" if not content.endswith(b"\n") else b"\r\n".join(rows))
    place = rows[0].split(b",").index(b'"EstablishmentName"')
    for number in random.Random(5).sample(range(1, len(rows)), len(rows) // 20):
        values = rows[number].split(b",")
        values[place] = values[place][:1] + b"New " + values[place][1:]  # the name: nothing before it holds a comma
        rows[number] = b",".join(values)
    named["changed"].write_bytes(b"\r\n".join(rows))
    return named
