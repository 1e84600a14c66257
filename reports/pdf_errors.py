"""Why a document could not be drawn."""


class PdfError(Exception):
    """The message is a sentence for the person who asked for the document."""
