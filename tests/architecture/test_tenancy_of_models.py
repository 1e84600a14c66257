"""For every model: the second hub's rows do not exist for the first hub's people, and the other way round."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q

from engagement.models import Digest, DigestWish
from hubportal.kit.models import Draft, SignedLink
from schools.models import HubArea, TrustSchool
from tests.cast import SIGNED_IN, Cast

pytestmark = pytest.mark.django_db

ROOMS = ("accounts", "kit", "schools", "engagement", "smdp", "reports")
MODELS = [
    model
    for model in apps.get_models()
    if model._meta.app_label in ROOMS and not model.__name__.endswith("Event") and not model._meta.auto_created
]
# How each model's rows lead to a hub: rows of that hub are `filter(**{path: hub})`.
HUB_OF = {
    "schools.Hub": "pk",
    "schools.HubArea": "hub",
    "schools.Partner": "hub",
    "schools.Commission": "partner__hub",
    "schools.Contact": "hub",
    "schools.ContactMerge": "hub",
    "schools.ContactImport": "hub",
    "schools.DatedFact": "hub",
    "schools.Relationship": "hub",
    "schools.EngagementYear": "hub",
    "schools.SavedView": "hub",
    "schools.Tag": "hub",
    "schools.SchoolTag": "hub",
    "schools.BulkChange": "hub",
    "schools.ListExport": "hub",
    "schools.TimelineEntry": "hub",
    "schools.School": "authority__hub_areas__hub",
    "schools.Trust": "trust_schools__school__authority__hub_areas__hub",
    "schools.ChangeNotice": "hub",
    "schools.Succession": "hub",
    "schools.Handover": "giver",
    "schools.Membership": "",
    "schools.Invitation": "",
    "engagement.ContactRules": "hub",
    "engagement.ScorePoints": "hub",
    "engagement.Conversation": "hub",
    "engagement.ConversationPart": "conversation__hub",
    "engagement.PartVersion": "part__conversation__hub",
    "engagement.Response": "version__part__conversation__hub",
    "engagement.Attempt": "hub",
    "engagement.LadderStep": "hub",
    "engagement.Hold": "hub",
    "engagement.PlannedContact": "hub",
    "engagement.Target": "hub",
    "engagement.TimeRules": "hub",
    "engagement.TermHours": "hub",
    "engagement.ReadinessRules": "hub",
    "engagement.Training": "hub",
    "engagement.ColleagueReview": "hub",
    "engagement.EngagementPlan": "hub",
    "engagement.EngagementPlanNote": "plan__hub",
    "engagement.EngagementPlanTemplate": "hub",
    "engagement.Introduction": "hub",
    "engagement.IntroductionSide": "introduction__hub",
    "engagement.IntroductionStep": "introduction__hub",
    "engagement.NamedFor": "school__authority__hub_areas__hub",
    "engagement.StepApproval": "hub",
    "engagement.CodeEntry": "hub",
    "engagement.Delivery": "hub",
    "engagement.Risk": "hub",
    "engagement.RiskStep": "risk__hub",
    "engagement.Watch": "hub",
    "engagement.Snooze": "hub",
    "engagement.WorkHandover": "hub",
    "engagement.Newcomer": "hub",
    "engagement.AgreedAction": "hub",
    "engagement.Digest": "user__memberships__hub",
    "engagement.DigestWish": "user__memberships__hub",
    "engagement.Mailing": "hub",
    "engagement.MailingRecipient": "mailing__hub",
    "engagement.MailingStop": "hub",
    "engagement.Meeting": "hub",
    "engagement.Consultation": "hub",
    "engagement.ConsultationSchool": "hub",
    "engagement.SchoolHalf": "hub",
    "engagement.PastImport": "hub",
    "engagement.PastMapping": "hub",
    "engagement.PastRow": "past_import__hub",
    "engagement.SupportGiven": "hub",
    "engagement.Offer": "hub",
    "engagement.Guide": "hub",
    "smdp.Plan": "school__authority__hub_areas__hub",
    "smdp.PlanSection": "plan__school__authority__hub_areas__hub",
    "smdp.SectionComment": "section__plan__school__authority__hub_areas__hub",
    "smdp.SectionGuest": "section__plan__school__authority__hub_areas__hub",
    "smdp.SectionAnswer": "section__plan__school__authority__hub_areas__hub",
    "smdp.PlanVersion": "plan__school__authority__hub_areas__hub",
    "smdp.PlanCheckIn": "version__plan__school__authority__hub_areas__hub",
    "smdp.PriorityNote": "version__plan__school__authority__hub_areas__hub",
    "smdp.PlanFile": "section__plan__school__authority__hub_areas__hub",
    "smdp.PlanElsewhere": "school__authority__hub_areas__hub",
    "smdp.PlanElsewhereLook": "plan__school__authority__hub_areas__hub",
    "smdp.SelfEvaluation": "school__authority__hub_areas__hub",
    "smdp.TrustEvaluation": "trust__trust_schools__school__authority__hub_areas__hub",
    "smdp.TrustPlan": "trust__trust_schools__school__authority__hub_areas__hub",
    "smdp.TrustPlanSection": "plan__trust__trust_schools__school__authority__hub_areas__hub",
    "smdp.TrustPlanVersion": "plan__trust__trust_schools__school__authority__hub_areas__hub",
    "smdp.TrustConfirmation": "plan__school__authority__hub_areas__hub",
    "smdp.LiftedPriority": "plan__trust__trust_schools__school__authority__hub_areas__hub",
    "smdp.SelfEvaluationVersion": "evaluation__school__authority__hub_areas__hub",
    "smdp.HubQuestion": "hub",
    "smdp.JointOffer": "plan__school__authority__hub_areas__hub",
    "smdp.PlanReview": "hub",
    "smdp.PlanReminder": "hub",
    "smdp.Summary": "school__authority__hub_areas__hub",
    "smdp.SummaryVersion": "summary__school__authority__hub_areas__hub",
    "reports.Document": "version__part__conversation__hub",
}
# Models with no scope of their own, and why nobody needs one.
NO_SCOPE = {
    "accounts.User": "met through memberships, contacts and participants, which are scoped",
    "kit.Draft": "reached by the UUID of a row that was scoped",
    "kit.DraftRevision": "reached through its draft",
    "kit.DraftConflict": "reached through its draft",
    "kit.SignedLink": "the token is the permission",
    "kit.LinkOpening": "a receipt, reached through its link",
    "kit.LinkCode": "reached through its link",
    "kit.Heartbeat": "says when the scheduler and a worker were seen",
    "schools.LocalAuthority": "a code list of the register",
    "schools.EstablishmentType": "a code list of the register",
    "schools.TermCalendar": "published dates, reached through an authority, a trust or a school",
    "schools.TermPart": "reached through its calendar",
    "schools.DaysOff": "reached through its calendar",
    "schools.DatedFactValue": "a code list that the platform administrator keeps",
    "schools.SchoolFigures": "published for every school, reached through a school",
    "schools.BulkChangeRow": "reached through its change",
    "schools.SavedViewStart": "one's own, reached through a view that was scoped",
    "schools.SchoolIdentifier": "URNs, reached through a school",
    "schools.Person": "what joins contacts, which are scoped",
    "schools.ContactsApart": "asked of two contacts that were scoped",
    "schools.TrustSchool": "membership of a trust, reached through a school",
    "schools.RegisterImportFile": "reached through its import",
    "schools.RegisterRow": "the register as received: no page shows it",
    "schools.RegisterText": "the register as received: no page shows it",
    "schools.RegisterChange": "what the public register says, reached through a hub's notice or a school",
    "schools.RegisterCode": "a code list of the register",
    "schools.SchoolLink": "the public register's links, reached through a school",
    "engagement.DeliveriesApart": "asked of two deliveries that were scoped",
    "engagement.FrameworkArea": "reached through its framework",
    "engagement.Criterion": "the same for everybody who reads a report",
    "engagement.Level": "reached through its framework",
    "engagement.Participant": "reached through its conversation",
    "engagement.Judgement": "reached through its part",
    "engagement.Finding": "reached through its part",
    "engagement.ActionNote": "reached through its action",
    "engagement.MeetingGuest": "reached through its meeting",
    "engagement.MeetingChange": "reached through its meeting",
    "engagement.DiaryFeed": "the secret is the permission, and each person's own",
    "engagement.HalfSend": "reached through its half",
    "engagement.HalfAnswer": "reached through its half",
    "engagement.ClosingDayChange": "reached through its consultation",
    "engagement.ConsultationAnswer": "reached through the school that was asked",
    "engagement.Recipient": "reached through its version",
    "engagement.TargetSchool": "reached through its target",
    "engagement.TargetNote": "reached through its target",
    "engagement.Reading": "a receipt, reached through its version",
    "smdp.Reminder": "which emails went: no page shows it",
    "reports.Download": "a receipt, reached through its document",
}
FOR_EVERYBODY = {
    "engagement.Strand": "reference data",
    "engagement.RiskKind": "reference data",
    "engagement.MetRole": "reference data",
    "engagement.TrainingTopic": "reference data",
    "engagement.Framework": "published for every hub; a hub's own is its staff's",
}
OF_ADMINISTRATORS = {"schools.RegisterFile", "schools.RegisterImport"}  # the register belongs to no hub
# What a trust or a school keeps to itself: no hub's manager sees any, the second hub's trust or school does.
OF_LEADERS = {
    "smdp.TrustPlanSection": "other, trust_leader",
    "smdp.TrustConfirmation": "other, trust_leader",
    "smdp.LiftedPriority": "other, trust_leader",
    "smdp.JointOffer": "other, school_editor",
    "smdp.SectionAnswer": "other, school_editor",
}
EXAMPLESHIRES = [role for role in SIGNED_IN if role not in ("other_hub_manager", "administrator", "nobody")]


def rows_of(model, hub):
    """Every row of a model that belongs to a hub, found without `visible_to`."""
    if path := HUB_OF[model._meta.label]:
        return model._base_manager.filter(**{path: hub.pk if path == "pk" else hub})
    covered = HubArea.objects.filter(hub=hub).values("authority")
    trusts = TrustSchool._base_manager.filter(school__authority__in=covered).values("trust")
    places = Q(partner__hub=hub) | Q(hub=hub) | Q(school__authority__in=covered) | Q(trust__in=trusts)
    return model._base_manager.filter(places)


def test_every_model_is_in_one_of_the_lists():
    assert {model._meta.label for model in MODELS} == {*HUB_OF, *NO_SCOPE, *FOR_EVERYBODY, *OF_ADMINISTRATORS}


def test_models_without_a_scope_have_no_visible_to_that_nobody_tests():
    scoped = {model._meta.label for model in MODELS if hasattr(model._default_manager, "visible_to")}
    assert scoped == {*HUB_OF, *FOR_EVERYBODY, *OF_ADMINISTRATORS}


@pytest.fixture(scope="module")
def both(standing_cast: Cast, django_db_blocker) -> Iterator[Cast]:
    """The cast; and emails of what is due, which it has none of: who is to get one is what other tests ask."""
    with django_db_blocker.unblock(), transaction.atomic():
        for who in ("hub_manager", "other_hub_manager"):
            DigestWish.objects.create(user=standing_cast[who], how=DigestWish.How.WEEKLY)
            Digest.objects.create(user=standing_cast[who], day=date(2026, 1, 5))
        yield standing_cast
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "model", [model for model in MODELS if model._meta.label in HUB_OF], ids=lambda model: model._meta.label
)
def test_rows_of_another_hub_do_not_exist(both: Cast, model):
    theirs = set(rows_of(model, both.other_hub).values_list("pk", flat=True))
    ours = set(rows_of(model, both.hub).values_list("pk", flat=True))
    assert theirs, "the second hub has data that could leak"
    assert ours and not ours & theirs
    assert {
        role: set(model.objects.visible_to(both[role]).values_list("pk", flat=True)) & theirs for role in EXAMPLESHIRES
    } == dict.fromkeys(EXAMPLESHIRES, set())
    seen = set(model.objects.visible_to(both["other_hub_manager"]).values_list("pk", flat=True))
    assert not seen & ours
    if model._meta.label in OF_LEADERS:
        assert not seen
        leader = both.memberships[OF_LEADERS[model._meta.label]].user
        seen = set(model.objects.visible_to(leader).values_list("pk", flat=True))
        assert not seen & ours
    assert seen, "and its own people see some of it"


# What somebody who belongs nowhere still sees: a person who left keeps sight of nothing, not even of having been there.
OWN = {"schools.Membership": {"former_person"}}


@pytest.mark.parametrize(
    "model", [model for model in MODELS if model._meta.label in HUB_OF], ids=lambda model: model._meta.label
)
def test_nothing_exists_for_those_who_belong_nowhere(both: Cast, model):
    people = {role: both[role] for role in ("administrator", "nobody", "former_person")} | {
        "signed_out": AnonymousUser()
    }
    seen = {role: model.objects.visible_to(person).exists() for role, person in people.items()}
    assert {role for role, some in seen.items() if some} == OWN.get(model._meta.label, set())


@pytest.mark.parametrize("label", sorted(OF_ADMINISTRATORS))
def test_what_is_the_administrators_exists_for_nobody_else(both: Cast, label: str):
    model = apps.get_model(label)
    everybody = {role: both[role] for role in SIGNED_IN} | {"signed_out": AnonymousUser()}
    assert model._base_manager.exists()
    assert {role for role, person in everybody.items() if model.objects.visible_to(person).exists()} == {
        "administrator"
    }


def test_drafts_and_links_name_rows_that_are_scoped(both: Cast):
    """The rows of the kit belong to no hub: their targets do, and a page looks those up first."""
    assert Draft.objects.count() and SignedLink.objects.count()
    parts, conversations = apps.get_model("engagement.ConversationPart"), apps.get_model("engagement.Conversation")
    evaluations = apps.get_model("smdp.SelfEvaluation")
    invitations, sections = apps.get_model("schools.Invitation"), apps.get_model("smdp.PlanSection")
    reviews, summaries = apps.get_model("smdp.PlanReview"), apps.get_model("smdp.Summary")
    targets = {*Draft.objects.values_list("target", flat=True), *SignedLink.objects.values_list("target", flat=True)}
    trusts, answers = apps.get_model("smdp.TrustPlanSection"), apps.get_model("smdp.SectionAnswer")
    halves, asked = apps.get_model("engagement.SchoolHalf"), apps.get_model("engagement.ConsultationSchool")
    known = {
        uuid
        for model in (
            parts,
            conversations,
            invitations,
            sections,
            evaluations,
            reviews,
            summaries,
            trusts,
            answers,
            halves,
            asked,
        )
        for uuid in model._base_manager.values_list("uuid", flat=True)
    }
    assert targets <= known
