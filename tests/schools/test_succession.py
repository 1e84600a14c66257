"""What a hub holds for a school goes over to the school that follows it, and comes back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from engagement.actions import attempts, conversations
from engagement.actions.entries import Entry, PartEntry
from engagement.models import AgreedAction, Attempt, ConversationPart
from schools.access import today
from schools.actions import contacts, dated_facts, handovers, relationships, successions
from schools.models import (
    Commission,
    Contact,
    DatedFact,
    EngagementYear,
    Hub,
    HubArea,
    Invitation,
    Membership,
    Relationship,
    School,
    SchoolIdentifier,
    Succession,
    TimelineEntry,
)
from schools.roles import Role
from schools.succession import holdings
from tests import factories as make
from tests.cast import Cast
from tests.engagement.factories import make_conversation, make_draft

pytestmark = pytest.mark.django_db

ROOMS = ("kit", "schools", "engagement", "reports")
OPENED = today() - timedelta(days=2)


def every_row() -> dict[str, list[dict[str, Any]]]:
    """Everything that stands in the database but the successions, what the timeline says of them, and histories."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in ROOMS or model.__name__.endswith("Event") or model is Succession:
            continue
        rows = model._base_manager.order_by("pk")
        if model is TimelineEntry:
            rows = rows.exclude(source__startswith="succession:")
        found[model._meta.label] = list(rows.values())
        if model is EngagementYear:  # worked out anew each time, under keys of its own
            rows = rows.order_by("hub", "school", "year")
            found[model._meta.label] = [{**row, "id": None} for row in rows.values()]
    return found


@pytest.fixture
def academy(cast: Cast) -> School:
    """The school that Millbrook became the day before yesterday."""
    close = {"status": School.Status.CLOSED, "close_date": OPENED - timedelta(days=1)}
    School.objects.filter(pk=cast.millbrook.pk).update(**close)
    cast.millbrook.refresh_from_db()
    return make.make_school("Millbrook Academy", hub=cast.hub, open_date=OPENED)


@pytest.fixture
def succession(cast: Cast, academy: School) -> Succession:
    return make.make_succession(hub=cast.hub, predecessor=cast.millbrook, successor=academy)


def held_at(school: School) -> dict[str, int]:
    """How many rows of each kind stand at a school."""
    return {
        "contacts": Contact.objects.filter(school=school).count(),
        "dated_facts": DatedFact.objects.filter(school=school).count(),
        "memberships": Membership.objects.filter(school=school, ends_on=None).count(),
        "invitations": Invitation.objects.filter(school=school).count(),
        "commissions": Commission.objects.filter(school=school, ends_on=None).count(),
        "parts": ConversationPart.objects.filter(school=school).count(),
        "actions": AgreedAction.objects.filter(school=school).count(),
        "attempts": Attempt.objects.filter(school=school).count(),
        "timeline": TimelineEntry.objects.filter(school=school).exclude(kind="register").count(),
    }


NOTHING = dict.fromkeys(
    (
        "contacts",
        "dated_facts",
        "memberships",
        "invitations",
        "commissions",
        "parts",
        "actions",
        "attempts",
        "timeline",
    ),
    0,
)


def apply(succession: Succession, by: Any, how: str = "move", **more: Any) -> Succession:
    return successions.apply(succession=succession, how=how, by=by, **more)


def who_is(contact: Contact) -> list[int]:
    """The contact, and those that were merged into it."""
    return sorted([contact.pk, *Contact.with_merged.filter(merged_into=contact).values_list("pk", flat=True)])


def dates_of(cast: Cast, school: School) -> tuple:
    row = Relationship.objects.get(hub=cast.hub, school=school)
    return row.owner_id, row.last_conversation_on, row.last_attempt_on, row.next_conversation_on


# --- Moving ------------------------------------------------------------------------------------------------------


