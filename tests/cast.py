"""One cast of people across two hubs, and everything that could leak from one of them to another.

Exampleshire has a person of every role and a conversation in every state; Samplefolk has the same kinds of rows, and
the word `SAMPLEFOLK` stands in every text of them. Each kind of record in Exampleshire carries a word of its own, so
that a page which shows the word shows the record. `WORDS` says who may ever see which.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from engagement.actions import (
    attempts,
    code_lists,
    consultations,
    contact_dates,
    conversations,
    deliveries,
    feeds,
    guides,
    introductions,
    mailings,
    named_for,
    persistence,
    planned,
    readiness,
    responses,
    risks,
    sharing,
    time_spent,
    watches,
)
from engagement.actions.entries import ActionEntry, FindingEntry, JudgementEntry, PartEntry, Person
from engagement.addressees import addressees_at
from engagement.mailings import sending as mailing_sending
from engagement.mailings.whom import Person as Reader
from engagement.models import (
    AgreedAction,
    Attempt,
    ColleagueReview,
    Consultation,
    Conversation,
    ConversationPart,
    Delivery,
    EngagementPlan,
    EngagementPlanTemplate,
    Finding,
    Hold,
    Introduction,
    LadderStep,
    Mailing,
    Meeting,
    NamedFor,
    Newcomer,
    Offer,
    PartVersion,
    PastImport,
    ReadinessRules,
    Risk,
    RiskKind,
    SchoolHalf,
    ScorePoints,
    Snooze,
    StepApproval,
    SupportGiven,
    Target,
    TimeRules,
    Training,
    TrainingTopic,
    WorkHandover,
)
from engagement.time_spent.periods import term_at
from hubportal.accounts.models import User
from hubportal.kit import drafts, links
from hubportal.kit.models import SignedLink
from hubportal.kit.saved import Described
from hubportal.kit.wording import academic_year
from hubportal.kit.work import WorkState
from reports.models import Document
from schools.access import today
from schools.actions import bulk, contact_merging, invitations, saved_views
from schools.bulk.kinds import kind_of
from schools.models import (
    BulkChange,
    ChangeNotice,
    Contact,
    ContactImport,
    ContactMerge,
    DatedFact,
    Handover,
    Hub,
    Invitation,
    Membership,
    Partner,
    RegisterImport,
    SavedView,
    School,
    Succession,
    Trust,
)
from schools.roles import Role
from smdp.actions import (
    comments,
    elsewhere,
    evaluations,
    guests,
    hub_questions,
    notes,
    plans,
    section_answers,
    trust_evaluations,
)
from smdp.actions import reviews as plan_reviews
from smdp.actions.files import remove as remove_file
from smdp.models import (
    HubQuestion,
    JointOffer,
    Plan,
    PlanCheckIn,
    PlanElsewhere,
    PlanFile,
    PlanSection,
    PlanVersion,
    SectionAnswer,
    SectionComment,
    SectionGuest,
    SelfEvaluation,
    Side,
    Summary,
    TrustPlan,
)
from tests import factories as make
from tests.engagement.factories import (
    answer_consultation,
    criterion,
    make_consultation,
    make_contact_rules,
    make_conversation,
    make_delivery,
    make_engagement_plan,
    make_half,
    make_meeting,
    make_past,
    make_plan_template,
    make_support,
    make_typed_draft,
    part_of,
    send_consultation,
    strand,
)
from tests.smdp.factories import (
    answer,
    attach_picture,
    confirm_at,
    fill,
    keep_elsewhere,
    lift_first,
    make_evaluation,
    make_plan,
    make_summary,
    make_trust_plan,
    priority,
    remind,
    review_words,
    share_with_schools,
    write,
    write_for_trust,
    write_summary,
)

# --- The people ----------------------------------------------------------------------------------------------------

HUB = ("hub_manager", "hub_officer", "hub_viewer")
PARTNER = ("partner_officer", "partner_staff")
WRITERS = ("hub_manager", "hub_officer", "partner_officer")
SCHOOL_WRITERS = ("school_leader", "school_editor", "acknowledging_editor")
SCHOOL = (*SCHOOL_WRITERS, "school_viewer")
# Signed in, with a role somewhere or with none, and nothing to do with Millbrook.
STRANGERS = (
    "former_partner_officer",
    "relationship_manager",
    "administrator",
    "other_hub_manager",
    "other_school_leader",
    "nobody",
    "former_person",
)
SIGNED_IN = (*HUB, *PARTNER, "other_partner_officer", *SCHOOL, "trust_leader", *STRANGERS)
SIGNED_OUT = "signed_out"
LINK_HOLDER = "link_holder"  # signed out, and has typed in the code that was sent to the link's address
EVERYBODY = (*SIGNED_IN, SIGNED_OUT, LINK_HOLDER)

# --- The words, and who may see each -------------------------------------------------------------------------------

SAMPLEFOLK = "Quillfeather"  # in every text of the second hub
HUB_NOTE = "Thistledown"  # private notes of Exampleshire's own people
PARTNER_NOTE = "Marigold"  # private notes of Exampleshire Brass
DRAFT = "Foxglove"  # typed into a draft of the hub's
PARTNER_DRAFT = "Speedwell"  # typed into a draft of Exampleshire Brass
LOGGED = "Bramble"  # logged, not shared
ACTION_NOT_SHARED = "Knapweed"
SHARED = "Cowslip"  # shared with the school, not released
RELEASED = "Bluebell"  # released to governors and the trust
AFTER_RELEASE = "Harebell"  # in the version after that, not released
WITHDRAWN = "Hawthorn"  # shared by mistake, withdrawn
BOTH_SCHOOLS = "Clover"  # the common part of a meeting with two schools
MILLBROOKS = "Yarrow"  # Millbrook's part of it
ASHBYS = "Sorrel"  # Ashby's part of it
CONTACT = "Teasel"  # a contact that is not marked for partners
MARKED_CONTACT = "Burnet"  # one that is
PARTNERS_ACTION = "Loosestrife"  # agreed with Exampleshire Brass, not shared
OFFER_TAKEN_OFF = "Stitchwort"
NOTICE = "Campion"  # a note in the hub's feed of register changes
HANDOVER = "Valerian"  # a note to another hub, beside a school that is offered
RISK = "Wormwood"  # what may go wrong between Exampleshire and Millbrook, and why it is taken further
ENGAGEMENT_PLAN = "Pimpernel"  # how Exampleshire means to engage Millbrook
READINESS = "Sundew"  # who trained one of Exampleshire's officers, and what a colleague noted
SILENCE = "Pennyroyal"  # who decided that Millbrook declines for now, and why a manager is asked for a step
PAST = "Burdock"  # in a file of what was, and in its rows
DELIVERY = "Vervain"  # the class to which something was delivered at Millbrook
SUPPORT = "Mallow"  # support that Millbrook had before the portal
DATED_FACT = "Comfrey"  # how the hub knows what it recorded of Millbrook
PLAN_DRAFT = "Woodruff"  # typed into a plan, in no version of it
PLAN_SHARED = "Toadflax"  # in a version that was shared, and taken out since
PLAN_ADOPTED = "Selfheal"  # in the version that was adopted
EVALUATION_DRAFT = "Bryony"  # typed into a self-evaluation, in no version of it
EVALUATION = "Tansy"  # in the version that was submitted
PLAN_ELSEWHERE = "Agrimony"  # in what is recorded of a plan that Millbrook keeps elsewhere
REMINDER = "Tormentil"  # a word of the hub's in a reminder of the plan
ELSEWHERE_ADVICE = "Eyebright"  # in the hub's review of that plan
PLAN_REVIEW = "Betony"  # in the hub's review of the version that was shared
PLAN_REVIEW_DRAFT = "Bistort"  # typed into its review of the adopted one, and not returned
SECTION_ANSWER = "Mugwort"  # answered by link in a section of Millbrook's plan, and not taken over
TRUST_DRAFT = "Melilot"  # typed into the trust's plan, in no version of it
TRUST_SHARED = "Figwort"  # what the trust shared before Millbrook shared its own plan, which carries it
TRUST_LATER = "Milkwort"  # what it shared after that, not with the hubs
MEETING = "Cranesbill"  # what a meeting with Millbrook is about
MEETING_PLACE = "Dogrose"  # where it is: said at the secret address that a calendar reads, to whoever has it
SCHOOLS_HALF = "Periwinkle"  # what Millbrook answered before it
MAILING = "Feverfew"  # what a mailing to Millbrook said
MAILING_DRAFT = "Meadowsweet"  # what one is to say that nobody has sent
CONSULTATION = "Fleabane"  # what Millbrook answered when many schools were asked
CONSULTATION_DRAFT = "Spearwort"  # what a manager is about to ask
SUCCESSION = "Saxifrage"  # a note on what follows Ashby
INTRODUCTION = "Butterbur"  # about what Millbrook was asked whether it would meet another school
INTRODUCTION_WHY = "Sanicle"  # why the hub means to introduce Ashby to it
NAMED_FOR = "Lungwort"  # what Millbrook is happy to be named for

ENTRUSTED = ("partner_officer", "other_partner_officer")
# Who may find each word somewhere in the portal. Anybody else never does: on no page, in no context, in no file.
WORDS: dict[str, tuple[str, ...]] = {
    SAMPLEFOLK: ("other_hub_manager",),
    HUB_NOTE: HUB,
    PARTNER_NOTE: (*HUB, "partner_officer"),
    DRAFT: ("hub_manager", "hub_officer"),  # a viewer is told that it is being written
    PARTNER_DRAFT: (*WRITERS,),
    LOGGED: (*HUB, *ENTRUSTED),
    ACTION_NOT_SHARED: (*HUB, *ENTRUSTED),
    SHARED: (*HUB, *ENTRUSTED, *SCHOOL_WRITERS, LINK_HOLDER),
    RELEASED: (*HUB, *ENTRUSTED, *SCHOOL, "trust_leader"),
    AFTER_RELEASE: (*HUB, *ENTRUSTED, *SCHOOL_WRITERS),
    WITHDRAWN: (*HUB, *ENTRUSTED),
    INTRODUCTION: (*HUB, *ENTRUSTED, *SCHOOL_WRITERS),
    INTRODUCTION_WHY: HUB,
    NAMED_FOR: (*HUB, *SCHOOL_WRITERS),
    BOTH_SCHOOLS: (*HUB, *ENTRUSTED, *SCHOOL_WRITERS, "other_school_leader"),
    MILLBROOKS: (*HUB, *ENTRUSTED, *SCHOOL_WRITERS),
    ASHBYS: (*HUB, "other_school_leader"),
    CONTACT: (*HUB, *ENTRUSTED, *SCHOOL_WRITERS),
    MARKED_CONTACT: (*HUB, *ENTRUSTED, "partner_staff", *SCHOOL_WRITERS),
    PARTNERS_ACTION: (*HUB, *ENTRUSTED, "partner_staff"),
    OFFER_TAKEN_OFF: HUB,
    NOTICE: (*HUB, *ENTRUSTED),
    DATED_FACT: (*HUB, *ENTRUSTED, *SCHOOL),
    SILENCE: (*HUB, *ENTRUSTED),
    RISK: (*HUB, *ENTRUSTED),
    READINESS: ("hub_manager", "hub_officer"),
    MAILING: (*HUB, *ENTRUSTED),
    MAILING_DRAFT: ("hub_manager", "hub_officer"),
    CONSULTATION: (*HUB, *ENTRUSTED, *SCHOOL_WRITERS),
    CONSULTATION_DRAFT: ("hub_manager",),
    ENGAGEMENT_PLAN: (*HUB, *ENTRUSTED),
    PAST: ("hub_manager",),
    DELIVERY: (*HUB, *ENTRUSTED),
    SUPPORT: (*HUB, *ENTRUSTED),
    SUCCESSION: HUB,
    MEETING: (*HUB, *ENTRUSTED, *SCHOOL_WRITERS),
    MEETING_PLACE: EVERYBODY,
    SCHOOLS_HALF: (*HUB, *ENTRUSTED, *SCHOOL_WRITERS),
    PLAN_DRAFT: SCHOOL_WRITERS,
    PLAN_SHARED: (*HUB, *ENTRUSTED, *SCHOOL_WRITERS, "trust_leader"),
    PLAN_ADOPTED: (*HUB, *ENTRUSTED, *SCHOOL, "trust_leader"),
    EVALUATION_DRAFT: SCHOOL_WRITERS,
    EVALUATION: (*HUB, *ENTRUSTED, *SCHOOL, "trust_leader"),
    PLAN_ELSEWHERE: (*HUB, *ENTRUSTED, *SCHOOL, "trust_leader"),
    REMINDER: (*HUB, *ENTRUSTED, *SCHOOL_WRITERS),
    ELSEWHERE_ADVICE: (*HUB, *ENTRUSTED, *SCHOOL_WRITERS),
    PLAN_REVIEW: (*HUB, *ENTRUSTED, *SCHOOL_WRITERS),
    PLAN_REVIEW_DRAFT: ("hub_manager", "hub_officer", *ENTRUSTED),
    SECTION_ANSWER: (*SCHOOL_WRITERS, LINK_HOLDER),
    TRUST_DRAFT: ("trust_leader",),
    TRUST_SHARED: (*HUB, *ENTRUSTED, *SCHOOL, "trust_leader"),
    TRUST_LATER: (*SCHOOL, "trust_leader"),
    HANDOVER: ("hub_manager",),
}


@dataclass
class Cast:
    """Who is there, and what there is to see. Places are Exampleshire's unless they say `other`."""

    hub: Hub
    other_hub: Hub
    millbrook: School
    ashby: School
    other_school: School
    trust: Trust
    partner: Partner
    people: dict[str, User] = field(default_factory=dict)
    memberships: dict[str, Membership] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    versions: dict[str, PartVersion] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    actions: dict[str, AgreedAction] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    merges: dict[str, ContactMerge] = field(default_factory=dict)
    imports: dict[str, ContactImport] = field(default_factory=dict)
    past: dict[str, PastImport] = field(default_factory=dict)  # by where they stand
    support: dict[str, SupportGiven] = field(default_factory=dict)
    attempts: dict[str, Attempt] = field(default_factory=dict)
    holds: dict[str, Hold] = field(default_factory=dict)
    approvals: dict[str, StepApproval] = field(default_factory=dict)
    risks: dict[str, Risk] = field(default_factory=dict)
    deliveries: dict[str, Delivery] = field(default_factory=dict)
    trainings: dict[str, Training] = field(default_factory=dict)  # by whose they are
    reviews: dict[str, ColleagueReview] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    halves: dict[str, SchoolHalf] = field(default_factory=dict)
    snoozes: dict[str, Snooze] = field(default_factory=dict)
    handed_on: dict[str, WorkHandover] = field(default_factory=dict)
    newcomers: dict[str, Newcomer] = field(default_factory=dict)
    invitations: dict[str, Invitation] = field(default_factory=dict)
    notices: dict[str, ChangeNotice] = field(default_factory=dict)
    successions: dict[str, Succession] = field(default_factory=dict)
    manual: dict[str, School] = field(default_factory=dict)  # added by hand
    dated_facts: dict[str, DatedFact] = field(default_factory=dict)
    saved_views: dict[str, SavedView] = field(default_factory=dict)
    mailings: dict[str, Mailing] = field(default_factory=dict)
    consultations: dict[str, Consultation] = field(default_factory=dict)
    bulk_changes: dict[str, BulkChange] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)
    engagement_plans: dict[str, EngagementPlan] = field(default_factory=dict)
    plan_templates: dict[str, EngagementPlanTemplate] = field(default_factory=dict)
    introductions: dict[str, Introduction] = field(default_factory=dict)
    named_for: dict[str, NamedFor] = field(default_factory=dict)
    handovers: dict[str, Handover] = field(default_factory=dict)
    register_imports: dict[str, RegisterImport] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    trust_plans: dict[str, TrustPlan] = field(default_factory=dict)
    files: dict[str, PlanFile] = field(default_factory=dict)
    elsewhere: dict[str, PlanElsewhere] = field(default_factory=dict)
    check_ins: dict[str, PlanCheckIn] = field(default_factory=dict)
    batches: dict[str, UUID] = field(default_factory=dict)  # of reminders that went to a school
    plan_comments: dict[str, SectionComment] = field(default_factory=dict)
    guest: SectionGuest = field(init=False)
    section_answer: SectionAnswer = field(init=False)
    hub_questions: dict[str, HubQuestion] = field(default_factory=dict)
    joint_offers: dict[str, JointOffer] = field(default_factory=dict)
    evaluations: dict[str, SelfEvaluation] = field(default_factory=dict)
    summary: Summary | None = None  # of Millbrook: published, and changed since
    leaver: School | None = None  # was Exampleshire's, and waits to be offered to the hub that has it now
    links: dict[str, SignedLink] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> User:
        return self.people[key]

    def part(self, key: str, school: School | None = None) -> ConversationPart:
        """The part of one conversation, at Millbrook where there are several."""
        conversation = self.conversations[key]
        if school is None and conversation.parts.count() > 1:
            school = self.millbrook
        return part_of(conversation, school)


