"""What everybody may read without signing in: the summary at a school's public address, and nothing else."""

from smdp.models import Summary, SummaryVersion


def current_at(urn: int) -> SummaryVersion | None:
    """The version that the school with this URN publishes now. One query."""
    rows = SummaryVersion.objects.filter(current_of__school__urn=urn)
    return rows.select_related("summary__school__authority").defer("made_by").first()


def moved_to(urn: int) -> str:
    """The public address today of a summary that was published under an earlier URN of its school, "" where there is
    none. One query."""
    rows = Summary.objects.filter(versions__urn=urn, current__isnull=False).exclude(school__urn=urn)
    found = rows.select_related("school").first()
    return found.public_url if found else ""
