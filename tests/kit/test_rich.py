"""Long texts with headings, lists, bold and links."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubportal.kit import rich


def bare(text: str, under: int = 2) -> str:
    """The HTML without what every block has, on one line."""
    return re.sub(r"\s*\n\s*", "", rich.html(text, under).replace(' dir="auto"', "").replace(f' rel="{rich.REL}"', ""))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Every day\nand night\n\nAnd more", "<p>Every day<br>and night</p><p>And more</p>"),
        ("# Choirs\n## Small\n#### Tiny", "<h3>Choirs</h3><h4>Small</h4><h4>Tiny</h4>"),
        ("### Only this", "<h3>Only this</h3>"),
        (
            "Groups:\n- Choir\n- Band\nAll welcome",
            "<p>Groups:</p><ul><li>Choir</li><li>Band</li></ul><p>All welcome</p>",
        ),
        (
            "•\tChoir\n• Band\n– Strings\n-Brass",
            "<ul>" + "".join(f"<li>{x}</li>" for x in ("Choir", "Band", "Strings", "Brass")) + "</ul>",
        ),
        ("3. Three\n4. Four", '<ol start="3"><li>Three</li><li>Four</li></ol>'),
        ("1. One\n   - In it", "<ol><li>One<ul><li>In it</li></ul></li></ol>"),
        ("A **bold** word", "<p>A <strong>bold</strong> word</p>"),
        (
            "[Us](https://hub.example/a?b=1&c) [mail](mailto:a@hub.example)",
            '<p><a href="https://hub.example/a?b=1&amp;c">Us</a> <a href="mailto:a@hub.example">mail</a></p>',
        ),
    ],
)
def test_what_may_be_set_is_set(text, html):
    assert bare(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "*Year 4* and _Year 5_",
        "-5 degrees",
        "Music in\n2026. It was good\nfor all",
        "5 * 3 * 2",
        "#musicmatters",
        "    set in",
        "> quoted",
        "Title\n---",
        "`code` and ```more```",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "[1]: https://hub.example/",
        "R&amp;B &lt; jazz",
        "<b>bold</b> <!-- kept -->",
        "<script>alert(1)</script>",
        "[press](javascript:alert(1))",
        "[press](data:text/html;base64,PHNjcmlwdD4=)",
        "[press](//hub.example)",
        '<a href="https://hub.example" onclick="x()">y</a>',
    ],
)
def test_all_else_stays_as_it_was_typed(text):
    """One paragraph that says every character, and draws none of it."""
    found = rich.html(text)
    assert set(re.findall(r"</?(\w+)", found)) <= {"p", "br"}
    assert [(block.kind, block.words) for block in rich.blocks(text)] == [("p", text.strip())]


def test_headings_stand_below_the_one_above():
    assert bare("# A\n## B", 4) == "<h5>A</h5><h6>B</h6>" and bare("# A\n## B", 6) == "<h6>A</h6><h6>B</h6>"
    assert rich.lowered("# A\n#B\n- # C\n###### D") == "## A\n#B\n- # C\n###### D"


def test_an_empty_heading_is_none():
    assert bare("#\n# \nwords") == "<p>words</p>"


def test_plain_words_are_a_line_each_and_say_where_links_lead():
    text = "# **Choirs**\nWe [sing](https://hub.example).\n<https://hub.example>\n1. One\n   - In it\n2. Two\n\nEnd"
    assert rich.plain(text).split("\n") == [
        *("Choirs", "", "We sing (https://hub.example).", "https://hub.example", ""),
        *("1. One", "  - In it", "2. Two", "", "End"),
    ]
    assert rich.words_of(text) == 11 and "(https" not in rich.plain(text, addresses=False)


def test_blocks_say_how_deep_and_which_number():
    found = rich.blocks("# H\np\n\n4. a\n\n   more\n\n   1. b\n5. c\n\n- d")
    assert [(each.kind, each.rank, each.number, each.is_first, each.words) for each in found] == [
        ("h", 1, 0, False, "H"),
        ("p", 0, 0, False, "p"),
        ("ol", 1, 4, True, "a"),
        ("p", 1, 0, False, "more"),
        ("ol", 2, 1, True, "b"),
        ("ol", 1, 5, False, "c"),
        ("ul", 1, 0, True, "d"),
    ]


@given(st.text(alphabet=st.sampled_from("ab1 \n#*-_.[]()<>&|`!\\•:/"), max_size=60))
def test_no_word_is_lost_and_no_tag_slips_through(text):
    tags = set(re.findall(r"</?(\w+)", rich.html(text)))
    assert tags <= rich.TAGS
    assert (
        re.findall(r"[ab]", "".join(block.words for block in rich.blocks(text)))
        == re.findall(r"[ab]", re.sub(r"\]\(\S*?\)", "]", text))
        or "](" in text
    )
