"""School to school: who could help whom, introductions that name nobody before both agree, and a school's own list."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from engagement.actions import introductions as actions
from engagement.actions import named_for
from engagement.actions.introductions import Answer, Contact
from engagement.models import Introduction, IntroductionSide, NamedFor
from engagement.school_to_school.holdings import Introductions, NamedFors
from engagement.school_to_school.matching import helped_by, needs_of_schools
from engagement.school_to_school.needs import levels_of, schools_with_needs
from engagement.school_to_school.today import introductions_to_answer, introductions_to_go_on
from schools import handing
from schools.access import today
from schools.models import School, TimelineEntry
from schools.roles import Role
from schools.succession import Going
from tests import factories as make
from tests.engagement.factories import make_half, make_introduction, make_shared_levels

pytestmark = pytest.mark.django_db
LIST = reverse("engagement:match-list")
YES = Contact("Ms Hill", "music lead", "hill@oakfield.example")


@pytest.fixture
def officer(hub):
    return make.make_person(Role.HUB_OFFICER, hub, "Amira Okafor")


@pytest.fixture
def millbrook(hub):
    return make.make_school("Millbrook Junior School", hub=hub, easting=450000, northing=300000)


@pytest.fixture
def oakfield(hub):
    """Four miles to the east, strong in singing, and happy to say so."""
    return make.make_school("Oakfield Primary School", hub=hub, easting=456437, northing=300000)


@pytest.fixture
def head(millbrook):
    return make.make_person(Role.SCHOOL_LEADER, millbrook, "Ruth Pell")


@pytest.fixture
def lead(oakfield):
    return make.make_person(Role.SCHOOL_EDITOR, oakfield, "Jo Hill")


@pytest.fixture
def choir(oakfield, lead):
    return named_for.add(school=oakfield, words="Our Year 4 choir", by=lead, code="singing")


@pytest.fixture
def made(millbrook, oakfield, choir, officer):
    return make_introduction(millbrook, oakfield, by=officer)


def sides(made: Introduction) -> tuple[IntroductionSide, IntroductionSide]:
    helped, helper = made.sides.select_related("introduction", "school").order_by("role")
    return helped, helper


def in_full(schools, hub, user):
    schools = list(schools_with_needs(hub, user))
    return {
        school.name: [
            (need.label, [(match.helper.name, match.reasons) for match in need.matches])
            for need in needs_of_schools(hub, user, schools)[school.pk]
        ]
        for school in schools
    }


# --- Matching -------------------------------------------------------------------------------------------------------


def test_a_need_is_matched_with_what_is_embedded_nearby_with_the_reason_in_words(
    hub, officer, millbrook, oakfield, choir
) -> None:
    make_shared_levels(millbrook, by=officer, singing=1, creating=3)
    make_shared_levels(oakfield, by=officer, singing=4, could_offer="Assemblies to visit")
    make.make_dated_fact("artsmark gold", hub=hub, school=oakfield, by=officer)
    make.make_trust("Both", schools=(millbrook, oakfield))
    found = in_full([millbrook], hub, officer)
    day = f"{today().day} {today():%B}"
    reasons = [
        f"“Singing every week” is embedded there, {day}",
        "Happy to be named for: Our Year 4 choir",
        "Could offer others: Assemblies to visit",
        "Artsmark: Gold",
        "4.0 miles away",
        "Same phase",
        "Same trust: Both",
    ]
    assert found == {"Millbrook Junior School": [("Singing every week", [("Oakfield Primary School", reasons)])]}


def test_only_what_was_shared_counts_and_the_newest_word_on_it(hub, officer, millbrook, oakfield) -> None:
    make_shared_levels(oakfield, by=officer, singing=4)
    make_shared_levels(millbrook, by=officer, singing=1, is_shared=False)
    assert in_full([millbrook], hub, officer) == {}
    make_shared_levels(millbrook, by=officer, on=today() - timedelta(days=40), singing=1)
    assert list(in_full([millbrook], hub, officer)) == ["Millbrook Junior School"]
    make_shared_levels(millbrook, by=officer, on=today() - timedelta(days=4), singing=3)
    assert in_full([millbrook], hub, officer) == {}


def test_the_nearest_of_the_same_phase_stand_first_and_none_that_needs_the_same(hub, officer, millbrook) -> None:
    make_shared_levels(millbrook, by=officer, singing=1)
    places = (("Far", 60_000, {}), ("Near", 2_000, {}), ("Lost", None, {}))
    for name, metres, more in (*places, ("Upper", 500, {"phase": School.Phase.SECONDARY})):
        place = {"easting": 450000 + metres, "northing": 300000} if metres is not None else {}
        school = make.make_school(name, hub=hub, **place, **more)
        make_shared_levels(school, by=officer, singing=4)
    poor = make.make_school("Poor", hub=hub, easting=450100, northing=300000)
    make.make_dated_fact("artsmark gold", hub=hub, school=poor, by=officer)
    make_shared_levels(poor, by=officer, singing=2)
    (need,) = in_full([millbrook], hub, officer)["Millbrook Junior School"]
    assert [name for name, _ in need[1]] == ["Near", "Far", "Lost"]
    assert "Distance not known" in need[1][2][1]


def test_what_a_school_asked_for_is_a_need_in_its_words(hub, officer, millbrook, oakfield, choir) -> None:
    half, _ = make_half(millbrook, by=officer, word="Ukuleles")
    page = in_full([millbrook], hub, officer)
    wanted = [label for needs in page.values() for label, _ in needs]
    assert wanted and all("Ukuleles" in label for label in wanted), half


def test_whom_a_school_could_help(hub, officer, millbrook, oakfield) -> None:
    make_shared_levels(millbrook, by=officer, singing=1, creating=4)
    make_shared_levels(oakfield, by=officer, singing=4, creating=3)
    levels = levels_of(hub, officer, schools=[oakfield.pk])[oakfield.pk]
    (match,) = helped_by(hub, officer, oakfield, levels)
    assert (match.helped, match.helper, match.code) == (millbrook, oakfield, "singing")


def test_the_page_filters_by_need_phase_and_authority(client, hub, officer, millbrook, oakfield, made) -> None:
    upper = make.make_school("Upper", hub=hub, phase=School.Phase.SECONDARY)
    make_shared_levels(millbrook, by=officer, singing=1)
    make_shared_levels(upper, by=officer, creating=2)
    make_shared_levels(oakfield, by=officer, singing=4)
    client.force_login(officer)
    page = client.get(LIST)
    assert "Introduction: suggested" in page.content.decode()

    def listed(**query):
        return [row.record.name for row in client.get(LIST, query).context["table"].page.object_list]

    assert listed() == ["Millbrook Junior School", "Upper"]
    assert listed(need="singing") == ["Millbrook Junior School"]
    assert listed(phase="4") == ["Upper"]
    assert listed(authority=hub.areas.get().authority.code) == ["Millbrook Junior School", "Upper"]
    assert listed(q="upper") == ["Upper"]


@pytest.mark.parametrize("number", [1, 6])
def test_pages_cost_the_same_for_few_and_for_many(
    number, client, hub, officer, millbrook, oakfield, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    for each in range(number):
        needing = make.make_school(f"Needs {each}", hub=hub)
        make_shared_levels(needing, by=officer, singing=1)
        strong = make.make_school(f"Strong {each}", hub=hub)
        make_shared_levels(strong, by=officer, singing=4, could_offer="Visits")
        make_introduction(needing, strong, by=officer, asked=True)
    make_shared_levels(millbrook, by=officer, singing=1, creating=4)
    client.force_login(officer)
    with django_assert_num_queries(16):
        client.get(LIST)
    with django_assert_max_num_queries(8):
        client.get(reverse("engagement:introduction-list"))
    with django_assert_max_num_queries(11):
        needs_of_schools(hub, officer, list(schools_with_needs(hub, officer)))


def test_a_schools_matches_are_for_the_hubs_own_staff(client, hub, officer, millbrook, oakfield, head) -> None:
    partner = make.make_partner("Brass", hub=hub)
    make.make_commission(partner=partner, school=millbrook)
    make_shared_levels(millbrook, by=officer, singing=1)
    make_shared_levels(oakfield, by=officer, singing=4)
    for person, sees in (
        (officer, True),
        (make.make_person(Role.HUB_VIEWER, hub), True),
        (make.make_person(Role.PARTNER_OFFICER, partner), False),
        (head, False),
    ):
        client.force_login(person)
        panel = client.get(millbrook.get_absolute_url()).content.decode()
        address = reverse("engagement:match-detail", args=[millbrook.urn])
        assert (address in panel) is sees, person
        answer = client.get(address)
        assert answer.status_code == (200 if sees else 403), person
        assert ("Schools that could help" in answer.text and "Oakfield" in answer.text) is sees, person
    client.force_login(officer)
    theirs = client.get(reverse("engagement:match-detail", args=[oakfield.urn])).text
    assert "Schools it could help" in theirs and "Millbrook" in theirs.split("Schools it could help")[1]
    assert client.get(reverse("engagement:match-detail", args=[999999])).status_code == 404


# --- Introductions --------------------------------------------------------------------------------------------------


def test_both_are_named_once_both_agree_and_not_before(
    client, hub, officer, head, lead, millbrook, oakfield, made, django_capture_on_commit_callbacks
):
    """Every page of each school, its timeline and every email: neither reads the other's name before both agree."""
    helped, helper = sides(made)
    viewer = make.make_person(Role.SCHOOL_VIEWER, millbrook)
    people = ((head, millbrook, oakfield), (viewer, millbrook, oakfield), (lead, oakfield, millbrook))

    def names_nobody() -> None:
        for person, own, other in people:
            client.force_login(person)
            pages = [own.get_absolute_url(), reverse("engagement:school-home")]
            pages += [reverse("engagement:named-for-list", args=[own.urn])]
            pages += [side.get_absolute_url() for side in (helped, helper)]
            for page in pages:
                answer = client.get(page, follow=True)
                words = answer.content.decode()
                assert other.name not in words and str(other.urn) not in words, (page, person)
        for own, other in ((millbrook, oakfield), (oakfield, millbrook)):
            for entry in TimelineEntry.objects.filter(school=own):
                assert other.name not in f"{entry.heading} {entry.detail} {entry.text}"
        for email in mail.outbox:
            other = "Oakfield" if email.to == [head.email] else "Millbrook"
            assert other not in f"{email.subject} {email.body}"

    names_nobody()
    with django_capture_on_commit_callbacks(execute=True):
        actions.ask(side=helped, note="Would the spring suit you?", by=officer)
    assert [email.to for email in mail.outbox] == [[head.email]]
    names_nobody()
    actions.answer(side=helped, said=Answer(True, Contact("Ruth Pell", "head", "ruth@millbrook.example")), by=head)
    names_nobody()
    with django_capture_on_commit_callbacks(execute=True):
        actions.ask(side=helper, by=officer)
    names_nobody()
    with django_capture_on_commit_callbacks(execute=True):
        actions.answer(side=helper, said=Answer(True, YES, named_for=list(NamedFor.objects.all())), by=lead)
    assert [email.to for email in mail.outbox[-2:]] == [[lead.email], [head.email]]
    made.refresh_from_db()
    assert made.state == Introduction.State.NAMED
    for person, side, words in (
        (head, helped, ["Oakfield Primary School", "Ms Hill", "hill@oakfield.example", "Our Year 4 choir"]),
        (lead, helper, ["Millbrook Junior School", "Ruth Pell", "ruth@millbrook.example"]),
    ):
        client.force_login(person)
        page = client.get(side.get_absolute_url()).content.decode()
        assert [each for each in words if each not in page] == []
    headings = {each.school_id: each.heading for each in TimelineEntry.objects.filter(kind="introduction")}
    assert headings == {
        millbrook.pk: "Introduced to Oakfield Primary School: Singing",
        oakfield.pk: "Introduced to Millbrook Junior School: Singing",
    }


