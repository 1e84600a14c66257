"""A hub's accent colour, made safe to read: white text on it, and it on white, have at least WCAG AA contrast."""

AA = 4.5  # WCAG 2.2, 1.4.3


def _channels(colour: str) -> tuple[int, int, int]:
    text = colour.lstrip("#")
    if len(text) != 6:
        raise ValueError(f"A colour is six hexadecimal digits, not {colour!r}")
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def _text(channels: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(channel):02x}" for channel in channels)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    parts = [c / 255 for c in _channels(colour)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `other` in it."""
    return _text(tuple(a + (b - a) * share for a, b in zip(_channels(colour), _channels(other), strict=True)))


def readable(colour: str) -> str:
    """The colour itself, or as little darker as white text on it needs."""
    while contrast(colour, "#ffffff") < AA:
        colour = mix(colour, "#000000", 0.06)
    return colour
