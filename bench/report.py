"""Building a development report beside a bare WeasyPrint call on the same HTML and CSS, in the same run.

Ours is all of it: taking the lease, the page from the frozen version, the drawing, counting the pages, the file written
aside and renamed, its checksum, the row. The bare call draws the same HTML with the same sheets and typefaces.
"""

import gc
import statistics
import tempfile
import time
from pathlib import Path

from django.test.utils import override_settings, setup_databases, teardown_databases
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from engagement.models import PartVersion
from hubportal.demo import loading
from hubportal.kit.work import WorkState
from reports import building, development_report
from reports.models import Document

PAIRS = 15
AIM = 1.1


def measure() -> None:
    """Print the figures, on the demo's reports with the most to say."""
    kept = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    try:
        loading.load()
        version = max(PartVersion.objects.all(), key=lambda version: len(str(version.content)))
        document = Document.objects.create(version=version)
        with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=Path(folder)):
            _ours(document), _bare(version)  # warm: imports, typefaces, templates
            pairs = [(_ours(document), _bare(version)) for _ in range(PAIRS)]
        document.refresh_from_db()
    finally:
        teardown_databases(kept, verbosity=0)
    ours, bare = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(our / its for our, its in pairs)
    print(f"  a report of {document.pages} pages, {document.size / 1000:.0f} kB, median of {PAIRS}")
    print(f"  bare WeasyPrint  {bare * 1000:6.0f} ms")
    print(f"  ours             {ours * 1000:6.0f} ms, ratio {ratio:.2f} (aim {AIM})")


def _ours(document: Document) -> float:
    Document.objects.filter(pk=document.pk).update(state=WorkState.QUEUED, attempts=0)
    gc.collect()  # what the run before has left is not for this one to clear away: the same below
    started = time.perf_counter()
    building.build(document_id=document.pk)
    return time.perf_counter() - started


def _bare(version: PartVersion) -> float:
    page, accent = development_report.html(version.content, number=version.number, created=version.shared_at.date())
    gc.collect()
    started = time.perf_counter()
    fonts = FontConfiguration()
    sheets = [CSS(filename=str(path), font_config=fonts) for path in development_report.SHEETS]
    sheets.append(CSS(string=accent, font_config=fonts))
    HTML(string=page).write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")
    return time.perf_counter() - started
