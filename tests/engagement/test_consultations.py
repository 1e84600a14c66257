"""Consultations: whom they reach, that they go once, the link, what stands as answered, figures, what is public."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from engagement.actions import consultations as actions
from engagement.actions import mailings
from engagement.consultations.inviting import make_link
from engagement.consultations.results import results_of
from engagement.mailings import sending
from engagement.mailings.whom import Person, Reach
from engagement.models import ClosingDayChange, Consultation, ConsultationAnswer, ConsultationSchool, Mailing
from hubportal.kit.models import Draft, LinkOpening
from hubportal.kit.wording import long_date
from schools.access import today
from schools.models import Contact, ListExport, School, TimelineEntry
from schools.roles import Role
from tests import factories as make
from tests.engagement.factories import answer_consultation, make_consultation

pytestmark = pytest.mark.django_db

LIST = reverse("engagement:consultation-list")
CREATE = reverse("engagement:consultation-create")


@pytest.fixture
def hub():
    return make.make_hub("Exampleshire Music Hub", safeguarding_contact="")


@pytest.fixture
def manager(hub):
    return make.make_person(Role.HUB_MANAGER, hub, "Priya Shah")


@pytest.fixture
def officer(hub):
    return make.make_person(Role.HUB_OFFICER, hub, "Amira Okafor")


@pytest.fixture
def schools(hub) -> list[School]:
    """Two primaries and a secondary, each with a music lead who has an email address."""
    made = [
        make.make_school(name, hub=hub, phase=phase)
        for name, phase in (("Ashby High School", "4"), ("Brook Primary School", "2"), ("Cliff Primary School", "2"))
    ]
    for each in made:
        lead = each.name.split()[0].lower()
        make.make_contact(f"Lee {lead}", hub=hub, school=each, email=f"lead@{lead}.example", is_music_lead=True)
    return made


def reach(schools: list[School]) -> Reach:
    contacts = Contact.objects.filter(school__in=schools).select_related("school").order_by("school__name_key")
    return Reach([Person(each, each.school, "") for each in contacts], [], [], len(schools))


@pytest.fixture
def sent(hub, manager, schools) -> Consultation:
    consultation = make_consultation(hub, by=manager)
    assert actions.send(consultation=consultation, reach=reach(schools), by=manager)
    return Consultation.objects.get(pk=consultation.pk)


def asked_at(consultation: Consultation, school: School) -> ConsultationSchool:
    return consultation.schools.select_related("consultation", "school").get(school=school)


def link_for(asked: ConsultationSchool, by, email: str = "lead@school.example"):
    link, token = make_link(asked, email=email, name="Lee Lead", by=by)
    return link, reverse("engagement:consultation-link-open", args=[token])


def answer(consultation: Consultation, school: School, **said) -> ConsultationAnswer:
    return answer_consultation(asked_at(consultation, school), **({"values": {"q2": "1"}} | said))


def boxes(name: str, on: date) -> dict[str, int]:
    return {f"{name}_0": on.day, f"{name}_1": on.month, f"{name}_2": on.year}


def written(**other) -> dict:
    return {
        "title": "What do you need?",
        "introduction": "We plan next year.",
        "which": "all",
        "whom": "music-lead",
        **boxes("closes_on", today() + timedelta(days=14)),
        "question-TOTAL_FORMS": "2",
        "question-INITIAL_FORMS": "0",
        "question-0-ask": "When?",
        "question-0-kind": "one",
        "question-0-options": "Mornings\n\nAfternoons\nMornings",
        "question-1-ask": "",
        "question-1-kind": "text",
        **other,
    }


# --- Writing ---------------------------------------------------------------------------------------------------------


def test_manager_writes_one_and_sees_it_as_schools_do(client, manager, schools):
    client.force_login(manager)
    page = client.post(CREATE, written(), follow=True)
    consultation = Consultation.objects.get()
    assert [(each["ask"], each["options"]) for each in consultation.questions] == [
        ("When?", [["1", "Mornings", ""], ["2", "Afternoons", ""]])
    ]
    html = page.content.decode()
    assert "To 3 people at 3 schools" in html and "Dear Lee," in html and "Mornings" in html
    assert mail.outbox == [] and not ConsultationSchool.objects.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"question-0-options": "Mornings"}, "Enter from two to 12 choices, one a line"),
        ({"question-0-ask": "", "question-0-options": ""}, "Ask at least one question"),
        ({"question-0-kind": "level"}, "Choose what they place themselves in"),
        ({"title": "For {school}"}, "Leave out { and }"),
        (boxes("closes_on", date(2020, 1, 1)), "The closing day must be in the future"),
        ({"closes_on_0": "31", "closes_on_1": "2"}, "must be a real date"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, manager, schools, said, words):
    client.force_login(manager)
    page = client.post(CREATE, written(**said, introduction="Kept words"))
    html = page.content.decode().replace("&#x27;", "'")
    assert page.status_code == 400 and words in html and "Kept words" in html
    assert not Consultation.objects.exists()


def test_another_row_without_javascript_complains_of_nothing(client, manager, schools):
    client.force_login(manager)
    page = client.post(CREATE, written(title="", add_row="question"))
    html = page.content.decode()
    assert page.status_code == 200 and "There is a problem" not in html
    assert 'name="question-2-ask"' in html and "Afternoons" in html


def test_only_managers_write_and_officers_read_what_was_sent(client, hub, manager, officer, schools, sent):
    draft = make_consultation(hub, by=manager, title="Draft")
    client.force_login(officer)
    assert client.get(CREATE).status_code == 403
    assert client.get(draft.get_absolute_url()).status_code == 404
    page = client.get(sent.get_absolute_url())
    assert page.status_code == 200 and "Remind those" not in page.content.decode()
    assert [each.title for each in client.get(LIST).context["table"].data] == ["What do you need?"]


# --- Sending ---------------------------------------------------------------------------------------------------------


def test_double_click_sends_once(client, hub, manager, schools):
    consultation = make_consultation(hub, by=manager)
    client.force_login(manager)
    url = reverse("engagement:consultation-send", args=[consultation.uuid])
    for _ in range(2):
        client.post(url, {"number": 3})
    assert consultation.schools.count() == 3 and Mailing.objects.count() == 1
    assert Mailing.objects.get().recipients.count() == 3


def test_it_goes_only_to_as_many_as_the_page_said(client, hub, manager, schools):
    consultation = make_consultation(hub, by=manager)
    client.force_login(manager)
    page = client.post(reverse("engagement:consultation-send", args=[consultation.uuid]), {"number": 2}, follow=True)
    assert "Whom it goes to has changed" in page.content.decode()
    assert not Mailing.objects.exists()


def test_unsubscribed_are_told_apart_and_not_asked(client, hub, manager, schools):
    mailings.unsubscribe(hub=hub, email="lead@ashby.example")
    consultation = make_consultation(hub, by=manager)
    client.force_login(manager)
    html = client.get(consultation.get_absolute_url()).content.decode()
    assert "To 2 people at 2 schools" in html and "Want no mailings: 1" in html
    client.post(reverse("engagement:consultation-send", args=[consultation.uuid]), {"number": 2})
    assert [each.school.name for each in consultation.schools.select_related("school")] == [
        "Brook Primary School",
        "Cliff Primary School",
    ]


def test_each_email_brings_a_link_of_its_own_that_opens(client, sent):
    assert sending.send_some() == 3
    links = [re.search(r"https?://\S+?(/answer/\S+/)", each.body)[1] for each in mail.outbox]
    assert len(set(links)) == 3 and mail.outbox[0].subject == "What do you need?"
    assert "Dear Lee,\n\nWe plan next year.\n\nAnswer by this link" in mail.outbox[0].body
    assert [client.get(each).status_code for each in links] == [200, 200, 200]


def test_who_works_at_two_schools_gets_one_email_with_a_link_for_each(client, hub, manager, schools):
    Contact.objects.filter(school__in=schools[1:]).update(email="lead@both.example")
    consultation = make_consultation(hub, by=manager)
    client.force_login(manager)
    html = client.get(consultation.get_absolute_url(), {"as": 2}).content.decode()
    assert "To 2 people at 3 schools" in html and "Brook Primary School: (Here stands" in html
    client.post(reverse("engagement:consultation-send", args=[consultation.uuid]), {"number": 2})
    sending.send_some()
    (letter,) = (each for each in mail.outbox if each.to == ["lead@both.example"])
    links = re.findall(r"^(\w+) Primary School: https?://\S+?(/answer/\S+/)$", letter.body, re.M)
    assert [name for name, _ in links] == ["Brook", "Cliff"]
    client.logout()
    for name, link in links:
        assert f"asks {name} Primary School" in client.get(link).content.decode()


def test_reminder_goes_to_the_silent_ones_and_not_twice_a_day(hub, manager, schools, sent):
    answer(sent, schools[0])
    people = reach(schools).people
    with pytest.raises(ValidationError, match="less than a day ago"):
        actions.remind(consultation=sent, people=people, by=manager)
    sent.mailings.update(confirmed_at=sent.sent_at - timedelta(days=2))
    assert actions.remind(consultation=sent, people=people, by=manager) == 2
    reminder = sent.mailings.get(subject__startswith="Reminder")
    assert {each.school_id for each in reminder.recipients.all()} == {schools[1].pk, schools[2].pk}


# --- The link --------------------------------------------------------------------------------------------------------


def said(**other) -> dict:
    return {"q1": "Coaches", "q2": "1", "q3": ["1", "3"], "q4": "2", "name": "Ann Lee", "job_title": "Clerk", **other}


def typed(page, **other) -> dict:
    """What a page's draft sends beside the answers."""
    sent_along = page.context["draft_page"]
    stands = page.context["answer"]
    seen = str(stands.uuid) if stands else ""
    return {"draft_revision": sent_along.revision, "draft_writer": sent_along.writer, "seen": seen, **said(**other)}