def test_move_takes_everything_over(cast: Cast, academy: School, succession: Succession) -> None:
    before, dates = held_at(cast.millbrook), dates_of(cast, cast.millbrook)
    assert min(before.values()) > 0
    done = apply(succession, cast["hub_officer"], note="As agreed with the head.")
    assert (done.state, done.how, done.decided_by, done.note) == (
        "applied", "move", cast["hub_officer"], "As agreed with the head.",
    )  # fmt: skip
    assert held_at(academy) == before
    assert held_at(cast.millbrook) == NOTHING
    assert dates_of(cast, academy) == dates
    assert dates_of(cast, cast.millbrook) == (None, None, None, None)


def test_both_timelines_say_so_to_the_hub(cast: Cast, academy: School, succession: Succession) -> None:
    apply(succession, cast["hub_officer"])
    successions.undo(succession=succession, by=cast["hub_manager"])
    said = TimelineEntry.objects.filter(source__startswith="succession:").order_by("at", "pk")
    old, new = cast.millbrook, academy
    assert [(each.school, each.heading, each.detail, each.audience) for each in said] == [
        (old, "Our records went over to Millbrook Academy", f"URN {new.urn} · Hub Officer", "hub"),
        (new, "Our records came over from Millbrook Junior School", f"URN {old.urn} · Hub Officer", "hub"),
        (old, "Our records came back from Millbrook Academy", f"URN {new.urn} · Hub Manager", "hub"),
        (new, "Our records went back to Millbrook Junior School", f"URN {old.urn} · Hub Manager", "hub"),
    ]


def test_history_keeps_every_decision(cast: Cast, succession: Succession) -> None:
    apply(succession, cast["hub_officer"])
    successions.undo(succession=succession, by=cast["hub_officer"])
    apply(succession, cast["hub_officer"])
    events = apps.get_model("schools", "SuccessionEvent").objects.filter(pgh_obj=succession).order_by("pgh_id")
    assert list(events.values_list("state", flat=True)) == ["proposed", "applied", "undone", "applied"]


def test_undo_and_redo_come_back_to_every_row(cast: Cast, academy: School, succession: Succession) -> None:
    relationships.set_owner(hub=cast.hub, school=cast.millbrook, owner=cast["hub_officer"], by=cast["hub_officer"])
    before = every_row()
    apply(succession, cast["hub_officer"])
    moved = every_row()
    assert moved != before
    successions.undo(succession=succession, by=cast["hub_officer"])
    assert every_row() == before
    apply(succession, cast["hub_officer"])
    again = every_row()
    for name in ("schools.Relationship", "schools.SchoolIdentifier"):  # rows that are made anew have another key
        for rows in (moved[name], again[name]):
            for row in rows:
                row.pop("id")
    assert again == moved
    successions.undo(succession=succession, by=cast["hub_officer"])
    assert every_row() == before
    succession.refresh_from_db()
    assert succession.moved == []


def test_undo_leaves_what_came_later(cast: Cast, academy: School, succession: Succession) -> None:
    before = held_at(cast.millbrook)
    apply(succession, cast["hub_officer"])
    later = make_conversation(academy, by=cast["hub_manager"], summary="After the move.")
    newcomer = contacts.create(hub=cast.hub, school=academy, by=cast["hub_officer"], name="Ann New")
    head = cast.contacts["head"]
    Contact.objects.filter(pk=head.pk).update(job_title="Executive head")
    successions.undo(succession=succession, by=cast["hub_officer"])
    assert held_at(cast.millbrook) == before
    head.refresh_from_db()
    assert (head.school, head.job_title) == (cast.millbrook, "Executive head")
    newcomer.refresh_from_db()
    assert newcomer.school == academy
    assert later.parts.get().school == academy
    assert dates_of(cast, academy)[1] == today()
    succession.refresh_from_db()
    assert (succession.state, succession.moved) == ("undone", [])