def make_cast() -> Cast:
    """Everything, in some 1,500 statements."""
    cast = _places()
    _people(cast)
    _contacts(cast)
    _conversations(cast)
    _catalogue(cast)
    _links(cast)
    cast.notices["millbrook"] = make.make_notice(hub=cast.hub, school=cast.millbrook, note=NOTICE)
    cast.manual["ours"] = make.make_manual("Exampleshire Virtual School", hub=cast.hub)
    cast.successions["ashby"] = make.make_succession(
        hub=cast.hub, predecessor=cast.ashby, successor=cast.millbrook, note=SUCCESSION, is_preticked=True
    )
    _dated_facts(cast)
    _lists(cast)
    _mailings(cast)
    _trusts_plan(cast)
    _plans(cast)
    _elsewhere(cast)
    _trusts_plan_later(cast)
    _evaluations(cast)
    _samplefolk(cast)
    _silences(cast)
    _code_lists(cast)
    _deliveries(cast)
    _risks(cast)
    _introductions(cast)
    _meetings(cast)
    _consultations(cast)
    _several(cast)
    _hours(cast)
    _past(cast)
    _handovers(cast)
    make.make_register_file()  # kept, not applied
    cast.register_imports = make.make_register_imports(by=cast["administrator"])
    return cast


def _places() -> Cast:
    hub = make.make_hub("Exampleshire Music Hub", website="https://exampleshire.example")
    other = make.make_hub(
        f"{SAMPLEFOLK} Music Hub",
        email=f"hub@{SAMPLEFOLK.lower()}.example",
        safeguarding_contact=f"{SAMPLEFOLK} Marsh",
    )
    millbrook = make.make_school("Millbrook Junior School", hub=hub)
    ashby = make.make_school("Ashby High School", hub=hub, phase=School.Phase.SECONDARY)
    other_school = make.make_school(f"{SAMPLEFOLK} Primary School", hub=other, town=SAMPLEFOLK)
    trust = make.make_trust("Millbrook Trust", schools=(millbrook,))
    partner = make.make_partner("Exampleshire Brass", hub=hub)
    make.make_commission(partner=partner, school=millbrook)
    year = academic_year(today())
    make.make_term_calendar(hub.authority, year, source="The council's website")
    make.make_term_calendar(other.authority, year, source=f"{SAMPLEFOLK} council")
    make.make_term_calendar(other_school, year, source=f"{SAMPLEFOLK} website")
    for each in (hub, other):
        make_contact_rules(each)
        ScorePoints.objects.create(hub=each, points={"never": 14})
        LadderStep.objects.create(hub=each, position=1, name="Call", how=Attempt.How.CALL)
    return Cast(hub, other, millbrook, ashby, other_school, trust, partner)


