"""Components: unknown variants are refused, each is in the gallery, the charts say in words what they show."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from django.template import Context, Template

from hubportal.kit import charts, colours
from tests.factories import make_user

TEMPLATES = Path(__file__).parents[2] / "templates"
COMPONENTS = sorted(path.stem for path in (TEMPLATES / "components").glob("[!_]*.html"))
SVG = "{http://www.w3.org/2000/svg}"


def draw(source: str, **context) -> str:
    return Template("{% load kit %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        '{% tag "x" variant="pink" %}',
        '{% engagement_tag "asleep" %}',
        '{% button "x" variant="huge" %}',
        '{% link_button "x" "/" variant="huge" %}',
        '{% panel "x" variant="gold" %}{% endpanel %}',
        '{% panel "x" level=1 %}{% endpanel %}',
        '{% timeline_item kind="dream" %}{% endtimeline_item %}',
        '{% work_progress state="lost" label="x" %}',
        '{% notice "loud" %}{% endnotice %}',
        '{% confidentiality "everyone" %}',
    ],
)
def test_unknown_variant_is_refused(source):
    with pytest.raises(ValueError, match="is one of"):
        draw(source)


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_is_in_the_gallery(name):
    listed = re.findall(r'data-component="([^"]+)"', (TEMPLATES / "kit" / "gallery.html").read_text())
    assert name in " ".join(listed).split()


def test_gallery_draws_for_anyone_signed_in(client, db):
    client.force_login(make_user())
    html = client.get("/gallery/").content.decode()
    assert html.count("<h1") == 1
    assert "{{" not in html
    assert "{%" not in html
    assert not re.search(r"\sstyle=|\son[a-z]+=", html)


def test_work_asks_again_only_while_it_runs():
    running = draw('{% work_progress state="building" label="Report" poll="/p/" progress=40 %}')
    assert 'hx-get="/p/"' in running
    assert "40% done" in running
    for state in ("ready", "failed", "cancelled"):
        assert "hx-get" not in draw('{% work_progress state=state label="Report" poll="/p/" %}', state=state)


def test_words_in_a_component_are_escaped():
    html = draw("{% tag words %}{% next_step action=words href='/' %}{{ words }}{% endnext_step %}", words="<b>&")
    assert "<b>&" not in html
    assert html.count("&lt;b&gt;&amp;") == 3


@pytest.mark.parametrize(
    ("now", "was", "words"),
    [
        (3, 2, "Established, last time Emerging"),
        (2, 2, "Emerging, the same last time (Emerging)"),
        (4, None, "Embedded"),
        (None, 1, "Not judged, last time Not yet in place"),
        (0, None, "Not judged"),
    ],
)
def test_level_is_said_in_words(now, was, words):
    assert charts.level_words(now, was) == words


def test_levels_bar_fills_now_and_outlines_last_time():
    svg = ET.fromstring(charts.levels_bar(3, 2, label="Singing & <more>"))
    classes = [rect.get("class") for rect in svg.findall(f"{SVG}rect")]
    assert classes.count("level-on") == 3
    assert classes.count("level-off") == 1
    assert classes.count("level-was") == 1
    assert svg.find(f"{SVG}title").text == "Singing & <more>: Established, last time Emerging"


def test_level_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="0 to 4"):
        charts.levels_bar(5)


def test_stacked_bar_shares_its_width_and_says_every_count():
    svg = ET.fromstring(charts.stacked_bar({"engaged": 3, "never": 1}, label="Primary"))
    rects = {r.get("class"): float(r.get("width")) for r in svg.findall(f"{SVG}rect") if r.get("class") != "level-off"}
    assert rects == {"status-engaged": 299.0, "status-never": 99.0}
    assert svg.find(f"{SVG}title").text == "Primary: Engaged 3, Never 1"


def test_stacked_bar_of_nothing_says_so():
    assert ET.fromstring(charts.stacked_bar({})).find(f"{SVG}title").text == "No schools"


def test_stacked_bar_refuses_an_unknown_status():
    with pytest.raises(ValueError, match="asleep"):
        charts.stacked_bar({"asleep": 1})


def test_charts_carry_no_inline_style():
    drawn = charts.levels_bar(2, 1) + charts.stacked_bar(dict.fromkeys(charts.STATUSES, 1)) + charts.status_key()
    assert "style" not in drawn


@pytest.mark.parametrize("colour", ["#4b2067", "#ffff00", "#ffffff", "#c98a1b", "#00aa88"])
def test_accent_is_made_readable_under_white_text(colour):
    assert colours.contrast(colours.readable(colour), "#ffffff") >= colours.AA


def test_readable_accent_stays_as_it_is():
    assert colours.readable("#4b2067") == "#4b2067"
