"""What is no register, or one that something has happened to: refused or held with a sentence that names the line and
what to do. Nothing is lost, and memory does not grow with what is brought."""

import gzip
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from schools.models import RegisterCode, RegisterFile, RegisterRow, School
from schools.register import staging, unpacking
from schools.register.errors import Held, Refused
from schools.register.importing import import_establishments
from schools.register.reading import survey
from tests.factories import make_user
from tests.schools.register.files import COLUMNS, row, text, write
from tests.schools.register.inbox import FIRST, MANY, SECOND, THIRD, Inbox

pytestmark = pytest.mark.django_db
CALLED = {"TelephoneNum": "01273480000"}


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return out.getvalue()


def locked(content: bytes) -> bytes:
    """The archive with its password flags set."""
    content = bytearray(content)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + place] |= 1
    return bytes(content)


def of_another_method(content: bytes) -> bytes:
    content = bytearray(content)
    for signature, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        content[content.index(signature) + place] = 99
    return bytes(content)


REGISTER = text(MANY).encode("cp1252")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (zipped(), "is an empty archive: download it again."),
        (zipped(inner_zip=zipped(a_csv=REGISTER)), "holds another archive: unpack it once"),
        (zipped(a_csv=zipped(b_csv=REGISTER)), "Line 1: this is an archive inside another. Unpack it once"),
        (gzip.compress(gzip.compress(REGISTER)), "Line 1: this is an archive inside another. Unpack it once"),
        (zipped(a_csv=REGISTER, b_csv=REGISTER), "holds 2 CSV files. Use the one that you mean by itself."),
        (zipped(a_txt=b"no table"), "holds 0 CSV files."),
        (locked(zipped(a_csv=REGISTER)), "locked with a password. Unpack it, and use what is in it."),
        (of_another_method(zipped(a_csv=REGISTER)), "is a broken archive: download it again."),
        (zipped(a_csv=REGISTER)[:-40], "is a broken archive: download it again."),
        (gzip.compress(REGISTER)[:-20], "The file breaks off in line 40: it cannot be unpacked further. Download it"),
        (b"%PDF-1.7", "Line 1: this is a document, not the register's CSV file."),
        (b'"SeedCode","SchoolName","LA Name"\n5200001,"Alford School"\n', "the first column is “SeedCode”, not “URN”"),
        (b"URN\tEstablishmentName\tLA (code)\n", "Line 1: the first column is “URN\tEstablishmentName"),
        (b"URN;EstablishmentName;LA (code)\n", "Line 1: the first column is “URN;EstablishmentName"),
        (text([]).encode(), "Line 2: there is no row below the header. Download the file again."),
    ],
)
def test_what_is_no_register_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=re.escape(sentence)):
        import_establishments(write(tmp_path, FIRST, content))
    assert not RegisterFile.objects.exists()


def test_bombs_and_endless_files_are_refused_while_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "LARGEST", 3 * 1024 * 1024)
    content = REGISTER + b"\r\n100000," * 1_000_000
    for brought in (content, zipped(a_csv=content), gzip.compress(content)):
        with pytest.raises(Refused, match=r"Line \d{6}: the file is larger than 3 MB unpacked"):
            import_establishments(write(tmp_path, FIRST, brought))


def test_two_gigabytes_of_nothing_are_refused_at_the_first_byte_of_it(tmp_path: Path) -> None:
    path = tmp_path / FIRST
    with path.open("wb") as file:
        file.write(REGISTER)
        file.seek(2 * 1024**3)
        file.write(b"\n")
    with pytest.raises(Refused, match="Line 41: a zero byte"):
        import_establishments(path)


def test_an_archive_of_a_million_empty_files_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "LARGEST_LISTING", 10_000)
    path = write(tmp_path, "many.zip", zipped(**{f"empty{number}_csv": b"" for number in range(300)}))
    with pytest.raises(Refused, match="is an archive of thousands of files"):
        survey(path)


def test_more_rows_than_any_register_are_refused(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "MOST_ROWS", 30)
    with pytest.raises(Refused, match="Line 32: more than 30 rows"):
        inbox.bring(FIRST, MANY)
    assert not RegisterFile.objects.exists()


