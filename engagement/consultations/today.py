"""What consultations give a school's own people to do: questions to answer."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from engagement.models import ConsultationSchool
from engagement.worklist import WorkItem
from hubportal.accounts.models import User
from hubportal.kit.wording import count, short_date
from schools.models import School


def consultations_to_answer(user: User, school: School, on: date) -> Iterable[WorkItem]:
    """For the school's leaders and editors: what the hub asks many schools, until somebody of theirs has answered. One
    query."""
    rows = ConsultationSchool.objects.visible_to(user).filter(school=school).waiting(on)
    for each in rows.select_related("consultation", "hub", "draft"):
        asked = each.consultation
        questions = count(len(asked.questions), "question")
        begun = " Somebody at your school has begun." if each.draft and each.draft.revision else ""
        yield WorkItem(
            group="read",
            title=school.name,
            href=each.get_answer_url(),
            reason=f"Until {short_date(asked.closes_on, on)}, {each.hub} asks {questions}: “{asked.title}”.{begun}",
            since=timezone.localdate(asked.sent_at),
            action="Go on" if begun else "Answer",
            action_href=each.get_answer_url(),
        )
