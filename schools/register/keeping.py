"""Every row of a file, of whatever kind, kept as it was received; a row's text once however many files hold it."""

from collections.abc import Iterable
from typing import Any

from schools.models import RegisterFile, RegisterText
from schools.register.reading import Record
from schools.register.rows import NULL
from schools.register.sql import rows

_NULL_ON_THE_WIRE = "\\N"


class Keeper:
    """Writes the rows of one file, batch by batch."""

    def __init__(self, file: RegisterFile) -> None:
        self.file_id, self.first_row_id = file.pk, file.first_row_id
        self.has_texts = RegisterText.objects.exists()
        self.digests: set[bytes] = set()

    def line(self, record: Record, urn: int | None, rejected: str = "", warned: str = "") -> str:
        """One row to keep, as COPY takes it."""
        said = wire((rejected[:200], warned[:200])) if rejected or warned else "\t"
        known_as = _NULL_ON_THE_WIRE if urn is None else urn
        return (
            f"{self.first_row_id + record.line}\t{self.file_id}\t{record.line}\t{known_as}\t"
            f"{record.digest.hex()}\t{said}"
        )

    def keep(self, cursor: Any, lines: Iterable[str], texts: dict[bytes, str]) -> None:
        """Keep a batch: its rows (see `line`) and the texts among them that are not kept yet, by digest. Two
        queries and one for texts."""
        self._keep_texts(cursor, texts)
        copy(cursor, "schools_registerrow (id, file_id, line, urn, text_id, rejected, warned)", lines)

    def _keep_texts(self, cursor: Any, texts: dict[bytes, str]) -> None:
        """Of the first file ever, the texts of earlier batches are remembered."""
        if not self.has_texts:
            for digest in self.digests & texts.keys():
                del texts[digest]
            self.digests.update(texts)
        elif texts:
            cursor.execute(
                "SELECT uuid_send(digest) FROM schools_registertext WHERE digest = ANY(%s::uuid[])",
                [[digest.hex() for digest in texts]],
            )
            for (digest,) in cursor.fetchall():
                del texts[bytes(digest)]
        copy(cursor, "schools_registertext (digest, text)", (wire((key.hex(), text)) for key, text in texts.items()))


def last_applied(kind: str = RegisterFile.Kind.ESTABLISHMENTS) -> RegisterFile | None:
    """The newest file of a kind that the portal was brought to; one kept as history is none. One query."""
    return RegisterFile.objects.last_applied_first(kind).first()


def shown(file: RegisterFile, lines: list[int]) -> list[dict[str, Any]]:
    """Rows as received, for a person to look at: line, URN, and the text or its beginning. One query."""
    return [
        {"line": line, "urn": urn, "text": text[:300]}
        for line, urn, text in rows(
            "SELECT r.line, r.urn, t.text FROM schools_registerrow r "
            "JOIN schools_registertext t ON t.digest = r.text_id WHERE r.id = ANY(%s) ORDER BY r.line",
            [file.first_row_id + line for line in lines],
        )
    ]


def wire(row: Iterable[str]) -> str:
    """One row in COPY's text form. What parts its values, and what stands for NULL, begin with a zero byte, which no
    value has."""
    line = "\0,".join(row)
    if "\\" in line or "\t" in line or "\n" in line or "\r" in line:
        line = line.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return line.replace("\0,", "\t").replace(NULL, _NULL_ON_THE_WIRE)


def copy(cursor: Any, into: str, rows: Iterable[str]) -> None:
    body = "\n".join(rows)
    if body:
        with cursor.copy(f"COPY {into} FROM STDIN") as stream:
            stream.write(body + "\n")
