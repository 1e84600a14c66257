"""Static files: which are gathered, and how they get names that browsers may keep for ever."""

from typing import Any

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class GatheredFiles(StaticFilesConfig):
    """Django's static files without what the npm packages carry for builders: we serve their built files only."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *("*.scss", "*.scss.map", "*.njk", "*.html", "*.md", "*.ts", "*.mjs", "*.mjs.map", "*.bundle.js"),
        *("*.bundle.js.map", "fixtures.json", "macro-options.json", "package.json", "unicode.json", "metadata.json"),
    ]


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Each file under a name that holds the hash of its content, with compressed copies beside it."""

    # Some stylesheets of the packages name files that they do not carry; the portal never asks for those.
    manifest_strict = False

    def create_compressor(self, **options: Any) -> Compressor:
        """gzip only: Brotli saves a few kilobytes more and makes the first start several times longer."""
        return super().create_compressor(**options, use_brotli=False)