def test_undo_leaves_an_owner_whom_somebody_chose_since(cast: Cast, academy: School, succession: Succession) -> None:
    apply(succession, cast["hub_officer"])
    relationships.set_owner(hub=cast.hub, school=academy, owner=cast["hub_manager"], by=cast["hub_manager"])
    successions.undo(succession=succession, by=cast["hub_officer"])
    assert dates_of(cast, academy)[0] == cast["hub_manager"].pk
    assert dates_of(cast, cast.millbrook)[0] == cast["hub_officer"].pk


def test_undo_leaves_an_invitation_that_was_accepted_since(cast: Cast, academy: School, succession: Succession) -> None:
    apply(succession, cast["hub_officer"])
    invitation = cast.invitations["school"]
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now())
    successions.undo(succession=succession, by=cast["hub_officer"])
    invitation.refresh_from_db()
    succession.refresh_from_db()
    assert invitation.school == academy
    assert [(each["kind"], each["rows"]) for each in succession.moved] == [("invitations", [invitation.pk])]


def test_undo_lets_rows_stay_for_which_there_is_no_room_any_more(
    cast: Cast, academy: School, succession: Succession
) -> None:
    apply(succession, cast["hub_officer"])
    head = cast.contacts["head"]
    twin = make.make_contact(head.name, hub=cast.hub, school=cast.millbrook, email=head.email.upper())
    again = make.make_membership(cast["school_editor"], Role.SCHOOL_EDITOR, cast.millbrook)
    successions.undo(succession=succession, by=cast["hub_officer"])
    succession.refresh_from_db()
    stayed = {each["kind"]: each["rows"] for each in succession.moved}
    assert stayed == {"contacts": who_is(head), "memberships": [cast.memberships["school_editor"].pk]}
    head.refresh_from_db()
    assert (head.school, twin.school, again.school) == (academy, cast.millbrook, cast.millbrook)


# --- Where there is no room ----------------------------------------------------------------------------------------


def test_contact_known_at_both_schools_stays_a_contact_at_each(
    cast: Cast, academy: School, succession: Succession
) -> None:
    head = cast.contacts["head"]
    twin = make.make_contact(head.name, hub=cast.hub, school=academy, email=head.email.upper())
    merged = make.make_contact("R. Teasel", hub=cast.hub, school=cast.millbrook, merged_into=head)
    done = apply(succession, cast["hub_officer"])
    stayed = {each["kind"]: each["rows"] for each in done.moved if each["did"] == "stayed"}
    assert stayed == {"contacts": who_is(head)}
    assert merged.pk in who_is(head)
    head.refresh_from_db()
    assert (head.school, twin.school) == (cast.millbrook, academy)
    assert {each.name for each in Contact.objects.filter(school=academy)} == {
        twin.name,
        cast.contacts["music_lead"].name,
    }


def test_meeting_of_both_schools_keeps_a_part_for_each(cast: Cast, succession: Succession) -> None:
    """Millbrook and Ashby met the hub together, then Millbrook became a part of Ashby."""
    merger = make.make_succession(hub=cast.hub, predecessor=cast.millbrook, successor=cast.ashby, basis="merged")
    both = cast.conversations["both"]
    entry = f"conversation:{cast.part('both').uuid}"
    before = every_row()
    done = apply(merger, cast["hub_officer"])
    assert both.parts.count() == 2
    assert both.parts.get(school=cast.millbrook) == cast.part("both", cast.millbrook)
    stayed = {each["kind"]: len(each["rows"]) for each in done.moved if each["did"] == "stayed"}
    assert stayed == {"conversations": 1, "actions": 1, "introductions": 1}, "each is between the two"
    assert TimelineEntry.objects.get(source=entry).school == cast.millbrook
    assert AgreedAction.objects.get(part=cast.part("both", cast.millbrook)).school == cast.millbrook
    successions.undo(succession=merger, by=cast["hub_officer"])
    assert every_row() == before