def _people(cast: Cast) -> None:
    strings = make.make_partner("Exampleshire Strings", hub=cast.hub)
    make.make_commission(partner=strings, school=cast.millbrook, purpose="Violins")
    drums = make.make_partner("Exampleshire Drums", hub=cast.hub)
    make.make_commission(partner=drums, school=cast.millbrook, purpose="Drums", ends_on=today())
    places: dict[str, tuple[str, Any]] = {
        "hub_manager": (Role.HUB_MANAGER, cast.hub),
        "hub_officer": (Role.HUB_OFFICER, cast.hub),
        "hub_viewer": (Role.HUB_VIEWER, cast.hub),
        "partner_officer": (Role.PARTNER_OFFICER, cast.partner),
        "partner_staff": (Role.PARTNER_STAFF, cast.partner),
        "other_partner_officer": (Role.PARTNER_OFFICER, strings),
        "former_partner_officer": (Role.PARTNER_OFFICER, drums),
        "school_leader": (Role.SCHOOL_LEADER, cast.millbrook),
        "school_editor": (Role.SCHOOL_EDITOR, cast.millbrook),
        "acknowledging_editor": (Role.SCHOOL_EDITOR, cast.millbrook),
        "school_viewer": (Role.SCHOOL_VIEWER, cast.millbrook),
        "other_school_leader": (Role.SCHOOL_LEADER, cast.ashby),
        "trust_leader": (Role.TRUST_LEADER, cast.trust),
        "relationship_manager": (Role.RELATIONSHIP_MANAGER, cast.hub),
        "other_hub_manager": (Role.HUB_MANAGER, cast.other_hub),
    }
    for key, (role, place) in places.items():
        name = key.replace("_", " ").title()
        if key == "other_hub_manager":
            name = f"{SAMPLEFOLK} Manager"
        cast.people[key] = make.make_user(name, password=make.PASSWORD)
        more = {"may_acknowledge": True} if key == "acknowledging_editor" else {}
        cast.memberships[key] = make.make_membership(cast.people[key], role, place, **more)
    cast.people["nobody"] = make.make_user("Nobody Yet")
    cast.people["administrator"] = make.make_user("Platform Administrator", is_superuser=True)
    former = cast.people["former_person"] = make.make_user("Former Person")
    for role, place in ((Role.HUB_OFFICER, cast.hub), (Role.SCHOOL_EDITOR, cast.millbrook)):
        make.make_membership(former, role, place, ends_on=today())
    make.make_relationship(hub=cast.hub, school=cast.millbrook, owner=cast["hub_officer"])


