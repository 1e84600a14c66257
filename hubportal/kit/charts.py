"""Charts as SVG text, for pages and PDFs alike: no script, no inline style, no query.

Colours are presentation attributes, which a page's style sheet may override by class: so a hub's accent applies on
screen, and a PDF needs no style sheet.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

ACCENT, BRASS, EMPTY, PAPER = "#4b2067", "#c98a1b", "#e6e1ea", "#ffffff"
LEVELS = ("Not yet in place", "Emerging", "Established", "Embedded")


@dataclass(frozen=True, slots=True)
class Status:
    """One of the six engagement statuses, or of what another bar is made of: always this word with this colour and this
    pattern."""

    code: str
    words: str
    colour: str
    pattern: str


STATUSES: dict[str, Status] = {
    status.code: status
    for status in (
        Status("several", "Engaged in several ways", "#0b5d57", "plain"),
        Status("engaged", "Engaged", "#2f9488", "dots"),
        Status("attempted", "Attempted, no answer", "#d9902f", "rising"),
        Status("lapsed", "Lapsed", "#a8452c", "falling"),
        Status("declined", "Declined until", "#55607a", "upright"),
        Status("never", "Never", "#8d8797", "crossed"),
    )
}


def level_words(now: int | None, was: int | None = None, words: Sequence[str] = LEVELS) -> str:
    """The judgement in words: "Established, last time Emerging". Steps count from 1; None or 0 is not judged."""
    for step in (now, was):
        if step is not None and not 0 <= step <= len(words):
            raise ValueError(f"A level is 0 to {len(words)}, not {step}")
    text = words[now - 1] if now else "Not judged"
    if was:
        text += f", the same last time ({words[was - 1]})" if was == now else f", last time {words[was - 1]}"
    return text


def levels_bar(
    now: int | None, was: int | None = None, *, label: str = "", words: Sequence[str] = LEVELS, accent: str = ACCENT
) -> SafeString:
    """Four steps: filled up to `now`, the step of last time (`was`) outlined in brass. Says its words in <title>.

    132 by 14 units; `accent` is a hex colour, which a page overrides through the class `level-on`.
    """
    title = level_words(now, was, words)
    gap = 3
    width = (132 - gap * (len(words) - 1)) / len(words)
    drawn = []
    for step in range(1, len(words) + 1):
        x = (step - 1) * (width + gap)
        on = step <= (now or 0)
        drawn.append(_step(x, width, accent if on else EMPTY, "level-on" if on else "level-off"))
        if step == was:
            drawn.append(_outline(x + 1, width - 2))
    return format_html(
        '<svg class="levels-bar" xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 132 14"'
        ' width="132" height="14"><title>{}</title>{}</svg>',
        f"{label}: {title}" if label else title,
        format_html_join("", "{}", ((piece,) for piece in drawn)),
    )


def _step(x: float, width: float, fill: str, css: str) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}" y="0" width="{}" height="14" fill="{}"/>', css, f"{x:.2f}", f"{width:.2f}", fill
    )


def _outline(x: float, width: float) -> SafeString:
    return format_html(
        '<rect class="level-was" x="{}" y="1" width="{}" height="12" fill="none" stroke="{}" stroke-width="2"/>',
        *(f"{x:.2f}", f"{width:.2f}", BRASS),
    )


def stacked_bar(
    counts: Mapping[str, int],
    *,
    label: str = "",
    width: int = 400,
    height: int = 24,
    kinds: Mapping[str, Status] = STATUSES,
    nothing: str = "No schools",
    in_words: Callable[[int], str] = str,
) -> SafeString:
    """One bar of the six statuses (or of other `kinds`) in their order, by how many schools each holds; its <title>
    gives every count, as `in_words` says it.

    `counts` maps a code to a number; missing means none. An unknown code raises ValueError.
    """
    unknown = set(counts) - set(kinds)
    if unknown:
        raise ValueError(f"Unknown in a stacked bar: {', '.join(sorted(unknown))}")
    total = sum(counts.values())
    present = [(kinds[code], counts[code]) for code in kinds if counts.get(code)]
    said = ", ".join(f"{status.words} {in_words(count)}" for status, count in present) or nothing
    pieces, x = [], 0.0
    for status, count in present:
        share = width * count / total
        pieces.append(_patch(status, x, max(share - 1, 0.5), height))
        x += share
    return format_html(
        '<svg class="stacked-bar" xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {} {}"'
        ' width="{}" height="{}"><title>{}</title>'
        '<rect class="level-off" x="0" y="0" width="{}" height="{}" fill="{}"/>{}</svg>',
        *(
            width,
            height,
            width,
            height,
            f"{label}: {said}" if label else said,
            width if not total else 0,
            height,
            EMPTY,
        ),
        format_html_join("", "{}", ((piece,) for piece in pieces)),
    )


def swatch(code: str, kinds: Mapping[str, Status] = STATUSES) -> SafeString:
    """The colour and pattern of a status as a small square for keys and tags; the word stands beside it."""
    return _swatch(kinds[code])


@cache
def _swatch(status: Status) -> SafeString:
    return format_html(
        '<svg class="swatch" xmlns="http://www.w3.org/2000/svg" aria-hidden="true" focusable="false"'
        ' viewBox="0 0 14 14" width="14" height="14">{}</svg>',
        _patch(status, 0, 14, 14),
    )


def _patch(status: Status, x: float, width: float, height: float) -> SafeString:
    """A rectangle of a status with its pattern over it, clipped by arithmetic (no ids, no clip paths)."""
    marks = _marks(status.pattern, x, width, height)
    overlay = ""
    if marks:
        overlay = format_html(
            '<path d="{}" fill="none" stroke="{}" stroke-width="1.5" stroke-opacity=".6" stroke-linecap="round"/>',
            marks,
            PAPER,
        )
    return format_html(
        '<rect class="status-{}" x="{}" y="0" width="{}" height="{}" fill="{}"/>{}',
        *(status.code, f"{x:.2f}", f"{width:.2f}", height, status.colour, overlay),
    )


def _marks(pattern: str, x: float, width: float, height: float, gap: float = 7) -> str:
    """The path of a pattern inside a rectangle that starts at (x, 0)."""
    right, lines = x + width, []
    if pattern == "dots":
        at = x + gap / 2
        while at < right - 1:
            lines += [f"M{at:.1f} {height * part:.1f}h.01" for part in (0.3, 0.7)]
            at += gap
    elif pattern == "upright":
        at = x + gap / 2
        while at < right - 0.5:
            lines.append(f"M{at:.1f} 0V{height:g}")
            at += gap
    if pattern in ("rising", "crossed"):
        lines += _slants(x, right, height, gap, rising=True)
    if pattern in ("falling", "crossed"):
        lines += _slants(x, right, height, gap, rising=False)
    return "".join(lines)


def _slants(x: float, right: float, height: float, gap: float, *, rising: bool) -> list[str]:
    lines, start = [], x - height + gap / 2
    while start < right:
        left_end, right_end = max(start, x), min(start + height, right)
        if right_end - left_end > 0.5:
            a, b = left_end - start, right_end - start
            y1, y2 = (height - a, height - b) if rising else (a, b)
            lines.append(f"M{left_end:.1f} {y1:.1f}L{right_end:.1f} {y2:.1f}")
        start += gap
    return lines


def answer_mark(answer: str) -> SafeString:
    """A ring for an answer, told by its shape: filled with a tick ("yes"), half filled ("partly"), empty ("not-yet"),
    broken (anything else: not answered). The word stands beside it, so it is hidden from screen readers."""
    inside = {
        "yes": '<circle class="level-on" cx="12" cy="12" r="10" fill="{0}"/>'
        '<path d="M7 12.5l3.5 3.5L17 8.5" fill="none" stroke="{1}" stroke-width="2.5"/>',
        "partly": '<path class="level-on" d="M12 2a10 10 0 0 0 0 20z" fill="{0}"/>',
    }.get(answer, "")
    return format_html(
        '<svg class="answer-mark" xmlns="http://www.w3.org/2000/svg" aria-hidden="true" focusable="false"'
        ' viewBox="0 0 24 24" width="24" height="24">{}'
        '<circle cx="12" cy="12" r="10" fill="none" stroke="{}" stroke-width="2"{}/></svg>',
        format_html(inside, ACCENT, PAPER) if inside else "",
        ACCENT,
        "" if answer in ("yes", "partly", "not-yet") else format_html(' stroke-dasharray="{}"', "3 3"),
    )


@dataclass(frozen=True, slots=True)
class Dot:
    """A school on a map: where it is in metres, its status, what it is called and where its page is."""

    x: int
    y: int
    status: str
    label: str
    href: str
    is_large: bool = False


# A shape for each status, so that a map reads in greyscale: paths of a unit about (0, 0).
SHAPES = {
    "several": "M0-1A1 1 0 1 1 0 1A1 1 0 1 1 0-1z",
    "engaged": "M0-1A1 1 0 1 1 0 1A1 1 0 1 1 0-1zM0-.45A.45.45 0 1 0 0 .45A.45.45 0 1 0 0-.45z",
    "attempted": "M0-1.15L1.05.8L-1.05.8z",
    "lapsed": "M0 1.15L1.05-.8L-1.05-.8z",
    "declined": "M-.9-.9H.9V.9H-.9z",
    "never": "M-1-.65L-.65-1L0-.35L.65-1L1-.65L.35 0L1 .65L.65 1L0 .35L-.65 1L-1 .65L-.35 0z",
}


def dot_map(dots: Sequence[Dot], *, width: int = 600, most_height: int = 720) -> SafeString:
    """Where schools are, by status: a shape and a colour each, a link each. Hidden from screen readers and from the
    keyboard's round, for the same schools stand in a list beside it. Raises ValueError without a dot."""
    margin = 14
    left, right = min(dot.x for dot in dots), max(dot.x for dot in dots)
    bottom, top = min(dot.y for dot in dots), max(dot.y for dot in dots)
    scale = min((width - 2 * margin) / max(right - left, 1000), (most_height - 2 * margin) / max(top - bottom, 1000))
    height = round(max(top - bottom, 1000) * scale) + 2 * margin
    middle = (width - (right - left) * scale) / 2
    places: dict[str, list[tuple[str, str, str, str]]] = {code: [] for code in STATUSES}
    for dot in dots:
        at = f"{middle + (dot.x - left) * scale:.1f} {margin + (top - dot.y) * scale:.1f}"
        places[dot.status].append((dot.href, at, "6" if dot.is_large else "4", dot.label))
    return format_html(
        '<svg class="dot-map" xmlns="http://www.w3.org/2000/svg" aria-hidden="true" focusable="false"'
        ' viewBox="0 0 {} {}">{}</svg>',
        *(width, height),
        format_html_join("", "{}", ((_dots(STATUSES[code], rows),) for code, rows in places.items() if rows)),
    )


