"""What a later file says differently is written down, once, and stands in the feeds of the hubs that it concerns."""

from datetime import date

import pytest

from schools.models import ChangeNotice, HubArea, LocalAuthority, RegisterChange, School, TimelineEntry
from schools.register import notices
from schools.roles import Role
from tests import factories as make
from tests.schools.register.files import COLUMNS, row
from tests.schools.register.inbox import FIRST, MANY, SECOND, THIRD, Inbox

pytestmark = pytest.mark.django_db
STATUS, HEAD = "EstablishmentStatus (code)", ("HeadTitle (name)", "HeadFirstName", "HeadLastName")


def changed(urn: int | None = None) -> list[tuple]:
    """Kind, before, after and day of what was noted, in the order of the schools."""
    noted = RegisterChange.objects.order_by("school__urn", "kind")
    noted = noted.filter(school__urn=urn) if urn else noted
    return [(change.kind, change.before, change.after, change.happens_on) for change in noted]


def bring(inbox: Inbox, old: dict[str, str], new: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> list[tuple]:
    """What is noted of the first school when its row changes so."""
    inbox.bring(FIRST, [MANY[0] | old, *MANY[1:]], columns)
    inbox.bring(SECOND, [MANY[0] | new, *MANY[1:]])
    return changed()


def head(title: str, first: str, last: str) -> dict[str, str]:
    return dict(zip(HEAD, (title, first, last), strict=True))


def test_the_first_file_notes_nothing(inbox: Inbox) -> None:
    make.make_hub()
    inbox.bring(FIRST, [MANY[0] | {STATUS: "3", "CloseDate": "31-08-2027"}, *MANY[1:]])
    assert (changed(), ChangeNotice.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("old", "new", "noted"),
    [
        ({}, {"EstablishmentName": "Oak School"}, [("renamed", "School 1", "Oak School", None)]),
        ({}, {"EstablishmentName": "SCHOOL  1."}, []),
        ({}, {"LA (code)": "846"}, [("authority", "East Sussex", "Brighton and Hove", None)]),
        ({STATUS: "4"}, {"OpenDate": "01-09-2022"}, [("opened", "Proposed to open", "Open", date(2022, 9, 1))]),
        ({STATUS: "4"}, {"OpenDate": "01-01-1900"}, [("opened", "Proposed to open", "Open", None)]),
        ({}, {STATUS: "2", "CloseDate": "31/08/2022"}, [("closed", "Open", "Closed", date(2022, 8, 31))]),
        ({STATUS: "4"}, {STATUS: "2"}, [("closed", "Proposed to open", "Closed", None)]),
        ({STATUS: "2"}, {}, [("reopened", "Closed", "Open", None)]),
        ({}, {STATUS: "4"}, [("proposed", "Open", "Proposed to open", None)]),
        ({}, {STATUS: "3", "CloseDate": "2023-08-31"}, [("closing", "", "31 August 2023", date(2023, 8, 31))]),
        ({}, {"CloseDate": "31-08-2023"}, [("closing", "", "31 August 2023", date(2023, 8, 31))]),
        (
            {STATUS: "3", "CloseDate": "31-08-2022"},
            {STATUS: "3", "CloseDate": "31-05-2023"},
            [("closing", "31 August 2022", "31 May 2023", date(2023, 5, 31))],
        ),
        (
            {STATUS: "3", "CloseDate": "31-08-2022"},
            {STATUS: "3"},
            [("closing", "31 August 2022", "", None)],
        ),
        ({STATUS: "3", "CloseDate": "31-08-2022"}, {}, [("not_closing", "31 August 2022", "", None)]),
        ({"CloseDate": "31-08-2022"}, {}, [("not_closing", "31 August 2022", "", None)]),
        ({"CloseDate": "31-08-2022"}, {"CloseDate": "31-08-2022", "Street": "High Road"}, []),
        (
            {STATUS: "3", "CloseDate": "31-08-2022"},
            {STATUS: "2", "CloseDate": "31-08-2022"},
            [("closed", "Open, proposed to close", "Closed", date(2022, 8, 31))],
        ),
        (head("Mrs", "Ada", "Byron"), head("Mr", "Ian", "Oak"), [("head", "Mrs Ada Byron", "Mr Ian Oak", None)]),
        (head("Mrs", "Zoë", "O'Neil"), head("Dr", "Zoe", "O’NEIL"), []),
        (head("", "", ""), head("Mr", "Ian", "Oak"), []),
        (head("Mr", "Ian", "Oak"), head("", "", ""), []),
        ({"NumberOfPupils": "100"}, {"NumberOfPupils": "120"}, [("pupils_up", "100", "120", None)]),
        ({"NumberOfPupils": "100"}, {"NumberOfPupils": "80"}, [("pupils_down", "100", "80", None)]),
        ({"NumberOfPupils": "100"}, {"NumberOfPupils": "119"}, []),
        ({"NumberOfPupils": "100"}, {"NumberOfPupils": "81"}, []),
        ({"NumberOfPupils": "100"}, {"NumberOfPupils": ""}, []),
        ({"NumberOfPupils": ""}, {"NumberOfPupils": "100"}, []),
        ({"NumberOfPupils": "100"}, {"NumberOfPupils": "lots"}, []),
    ],
)
def test_what_changes_is_noted(inbox: Inbox, old: dict, new: dict, noted: list[tuple]) -> None:
    assert bring(inbox, old, new) == noted


def test_trusts_joined_left_and_changed_are_noted(inbox: Inbox) -> None:
    oak, ash = {"Trusts (code)": "3104", "Trusts (name)": "Oak"}, {"Trusts (code)": "4000", "Trusts (name)": "Ash"}
    inbox.bring(FIRST, [MANY[0] | oak, MANY[1] | oak, MANY[2], MANY[3] | oak, *MANY[4:]])
    inbox.bring(SECOND, [MANY[0], MANY[1] | ash, MANY[2] | ash, MANY[3] | oak | {STATUS: "2"}, *MANY[4:]])
    assert changed(110001) == [("left_trust", "Oak", "", None)]
    assert changed(110002) == [("joined_trust", "Oak", "Ash", None), ("left_trust", "Oak", "Ash", None)]
    assert changed(110003) == [("joined_trust", "", "Ash", None)]
    assert changed(110004) == [("closed", "Open", "Closed", None)]


def test_a_trust_that_was_renamed_is_news_of_its_open_schools(inbox: Inbox) -> None:
    oak = {"Trusts (code)": "3104", "Trusts (name)": "Oak"}
    inbox.bring(FIRST, [MANY[0] | oak, MANY[1] | oak | {STATUS: "2"}, *MANY[2:]])
    renamed = oak | {"Trusts (name)": "Oak Learning Trust"}
    inbox.bring(SECOND, [MANY[0] | renamed, MANY[1] | renamed | {STATUS: "2"}, MANY[2] | renamed, *MANY[3:]])
    assert changed(110001) == [("trust_renamed", "Oak", "Oak Learning Trust", None)]
    assert changed(110002) == []
    assert changed(110003) == [("joined_trust", "", "Oak Learning Trust", None)]
    spelt = renamed | {"Trusts (name)": "OAK  LEARNING TRUST"}
    inbox.bring("edubasealldata20240407.csv", [MANY[0] | spelt, *MANY[1:]], accepted_by=make.make_user())
    assert changed(110001) == [("trust_renamed", "Oak", "Oak Learning Trust", None)]


def test_new_schools_are_noted(inbox: Inbox) -> None:
    inbox.bring(FIRST, MANY)
    new = [
        row(120001, "Open", OpenDate="01-09-2022", **{"Trusts (code)": "3104", "Trusts (name)": "Oak"}),
        row(120002, "Proposed", **{STATUS: "4", "OpenDate": "01-09-2024"}),
        row(120003, "Closed", **{STATUS: "2"}),
        row(120004, "Closing", **{STATUS: "3", "CloseDate": "31-08-2024"}),
    ]
    inbox.bring(SECOND, [*MANY, *new], accepted_by=make.make_user())
    assert changed() == [
        ("opened", "", "Open", date(2022, 9, 1)),
        ("proposed", "", "Proposed to open", date(2024, 9, 1)),
        ("closing", "", "31 August 2024", date(2024, 8, 31)),
        ("opened", "", "Open, proposed to close", None),
    ]


def test_gone_and_back_is_noted(inbox: Inbox) -> None:
    inbox.bring(FIRST, MANY)
    inbox.bring(SECOND, MANY[1:], accepted_by=make.make_user())
    inbox.bring(THIRD, MANY, end="\n")
    noted = RegisterChange.objects.order_by("noticed_on").values_list("school__urn", "kind", "noticed_on")
    assert list(noted) == [(110001, "vanished", date(2023, 4, 7)), (110001, "reappeared", date(2024, 4, 7))]


def test_a_column_that_the_last_file_lacked_tells_nothing(inbox: Inbox) -> None:
    gone = {"CloseDate", "NumberOfPupils", "HeadFirstName", "Trusts (code)", "Trusts (name)", "OpenDate"}
    fewer = tuple(name for name in COLUMNS if name not in gone)
    full = {"CloseDate": "31-08-2030", "NumberOfPupils": "50", "Trusts (code)": "3104", "Trusts (name)": "Oak"}
    full |= head("Mr", "Ian", "Oak")
    inbox.bring(FIRST, [MANY[0] | {"NumberOfPupils": "9"} | head("Mrs", "Ada", "Byron"), *MANY[1:]])
    inbox.bring(SECOND, MANY, fewer)
    inbox.bring(THIRD, [MANY[0] | full | {"EstablishmentName": "Oak School"}, *MANY[1:]])
    assert changed() == [("renamed", "School 1", "Oak School", None)]
    assert School.objects.get(urn=110001).pupils == 50


def test_schools_that_are_not_from_the_register_have_no_changes(inbox: Inbox) -> None:
    make.make_school(urn=110001, source=School.Source.MANUAL, name="Ours")
    inbox.bring(FIRST, MANY)
    inbox.bring(SECOND, [MANY[0] | {"EstablishmentName": "Theirs"}, *MANY[1:]])
    assert changed() == []


def test_a_dry_run_and_a_held_file_note_nothing(inbox: Inbox) -> None:
    from schools.register.errors import Held

    inbox.bring(FIRST, MANY)
    inbox.bring(SECOND, [MANY[0] | {"EstablishmentName": "Oak"}, *MANY[1:]], dry_run=True)
    with pytest.raises(Held):
        inbox.bring(SECOND, [MANY[0] | {"EstablishmentName": "Oak"}, *MANY[2:]])
    assert changed() == []


class TestHubs:
    """Two hubs, one for East Sussex and one for Brighton and Hove."""

    @pytest.fixture
    def hubs(self) -> dict[str, str]:
        for code, name in (("845", "Downs"), ("846", "Pier")):
            area = {"authority": LocalAuthority.objects.get(code=code), "starts_on": date(2020, 9, 1)}
            HubArea.objects.create(hub=make.make_hub(name), **area)
        return {"845": "Downs", "846": "Pier"}

    @staticmethod
    def told() -> list[tuple[str, str, str]]:
        noticed = ChangeNotice.objects.order_by("hub__name", "change__kind")
        return list(noticed.values_list("hub__name", "change__kind", "state"))

    @pytest.mark.usefixtures("hubs")
    def test_the_hub_of_the_area_is_told_once(self, inbox: Inbox) -> None:
        inbox.bring(FIRST, [*MANY, row(120000, "Elsewhere", **{"LA (code)": "330"})])
        changes = [MANY[0] | {"EstablishmentName": "Oak"}, *MANY[1:]]
        inbox.bring(SECOND, [*changes, row(120000, "Nowhere", **{"LA (code)": "330"})])
        assert self.told() == [("Downs", "renamed", "new")]
        assert notices.notify(RegisterChange.objects.filter(school__urn=110001).get().file) == 0

    @pytest.mark.usefixtures("hubs")
    def test_both_hubs_are_told_of_a_school_that_changes_authority(self, inbox: Inbox) -> None:
        inbox.bring(FIRST, MANY)
        HubArea.objects.filter(hub__name="Downs").update(ends_on=date(2023, 1, 1))
        inbox.bring(SECOND, [MANY[0] | {"EstablishmentName": "Oak", "LA (code)": "846"}, *MANY[1:]])
        assert self.told() == [
            *[("Downs", "authority", "new"), ("Downs", "renamed", "new")],
            *[("Pier", "authority", "new"), ("Pier", "renamed", "new")],
        ]
        school = School.objects.get(urn=110001)
        head = make.make_person(Role.SCHOOL_LEADER, school, "Ruth Pell")
        entries = TimelineEntry.objects.filter(school=school)
        assert entries.count() == 4
        assert [each.hub.name for each in entries.visible_to(head)] == ["Pier", "Pier"], "the school reads each once"

    def test_a_school_reads_what_the_hub_before_is_told_where_no_hub_covers_it_now(
        self, inbox: Inbox, hubs: dict[str, str]
    ) -> None:
        inbox.bring(FIRST, MANY)
        inbox.bring(SECOND, [MANY[0] | {"LA (code)": "330"}, *MANY[1:]])
        head = make.make_person(Role.SCHOOL_LEADER, School.objects.get(urn=110001), "Ruth Pell")
        assert [each.hub.name for each in TimelineEntry.objects.visible_to(head)] == [hubs["845"]]

    @pytest.mark.usefixtures("hubs")
    def test_a_hub_is_told_of_its_own_time_alone(self, inbox: Inbox) -> None:
        HubArea.objects.filter(hub__name="Downs").update(ends_on=date(2022, 1, 1))
        HubArea.objects.filter(hub__name="Pier").update(starts_on=date(2024, 1, 1))
        inbox.bring(FIRST, MANY)
        inbox.bring(SECOND, [MANY[0] | {"LA (code)": "846"}, MANY[1] | {"EstablishmentName": "Oak"}, *MANY[2:]])
        assert self.told() == []


def test_noting_does_not_grow_with_the_changes(inbox: Inbox, django_assert_max_num_queries) -> None:
    hub = make.make_hub()
    area = {"authority": LocalAuthority.objects.get(code="845"), "starts_on": date(2020, 9, 1)}
    HubArea.objects.create(hub=hub, **area)
    inbox.bring(FIRST, MANY)
    with django_assert_max_num_queries(99):  # two for heads who are new; one for each kind of thing that is held
        inbox.bring(SECOND, [found | {"EstablishmentName": f"Oak {found['URN']}"} for found in MANY])
    assert ChangeNotice.objects.filter(hub=hub).count() == 40