def test_long_rows_come_in_small_batches(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    batches: list[int] = []
    take = staging._Stager._take
    monkeypatch.setattr(staging, "LARGEST_BATCH", 100_000)
    monkeypatch.setattr(
        staging._Stager, "_take", lambda self, batch: batches.append(len(batch)) or take(self, batch)
    )  # fmt: skip
    figures = inbox.bring(FIRST, [found | {"Notes": "x" * 60_000} for found in MANY[:9]], (*COLUMNS, "Notes"))
    assert (figures["new"], batches) == (9, [2, 2, 2, 2, 1])


def test_a_header_of_half_a_million_columns_is_read_in_no_time(tmp_path: Path) -> None:
    header = ",".join(["URN", *(f"c{number}" for number in range(100_000))])
    with pytest.raises(Refused, match="Line 1: the register's columns “EstablishmentName”"):
        survey(write(tmp_path, FIRST, header + "\n1,2\n"))


def test_a_download_cut_between_two_rows_is_held(inbox: Inbox) -> None:
    inbox.bring(FIRST, MANY)
    with pytest.raises(Held, match=r"It has 20 rows where the last file .* had 40\. 20 of 40 schools"):
        inbox.bring(SECOND, MANY[:20])
    assert School.objects.filter(not_in_register_since=None).count() == 40


def test_a_spreadsheet_that_took_the_zeros_of_telephone_numbers_is_held(inbox: Inbox) -> None:
    mangled = [found | {"TelephoneNum": "1273480000", "TypeOfEstablishment (code)": "1"} for found in MANY]
    with pytest.raises(Held) as held:
        inbox.bring(FIRST, mangled)
    assert held.value.reasons == [
        "Line 2: the telephone number “1273480000” has lost the zero in front, and so have 39 more. A spreadsheet has "
        "saved this file: use the one that was downloaded."
    ]
    assert inbox.bring(SECOND, [found | CALLED for found in MANY])["new"] == 40


def test_a_spreadsheet_that_took_the_zeros_of_codes_is_held(inbox: Inbox) -> None:
    bare = [found | {"TypeOfEstablishment (code)": "1"} for found in MANY]
    inbox.bring(FIRST, MANY)
    with pytest.raises(Held, match="Line 2: the type code “1” has lost the zero in front, and so have 39 more"):
        inbox.bring(SECOND, bare)


def test_codes_without_zeros_are_taken_where_they_never_had_any(inbox: Inbox) -> None:
    bare = [found | CALLED | {"TypeOfEstablishment (code)": "1"} for found in MANY]
    inbox.bring(FIRST, bare)
    figures = inbox.bring(SECOND, [found | {"NumberOfPupils": "7"} for found in bare])
    assert (figures["changed"], figures["held"], School.objects.filter(type__code="1").count()) == (40, [], 40)
    assert inbox.bring(THIRD, [found | CALLED | {"NumberOfPupils": "7"} for found in MANY])["held"] == []


def test_a_slip_or_two_hold_nothing(inbox: Inbox) -> None:
    rows = [MANY[0] | {"TelephoneNum": "1273480000"}, MANY[1] | {"TelephoneNum": "2071234567"}, *MANY[2:]]
    assert inbox.bring(FIRST, rows)["held"] == []


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"TypeOfEstablishment (code)": "30", "LA (code)": "681", "LA (name)": "Cardiff"},
        {"LA (code)": "A1", "LA (name)": "Aberdeen City"},
    ],
)
def test_another_countrys_register_is_held(inbox: Inbox, elsewhere: dict[str, str]) -> None:
    with pytest.raises(Held) as held:
        inbox.bring(FIRST, [found | elsewhere for found in MANY])
    assert held.value.reasons == [
        f"Line 2: URN 110001, {elsewhere['LA (name)']}, is no school of England, and neither are 39 of the 40 rows. "
        "This looks like another country's register: use England's."
    ]
    assert not School.objects.exists()


def test_welsh_schools_in_englands_register_hold_nothing(inbox: Inbox) -> None:
    welsh = [row(400000 + number, f"Ysgol {number}", **{"TypeOfEstablishment (code)": "30"}) for number in range(25)]
    assert inbox.bring(FIRST, [*MANY, *welsh])["held"] == []