def test_opening_spends_nothing_and_anybody_at_the_school_answers(client, manager, schools, sent):
    asked = asked_at(sent, schools[0])
    _, url = link_for(asked, manager)
    for _ in range(3):
        assert client.get(url).status_code == 200
    assert LinkOpening.objects.count() == 3 and not ConsultationAnswer.objects.exists()
    page = client.post(url, said(), follow=True)
    html = page.content.decode()
    assert "has your answers" in html and "Ann Lee, Clerk" in html and "Singing, Drums" in html
    asked.refresh_from_db()
    assert asked.answer.values == {"q1": "Coaches", "q2": "1", "q3": ["1", "3"], "q4": "2"}
    entry = TimelineEntry.objects.get(source=asked.timeline_source)
    assert (entry.heading, entry.detail) == ("Answered the consultation “What do you need?”", "Ann Lee, Clerk")
    assert "Coaches" not in f"{entry.heading}{entry.detail}{entry.text}"


def test_second_sending_shows_the_first_and_keeps_it_as_history(client, manager, schools, sent):
    asked = asked_at(sent, schools[0])
    _, url = link_for(asked, manager)
    client.post(url, said())
    page = client.get(url)
    assert "Change the answers" in page.content.decode() and "<textarea" not in page.content.decode()
    page = client.get(url, {"change": "yes"})
    form = page.context["form"]
    assert form["q1"].value() == "Coaches" and not form["name"].value()
    assert "Ann Lee, Clerk, sent answers" in page.content.decode()
    client.post(url, typed(page, q1="Buses", name="Bo Reed"))
    asked.refresh_from_db()
    assert str(asked.answer) == "Bo Reed, Clerk"
    assert [each.values["q1"] for each in asked.answers.all()] == ["Buses", "Coaches"]
    client.force_login(manager)
    html = client.get(asked.get_absolute_url()).content.decode()
    assert "by Bo Reed, Clerk" in html and "Before that: Ann Lee, Clerk" in html and "Coaches" in html


