# SPDX-License-Identifier: GPL-3.0-or-later
"""Every drawing by its name, as texts refer to it."""

from functools import cache
from io import BytesIO

from PIL import Image

from sample.drawing import (
    animals,
    classroom,
    colour,
    figure,
    landscape,
    lesson,
    nature,
    things,
    village,
)
from sample.drawing.brush import Brush, Drawing

IN_ROW = 5

SCENES: dict[str, Drawing] = {
    drawing.__name__: drawing
    for drawing in (
        landscape.spring,
        landscape.village,
        landscape.orchard,
        landscape.river,
        landscape.sea,
        landscape.snow,
        landscape.cotton,
        landscape.night,
        landscape.reading,
        lesson.water_cycle,
        lesson.three_states,
        lesson.plant,
        lesson.planets,
        lesson.shadow,
        lesson.mirror,
        lesson.prism,
        lesson.lens,
        lesson.counting,
        lesson.lesson,
        lesson.alphabet,
        lesson.library,
        village.clean_spring,
        village.water_filter,
        village.bottle_in_the_sun,
        classroom.groups,
        classroom.counters,
        classroom.cards,
    )
}

ICONS: dict[str, Drawing] = {
    drawing.__name__: drawing
    for drawing in (
        *(nature.sun, nature.moon, nature.star, nature.cloud_on_sky, nature.rain),
        *(nature.snowflake, nature.mountain, nature.tree, nature.flower, nature.drop),
        *(nature.apple, nature.pear, nature.apricot, nature.grapes, nature.pomegranate),
        *(nature.watermelon, nature.melon, nature.cherry, nature.lemon),
        *(animals.cat, animals.dog, animals.cow, animals.sheep, animals.hen),
        *(animals.rabbit, animals.fish, animals.bird, animals.butterfly),
        *(things.book, things.pencil, things.ruler, things.notebook, things.bag),
        *(things.board, things.globe, things.clock, things.ball, things.house),
        *(things.door, things.window, things.table, things.chair, things.lamp),
        *(things.teapot, things.bowl, things.key),
        *(figure.circle, figure.square, figure.triangle, figure.rectangle),
        *(figure.oval, figure.hexagon, figure.pentagon, figure.rhombus, figure.heart),
    )
}
ICONS |= {name: figure.splash(fill) for name, fill in figure.COLOURS.items()}
ICONS |= {f"number-{value}": figure.number(value) for value in range(11)}


@cache
def scene(name: str, width: int = 640) -> Image.Image:
    """A landscape or diagram, 16 to 10, this many pixels wide."""
    brush = Brush.new(width, width * 10 // 16, colour.WHITE)
    SCENES[name](brush)
    return brush.picture()


@cache
def icon(name: str, size: int = 240, background: str = colour.WHITE) -> Image.Image:
    """A small square drawing."""
    brush = Brush.new(size, size, background)
    ICONS[name](brush)
    return brush.picture()


@cache
def several(name: str, count: int, size: int = 120) -> Image.Image:
    """As many of a small square drawing, at most five in a row."""
    rows = -(-count // IN_ROW)
    picture = Image.new("RGB", (size * min(count, IN_ROW), size * rows), colour.WHITE)
    for place in range(count):
        row, column = divmod(place, IN_ROW)
        picture.paste(icon(name, size), (column * size, row * size))
    return picture


def encoded(picture: Image.Image, format_: str, **options: int) -> bytes:
    """The bytes of a PNG, JPEG or WebP file; PNG in a palette, which suits flat colours."""
    if format_ == "PNG":
        picture = picture.quantize(64, dither=Image.Dither.NONE)
        options.setdefault("optimize", 1)
    buffer = BytesIO()
    picture.save(buffer, format_, **options)
    return buffer.getvalue()