def _dots(status: Status, rows: Sequence[tuple[str, str, str, str]]) -> SafeString:
    """The dots of one status, each of (address, place, size, name). What all of them share is said once."""
    dot = (
        '<a href="{}" tabindex="-1"><path class="dot-map__dot" transform="translate({}) scale({})"'
        f' d="{SHAPES[status.code]}"><title>{{}}: {status.words}</title></path></a>'
    )
    return format_html(
        '<g class="status-{}" fill="{}" fill-rule="evenodd">{}</g>',
        *(status.code, status.colour, format_html_join("", dot, rows)),
    )


def dot_key(codes: Sequence[str] = tuple(STATUSES)) -> SafeString:
    """The key of a map as a list: shape and word."""
    shape = (
        '<svg class="swatch" xmlns="http://www.w3.org/2000/svg" aria-hidden="true" focusable="false"'
        ' viewBox="-1.3 -1.3 2.6 2.6" width="14" height="14"><path d="{}" fill="{}" fill-rule="evenodd"/></svg>'
    )
    listed = ((format_html(shape, SHAPES[code], STATUSES[code].colour), STATUSES[code].words) for code in codes)
    return format_html('<ul class="key">{}</ul>', format_html_join("", "<li>{} {}</li>", listed))


def columns(
    rows: Sequence[tuple[str, int | None, int | None]],
    *,
    label: str,
    most: int,
    names: tuple[str, str] = ("Now", "Before"),
) -> SafeString:
    """A column for each row of (label, now, before), `before` a line across it; a place is kept for what is not known
    yet (None). `most` is the height of the chart. Its <title> gives every figure."""
    width, height, floor, wide = 62, 150, 20, 38
    drawn = []
    for place, (words, now, before) in enumerate(rows):
        x, tall = place * width, height * (now or 0) / max(most, 1)
        drawn.append(
            format_html(
                '<rect class="level-on" x="{}" y="{}" width="{}" height="{}" fill="{}"/>'
                '<text class="columns__label" x="{}" y="{}" text-anchor="middle" font-size="13">{}</text>',
                *(x + (width - wide) / 2, f"{height - tall:.1f}", wide, f"{tall:.1f}", ACCENT),
                *(x + width / 2, height + floor - 4, words),
            )
        )
        if before is not None:
            y = height - height * before / max(most, 1)
            drawn.append(
                format_html(
                    '<path class="level-was" d="M{} {}h{}" stroke="{}" stroke-width="3"/>',
                    *(x + (width - wide) / 2 - 6, f"{y:.1f}", wide + 12, BRASS),
                )
            )
    said = ", ".join(
        f"{words} {now}" + (f" ({names[1].lower()} {before})" if before is not None else "")
        for words, now, before in rows
        if now is not None
    )
    return format_html(
        '<svg class="columns-chart" xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {0} {1}" width="{0}"'
        ' height="{1}"><title>{2}</title><path d="M0 {3}h{0}" stroke="{4}" stroke-width="1"/>{5}</svg>',
        *(max(len(rows), 1) * width, height + floor, f"{label}: {said}", height, EMPTY),
        format_html_join("", "{}", ((piece,) for piece in drawn)),
    )


