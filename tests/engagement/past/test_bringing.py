"""What a file brings in, what it leaves out and why, and how it is taken out again."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from engagement.actions import attempts, conversations, past
from engagement.actions.entries import Entry, PartEntry
from engagement.models import Attempt, Conversation, ConversationPart, Participant, PastImport, SupportGiven
from engagement.permissions import can_share_part
from engagement.why import why_of
from hubportal.kit.wording import academic_year, long_date
from schools.access import today
from schools.models import EngagementYear, Relationship, School, TimelineEntry
from smdp.models import PlanElsewhere
from tests.engagement.factories import make_conversation, make_officer
from tests.engagement.past.files import (
    CONTACTS,
    answered,
    brought,
    checked,
    csv_of,
    outcomes,
    place_of,
    told,
    undone,
    uploaded,
    worked,
    xlsx_of,
)
from tests.factories import make_contact, make_hub, make_school

Phase = PastImport.Phase
THIS = academic_year(today())
THEN = date(THIS - 1, 11, 12)  # a day of last academic year


def line(school: School, on: object = THEN, how: str = "School visit", **cells: str) -> list:
    values = {"URN": school.urn, "Date": on, "How": how} | {
        key.replace("_", " "): value for key, value in cells.items()
    }
    return [values.get(heading, "") for heading in CONTACTS]


def status(school: School, user) -> str:
    return School.objects.with_engagement(user).get(pk=school.pk).engagement


def test_contacts_become_records_of_their_day_and_count(hub, manager, millbrook, ashby):
    amira, head = make_officer(hub), make_contact("Ruth Pell", hub=hub, school=millbrook)
    imported = checked(
        xlsx_of(
            CONTACTS,
            line(millbrook, Whom_we_met="Ruth Pell", Their_role="Head", Officer="Amira Okafor", Notes="Sang \n daily"),
            line(ashby, today() - timedelta(days=1), "Phone call", Kind_of_conversation="SMDP review"),
        ),
        hub=hub,
        by=manager,
        name="visits.xlsx",
    )
    assert (imported.phase, outcomes(imported)) == (Phase.SHOWN, [(2, "new", ""), (3, "new", "")])
    assert not Conversation.objects.exists()
    assert not EngagementYear.objects.exists()
    assert not Relationship.objects.exists()
    assert sorted(imported.changes.pop("now")) == [["never", "engaged", 1], ["never", "lapsed", 1]]
    assert imported.changes == {
        "years": [[THIS, 0, 1], [THIS - 1, 0, 1]],
        "schools": [
            [ashby.urn, ashby.name, "never", "engaged", [THIS]],
            [millbrook.urn, millbrook.name, "never", "lapsed", [THIS - 1]],
        ],
        "number": 2,
    }
    imported = brought(imported, by=manager)
    assert imported.phase == Phase.BROUGHT
    first, second = Conversation.objects.order_by("date")
    assert (first.date, first.how, first.kind, first.author, first.state) == (
        THEN,
        "visit",
        "catch_up",
        amira,
        "logged",
    )
    assert first.private_notes == "Sang daily"
    assert (second.how, second.kind, second.author) == ("call", "plan_review", manager)
    people = Participant.objects.filter(conversation=first).values_list("side", "name", "job_title", "user", "contact")
    assert list(people) == [
        ("hub", "Amira Okafor", "", amira.pk, None),
        ("school", "Ruth Pell", "Head", None, head.pk),
    ]
    assert (status(millbrook, manager), status(ashby, manager)) == ("lapsed", "engaged")
    entry = TimelineEntry.objects.get(school=millbrook)
    assert (entry.detail, entry.audience) == (
        "Visit · Amira Okafor with Ruth Pell · imported from visits.xlsx",
        TimelineEntry.Audience.HUB,
    )
    row = Relationship.objects.get(school=millbrook)
    assert (row.last_counted_on, row.due_because) == (THEN, "cadence")
    assert not can_share_part(manager, first.parts.get())
    assert mail.outbox == []
    assert not imported.file


def test_bringing_in_twice_brings_in_once(hub, manager, millbrook):
    imported = checked(csv_of(CONTACTS, line(millbrook)), hub=hub, by=manager)
    past.bring(imported=imported, by=manager)
    with pytest.raises(ValidationError):
        past.bring(imported=imported, by=manager)
    worked(imported)
    worked(imported)
    assert Conversation.objects.count() == 1
    again = checked(csv_of(CONTACTS, line(millbrook)), hub=hub, by=manager)
    assert outcomes(again) == [(2, "same", "Such a contact on that day is recorded.")]
    assert again.counts["new"] == 0
    with pytest.raises(ValidationError):
        past.bring(imported=again, by=manager)


def test_what_somebody_recorded_meanwhile_is_left_out(hub, manager, millbrook, ashby):
    imported = checked(csv_of(CONTACTS, line(millbrook), line(ashby)), hub=hub, by=manager)
    make_conversation(millbrook, by=manager, on=THEN, how="visit")
    imported = brought(imported, by=manager)
    assert imported.counts["kinds"]["contact"] == 1
    assert outcomes(imported) == [(2, "same", "Such a contact on that day is recorded."), (3, "brought", "")]


def test_rows_are_rejected_with_the_reason(hub, manager, millbrook):
    other = make_school("Quillfeather Primary School", hub=make_hub("Samplefolk Music Hub"))
    millbrook.open_date = date(2015, 9, 1)
    millbrook.save()
    tomorrow = today() + timedelta(days=1)
    imported = checked(
        csv_of(
            CONTACTS,
            line(other),
            ["999999", THEN, "Visit"],
            ["12A", THEN, "Visit"],
            line(millbrook, ""),
            line(millbrook, tomorrow),
            line(millbrook, "31/02/2024"),
            line(millbrook, "12 Dec 1924"),
            line(millbrook, "2014-12-01"),
            line(millbrook, "whenever"),
            line(millbrook, THEN, ""),
            ["", THEN, "Visit"],
            line(millbrook, THEN),
            line(millbrook, THEN),
        ),
        hub=hub,
        by=manager,
    )
    assert outcomes(imported) == [
        (2, "failed", f"URN {other.urn} is not one of your schools."),
        (3, "failed", "URN 999999 is not one of your schools."),
        (4, "failed", "“12A” is no URN: it has five to seven figures."),
        (5, "failed", "The date is missing."),
        (6, "failed", f"{long_date(tomorrow)} lies in the future: what is brought in has happened."),
        (7, "failed", "“31/02/2024” is no day that there is."),
        (8, "failed", "The year 1924 cannot be meant: nothing is brought in from before 2000."),
        (
            9,
            "failed",
            "Millbrook Junior School opened on 1 September 2015, so the date must be on or after that.",
        ),
        (10, "failed", "“whenever” is no date that we can read. Write it like 31/12/2024 or 2024-12-31."),
        (11, "failed", "The row does not say how you were in touch."),
        (12, "failed", "The row names no school."),
        (13, "new", ""),
        (14, "same", "The same as row 13 of the file."),
    ]
    assert other.name not in str(list(imported.rows.values()))


def test_dates_that_can_be_meant_in_two_ways_are_asked_once(hub, manager, millbrook):
    lines = [line(millbrook, on) for on in ("03/04/2024", "31/12/2023", "Dec 2022", "Dec 3, 2021", "45000")]
    imported = checked(csv_of(CONTACTS, *lines), hub=hub, by=manager)
    date_column = place_of(imported, "date")
    assert imported.phase == Phase.ASKING
    assert imported.asks == {
        "columns": {date_column: {"order": [1, "03/04/2024"], "month": [1, "Dec 2022"], "orders": {"day": 1}}}
    }
    assert outcomes(imported)[0] == (2, "failed", "Waits for your answer.")
    with pytest.raises(ValidationError):
        past.bring(imported=imported, by=manager)
    imported = answered(imported, by=manager, columns={date_column: {"order": "day", "month": "leave"}})
    assert imported.phase == Phase.SHOWN
    assert [(row.outcome, row.values.get("on")) for row in imported.rows.all()] == [
        ("new", "2024-04-03"),
        ("new", "2023-12-31"),
        ("failed", None),
        ("new", "2021-12-03"),
        ("new", "2023-03-15"),
    ]


def test_words_are_asked_once_and_remembered_with_the_way_of_reading(hub, manager, millbrook):
    data = csv_of(CONTACTS, line(millbrook, how="Pop-in"), line(millbrook, how="Voicemail"))
    imported = told(uploaded(data, hub=hub, by=manager), by=manager, save_as="Visits log")
    assert imported.asks == {"words": {"how": [["pop in", "Pop-in", 1]]}}
    imported = answered(imported, by=manager, words={"how": {"pop in": "visit"}})
    assert [row.kind for row in imported.rows.all()] == ["contact", "attempt"]
    brought(imported, by=manager)
    assert Attempt.objects.get().how == "call"
    again = csv_of(CONTACTS, line(millbrook, THEN - timedelta(days=1), "Pop-in"))
    second = told(uploaded(again, hub=hub, by=manager), by=manager)
    assert (second.asks, outcomes(second)) == ({}, [(2, "new", "")])


def test_a_school_is_known_by_its_former_urn_and_others_are_confirmed(hub, manager, millbrook, ashby):
    millbrook.identifiers.create(urn=100123)
    School.objects.filter(pk=millbrook.pk).update(postcode="EX4 1MB")
    millbrook.postcode = "EX4 1MB"
    ashby.authority.code = "997"
    ashby.authority.save()
    ashby.establishment_number = "4567"
    ashby.save()
    header = ["URN", "DfE number", "School", "Postcode", "Date", "How"]
    imported = checked(
        csv_of(
            header,
            ["100123", "", "", "", THEN, "visit"],
            ["", f"{ashby.authority.code}/4567", "", "", THEN, "visit"],
            ["", "", "MILLBROOK junior school", millbrook.postcode, THEN, "call"],
            ["", "", "Millbrook Junior School", "", THEN, "email"],
            ["", "", "No Such School", "ZZ1 1ZZ", THEN, "email"],
        ),
        hub=hub,
        by=manager,
    )
    keys = {told_of: key for key, told_of, *_ in imported.asks["places"]}
    assert sorted(place[3] for place in imported.asks["places"]) == sorted([ashby.pk, millbrook.pk])
    by_name = next(key for told_of, key in keys.items() if told_of.startswith("MILLBROOK"))
    by_number = next(key for told_of, key in keys.items() if told_of.startswith("DfE"))
    imported = answered(imported, by=manager, places={by_name: millbrook.pk, by_number: 0})
    assert [(row.outcome, row.school) for row in imported.rows.all()] == [
        ("new", millbrook),
        ("failed", None),
        ("new", millbrook),
        ("failed", None),
        ("failed", None),
    ]


def test_support_counts_as_a_way_of_its_year(hub, manager, millbrook):
    header = ["URN", "Academic year", "Term", "Kind of support", "What"]
    imported = checked(
        csv_of(
            header,
            [millbrook.urn, f"{THIS - 1}/{THIS % 100:02}", "Autumn 1", "WCET", "Brass, Year 4"],
            [millbrook.urn, f"Spring {THIS}", "", "CPD", ""],
            [millbrook.urn, f"{THIS + 2}/{(THIS + 3) % 100:02}", "", "CPD", ""],
        ),
        hub=hub,
        by=manager,
    )
    assert [outcome for _, outcome, _ in outcomes(imported)] == ["new", "new", "failed"]
    imported = brought(imported, by=manager)
    given = SupportGiven.objects.order_by("starts_on")
    assert [(each.year, each.term, str(each.strand.code), each.what) for each in given] == [
        (THIS - 1, 1, "provision", "Brass, Year 4"),
        (THIS - 1, 2, "training", ""),
    ]
    year = EngagementYear.objects.get(school=millbrook)
    assert (year.year, year.ways, year.several_on) == (
        THIS - 1,
        ["support:provision", "support:training"],
        date(THIS, 1, 1),
    )
    words = [each.words for each in why_of(manager, hub, millbrook, date(THIS, 5, 1)).reasons]
    assert words == [
        f"Training and networks, spring term, {THIS - 1} to {THIS}",
        f"Brass, Year 4, autumn term, {THIS - 1} to {THIS}",
    ]


def test_dates_of_plans_become_plans_kept_elsewhere_and_nobody_gets_an_email(
    hub, manager, millbrook, ashby, django_capture_on_commit_callbacks
):
    header = ["URN", "Academic year", "Date adopted", "Link"]
    imported = checked(
        csv_of(
            header,
            [millbrook.urn, f"{THIS}/{(THIS + 1) % 100:02}", date(THIS, 9, 20), "https://school.example/plan"],
            [millbrook.urn, f"{THIS}/{(THIS + 1) % 100:02}", "", ""],
            [ashby.urn, f"{THIS - 1} to {THIS + 1}", "", "ftp nonsense"],
        ),
        hub=hub,
        by=manager,
    )
    assert [outcome for _, outcome, _ in outcomes(imported)] == ["new", "same", "failed"]
    with django_capture_on_commit_callbacks(execute=True):
        imported = brought(imported, by=manager)
    plan = PlanElsewhere.objects.get()
    assert (plan.school, plan.year, plan.adopted_on, plan.url, plan.is_to_confirm) == (
        millbrook,
        THIS,
        date(THIS, 9, 20),
        "https://school.example/plan",
        True,
    )
    assert mail.outbox == []
    undone(imported, by=manager)
    assert not PlanElsewhere.objects.exists()
    assert not TimelineEntry.objects.filter(school=millbrook).exists()


def test_several_kinds_in_one_file_are_told_by_a_column(hub, manager, millbrook):
    header = ["URN", "Kind of row", "Date", "How", "Academic year", "Kind of support"]
    imported = checked(
        csv_of(
            header,
            [millbrook.urn, "Contact", THEN, "Visit", "", ""],
            [millbrook.urn, "Delivery", "", "", f"{THIS - 1}/{THIS}", "WCET"],
            [millbrook.urn, "", THEN, "Visit", "", ""],
            [millbrook.urn, "Gig", THEN, "Visit", "", ""],
        ),
        hub=hub,
        by=manager,
    )
    assert imported.settings["kind"] == "column"
    assert imported.asks == {"words": {"record": [["gig", "Gig", 1]]}}
    imported = answered(imported, by=manager, words={"record": {"gig": "leave"}})
    assert [(row.kind, row.outcome) for row in imported.rows.all()] == [
        ("contact", "new"),
        ("support", "new"),
        ("", "failed"),
        ("", "failed"),
    ]


def test_undo_takes_out_what_came_and_keeps_what_somebody_wrote_onto(hub, manager, millbrook, ashby):
    dates = [THEN + timedelta(days=number) for number in range(4)]
    own = make_conversation(ashby, by=manager, on=THEN - timedelta(days=7))
    imported = checked(
        csv_of(
            CONTACTS,
            *(line(millbrook, on) for on in dates),
            line(ashby, THEN),
            line(ashby, THEN, "voicemail"),
            line(ashby, dates[1], "voicemail"),
        ),
        hub=hub,
        by=manager,
    )
    imported = brought(imported, by=manager)
    relogged = Conversation.objects.get(date=dates[0], parts__school=millbrook)
    part = relogged.parts.get()
    entry = Entry(date=dates[0], how="visit", parts={part.uuid: PartEntry(summary="We said more.")})
    conversations.log(conversation=relogged, entry=entry, by=manager)
    drafted = Conversation.objects.get(date=dates[1], parts__school=millbrook)
    conversations.take_up(conversation=drafted, values={}, by=manager)
    noted = Attempt.objects.order_by("at").first()
    attempts.annotate(attempt=noted, note="The bursar answered.", contact=None, by=manager)
    imported = undone(imported, by=manager)
    assert imported.phase == Phase.UNDONE
    assert outcomes(imported) == [
        (2, "kept", "Somebody has changed it since it was brought in."),
        (3, "kept", "Somebody is writing in it."),
        (4, "undone", ""),
        (5, "undone", ""),
        (6, "undone", ""),
        (7, "kept", "Somebody has changed it since it was brought in."),
        (8, "undone", ""),
    ]
    assert set(Conversation.objects.all()) == {own, relogged, drafted}
    assert list(Attempt.objects.all()) == [noted]
    kept = {f"conversation:{each.uuid}" for each in ConversationPart.objects.all()} | {noted.timeline_source}
    assert set(TimelineEntry.objects.values_list("source", flat=True)) == kept
    assert Relationship.objects.get(school=ashby).last_counted_on == THEN - timedelta(days=7)
    assert Relationship.objects.get(school=millbrook).last_counted_on == dates[1]


def test_after_undo_everything_stands_as_before(hub, manager, millbrook):
    imported = brought(checked(csv_of(CONTACTS, line(millbrook)), hub=hub, by=manager), by=manager)
    undone(imported, by=manager)
    assert status(millbrook, manager) == "never"
    assert not EngagementYear.objects.exists()
    assert not Conversation.objects.exists()
    assert not TimelineEntry.objects.exists()
    assert outcomes(checked(csv_of(CONTACTS, line(millbrook)), hub=hub, by=manager)) == [(2, "new", "")]
