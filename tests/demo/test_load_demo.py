"""Loading the demo: once, the same each time, only in a demo, and with walls between its hubs."""

import hashlib
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F, QuerySet

from engagement.models import (
    AgreedAction,
    Conversation,
    ConversationPart,
    Judgement,
    Offer,
    PartVersion,
    Response,
)
from hubportal.accounts.models import User
from hubportal.demo.county import MILLBROOK
from hubportal.demo.loading import SENTINEL, load
from hubportal.demo.people import ACCOUNTS, PASSWORD
from schools.access import today
from schools.formerly import carried_since
from schools.handing import in_words
from schools.models import Contact, Handover, Hub, Relationship, School, Succession, TimelineEntry
from schools.roles import Role
from smdp.asking import settings_of
from smdp.models import Plan, PlanFile, PlanReminder, PlanVersion
from smdp.sections import Setting
from tests.engagement.by_hand import check_dashboard

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo, loaded once for this module and taken away again."""
    with django_db_blocker.unblock(), transaction.atomic():
        figures = load()
        figures["emails"] = len(mail.outbox) if hasattr(mail, "outbox") else 0
        yield figures
        transaction.set_rollback(True)


def test_load_demo_makes_a_county(loaded):
    assert loaded["schools"] == 491
    assert loaded["conversations"] > 600
    assert loaded["attempts"] >= 270
    assert loaded["shared versions"] > 70
    assert loaded["emails"] == 0


def test_load_demo_twice_changes_nothing(loaded):
    before = counts()
    out = StringIO()
    call_command("load_demo", stdout=out)
    assert out.getvalue() == "The demo is loaded already.\n"
    assert counts() == before


def counts() -> dict[str, int]:
    models = [
        model for app in ("accounts", "schools", "engagement", "kit") for model in apps.get_app_config(app).get_models()
    ]
    return {model.__name__: model._default_manager.count() for model in models}


@pytest.mark.parametrize("local", [local for local, _, _ in ACCOUNTS])
def test_account_signs_in(loaded, client, local):
    email = f"{local}@demo.example"
    assert client.login(email=email, password=PASSWORD)
    assert EmailAddress.objects.get(email=email).verified


def test_only_the_administrator_is_a_superuser(loaded):
    assert [user.email for user in User.objects.filter(is_superuser=True)] == ["admin@demo.example"]


def test_nobody_else_has_a_password(loaded):
    named = {f"{local}@demo.example" for local, _, _ in ACCOUNTS}
    others = [user for user in User.objects.exclude(email__in=named) if user.email.endswith("example")]
    assert others
    assert not any(user.has_usable_password() for user in others)


def words_of(rows: QuerySet) -> str:
    """Everything that these rows hold, as one text."""
    return "\n".join(str(row) for row in rows.values_list())


SCOPED = (Conversation, ConversationPart, PartVersion, Response, AgreedAction, Offer, TimelineEntry, Contact, School)


@pytest.mark.parametrize("local", [local for local, _, role in ACCOUNTS if local not in ("manager2", "admin")])
def test_the_second_hubs_word_is_never_visible_to_exampleshires_people(loaded, local):
    user = User.objects.get(email=f"{local}@demo.example")
    for model in SCOPED:
        assert SENTINEL not in words_of(model.objects.visible_to(user)), model.__name__


def test_the_second_hubs_manager_meets_the_word_everywhere(loaded):
    user = User.objects.get(email="manager2@demo.example")
    for model in (Conversation, ConversationPart, PartVersion, AgreedAction, Offer, TimelineEntry):
        assert SENTINEL in words_of(model.objects.visible_to(user)), model.__name__


def test_one_school_has_become_another_and_some_wait_to_be_decided(loaded):
    rows = Succession.objects.select_related("predecessor", "successor", "hub")
    assert {each.hub.slug for each in rows} == {"exampleshire"}
    moved = rows.get(state="applied")
    assert not moved.predecessor.conversation_parts.exists()
    assert moved.successor.conversation_parts.filter(conversation__date__lt=moved.successor.open_date).count() == 2
    waiting = rows.filter(state="proposed")
    assert waiting.count() > 1
    assert {(each.basis, each.is_preticked) for each in waiting} == {("successor", True)}
    assert any(each.predecessor.conversation_parts.count() == 2 for each in waiting)


def test_two_schools_are_offered_to_the_other_hub_with_and_without_history(loaded):
    waiting = Handover.objects.open().order_by("school__urn")
    assert [(each.giver.slug, each.receiver.slug) for each in waiting] == [("exampleshire", "samplefolk")] * 2
    assert [(each.school.name, each.with_history, in_words(each.counts)) for each in waiting] == [
        ("Marram Isles Primary School", True, "1 contact, 1 conversation, 1 attempt"),
        ("Salting Island Primary School", False, "1 contact"),
    ]


def test_private_notes_are_in_no_version_and_no_timeline(loaded):
    notes = list(Conversation.objects.exclude(private_notes="").values_list("private_notes", flat=True))
    told = "\n".join(str(content) for content in PartVersion.objects.values_list("content", flat=True))
    told += "\n".join(TimelineEntry.objects.values_list("text", flat=True))
    assert len(notes) > 100
    assert [note for note in notes if note in told] == []


def test_records_keep_the_rules_that_the_actions_hold(loaded):
    logged = ConversationPart.objects.filter(conversation__state="logged").select_related("conversation", "school")
    assert not logged.filter(conversation__date__gt=today()).exists()
    carried = carried_since(School.objects.filter(source=School.Source.DEMO))
    early = logged.filter(conversation__date__lt=F("school__open_date"))
    assert not early.exclude(school__in=carried).exists()
    assert early.exists(), "a school carries what was said before it was an academy"
    assert all(part.conversation.date >= carried[part.school_id] for part in early)
    assert not AgreedAction.objects.filter(due_on__lt=F("part__conversation__date")).exists()
    sources = set(TimelineEntry.objects.values_list("source", flat=True))
    assert {f"conversation:{part.uuid}" for part in logged} <= sources
    counted = logged.filter(is_filled=True, withdrawn_at=None)
    for row in Relationship.objects.exclude(last_conversation_on=None).select_related("school"):
        newest = counted.filter(school=row.school).order_by("-conversation__date").first()
        assert row.last_conversation_on == newest.conversation.date


def test_millbrook_has_two_years_of_judgements_shared_and_answered(loaded):
    school = School.objects.get(urn=MILLBROOK)
    assert school.name == "Millbrook Junior School"
    versions = PartVersion.objects.filter(part__school=school).order_by("shared_at")
    first, second = versions
    assert [row["was_level"] for row in second.content["judgements"]] == [2, 4, 2, 1, 1, 1, 2, 3, 1]
    assert [row["level"] for row in second.content["judgements"]] == [3, 4, 2, 2, 3, 1, 2, 3, 2]
    assert [each.kind for each in Response.objects.filter(version__part__school=school).order_by("at")] == [
        "accurate",
        "not_accurate",
    ]
    assert first.part.released_at is not None
    assert second.part.released_at is None


def test_somebody_new_sees_files_in_a_section_and_reminders_that_were_sent(loaded):
    files = PlanFile.objects.filter(section__plan__school__urn=MILLBROOK)
    assert {(each.section.key, each.kind, each.consent) for each in files} == {
        ("events", "png", "nobody"),
        ("lessons", "pdf", ""),
    }
    assert all(each.file.size == each.size for each in files)
    adopted = PlanVersion.objects.get(plan__school__urn=MILLBROOK, why="adopted")
    assert adopted.files.count() == 2, "what was adopted was frozen with them"
    manager = User.objects.get(email="manager@demo.example")
    sent = PlanReminder.objects.visible_to(manager)
    assert {each.about for each in sent} == {"plan", "summary"}
    assert all(each.sent_at and not each.has_failed for each in sent)
    entries = TimelineEntry.objects.visible_to(manager).filter(source__in=[each.timeline_source for each in sent])
    assert entries.count() == len(sent) > 5


def test_somebody_new_sees_a_plan_of_each_kind_of_school(loaded):
    manager = User.objects.get(email="manager@demo.example")
    plans = Plan.objects.visible_to(manager).select_related("school__type")
    asked = {kind for plan in plans for kind in settings_of(plan.school)}
    assert {Setting.PRIMARY, Setting.SECONDARY, Setting.SPECIAL, Setting.POST_16, Setting.NURSERY} <= asked
    special = next(each for each in plans if Setting.SPECIAL in settings_of(each.school) and each.versions.exists())
    assert special.versions.get().answers["curriculum"]["groups-0-group"] == "Explore"


def test_each_part_people_read_is_theirs(loaded):
    trust = User.objects.get(email="trust@demo.example")
    parts = ConversationPart.objects.visible_to(trust)
    assert parts.exists()
    assert not parts.filter(released_at=None).exists()
    funder = User.objects.get(email="funder@demo.example")
    assert not ConversationPart.objects.visible_to(funder).exists()


def test_plain_sql_counts_every_figure_of_the_dashboards(loaded, client):
    for hub in Hub.objects.filter(areas__ends_on=None).distinct():
        manager = User.objects.filter(memberships__hub=hub, memberships__role=Role.HUB_MANAGER).first()
        client.force_login(manager)
        check_dashboard(client, hub)


def test_same_seed_and_day_make_the_same_words(loaded):
    on = today()
    first = digest()
    with transaction.atomic():
        sid = transaction.savepoint()
        wipe()
        load(on=on)
        assert digest() == first
        transaction.savepoint_rollback(sid)


def wipe() -> None:
    """Empty the demo's tables inside the test's transaction."""
    tables = [
        model._meta.db_table
        for app in ("accounts", "account", "schools", "engagement", "kit")
        for model in apps.get_app_config(app).get_models()
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")


def digest() -> str:
    """A fingerprint of schools, words and levels."""
    lines = [str(row) for row in School.objects.order_by("urn").values_list("urn", "name", "pupils", "easting")]
    lines += [
        str(row)
        for row in ConversationPart.objects.filter(conversation__state="logged")
        .order_by("school__urn", "conversation__date", "summary")
        .values_list("uuid", "school__urn", "conversation__date", "summary", "conversation__private_notes")
    ]
    judged = Judgement.objects.order_by("part__uuid", "criterion__code")
    lines += [str(row) for row in judged.values_list("criterion__code", "agreed_level", "evidence")]
    lines += [str(row) for row in AgreedAction.objects.order_by("uuid").values_list("uuid", "what", "state", "due_on")]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_load_demo_refuses_outside_demo_mode(db, monkeypatch):
    monkeypatch.setattr(settings, "DEMO", False)
    before = User.objects.count()
    with pytest.raises(CommandError, match="This is not a demo"):
        call_command("load_demo")
    assert User.objects.count() == before
