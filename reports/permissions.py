"""Who may do what with documents."""

from engagement.models import ConversationPart
from hubportal.accounts.models import User


def can_build_report(user: User, part: ConversationPart) -> bool:
    """Whoever may read a shared record may have its report built: the file holds what they read, and nothing else.

    The part comes from `visible_to(user)`. No queries.
    """
    return user.is_authenticated and part.withdrawn_at is None
