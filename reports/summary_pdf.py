"""The public summary as a tagged PDF, from a published version. The same version gives the same bytes for ever."""

from pathlib import Path

from django.template.loader import render_to_string

from reports.pdf import Pdf, write_pdf
from smdp.models import SummaryVersion
from smdp.summaries import shape

STYLES = Path(__file__).parent / "styles"
SHEETS = [STYLES / "typefaces.css", STYLES / "summary.css"]


def draw(version: SummaryVersion) -> Pdf:
    """The document of a version. Raises `PdfError` with a sentence. No queries."""
    context = {
        "content": version.content,
        "columns": shape.COLUMNS,
        "created": version.published_on.isoformat(),
    }
    return write_pdf(render_to_string("reports/summary.html", context), styles=SHEETS)