def _contacts(cast: Cast) -> None:
    here = {"hub": cast.hub, "school": cast.millbrook}
    cast.contacts = {
        "head": make.make_contact(f"Ruth {CONTACT}", **here, job_title="Head", is_leader=True),
        "music_lead": make.make_contact(
            f"Tom {MARKED_CONTACT}", **here, job_title="Music lead", is_music_lead=True, shared_with_partners=True
        ),
        "ashbys": make.make_contact("Ines Ashby", hub=cast.hub, school=cast.ashby, is_leader=True),
    }
    _merge(cast, "head", make.make_contact(f"R. {CONTACT}", **here), by=cast["hub_manager"])
    for role in ("hub_manager", "partner_officer"):
        rows = [[str(cast.millbrook.urn), f"Ann {role.title()}"], [str(cast.other_school.urn), "Nobody"]]
        cast.imports[role] = make.make_contact_import(hub=cast.hub, by=cast[role], rows=rows)


def _merge(cast: Cast, key: str, twice: Contact, *, by: User) -> None:
    cast.merges[key] = contact_merging.merge(kept=cast.contacts[key], merged=twice, take=(), by=by)


def words_everywhere(word: str, *, actions: list[ActionEntry] | None = None) -> PartEntry:
    """A school's part with the word in every text of it."""
    return PartEntry(
        people=[Person(name=f"Sam {word}", job_title=f"{word} lead")],
        summary=f"{word} summary",
        challenge=f"{word} challenge",
        answer=f"{word} answer",
        help_offered=f"{word} help",
        could_offer=f"{word} offer",
        judgements=[JudgementEntry(criterion("singing"), 2, 3, 3, f"{word} evidence", f"{word} step")],
        findings=[
            FindingEntry(Finding.Kind.COVERED, f"{word} covered", f"{word} text", criterion=criterion("singing")),
            FindingEntry(Finding.Kind.DEVELOP, f"{word} develop", f"{word} text", f"{word} step"),
        ],
        actions=[ActionEntry(f"{word} action", AgreedAction.Side.HUB, "A tutor")] if actions is None else actions,
        next_note=f"{word} next",
    )


def _conversations(cast: Cast) -> None:
    officer, school = cast["hub_officer"], cast.millbrook
    told = cast.conversations
    told["draft"] = make_typed_draft(school, by=officer)
    told["draft"].private_notes = HUB_NOTE
    told["draft"].save()
    _type(cast, "draft", DRAFT, by=officer)
    told["partners_draft"] = make_typed_draft(school, by=cast["partner_officer"])
    _type(cast, "partners_draft", PARTNER_DRAFT, by=cast["partner_officer"])
    unshared = [
        ActionEntry(f"{ACTION_NOT_SHARED} action", AgreedAction.Side.HUB, "A tutor"),
        ActionEntry(f"{PARTNERS_ACTION} action", AgreedAction.Side.PARTNER, "Brass", partner=cast.partner),
    ]
    _log(cast, "logged", LOGGED, days=9, actions=unshared)
    _log(cast, "partners", LOGGED, days=8, by=cast["partner_officer"], note=PARTNER_NOTE, actions=[])
    for key, word, days in (("shared", SHARED, 7), ("released", RELEASED, 6), ("withdrawn", WITHDRAWN, 5)):
        _log(cast, key, word, days=days)
        _share(cast, key)
    told["both"] = make_conversation(
        school,
        cast.ashby,
        by=officer,
        on=today() - timedelta(days=4),
        common_summary=f"{BOTH_SCHOOLS} common",
        private_notes=HUB_NOTE,
        parts={school: words_everywhere(MILLBROOKS), cast.ashby: words_everywhere(ASHBYS)},
    )
    _share(cast, "both")
    _share(cast, "both", cast.ashby, name="ashbys")
    _log(cast, "never_shared", LOGGED, days=3, actions=[])
    sharing.release(part=cast.part("released"), by=cast["school_leader"])
    _again(cast, "released", AFTER_RELEASE)
    _again(cast, "shared", SHARED)
    responses.respond(version=cast.versions["shared"], kind="add", text=f"{SHARED} reply", by=cast["school_leader"])
    sharing.withdraw(part=cast.part("withdrawn"), reason=f"{WITHDRAWN} reason", by=officer)
    for key in ("shared", "released", "withdrawn", "ashbys"):
        cast.documents[key] = make_ready(cast.versions[key])
    for key, word in (("shared", SHARED), ("logged", ACTION_NOT_SHARED), ("partners", PARTNERS_ACTION)):
        cast.actions[key] = AgreedAction.objects.get(hub=cast.hub, what=f"{word} action")
    cast.attempts["call"] = attempts.log(school=school, how="call", note=f"{LOGGED} message", by=officer)


def _type(cast: Cast, key: str, word: str, *, by: User) -> None:
    """Type the word into a draft, as its page would."""
    part = cast.part(key)
    draft = conversations.draft_of(cast.conversations[key])
    assert draft is not None
    draft.values |= {f"part-{part.uuid}-summary": f"{word} typed", "private_notes": f"{word} typed in private"}
    draft.save()


def _log(
    cast: Cast,
    key: str,
    word: str,
    *,
    days: int,
    school: School | None = None,
    by: User | None = None,
    note: str = HUB_NOTE,
    actions: list[ActionEntry] | None = None,
) -> None:
    school = school or cast.millbrook
    cast.conversations[key] = make_conversation(
        school,
        by=by or cast["hub_officer"],
        on=today() - timedelta(days=days),
        form=Conversation.Form.FULL,
        kind=Conversation.Kind.CHALLENGING,
        private_notes=note,
        common_summary=f"{word} common",
        parts={school: words_everywhere(word, actions=actions)},
    )


def _share(cast: Cast, key: str, school: School | None = None, *, name: str = "", at: datetime | None = None) -> None:
    part = cast.part(key, school)
    hub = part.conversation.hub
    chosen = addressees_at(school=part.school, hub=hub)
    by = part.conversation.author
    cast.versions[name or key] = sharing.share(part=part, recipients=chosen, by=by, at=at).version


def _again(cast: Cast, key: str, word: str) -> None:
    """A second version, with the word in its summary."""
    part = cast.part(key)
    part.summary = f"{word} in the second version"
    part.save()
    cast.versions[f"{key}, first"] = cast.versions[key]
    _share(cast, key, at=timezone.now() + timedelta(seconds=1))


def make_ready(version: PartVersion) -> Document:
    """A finished document, without the quarter of a minute that a worker and WeasyPrint may take."""
    document = Document.objects.create(
        version=version, state=WorkState.READY, sha256="0" * 64, size=9, pages=2, finished_at=timezone.now()
    )
    return _ready(document)


