"""The pages of a conversation: starting one, writing in it, reading it."""

from engagement.views.conversations.changing import ConversationDiscard, ConversationMove
from engagement.views.conversations.reading import ConversationDetail, ConversationList
from engagement.views.conversations.starting import ConversationCreate
from engagement.views.conversations.writing import ConversationDraft, ConversationEdit, ConversationOpenFull

__all__ = [
    "ConversationCreate",
    "ConversationDetail",
    "ConversationDiscard",
    "ConversationDraft",
    "ConversationEdit",
    "ConversationList",
    "ConversationMove",
    "ConversationOpenFull",
]
