"""What the register's file of schools in groups does to the schools' times in trusts."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schools.models import (
    ChangeNotice,
    LocalAuthority,
    RegisterChange,
    RegisterFile,
    RegisterRow,
    School,
    Trust,
    TrustSchool,
)
from schools.register.errors import Held, Refused
from schools.register.group_links import import_group_links
from schools.register.groups import import_groups
from schools.register.importing import import_establishments
from tests.factories import make_hub, make_school, make_trust, make_user
from tests.schools.register.files import COLUMNS, MISSING, SHARED, row
from tests.schools.register.sheets import GROUP_LINKS, GROUPS, group, in_group, save

pytestmark = pytest.mark.django_db
OAK = {"Trusts (code)": "2044", "Trusts (name)": "Oak Trust"}
ELM = {"Trusts (code)": "2045", "Trusts (name)": "Elm Trust"}
APRIL = {year: date(year, 4, 7) for year in (2021, 2022, 2023, 2024)}
MANY = range(110100, 110200)  # schools in Oak Trust that stay there


class World:
    """Brings files of establishments and of schools in groups, dated 7 April of a year."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def schools(self, year: int, trusts: dict[int, dict[str, str]], **values: str) -> None:
        rows = [row(urn, f"School {urn}", **trust, **values) for urn, trust in trusts.items()]
        rows += [row(urn, f"School {urn}", **OAK) for urn in MANY]
        path = save(self.folder, f"edubasealldata{year}0407.csv", rows, COLUMNS)
        import_establishments(path, accepted_by=make_user())

    def links(self, year: int, rows: list[dict[str, str]], **options: Any) -> dict[str, Any]:
        rows = rows + [in_group(urn, 2044, "01/09/2015") for urn in MANY]
        columns = options.pop("columns", GROUP_LINKS)
        return import_group_links(save(self.folder, f"alllinksdata{year}0407.csv", rows, columns), **options)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def times(urn: int) -> list[tuple[str, date, date | None, bool]]:
    found = TrustSchool.objects.filter(school__urn=urn).order_by("joined_on", "pk")
    return [(each.trust.name, each.joined_on, each.left_on, each.is_dated) for each in found.select_related("trust")]


def changes(urn: int) -> list[tuple[str, str, str, date | None]]:
    """The changes of trust of a school that files of schools in groups brought."""
    found = RegisterChange.objects.filter(school__urn=urn, file__kind="group_links").order_by("pk")
    return [(each.kind, each.before, each.after, each.happens_on) for each in found]


def test_the_guessed_day_of_joining_is_corrected(world: World) -> None:
    world.schools(2022, {110001: OAK, 110002: OAK, 110003: {}})
    assert times(110001) == [("Oak Trust", APRIL[2022], None, False)]
    figures = world.links(2022, [in_group(110001, 2044, "01/09/2019"), in_group(110002, 2044, "")])
    assert times(110001) == [("Oak Trust", date(2019, 9, 1), None, True)]
    assert times(110002) == [("Oak Trust", APRIL[2022], None, False)]
    assert (figures["new"], figures["changed"], figures["unchanged"], figures["vanished"]) == (0, 101, 1, 0)
    assert not RegisterChange.objects.exists()


def test_a_later_day_does_not_replace_a_guess_but_the_registers_own(world: World) -> None:
    world.schools(2022, {110001: OAK, 110002: OAK})
    world.links(2022, [in_group(110001, 2044, "01/09/2019"), in_group(110002, 2044, "")])
    figures = world.links(2023, [in_group(110001, 2044, "01/10/2019"), in_group(110002, 2044, "01/09/2022")])
    assert times(110001) == [("Oak Trust", date(2019, 10, 1), None, True)]
    assert times(110002) == [("Oak Trust", APRIL[2022], None, False)]
    assert (figures["changed"], figures["warned"]) == (1, 1)
    said = RegisterRow.objects.exclude(warned="").get()
    assert (said.urn, said.warned) == (110002, "It stood in the trust before that day: the earlier one is kept.")