def test_odd_but_possible_rows_are_warned_of(inbox: Inbox) -> None:
    closed = {"EstablishmentStatus (code)": "2", "EstablishmentNumber": "3001"}
    rows = [
        MANY[0] | {"CloseDate": "31-08-2020", "EstablishmentStatus (code)": "3"},
        *(found | {"EstablishmentNumber": "2000"} for found in MANY[1:4]),
        MANY[4] | {"EstablishmentNumber": "3001"},
        MANY[5] | closed,
        *(found | {"EstablishmentNumber": "0000"} for found in MANY[6:]),
    ]
    figures = inbox.bring(FIRST, rows)
    assert (figures["new"], figures["rejected"], figures["warned"], figures["held"]) == (40, 0, 4, [])
    assert figures["warnings"] == [
        "URN 110001 is open, and its closing date, 31 August 2020, has passed.",
        "URNs 110002, 110003, 110004 are open and share the number 845/2000.",
        "1 number is shared with a school that has closed.",
    ]
    warned = RegisterRow.objects.exclude(warned="").order_by("line").values_list("line", "warned")
    assert list(warned)[:2] == [
        (2, "It is open, and its closing date, 31 August 2020, has passed."),
        (3, "It shares the number 845/2000 with 110003, 110004, and all are open."),
    ]
    again = inbox.bring(SECOND, rows, end="\n")
    assert (again["unchanged"], again["warned"], again["warnings"]) == (40, 4, figures["warnings"])


def test_a_closing_date_that_passes_meanwhile_is_warned_of(inbox: Inbox) -> None:
    rows = [MANY[0] | {"CloseDate": "31-08-2022"}, *MANY[1:]]
    assert inbox.bring(FIRST, rows)["warnings"] == []
    assert inbox.bring(SECOND, rows, end="\n")["warnings"] == [
        "URN 110001 is open, and its closing date, 31 August 2022, has passed."
    ]


class TestCodes:
    """The register's lists without a table of their own."""

    NAMES = (*COLUMNS, "Diocese (code)", "Diocese (name)", "EstablishmentStatus (name)", "PhaseOfEducation (name)")

    def met(self) -> list[tuple]:
        codes = RegisterCode.objects.filter(needs_review=True).order_by("listed_in", "code")
        return list(codes.values_list("listed_in", "code", "name"))

    def test_unknown_codes_are_taken_and_marked(self, inbox: Inbox) -> None:
        rows = [
            MANY[0] | {"Diocese (code)": "CE99", "Diocese (name)": "Diocese of Avalon"},
            MANY[1] | {"EstablishmentStatus (code)": "9", "EstablishmentStatus (name)": "Merging"},
            MANY[2] | {"PhaseOfEducation (code)": "8", "PhaseOfEducation (name)": "Forest"},
            MANY[3] | {"Diocese (code)": "0000"},
            MANY[4] | {"Diocese (code)": "0"},
            *MANY[5:],
        ]
        inbox.bring(FIRST, rows, self.NAMES)
        expected = [
            ("Diocese", "CE99", "Diocese of Avalon"),
            ("EstablishmentStatus", "9", "Merging"),
            ("PhaseOfEducation", "8", "Forest"),
        ]
        assert self.met() == expected
        assert School.objects.get(urn=110003).phase == "8"
        RegisterCode.objects.filter(code="CE99").update(needs_review=False, name="Avalon")
        inbox.bring(SECOND, [rows[0] | {"Town": "Hove"}, *rows[1:]], self.NAMES)
        assert self.met() == expected[1:]

    def test_a_new_status_is_taken_and_its_meaning_left_to_a_person(self, inbox: Inbox) -> None:
        """A known school keeps the status that it had, a new one counts as open, until a person has said more."""
        merging = {"EstablishmentStatus (code)": "9", "EstablishmentStatus (name)": "Merging"}
        proposed = {"EstablishmentStatus (code)": "4", "EstablishmentStatus (name)": "Proposed to open"}
        inbox.bring(FIRST, [MANY[0] | proposed, *MANY[1:]], self.NAMES)
        rows = [MANY[0] | merging | {"Town": "Hove"}, *MANY[1:], row(110900, "New Road") | merging]
        figures = inbox.bring(SECOND, rows, self.NAMES, accepted_by=make_user())
        assert (figures["rejected"], figures["changed"], figures["new"], figures["status_changed"]) == (0, 1, 1, 0)
        known, new = School.objects.get(urn=110001), School.objects.get(urn=110900)
        assert (known.status, known.town, new.status) == (School.Status.PROPOSED, "Hove", School.Status.OPEN)
        assert "“9” is new" in RegisterRow.objects.get(urn=110900).warned

        RegisterCode.objects.filter(listed_in="EstablishmentStatus", code="9").update(counts_as=School.Status.CLOSED)
        figures = inbox.bring(THIRD, [*rows[:-1], rows[-1] | {"Town": "Hove"}], self.NAMES)
        assert (figures["closed"], figures["rejected"]) == (2, 0)
        assert set(School.objects.filter(urn__in=[110001, 110900]).values_list("status", flat=True)) == {"2"}

    def test_codes_without_their_zeros_are_the_same(self, inbox: Inbox) -> None:
        names = (*COLUMNS, "ReligiousCharacter (code)", "ReligiousCharacter (name)")
        inbox.bring(FIRST, [MANY[0] | {"ReligiousCharacter (code)": "2"}, *MANY[1:]], names)
        assert self.met() == []

    def test_a_dry_run_marks_nothing(self, inbox: Inbox) -> None:
        inbox.bring(FIRST, [MANY[0] | {"Diocese (code)": "CE99"}, *MANY[1:]], self.NAMES, dry_run=True)
        assert self.met() == []


