"""A drawing as a PNG, the same bytes each time: a tune on five lines."""

import io

from PIL import Image, ImageDraw

SIZE, PAPER, INK, COLOUR = (720, 300), "#fffdf5", "#2b2b2b", "#0b5d57"
TOP, GAP, LEFT, STEP = 110, 24, 90, 58
TUNE = (0, 2, 4, 2, 5, 4, 2, 3, 1, 0)  # lines and spaces above the lowest line


def tune() -> bytes:
    """Five lines with the notes of a tune, as a class may have drawn it."""
    picture = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(picture)
    bottom = TOP + 4 * GAP
    for line in range(5):
        pen.line((40, TOP + line * GAP, SIZE[0] - 40, TOP + line * GAP), fill=INK, width=3)
    for at, height in enumerate(TUNE):
        x, y = LEFT + at * STEP, bottom - height * GAP // 2
        pen.line((x + 13, y, x + 13, y - 74), fill=COLOUR, width=5)
        pen.ellipse((x - 15, y - 11, x + 15, y + 11), fill=COLOUR)
    for x in (SIZE[0] - 52, SIZE[0] - 40):
        pen.line((x, TOP, x, bottom), fill=INK, width=5)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