def test_the_same_pressed_twice_is_one(client, manager, schools, sent):
    _, url = link_for(asked_at(sent, schools[0]), manager)
    for _ in range(2):
        assert client.post(url, said()).status_code == 302
    assert ConsultationAnswer.objects.count() == 1


def test_answers_that_came_meanwhile_are_shown_and_nothing_typed_is_lost(client, manager, schools, sent):
    answer(sent, schools[0])
    _, url = link_for(asked_at(sent, schools[0]), manager, "clerk@school.example")
    page = client.post(url, said())
    html = page.content.decode()
    assert page.status_code == 409 and "Lee Lead, Music lead, has sent answers meanwhile" in html and "Coaches" in html
    page = client.post(url, said(seen=str(page.context["answer"].uuid)))
    assert page.status_code == 302 and ConsultationAnswer.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "Enter your name"),
        ({"job_title": " "}, "Enter your role at the school"),
        ({"q2": "9"}, "Select a valid choice"),
        ({"q1": "", "q2": "", "q3": [], "q4": ""}, "Answer at least one of the questions"),
        ({"q1": "x" * 2001}, "to 2,000 characters or fewer"),
    ],
)
def test_what_is_wrong_in_an_answer_is_said_and_the_rest_is_kept(client, manager, schools, sent, changed, words):
    _, url = link_for(asked_at(sent, schools[0]), manager)
    page = client.post(url, said(**changed))
    html = page.content.decode()
    assert page.status_code == 400 and words in html and 'value="Ann Lee"' in html or changed == {"name": ""}
    assert not ConsultationAnswer.objects.exists()