def _ready(document: Document) -> Document:
    document.state, document.sha256, document.size, document.pages = WorkState.READY, "0" * 64, 9, 2
    document.finished_at = timezone.now()
    document.save()
    document.path.parent.mkdir(parents=True, exist_ok=True)
    document.path.write_bytes(b"%PDF-1.7\n")
    return document


def _catalogue(cast: Cast) -> None:
    offer = {"hub": cast.hub, "strand": strand(), "criteria_codes": ["singing"]}
    cast.offers["current"] = Offer.objects.create(title="Choirs together", **offer)
    cast.offers["taken_off"] = Offer.objects.create(title=f"{OFFER_TAKEN_OFF} choirs", is_current=False, **offer)
    last_year = academic_year(today()) - 1
    cast.offers["last_year"] = Offer.objects.create(title="Bands together", year=last_year, **offer)
    guides.write(hub=cast.hub, code="ofsted", values=_page_for_schools("Ofsted"), by=cast["hub_manager"])


def _page_for_schools(word: str) -> dict[str, str]:
    return {"title": f"{word} and music", "text": word, "source": "The guidance", "source_url": ""}


def _links(cast: Cast) -> None:
    by, soon = cast["hub_manager"], timezone.now() + timedelta(days=9)
    made = links.make(
        purpose=sharing.PURPOSE,
        target=cast.part("shared").uuid,
        email="clerk@millbrook.example",
        name="Clerk",
        by=by,
        expires_at=soon,
    )
    cast.links["shared"], cast.tokens["shared"] = made
    places = {
        "school": (Role.SCHOOL_EDITOR, cast.millbrook),
        "hub": (Role.HUB_VIEWER, cast.hub),
        "partner": (Role.PARTNER_STAFF, cast.partner),
    }
    for key, (role, organisation) in places.items():
        row = make.make_invitation(role=role, organisation=organisation, by=by, email=f"{key}@guests.example")
        cast.invitations[key] = row
        link = {"purpose": invitations.PURPOSE, "target": row.uuid, "email": row.email, "by": by, "expires_at": soon}
        cast.tokens[f"invitation, {key}"] = links.make(**link)[1]


def _dated_facts(cast: Cast) -> None:
    here = {"hub": cast.hub, "school": cast.millbrook, "by": cast["hub_officer"]}
    struck = {"struck_at": timezone.now(), "struck_by": cast["hub_officer"], "strike_reason": f"{DATED_FACT} was wrong"}
    cast.dated_facts = {
        "artsmark": make.make_dated_fact(**here, source=f"{DATED_FACT} told us"),
        "struck": make.make_dated_fact("lead-school secondary", **here, **struck),
        "teaching": make.make_dated_fact(
            "teaching specialist", **here | {"by": cast["school_leader"]}, said_by_school=True
        ),
    }


def _trusts_plan(cast: Cast) -> None:
    """Shared before Millbrook's own plan is."""
    leader = cast["trust_leader"]
    plan = cast.trust_plans["millbrook"] = make_trust_plan(cast.trust, by=leader)
    write_for_trust(plan, "vision", by=leader, vision=f"{TRUST_SHARED} vision")
    share_with_schools(plan, by=leader)


def _trusts_plan_later(cast: Cast) -> None:
    """Confirmed, shared again, changed since, with a priority that Millbrook adopted."""
    leader, plan = cast["trust_leader"], cast.trust_plans["millbrook"]
    confirm_at(cast.plans["millbrook"], by=cast["school_editor"])
    write_for_trust(plan, "staffing", by=leader, needs=f"{TRUST_LATER} needs")
    share_with_schools(plan, by=leader)
    lift_first(plan, cast.plans["millbrook"], by=leader)
    write_for_trust(plan, "vision", by=leader, now=f"{TRUST_DRAFT} now")


def _plans(cast: Cast) -> None:
    """Shared, changed, adopted, and changed since."""
    head, at = cast["school_leader"], timezone.now() - timedelta(days=6)
    cast.hub_questions["millbrook"] = _ask_of_hub(
        cast.hub, "Which of our groups do your pupils join?", by=cast["hub_manager"]
    )
    plan = cast.plans["millbrook"] = fill(make_plan(cast.millbrook, by=head, at=at), by=head)
    write(plan, "vision", by=head, now=f"{PLAN_SHARED} now")
    cast.files["shared"] = attach_picture(plan, f"{PLAN_SHARED} choir", by=head)
    version = plans.share(plan=plan, by=head, at=at)
    _review(version, PLAN_REVIEW, by=cast["hub_officer"])
    write(plan, "vision", by=cast["school_editor"], now=f"{PLAN_ADOPTED} now")
    write(plan, "priorities", by=head, **priority(f"{PLAN_ADOPTED} choir"))
    remove_file(file=cast.files["shared"], by=head)
    cast.files["adopted"] = attach_picture(plan, f"{PLAN_ADOPTED} choir", by=head)
    version = plans.adopt(plan=plan, presented_on=at.date(), by=head, at=at)
    cast.check_ins["millbrook"] = _check_in(version, PLAN_ADOPTED, by=head, at=at)
    review = plan_reviews.begin(version=version, by=cast["hub_officer"])
    review_words(review, by=cast["hub_officer"], on_vision=f"{PLAN_REVIEW_DRAFT} comment")
    write(plan, "vision", by=head, now=f"{PLAN_DRAFT} now")
    cast.files["draft"] = attach_picture(plan, f"{PLAN_DRAFT} choir", by=head)
    section = plan.sections.get(key="vision")
    cast.plan_comments["millbrook"] = comments.say(section=section, text=f"{PLAN_DRAFT} comment", by=head)
    section = plan.sections.get(key="inclusion")
    cast.guest = guests.invite(section=section, side=Side.HUB, may_write=True, by=head)
    cast.joint_offers["millbrook"] = _offer_to_write_together(plan, cast.ashby, by=head)
    staffing = plan.sections.get(key="staffing")
    cast.section_answer, cast.tokens["section"] = _answer(staffing, SECTION_ANSWER, by=head)
    cast.summary = make_summary(plan, by=head)
    write_summary(cast.summary, by=cast["school_editor"], future=f"{PLAN_DRAFT} band")
    _ready(Document.objects.get(summary=cast.summary.current, kind=Document.Kind.SUMMARY_PDF))


def _ask_of_hub(hub: Hub, label: str, *, by: User) -> HubQuestion:
    return hub_questions.ask(hub=hub, label=label, hint="", kind="text", settings=[], by=by)


def _offer_to_write_together(plan: Plan, school: School, *, by: User) -> JointOffer:
    return JointOffer.objects.create(plan=plan, school=school, offered_by=by, offered_at=timezone.now())


def _answer(section: PlanSection, word: str, *, by: User) -> tuple[SectionAnswer, str]:
    """By the clerk, who has no account, with the word in it; given to the school. Answer and token."""
    answer, token = section_answers.ask(section=section, name="Clerk", email="clerk@millbrook.example", by=by)
    draft = section_answers.begin_writing(answer=answer, base_revision=0)
    drafts.save(draft=draft, base_revision=0, values={"staff": f"{word} staff"}, by=by, words_of="Clerk")
    section_answers.give(answer=answer, name="Clerk", job_title="Clerk")
    return answer, token