def test_a_school_that_joins_another_trust_leaves_the_first_on_that_day(world: World) -> None:
    hub = make_hub(authority=LocalAuthority.objects.get(code="845"))
    world.schools(2022, {110001: OAK, 110002: {}})
    world.links(2022, [in_group(110001, 2044, "01/09/2019")])
    figures = world.links(
        2023, [in_group(110001, 2045, "01/09/2022", "Elm Trust"), in_group(110002, 2045, "01/01/2023", "Elm Trust")]
    )
    assert times(110001) == [
        ("Oak Trust", date(2019, 9, 1), date(2022, 9, 1), True),
        ("Elm Trust", date(2022, 9, 1), None, True),
    ]
    assert times(110002) == [("Elm Trust", date(2023, 1, 1), None, True)]
    assert (figures["new"], figures["changed"], figures["vanished"]) == (2, 0, 0)
    assert changes(110001) == [
        ("left_trust", "Oak Trust", "Elm Trust", date(2022, 9, 1)),
        ("joined_trust", "Oak Trust", "Elm Trust", date(2022, 9, 1)),
    ]
    assert changes(110002) == [("joined_trust", "", "Elm Trust", date(2023, 1, 1))]
    assert ChangeNotice.objects.filter(hub=hub, state="new").count() == 3
    assert Trust.objects.get(group_uid="2045").name_key == "elm trust"


def test_a_day_before_the_last_trust_was_left_ends_that_time_too(world: World) -> None:
    world.schools(2022, {110001: OAK})
    world.schools(2023, {110001: ELM})
    assert times(110001)[0] == ("Oak Trust", APRIL[2022], APRIL[2023], False)
    world.links(2023, [in_group(110001, 2045, "01/09/2022", "Elm Trust")])
    assert times(110001) == [
        ("Oak Trust", APRIL[2022], date(2022, 9, 1), False),
        ("Elm Trust", date(2022, 9, 1), None, True),
    ]


def test_a_school_that_the_file_has_in_no_trust_has_left(world: World) -> None:
    world.schools(2022, {110001: OAK, 110002: ELM})
    rows = [in_group(110001, 2044, "01/09/2019"), in_group(110002, 2045, "01/09/2019", "Elm Trust")]
    world.links(2022, rows)
    import_groups(
        save(
            *(world.folder, "allgroupsdata20230407.csv"),
            [group(2044, "Oak Trust"), group(2045, "Elm Trust", **{"Closed Date": "31/12/2022"})],
            GROUPS,
        )
    )
    figures = world.links(2023, [])
    assert times(110001) == [("Oak Trust", date(2019, 9, 1), APRIL[2023], True)]
    assert times(110002) == [("Elm Trust", date(2019, 9, 1), date(2022, 12, 31), True)]
    assert (figures["vanished"], figures["new"]) == (2, 0)
    assert changes(110001) == [("left_trust", "Oak Trust", "", None)]
    assert changes(110002) == [("left_trust", "Elm Trust", "", date(2022, 12, 31))]


def test_a_school_comes_back_to_its_trust(world: World) -> None:
    world.schools(2022, {110001: OAK})
    world.links(2022, [in_group(110001, 2044, "01/09/2019")])
    world.links(2023, [])
    world.links(2024, [in_group(110001, 2044, "01/09/2023")])
    assert times(110001) == [
        ("Oak Trust", date(2019, 9, 1), APRIL[2023], True),
        ("Oak Trust", date(2023, 9, 1), None, True),
    ]


def test_rows_that_say_nothing_of_a_present_trust_are_kept_only(world: World) -> None:
    world.schools(2022, {110001: {}, 110002: {}, 110003: {}, 110004: {}, 110005: {}})
    School.objects.filter(urn=110005).update(status="2")
    closed = {"Group Status": "Closed", "Group Status (code)": "CLOSED", "Closed Date": "31/08/2020"}
    figures = world.links(
        2022,
        [
            in_group(110001, 3001, "01/09/2019", "A federation", **{"Group Type (code)": "1"}),
            in_group(110002, 2044, "01/09/2019", **closed),
            in_group(110003, 2044, "01/09/2022"),
            in_group(999999, 2044, "01/09/2019"),
            in_group(110004, 2044, "01/09/2018"),
            in_group(110004, 2045, "01/09/2020", "Elm Trust"),
            in_group(110004, 2046, "01/09/2021", "A foundation", **{"Group Type (code)": "2"}),
            in_group(110005, 2044, "01/09/2019"),
        ],
    )
    assert [times(urn) for urn in (110001, 110002, 110003, 110005)] == [[], [], [], []]
    assert times(110004) == [("Elm Trust", date(2020, 9, 1), None, True)]
    assert (figures["new"], figures["kept_only"], figures["unknown_schools"], figures["rejected"]) == (1, 6, 1, 0)
    assert figures["rows"] == sum(figures[name] for name in ("new", "changed", "unchanged", "kept_only"))
    said = RegisterRow.objects.exclude(warned="").order_by("line").values_list("urn", "warned")
    another = "Its school stands in another trust too, which it joined later."
    assert list(said) == [
        (110003, "The day on which it joins lies ahead: a later file will tell."),
        (999999, "No school of this URN is known."),
        (110004, another),
        (110004, another),
    ]


