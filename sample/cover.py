# SPDX-License-Identifier: GPL-3.0-or-later
"""Covers: a scene above a band of colour with the title."""

from PIL import Image, ImageDraw, ImageFont

from sample.drawing import colour
from sample.drawing.font import font_path
from sample.drawing.gallery import SCENES, scene

WIDTH, HEIGHT = 600, 800
BANDS = (colour.WATER_DEEP, colour.LEAF, "#b5433a", "#6d4f97", "#a8612a", colour.NIGHT)


def draw_cover(title: str, author: str, scene_name: str) -> Image.Image:
    """A cover of 600 by 800 pixels; the colour follows from the scene."""
    band = BANDS[list(SCENES).index(scene_name) % len(BANDS)]
    cover = Image.new("RGB", (WIDTH, HEIGHT), band)
    # The middle of the scene, as wide as the cover.
    picture = scene(scene_name, 704)
    left = (picture.width - WIDTH) // 2
    cover.paste(picture.crop((left, 0, left + WIDTH, picture.height)), (0, 0))
    draw = ImageDraw.Draw(cover)
    draw.rectangle((0, picture.height, WIDTH, picture.height + 10), fill=colour.YELLOW)
    lines, font = _fit(title, width=WIDTH - 80, height=180)
    middle = picture.height + 10 + (HEIGHT - picture.height - 60) / 2
    draw.multiline_text(
        (WIDTH / 2, middle),
        "\n".join(lines),
        font=font,
        fill=colour.WHITE,
        anchor="mm",
        align="center",
        spacing=10,
    )
    small = ImageFont.truetype(str(font_path()), 24)
    draw.text((WIDTH / 2, HEIGHT - 40), author, font=small, fill=colour.CREAM, anchor="mm")
    return cover


def _fit(title: str, *, width: float, height: float) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """The title in lines, in the largest letters that leave it inside the band."""
    for size in range(64, 20, -4):
        font = ImageFont.truetype(str(font_path(bold=True)), size)
        lines = _wrap(title, font, width)
        if len(lines) * (size + 10) <= height and max(map(font.getlength, lines)) <= width:
            break
    return lines, font


def _wrap(title: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