def test_after_the_closing_day_the_words_are_kept_on_the_page(client, manager, schools, sent):
    asked = asked_at(sent, schools[0])
    _, url = link_for(asked, manager)
    Consultation.objects.update(closes_on=today() - timedelta(days=1))
    page = client.post(url, said())
    assert page.status_code == 409 and "This consultation has closed" in page.content.decode()
    assert "Coaches" in page.content.decode() and not ConsultationAnswer.objects.exists()
    html = client.get(url).content.decode()
    assert "This consultation has closed" in html and "nothing can be sent any more" in html


def test_link_of_another_school_does_not_answer_for_this_one(manager, schools, sent):
    link, _ = link_for(asked_at(sent, schools[0]), manager)
    with pytest.raises(ValidationError, match="does not belong"):
        actions.answer(asked=asked_at(sent, schools[1]), link=link, values={"q2": "1"}, name="A", job_title="B")


def test_expired_and_unknown_links_say_so(client, manager, schools, sent):
    link, url = link_for(asked_at(sent, schools[0]), manager)
    link.created_at, link.expires_at = timezone.now() - timedelta(days=2), timezone.now() - timedelta(days=1)
    link.save()
    page = client.get(url)
    assert page.status_code == 410 and "This link has expired" in page.content.decode()
    assert client.get(reverse("engagement:consultation-link-open", args=["nothing"])).status_code == 404


def test_the_hubs_people_are_led_to_the_answers_and_cannot_give_any(client, manager, schools, sent):
    asked = asked_at(sent, schools[0])
    _, url = link_for(asked, manager)
    client.force_login(manager)
    assert client.post(url, said()).url == asked.get_absolute_url()
    assert not ConsultationAnswer.objects.exists()


# --- What came back --------------------------------------------------------------------------------------------------


def test_figures_by_segment_and_question_lead_to_their_schools(client, officer, manager, schools, sent):
    answer(sent, schools[0], values={"q1": "More", "q2": "1", "q3": ["1", "2"]})
    answer(sent, schools[1], values={"q2": "2", "q3": ["2"], "q4": "4"})
    results = results_of(officer, sent)
    assert (results.whole.asked, results.whole.answered, results.whole.rate) == (3, 2, "67%")
    kinds = {each.label: (each.asked, each.answered, each.rate) for each in results.blocks[0].rows}
    assert kinds == {"Primary": (2, 1, "50%"), "Secondary": (1, 1, "100%")}
    told_apart = ["Kind of school", "Phase", "Authority", "Pupils with free school meals", "Town or country", "Size"]
    assert [each.title for each in results.blocks] == told_apart
    client.force_login(officer)
    figures = [(each.href, each.asked) for block in results.blocks for each in block.rows]
    figures += [(each.answered_href, each.answered) for block in results.blocks for each in block.rows]
    figures += [(each.href, each.number) for each in results.sums]
    figures += [(line.href, line.number) for each in results.sums for line in each.lines]
    assert {url: client.get(url).context["matching"] for url, _ in figures} == dict(figures)
    assert {line.words: line.number for line in results.sums[2].lines} == {"Singing": 1, "Strings": 2, "Drums": 0}


def test_list_shows_the_column_of_the_question_that_is_filtered(client, officer, manager, schools, sent):
    answer(sent, schools[0], values={"q1": "A choir", "q2": "1"})
    client.force_login(officer)
    url = reverse("engagement:consultation-schools", args=[sent.uuid])
    assert "A choir" not in client.get(url).content.decode()
    assert "A choir" in client.get(url, {"said": "q1"}).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_school_and_three(
    client, officer, manager, hub, schools, count, django_assert_num_queries
):
    consultation = make_consultation(hub, by=manager)
    actions.send(consultation=consultation, reach=reach(schools[:count]), by=manager)
    for each in schools[:count]:
        answer(consultation, each)
    client.force_login(officer)
    with django_assert_num_queries(6):
        client.get(reverse("engagement:consultation-schools", args=[consultation.uuid]))