def _elsewhere(cast: Cast) -> None:
    """Last year's: the hub recorded it, saw it and gave its advice; the school has not confirmed it."""
    officer = cast["hub_officer"]
    cast.elsewhere["millbrook"] = keep_elsewhere(cast.millbrook, PLAN_ELSEWHERE, by=officer)
    elsewhere.see(plan=cast.elsewhere["millbrook"], on=today(), by=officer)
    words = {"strengths": f"{ELSEWHERE_ADVICE} strength", "suggestions": ""}
    elsewhere.advise(plan=cast.elsewhere["millbrook"], by=officer, **words)
    cast.batches["millbrook"] = remind(cast.millbrook, REMINDER, by=officer)


def _review(version: PlanVersion, word: str, *, by: User) -> None:
    """Reviewed and returned, with the word in every text."""
    review = plan_reviews.begin(version=version, by=by)
    said = {"on_vision": f"{word} comment", "strengths": f"{word} strength", "suggestions": f"{word} suggestion"}
    review_words(review, by=by, **said)
    plan_reviews.give_back(review=review, by=by)


def _check_in(version: PlanVersion, word: str, *, by: User, at: datetime) -> PlanCheckIn:
    """A note on the first priority, and a check-in, with the word in every text."""
    notes.note(version=version, said=notes.Said(0, "amber", f"{word} note"), by=by, at=at)
    said = [notes.Said(0, "green", f"{word} now")]
    words = {"changed": f"{word} changed", "help": f"{word} help"}
    return notes.check_in(version=version, said=said, by=by, at=at, **words)


def _evaluations(cast: Cast) -> None:
    """Last year's and this year's, submitted; this year's changed since."""
    head, at = cast["school_leader"], timezone.now() - timedelta(days=5)
    for key, year, word in (("last", -1, f"{EVALUATION} then"), ("millbrook", 0, EVALUATION)):
        row = make_evaluation(cast.millbrook, by=head, year=academic_year(today()) + year, at=at)
        cast.evaluations[key] = answer(row, "singing", 3, word, by=head)
        evaluations.submit(evaluation=row, by=head, at=at)
    trust_evaluations.record(trust=cast.trust, basis="average", levels={}, by=cast["trust_leader"])
    answer(cast.evaluations["millbrook"], "singing", 2, EVALUATION_DRAFT, by=cast["school_editor"])


def _silences(cast: Cast) -> None:
    """Each hub has declined one of its schools for now, and a manager is asked for a step; somebody put it off their
    list, and handed it on. The second hub's have its word in every text."""
    places = (
        ("millbrook", cast.hub, cast.millbrook, cast["hub_officer"], SILENCE),
        ("other", cast.other_hub, cast.other_school, cast["other_hub_manager"], SAMPLEFOLK),
    )
    for key, hub, school, by, word in places:
        until = today() + timedelta(days=90)
        cast.holds[key] = persistence.hold(
            school=school, kind="declined", reason="time", until=until, decided_by=word, note=word, by=by
        )
        cast.approvals[key] = StepApproval.objects.create(
            hub=hub, school=school, how="trust", step="Governors", why=word, asked_by=by
        )
        on_the_list = {"hub": hub, "school": school, "key": f"talk:{school.urn}"}
        cast.snoozes[key] = Snooze.objects.create(**on_the_list, user=by, until=until, reason=word)
        to = cast["hub_manager"] if key == "millbrook" else make.make_user(f"{SAMPLEFOLK} Colleague")
        cast.handed_on[key] = WorkHandover.objects.create(**on_the_list, sender=by, receiver=to, note=word)


def _code_lists(cast: Cast) -> None:
    """Each hub has an instrument of its own."""
    for hub, by, word in (
        (cast.hub, cast["hub_manager"], "Exampleshire pipes"),
        (cast.other_hub, cast["other_hub_manager"], f"{SAMPLEFOLK} pipes"),
    ):
        code_lists.add(hub=hub, code_list="instrument", name=word, by=by)


def _deliveries(cast: Cast) -> None:
    """At Millbrook one that counts, its possible other half, one that is counted with another, one that waits to be
    confirmed and one of last year; at the second hub's school one, with its word."""
    officer, last_year = cast["hub_officer"], academic_year(today()) - 1
    by_partner = {"delivered_by": "partner", "deliverer": cast.partner}
    for key, said in (
        ("counted", {}),
        ("twin", by_partner),
        ("half", {"kind": "singing"}),
        ("whole", {"kind": "singing", **by_partner}),
        ("waiting", {"kind": "ensemble", "is_confirmed": False}),
        ("last", {"year": last_year}),
    ):
        cast.deliveries[key] = make_delivery(cast.millbrook, by=officer, class_name=DELIVERY, **said)
    half, whole = cast.deliveries["half"], cast.deliveries["whole"]
    cast.deliveries["half"] = deliveries.count_with(delivery=half, other=whole, by=officer)
    theirs = {"class_name": SAMPLEFOLK, "note": SAMPLEFOLK}
    cast.deliveries["other"] = make_delivery(cast.other_school, by=cast["other_hub_manager"], **theirs)


def _risks(cast: Cast) -> None:
    """At each hub's school one that is escalated, at Millbrook also a resolved and an open one; both are watched."""
    kind = RiskKind.objects.get(code="new-head")
    places = (
        ("millbrook", cast.millbrook, cast["hub_officer"], cast["hub_manager"], RISK),
        ("other", cast.other_school, cast["other_hub_manager"], cast["other_hub_manager"], SAMPLEFOLK),
    )
    for key, school, by, manager, word in places:
        said = {"kind": kind, "evidence": f"{word} said so", "by": by}
        cast.risks[key] = risks.raise_risk(school=school, what=f"{word} may stop", **said)
        risks.escalate(risk=cast.risks[key], to=manager, why=f"{word} now", by=by)
        watches.watch(school=school, by=by)
        cast.newcomers[key] = Newcomer.objects.create(
            hub=cast.risks[key].hub, school=school, post="music-lead", name=f"{word} Newcomer"
        )
    officer = cast["hub_officer"]
    little = risks.raise_risk(school=cast.millbrook, kind=kind, what="It was little", evidence="A word", by=officer)
    risks.resolve(risk=little, outcome="passed", why="It passed", by=officer)
    cast.risks["resolved"] = little
    cast.risks["open"] = risks.raise_risk(school=cast.millbrook, kind=kind, what="Late", evidence="So", by=officer)


def _meetings(cast: Cast) -> None:
    """At one school of each hub a meeting in the diary, with questions that the school has answered, and one that it
    asks for; the second hub's with its word in every text."""
    places = (
        ("millbrook", cast.hub, cast.millbrook, cast["hub_officer"], (MEETING, MEETING_PLACE), SCHOOLS_HALF),
        ("other", cast.other_hub, cast.other_school, cast["other_hub_manager"], (SAMPLEFOLK, SAMPLEFOLK), SAMPLEFOLK),
    )
    for key, hub, school, by, (word, place), said in places:
        agreed, asked = make_meeting(hub=hub, school=school, by=by, word=word, place=place)
        cast.meetings |= {key: agreed, f"{key}, asked": asked}
        cast.halves[key] = make_half(school, meeting=agreed, by=by, word=said)[0]
        cast.halves[f"{key}, open"], cast.tokens[f"half, {key}"] = make_half(school, by=by)
    cast.tokens["diary"] = feeds.make(user=cast["hub_officer"])