def test_role_held_at_both_schools_ends_at_the_old_one(cast: Cast, academy: School, succession: Succession) -> None:
    before = cast.memberships["school_leader"]
    here = make.make_membership(cast["school_leader"], Role.SCHOOL_LEADER, academy)
    rows = every_row()
    apply(succession, cast["hub_officer"])
    before.refresh_from_db()
    assert (before.school, before.ends_on, before.ended_by) == (cast.millbrook, today(), cast["hub_officer"])
    assert Membership.objects.get(user=cast["school_leader"], ends_on=None) == here
    successions.undo(succession=succession, by=cast["hub_officer"])
    assert every_row() == rows


def test_owner_of_the_successor_stays(cast: Cast, academy: School, succession: Succession) -> None:
    relationships.set_owner(hub=cast.hub, school=academy, owner=cast["hub_manager"], by=cast["hub_manager"])
    done = apply(succession, cast["hub_officer"])
    assert dates_of(cast, academy)[0] == cast["hub_manager"].pk
    assert dates_of(cast, cast.millbrook)[0] == cast["hub_officer"].pk
    assert "relationships" in {each["kind"] for each in done.moved if each["did"] == "stayed"}


def test_roles_and_commissions_that_ended_stay_with_the_school_they_were_held_in(
    cast: Cast, academy: School, succession: Succession
) -> None:
    ended = Membership.objects.get(user=cast["former_person"], school=cast.millbrook)
    drums = Commission.objects.get(purpose="Drums")
    apply(succession, cast["hub_officer"])
    ended.refresh_from_db()
    drums.refresh_from_db()
    assert (ended.school, drums.school) == (cast.millbrook, cast.millbrook)


# --- Copying -------------------------------------------------------------------------------------------------------


def test_copy_leaves_conversations_where_they_were(cast: Cast, academy: School, succession: Succession) -> None:
    before, dates = held_at(cast.millbrook), dates_of(cast, cast.millbrook)
    apply(succession, cast["hub_officer"], how="copy")
    assert held_at(cast.millbrook) == before
    assert dates_of(cast, cast.millbrook) == dates
    copied = {name: before[name] for name in ("contacts", "memberships", "timeline")}
    copied["dated_facts"] = before["dated_facts"] - 1  # not what is struck out
    assert held_at(academy) == NOTHING | copied
    assert dates_of(cast, academy) == (cast["hub_officer"].pk, None, None, None)
    assert not SchoolIdentifier.objects.filter(school=academy).exclude(urn=academy.urn).exists()


def test_copied_timeline_is_the_hubs_and_says_where_it_was(cast: Cast, academy: School, succession: Succession) -> None:
    apply(succession, cast["hub_officer"], how="copy")
    entries = TimelineEntry.objects.filter(school=academy).exclude(source__startswith="succession:")
    assert {each.audience for each in entries} == {"hub"}
    assert {each.detail.split(" · ")[0] for each in entries} == {"At Millbrook Junior School"}
    assert {each.url for each in entries} == {
        each.url
        for each in TimelineEntry.objects.filter(school=cast.millbrook).exclude(source__startswith="succession:")
    }


def test_undoing_a_copy_takes_the_copies_away(cast: Cast, academy: School, succession: Succession) -> None:
    before = every_row()
    apply(succession, cast["hub_officer"], how="copy")
    successions.undo(succession=succession, by=cast["hub_officer"])
    assert every_row() == before


def test_fact_recorded_of_both_schools_stays_with_its_entry(
    cast: Cast, academy: School, succession: Succession
) -> None:
    row = cast.dated_facts["artsmark"]
    dated_facts.write_timeline(row)
    twin = make.make_dated_fact(hub=cast.hub, school=academy, by=cast["hub_officer"])
    done = apply(succession, cast["hub_officer"])
    assert [each["rows"] for each in done.moved if each["did"] == "stayed" and each["kind"] == "dated_facts"] == [
        [row.pk]
    ]
    assert set(DatedFact.objects.filter(school=academy)) == {
        twin, cast.dated_facts["struck"], cast.dated_facts["teaching"],
    }  # fmt: skip
    assert TimelineEntry.objects.get(source=row.timeline_source).school == cast.millbrook


