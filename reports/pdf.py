"""HTML into PDF. The only module that knows WeasyPrint."""

import os
import warnings
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from reports.pdf_errors import PdfError

# The embedded typefaces would carry the time at which they were cut down, and no two files would be the same.
os.environ.setdefault("SOURCE_DATE_EPOCH", "946684800")

# What a document may load: the portal's own styles, and the typefaces that are installed with it.
OWN_FOLDERS = (settings.BASE_DIR / "reports" / "styles", settings.NODE_MODULES)


class OwnFilesOnly(URLFetcher):
    """Fetches the portal's own styles and typefaces, and nothing from a network or from elsewhere on the machine."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"file"}, allow_redirects=False, fail_on_errors=True)

    def fetch(self, url, headers=None):
        path = Path(url.removeprefix("file://")).resolve()
        if not any(path.is_relative_to(folder.resolve()) for folder in OWN_FOLDERS):
            raise FatalURLFetchingError(f"A document may not load {url}")
        return super().fetch(url, headers)


@dataclass(frozen=True, slots=True)
class Pdf:
    content: bytes
    pages: int


def write_pdf(html: str, *, styles: list[Path], css: str = "") -> Pdf:
    """Draw a document as tagged PDF/UA.

    `html` is a whole page with `lang` and `<title>`; `styles` are CSS files of the portal, and `css` a few more rules.
    The same input gives the same bytes: the typefaces are static, and the only dates are those of `<meta
    name="dcterms.created">`.
    Raises `PdfError` with a sentence. No queries.
    """
    fonts = FontConfiguration()
    fetcher = OwnFilesOnly()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            sheets = [CSS(filename=str(path), font_config=fonts, url_fetcher=fetcher) for path in styles]
            sheets.append(CSS(string=css, font_config=fonts, url_fetcher=fetcher))
            page = HTML(string=html, url_fetcher=fetcher)
            document = page.render(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")
            return Pdf(content=document.write_pdf(pdf_variant="pdf/ua-1"), pages=len(document.pages))
    except FatalURLFetchingError as error:  # a BaseException, which a worker would not survive
        raise PdfError(f"The document refers to a file that it may not load: {error}") from error
