"""Our readiness: training, joint visits and moderated conversations of our people; gaps, figures, who sees whose."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from engagement.actions import readiness as actions
from engagement.models import ColleagueReview, ReadinessRules, Training, TrainingTopic
from engagement.readiness import aggregates
from engagement.readiness.standings import asked_of, months_before, standings
from schools.access import today
from schools.models import ListExport
from schools.roles import Role
from tests.engagement.factories import make_conversation, make_officer
from tests.factories import make_hub, make_partner, make_person, make_school

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def school(hub):
    return make_school("Fenwick Road Primary School", hub=hub)


def topic(code: str) -> TrainingTopic:
    return TrainingTopic.objects.get(code=code)


def trained(hub, person, code: str = "safeguarding", days: int = 10, expires: int | None = None, by=None) -> Training:
    """Training so many days ago, that ends in so many days."""
    return actions.record_training(
        hub=hub,
        person=person,
        topic=topic(code),
        on=today() - days * DAY,
        provider="Music Mark",
        expires_on=None if expires is None else today() + expires * DAY,
        by=by or person,
    )


def reviewed(hub, person, colleague, kind: str = "joint", days: int = 10, **fields) -> ColleagueReview:
    said = {"kind": kind, "on": today() - days * DAY, "outcome": "agreed", "by": colleague} | fields
    return actions.record_review(hub=hub, person=person, colleague=colleague, **said)


def gaps(hub, user) -> dict[str, list[str]]:
    return {row.name: [gap.words for gap in row.gaps] for row in standings(hub, user, today())}


def of(name: str, hub, person) -> str:
    return reverse(f"engagement:{name}", args=[hub.slug, person.memberships.first().uuid])


def the_list(hub) -> str:
    return reverse("engagement:readiness-list", args=[hub.slug])


def day(on: date, name: str = "on") -> dict[str, str]:
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)}


# --- gaps -----------------------------------------------------------------------------------------------------------


def test_gaps_are_training_that_is_needed_a_joint_visit_and_a_moderated_conversation(hub, school, manager, officer):
    ReadinessRules.objects.create(hub=hub, topics=["safeguarding", "challenging"], months=6)
    assert gaps(hub, manager)["Amira Okafor"] == [
        "No training: Safeguarding",
        "No training: Leading a challenging conversation",
        "No joint visit yet",
        "No conversation moderated yet",
    ]
    trained(hub, officer)
    trained(hub, officer, "challenging", expires=0)
    reviewed(hub, officer, manager)
    talk = make_conversation(school, by=officer, on=today() - 300 * DAY)
    reviewed(hub, officer, manager, "moderated", 290, conversation=talk)
    ran_out, last = gaps(hub, manager)["Amira Okafor"]
    assert ran_out.startswith("Ran out on ") and ran_out.endswith(": Leading a challenging conversation")
    assert last.startswith("Last moderated on ") and last.endswith("more than 6 months ago")
    trained(hub, officer, "challenging", days=1)
    reviewed(hub, officer, manager, "moderated", 2, conversation=talk)
    assert gaps(hub, manager)["Amira Okafor"] == []


def test_those_with_most_missing_come_first_and_partners_officers_are_among_them(hub, manager, officer):
    partner = make_partner("Brannoc Bay Music Service", hub=hub)
    make_person(Role.PARTNER_OFFICER, partner, "Bea Partner")
    trained(hub, officer)
    reviewed(hub, officer, manager)
    assert [(row.name, row.where, len(row.gaps)) for row in standings(hub, manager, today())] == [
        ("Bea Partner", "Brannoc Bay Music Service", 6),
        ("Mo Manager", "", 6),
        ("Amira Okafor", "", 4),
    ]


def test_training_that_was_struck_out_counts_no_more(client, hub, officer, manager):
    row = trained(hub, officer)
    client.force_login(officer)
    client.post(reverse("engagement:training-strike", args=[row.uuid]))
    row.refresh_from_db()
    assert row.struck_by == officer
    assert "No training: Safeguarding" in gaps(hub, manager)["Amira Okafor"]
    assert client.get(reverse("engagement:training-edit", args=[row.uuid])).status_code == 404


@pytest.mark.parametrize(
    ("on", "months", "expected"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 12, date(2025, 1, 15)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
    ],
)
def test_months_before(on, months, expected):
    assert months_before(on, months) == expected


# --- the figures, by plain SQL --------------------------------------------------------------------------------------

WITH_TOPIC = """
    SELECT count(DISTINCT t.person_id) FROM engagement_training t JOIN engagement_trainingtopic p ON p.id = t.topic_id
    WHERE t.hub_id = %s AND p.code = %s AND t.struck_at IS NULL
    AND t."on" <= %s AND (t.expires_on IS NULL OR t.expires_on > %s)