def test_copy_that_somebody_worked_on_stays(cast: Cast, academy: School, succession: Succession) -> None:
    apply(succession, cast["hub_officer"], how="copy")
    head, lead = Contact.objects.filter(school=academy).order_by("pk")
    contacts.edit(contact=head, by=cast["hub_officer"], phone="01632 960999")
    attempts.log(school=academy, how="call", contact=lead, by=cast["hub_officer"])
    successions.undo(succession=succession, by=cast["hub_officer"])
    assert set(Contact.objects.filter(school=academy)) == {head, lead}
    succession.refresh_from_db()
    assert {each["kind"]: each["rows"] for each in succession.moved} == {"contacts": [head.pk, lead.pk]}


# --- Who may, and what is refused ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "role", ["hub_viewer", "partner_officer", "school_leader", "other_hub_manager", "administrator"]
)
@pytest.mark.parametrize(
    "act",
    [
        lambda row, by: successions.apply(succession=row, how="move", by=by),
        lambda row, by: successions.undo(succession=row, by=by),
        lambda row, by: successions.dismiss(succession=row, by=by),
        lambda row, by: successions.begin(hub=row.hub, predecessor=row.predecessor, successor=row.successor, by=by),
    ],
)
def test_only_managers_and_officers_of_the_hub_decide(
    cast: Cast, succession: Succession, role: str, act: Callable
) -> None:
    before = every_row()
    with pytest.raises(ValidationError, match="managers and officers of Exampleshire Music Hub"):
        act(succession, cast[role])
    assert every_row() == before


def test_nothing_goes_to_a_school_in_another_hubs_area(cast: Cast) -> None:
    away = make.make_succession(hub=cast.hub, predecessor=cast.millbrook, successor=cast.other_school)
    before = every_row()
    with pytest.raises(ValidationError, match="is not in the area of Exampleshire Music Hub"):
        apply(away, cast["hub_officer"])
    with pytest.raises(ValidationError, match="is not in the area of Exampleshire Music Hub"):
        successions.begin(hub=cast.hub, predecessor=cast.millbrook, successor=cast.other_school, by=cast["hub_officer"])
    assert every_row() == before


def test_people_of_a_school_in_another_hubs_area_stay_there(cast: Cast, academy: School) -> None:
    """Exampleshire once wrote down a contact at a school that Samplefolk covers now: that goes over, nothing else."""
    contact = make.make_contact("Known of old", hub=cast.hub, school=cast.other_school)
    row = make.make_succession(hub=cast.hub, predecessor=cast.other_school, successor=academy)
    apply(row, cast["hub_officer"])
    contact.refresh_from_db()
    assert contact.school == academy
    assert held_at(academy) == NOTHING | {"contacts": 1}


def test_applying_twice_undoing_twice_and_dismissing_what_is_applied_are_refused(
    cast: Cast, succession: Succession
) -> None:
    with pytest.raises(ValidationError, match="not applied"):
        successions.undo(succession=succession, by=cast["hub_officer"])
    apply(succession, cast["hub_manager"])
    with pytest.raises(ValidationError, match="done already, by Hub Manager"):
        apply(succession, cast["hub_officer"])
    with pytest.raises(ValidationError, match="Undo that first"):
        successions.dismiss(succession=succession, by=cast["hub_officer"])
    successions.undo(succession=succession, by=cast["hub_officer"])
    with pytest.raises(ValidationError, match="not applied"):
        successions.undo(succession=succession, by=cast["hub_officer"])


def test_records_go_over_to_one_school_at_a_time(cast: Cast, academy: School, succession: Succession) -> None:
    apply(succession, cast["hub_officer"])
    with pytest.raises(ValidationError, match="went over to Millbrook Academy. Undo that first"):
        second = make.make_succession(hub=cast.hub, predecessor=cast.millbrook, successor=cast.ashby)
        apply(second, cast["hub_officer"])
    apply(second, cast["hub_officer"], how="copy")