@pytest.mark.parametrize(
    ("odd", "rejected", "warned"),
    [
        ({"URN": "\x1a"}, "The URN “\x1a” is no number.", ""),
        ({"Town": "\x1a"}, "", ""),
        ({"EstablishmentName": "\x1a"}, "", ""),
        ({"Town": "\\N"}, "", ""),
        ({"PercentageFSM": "\u0661\u0662"}, "", "PercentageFSM: “\u0661\u0662” is no percentage."),
        ({"NumberOfPupils": "\u0661\u0662"}, "", "NumberOfPupils: “\u0661\u0662” is no number from 0 to 1,000,000."),
    ],
)
def test_odd_characters_stop_no_other_row(inbox: Inbox, odd: dict[str, str], rejected: str, warned: str) -> None:
    content = text([MANY[0], MANY[1] | odd, MANY[2]])
    figures = import_establishments(write(inbox.folder, FIRST, content, "utf-8"))
    kept = RegisterRow.objects.get(line=3)
    assert (kept.rejected, kept.warned) == (rejected, warned)
    assert figures["new"] == (2 if rejected else 3)
    if not rejected:
        stored = School.objects.get(urn=110002)
        assert stored.name == odd.get("EstablishmentName", "School 2")
        assert stored.town == odd.get("Town", "Lewes")
        assert (stored.fsm_percentage, stored.pupils) == (None, None)


def test_the_mark_that_old_programs_end_a_file_with_is_one_odd_row(inbox: Inbox) -> None:
    write(inbox.folder, FIRST, text(MANY) + "\r\n\x1a")
    with pytest.raises(Held, match="Line 42 does not have as many values"):
        import_establishments(inbox.folder / FIRST)
    figures = import_establishments(inbox.folder / FIRST, accepted_by=make_user())
    assert (figures["new"], figures["rejected"]) == (40, 1)
    assert RegisterRow.objects.get(line=42).text_id is not None


def test_a_value_longer_than_any_says_so(inbox: Inbox) -> None:
    rows = [*MANY, row(120000, "Elm", Street="x" * 140_000)]
    said = "A value in it is longer than 131,072 characters."
    assert inbox.bring(FIRST, rows, accepted_by=make_user())["rejected"] == 1
    assert RegisterRow.objects.get(line=42).rejected == said


def test_a_new_list_with_a_long_name_is_taken(inbox: Inbox) -> None:
    title = "WhetherTheEstablishmentHasAMusicHubAtAll"
    columns = (*COLUMNS, f"{title}Today (code)", f"{title}Today (name)")
    inbox.bring(FIRST, [MANY[0] | {columns[-2]: "1", columns[-1]: "It has"}], columns)
    assert RegisterCode.objects.get(code="1", name="It has").listed_in == title


def test_a_file_pasted_twice_takes_no_longer_than_its_rows(inbox: Inbox, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(90), pytest.raises(Held, match="35 more stand there twice"):
        inbox.bring(FIRST, MANY * 2)
    assert set(RegisterRow.objects.filter(urn=110001).values_list("rejected", flat=True)) == {
        "The URN stands in lines 2, 42."
    }


def test_accepted_rows_that_cannot_be_read_are_recorded_and_the_rest_applied(inbox: Inbox, tmp_path: Path) -> None:
    content = text([*MANY, MANY[0]]) + '\r\n120000,"too short"'
    figures = import_establishments(write(tmp_path, FIRST, content), accepted_by=make_user())
    assert (figures["rows"], figures["new"], figures["rejected"]) == (42, 39, 3)
    kept = RegisterRow.objects.exclude(rejected="").order_by("line").values_list("line", "rejected", "text__text")
    assert [(line, reason) for line, reason, _ in kept] == [
        (2, "The URN stands in lines 2, 42."),
        (42, "The URN stands in lines 2, 42."),
        (43, f"It has 2 values where the header has {len(COLUMNS)}."),
    ]
    assert list(kept)[2][2] == '120000,"too short"'
