"""The conversations and attempts behind a figure, as a list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from engagement.models import Attempt, Conversation, ConversationPart
from engagement.time_spent.reckoning import KINDS, SORTS, Spent, TimeSpent
from hubportal.accounts.models import User
from schools.naming import told_apart

NARROW = {
    "kind": lambda piece: piece.kind,
    "met": lambda piece: piece.met,
    "sort": lambda piece: piece.sort,
}


@dataclass(frozen=True)
class Record:
    """A line of the list: one person's minutes, and what they went to."""

    piece: Spent
    who: str
    what: str
    schools: str
    url: str
    met: str
    sort: str


def narrowed(pieces: Iterable[Spent], asked: Mapping[str, str]) -> list[Spent]:
    """Those that an address asks for; what it does not name does not narrow."""
    wanted = {name: asked[name] for name in NARROW if asked.get(name)}
    return [piece for piece in pieces if all(NARROW[name](piece) == value for name, value in wanted.items())]


def in_words(asked: Mapping[str, str], spent: TimeSpent) -> list[str]:
    """What an address narrows to, in words."""
    names = {"kind": KINDS, "met": spent.reckoning.roles.names, "sort": SORTS}
    return [known[asked[name]] for name, known in names.items() if asked.get(name) in known]


def records_of(spent: TimeSpent, pieces: Sequence[Spent], user: User) -> list[Record]:
    """The lines of some pieces: a page of them. Four queries at the most."""
    uuids = {piece.record for piece in pieces}
    parts = ConversationPart.objects.of_hub_for(user).select_related("school").order_by("school__name_key", "pk")
    conversations = {
        each.uuid: each
        for each in Conversation.objects.visible_to(user)
        .filter(uuid__in=uuids)
        .defer("private_notes", "common_summary")
        .select_related("trust")
        .prefetch_related(Prefetch("parts", parts, to_attr="parts_shown"))
    }
    attempts = {
        each.uuid: each
        for each in Attempt.objects.visible_to(user).filter(uuid__in=uuids).select_related("school")
    }  # fmt: skip
    names = dict(User.objects.filter(pk__in={piece.person_id for piece in pieces}).values_list("pk", "name"))
    return [_record(spent, piece, conversations, attempts, names) for piece in pieces]


def _record(
    spent: TimeSpent,
    piece: Spent,
    conversations: Mapping,
    attempts: Mapping,
    names: Mapping[int, str],
) -> Record:
    who = names[piece.person_id]
    if piece.is_attempt:
        attempt = attempts[piece.record]
        url = attempt.school.get_absolute_url()
        return Record(piece, who, attempt.get_how_display(), attempt.school.name, url, "", SORTS[piece.sort])
    conversation, met = conversations[piece.record], spent.reckoning.roles.names[piece.met]
    schools = told_apart(part.school for part in conversation.parts_shown)
    where = f"{conversation.trust}: " if conversation.trust else ""
    what = f"{conversation.get_kind_display()}, {conversation.get_how_display().lower()}"
    shown = ", ".join(schools[:3]) + (f" and {len(schools) - 3} more" if len(schools) > 3 else "")
    return Record(piece, who, what, f"{where}{shown}", conversation.get_absolute_url(), met, SORTS[piece.sort])