def _lists(cast: Cast) -> None:
    """Views of the list of schools: one shared by a manager of each hub, one that an officer keeps; and a file each."""
    for key, hub, by, name in (
        ("shared", cast.hub, "hub_manager", "Primaries"),
        ("own", cast.hub, "hub_officer", "Nobody's"),
        ("other", cast.other_hub, "other_hub_manager", SAMPLEFOLK),
    ):
        shown = Described("schools:school-list", {"phase": "2"}, "", ["town"], {"phase": f"Phase: {name}"})
        cast.saved_views[key] = saved_views.save(
            hub=hub, shown=shown, name=name, is_shared=key != "own", is_start=False, by=cast[by]
        )
        saved_views.note_file(hub_ids={hub.pk}, by=cast[by], name="Schools", words=name, address="", rows=1)


def _mailings(cast: Cast) -> None:
    """Each hub sent a mailing to one contact, who wants no more; ours is writing another."""
    for key, hub, school, by, word in (
        ("sent", cast.hub, cast.millbrook, "hub_manager", MAILING),
        ("other", cast.other_hub, cast.other_school, "other_hub_manager", SAMPLEFOLK),
        ("draft", cast.hub, cast.millbrook, "hub_officer", MAILING_DRAFT),
    ):
        facts = {"subject": f"{word} for {{school}}", "text": f"{word}, {{first name}}", "whom": "all"}
        made = mailings.begin(hub=hub, by=cast[by], query=f"urn={school.urn}", words=f"Ticked for {word}", **facts)
        cast.mailings[key] = made
        if key != "draft":
            contact = cast.contacts["head"] if key == "sent" else make.make_contact(word, hub=hub, school=school)
            mailings.confirm(mailing=made, people=[Reader(contact, school, "")], by=cast[by])
            mailing_sending.note_sent(made.recipients.get(), at=timezone.now())
            mailings.unsubscribe(hub=hub, email=contact.email)


def _consultations(cast: Cast) -> None:
    """Each hub asked one school, which has answered, and published what came of it; ours asks again, and is writing
    another."""
    for key, hub, school, by, word in (
        ("sent", cast.hub, cast.millbrook, "hub_manager", ""),
        ("open", cast.hub, cast.millbrook, "hub_manager", ""),
        ("draft", cast.hub, cast.millbrook, "hub_manager", CONSULTATION_DRAFT),
        ("other", cast.other_hub, cast.other_school, "other_hub_manager", SAMPLEFOLK),
    ):
        made = cast.consultations[key] = make_consultation(hub, by=cast[by], query=f"urn={school.urn}", word=word)
        if key == "draft":
            continue
        contact = make.make_contact(word, hub=hub, school=school) if word else cast.contacts["head"]
        asked, cast.tokens[f"consultation, {key}"] = send_consultation(made, contact, by=cast[by])
        if key != "open":
            answer_consultation(asked, word=word or CONSULTATION)
            said = [{"said": f"{word} coaches", "did": f"{word} half of them"}]
            consultations.set_outcome(consultation=made, pairs=said)
            consultations.publish(consultation=made, by=cast[by])


def _several(cast: Cast) -> None:
    """Each hub gave a school a tag and a day for the next contact, and has a target."""
    for key, hub, school, by in (
        ("ours", cast.hub, cast.millbrook, "hub_manager"),
        ("other", cast.other_hub, cast.other_school, "other_hub_manager"),
    ):
        word = SAMPLEFOLK if key == "other" else "Festival"
        cast.bulk_changes[key], _ = bulk.carry_out(
            kind=kind_of("tag"),
            hub=hub,
            details={"tag": word},
            seen={school.pk: [word, False]},
            left={},
            batch=uuid4(),
            filters=word,
            by=cast[by],
        )
        planned.set_days(hub=hub, days={school: {"on": "2027-01-12", "reason": word}}, by=cast[by])
        cast.targets[key] = Target.objects.create(
            hub=hub,
            name=f"{word} target",
            measure="summary",
            segment_words=word,
            baseline_on=today() - timedelta(days=1),
            unit="number",
            goal=1,
            due_on=today() + timedelta(days=100),
            owner=cast[by],
            actions=word,
            created_by=cast[by],
        )
        cast.targets[key].rows.create(hub=hub, school=school, met_at_baseline=False)
        cast.plan_templates[key] = make_plan_template(hub, by=cast[by], name=SAMPLEFOLK if key == "other" else "Silent")
        cast.engagement_plans[key] = make_engagement_plan(
            school, hub=hub, by=cast[by], word=SAMPLEFOLK if key == "other" else ENGAGEMENT_PLAN
        )
        cast.engagement_plans[key].notes.create(what="review", words=word, by=cast[by])


def _introductions(cast: Cast) -> None:
    """In each hub one of two schools, of which the first was asked; and what its leader is happy to be named for."""
    academy = School.objects.get(name=f"{SAMPLEFOLK} Academy")
    leader = cast.memberships[f"other, {Role.SCHOOL_EDITOR.value}"].user
    words = (INTRODUCTION, INTRODUCTION_WHY, NAMED_FOR)
    places = (
        ("ours", cast.millbrook, cast.ashby, cast["hub_officer"], cast["school_leader"], words),
        ("other", cast.other_school, academy, cast["other_hub_manager"], leader, (SAMPLEFOLK,) * 3),
    )
    for key, helped, helper, by, own, (about, why, named) in places:
        made = introductions.suggest(
            helped=helped, helper=helper, about=f"{about} singing", why=f"{why} says so", by=by
        )
        introductions.ask(side=made.sides.get(role="helped"), note=f"{about} in the spring?", by=by)
        cast.introductions[key] = made
        cast.named_for[key] = named_for.add(school=helped, words=f"{named} choir", by=own)


def _hours(cast: Cast) -> None:
    """Each hub reckons time by its own rules, and knows somebody's hours of this term, training and a joint visit."""
    topic = TrainingTopic.objects.get(code="challenging")
    for hub, person in ((cast.hub, "hub_officer"), (cast.other_hub, "other_hub_manager")):
        word = READINESS if hub == cast.hub else SAMPLEFOLK
        of = {"hub": hub, "person": cast[person], "on": today()}
        cast.trainings[person] = readiness.record_training(topic=topic, provider=word, by=cast[person], **of)
        cast.reviews[person] = ColleagueReview.objects.create(
            kind="joint", colleague=make.make_user(f"{word} Colleague"), outcome="agreed", note=word,
            entered_by=cast[person], **of,
        )  # fmt: skip
        ReadinessRules.objects.create(hub=hub)
        TimeRules.objects.create(hub=hub, year=2020)
        hours = {"employed": Decimal(30), "teaching": Decimal(6)}
        time_spent.enter_hours(hub=hub, person=cast[person], period=term_at(today()), by=cast[person], **hours)


