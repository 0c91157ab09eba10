# SPDX-License-Identifier: GPL-3.0-or-later
"""Landscapes for the pages of books; each fills 160 by 100 units."""

from sample.drawing import colour as c
from sample.drawing import nature, people
from sample.drawing.brush import Brush, Point

WIDE = 160


def sky(b: Brush, fill: str = c.SKY) -> None:
    """The whole picture in one colour, with a paler band above the land."""
    b.box(0, 0, WIDE, 100, fill)


def range_(b: Brush, base: float, peaks: tuple[Point, ...], fill: str, snow: str = "") -> None:
    """Peaks that stand on one line, with snow where ``snow`` names its colour."""
    for x, y in peaks:
        half = (base - y) * 0.9
        b.shape([(x - half, base), (x, y), (x + half, base)], fill)
    for x, y in peaks if snow else ():
        high = (base - y) * 0.34
        side = high * 0.9
        edge = [(0.95, 1), (0.5, 0.8), (0.2, 1.05), (-0.15, 0.78), (-0.5, 1.02), (-0.95, 0.95)]
        b.shape([(x, y), *((x + side * dx, y + high * dy) for dx, dy in edge)], snow)


def hills(b: Brush, top: float, fill: str, shift: float = 0) -> None:
    """Rolling hills down to the lower edge."""
    points = [(x, top + (4 if (x // 20) % 2 else -3)) for x in range(-40, 240, 20)]
    b.land([(x + shift, y) for x, y in points], 100, fill)


def poplar(b: Brush, x: float, foot: float, high: float) -> None:
    """A slender poplar, as along every water channel."""
    b.line([(x, foot), (x, foot - high * 0.4)], c.WOOD, high * 0.05)
    b.ellipse(x, foot - high * 0.58, high * 0.13, high * 0.42, c.LEAF)
    b.ellipse(x - high * 0.03, foot - high * 0.62, high * 0.06, high * 0.3, c.GREEN)


def fruit_tree(b: Brush, x: float, foot: float, high: float, fruit: str) -> None:
    """A round tree with fruit (or blossom) of this colour."""
    part = b.at(x - high / 2, foot - high * 0.94, high / 100)
    nature.tree(part)
    for dx, dy in ((28, 42), (44, 24), (62, 30), (70, 50), (50, 48), (36, 58), (58, 58), (24, 54)):
        part.circle(dx, dy, 4.2, fruit)


def home(b: Brush, x: float, foot: float, wide: float) -> None:
    """A flat-roofed house of clay with a door and a blue window."""
    high = wide * 0.56
    b.box(x, foot - high, wide, high, c.CLAY)
    b.box(x - wide * 0.05, foot - high - wide * 0.08, wide * 1.1, wide * 0.1, c.EARTH_DARK, 0.6)
    b.box(x + wide * 0.16, foot - high * 0.62, wide * 0.2, high * 0.62, c.WOOD, 0.6)
    b.box(x + wide * 0.56, foot - high * 0.62, wide * 0.26, high * 0.34, c.WATER_DEEP, 0.4)
    b.line(
        [(x + wide * 0.69, foot - high * 0.62), (x + wide * 0.69, foot - high * 0.28)],
        c.CREAM,
        wide * 0.02,
    )


def spring(b: Brush) -> None:
    """A spring under the mountains, with a clay jug beside it."""
    sky(b)
    nature.sun(b.at(126, 2, 0.26))
    range_(b, 62, ((14, 22), (118, 26), (150, 20)), c.MOUNTAIN_FAR, c.SNOW)
    range_(b, 64, ((48, 8), (84, 20)), c.MOUNTAIN, c.SNOW)
    hills(b, 58, c.GRASS_LIGHT)
    hills(b, 66, c.GRASS, 14)
    b.blob([(52, 64), (58, 44), (76, 40), (96, 46), (104, 66), (80, 72)], c.MOUNTAIN_DARK)
    b.blob([(58, 60), (64, 48), (78, 45), (90, 50), (92, 58), (76, 62)], c.MOUNTAIN)
    b.curve([(76, 54), (77, 66), (74, 74)], c.WATER_LIGHT, 7)
    b.blob([(44, 78), (60, 71), (90, 71), (108, 79), (92, 88), (60, 88)], c.WATER)
    b.curve([(96, 84), (112, 90), (134, 90), (164, 98)], c.WATER, 8)
    for x, y in ((60, 79), (84, 81), (72, 76)):
        b.curve([(x, y), (x + 6, y + 1.4), (x + 12, y)], c.WATER_LIGHT, 1.2)
    _jug(b.at(26, 66, 0.26))
    for x, y in ((18, 92), (38, 95), (116, 80), (124, 84), (6, 84)):
        nature.flower(b.at(x, y - 9, 0.1))
    poplar(b, 140, 84, 44)
    poplar(b, 151, 87, 36)


def _jug(b: Brush) -> None:
    b.curve([(70, 30), (92, 34), (74, 62)], c.CLAY_DARK, 7)
    b.blob(
        [(36, 20), (64, 20), (64, 34), (80, 60), (66, 92), (34, 92), (20, 60), (36, 34)],
        c.CLAY_DARK,
    )
    b.box(32, 14, 36, 8, c.EARTH_DARK, 4)
    for y in (54, 62):
        b.curve([(22, y), (50, y + 4), (78, y)], c.CREAM, 3)


def village(b: Brush) -> None:
    """A village between poplars, and a channel of water."""
    sky(b)
    nature.cloud(b.at(12, 0, 0.26))
    nature.cloud(b.at(92, 4, 0.2))
    range_(b, 56, ((24, 18), (70, 10), (120, 22), (152, 14)), c.MOUNTAIN_FAR, c.SNOW)
    hills(b, 50, c.GRASS_LIGHT)
    for x in (10, 18, 26, 138, 146, 154):
        poplar(b, x, 66, 34)
    hills(b, 62, c.GRASS, 10)
    home(b, 38, 72, 30)
    home(b, 92, 70, 26)
    fruit_tree(b, 84, 72, 26, c.ORANGE)
    fruit_tree(b, 136, 76, 24, c.RED)
    b.curve([(-6, 84), (40, 80), (90, 88), (170, 82)], c.EARTH, 13)
    b.curve([(-6, 84), (40, 80), (90, 88), (170, 82)], c.WATER, 9)
    people.girl(b.at(68, 51, 0.26), c.RED)
    people.boy(b.at(118, 53, 0.26))


def orchard(b: Brush) -> None:
    """An apricot orchard in July."""
    sky(b, c.SKY_WARM)
    nature.sun(b.at(8, 2, 0.24))
    range_(b, 54, ((60, 16), (104, 24), (146, 14)), c.MOUNTAIN_FAR, c.SNOW)
    hills(b, 48, c.GRASS_LIGHT)
    for x in (20, 54, 88, 122, 156):
        fruit_tree(b, x - 6, 68, 30, c.ORANGE)
    hills(b, 70, c.GRASS)
    for x in (6, 60, 142):
        fruit_tree(b, x, 92, 48, c.ORANGE)
    _basket(b.at(88, 70, 0.26))
    people.girl(b.at(112, 60, 0.34), c.VIOLET)


def _basket(b: Brush) -> None:
    for x, y in ((22, 36), (38, 28), (54, 30), (70, 28), (82, 38), (46, 40), (64, 40)):
        b.circle(x, y, 11, c.ORANGE)
        b.circle(x - 3, y - 3, 2.5, "#f9c98a")
    b.shape([(10, 42), (94, 42), (84, 90), (20, 90)], c.EARTH)
    for y in (52, 64, 76):
        b.line([(14, y), (90, y)], c.EARTH_DARK, 3)


def river(b: Brush) -> None:
    """A wide river in its valley, with a bridge."""
    sky(b)
    nature.cloud(b.at(110, -2, 0.26))
    range_(b, 50, ((16, 14), (56, 20), (104, 12), (148, 22)), c.MOUNTAIN, c.SNOW)
    hills(b, 46, c.GRASS_LIGHT)
    hills(b, 54, c.GRASS, 12)
    b.blob(
        [
            (100, 50),
            (107, 50),
            (96, 62),
            (128, 78),
            (118, 108),
            (30, 108),
            (56, 82),
            (86, 66),
            (90, 56),
        ],
        c.WATER,
    )
    for x, y in ((70, 84), (90, 94), (96, 76), (60, 96)):
        b.curve([(x, y), (x + 7, y + 1.6), (x + 14, y)], c.WATER_LIGHT, 1.4)
    b.curve([(40, 72), (84, 58), (134, 72)], c.EARTH_DARK, 5)
    for x, y in ((60, 66), (84, 61), (108, 65)):
        b.line([(x, y), (x, y + 14)], c.EARTH_DARK, 3.4)
    b.curve([(40, 65), (84, 51), (134, 65)], c.WOOD, 1.6)
    for x, y in ((48, 64), (60, 60), (72, 57), (84, 55), (96, 57), (108, 60), (122, 64)):
        b.line([(x, y), (x, y + 8)], c.WOOD, 1.4)
    poplar(b, 14, 86, 44)
    poplar(b, 26, 90, 38)
    poplar(b, 148, 84, 40)


def sea(b: Brush) -> None:
    """The sea with a sail, a sun and gulls."""
    sky(b)
    nature.sun(b.at(110, 4, 0.34))
    b.box(0, 52, WIDE, 48, c.WATER)
    hill = [(-20.0, 50.0), (10.0, 46.0), (30.0, 44.0), (46.0, 53.0)]
    b.land(hill, 53, c.MOUNTAIN_FAR)
    b.box(0, 70, WIDE, 30, c.WATER_DEEP)
    b.land(
        [(-10, 71), (20, 67), (50, 71), (80, 67), (110, 71), (140, 67), (170, 71)], 84, c.WATER_DEEP
    )
    b.shape([(66, 62), (102, 62), (94, 72), (74, 72)], c.WOOD)
    b.line([(84, 62), (84, 26)], c.WOOD, 1.6)
    b.shape([(86, 28), (86, 58), (104, 58)], c.CREAM)
    b.shape([(82, 32), (82, 58), (70, 58)], c.WHITE)
    for x, y in ((30, 22), (44, 30), (20, 34)):
        b.curve([(x - 6, y), (x - 2, y - 3), (x, y), (x + 2, y - 3), (x + 6, y)], c.INK, 1)
    for x, y in ((14, 60), (120, 62), (140, 58), (30, 84), (110, 88), (134, 80)):
        b.curve([(x, y), (x + 6, y + 1.4), (x + 12, y)], c.WATER_LIGHT, 1.2)


def snow(b: Brush) -> None:
    """High mountains with a glacier between them."""
    sky(b)
    range_(b, 84, ((20, 26), (140, 20)), c.MOUNTAIN_FAR, c.SNOW)
    range_(b, 90, ((66, 4), (108, 24)), c.MOUNTAIN, c.SNOW)
    b.blob([(84, 40), (96, 44), (98, 62), (116, 84), (96, 94), (70, 84), (80, 62)], c.GREY_LIGHT)
    for y, left, right in ((56, 84, 96), (66, 82, 100), (76, 78, 106)):
        b.curve([(left, y), ((left + right) / 2, y + 2.4), (right, y)], c.WATER_LIGHT, 1.4)
    b.land([(-10, 88), (30, 84), (80, 90), (130, 84), (170, 88)], 100, c.GRASS)
    b.curve([(94, 90), (104, 94), (120, 94), (140, 104)], c.WATER, 4)
    nature.cloud(b.at(4, 2, 0.3))


def cotton(b: Brush) -> None:
    """A field of ripe cotton in autumn."""
    sky(b, c.SKY_WARM)
    nature.sun(b.at(120, 2, 0.28))
    range_(b, 50, ((30, 26), (80, 20), (140, 28)), c.MOUNTAIN_FAR)
    b.box(0, 48, WIDE, 52, c.GRASS_DARK)
    for row in range(5):
        y, size = 54 + row * 10, 1.6 + row * 0.7
        for number in range(16 - row * 2):
            x = (number + 0.5) * WIDE / (16 - row * 2)
            b.circle(x, y + size, size * 1.6, c.LEAF)
            for dx, dy in ((-0.7, 0), (0.7, 0), (0, -0.7)):
                b.circle(x + dx * size, y + dy * size, size * 0.85, c.WHITE)


def night(b: Brush) -> None:
    """A starry night above the mountains."""
    sky(b, c.NIGHT)
    b.circle(124, 24, 13, c.YELLOW)
    b.circle(130, 20, 12, c.NIGHT)
    plough = ((24, 24), (36, 20), (46, 24), (56, 28), (60, 38), (74, 38), (76, 27))
    for x, y in plough:
        nature.star_shape(b, x, y, 2.2, c.WHITE)
    b.line([*plough, plough[3]], "#5b76a5", 0.5)
    for x, y in ((12, 44), (90, 14), (100, 46), (146, 52), (14, 10), (110, 8), (84, 56), (30, 54)):
        b.circle(x, y, 0.7, c.WHITE)
    range_(b, 86, ((30, 58), (70, 50), (118, 60), (150, 52)), "#3d5680", "#c9d6e8")
    hills(b, 84, "#1b2d4a")
    home(b, 66, 92, 20)
    b.box(77.2, 85, 5.2, 3.8, c.YELLOW, 0.4)


def reading(b: Brush) -> None:
    """Two children with a book under a tree."""
    sky(b, c.SKY_WARM)
    range_(b, 60, ((20, 26), (140, 22)), c.MOUNTAIN_FAR, c.SNOW)
    hills(b, 56, c.GRASS_LIGHT)
    hills(b, 66, c.GRASS, 10)
    fruit_tree(b, 80, 84, 84, c.PINK)
    people.girl(b.at(36, 38, 0.54), c.RED)
    people.boy(b.at(102, 38, 0.54), c.BLUE)
    from_book = b.at(64, 58, 0.32)
    from_book.shape([(2, 26), (50, 34), (98, 26), (98, 80), (50, 88), (2, 80)], c.VIOLET)
    from_book.shape([(8, 22), (50, 32), (50, 82), (8, 74)], c.CREAM)
    from_book.shape([(92, 22), (50, 32), (50, 82), (92, 74)], c.WHITE)
    for y in (40, 50, 60):
        from_book.line([(16, y - 4), (42, y + 2)], c.GREY, 2)
        from_book.line([(58, y + 2), (84, y - 4)], c.GREY, 2)
