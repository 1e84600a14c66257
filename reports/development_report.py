"""The development report: two to four pages that a head teacher would put before governors, from a frozen version.

Everything in it comes from `PartVersion.content` (see `engagement.content`); how far an action is, or what was written
since, is not in it. The same version gives the same bytes for ever.
"""

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from engagement import content as shared
from engagement.models import PartVersion
from hubportal.kit.charts import levels_bar
from hubportal.kit.wording import as_date, long_date
from reports.pdf import Pdf, write_pdf

STYLES = Path(__file__).parent / "styles"
SHEETS = [STYLES / "typefaces.css", STYLES / "development_report.css"]
CONFIDENTIAL = (
    "Written by {hub} for {school}, whose leaders and music lead can read it; once a leader has released it, governors "
    "and the trust can as well. It is not shared with the funder, Ofsted or the local authority."
)
# Up to so much, the picture of the levels stands beside the words; more of either, and they follow each other.
BESIDE_ROWS = 16
BESIDE_LETTERS = 1500
# From so many letters on, everything is set small and close, so that four pages hold it.
CLOSE_LETTERS = 8000


def draw(version: PartVersion) -> Pdf:
    """The report of a version. What fits on one page leaves the governors a second one, to write on. Raises `PdfError`
    with a sentence. No queries when the version's content is loaded."""
    said: dict[str, Any] = {"number": version.number, "created": as_date(version.shared_at)}
    page, accent = html(version.content, **said)
    pdf = write_pdf(page, styles=SHEETS, css=accent)
    if pdf.pages == 1 and version.content["governor_questions"]:
        page, accent = html(version.content, **said, is_short=True)
        pdf = write_pdf(page, styles=SHEETS, css=accent)
    return pdf


def html(content: Mapping[str, Any], *, number: int, created: date, is_short: bool = False) -> tuple[str, str]:
    """The page and the hub's own sheet: what `draw` hands to the drawing, and a benchmark to a bare one. Of a short
    one, the governors' questions stand on a page of their own, with room to write. No queries."""
    warm = shared.thaw(content)
    page = render_to_string(
        "reports/development_report.html",
        context_of(warm, number=number, created=created) | {"is_short": is_short},
    )
    return page, f":root {{ --accent: {warm['hub']['accent_colour']}; }}"


def context_of(content: dict[str, Any], *, number: int, created: date) -> dict[str, Any]:
    """What the template shows, worded and laid out, from thawed content. No queries."""
    summary = [text for text in (content["common_summary"], content["summary"]) if text]
    words = [
        *summary,
        *(f["text"] + f.get("next_step", "") for f in content["covered"] + content["develop"]),
    ]
    rows = content["levels"]
    based = [each["evidence"] + each["next_step"] for each in content["judgements"]]
    talked = [line["text"] for line in exchange(content)]
    return {
        "content": content,
        "is_close": sum(map(len, words + talked + based)) > CLOSE_LETTERS,
        "title": f"Music at {content['school']['name']}: development report, {written(content['date'])}",
        "number": number,
        "created": created.isoformat(),
        "date": written(content["date"]),
        "summary": summary,
        "rows": rows,
        "is_beside": bool(rows) and len(rows) <= BESIDE_ROWS and sum(map(len, words)) <= BESIDE_LETTERS,
        "picture": picture(content),
        "was_on": written(content["levels_was_on"]) if content["levels_was_on"] else "",
        "level_names": ", ".join(level["name"].lower() for level in content["framework"]["levels"]),
        "actions": [action_words(action) for action in content["actions"]],
        "offers": offers(content),
        "exchange": exchange(content),
        "evidence": [evidence(each) for each in content["judgements"] if each["evidence"] or each["next_step"]],
        "next_words": f"On {written(content['next_on'])}." if content["next_on"] else "We have not set a date yet.",
        "meeting": meeting(content),
        "people": "; ".join(
            f"{each['name']}, {each['job_title']}" if each["job_title"] else each["name"] for each in content["people"]
        ),
        "contact": ", ".join(
            content["hub"][field] for field in ("contact_name", "phone", "email") if content["hub"][field]
        ),
        "confidentiality": CONFIDENTIAL.format(hub=content["hub"]["name"], school=content["school"]["name"]),
    }


def written(day: date | None) -> str:
    """ "12 November 2026", or nothing for no date."""
    return long_date(day) if day else ""


def meeting(content: dict[str, Any]) -> str:
    """How we met, in a sentence."""
    minutes = f", {content['minutes']} minutes" if content["minutes"] else ""
    trust = f", with {content['trust']}" if content["trust"] else ""
    return f"{content['kind_words']}: {content['how_words'].lower()} on {written(content['date'])}{minutes}{trust}."


def picture(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The levels as bars, by area: now, and last time where there was one. Two rows where school and hub differ."""
    areas = {judgement["code"]: judgement["area"] for judgement in content["judgements"]}
    names = [level["name"] for level in content["framework"]["levels"]]
    accent = content["hub"]["accent_colour"]
    return [
        {
            "title": area,
            "rows": [
                {
                    "label": row["label"],
                    "whose": {
                        "school": "as the school sees it",
                        "hub": "as the hub sees it",
                    }.get(row["whose"], ""),
                    "bar": levels_bar(
                        row["now"],
                        row["was"],
                        label=row["label"],
                        words=names,
                        accent=accent,
                    ),
                }
                for row in rows
            ],
        }
        for area, rows in groupby(content["levels"], key=lambda row: areas[row["code"]])
    ]


def action_words(action: dict[str, Any]) -> dict[str, str]:
    owner = action["owner_name"]
    if action["partner"] and action["partner"] not in owner:
        owner = f"{owner}, {action['partner']}" if owner else action["partner"]
    return {
        "owner": owner,
        "what": action["what"],
        "by": written(action["due_on"]) or "No date set",
    }


def offers(content: dict[str, Any]) -> list[dict[str, str]]:
    """Each offer once, with the areas for development that it helps with."""
    found: dict[str, dict[str, Any]] = {}
    for finding in content["develop"]:
        for offer in finding["offers"]:
            found.setdefault(offer["uuid"], {**offer, "helps": []})["helps"].append(finding["heading"].rstrip("."))
    return [{**offer, "answers": "; ".join(offer["helps"])} for offer in found.values()]


def exchange(content: dict[str, Any]) -> list[dict[str, str]]:
    lines = (
        ("The question we put", content["challenge"]),
        ("The answer", content["answer"]),
        ("The help we offered", content["help_offered"]),
        (f"What {content['school']['name']} could offer others", content["could_offer"]),
    )
    return [{"label": label, "text": text} for label, text in lines if text]


def evidence(judgement: dict[str, Any]) -> dict[str, str]:
    return {
        "label": judgement["title"],
        "words": judgement["level_words"],
        "evidence": judgement["evidence"],
        "next_step": judgement["next_step"],
    }
