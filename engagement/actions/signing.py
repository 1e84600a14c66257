"""Who of a school answers the hub: somebody signed in, or whoever has a link, with name and role."""

from uuid import UUID

from django.core.exceptions import ValidationError

from hubportal.accounts.models import User
from hubportal.kit.models import SignedLink
from schools.access import access_of
from schools.models import School
from schools.roles import Role


def who_answers(
    *,
    school: School,
    purpose: str,
    target: UUID,
    by: User | None,
    link: SignedLink | None,
    name: str = "",
    job_title: str = "",
) -> tuple[str, str]:
    """Name and role as they are kept. Raises ValidationError for somebody who does not write for the school, a link
    that was made for something else, and a link without name and role. No query beyond the memberships."""
    if by is not None:
        mine = [each for each in access_of(by).memberships if each.school_id == school.pk]
        if school.pk not in access_of(by).writing_school_ids:
            raise ValidationError("Only the school’s leaders and editors answer for it.")
        return str(by), Role(mine[0].role).label
    if link is None or link.purpose != purpose or link.target != target:
        raise ValidationError("This link does not belong to these questions.")
    name, job_title = " ".join(name.split()), " ".join(job_title.split())
    if not name or not job_title:
        raise ValidationError("Enter your name and your role at the school.")
    return name, job_title