def test_chain_goes_on_and_is_undone_from_its_end(cast: Cast, academy: School, succession: Succession) -> None:
    before = every_row()
    apply(succession, cast["hub_officer"])
    third = make.make_school("Millbrook All Through", hub=cast.hub)
    on = make.make_succession(hub=cast.hub, predecessor=academy, successor=third)
    apply(on, cast["hub_officer"])
    numbers = SchoolIdentifier.objects.filter(school=third).values_list("urn", flat=True)
    assert set(numbers) == {cast.millbrook.urn, academy.urn, third.urn}
    with pytest.raises(ValidationError, match="gone on to Millbrook All Through since"):
        successions.undo(succession=succession, by=cast["hub_officer"])
    back = make.make_succession(hub=cast.hub, predecessor=third, successor=cast.millbrook)
    with pytest.raises(ValidationError, match="Undo that instead"):
        apply(back, cast["hub_officer"])
    successions.undo(succession=on, by=cast["hub_officer"])
    successions.undo(succession=succession, by=cast["hub_officer"])
    after = every_row()
    for rows in (before, after):  # the third school was made in between
        rows["schools.School"] = [row for row in rows["schools.School"] if row["id"] != third.pk]
        rows["schools.SchoolIdentifier"] = [r for r in rows["schools.SchoolIdentifier"] if r["school_id"] != third.pk]
    assert after == before


def area_moves(cast: Cast, to: Hub) -> None:
    """The authority of the schools goes over to another hub today."""
    authority = cast.millbrook.authority
    HubArea.objects.filter(authority=authority, ends_on=None).update(ends_on=today())
    HubArea.objects.create(hub=to, authority=authority, starts_on=today())


@pytest.mark.parametrize("how", ["move", "copy"])
def test_undo_is_refused_once_another_hub_has_the_school(
    cast: Cast, academy: School, succession: Succession, how: str
) -> None:
    """Its people, and what was shared with them, would leave the other hub's school for one that has closed."""
    apply(succession, cast["hub_officer"], how=how)
    area_moves(cast, cast.other_hub)
    given = {"school": academy, "giver": cast.hub, "with_history": True, "by": cast["hub_manager"]}
    handovers.accept(handover=handovers.offer(**given), by=cast["other_hub_manager"])
    before = every_row()
    with pytest.raises(ValidationError, match="Millbrook Academy is in the area of Quillfeather Music Hub now"):
        successions.undo(succession=succession, by=cast["hub_officer"])
    assert every_row() == before
    succession.refresh_from_db()
    assert succession.state == "applied"


def test_undo_is_possible_where_no_hub_has_the_school(cast: Cast, academy: School, succession: Succession) -> None:
    """The hub's area ended and no other began: the records are nobody else's yet."""
    before = held_at(cast.millbrook)
    apply(succession, cast["hub_officer"])
    HubArea.objects.filter(authority=academy.authority).update(ends_on=today())
    successions.undo(succession=succession, by=cast["hub_officer"])
    assert held_at(cast.millbrook) == before


def test_a_failure_half_way_leaves_everything_as_it_was(cast: Cast, succession: Succession, monkeypatch) -> None:
    before = every_row()

    def fail(*args: Any) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(successions, "refresh", fail)
    with pytest.raises(RuntimeError):
        apply(succession, cast["hub_officer"])
    succession.refresh_from_db()
    assert (succession.state, every_row()) == ("proposed", before)


def test_move_costs_the_same_for_few_and_many_rows(cast: Cast, academy: School, succession: Succession) -> None:
    with CaptureQueriesContext(connection) as few:
        apply(succession, cast["hub_officer"])
    successions.undo(succession=succession, by=cast["hub_officer"])
    for number in range(3):
        make_conversation(cast.millbrook, by=cast["hub_officer"], on=OPENED - timedelta(days=9 + number))
        make.make_contact(hub=cast.hub, school=cast.millbrook)
    with CaptureQueriesContext(connection) as many:
        apply(succession, cast["hub_officer"])
    assert len(many) == len(few)
    # Three for each kind of thing that is held, fifteen for the dates and years of each of the two schools (one of them
    # for the support given), and what one kind needs beyond.
    assert len(few) <= 26 + 2 * 15 + 3 * len(holdings())


