"""What a living link leads to here. The link is the permission: it reads the report of one part, and no more."""

from engagement import written
from engagement.models import PartVersion
from reports.models import Document


def report_of(version: PartVersion) -> Document | None:
    """The development report of the version that a link was found to lead to. One query."""
    documents = Document.objects.filter(version=version, kind=Document.Kind.DEVELOPMENT_REPORT)
    return documents.select_related("version__part").defer(*written.of_part("version__part__")).first()