"""
BY_STRAND = """
    SELECT s.name, count(DISTINCT t.person_id) FROM engagement_training t
    JOIN engagement_trainingtopic p ON p.id = t.topic_id JOIN engagement_strand s ON s.id = p.strand_id
    WHERE t.hub_id = %s AND t.struck_at IS NULL AND (t.expires_on IS NULL OR t.expires_on > %s)
    GROUP BY s.name, s.position ORDER BY s.position
"""
REVIEWED = """
    SELECT count(DISTINCT r.person_id), count(*) FROM engagement_colleaguereview r
    WHERE r.hub_id = %s AND r.kind = %s AND r.struck_at IS NULL AND r."on" >= %s
"""


def asked_of_the_database(sql: str, *params) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def test_every_figure_agrees_with_plain_sql_and_with_the_list_that_it_opens(client, hub, school, manager, officer):
    people = [manager, officer, *(make_officer(hub, f"Officer {number}") for number in range(4))]
    codes = ("safeguarding", "challenging", "judging", "plans", "curriculum")
    talk = make_conversation(school, by=officer, on=today() - 500 * DAY)
    for number, person in enumerate(people):
        for place, code in enumerate(codes[: number + 1]):
            trained(hub, person, code, days=20 + place, expires=None if (number + place) % 3 else 5 - 5 * (place % 2))
        if number % 2:
            reviewed(hub, person, people[0], days=30 * number)
            reviewed(hub, person, people[0], "moderated", days=100 * number, conversation=talk)
    actions.strike(record=trained(hub, manager, "plans"), by=manager)
    client.force_login(manager)
    context = client.get(the_list(hub)).context
    figures = {each.code: each for each in context["figures"]}
    for code in codes[:4]:
        assert figures[code].number == asked_of_the_database(WITH_TOPIC, hub.pk, code, today(), today())[0][0], code
    year_ago = months_before(today(), 12)
    joint = asked_of_the_database(REVIEWED, hub.pk, "joint", date(2000, 1, 1))[0]
    moderated = asked_of_the_database(REVIEWED, hub.pk, "moderated", year_ago)[0]
    assert (figures["joint"].number, figures["moderated"].number) == (joint[0], moderated[0])
    rows = standings(hub, manager, today())
    assert aggregates.reviews_between(rows, "joint", date(2000, 1, 1), today()) == joint[1]
    assert aggregates.reviews_between(rows, "moderated", year_ago, today()) == moderated[1]
    strands = [(each.label, each.number) for each in context["strands"] if each.label != aggregates.NO_STRAND]
    assert strands == asked_of_the_database(BY_STRAND, hub.pk, today())
    assert figures["any"].number == sum(not row.gaps for row in rows)
    assert {each.of for each in figures.values()} == {len(people)}
    for each in figures.values():
        assert len(client.get(the_list(hub), {"gap": each.code}).context["rows"]) == each.missing, each.label


# --- recording ------------------------------------------------------------------------------------------------------


def test_a_person_enters_their_own_training_and_it_is_marked(client, hub, officer, manager):
    client.force_login(officer)
    the_page = of("readiness-detail", hub, officer)
    assert "None is recorded." in client.get(the_page).content.decode()
    said = {"topic": "challenging", "provider": "Music Mark", **day(today() - DAY)}
    page = client.post(of("training-create", hub, officer), said, follow=True).content.decode()
    assert "Leading a challenging conversation" in page and "Entered by themselves" in page
    by_manager = trained(hub, officer, by=manager)
    page = client.get(the_page).content.decode()
    assert "Mo Manager" in page and reverse("engagement:training-edit", args=[by_manager.uuid]) not in page
    assert client.get(reverse("engagement:training-edit", args=[by_manager.uuid])).status_code == 403
    client.force_login(manager)
    client.post(reverse("engagement:training-edit", args=[by_manager.uuid]), {**said, "provider": "The hub"})
    by_manager.refresh_from_db()
    assert (by_manager.provider, by_manager.topic.code) == ("The hub", "challenging")


def test_a_moderated_conversation_names_it_and_what_came_of_it(client, hub, school, officer, manager):
    talk = make_conversation(school, by=officer, on=today() - 3 * DAY, kind="challenging")
    make_conversation(school, by=manager, on=today() - 2 * DAY)
    client.force_login(officer)
    address = of("colleague-review-create", hub, officer)
    choices = client.get(address).context["form"].fields["conversation"].choices
    assert [key for key, _ in choices] == ["", str(talk.uuid)]
    said = {
        "kind": "moderated",
        "colleague": str(manager.memberships.first().uuid),
        "conversation": str(talk.uuid),
        "outcome": "changed",
        "note": "The evidence was stronger.",
        **day(today()),
    }
    page = client.post(address, said, follow=True).content.decode()
    assert "Something was changed" in page and "The evidence was stronger." in page and talk.get_absolute_url() in page
    row = ColleagueReview.objects.get()
    client.post(reverse("engagement:colleague-review-edit", args=[row.uuid]), {**said, "outcome": "agreed"})
    row.refresh_from_db()
    assert (row.outcome, row.conversation, row.colleague) == ("agreed", talk, manager)


def test_what_cannot_be_is_told_and_kept(client, hub, school, officer, manager):
    client.force_login(officer)
    page = client.post(
        of("training-create", hub, officer),
        {"provider": "Music Mark", **day(today() + DAY), **day(today(), "expires_on")},
    ).content.decode()
    assert "Choose what the training was about" in page and "The date must be today or in the past" in page
    assert 'value="Music Mark"' in page
    talk = make_conversation(school, by=officer, on=today())
    said = {"kind": "moderated", **day(today() - DAY), "outcome": "agreed", "note": "Kept words"}
    page = client.post(of("colleague-review-create", hub, officer), said).content.decode()
    assert "Choose the colleague" in page and "Choose the conversation that was read again" in page
    assert "Kept words" in page
    said |= {"colleague": str(manager.memberships.first().uuid), "conversation": str(talk.uuid)}
    page = client.post(of("colleague-review-create", hub, officer), said).content.decode()
    assert "that of the conversation" in page
    assert not ColleagueReview.objects.exists() and not Training.objects.exists()


def test_the_action_refuses_what_no_form_would(hub, school, officer, manager):
    other = make_hub("Samplefolk Music Hub")
    stranger = make_officer(other, "Sam Stranger")
    theirs = make_conversation(make_school("Away Primary School", hub=other), by=stranger)
    for person, colleague, fields, sentence in (
        (officer, officer, {}, "nobody moderates themselves"),
        (officer, stranger, {}, "does not work for"),
        (stranger, officer, {}, "does not work for"),
        (officer, manager, {"kind": "moderated"}, "Choose the conversation"),
        (officer, manager, {"conversation": theirs}, "Choose a logged conversation"),
        (officer, manager, {"days": -1}, "The day is to come"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            reviewed(hub, person, colleague, **fields)
    with pytest.raises(ValidationError, match="a day after the training"):
        trained(hub, officer, days=0, expires=0)


def test_a_manager_says_what_is_asked_of_everybody(client, hub, manager, officer):
    client.force_login(manager)
    address = reverse("engagement:readiness-rules-edit", args=[hub.slug])
    assert client.get(address).context["form"]["months"].value() == 12
    client.post(address, {"topics": ["inclusion"], "months": "6"})
    asked = asked_of(hub, manager)
    assert (dict(asked.topics), asked.months) == ({"inclusion": "Inclusion and SEND"}, 6)
    assert "Enter the months as a whole number" in client.post(address, {"months": "0"}).content.decode()


# --- who sees whose -------------------------------------------------------------------------------------------------


def test_a_partners_officer_sees_their_own_and_no_other_partners_people(client, hub, manager, officer):
    partner, rival = (make_partner(name, hub=hub) for name in ("Brannoc Bay Music Service", "Exampleshire Brass"))
    person = make_person(Role.PARTNER_OFFICER, partner, "Bea Partner")
    make_person(Role.PARTNER_OFFICER, rival, "Rae Rival")
    trained(hub, officer)
    client.force_login(person)
    assert client.get(the_list(hub)).status_code == 403
    assert client.get(of("readiness-detail", hub, officer)).status_code == 403
    assert client.get(of("readiness-detail", hub, person)).status_code == 200
    assert not Training.objects.visible_to(person).exists()
    form = client.get(of("colleague-review-create", hub, person)).context["form"]
    assert [words for _, words in form.fields["colleague"].choices] == ["Choose", "Amira Okafor", "Mo Manager"]
    pages = dict(client.get(reverse("engagement:today")).context["colleague_pages"])
    assert pages["Your training and joint visits"] == of("readiness-detail", hub, person)


def test_the_file_is_logged_and_has_a_row_for_each(client, hub, manager, officer):
    trained(hub, officer, by=manager)
    client.force_login(manager)
    response = client.get(reverse("engagement:readiness-export", args=[hub.slug, "csv"]))
    lines = response.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3 and lines[0].startswith("Name,Works for,Missing")
    assert "Safeguarding, " in next(line for line in lines if line.startswith("Amira Okafor"))
    export = ListExport.objects.get()
    assert (export.by, export.name, export.rows, export.hub) == (manager, "Readiness", 2, hub)


def test_the_pages_cost_the_same_with_more_rows(client, hub, school, manager, officer):
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    def one_more(person) -> None:
        trained(hub, person)
        talk = make_conversation(school, by=person)
        reviewed(hub, person, manager, "moderated", 0, conversation=talk)

    client.force_login(manager)
    one_more(officer)
    addresses = (the_list(hub), of("readiness-detail", hub, officer), of("colleague-review-create", hub, officer))
    first = [queries(address) for address in addresses]
    for number in range(2):
        one_more(officer)
        one_more(make_officer(hub, f"Officer {number}"))
    assert [queries(address) for address in addresses] == first