def test_the_school_that_was_not_asked_reads_nothing_and_viewers_never(client, millbrook, oakfield, head, lead, made):
    helped, helper = sides(made)
    viewer = make.make_person(Role.SCHOOL_VIEWER, millbrook)
    for person in (head, lead, viewer):
        client.force_login(person)
        assert [client.get(each.get_absolute_url()).status_code for each in (helped, helper)] == [404, 404]
    actions.ask(side=helped, by=made.made_by)
    for person, wanted in ((head, [200, 404]), (lead, [404, 404]), (viewer, [404, 404])):
        client.force_login(person)
        assert [client.get(each.get_absolute_url()).status_code for each in (helped, helper)] == wanted


def test_the_whole_way_signed_in_and_on_paper(client, officer, millbrook, oakfield, head, lead, choir) -> None:
    client.force_login(officer)
    create = reverse("engagement:introduction-create", args=[millbrook.urn, oakfield.urn])
    form = client.get(create, {"about": "singing"}).context["form"]
    assert form["about"].value()
    refused = client.post(create, {"about": "What Oakfield Primary School does", "why": "They are near"})
    assert refused.status_code == 400 and "Say it without the name" in refused.content.decode()
    assert refused.context["form"]["why"].value() == "They are near"
    client.post(f"{create}?about=singing", {"about": "Singing in assembly", "why": "They are near"})
    made = Introduction.objects.get()
    assert made.criterion_code == "singing"
    refused = client.post(create, {"about": "Again", "why": "They are near"})
    assert refused.status_code == 400 and "stands already" in refused.content.decode()
    helped, helper = sides(made)
    ask = [reverse("engagement:introduction-ask", args=[each.uuid]) for each in (helped, helper)]
    assert client.post(ask[0], {"note": "As Oakfield Primary School does"}).status_code == 400
    assert client.post(ask[0], {"note": "Tell us by Friday"})["Location"] == made.get_absolute_url()
    assert client.post(ask[1], {}).status_code == 400, "the other is asked once this one has agreed"
    (thing,) = introductions_to_answer(head, millbrook, today())
    client.force_login(head)
    assert "Tell us by Friday" in client.get(thing.href).content.decode()
    assert client.post(thing.href, {"is_agreed": "yes"}).status_code == 400, "nobody to get in touch with"
    assert client.post(thing.href, {"is_agreed": "no"}).status_code == 400, "no reason"
    client.post(thing.href, {"is_agreed": "yes", "contact_name": "Ruth Pell", "contact_email": "ruth@m.example"})
    assert introductions_to_answer(head, millbrook, today()) is not None
    (item,) = introductions_to_go_on(officer, today())
    assert item.action == "Ask the other school"
    client.force_login(officer)
    client.post(ask[1], {})
    record = reverse("engagement:introduction-record", args=[helper.uuid])
    on = today()
    said = {"is_agreed": "yes", "contact_name": "Jo Hill", "said_by": "Jo Hill, music lead"}
    said |= {"said_on_0": on.day, "said_on_1": on.month, "said_on_2": on.year}
    assert client.post(record, said).status_code == 400, "nothing to be named for"
    client.post(record, said | {"named_for": [str(choir.uuid)], "also": "Our song book"})
    made.refresh_from_db()
    helper.refresh_from_db()
    assert (made.state, helper.said_by, helper.answered_by) == ("named", "Jo Hill, music lead", officer)
    assert set(NamedFor.objects.values_list("words", "said_by")) == {
        ("Our Year 4 choir", ""),
        ("Our song book", "Jo Hill, music lead"),
    }
    assert list(introductions_to_go_on(officer, today())) == []
    (item,) = introductions_to_go_on(officer, today() + timedelta(days=30))
    assert item.action_href == reverse("engagement:introduction-outcome", args=[made.uuid])
    outcome = {"outcome": "visited", "words": "A good morning", "on_0": on.day, "on_1": on.month, "on_2": on.year}
    early = on - timedelta(days=3)
    before = outcome | {"on_0": early.day, "on_1": early.month, "on_2": early.year}
    assert client.post(item.action_href, before).status_code == 400
    client.post(item.action_href, outcome)
    client.post(item.action_href, outcome | {"outcome": "together", "words": "A joint choir"})
    page = client.get(made.get_absolute_url()).content.decode()
    assert "They work together" in page and "A good morning" in page and "A joint choir" in page
    details = TimelineEntry.objects.filter(kind="introduction").values_list("detail", "text")
    assert len(details) == 2
    assert all(detail.startswith("They work together, ") and text == "" for detail, text in details)


