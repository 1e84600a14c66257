"""Files that people attach: what one is, told by its bytes and never by its name; and pictures drawn anew, so that
nothing of where they were taken, nor anything hidden behind them, is kept."""

import io
import zlib
from typing import IO
from zipfile import BadZipFile, ZipFile, is_zipfile

import puremagic
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db.models import TextChoices
from PIL import Image, ImageOps, UnidentifiedImageError

Bytes = IO[bytes] | File  # Django's own behaves as one
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
MOST_PARTS = 5000  # of a Word file; one with a picture on each of 300 pages has some 700
NO_KIND = "no kind"  # the code of the error where a file is none of what may be attached
_HEAD = 1024  # bytes: programs look for the beginning of a PDF, and for its end, in so many


class FileKind(TextChoices):
    """What may be attached."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word document"
    JPEG = "jpeg", "JPEG picture"
    PNG = "png", "PNG picture"
    WEBP = "webp", "WebP picture"

    @property
    def is_picture(self) -> bool:
        return self in (FileKind.JPEG, FileKind.PNG, FileKind.WEBP)

    @property
    def content_type(self) -> str:
        return TYPES[self.value]


def kind_of(file: Bytes) -> FileKind:
    """What a file is. Raises ValidationError, with one sentence, where it is none of these, several at once, damaged,
    or made to unpack without end."""
    kind = _said_by_bytes(file)
    file.seek(0)
    if kind == FileKind.PDF:
        _check_pdf(file)
    elif kind == FileKind.DOCX:
        _check_docx(file)
    file.seek(0)
    return kind


def clean_name(name: str) -> str:
    """The name without a path and without characters that do not show."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(each for each in last if each.isprintable()).strip()[:200] or "file"


def _said_by_bytes(file: Bytes) -> FileKind:
    file.seek(0)
    try:
        found = {each.mime_type for each in puremagic.magic_stream(file)}
    except (puremagic.PureError, ValueError):
        found = set()
    for kind in (FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.PDF, FileKind.DOCX):
        if kind.content_type in found:
            return kind
    raise ValidationError(
        "This is not a PDF, a Word document (.docx) or a JPEG, PNG or WebP picture, whatever its name says. Save it as "
        "one of these, then choose it again",
        code=NO_KIND,
    )


def _check_pdf(file: Bytes) -> None:
    head = file.read(_HEAD)
    end = file.seek(0, io.SEEK_END)
    file.seek(max(end - _HEAD, 0))
    if not head.startswith(b"%PDF-") or b"%%EOF" not in file.read():
        raise ValidationError("This PDF is damaged or not whole. Save it again as a PDF, then choose it again")
    if is_zipfile(file):
        raise _several("PDF")


def _check_docx(file: Bytes) -> None:
    if b"%PDF-" in file.read(_HEAD):
        raise _several("Word document")
    damaged = ValidationError("This Word document is damaged. Open it in Word, save it again, then choose it again")
    try:
        with ZipFile(file) as archive:
            parts = archive.infolist()
            names = {part.filename.lower() for part in parts}
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > settings.ATTACHED_MOST_UNPACKED:
                most = settings.ATTACHED_MOST_UNPACKED // 1024**2
                raise ValidationError(
                    f"This Word document unpacks to more than {most} MB. Make its pictures smaller, or save it as a PDF"
                )
            if not {"[content_types].xml", "word/document.xml"} <= names:
                raise ValidationError("This is an archive and no Word document. Choose a .docx file or a PDF")
            if any(name.endswith("vbaproject.bin") for name in names):
                raise ValidationError("This Word document has macros. Save it without them, as .docx or PDF")
            if any(part.flag_bits & 1 for part in parts):
                raise ValidationError("This Word document has a password. Save it without one, then choose it again")
            if archive.testzip():  # reads no more of a part than it says of itself
                raise damaged
    # What zipfile raises of a broken archive; NotImplementedError is its word for a way of packing that it lacks.
    except (BadZipFile, NotImplementedError, EOFError, RuntimeError, zlib.error) as error:
        raise damaged from error


def _several(what: str) -> ValidationError:
    return ValidationError(
        f"This file is a {what} and something else at once. Save it again as a {what}, then choose it again"
    )


def redrawn(file: Bytes, kind: FileKind) -> bytes:
    """The picture alone, upright, its longer side at most `ATTACHED_PICTURE_LONGEST`: without the place, the camera,
    the words and whatever else the file held. Raises ValidationError where it is damaged or too large to open. Costs at
    most four bytes of memory for each of `ATTACHED_PICTURE_MOST_PIXELS`, twice."""
    file.seek(0)
    most = settings.ATTACHED_PICTURE_MOST_PIXELS
    try:
        with Image.open(file, formats=[kind.value.upper()]) as given:
            if given.width * given.height > most:
                raise Image.DecompressionBombError
            longest = (settings.ATTACHED_PICTURE_LONGEST,) * 2
            given.draft("RGB", longest)  # a JPEG can be opened at a smaller size at once
            upright = ImageOps.exif_transpose(given)
            upright.thumbnail(longest)
            colours = "RGBA" if kind != FileKind.JPEG and upright.has_transparency_data else "RGB"
            alone = Image.new(colours, upright.size)
            alone.paste(upright.convert(colours))
            profile = given.info.get("icc_profile")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(
            f"This picture has more than {most // 1_000_000} million pixels. Make it smaller, then choose it again"
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise ValidationError("This picture is damaged. Open it and save it again, then choose it again") from error
    out = io.BytesIO()
    alone.save(out, kind.value.upper(), **({"quality": 88} if kind != FileKind.PNG else {}), icc_profile=profile)
    return out.getvalue()