def status_key(codes: Sequence[str] = (), kinds: Mapping[str, Status] = STATUSES) -> SafeString:
    """The key of statuses (or of other `kinds`) as a list: swatch and word. All of them, unless only some `codes`."""
    return format_html(
        '<ul class="key">{}</ul>',
        format_html_join("", "<li>{} {}</li>", ((swatch(code, kinds), kinds[code].words) for code in codes or kinds)),
    )


def length_bar(number: int, most: int, *, label: str) -> SafeString:
    """A number as a bar of 132 by 14 units that `most` fills. Its <title> is `label`, which must say the number."""
    return format_html(
        '<svg class="minutes-bar" xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 132 14" width="132"'
        ' height="14"><title>{}</title>{}{}</svg>',
        label,
        _step(0, 132, EMPTY, "level-off"),
        _step(0, 132 * number / max(most, 1), ACCENT, "level-on"),
    )


def minutes_bar(minutes: int, expected: int, *, label: str) -> SafeString:
    """Minutes as a bar of 132 by 14 units, with a line across it at what is `expected`; half as much again fills it.
    Its <title> is `label`, which must say the minutes."""
    wide, most = 132, expected * 1.5
    x = wide * expected / most
    return format_html(
        '<svg class="minutes-bar" xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 132 14" width="132"'
        ' height="14"><title>{}</title>{}{}<path class="level-was" d="M{} 0v14" stroke="{}" stroke-width="3"/></svg>',
        label,
        _step(0, wide, EMPTY, "level-off"),
        _step(0, min(wide * minutes / most, wide), ACCENT, "level-on"),
        f"{x:.1f}",
        BRASS,
    )
