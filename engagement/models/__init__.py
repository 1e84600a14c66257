from engagement.models.agreed import ActionNote, AgreedAction
from engagement.models.attempts import Attempt
from engagement.models.cadence import ContactRules, ScorePoints
from engagement.models.code_lists import CodeEntry
from engagement.models.consultations import ClosingDayChange, Consultation, ConsultationAnswer, ConsultationSchool
from engagement.models.conversations import (
    Conversation,
    ConversationPart,
    Finding,
    Judgement,
    Participant,
)
from engagement.models.deliveries import DeliveriesApart, Delivery
from engagement.models.desk import Snooze, WorkHandover
from engagement.models.digests import Digest, DigestWish
from engagement.models.engagement_plans import EngagementPlan, EngagementPlanNote, EngagementPlanTemplate
from engagement.models.guides import Guide
from engagement.models.halves import HalfAnswer, HalfSend, SchoolHalf
from engagement.models.introductions import Introduction, IntroductionSide, IntroductionStep, NamedFor
from engagement.models.mailings import Mailing, MailingRecipient, MailingStop
from engagement.models.meetings import DiaryFeed, Meeting, MeetingChange, MeetingGuest
from engagement.models.newcomers import Newcomer
from engagement.models.offers import Offer
from engagement.models.past import PastImport, PastMapping, PastRow, SupportGiven
from engagement.models.persistence import Hold, LadderStep, StepApproval
from engagement.models.planned import PlannedContact
from engagement.models.readiness import ColleagueReview, ReadinessRules, Training, TrainingTopic
from engagement.models.reference import (
    Criterion,
    Framework,
    FrameworkArea,
    Level,
    Strand,
)
from engagement.models.risks import Risk, RiskKind, RiskStep, Watch
from engagement.models.sharing import PartVersion, Reading, Recipient, Response
from engagement.models.targets import Target, TargetNote, TargetSchool
from engagement.models.time_spent import MetRole, TermHours, TimeRules

__all__ = [
    "ActionNote",
    "AgreedAction",
    "Attempt",
    "CodeEntry",
    "ColleagueReview",
    "ClosingDayChange",
    "Consultation",
    "ConsultationAnswer",
    "ConsultationSchool",
    "ContactRules",
    "Conversation",
    "ConversationPart",
    "Criterion",
    "DeliveriesApart",
    "Delivery",
    "DiaryFeed",
    "Digest",
    "DigestWish",
    "EngagementPlan",
    "EngagementPlanNote",
    "EngagementPlanTemplate",
    "Finding",
    "Framework",
    "FrameworkArea",
    "Guide",
    "HalfAnswer",
    "HalfSend",
    "Hold",
    "Introduction",
    "IntroductionSide",
    "IntroductionStep",
    "Judgement",
    "LadderStep",
    "Level",
    "Mailing",
    "MailingRecipient",
    "MailingStop",
    "Meeting",
    "MeetingChange",
    "MeetingGuest",
    "MetRole",
    "NamedFor",
    "Newcomer",
    "Offer",
    "PartVersion",
    "Participant",
    "PastImport",
    "PastMapping",
    "PastRow",
    "PlannedContact",
    "ReadinessRules",
    "Reading",
    "Recipient",
    "Response",
    "Risk",
    "RiskKind",
    "RiskStep",
    "SchoolHalf",
    "ScorePoints",
    "Snooze",
    "StepApproval",
    "Strand",
    "SupportGiven",
    "Target",
    "TargetNote",
    "TargetSchool",
    "TermHours",
    "TimeRules",
    "Training",
    "TrainingTopic",
    "Watch",
    "WorkHandover",
]