CHOOSE = reverse_lazy("engagement:introduction-choose")


def test_any_two_schools_are_chosen_by_words_and_introduced_with_a_reason(client, officer, millbrook, oakfield) -> None:
    client.force_login(officer)
    assert str(CHOOSE) in client.get(reverse("engagement:match-list")).content.decode()
    link = client.get(reverse("engagement:match-detail", args=[millbrook.urn])).content.decode()
    assert f"{CHOOSE}?helped={millbrook.urn}" in link
    assert f'value="{millbrook.urn}"' in client.get(CHOOSE, {"helped": millbrook.urn}).content.decode()
    found = client.get(CHOOSE, {"helped": millbrook.urn, "helper": "oakfield"})
    create = reverse("engagement:introduction-create", args=[millbrook.urn, oakfield.urn])
    assert found["Location"] == create
    refused = client.post(create, {"about": "Singing in assembly", "why": " "})
    assert refused.status_code == 400 and "Say why these two" in refused.content.decode()
    assert refused.context["form"]["about"].value() == "Singing in assembly"
    client.post(create, {"about": "Singing in assembly", "why": "Their heads trained together"})
    made = Introduction.objects.get()
    assert (made.why, made.state, made.criterion_code) == ("Their heads trained together", "suggested", "")
    assert not any(each.asked_at for each in sides(made))