# --- A person's word -----------------------------------------------------------------------------------------------


def test_begin_makes_a_proposal_and_dismisses_the_wrong_one(
    cast: Cast, academy: School, succession: Succession
) -> None:
    chosen = successions.begin(
        hub=cast.hub, predecessor=cast.millbrook, successor=cast.ashby, by=cast["hub_officer"], instead=succession
    )
    succession.refresh_from_db()
    assert (chosen.basis, chosen.state, chosen.is_preticked) == ("person", "proposed", False)
    assert (succession.state, succession.note) == ("dismissed", "Not Millbrook Academy: Ashby High School.")
    again = successions.begin(hub=cast.hub, predecessor=cast.millbrook, successor=academy, by=cast["hub_officer"])
    assert again == succession
    apply(again, cast["hub_officer"])


def test_begin_refuses_the_same_school_and_anothers_proposal(cast: Cast, academy: School) -> None:
    with pytest.raises(ValidationError, match="does not become itself"):
        successions.begin(hub=cast.hub, predecessor=academy, successor=academy, by=cast["hub_officer"])
    with pytest.raises(ValidationError, match="about another school"):
        successions.begin(
            hub=cast.hub, predecessor=cast.millbrook, successor=academy, by=cast["hub_officer"],
            instead=cast.successions["ashby"],
        )  # fmt: skip


# --- What people meet afterwards -----------------------------------------------------------------------------------


def signed_in(cast: Cast, role: str) -> Client:
    client = Client()
    client.force_login(cast[role])
    return client


def test_head_lands_on_the_new_school_and_reads_what_was_shared(
    cast: Cast, academy: School, succession: Succession
) -> None:
    part = reverse("engagement:part-detail", args=[cast.part("shared").uuid])
    apply(succession, cast["hub_officer"])
    head = signed_in(cast, "school_leader")
    home = head.get(reverse("engagement:school-home"))
    assert home.context["school"] == academy
    assert head.get(part).status_code == 200
    moved = head.get(cast.millbrook.get_absolute_url())
    assert (moved.status_code, moved["Location"]) == (302, academy.get_absolute_url())
    assert head.get(f"{cast.millbrook.get_absolute_url()}?former=1")["Location"] == academy.get_absolute_url()
    assert signed_in(cast, "school_viewer").get(part).status_code == 404  # not released


def test_link_without_an_account_goes_on_to_work(cast: Cast, academy: School, succession: Succession) -> None:
    address = reverse("engagement:link-open", args=[cast.tokens["shared"]])
    before = Client().get(address)
    apply(succession, cast["hub_officer"])
    after = Client().get(address)
    assert (after.status_code, after.request["PATH_INFO"]) == (before.status_code, before.request["PATH_INFO"])
    assert after.templates[0].name == before.templates[0].name


def test_trust_reads_nothing_from_before_the_new_school_joined(
    cast: Cast, academy: School, succession: Succession
) -> None:
    part = reverse("engagement:part-detail", args=[cast.part("released").uuid])
    trust = make.make_trust("Three Ferries", schools=(academy,), joined_on=OPENED)
    client = Client()
    client.force_login(make.make_person(Role.TRUST_LEADER, trust))
    apply(succession, cast["hub_officer"])
    assert client.get(part).status_code == 404
    page = client.get(academy.get_absolute_url())
    assert page.status_code == 200
    since = [each["heading"] for each in page.context["entries"]]
    # What was made today, when the new school had joined, and is for the trust as for the school.
    assert since == ["Plan kept elsewhere, 2025 to 2027: adopted", "Public summary of the plan published"]


