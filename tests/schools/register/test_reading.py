"""What a file is, before anything is written: encodings, line ends, packing, and what is refused."""

import gzip
import zipfile
from pathlib import Path

import pytest

from schools.register import reading, unpacking
from schools.register.columns import REQUIRED
from schools.register.errors import Refused
from tests.schools.register.files import COLUMNS, MISSING, SHARED, row, text, write

NAMES = ["École Jacques Prévert", "Samarès School", "St Stephen’s – North Star 82°", "Bô & Son"]


def rows_of(path: Path) -> list[reading.Record]:
    return list(reading.records(path, reading.survey(path).encoding))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_survey_reads_every_encoding_and_line_end(tmp_path: Path, encoding: str, end: str) -> None:
    content = text([row(100000 + number, name) for number, name in enumerate(NAMES)], end=end)
    path = write(tmp_path, "edubasealldata20220407.csv", content, encoding)
    survey = reading.survey(path)
    found = rows_of(path)
    assert survey.encoding == encoding
    assert survey.header == list(COLUMNS)
    assert [reading.fields_of(record.text)[4] for record in found[1:]] == NAMES
    assert [record.line for record in found] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Line 1: the file is empty. Download it again."),
        (
            b"\n\n",
            "Line 1: the first column is empty, not “URN”. This is not the establishments file. Use the file as",
        ),
        (b"<!DOCTYPE html>\n<html>", "Line 1 begins “<!DOCTYPE html>”: this is a web page"),
        (b"\xef\xbb\xbf\n <html><body>", "Line 1 begins “<html><body>”"),
        (b'"Name","URN"\n', "Line 1: the first column is “Name”, not “URN”."),
        (b'"URN","EstablishmentName"\n', "Line 1: the register's columns “LA (code)”, “TypeOfEstablishment (code)”"),
        (
            ",".join(REQUIRED[:-1]).encode(),
            "Line 1: the register's column “EstablishmentStatus (code)” is missing. This is not the establishments "
            "file, or not all of it. Use the file as it was downloaded.",
        ),
        (b'"URN","URN"\n', "Line 1: the column “URN” stands there twice."),
        (b"\xff\xfeU\x00R\x00N\x00", "Line 1: the file is UTF-16"),
        (b'"URN"\n1\n\x00', "Line 3: a zero byte. This is not a text file. Use the file as it was downloaded."),
        (
            b'"URN"\r\n1\r\n\x81\r\n',
            "Line 3: bytes that are neither UTF-8 nor Windows-1252. Nothing was guessed. Use the file as",
        ),
        (b'\xef\xbb\xbf"URN"\n\xe9t\xe9\n', "Line 2: the file says it is UTF-8"),
        (b'\xef\xbb\xbf"URN"\n1\xe2\x80', "The file breaks off in line 2. Download it again."),
        (b"\x1f\x8bnot gzip at all", "The file breaks off in line 1"),
        (b"PK\x03\x04 not a zip", "is a broken archive"),
    ],
)
def test_survey_refuses_what_is_no_register(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        reading.survey(write(tmp_path, "edubasealldata20220407.csv", content))
    assert sentence in str(refused.value)


def test_survey_refuses_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no file"):
        reading.survey(tmp_path / "nowhere.csv")


def test_survey_refuses_a_download_cut_short(tmp_path: Path) -> None:
    packed = gzip.compress(text([row(100000 + number, f"School {number}") for number in range(3000)]).encode())
    with pytest.raises(Refused, match=r"breaks off in line \d+"):
        reading.survey(write(tmp_path, "edubasealldata20220407.csv.gz", packed[:-500]))


def test_survey_refuses_a_bomb_without_unpacking_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "LARGEST", 3 * 1024 * 1024)
    path = write(tmp_path, "edubasealldata20220407.csv.gz", gzip.compress(b'"URN"\n' * 5_000_000))
    with pytest.raises(Refused, match="larger than 3 MB unpacked"):
        reading.survey(path)