def test_where_words_find_several_schools_one_of_them_is_chosen(client, hub, officer, millbrook, oakfield) -> None:
    other = make.make_school("Oakfield Junior School", hub=hub)
    client.force_login(officer)
    said = {"helped": "Millbrook", "helper": "Oakfield"}
    page = client.get(CHOOSE, said)
    html = page.content.decode()
    assert page.status_code == 400 and "Several schools match “Oakfield”: choose one" in html and other.name in html
    assert 'value="Millbrook"' in html
    chosen = client.get(CHOOSE, {**said, "helper_urn": other.urn})
    assert chosen["Location"] == reverse("engagement:introduction-create", args=[millbrook.urn, other.urn])


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"helped": "Millbrook", "helper": "Nowhere"}, "No school of yours is found by these words"),
        ({"helped": "Millbrook", "helper": "Millbrook"}, "Choose two different schools"),
        ({"helped": "", "helper": "Oakfield"}, "Answer “Which school would be helped?”"),
        ({"helped": "Millbrook", "helper": "Elsewhere"}, "No school of yours is found by these words"),
    ],
)
def test_what_finds_no_two_schools_of_the_hub_is_said(client, officer, millbrook, oakfield, said, words) -> None:
    make.make_school("Elsewhere Primary School", hub=make.make_hub("Samplefolk Music Hub"))
    client.force_login(officer)
    page = client.get(CHOOSE, said)
    assert page.status_code == 400 and words in page.content.decode() and not Introduction.objects.exists()