def test_file_has_every_answer_escapes_formulas_and_is_logged(client, officer, manager, schools, sent):
    answer(sent, schools[0], values={"q1": "=HYPERLINK(1)", "q3": ["1", "3"]}, name="=Bo", job_title="+Head")
    client.force_login(officer)
    url = reverse("engagement:consultation-export", args=[sent.uuid, "csv"])
    text = client.get(url).content.decode("utf-8-sig")
    lines = text.splitlines()
    assert len(lines) == 4 and "'=HYPERLINK(1)" in text and "'=Bo" in text and "'+Head" in text
    assert lines[0].split(",")[-4:] == ["What would help you most?", "When?", "What about?",
                                        "Singing every week: where would you place yourselves?"]  # fmt: skip
    assert "Singing; Drums" in text
    (log,) = ListExport.objects.all()
    assert (log.by, log.rows) == (officer, 3)
    xlsx = reverse("engagement:consultation-export", args=[sent.uuid, "xlsx"])
    assert client.get(f"{xlsx}?answered=yes").status_code == 200
    assert ListExport.objects.latest("pk").rows == 1


def test_answers_stand_dated_and_sourced_on_the_schools_page(client, officer, manager, schools, sent):
    answer(sent, schools[0], values={"q1": "A choir"})
    client.force_login(officer)
    html = client.get(schools[0].get_absolute_url()).content.decode()
    assert "by Lee Lead, Music lead," in html and "A choir" in html and "From the consultation" in html
    assert "not answered yet, open until" in client.get(schools[1].get_absolute_url()).content.decode()
    html = client.get(reverse("engagement:briefing-detail", args=[schools[0].urn])).content.decode()
    assert "From the consultation “What do you need?”, by Lee Lead" in html and "A choir" in html


def test_schools_leaders_read_what_their_school_answered_and_no_other(client, manager, schools, sent):
    answer(sent, schools[0], values={"q1": "A choir"})
    head = make.make_person(Role.SCHOOL_LEADER, schools[0], "Ruth Pell")
    client.force_login(head)
    assert "A choir" in client.get(asked_at(sent, schools[0]).get_absolute_url()).content.decode()
    assert client.get(asked_at(sent, schools[1]).get_absolute_url()).status_code == 404
    assert client.get(sent.get_absolute_url()).status_code == 404
    assert client.get(LIST).status_code == 403
    governor = make.make_person(Role.SCHOOL_VIEWER, schools[0], "Gus Governor")
    client.force_login(governor)
    assert client.get(asked_at(sent, schools[0]).get_absolute_url()).status_code == 404


# --- Closing ---------------------------------------------------------------------------------------------------------


def pairs(*rows: tuple[str, str], **other) -> dict:
    data = {"pair-TOTAL_FORMS": str(len(rows)), "pair-INITIAL_FORMS": "0", **other}
    for number, (words, did) in enumerate(rows):
        data |= {f"pair-{number}-said": words, f"pair-{number}-did": did}
    return data


def test_closing_stops_what_has_not_gone(manager, schools, sent):
    assert actions.close(consultation=sent, by=manager)
    assert not actions.close(consultation=sent, by=manager)
    assert sending.send_some() == 0 and mail.outbox == []
    with pytest.raises(ValidationError, match="has closed"):
        answer(sent, schools[0])


def test_published_page_closes_it_and_everybody_reads_it(client, hub, manager, schools, sent):
    answer(sent, schools[0], values={"q1": "Secret words"})
    client.force_login(manager)
    url = reverse("engagement:consultation-outcome-edit", args=[sent.uuid])
    client.post(url, pairs(("Coaches cost too much", "We pay half")))
    assert client.get(sent.get_public_url()).status_code == 404
    client.post(url, pairs(("Coaches cost too much", "We pay half"), publish="yes"))
    sent.refresh_from_db()
    assert not sent.is_open and sent.closed_by == manager
    client.logout()
    html = client.get(sent.get_public_url()).content.decode()
    assert "We pay half" in html and "asked 3 schools" in html and "1 answered" in html
    assert not [words for words in ("Secret words", "Lee Lead", *(each.name for each in schools)) if words in html]
    assert sent.title in client.get(reverse("engagement:consultation-outcome-list", args=[hub.slug])).content.decode()
    other = make.make_hub("Samplefolk Music Hub")
    make.make_school("Sample Primary School", hub=other)
    assert client.get(reverse("engagement:consultation-outcome", args=[other.slug, sent.uuid])).status_code == 404
    _, link = link_for(asked_at(sent, schools[1]), manager)
    assert sent.get_public_url() in client.get(link).content.decode()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("ashby high school wants a choir", "Done")], "leave out the name of Ashby High School"),
        ([("A choir", "")], "Say what you did about it, or empty the row"),
        ([("", "")], "Write what they said and what you did"),
    ],
)
def test_what_cannot_be_published_is_said_and_kept(client, manager, schools, sent, rows, words):
    client.force_login(manager)
    page = client.post(reverse("engagement:consultation-outcome-edit", args=[sent.uuid]), pairs(*rows, publish="yes"))
    assert page.status_code == 400 and words in page.content.decode() and rows[0][0] in page.content.decode()
    sent.refresh_from_db()
    assert sent.published_at is None and sent.is_open