def _past(cast: Cast) -> None:
    """Files of what was, in several states; the second hub's with its word in every text."""
    places = {
        "mapping": (cast.hub, cast.millbrook, cast["hub_manager"], PAST),
        "shown": (cast.hub, cast.millbrook, cast["hub_manager"], PAST),
        "asking": (cast.hub, cast.millbrook, cast["hub_manager"], PAST),
        "brought": (cast.hub, cast.millbrook, cast["hub_manager"], PAST),
        "other": (cast.other_hub, cast.other_school, cast["other_hub_manager"], SAMPLEFOLK),
    }
    for key, (hub, school, by, word) in places.items():
        cast.past[key] = make_past(school, hub=hub, by=by, word=word, state=key)
    for key, hub, school, by, word in (
        ("millbrook", cast.hub, cast.millbrook, cast["hub_manager"], SUPPORT),
        ("other", cast.other_hub, cast.other_school, cast["other_hub_manager"], SAMPLEFOLK),
    ):
        cast.support[key] = make_support(school, hub=hub, by=by, what=word)
        contact_dates.refresh(hub=hub, school=school)


def _samplefolk(cast: Cast) -> None:
    """The second hub, with the same kinds of rows and its word in every text."""
    hub, school, manager = cast.other_hub, cast.other_school, cast["other_hub_manager"]
    make.make_relationship(hub=hub, school=school, owner=manager)
    cast.contacts["other"] = make.make_contact(f"{SAMPLEFOLK} Head", hub=hub, school=school, is_leader=True)
    _merge(cast, "other", make.make_contact(f"{SAMPLEFOLK} H.", hub=hub, school=school), by=manager)
    rows = [[str(school.urn), f"{SAMPLEFOLK} Deputy"]]
    cast.imports["other"] = make.make_contact_import(hub=hub, by=manager, rows=rows, name=f"{SAMPLEFOLK}.csv")
    trust = make.make_trust(f"{SAMPLEFOLK} Trust", schools=(school,))
    partner = make.make_partner(f"{SAMPLEFOLK} Brass", hub=hub)
    make.make_commission(partner=partner, school=school, purpose=SAMPLEFOLK)
    for role, place in (
        (Role.PARTNER_OFFICER, partner),
        (Role.SCHOOL_EDITOR, school),
        (Role.TRUST_LEADER, trust),
    ):
        membership = make.make_membership(make.make_user(f"{SAMPLEFOLK} {role.label}"), role, place)
        cast.memberships[f"other, {role.value}"] = membership
    _log(cast, "other", SAMPLEFOLK, days=9, school=school, by=manager, note=SAMPLEFOLK)
    _share(cast, "other")
    leader = make.make_person(Role.SCHOOL_LEADER, school, f"{SAMPLEFOLK} Leader")
    responses.respond(version=cast.versions["other"], kind="add", text=SAMPLEFOLK, by=leader)
    sharing.release(part=cast.part("other"), by=leader)
    cast.documents["other"] = make_ready(cast.versions["other"])
    cast.hub_questions["other"] = _ask_of_hub(hub, f"{SAMPLEFOLK} question", by=manager)
    cast.plans["other"] = fill(make_plan(school, by=leader), by=leader, word=SAMPLEFOLK)
    cast.files["other"] = attach_picture(cast.plans["other"], f"{SAMPLEFOLK} choir", by=leader)
    section = cast.plans["other"].sections.get(key="vision")
    cast.plan_comments["other"] = comments.say(section=section, text=SAMPLEFOLK, by=leader, readers=[Side.HUB])
    guests.invite(section=section, side=Side.HUB, may_write=False, by=leader)
    _answer(cast.plans["other"].sections.get(key="staffing"), SAMPLEFOLK, by=leader)
    _review(plans.share(plan=cast.plans["other"], by=leader), SAMPLEFOLK, by=manager)
    cast.elsewhere["other"] = keep_elsewhere(school, SAMPLEFOLK, by=leader)
    cast.batches["other"] = remind(school, SAMPLEFOLK, by=manager)
    elsewhere.advise(plan=cast.elsewhere["other"], strengths=SAMPLEFOLK, suggestions="", by=manager)
    theirs = cast.memberships["other, trust_leader"].user
    cast.trust_plans["other"] = make_trust_plan(trust, by=theirs)
    write_for_trust(cast.trust_plans["other"], "vision", by=theirs, vision=f"{SAMPLEFOLK} trust")
    share_with_schools(cast.trust_plans["other"], by=theirs, with_hubs=True)
    confirm_at(cast.plans["other"], by=leader)
    write(cast.plans["other"], "priorities", by=leader, **priority(f"{SAMPLEFOLK} choir"))
    version = plans.adopt(plan=cast.plans["other"], presented_on=today(), by=leader)
    cast.check_ins["other"] = _check_in(version, SAMPLEFOLK, by=leader, at=timezone.now())
    lift_first(cast.trust_plans["other"], cast.plans["other"], by=theirs)
    cast.evaluations["other"] = answer(make_evaluation(school, by=leader), "singing", 1, SAMPLEFOLK, by=leader)
    evaluations.submit(evaluation=cast.evaluations["other"], by=leader)
    trust_evaluations.record(trust=trust, basis="expectation", levels={"singing": 3}, by=leader)
    make_summary(cast.plans["other"], by=leader, future=SAMPLEFOLK)
    cast.conversations["other_draft"] = make_typed_draft(school, by=manager)
    _type(cast, "other_draft", SAMPLEFOLK, by=manager)
    cast.actions["other"] = AgreedAction.objects.get(hub=hub)
    cast.attempts["other"] = attempts.log(school=school, how="call", note=SAMPLEFOLK, by=manager)
    cast.offers["other"] = Offer.objects.create(hub=hub, title=f"{SAMPLEFOLK} choirs", strand=strand())
    guides.write(hub=hub, code="ofsted", values=_page_for_schools(SAMPLEFOLK), by=manager)
    cast.invitations["other"] = make.make_invitation(
        role=Role.SCHOOL_VIEWER, organisation=school, by=manager, name=SAMPLEFOLK
    )
    cast.dated_facts["other"] = make.make_dated_fact(
        "lead-school primary", hub=hub, school=school, by=manager, source=SAMPLEFOLK
    )
    cast.notices["other"] = make.make_notice(hub=hub, school=school, note=SAMPLEFOLK)
    academy = make.make_school(f"{SAMPLEFOLK} Academy", hub=hub, town=SAMPLEFOLK)
    cast.joint_offers["other"] = _offer_to_write_together(cast.plans["other"], academy, by=leader)
    cast.manual["theirs"] = make.make_manual(f"{SAMPLEFOLK} Virtual School", hub=hub)
    cast.successions["other"] = make.make_succession(
        hub=hub, predecessor=school, successor=academy, note=SAMPLEFOLK, is_preticked=True
    )


def _handovers(cast: Cast) -> None:
    """A third hub, to which each of the two offers a school that it covers now, and which offers one of its own."""
    third = make.make_hub("Thirdshire Music Hub")
    gone = {"with_history": True, "with_private_notes": True, "counts": [["contact", 1]]}
    for key, giver, note in (("given", cast.hub, HANDOVER), ("other", cast.other_hub, SAMPLEFOLK)):
        school = make.make_school(f"Thirdshire School, {giver.pk}", hub=third)
        cast.handovers[key] = Handover.objects.create(
            school=school, giver=giver, receiver=third, offered_by=cast["administrator"], note=note, **gone
        )
    cast.handovers["received"] = Handover.objects.create(
        school=cast.ashby, giver=third, receiver=cast.hub, offered_by=cast["administrator"], **gone
    )
    cast.leaver = make.make_school("Borderland School", hub=third)
    make.make_relationship(hub=cast.hub, school=cast.leaver)
