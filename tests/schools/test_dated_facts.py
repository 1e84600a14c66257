"""Dated facts on a school: Lead School, Artsmark, Music Mark, who teaches music; how each begins and ends."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from hubportal.accounts.models import User
from hubportal.kit.wording import academic_year, long_date
from schools.access import today
from schools.actions import dated_facts
from schools.dated_facts import offered_by_kind
from schools.models import DatedFact, DatedFactValue, School, TimelineEntry, TrustSchool
from schools.roles import Role
from tests import factories as make
from tests.schools.conftest import Town

pytestmark = pytest.mark.django_db

AUTUMN = date(2024, 9, 1)
TOMORROW = object()  # reckoned when the test runs: a long run passes midnight
YEAR = timedelta(days=365)


def value(words: str) -> DatedFactValue:
    kind, code = words.split()
    return DatedFactValue.objects.get(kind=kind, code=code)


def record(town: Town, words: str, starts_on: date = AUTUMN, **more) -> DatedFact:
    given = {"hub": town.hub, "school": town.first, "by": town[Role.HUB_OFFICER], "source": "Seen", **more}
    return dated_facts.record(value=value(words), starts_on=starts_on, **given)


def held(town: Town, on: date) -> list[str]:
    facts = DatedFact.objects.filter(school=town.first).current(on).select_related("value")
    return sorted(str(fact.value) for fact in facts)


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}_0": str(day.day), f"{name}_1": str(day.month), f"{name}_2": str(day.year)}


def history(town: Town) -> str:
    return reverse("schools:dated-fact-list", args=[town.first.urn])


def create(town: Town, kind: str) -> str:
    return reverse("schools:dated-fact-create", args=[town.first.urn, kind])


def text(response) -> str:
    return " ".join(response.content.decode().split())


# --- What ends what ------------------------------------------------------------------------------------------------


def test_an_award_ends_the_one_before_and_what_was_worked_towards(here: Town) -> None:
    record(here, "artsmark silver", date(2020, 9, 1))
    record(here, "artsmark registered", date(2023, 9, 1))
    assert held(here, date(2024, 1, 1)) == ["Artsmark: Registered", "Artsmark: Silver"]
    record(here, "artsmark gold", date(2025, 1, 10))
    assert held(here, date(2025, 1, 9)) == ["Artsmark: Registered", "Artsmark: Silver"]
    assert held(here, date(2025, 1, 10)) == ["Artsmark: Gold"]
    assert DatedFact.objects.filter(ends_on=None).count() == 3, "nothing is overwritten"


def test_what_is_recorded_late_ends_where_the_next_began(here: Town) -> None:
    record(here, "artsmark gold", date(2025, 1, 10))
    record(here, "artsmark silver", date(2020, 9, 1))
    assert held(here, date(2024, 1, 1)) == ["Artsmark: Silver"]
    assert held(here, date(2026, 1, 1)) == ["Artsmark: Gold"]


def test_a_school_may_lead_for_several_kinds(here: Town) -> None:
    record(here, "lead-school primary")
    record(here, "lead-school send-ap", date(2025, 9, 1))
    assert held(here, date(2025, 10, 1)) == ["Lead School: Primary", "Lead School: SEND or alternative provision"]


def test_what_is_struck_out_counts_no_more_and_what_it_ended_goes_on(here: Town) -> None:
    record(here, "artsmark silver", date(2020, 9, 1))
    wrong = record(here, "artsmark gold")
    dated_facts.strike(fact=wrong, reason="It was another school", by=here[Role.HUB_MANAGER])
    assert held(here, today()) == ["Artsmark: Silver"]
    with pytest.raises(ValidationError, match="struck out already"):
        dated_facts.strike(fact=wrong, reason="Again", by=here[Role.HUB_MANAGER])
    record(here, "artsmark gold")


def test_who_teaches_is_said_whole_from_a_day(here: Town) -> None:
    specialist, class_teacher, bought_in = offered_by_kind()[DatedFactValue.Kind.TEACHING]
    place = {"hub": here.hub, "school": here.first, "by": here[Role.HUB_OFFICER]}
    dated_facts.record_teaching(values=[specialist, bought_in], starts_on=date(2023, 9, 1), **place)
    dated_facts.record_teaching(values=[class_teacher, bought_in], starts_on=AUTUMN, **place)
    assert held(here, date(2024, 8, 31)) == [
        "Who teaches music: Bought in",
        "Who teaches music: Specialist music teacher",
    ]
    assert held(here, AUTUMN) == ["Who teaches music: Bought in", "Who teaches music: Class teacher"]
    with pytest.raises(ValidationError, match="recorded already"):
        dated_facts.record_teaching(values=[class_teacher, bought_in], starts_on=date(2025, 9, 1), **place)
    with pytest.raises(ValidationError, match="“Class teacher” is recorded from 1 September 2024"):
        dated_facts.record_teaching(values=[specialist], starts_on=date(2024, 1, 1), **place)


def test_an_end_can_be_taken_away_but_not_past_what_followed(here: Town) -> None:
    by = here[Role.HUB_OFFICER]
    silver = record(here, "artsmark silver", date(2020, 9, 1), ends_on=date(2022, 9, 1))
    dated_facts.end(fact=silver, ends_on=None, reason="It was renewed", by=by)
    assert held(here, date(2023, 1, 1)) == ["Artsmark: Silver"]
    record(here, "artsmark gold")
    for late in (None, date(2025, 1, 1)):
        with pytest.raises(ValidationError, match="Another followed it on 1 September 2024"):
            dated_facts.end(fact=silver, ends_on=late, by=by)
    dated_facts.end(fact=silver, ends_on=date(2023, 9, 1), by=by)
    assert held(here, date(2024, 1, 1)) == []


# --- Bad dates, in plain sentences ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts_on", "last_day", "said"),
    [
        (TOMORROW, None, "The date it began must be today or in the past"),
        (date(1985, 1, 1), None, "must not be before Exampleshire First School opened, on 1 September 1990"),
        (AUTUMN, date(2024, 8, 31), "The last day must not be before it began, on 1 September 2024"),
        (date(2023, 9, 1), None, "“Artsmark: Silver” is recorded from 1 September 2023 already"),
    ],
)
def test_bad_dates_are_refused_with_a_sentence(here: Town, as_, starts_on, last_day, said: str) -> None:
    record(here, "artsmark silver", date(2023, 9, 1))
    began = today() + timedelta(days=1) if starts_on is TOMORROW else starts_on
    given = {"value": "gold", "source": "Seen", **boxes("starts_on", began)}
    given |= boxes("last_day", last_day) if last_day else {}
    response = as_(here[Role.HUB_OFFICER]).post(create(here, "artsmark"), given)
    assert response.status_code == 200
    assert text(response).count(said) == 2, "beside the field and in the summary"
    assert DatedFact.objects.count() == 1


def test_what_is_left_out_is_asked_for(here: Town, as_) -> None:
    said = text(as_(here[Role.HUB_OFFICER]).post(create(here, "artsmark"), {}))
    for sentence in (
        "Answer “What does it hold, or work towards?”", "Enter the date it was awarded or begun", "Say how you know",
    ):  # fmt: skip
        assert sentence in said
    said = text(as_(here[Role.HUB_OFFICER]).post(create(here, "teaching"), {}))
    assert "Answer “Who teaches music?”" in said


def test_nothing_begins_after_a_school_closed(here: Town) -> None:
    School.objects.filter(pk=here.first.pk).update(status="2", close_date=date(2024, 8, 31))
    here.first.refresh_from_db()
    with pytest.raises(ValidationError, match="closed, on 31 August 2024"):
        record(here, "artsmark gold", date(2024, 9, 1))


def test_a_hub_records_nothing_of_another_hubs_school(here: Town, there: Town) -> None:
    with pytest.raises(ValidationError, match="is not in the area of"):
        record(here, "artsmark gold", school=there.first)


def test_an_organisation_that_is_no_school_has_none(here: Town, as_) -> None:
    there = make.make_manual("University", hub=here.hub, is_organisation=True)
    client = as_(here[Role.HUB_MANAGER])
    assert client.get(reverse("schools:dated-fact-create", args=[there.urn, "artsmark"])).status_code == 403
    assert "Music at the school" not in text(client.get(there.get_absolute_url()))


# --- Pages ---------------------------------------------------------------------------------------------------------


def test_officer_records_an_award_and_the_school_reads_it(here: Town, as_) -> None:
    last = today() + timedelta(days=30)
    given = {"value": "gold", "source": "Artsmark’s list", **boxes("starts_on", AUTUMN), **boxes("last_day", last)}
    client = as_(here[Role.HUB_OFFICER])
    response = client.post(create(here, "artsmark"), given, follow=True)
    assert "Artsmark is recorded for Exampleshire First School." in text(response)
    client = as_(here[Role.SCHOOL_VIEWER])
    assert "It expires in 30 days." in text(client.get(here.first.get_absolute_url()))
    said = text(client.get(history(here)))
    assert f"<b>Gold</b>, 1 September 2024 to {long_date(last)}" in said
    assert f"Artsmark’s list; recorded by Exampleshire Hub officer on {long_date(today())}." in said
    assert create(here, "artsmark") not in said and "It was a mistake" not in said
    entry = TimelineEntry.objects.get(kind="dated-fact")
    assert (entry.heading, entry.audience, entry.is_whole_day) == ("Artsmark: Gold", "school", True)


def test_an_award_that_ran_out_is_said_to_have_expired(here: Town, as_) -> None:
    record(here, "artsmark gold", AUTUMN, ends_on=date(2026, 1, 1))
    said = text(as_(here[Role.HUB_VIEWER]).get(here.first.get_absolute_url()))
    assert "It expired on 31 December 2025." in said
    assert "It expired on 31 December 2025." in text(as_(here[Role.HUB_VIEWER]).get(history(here)))
    record(here, "artsmark platinum", date(2026, 3, 1))
    said = text(as_(here[Role.HUB_VIEWER]).get(history(here)))
    assert "<b>Platinum</b>, since 1 March 2026" in said and "expired" not in said


def test_music_mark_is_a_year(here: Town, as_) -> None:
    year = academic_year(today())
    client = as_(here[Role.HUB_OFFICER])
    given = {"value": "member", "starts_on": str(year), "source": "Music Mark’s list"}
    client.post(create(here, "music-mark"), given)
    assert f"<b>Member</b>, {year} to {year + 1}" in text(client.get(history(here)))
    assert "is recorded from" in text(client.post(create(here, "music-mark"), given))
    assert client.post(create(here, "music-mark"), {**given, "starts_on": str(year + 1)}).status_code == 200


def test_music_mark_of_the_year_in_which_a_school_opened(here: Town) -> None:
    School.objects.filter(pk=here.first.pk).update(open_date=date(2025, 1, 1))
    here.first.refresh_from_db()
    fact = record(here, "music-mark member", date(2024, 9, 1), ends_on=date(2025, 9, 1))
    assert (fact.starts_on, fact.ends_on) == (date(2025, 1, 1), date(2025, 9, 1))


def test_school_says_who_teaches_and_mends_only_what_it_said(here: Town, as_) -> None:
    ours = make.make_dated_fact(
        "teaching bought-in", hub=here.hub, school=here.first, by=here[Role.HUB_OFFICER], starts_on=date(2023, 9, 1)
    )
    client = as_(here[Role.SCHOOL_EDITOR])
    page = client.get(create(here, "teaching"))
    assert page.context["form"]["values"].value() == ["bought-in"] and "How do you know?" not in text(page)
    client.post(create(here, "teaching"), {"values": ["specialist", "class-teacher"], **boxes("starts_on", AUTUMN)})
    assert held(here, today()) == ["Who teaches music: Class teacher", "Who teaches music: Specialist music teacher"]
    said = text(client.get(history(here)))
    assert "The school said so; recorded by Exampleshire School editor" in said
    theirs = DatedFact.objects.get(value__code="specialist")
    for fact, status in ((ours, 403), (theirs, 200)):
        for name in ("schools:dated-fact-end", "schools:dated-fact-strike"):
            assert client.get(reverse(name, args=[fact.uuid])).status_code == status
    assert client.get(create(here, "artsmark")).status_code == 403
    assert as_(here[Role.SCHOOL_VIEWER]).get(create(here, "teaching")).status_code == 403


def test_officer_sets_the_last_day_and_strikes_out_a_mistake(here: Town, as_) -> None:
    lead = record(here, "lead-school primary")
    wrong = record(here, "artsmark gold")
    client = as_(here[Role.HUB_OFFICER])
    address = reverse("schools:dated-fact-end", args=[lead.uuid])
    early = text(client.post(address, boxes("last_day", date(2024, 1, 1))))
    assert "The last day must not be before it began, on 1 September 2024" in early
    client.post(address, {**boxes("last_day", date(2026, 7, 20)), "reason": "A new head"})
    address = reverse("schools:dated-fact-strike", args=[wrong.uuid])
    assert "Answer “What was wrong?”" in text(client.post(address, {}))
    client.post(address, {"reason": "It was another school"})
    said = text(client.get(history(here)))
    assert "<b>Primary</b>, 1 September 2024 to 20 July 2026" in said
    assert f"Last day set by Exampleshire Hub officer on {long_date(today())}: A new head" in said
    assert "<del>Gold, since 1 September 2024</del>" in said
    assert f"Struck out by Exampleshire Hub officer on {long_date(today())}: It was another school" in said
    shown = set(TimelineEntry.objects.filter(kind="dated-fact").values_list("heading", flat=True))
    assert shown == {"Lead School: Primary", "Ended: Lead School: Primary"}
    assert DatedFact.objects.count() == 2
    assert client.get(address).status_code == 403, "what is struck out stays so"


def test_what_is_no_longer_chosen_goes_on_where_it_holds(here: Town, as_) -> None:
    administrator = as_(make.make_user("Nadia Farouk", is_superuser=True))
    row = value("teaching bought-in")
    address = reverse("admin:schools_datedfactvalue_change", args=[row.pk])
    administrator.post(address, {"name": "Bought in", "position": "3"})
    row.refresh_from_db()
    assert (row.is_offered, row.kind, row.code) == (False, "teaching", "bought-in")

    def offered(school: School) -> list[str]:
        page = as_(here[Role.HUB_OFFICER]).get(reverse("schools:dated-fact-create", args=[school.urn, "teaching"]))
        return [code for code, _ in page.context["form"].fields["values"].choices]

    make.make_dated_fact("teaching bought-in", hub=here.hub, school=here.first, by=here[Role.HUB_OFFICER])
    assert offered(here.first) == ["specialist", "class-teacher", "bought-in"]
    assert offered(here.second) == ["specialist", "class-teacher"]


def test_panel_is_not_for_partner_staff(here: Town, as_) -> None:
    make.make_dated_fact(hub=here.hub, school=here.first, by=here[Role.HUB_OFFICER])
    assert "Music at the school" in text(as_(here[Role.PARTNER_OFFICER]).get(here.first.get_absolute_url()))
    client = as_(here[Role.PARTNER_STAFF])
    assert "Artsmark" not in text(client.get(here.first.get_absolute_url()))
    assert client.get(reverse("schools:dated-fact-list", args=[here.first.urn])).status_code == 403


def test_trust_reads_what_holds_and_ran_out_at_its_open_schools_since_they_joined(here: Town, there: Town, as_) -> None:
    """What is publicly known of the school, or its own word: not how the hub knows it, by whom, or what was before."""
    joined = today() - YEAR
    TrustSchool.objects.filter(school=here.second).update(joined_on=joined)
    said = {"hub": here.hub, "school": here.second, "by": here[Role.HUB_OFFICER], "source": "Thistledown"}
    make.make_dated_fact("artsmark gold", starts_on=joined - YEAR, ends_on=today() - timedelta(days=9), **said)
    make.make_dated_fact("teaching specialist", starts_on=joined - YEAR, **said)
    make.make_dated_fact("lead-school primary", starts_on=joined - YEAR, ends_on=joined, **said)
    struck = {"struck_at": timezone.now(), "struck_by": here[Role.HUB_OFFICER], "strike_reason": "Thistledown"}
    make.make_dated_fact("music-mark member", starts_on=joined, **said, **struck)
    make.make_dated_fact("artsmark platinum", hub=here.hub, school=here.first, by=here[Role.HUB_OFFICER])
    make.make_dated_fact("artsmark platinum", hub=there.hub, school=there.second, by=there[Role.HUB_OFFICER])

    def seen() -> list[str]:
        leader = User.objects.get(pk=here[Role.TRUST_LEADER].pk)
        return sorted(fact.value.code for fact in DatedFact.objects.visible_to(leader).select_related("value"))

    assert seen() == ["gold", "specialist"]
    client = as_(here[Role.TRUST_LEADER])
    page = text(client.get(here.second.get_absolute_url()))
    panel = strip_tags(page[page.index("Music at the school") : page.index("About the school")])
    said_there = " ".join(panel.split())
    assert "Lead School Not recorded Artsmark Gold It expired on" in said_there
    assert "Music Mark Not recorded Who teaches music Specialist music teacher, since" in said_there
    assert "Thistledown" not in page and "recorded by" not in page
    assert (
        reverse("schools:dated-fact-list", args=[here.second.urn])
        not in client.get(here.second.get_absolute_url()).content.decode()
    )
    assert client.get(reverse("schools:dated-fact-list", args=[here.second.urn])).status_code == 403
    here.second.status = School.Status.CLOSED
    here.second.save()
    assert seen() == []
    School.objects.filter(pk=here.second.pk).update(status=School.Status.OPEN)
    TrustSchool.objects.filter(school=here.second).update(left_on=today())
    assert seen() == []


def test_history_costs_the_same_for_one_fact_and_many(here: Town, as_, django_assert_num_queries) -> None:
    record(here, "artsmark silver", date(2020, 9, 1))
    client = as_(here[Role.HUB_OFFICER])
    client.get(history(here))
    with django_assert_num_queries(5):
        client.get(history(here))
    for words in ("artsmark gold", "lead-school primary", "teaching specialist", "music-mark member"):
        record(here, words)
    with django_assert_num_queries(5):
        client.get(history(here))


# --- The list of schools -------------------------------------------------------------------------------------------


def names(response) -> list[str]:
    return [row.record.name for row in response.context["table"].page.object_list]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("artsmark", ["First", "Second"]),
        ("artsmark:gold", ["First"]),
        ("artsmark:silver", []),
        ("artsmark:none", ["Third"]),
        ("lead-school:primary", ["First"]),
        ("lead-school:none", ["Second", "Third"]),
        ("teaching:bought-in", ["Third"]),
    ],
)
def test_list_filters_by_what_holds(both: Town, there: Town, as_, asked: str, found: list[str]) -> None:
    officer = both[Role.HUB_OFFICER]
    for words, school, since in (
        ("artsmark silver", both.first, date(2020, 9, 1)),
        ("artsmark gold", both.first, AUTUMN),
        ("artsmark registered", both.second, AUTUMN),
        ("lead-school primary", both.first, AUTUMN),
        ("teaching bought-in", both.third, AUTUMN),
    ):
        make.make_dated_fact(words, hub=both.hub, school=school, by=officer, starts_on=since)
    make.make_dated_fact("artsmark gold", hub=there.hub, school=both.third, by=there[Role.HUB_OFFICER])
    response = as_(officer).get(reverse("schools:school-list"), {"music": asked})
    assert names(response) == [f"Exampleshire {each} School" for each in found]
    assert [each.label for each in response.context["filters"].chosen] == ["Music at the school"]


def test_list_and_its_file_say_what_holds(both: Town, there: Town, as_) -> None:
    record(both, "artsmark gold", AUTUMN, ends_on=today() + YEAR)
    record(both, "artsmark registered", date(2025, 9, 1))
    record(both, "lead-school primary")
    record(both, "lead-school send-ap")
    record(both, "teaching specialist")
    make.make_dated_fact("music-mark member", hub=there.hub, school=both.first, by=there[Role.HUB_OFFICER])
    client = as_(both[Role.HUB_OFFICER])
    response = client.get(reverse("schools:school-export", args=["csv"]))
    lines = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    columns = ("Lead School", "Artsmark", "Artsmark until", "Music Mark", "Who teaches music")
    last = (today() + YEAR - timedelta(days=1)).isoformat()
    assert [lines[0][name] for name in columns] == [
        "Primary, SEND or alternative provision", "Gold, Registered", last, "", "Specialist music teacher",
    ]  # fmt: skip
    assert [lines[1][name] for name in columns] == [""] * 5
    said = text(client.get(reverse("schools:school-list")))
    assert "Primary, SEND or alternative provision" in said and "Gold, Registered" not in said, "there is no room"
    asked = text(client.get(reverse("schools:school-list", query={"columns": "artsmark"})))
    assert "Gold, Registered" in asked and "Specialist music teacher</td>" not in asked
    assert "Artsmark" not in text(as_(both[Role.SCHOOL_VIEWER]).get(reverse("schools:school-list")))
