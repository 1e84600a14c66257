"""The worklist: its order and why, what is put off, what is handed on, and the lists of a team."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from engagement import desk, scoring, teams
from engagement.actions import desk as actions
from engagement.actions import responses
from engagement.models import Attempt, ScorePoints, Snooze, WorkHandover
from hubportal.accounts.models import User
from hubportal.kit.terms import SchoolTime
from schools.access import today
from schools.models import Relationship
from schools.roles import Role
from tests.engagement.shared_world import make_other_world, make_world
from tests.factories import make_person, make_relationship, make_school

pytestmark = pytest.mark.django_db
Because = Relationship.Because


@pytest.fixture
def world():
    return make_world()


def due(hub, name: str, days: int = 3, **fields):
    """A school that is due since so many days, looked after by nobody unless said otherwise."""
    school = make_school(name, hub=hub, fsm_percentage=fields.pop("fsm", None))
    day = today() - timedelta(days=days)
    fields = {"due_on": day, "due_because": Because.CADENCE, "due_reason": "Once a term.", **fields}
    make_relationship(hub=hub, school=school, **fields)
    return school


def again(user: User) -> User:
    """The person as another request meets them."""
    return User.objects.get(pk=user.pk)


def talks(user: User, where: str = "entries") -> list[desk.Entry]:
    """Whom to talk to: there is a conversation to share as well."""
    return [each for each in getattr(desk.desk_of(again(user), today()), where) if each.item.group == "talk"]


def titles(user: User, where: str = "entries") -> list[str]:
    return [each.item.title for each in talks(user, where)]


def key_of(school) -> str:
    return f"talk:{school.urn}"


def put_off(school, world, by, days: int = 7, reason: str = "The head is away") -> Snooze:
    entry = desk.desk_of(again(by), today()).find(key_of(school))
    return actions.snooze(
        hub=world.hub, school=school, key=entry.item.key, matter=entry.item.matter, by=by,
        until=today() + timedelta(days=days), reason=reason,
    )  # fmt: skip


def boxes(day) -> dict[str, int]:
    return {"until_0": day.day, "until_1": day.month, "until_2": day.year}


# --- order ---------------------------------------------------------------------------------------------------------


def test_the_order_is_that_of_the_score_and_says_why(world):
    version = world.share().version
    responses.respond(version=version, kind="not_accurate", text="We have a choir.", by=world.head)
    due(world.hub, "B Mild", days=0)
    due(world.hub, "A Mild", days=0)
    due(world.hub, "Needy", days=0, fsm=41)
    entries = desk.desk_of(again(world.officer), today()).entries
    assert [each.item.title for each in entries] == ["Millbrook Junior School", "Needy", "A Mild", "B Mild"]
    assert [(part.words, part.signed) for part in entries[1].parts] == [
        ("The hub’s rhythm of keeping in touch", "+20"),
        ("Never engaged", "+12"),
        ("High need: 41% of pupils have free school meals", "+10"),
    ]
    for each in entries:
        assert each.score == sum(part.points for part in each.parts)


def test_school_weeks_count_and_holidays_do_not(world):
    school = due(world.hub, "Long silent", days=400)
    (entry,) = [each for each in desk.desk_of(again(world.officer), today()).entries if each.item.title == school.name]
    weeks = SchoolTime().weeks_between(today() - timedelta(days=400), today(), most=99)
    assert 0 < weeks < 400 // 7
    assert entry.marks["school_weeks"] == min(weeks, 13)
    assert entry.is_overdue


def test_a_manager_weighs_the_reasons_and_every_list_follows(client, world):
    due(world.hub, "Needy", days=0, fsm=41)
    due(world.hub, "Silent", days=0, attempts_since=2)
    assert titles(world.officer) == ["Needy", "Silent"]
    address = reverse("engagement:score-points-edit", args=[world.hub.slug])
    points = {code: rule.points for code, rule in scoring.RULES.items()}
    client.force_login(world.manager)
    assert client.post(address, points | {"need": 101}).status_code == 200
    page = client.post(address, points | {"need": 0, "silent": 8}, follow=True).content.decode()
    assert "Saved: 2 reasons other than usual." in page
    assert ScorePoints.objects.get().points == {"need": 0, "silent": 8}
    assert titles(world.officer) == ["Silent", "Needy"]
    silent, needy = talks(world.officer)
    assert ("2 attempts without an answer", "+16") in [(part.words, part.signed) for part in silent.parts]
    assert not [part for part in needy.parts if part.words.startswith("High need")]
    assert client.get(address).context["form"]["silent"].value() == 8
    client.post(address, points)
    assert ScorePoints.objects.get().points == {}
    assert titles(world.officer) == ["Needy", "Silent"]


def test_every_rule_says_its_words():
    for code, rule in scoring.RULES.items():
        assert "{" not in rule.said(3), code
        assert rule.worth(10_000) == rule.points * rule.times


def test_every_thing_of_everybody_names_itself_and_its_hub(world):
    version = world.share().version
    responses.respond(version=version, kind="add", text="And a band.", by=world.head)
    due(world.hub, "Due")
    entries = desk.team_entries(again(world.manager), today())
    assert entries
    for each in entries:
        assert each.item.key.count(":") == 1 and each.hub_id == world.hub.pk, each.item
    keys = [each.item.key for each in entries]
    assert len(keys) == len(set(keys))


# --- put off -------------------------------------------------------------------------------------------------------


def test_put_off_leaves_ones_own_list_alone_and_the_manager_sees_it(client, world):
    school = due(world.hub, "Quiet School", owner=world.officer)
    client.force_login(world.officer)
    address = reverse("engagement:snooze-create", args=[key_of(school)])
    assert "Quiet School" in client.get(address).content.decode()
    until = today() + timedelta(days=9)
    answer = client.post(address, {**boxes(until), "reason": "The head is away", "back": "/today/?group=talk"})
    assert (answer.status_code, answer.url) == (302, "/today/?group=talk")
    page = client.get("/today/").content.decode()
    snooze = Snooze.objects.get()
    assert "Off your list until" in page and reverse("engagement:snooze-end", args=[snooze.uuid]) in page
    assert (titles(world.officer), titles(world.officer, "snoozed")) == ([], ["Quiet School"])
    assert Relationship.objects.get(school=school).due_on < today(), "it stays overdue"
    client.force_login(world.manager)
    text = client.get("/today/?group=talk").content.decode()
    assert f"Put off by {world.officer}" in text and "The head is away" in text
    client.force_login(world.officer)
    client.post(reverse("engagement:snooze-end", args=[snooze.uuid]))
    assert titles(world.officer) == ["Quiet School"]


@pytest.mark.parametrize(
    ("days", "reason", "words"),
    [(0, "x", "after today"), (-1, "x", "after today"), (61, "x", "or before"), (5, "  ", "Say why")],
)
def test_put_off_within_limits_and_what_was_typed_stays(client, world, days, reason, words):
    school = due(world.hub, "Quiet School")
    client.force_login(world.officer)
    address = reverse("engagement:snooze-create", args=[key_of(school)])
    answer = client.post(address, {**boxes(today() + timedelta(days=days)), "reason": reason})
    text = answer.content.decode()
    assert (answer.status_code, words in text, Snooze.objects.count()) == (200, True, 0)
    assert f'value="{(today() + timedelta(days=days)).year}"' in text


def test_put_off_comes_back_on_the_day_and_says_so(world):
    school = due(world.hub, "Quiet School")
    put_off(school, world, world.officer)
    Snooze.objects.update(until=today())
    (entry,) = talks(world.officer)
    assert (entry.back.reason, entry.is_back_early) == ("The head is away", False)


def test_put_off_comes_back_at_once_when_something_happens(client, world):
    school = due(world.hub, "Quiet School", next_step="Call", next_how="call", due_because=Because.STEP)
    put_off(school, world, world.officer)
    assert titles(world.officer) == []
    Relationship.objects.filter(school=school).update(last_attempt_on=today())
    (entry,) = talks(world.officer)
    assert (entry.item.title, entry.is_back_early) == ("Quiet School", True)


def test_a_colleagues_snooze_hides_nothing_from_an_officer(world):
    school = due(world.hub, "Nobody's School")
    put_off(school, world, world.officer)
    colleague = make_person(Role.HUB_OFFICER, world.hub, "Cal Colleague")
    assert titles(colleague) == ["Nobody's School"]


# --- handed on -----------------------------------------------------------------------------------------------------


def test_handed_to_a_colleague_with_a_note_and_given_back(client, world, django_capture_on_commit_callbacks):
    colleague = make_person(Role.HUB_OFFICER, world.hub, "Cal Colleague")
    held = colleague.memberships.get()
    school = due(world.hub, "Quiet School", owner=world.officer)
    due(world.hub, "Another of Amira's", owner=world.officer)
    client.force_login(world.officer)
    address = reverse("engagement:work-hand", args=[key_of(school)])
    assert "Cal Colleague" in client.get(address).content.decode()
    assert "Choose a colleague" in client.post(address, {"note": "x"}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"who": held.uuid, "note": "NOTE-ring before nine"}).status_code == 302
    (letter,) = mail.outbox
    assert letter.to == [colleague.email] and "Quiet School" in letter.subject
    assert "NOTE-ring" not in letter.body
    assert titles(world.officer) == ["Another of Amira's"]
    assert titles(world.officer, "handed_on") == ["Quiet School"]
    assert titles(colleague) == ["Quiet School"], "and nothing else of that officer's"
    client.force_login(colleague)
    text = client.get("/today/").content.decode()
    assert f"From {world.officer}" in text and "NOTE-ring before nine" in text
    given = WorkHandover.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("engagement:work-give-back", args=[given.uuid]))
    assert mail.outbox[1].to == [world.officer.email]
    assert (titles(colleague), len(titles(world.officer))) == ([], 2)
    given.refresh_from_db()
    assert (given.ended_by, WorkHandover.objects.count()) == (colleague, 1), "the history is kept"
    assert Relationship.objects.get(school=school).owner == world.officer


def test_a_partners_officer_is_offered_only_what_the_partner_is_entrusted_with(world):
    elsewhere = due(world.hub, "Not entrusted")
    names = {
        school: {each.user for each in actions.colleagues(hub=world.hub, school=school, but=world.officer)}
        for school in (world.school, elsewhere)
    }
    assert world.partner_officer in names[world.school]
    assert world.partner_officer not in names[elsewhere]
    assert world.officer not in names[world.school]


def test_handed_to_nobody_of_another_hub_and_not_what_is_on_no_list(client, world):
    other = make_other_world()
    school = due(world.hub, "Quiet School")
    client.force_login(world.officer)
    address = reverse("engagement:work-hand", args=[key_of(school)])
    theirs = other.manager.memberships.get()
    client.post(address, {"who": theirs.uuid, "note": "x"})
    assert not WorkHandover.objects.exists()
    for name in ("work-hand", "snooze-create"):
        assert client.get(reverse(f"engagement:{name}", args=["talk:999"])).status_code == 404
        client.force_login(other.manager)
        assert client.get(reverse(f"engagement:{name}", args=[key_of(school)])).status_code == 404
        client.force_login(world.officer)


# --- done in place -------------------------------------------------------------------------------------------------


def test_no_answer_from_the_list_moves_the_next_step_and_can_be_undone(client, world):
    school = due(world.hub, "Quiet School")
    client.force_login(world.officer)
    (entry,) = talks(world.officer)
    assert entry.item.post == "Called, no answer"
    answer = client.post(entry.item.post_action, {"back": "/today/?group=talk"})
    assert answer.url == "/today/?group=talk"
    assert titles(world.officer) == []
    attempt = Attempt.objects.get()
    text = client.get(answer.url).content.decode()
    undo = reverse("engagement:attempt-delete", args=[attempt.uuid])
    assert "Quiet School: call, no answer, noted." in text and f'action="{undo}"' in text
    assert client.post(undo, {"back": "/today/"}).url == "/today/"
    assert not Attempt.objects.filter(school=school).exists()


# --- the page ------------------------------------------------------------------------------------------------------


def test_the_page_is_cut_and_every_count_is_that_of_its_list(client, world):
    world.share(at=timezone.now() - timedelta(days=20))
    for number in range(20):
        due(world.hub, f"School {number:02}", days=number)
    client.force_login(world.officer)
    opening = client.get("/today/").content.decode()
    assert opening.count("work-item__title") == 7 and "See all 21, 15 to a page" in opening
    page = client.get("/today/?page=1")
    shown = page.content.decode().count("work-item__title")
    assert (shown, page.context["number"]) == (15, 21)
    assert "Show all 21" in page.content.decode()
    assert client.get("/today/?show=all").content.decode().count("work-item__title") == 21
    for choice in [*page.context["groups"], *page.context["tests"]]:
        assert client.get(f"/today/{choice.href}").context["number"] == choice.number, choice
    assert client.get("/today/?group=nonsense&only=x&page=zz").context["number"] == 21


def test_the_same_queries_for_three_and_for_thirty(client, world):
    counted = []
    for number in (3, 30):
        for each in range(number):
            due(world.hub, f"School {number} {each}", owner=world.officer)
        client.force_login(world.officer)
        client.get("/today/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/today/?show=all")
        counted.append(len(queries))
    assert counted[0] == counted[1]


# --- the team ------------------------------------------------------------------------------------------------------


def test_each_figure_of_the_team_opens_a_list_of_as_many(client, world):
    colleague = make_person(Role.HUB_OFFICER, world.hub, "Cal Colleague")
    mine = due(world.hub, "Amira's School", owner=world.officer)
    due(world.hub, "Cal's School", owner=colleague)
    due(world.hub, "Nobody's School")
    put_off(mine, world, world.officer)
    client.force_login(world.manager)
    team = client.get(reverse("engagement:team-detail")).context["team"]
    rows = {row.name: row for row in (*team.rows, team.everybody)}
    assert {"Cal Colleague", str(world.officer), "Nobody’s yet", "For the managers"} <= rows.keys()
    assert sum(len(row.entries) for row in team.rows) == len(team.everybody.entries)
    for row in rows.values():
        for number, address in row.cells:
            assert client.get(address).context["number"] == number, (row.name, address)
    assert rows[str(world.officer)].marked[1][0] == 1, "what is put off is among it, and marked"
    assert client.get(reverse("engagement:team-list") + "?who=nonsense").status_code == 404


def test_a_partners_officers_lead_their_own_alone_and_officers_nobody(client, world):
    due(world.hub, "Not entrusted")
    due(world.hub, "Amira's", owner=world.officer)
    Relationship.objects.filter(school=world.school).update(
        owner=world.partner_officer, due_on=today(), due_because=Because.CADENCE
    )
    team = teams.team_of(again(world.partner_officer), today())
    assert {each.item.title for each in team.everybody.entries} == {world.school.name}
    assert str(world.officer) not in {row.name for row in team.rows}
    client.force_login(world.officer)
    assert client.get(reverse("engagement:team-detail")).status_code == 403
    other = make_other_world()
    client.force_login(other.manager)
    text = client.get(reverse("engagement:team-list")).content.decode()
    assert world.school.name not in text and "Not entrusted" not in text
