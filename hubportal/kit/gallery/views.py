"""The gallery: every component once, with the words that call it. Reads no row of any room."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.views.generic import TemplateView

from hubportal.kit import charts
from hubportal.kit.drafts.page import ConflictPanel, DraftPage
from hubportal.kit.gallery.forms import Actions, EveryField

LEVEL_ROWS = [
    {"label": "One hour a week of curriculum music", "now": 3, "was": 2},
    {"label": "Singing every week", "now": 4},
    {"label": "Whole-class instruments", "now": 2},
    {"label": "Lessons for all who want them", "now": 2, "was": 1},
    {"label": "Choir or vocal group", "now": 3, "was": 1},
    {"label": "Ensemble or band", "now": 1},
    {"label": "Space to practise", "now": None},
    {"label": "Leadership of music", "now": 2, "was": 2},
]
COUNTS = {"several": 24, "engaged": 17, "attempted": 9, "lapsed": 7, "declined": 2, "never": 4}
CHART_ROWS = [
    {
        "label": "Primary",
        "counts": {"several": 132, "engaged": 112, "attempted": 23, "lapsed": 16, "declined": 3, "never": 15},
    },
    {
        "label": "Secondary",
        "counts": {"several": 26, "engaged": 14, "attempted": 5, "lapsed": 4, "declined": 1, "never": 2},
    },
    {
        "label": "Special",
        "counts": {"several": 8, "engaged": 7, "attempted": 4, "lapsed": 2, "declined": 1, "never": 2},
    },
]
MONTHS = [("Sep", 82, 61), ("Oct", 140, 90), ("Nov", 188, 120), ("Dec", None, None)]
PLACES = [
    charts.Dot(450_000 + number * 900, 300_000 + number % 3 * 2_000, status, words.words, "#charts", number % 2 == 0)
    for number, (status, words) in enumerate(charts.STATUSES.items())
]
FACTS = [
    {"label": "Type", "value": "Community school, 7 to 11"},
    {"label": "Pupils", "value": "284, 31% free school meals", "note": "Register, 1 September 2026"},
    {"label": "Music lead", "value": "Tom Adeyemi"},
    {"label": "Head", "value": "Ruth Pell"},
    {"label": "Our contact", "value": "Amira Okafor", "href": "#facts"},
    {"label": "URN", "value": "700214"},
]
SUMMARY = [
    {"key": "Date", "value": "12 November 2026", "href": "#summary_list"},
    {"key": "How", "value": "Visit, 70 minutes", "href": "#summary_list"},
    {"key": "Logged by", "value": "Amira Okafor"},
]
TASKS = [
    {"title": "When and who", "status": "Done", "variant": "good", "href": "#task_list"},
    {"title": "What you saw together", "status": "2 of 5", "variant": "warning", "href": "#task_list"},
    {"title": "What you agreed", "status": "Not begun", "hint": "Each with an owner and a date"},
]

CONFLICT = ConflictPanel(
    id="gallery",
    field="lessons",
    label="What can pupils learn?",
    mine="Lessons on brass, guitar and keyboard; fees met in full for Pupil Premium.",
    theirs="Lessons on brass, guitar, keyboard and voice.",
    heading="Ruth Pell changed “What can pupils learn?” while you were writing",
    mine_title="Yours",
    theirs_title="Ruth’s, 14.02",
    keep_mine="Keep yours",
    keep_theirs="Keep Ruth’s",
    yours=True,
    here=True,
    joinable=True,
)
DRAFT = DraftPage(
    id="",
    url="",
    person="",
    writer="",
    csrf_cookie="",
    revision=7,
    saved="✓ Saved at 2:03pm",
    others=["Ruth Pell"],
    conflicts=[CONFLICT],
)


class Gallery(TemplateView):
    template_name = "kit/gallery.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        typed = {"school": "Millbrook", "held_on_0": "31", "held_on_1": "2", "held_on_2": "2026"}
        wrong = EveryField({f"wrong-{name}": value for name, value in typed.items()}, prefix="wrong")
        return super().get_context_data(
            levels=LEVEL_ROWS,
            counts=COUNTS,
            chart_rows=CHART_ROWS,
            months=charts.columns(MONTHS, label="Schools engaged", most=200, names=("Now", "A year before")),
            map_key=charts.dot_key(),
            places=charts.dot_map(PLACES),
            facts=FACTS,
            summary=SUMMARY,
            tasks=TASKS,
            every_field=EveryField(),
            wrong_form=wrong,
            actions=Actions(prefix="actions"),
            draft_page=DRAFT,
            statuses=list(charts.STATUSES),
            page_obj=Paginator(range(400), 25).get_page(4),
            moment=dt.datetime(2026, 11, 12, 14, 3, tzinfo=ZoneInfo("Europe/London")),
            **kwargs,
        )
