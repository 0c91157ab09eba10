# SPDX-License-Identifier: GPL-3.0-or-later
"""Drawings of pupils at work, for teachers; each fills 160 by 100 units and carries no words."""

from sample.drawing import colour as c
from sample.drawing import people, things
from sample.drawing.brush import Brush


def groups(b: Brush) -> None:
    """Two groups of pupils, each round its table."""
    b.box(0, 0, 160, 100, c.SKY_WARM)
    b.box(0, 78, 160, 22, c.EARTH)
    for x, left, right in ((4, c.RED, c.BLUE), (84, c.GREEN, c.VIOLET)):
        people.girl(b.at(x + 2, 30, 0.52), left)
        people.boy(b.at(x + 48, 30, 0.52), right)
        people.boy(b.at(x + 25, 24, 0.5), c.WATER_DEEP)
        b.ellipse(x + 36, 76, 32, 9, c.WOOD)
        b.ellipse(x + 36, 74, 32, 9, c.CLAY_DARK)
        things.book(b.at(x + 27, 63, 0.18))


def counters(b: Brush) -> None:
    """Bottle tops, beans and sticks in rows: what a lesson can be made of."""
    b.box(0, 0, 160, 100, c.CLAY)
    for place, fill in enumerate((c.RED, c.BLUE, c.GREEN, c.YELLOW, c.WHITE)):
        x = 20 + place * 30
        b.circle(x, 24, 11, c.INK)
        b.circle(x, 24, 10, fill)
        b.circle(x, 24, 7, c.CREAM)
        b.circle(x, 24, 6, fill)
    for place in range(10):
        b.ellipse(18 + place * 14, 52, 4.6, 3.2, c.BROWN)
        b.ellipse(17 + place * 14, 51, 1.4, 0.9, c.CREAM)
    for place in range(12):
        b.line([(14 + place * 12, 92), (16 + place * 12, 68)], c.WOOD, 2)


def cards(b: Brush) -> None:
    """Pupils who hold up cards: green for "I understand", yellow and red for "not yet"."""
    b.box(0, 0, 160, 100, c.CREAM)
    b.box(0, 86, 160, 14, c.EARTH)
    coats = (c.BLUE, c.RED, c.WATER_DEEP, c.VIOLET)
    signs = (c.GREEN, c.YELLOW, c.GREEN, c.RED)
    for place, (coat, sign) in enumerate(zip(coats, signs, strict=True)):
        x = 8 + place * 38
        draw = people.girl if place % 2 else people.boy
        draw(b.at(x, 36, 0.56), coat)
        b.line([(x + 20, 64), (x + 28, 36)], coat, 3.4)
        b.box(x + 21, 14, 14, 20, c.INK, 1)
        b.box(x + 22, 15, 12, 18, sign, 1)