def test_only_who_writes_for_the_hub_chooses(client, hub, millbrook, head) -> None:
    for person in (make.make_person(Role.HUB_VIEWER, hub), head):
        client.force_login(person)
        assert client.get(CHOOSE).status_code == 403


def test_a_no_closes_it_without_a_word_of_whom_or_why(client, officer, millbrook, oakfield, head, lead, made) -> None:
    helped, helper = sides(made)
    actions.ask(side=helped, by=officer)
    actions.answer(side=helped, said=Answer(True, YES), by=head)
    actions.ask(side=helper, by=officer)
    actions.answer(side=helper, said=Answer(False, reason="No time before summer"), by=lead)
    made.refresh_from_db()
    assert made.state == Introduction.State.DECLINED
    client.force_login(head)
    page = client.get(helped.get_absolute_url()).content.decode()
    assert "goes no further" in page and "No time" not in page and "Oakfield" not in page
    client.force_login(officer)
    assert "No time before summer" in client.get(made.get_absolute_url()).content.decode()
    assert make_introduction(millbrook, oakfield, by=officer).pk != made.pk, "it may be suggested again"


def test_what_is_taken_off_the_list_is_read_no_more(client, officer, head, lead, oakfield, choir, made) -> None:
    helped, helper = sides(made)
    actions.ask(side=helped, by=officer)
    actions.answer(side=helped, said=Answer(True, Contact("Ruth Pell")), by=head)
    actions.ask(side=helper, by=officer)
    with pytest.raises(ValidationError, match="at least one"):
        actions.answer(side=helper, said=Answer(True, YES), by=lead)
    actions.answer(side=helper, said=Answer(True, YES, named_for=[choir]), by=lead)
    client.force_login(lead)
    client.post(reverse("engagement:named-for-take-out", args=[choir.uuid]))
    client.force_login(head)
    page = client.get(helped.get_absolute_url()).content.decode()
    assert "Oakfield" in page and "Our Year 4 choir" not in page


