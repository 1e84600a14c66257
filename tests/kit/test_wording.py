"""How the portal says things."""

import pytest

from hubportal.kit.wording import telephone


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("01632962213", "01632 962213"),
        ("07700900123", "07700 900123"),
        ("02079460958", "020 7946 0958"),
        ("01134960000", "0113 496 0000"),
        ("01214960000", "0121 496 0000"),
        ("03001234567", "0300 123 4567"),
        ("01632 960 001", "01632 960 001"),  # in groups already
        ("+441632962213", "+441632962213"),
        ("01632962213 ext 4", "01632962213 ext 4"),
        ("0163296221", "0163296221"),
        ("", ""),
    ],
)
def test_telephone_groups_british_numbers_and_leaves_others(given, said):
    assert telephone(given) == said
