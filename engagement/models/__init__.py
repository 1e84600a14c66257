from engagement.models.agreed import ActionNote, AgreedAction
from engagement.models.attempts import Attempt
from engagement.models.cadence import ContactRules
from engagement.models.conversations import (
    Conversation,
    ConversationPart,
    Finding,
    Judgement,
    Participant,
)
from engagement.models.offers import Offer
from engagement.models.persistence import Hold, LadderStep, StepApproval
from engagement.models.reference import (
    Criterion,
    Framework,
    FrameworkArea,
    Level,
    Strand,
)
from engagement.models.risks import Risk, RiskKind, RiskStep, Watch
from engagement.models.sharing import PartVersion, Reading, Recipient, Response

__all__ = [
    "ActionNote",
    "AgreedAction",
    "Attempt",
    "ContactRules",
    "Conversation",
    "ConversationPart",
    "Criterion",
    "Finding",
    "Framework",
    "FrameworkArea",
    "Hold",
    "Judgement",
    "LadderStep",
    "Level",
    "Offer",
    "PartVersion",
    "Participant",
    "Reading",
    "Recipient",
    "Response",
    "Risk",
    "RiskKind",
    "RiskStep",
    "StepApproval",
    "Strand",
    "Watch",
]
