"""How schools are sorted and found."""

from schools.register import keys, values


def test_name_key_sorts_as_people_read() -> None:
    names = ["St Mary’s School", "*Oak  Trust", "école du Nord", "Echo School", "(The) Ash"]
    assert sorted(names, key=keys.name_key) == [
        *("Echo School", "école du Nord", "*Oak  Trust", "St Mary’s School", "(The) Ash"),
    ]


def test_search_text_holds_what_people_type() -> None:
    found = keys.search_text(name="St Mary’s Collège", urn=100000, postcode="ng220ea", town="King's Lynn")
    for typed in ("st mary's", "St Marys", "college", "100000", "NG22 0EA", "ng220ea", "kings lynn"):
        assert all(word in found for word in keys.search_words(typed)), typed


def test_search_words_of_a_book_are_those_of_its_beginning() -> None:
    assert keys.search_words("Oak oak  St Mary's") == ["oak", "st", "marys"]
    assert len(keys.search_words(" ".join(map(str, range(50_000))))) < 100


def test_values_read_the_registers_ways() -> None:
    assert [values.day(given) for given in ("07-04-2022", "7/4/2022", "2022-04-07", "01-01-1900", "")] == [
        *("2022-04-07", "2022-04-07", "2022-04-07", "1900-01-01", None),
    ]
    number = values.whole_up_to(120)
    assert [number(given) for given in ("99", " 7 ", "..", "z", "24.5", "Not applicable", "")] == [
        *("99", "7", None, None, "25", None, None),
    ]
    assert [values.code(given) for given in ("02", "2", "00", "0", " 34", "")] == ["2", "2", "0", "0", "34", ""]
    assert [values.authority_code(given) for given in ("201", "0", "000")] == ["201", "000", "000"]