def test_partner_works_on_at_the_new_school(cast: Cast, academy: School, succession: Succession) -> None:
    apply(succession, cast["hub_officer"])
    partner = signed_in(cast, "partner_officer")
    assert partner.get(cast.millbrook.get_absolute_url())["Location"] == academy.get_absolute_url()
    page = partner.get(academy.get_absolute_url())
    assert page.status_code == 200
    entry = next(each for each in page.context["entries"] if each["heading"].startswith("Our records came over"))
    assert entry["url"] == ""


def test_call_of_last_friday_can_be_logged_at_the_new_school(
    cast: Cast, academy: School, succession: Succession
) -> None:
    before = OPENED - timedelta(days=3)
    officer = cast["hub_officer"]

    def log(on: date) -> None:
        draft = make_draft(academy, by=officer)
        entry = Entry(date=on, parts={draft.parts.get().uuid: PartEntry(summary="We spoke.")})
        conversations.log(conversation=draft, entry=entry, by=officer)

    with pytest.raises(ValidationError, match="Millbrook Academy opened on"):
        log(before)
    apply(succession, officer)
    log(before)
    with pytest.raises(ValidationError, match="opened under its former name on 1 September 1990"):
        log(date(1990, 8, 31))
    contacts.end(contact=Contact.objects.filter(school=academy).first(), left_on=before, by=officer)


def test_former_number_finds_both_schools_and_leads_to_the_new_one(
    cast: Cast, academy: School, succession: Succession
) -> None:
    officer = signed_in(cast, "hub_officer")
    found = reverse("schools:school-list", query={"q": cast.millbrook.urn})
    old = cast.millbrook.get_absolute_url()
    assert officer.get(old).status_code == 200
    apply(succession, cast["hub_officer"])
    rows = officer.get(found).context["table"].page.object_list
    assert {row.record for row in rows} == {academy, cast.millbrook}
    answer = officer.get(old)
    assert (answer.status_code, answer["Location"]) == (302, academy.get_absolute_url())
    page = officer.get(f"{old}?former=1")
    assert page.status_code == 200
    assert "Now known as" in page.content.decode()
    assert f'{old}?former=1"' in officer.get(academy.get_absolute_url()).content.decode()
    identifier = SchoolIdentifier.objects.get(school=academy, urn=cast.millbrook.urn)
    assert (identifier.valid_from, identifier.valid_to) == (cast.millbrook.open_date, OPENED)
    successions.undo(succession=succession, by=cast["hub_officer"])
    assert officer.get(old).status_code == 200
    rows = officer.get(found).context["table"].page.object_list
    assert [row.record for row in rows] == [cast.millbrook]


def test_other_hubs_people_learn_nothing(cast: Cast, academy: School, succession: Succession) -> None:
    apply(succession, cast["hub_officer"])
    stranger = signed_in(cast, "other_hub_manager")
    for address in (
        cast.millbrook.get_absolute_url(),
        academy.get_absolute_url(),
        reverse("schools:succession-detail", args=[succession.uuid]),
        reverse("schools:succession-undo", args=[succession.uuid]),
        reverse("schools:succession-choose", args=[succession.uuid]),
    ):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address).status_code in (404, 405)
    assert "Millbrook" not in stranger.get(reverse("schools:succession-list") + "?state=all").content.decode()


def test_a_second_hubs_records_keep_the_former_number(cast: Cast, academy: School, succession: Succession) -> None:
    """The area was another hub's before: that hub's records went over too. The number leads on while either has."""
    elsewhere = make.make_hub("Once Music Hub", authority=make.make_authority())
    make.make_area(hub=elsewhere, authority=cast.hub.authority, starts_on=date(2015, 9, 1), ends_on=date(2019, 9, 1))
    make.make_succession(hub=elsewhere, predecessor=cast.millbrook, successor=academy, state="applied", how="move")
    apply(succession, cast["hub_officer"])
    successions.undo(succession=succession, by=cast["hub_officer"])
    assert SchoolIdentifier.objects.filter(school=academy, urn=cast.millbrook.urn).exists()
