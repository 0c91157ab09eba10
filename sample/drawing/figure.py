# SPDX-License-Identifier: GPL-3.0-or-later
"""Small drawings of colours, shapes and numbers; each fills 100 by 100 units."""

from sample.drawing import colour as c
from sample.drawing.brush import Brush, Drawing, ring

COLOURS = {
    "red": c.RED,
    "orange": c.ORANGE,
    "yellow": c.YELLOW,
    "green": c.GREEN,
    "blue": c.BLUE,
    "violet": c.VIOLET,
    "brown": c.BROWN,
    "white": c.WHITE,
    "black": c.BLACK,
}


def splash(fill: str) -> Drawing:
    """A blot of paint in this colour."""

    def draw(b: Brush) -> None:
        outline = c.GREY if fill == c.WHITE else fill
        for edge, colour in ((0, outline), (2, fill)):
            outer, inner = ring(50, 52, 40 - edge, 7), ring(50, 52, 29 - edge, 7, start=-64)
            b.blob([point for pair in zip(outer, inner, strict=True) for point in pair], colour)
            b.circle(86, 20, 7 - edge / 2, colour)
            b.circle(14, 84, 5 - edge / 2, colour)

    return draw


def number(value: int) -> Drawing:
    """A figure from 0 to 10 with as many dots."""

    def draw(b: Brush) -> None:
        b.box(8, 6, 84, 88, c.SKY, 12)
        b.text(50, 36, str(value), 46, c.WATER_DEEP)
        for dot in range(value):
            row, place = divmod(dot, 5)
            in_row = min(5, value - row * 5)
            b.circle(50 + (place - (in_row - 1) / 2) * 15, 70 + row * 14, 5, c.RED)

    return draw


def circle(b: Brush) -> None:
    """A circle."""
    b.circle(50, 50, 38, c.BLUE)


def square(b: Brush) -> None:
    """A square."""
    b.box(14, 14, 72, 72, c.RED)


def triangle(b: Brush) -> None:
    """A triangle with three equal sides."""
    b.shape(ring(50, 58, 46, 3), c.GREEN)


def rectangle(b: Brush) -> None:
    """A rectangle."""
    b.box(6, 26, 88, 48, c.ORANGE)


def oval(b: Brush) -> None:
    """An oval."""
    b.ellipse(50, 50, 44, 27, c.VIOLET)


def hexagon(b: Brush) -> None:
    """A hexagon, like a cell of honeycomb."""
    b.shape(ring(50, 50, 42, 6), c.YELLOW)


def pentagon(b: Brush) -> None:
    """A pentagon."""
    b.shape(ring(50, 53, 44, 5), c.PINK)


def rhombus(b: Brush) -> None:
    """A rhombus."""
    b.shape([(50, 10), (84, 50), (50, 90), (16, 50)], c.WATER)


def heart(b: Brush) -> None:
    """A heart."""
    for x in (32, 68):
        b.circle(x, 36, 21, c.RED)
    b.shape([(13.5, 46), (86.5, 46), (50, 88)], c.RED)
    b.box(30, 36, 40, 14, c.RED)