def test_a_row_that_cannot_be_read_leaves_its_school_where_it_is(world: World) -> None:
    world.schools(2022, {110001: OAK, 110002: OAK, 110003: OAK})
    rows = [in_group(urn, 2044, "01/09/2019") for urn in (110001, 110002, 110003)]
    world.links(2022, rows)
    wrong = [
        in_group(110001, "", "01/09/2019"),
        in_group(110002, 2044, "one day"),
        *(in_group(110003, 2044, "01/09/2019"), in_group(110003, 2044, "01/09/2021")),
    ]
    with pytest.raises(Held, match="URN 110003 in group 2044 stands in lines 4, 5"):
        world.links(2023, wrong)
    figures = world.links(2023, wrong, accepted_by=make_user())
    kept = [("Oak Trust", date(2019, 9, 1), None, True)]
    assert [times(urn) for urn in (110001, 110002, 110003)] == [kept, kept, kept]
    assert (figures["rejected"], figures["warned"], figures["vanished"]) == (3, 1, 0)
    assert figures["rows"] == sum(figures[name] for name in ("new", "changed", "unchanged", "kept_only", "rejected"))


def test_an_older_file_of_schools_in_groups_corrects_days_only(world: World) -> None:
    world.schools(2023, {110001: OAK, 110002: ELM, 110003: {}})
    rows = [in_group(110001, 2044, "01/09/2019"), in_group(110003, 2044, "01/09/2019")]
    figures = world.links(2022, [*rows, in_group(110002, 2044, "01/09/2018")])
    assert times(110001) == [("Oak Trust", date(2019, 9, 1), None, True)]
    assert times(110002) == [("Elm Trust", APRIL[2023], None, False)]
    assert (times(110003), figures["new"], figures["vanished"]) == ([], 0, 0)


def test_a_file_that_lacks_many_schools_is_held(world: World) -> None:
    world.schools(2022, dict.fromkeys(range(110001, 110021), OAK))
    with pytest.raises(Held, match="20 of 120 schools in trusts are missing from it: URN "):
        world.links(2022, [])
    assert TrustSchool.objects.filter(left_on=None).count() == 120


def test_only_schools_of_the_register_are_changed(world: World) -> None:
    school, other = make_school(urn=700005), make_school(urn=700006)
    trust = make_trust("Demo Trust", schools=(other,))
    world.schools(2022, {})
    world.links(2022, [in_group(school.urn, 2044, "01/09/2019")])
    assert not school.trust_schools.exists()
    assert trust.trust_schools.get().left_on is None


def test_the_same_file_again_and_a_dry_run_change_nothing(world: World) -> None:
    world.schools(2022, {110001: OAK, 110002: {}})
    rows = [in_group(110001, 2044, "01/09/2019")]
    world.links(2022, rows)
    models = (Trust, TrustSchool, RegisterFile, RegisterRow, RegisterChange)
    before = [list(model._default_manager.order_by("pk").values()) for model in models]
    assert world.links(2022, rows)["unchanged"] == 101
    figures = world.links(2023, [in_group(110002, 2044, "01/09/2022")], dry_run=True)
    assert (figures["new"], figures["vanished"]) == (1, 1)
    assert [list(model._default_manager.order_by("pk").values()) for model in models] == before
    figures = world.links(2023, [*rows, in_group(110001, 2050, "", **{"Group Type (code)": "5"})])
    assert (figures["new"], figures["changed"], figures["unchanged"], figures["kept_only"]) == (0, 0, 101, 1)
    with pytest.raises(Refused, match="older than the last one applied"):
        world.links(2021, [])


@pytest.mark.skipif(not SHARED.exists(), reason=MISSING)
def test_example_files_are_read_whole(tmp_path: Path) -> None:
    urns = [100000, 100001, 100002, *range(130000, 130060)]
    path = save(tmp_path, "edubasealldata20220407.csv", [row(urn, f"School {urn}") for urn in urns], COLUMNS)
    import_establishments(path)
    figures = import_group_links(SHARED / "fixtures/teaching_vacancies_example_links_data.csv")
    assert (figures["rows"], figures["new"], figures["unknown_columns"]) == (3, 3, [])
    assert times(100002) == [("ACORN EDUCATION TRUST", date(2011, 8, 1), None, True)]
    anonymous = SHARED / "fixtures/fbit_anonymised_gias_all_links.csv"
    figures = import_group_links(anonymous, accepted_by=make_user())
    assert figures["rows"] == sum(figures[name] for name in ("new", "changed", "unchanged", "kept_only", "rejected"))
    assert (figures["new"] > 50, figures["vanished"]) == (True, 3)