def test_taken_down_nobody_else_reads_it(client, manager, sent):
    actions.set_outcome(consultation=sent, pairs=[{"said": "A", "did": "B"}])
    actions.publish(consultation=sent, by=manager)
    client.force_login(manager)
    client.post(reverse("engagement:consultation-outcome-take-down", args=[sent.uuid]))
    assert client.get(sent.get_public_url()).status_code == 404
    sent.refresh_from_db()
    assert sent.outcome == [{"said": "A", "did": "B"}]


# --- Test to me ------------------------------------------------------------------------------------------------------


def test_to_oneself_first(client, hub, manager, schools):
    consultation = make_consultation(hub, by=manager)
    client.force_login(manager)
    assert "Test to me" in client.get(consultation.get_absolute_url(), {"as": 2}).content.decode()
    page = client.post(reverse("engagement:consultation-test", args=[consultation.uuid]), {"as": "2"}, follow=True)
    [letter] = mail.outbox
    assert letter.to == [manager.email] and letter.subject == "Test: What do you need?"
    assert "Dear Lee,\n\nWe plan next year." in letter.body and "(Here stands each reader’s own link.)" in letter.body
    html = page.content.decode()
    assert f"Sent to {manager.email}, as Lee brook would get it" in html and "2 of 3" in html
    assert not (ConsultationSchool.objects.exists() or Mailing.objects.exists())
    consultation.refresh_from_db()
    assert consultation.is_draft


def test_nobody_to_ask_is_nothing_to_try_and_what_was_sent_is_not_tried_again(client, hub, manager, schools, sent):
    client.force_login(manager)
    page = client.post(reverse("engagement:consultation-test", args=[sent.uuid]), follow=True)
    assert "was sent already" in page.content.decode()
    Contact.objects.update(email="")
    nobody = make_consultation(hub, by=manager)
    page = client.post(reverse("engagement:consultation-test", args=[nobody.uuid]), follow=True)
    assert "There is nobody to ask, so there is nothing to try" in page.content.decode()
    assert mail.outbox == []


# --- The closing day -------------------------------------------------------------------------------------------------


def closing_day(client, consultation: Consultation, on: date, **more):
    url = reverse("engagement:consultation-closing-day", args=[consultation.uuid])
    return client.post(url, boxes("closes_on", on), **more)


@pytest.mark.parametrize("days", [0, 3, 60])
def test_closing_day_moves_with_the_links_and_the_next_email(client, manager, schools, sent, days):
    link, url = link_for(asked_at(sent, schools[0]), manager)
    client.force_login(manager)
    on, was = today() + timedelta(days=days), sent.closes_on
    page = closing_day(client, sent, on, follow=True)
    html = page.content.decode()
    assert f"Schools can answer until {long_date(on)}." in html
    assert f"From {long_date(was)} to {long_date(on)}, by Priya Shah" in html
    sent.refresh_from_db()
    link.refresh_from_db()
    assert (sent.closes_on, link.expires_at, sent.is_open) == (on, sent.links_end_at, True)
    client.logout()
    assert f"until {long_date(on)}" in client.get(url).content.decode()
    sent.mailings.update(confirmed_at=timezone.now() - timedelta(days=2))
    actions.remind(consultation=sent, people=reach(schools).people, by=manager)
    sending.send_some()
    assert f"until {long_date(on)}:" in mail.outbox[-1].body