def test_packed_files_are_the_same_file(tmp_path: Path) -> None:
    content = text([row(100000, "Oak School")]).encode("cp1252")
    plain = write(tmp_path, "edubasealldata20220407.csv", content)
    packed = write(tmp_path, "packed.csv.gz", gzip.compress(content))
    with zipfile.ZipFile(tmp_path / "extract.zip", "w") as archive:
        archive.writestr("edubasealldata20220407.csv", content)
        archive.writestr("links_edubasealldata20220407.csv", "URN,LinkURN")
    found = [reading.survey(path) for path in (plain, packed, tmp_path / "extract.zip")]
    assert found[0] == found[1] == found[2]


def test_a_zip_of_two_tables_and_an_office_file_are_refused(tmp_path: Path) -> None:
    for name, members, sentence in (
        ("two.zip", ("a.csv", "b.csv"), "holds 2 CSV files"),
        ("book.xlsx", ("[Content_Types].xml", "sheet.xml"), "is an office document"),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for member in members:
                archive.writestr(member, "URN")
        with pytest.raises(Refused, match=sentence):
            reading.survey(tmp_path / name)


def test_records_keep_text_lines_and_blank_rows(tmp_path: Path) -> None:
    content = 'URN,EstablishmentName\r\n1,"Two\r\nlines"\r\n2,Plain\r\n,\r\n"",""\r\n\r\n'
    found = list(reading.records(write(tmp_path, "a.csv", content), "cp1252"))
    assert [(record.line, record.text) for record in found] == [
        *((1, "URN,EstablishmentName"), (2, '1,"Two\r\nlines"'), (4, "2,Plain"), (5, ""), (6, ""), (7, "")),
    ]


def test_a_quotation_mark_left_open_spoils_its_own_row_only(tmp_path: Path) -> None:
    content = 'URN,Name\n100001,"Open\n100002,"Closed"\n100003,"Also "open\n'
    found = list(reading.records(write(tmp_path, "a.csv", content), "cp1252"))
    assert [(record.line, bool(record.trouble)) for record in found] == [(1, False), (2, True), (3, False), (4, False)]
    lone = write(tmp_path, "b.csv", 'URN,Name\n100001,"Open\n100002,Next\n100003,"Open at the end\n')
    assert [bool(record.trouble) for record in reading.records(lone, "cp1252")] == [False, True, False, True]


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Line 2 is longer than a million characters"):
        rows_of(write(tmp_path, "a.csv", text([]) + "\n" + "x" * 2_000_000))


@pytest.mark.skipif(not SHARED.exists(), reason=MISSING)
@pytest.mark.parametrize("name", ["120_2017-18_TV_fixture", "133_2018-12_to_2020", "139_2020-09_derived_from_issue5"])
@pytest.mark.parametrize("later", ["139_2024-07_to_2025-01", "140_2023-04_to_2024-05", "135_2025-2026"])
def test_every_known_header_has_what_the_portal_uses(name: str, later: str) -> None:
    for era in (name, later):
        survey = reading.survey(SHARED / f"codes/header_{era}.csv")
        assert (survey.missing_columns, survey.unknown_columns) == ([], [])


@pytest.mark.parametrize("content", ["URN\n1\n2\n", "URN\n1\n2", "URN\r\n1\r\n2\r\n", "URN\r1\r2\r", "URN\r1\r2"])
def test_count_rows_leaves_the_header_out_with_and_without_a_last_line_end(tmp_path, content):
    path = tmp_path / "file.csv"
    path.write_bytes(content.encode())
    assert unpacking.count_rows(path, "edubasealldata") == 2


def test_count_rows_of_an_empty_file(tmp_path):
    path = tmp_path / "file.csv"
    path.write_bytes(b"")
    assert unpacking.count_rows(path, "edubasealldata") == 0
