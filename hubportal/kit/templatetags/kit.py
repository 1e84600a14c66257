"""The components: one tag each, over one template under templates/components/ whose head states its contract. An
unknown variant raises ValueError, so that a slip fails in the first test that draws the page."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hubportal.kit import charts, kept_forms, rich, wording
from hubportal.kit.errors import summary_entries

register = template.Library()

BUTTONS = ("primary", "secondary", "warning", "quiet")
TAGS = ("plum", "good", "warning", "bad", "quiet")
PANELS = ("plum", "brass", "plain")
KINDS = ("conversation", "attempt", "school", "register", "offer", "document", "action", "note")
WORK = ("queued", "building", "ready", "failed", "cancelled")
NOTICES = ("success", "important", "warning")
AUDIENCES = (
    *("plan", "plan_elsewhere", "trust_plan", "self_evaluation", "report", "draft", "private_notes"),
    *("shared_conversation", "shared_with_organisation", "needs"),
)


def one_of(what: str, value: str, allowed: Sequence[str] | Mapping[str, Any]) -> str:
    """`value`, if it is allowed; else ValueError naming what is."""
    if value not in allowed:
        raise ValueError(f"{what} is one of {', '.join(allowed)}; not {value!r}")
    return value


def draw(template_name: str, **context: Any) -> SafeString:
    return render_to_string(template_name, context)


# --- words -------------------------------------------------------------------------------------------------------


register.filter("rich", rich.html)
register.filter("without_markup", rich.plain)


@register.filter
def long_date(value: dt.date | None) -> str:
    return wording.long_date(value) if value else ""


@register.filter
def short_date(value: dt.date | None) -> str:
    return wording.short_date(value, timezone.localdate()) if value else ""


@register.filter
def clock(value: dt.datetime | None) -> str:
    return wording.clock(value) if value else ""


@register.filter
def day_or_date(value: dt.date | None) -> str:
    return wording.day_or_date(value, timezone.localdate()) if value else ""


@register.filter
def on_day(value: dt.date | None) -> str:
    return wording.on_day(value, timezone.localdate()) if value else ""


@register.filter
def telephone(number: str | None) -> str:
    return wording.telephone(number or "")


@register.filter
def breakable(text: str | None) -> SafeString:
    """Text in which a line may end after the @ or a dot of an email address, rather than in the middle of a word."""
    parts = re.split(r"(?<=[@.])(?=\S)", text or "")
    return format_html_join(SafeString("<wbr>"), "{}", ((part,) for part in parts))


@register.filter
def count(number: int | None, noun: str) -> str:
    return wording.count(number or 0, noun)


# --- forms -------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def kept_form(context: template.Context) -> SafeString:
    """The attributes of a form whose words the browser keeps until the server has taken them: whose they are. Inside
    the form stands kit/_kept_words.html. "link" is whoever reads by a link from an email."""
    user = context["request"].user
    person = user.pk if user.is_authenticated else "link"
    return format_html('data-keep="{}" data-draft-cookie="{}"', person, settings.CSRF_COOKIE_NAME)


@register.simple_tag(takes_context=True)
def kept_name(context: template.Context) -> str:
    """What the browser calls its copy of the form that was sent here and is drawn again; "" on a fresh page."""
    return context["request"].POST.get(kept_forms.NAME, "")


@register.simple_tag(takes_context=True)
def kept_whose(context: template.Context) -> str:
    """For whom the form is made, signed: what is sent after the sign-in has ended goes back to them
    and to nobody else."""
    return kept_forms.sign(context["request"].user)


# --- tags, buttons -------------------------------------------------------------------------------------------------


@register.simple_tag
@lru_cache(maxsize=1000)  # a map has two thousand of them beside it
def engagement_tag(status: str, until: dt.date | None = None, words: str = "") -> SafeString:
    one_of("An engagement status", status, charts.STATUSES)
    usual = "Declined" if status == "declined" and not until else charts.STATUSES[status].words
    said = f"{words or usual} {wording.long_date(until) if until else ''}".strip()
    return draw("components/engagement_tag.html", status=status, words=said, swatch=charts.swatch(status))


@register.inclusion_tag("components/tag.html")
def tag(words: str, variant: str = "plum") -> dict[str, Any]:
    return {"words": words, "variant": one_of("A tag's variant", variant, TAGS)}


@register.inclusion_tag("components/link_button.html")
def link_button(words: str, href: str, variant: str = "primary", hint: str = "") -> dict[str, Any]:
    return {"words": words, "href": href, "variant": one_of("A button's variant", variant, BUTTONS), "hint": hint}


@register.inclusion_tag("components/button.html")
def button(words: str, variant: str = "primary", name: str = "", value: str = "", hint: str = "") -> dict[str, Any]:
    one_of("A button's variant", variant, BUTTONS)
    return {"words": words, "variant": variant, "name": name, "value": value, "hint": hint}


@register.inclusion_tag("components/post_button.html", takes_context=True)
def post_button(
    context: template.Context,
    words: str,
    url: str,
    variant: str = "secondary",
    name: str = "",
    value: str = "",
    hint: str = "",
) -> dict[str, Any]:
    one_of("A button's variant", variant, BUTTONS)
    return {
        "words": words,
        "url": url,
        "variant": variant,
        "name": name,
        "value": value,
        "hint": hint,
        "csrf_token": context.get("csrf_token", ""),
    }


# --- parts of a page -----------------------------------------------------------------------------------------------


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*parts: str) -> dict[str, Any]:
    """Words and addresses in turn; the last words, without an address, are this page."""
    crumbs = [(parts[at], parts[at + 1] if at + 1 < len(parts) else "") for at in range(0, len(parts), 2)]
    return {"crumbs": crumbs}


@register.simple_block_tag
def panel(content: str, title: str = "", variant: str = "plum", level: int = 2) -> SafeString:
    one_of("A panel's variant", variant, PANELS)
    one_of("A panel's heading level", str(level), ("2", "3"))
    return draw("components/panel.html", content=content, title=title, variant=variant, level=level)


@register.simple_block_tag
def next_step(content: str, action: str = "", href: str = "", label: str = "Next:") -> SafeString:
    return draw("components/next_step.html", content=content, action=action, href=href, label=label)


@register.inclusion_tag("components/facts.html")
def facts(rows: Sequence[Any]) -> dict[str, Any]:
    """Rows are dicts of label, value, href, note; or pairs of label and value."""
    return {"rows": [row if isinstance(row, Mapping) else {"label": row[0], "value": row[1]} for row in rows]}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"rows": rows}


@register.inclusion_tag("components/task_list.html")
def task_list(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    for row in rows:
        one_of("A task's variant", row.get("variant", "quiet"), TAGS)
    return {"rows": rows}


@register.simple_block_tag
def timeline(content: str, label: str = "What has happened") -> SafeString:
    return draw("components/timeline.html", content=content, label=label)


@register.simple_block_tag
def timeline_item(
    content: str, kind: str = "note", when: dt.date | None = None, meta: str = "", title: str = "", href: str = ""
) -> SafeString:
    one_of("A timeline item's kind", kind, KINDS)
    return draw(
        "components/timeline_item.html",
        content=SafeString(content.strip()),
        kind=kind,
        when=when,
        meta=meta,
        title=title,
        href=href,
    )


@register.simple_block_tag
def work_list(content: str) -> SafeString:
    return draw("components/work_list.html", content=content)


@register.simple_block_tag
def work_item(content: str, title: str, href: str = "", reason: str = "", level: int = 3) -> SafeString:
    one_of("A work item's heading level", str(level), ("2", "3"))
    return draw("components/work_item.html", content=content, title=title, href=href, reason=reason, level=level)


@register.inclusion_tag("components/figure.html")
def figure(number: int | str, words: str, href: str = "") -> dict[str, Any]:
    return {"number": f"{number:,}" if isinstance(number, int) else number, "words": words, "href": href}


@register.simple_block_tag
def empty_state(content: str, title: str, action: str = "", href: str = "") -> SafeString:
    return draw("components/empty_state.html", content=content, title=title, action=action, href=href)


@register.simple_block_tag
def filter_panel(content: str, title: str = "Filter", open: bool = False) -> SafeString:
    return draw("components/filter_panel.html", content=content, title=title, open=open)


@register.simple_block_tag
def notice(content: str, variant: str = "important", title: str = "", role: str = "region") -> SafeString:
    one_of("A notice's variant", variant, NOTICES)
    title = title or {"success": "Done", "important": "Please note", "warning": "Something needs attention"}[variant]
    return draw("components/notice.html", content=content, variant=variant, title=title, role=role)


@register.simple_block_tag
def warning_text(content: str) -> SafeString:
    return draw("components/warning_text.html", content=content)


@register.simple_block_tag
def inset(content: str) -> SafeString:
    return draw("components/inset.html", content=content)


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> SafeString:
    return draw("components/details.html", content=content, summary=summary, open=open)


@register.inclusion_tag("components/confidentiality.html")
def confidentiality(audience: str) -> dict[str, Any]:
    return {"audience": one_of("An audience", audience, AUDIENCES)}


@register.inclusion_tag("components/free_text_warning.html")
def free_text_warning(contact: str = "") -> dict[str, Any]:
    return {"contact": contact}


@register.inclusion_tag("components/print_footer.html")
def print_footer(words: str) -> dict[str, Any]:
    return {"words": words}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page, parameter: str = "page") -> dict[str, Any]:
    """Pages of a Django paginator; keeps the rest of the query string."""
    request = context["request"]

    def address(number: int) -> str:
        query = request.GET.copy()
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "links": [(number, address(number) if isinstance(number, int) else "") for number in numbers],
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


# --- charts ----------------------------------------------------------------------------------------------------------


@register.simple_tag
def levels_bar(now: int | None, was: int | None = None, label: str = "") -> SafeString:
    return charts.levels_bar(now, was, label=label)


@register.inclusion_tag("components/levels_table.html")
def levels_table(
    rows: Sequence[Mapping[str, Any]], caption: str = "Where music stands", note: str = ""
) -> dict[str, Any]:
    drawn = [
        {
            "label": row["label"],
            "href": row.get("href", ""),
            "words": charts.level_words(row.get("now"), row.get("was")),
            "bar": charts.levels_bar(row.get("now"), row.get("was")),
        }
        for row in rows
    ]
    return {"rows": drawn, "caption": caption, "note": note}


@register.inclusion_tag("components/stacked_bar.html")
def stacked_bar(counts: Mapping[str, int], label: str = "") -> dict[str, Any]:
    return {"bar": charts.stacked_bar(counts, label=label), "key": charts.status_key()}


@register.inclusion_tag("components/stacked_chart.html")
def stacked_chart(rows: Sequence[Mapping[str, Any]], caption: str, has_key: bool = True) -> dict[str, Any]:
    """Rows are dicts: label, counts (by status), href, share (words after the bar), numbers (with where they lead)."""
    drawn = [
        {
            "label": row["label"],
            "href": row.get("href", ""),
            "total": sum(row["counts"].values()),
            "bar": charts.stacked_bar(row["counts"], label=row["label"], width=600, height=22),
            "share": row.get("share", ""),
            "numbers": row.get("numbers") or [(row["counts"].get(code, 0), "") for code in charts.STATUSES],
        }
        for row in rows
    ]
    heads, key = [status.words for status in charts.STATUSES.values()], charts.status_key() if has_key else ""
    return {"rows": drawn, "caption": caption, "heads": heads, "key": key}


# --- work, drafts, forms ---------------------------------------------------------------------------------------------


@register.inclusion_tag("components/work_progress.html")
def work_progress(
    state: str,
    label: str,
    poll: str = "",
    done: str = "",
    progress: int | None = None,
    reason: str = "",
    action: str = "",
    doing: str = "",
) -> dict[str, Any]:
    one_of("A work's state", state, WORK)
    return {
        "state": state,
        "label": label,
        "poll": poll,
        "done": done,
        "progress": progress,
        "reason": reason,
        "doing": doing,
        "running": state in ("queued", "building"),
        "action": action or "Download",
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms_and_sets: Any, focus: bool = True) -> dict[str, Any]:
    return {
        "focus": focus,
        "entries": [entry for each in forms_and_sets if each is not None for entry in summary_entries(each)],
    }


@register.inclusion_tag("components/formset_rows.html")
def formset_rows(formset: Any, item: str, add: str = "Add another") -> dict[str, Any]:
    return {"formset": formset, "item": item, "add": add, "template_form": formset.empty_form}