def test_one_whose_day_has_passed_opens_again(client, manager, schools, sent):
    Consultation.objects.update(closes_on=today() - timedelta(days=1))
    client.force_login(manager)
    assert "Open it again until a later day" in client.get(sent.get_absolute_url()).content.decode()
    closing_day(client, sent, today() + timedelta(days=7))
    answer(sent, schools[0])
    assert ClosingDayChange.objects.get().was == today() - timedelta(days=1)


def test_the_same_day_twice_is_one_change(client, manager, sent):
    client.force_login(manager)
    for _ in range(2):
        page = closing_day(client, sent, today() + timedelta(days=20), follow=True)
    assert "Nothing was changed" in page.content.decode() and ClosingDayChange.objects.count() == 1


def test_a_day_that_has_passed_is_refused_and_kept_in_the_boxes(client, manager, sent):
    client.force_login(manager)
    on = today() - timedelta(days=1)
    page = closing_day(client, sent, on)
    html = page.content.decode()
    assert page.status_code == 400 and "The closing day must be today or later" in html
    assert f'value="{on.year}"' in html and not ClosingDayChange.objects.exists()


def test_what_somebody_has_closed_and_what_is_not_sent_keeps_its_day(client, hub, manager, officer, sent):
    on = today() + timedelta(days=20)
    client.force_login(officer)
    assert closing_day(client, sent, on).status_code == 403
    client.force_login(manager)
    actions.close(consultation=sent, by=manager)
    assert "has been closed, so its closing day stays" in closing_day(client, sent, on).content.decode()
    url = reverse("engagement:consultation-closing-day", args=[sent.uuid])
    assert "cannot be changed" in client.get(url, follow=True).content.decode()
    draft = make_consultation(hub, by=manager)
    assert "was not sent yet" in closing_day(client, draft, on).content.decode()
    assert not ClosingDayChange.objects.exists()


# --- Words that are not sent yet -------------------------------------------------------------------------------------


def test_what_is_typed_by_link_saves_itself_and_the_hub_reads_nothing_of_it(client, manager, schools, sent):
    asked = asked_at(sent, schools[0])
    _, url = link_for(asked, manager)
    page = client.get(url)
    draft_url = page.context["draft_page"].url
    assert client.post(draft_url, typed(page)).json()["revision"] == 1
    page = client.get(url)
    form = page.context["form"]
    assert (form["q1"].value(), form["q3"].value(), form["name"].value()) == ("Coaches", ["1", "3"], "Ann Lee")
    assert "Saved at" in page.content.decode()
    client.force_login(manager)
    html = client.get(asked.get_absolute_url()).content.decode()
    assert "Not answered" in html and "Coaches" not in html
    client.logout()
    client.post(url, typed(page, give="1"))
    assert ConsultationAnswer.objects.get().values == {"q1": "Coaches", "q2": "1", "q3": ["1", "3"], "q4": "2"}


def test_save_and_go_on_later_without_javascript_asks_for_nothing(client, manager, schools, sent):
    _, url = link_for(asked_at(sent, schools[0]), manager)
    page = client.post(url, {"q3": "2", "name": "", "draft_save": "1"}, follow=True)
    html = page.content.decode()
    assert "Saved. The hub does not read it" in html and "There is a problem" not in html
    assert page.context["form"]["q3"].value() == ["2"] and not ConsultationAnswer.objects.exists()


def test_changes_that_were_begun_and_not_sent_are_pointed_to(client, manager, schools, sent):
    asked = asked_at(sent, schools[0])
    _, url = link_for(asked, manager)
    client.post(url, said())
    page = client.get(url, {"change": "yes"})
    client.post(page.context["draft_page"].url, typed(page, q1="Buses"))
    assert "Somebody has changed answers since" in client.get(url).content.decode()
    asked.refresh_from_db()
    assert asked.answer.values["q1"] == "Coaches"
    assert client.get(url, {"change": "yes"}).context["form"]["q1"].value() == "Buses"


def test_two_who_write_the_same_answer_choose_before_it_goes(client, manager, schools, sent):
    asked = asked_at(sent, schools[0])
    _, url = link_for(asked, manager)
    one, other = client.get(url), client.get(url)
    client.post(url, typed(one, q1="Coaches", draft_save="1"))
    page = client.post(url, typed(other, q1="Buses", name="Bo Reed"))
    html = page.content.decode()
    assert page.status_code == 409 and "Two of you wrote the same answer" in html
    assert "Coaches" in html and "Buses" in html and not ConsultationAnswer.objects.exists()