def test_it_is_given_up_only_before_both_know(officer, head, lead, choir, made) -> None:
    helped, helper = sides(made)
    actions.ask(side=helped, by=officer)
    actions.withdraw(introduction=made, reason="The head left", by=officer)
    with pytest.raises(ValidationError, match="closed already"):
        actions.answer(side=helped, said=Answer(True, YES), by=head)
    entry = TimelineEntry.objects.get(kind="introduction")
    assert "goes no further" in entry.heading and "left" not in entry.text
    again = make_introduction(helped.school, helper.school, by=officer, asked=True)
    helped, helper = sides(again)
    actions.answer(side=helped, said=Answer(True, YES), by=head)
    actions.ask(side=helper, by=officer)
    actions.answer(side=helper, said=Answer(True, YES, named_for=[choir]), by=lead)
    with pytest.raises(ValidationError, match="know of each other"):
        actions.withdraw(introduction=again, reason="Late", by=officer)


def test_schools_of_two_hubs_are_not_introduced(officer, millbrook) -> None:
    other = make.make_hub("Samplefolk Music Hub")
    stranger = make.make_school("Elsewhere", hub=other)
    with pytest.raises(ValidationError):
        make_introduction(millbrook, stranger, by=officer)


def test_nothing_of_an_introduction_goes_on_after_a_school_has_left_the_area(officer, head, millbrook, made) -> None:
    helped, _ = sides(made)
    actions.ask(side=helped, by=officer)
    other = make.make_hub("Samplefolk Music Hub")
    School.objects.filter(pk=millbrook.pk).update(authority=other.areas.get().authority)
    with pytest.raises(ValidationError, match="not in the hub’s area"):
        actions.answer(side=helped, said=Answer(True, YES), by=head)


# --- Going over -----------------------------------------------------------------------------------------------------


def test_an_introduction_follows_the_school_and_stays_where_it_is_between_the_two(
    hub, officer, lead, millbrook, oakfield, made, choir
) -> None:
    helped, _ = sides(made)
    academy = make.make_school("Millbrook Academy", hub=hub)
    Introductions().move(Going(hub, millbrook, academy, officer))
    helped.refresh_from_db()
    assert helped.school == academy
    Introductions().move(Going(hub, academy, oakfield, officer))
    helped.refresh_from_db()
    assert helped.school == academy, "the two schools stay two"
    named_for.add(school=academy, words="Our Year 4 choir", by=officer)
    NamedFors().move(Going(hub, oakfield, academy, officer))
    choir.refresh_from_db()
    assert choir.school == oakfield, "the same words stand there already"


def test_another_hub_that_takes_a_school_over_learns_nothing_of_its_introductions(
    hub, officer, head, lead, millbrook, oakfield, made, choir
) -> None:
    helped, helper = sides(made)
    actions.ask(side=helped, by=officer)
    actions.answer(side=helped, said=Answer(True, YES), by=head)
    actions.ask(side=helper, by=officer)
    actions.answer(side=helper, said=Answer(True, YES, named_for=[choir]), by=lead)
    other = make.make_hub("Samplefolk Music Hub")
    way = {"with_history": True, "with_private_notes": True, "by": officer, "at": timezone.now()}
    handing.copy(handing.Handing(school=millbrook, giver=hub, receiver=other, **way))
    assert not TimelineEntry.objects.filter(hub=other, heading__contains="Oakfield").exists()
    assert not Introduction.objects.filter(hub=other).exists()


# --- The school's own list ------------------------------------------------------------------------------------------


def test_a_school_keeps_its_list_and_the_hub_reads_it(client, officer, oakfield, lead, head) -> None:
    url = reverse("engagement:named-for-list", args=[oakfield.urn])
    client.force_login(lead)
    assert client.get(url).status_code == 200
    assert client.post(url, {"words": ""}).status_code == 400
    client.post(url, {"words": "Steel pans", "code": "singing"})
    client.post(url, {"words": "steel pans", "code": ""})
    assert list(NamedFor.objects.values_list("words", "criterion_code")) == [("Steel pans", "singing")]
    client.force_login(officer)
    page = client.get(url).content.decode()
    assert "Steel pans" in page and "Put something on it" not in page
    assert client.post(url, {"words": "Ours"}).status_code == 403
    client.force_login(head)
    assert client.get(url).status_code == 404, "another school"


def test_the_list_has_an_end(oakfield, lead) -> None:
    for number in range(named_for.MOST):
        named_for.add(school=oakfield, words=f"Thing {number}", by=lead)
    with pytest.raises(ValidationError, match="Take something out first"):
        named_for.add(school=oakfield, words="One more", by=lead)