def test_a_closed_consultation_saves_nothing_more_and_says_so(client, manager, schools, sent):
    _, url = link_for(asked_at(sent, schools[0]), manager)
    page = client.get(url)
    Consultation.objects.update(closes_on=today() - timedelta(days=1))
    reply = client.post(page.context["draft_page"].url, typed(page))
    assert reply.status_code == 409 and "has closed" in reply.json()["error"]
    assert not Draft.objects.exists()


# --- Signed in -------------------------------------------------------------------------------------------------------


@pytest.fixture
def head(schools):
    return make.make_person(Role.SCHOOL_LEADER, schools[0], "Ruth Pell")


def test_waits_on_the_home_of_the_schools_leader_and_is_answered_there(client, hub, manager, schools, sent, head):
    asked = asked_at(sent, schools[0])
    client.force_login(head)
    home = client.get(reverse("engagement:school-home")).content.decode()
    words = f"{hub.name} asks 4 questions: “What do you need?”"
    assert words in home and asked.get_answer_url() in home
    page = client.get(asked.get_answer_url())
    assert "Your name" not in page.content.decode()
    client.post(asked.get_answer_url(), typed(page, q1="Coaches", draft_save="1"))
    assert "Somebody at your school has begun." in client.get(reverse("engagement:school-home")).content.decode()
    page = client.post(asked.get_answer_url(), typed(client.get(asked.get_answer_url())), follow=True)
    html = page.content.decode()
    assert "Thank you. Exampleshire Music Hub has your answers." in html and "Change the answers" in html
    made = ConsultationAnswer.objects.get()
    assert (str(made), made.user, made.link) == ("Ruth Pell, School leader", head, None)
    assert words not in client.get(reverse("engagement:school-home")).content.decode()
    client.force_login(manager)
    assert "by Ruth Pell, School leader," in client.get(asked.get_absolute_url()).content.decode()


def test_the_link_leads_the_schools_own_people_to_their_page_with_the_same_words(client, manager, schools, sent, head):
    asked = asked_at(sent, schools[0])
    _, url = link_for(asked, manager)
    client.post(url, said(draft_save="1"))
    client.force_login(head)
    page = client.get(url, follow=True)
    assert page.redirect_chain == [(asked.get_answer_url(), 302)]
    assert page.context["form"]["q1"].value() == "Coaches"
    assert "Answer</a>" not in client.get(asked_at(sent, schools[0]).school.get_absolute_url()).content.decode()


def test_the_same_pressed_twice_signed_in_is_one(client, schools, sent, head):
    asked = asked_at(sent, schools[0])
    client.force_login(head)
    page = client.get(asked.get_answer_url())
    for _ in range(2):
        assert client.post(asked.get_answer_url(), typed(page)).status_code == 302
    assert ConsultationAnswer.objects.count() == 1


def test_nobody_else_answers_signed_in(client, manager, officer, schools, sent, head):
    governor = make.make_person(Role.SCHOOL_VIEWER, schools[0], "Gus Governor")
    others = make.make_person(Role.SCHOOL_LEADER, schools[1], "Olu Other")
    url = asked_at(sent, schools[0]).get_answer_url()
    for person, status in ((governor, 404), (others, 404), (officer, 403), (manager, 403)):
        client.force_login(person)
        assert (client.get(url).status_code, client.post(url, said()).status_code) == (status, status)
        assert client.post(url.replace("/answer/", "/draft/"), said()).status_code == status
    assert not (ConsultationAnswer.objects.exists() or Draft.objects.exists())
    with pytest.raises(ValidationError, match="Only the school’s leaders and editors"):
        actions.answer(asked=asked_at(sent, schools[0]), by=governor, values={"q2": "1"})


def test_once_it_is_closed_the_signed_in_page_leads_to_what_was_sent(client, manager, schools, sent, head):
    asked = asked_at(sent, schools[0])
    actions.close(consultation=sent, by=manager)
    client.force_login(head)
    page = client.get(asked.get_answer_url(), follow=True)
    assert "The consultation has closed." in page.content.decode()
    page = client.post(asked.get_answer_url(), said())
    assert page.status_code == 409 and "Coaches" in page.content.decode()
    assert "asks 4 questions" not in client.get(reverse("engagement:school-home")).content.decode()
