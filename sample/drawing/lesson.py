# SPDX-License-Identifier: GPL-3.0-or-later
"""Diagrams for lessons; each fills 160 by 100 units and carries no words, for any language."""

from sample.drawing import colour as c
from sample.drawing import landscape, nature, people, things
from sample.drawing.brush import Brush, Point

RAINBOW = (c.RED, c.ORANGE, c.YELLOW, c.GREEN, "#4fa8d8", c.BLUE, c.VIOLET)


def arrow(b: Brush, points: list[Point], fill: str, width: float = 2) -> None:
    """A smooth line that ends in an arrow head."""
    b.curve(points, fill, width)
    (x0, y0), (x1, y1) = points[-2], points[-1]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    dx, dy = (x1 - x0) / length * width * 2, (y1 - y0) / length * width * 2
    b.shape([(x1 + dx, y1 + dy), (x1 - dy, y1 + dx), (x1 + dy, y1 - dx)], fill)


def water_cycle(b: Brush) -> None:
    """Sea, vapour, cloud, rain, river: the round of water."""
    landscape.sky(b)
    nature.sun(b.at(6, 2, 0.28))
    landscape.range_(b, 72, ((118, 30), (146, 22)), c.MOUNTAIN, c.SNOW)
    b.land([(-20, 81), (10, 79), (40, 81), (66, 80), (106, 82)], 100, c.WATER)
    b.land([(62, 101), (72, 86), (84, 76), (110, 66), (140, 62), (170, 60)], 101, c.GRASS)
    b.curve([(128, 66), (112, 74), (98, 76), (66, 90)], c.WATER, 5)
    nature.cloud(b.at(44, 8, 0.34))
    nature.cloud(b.at(106, 0, 0.4), c.GREY)
    for x, y in ((114, 32), (122, 34), (130, 32), (138, 34)):
        b.line([(x, y), (x - 2, y + 6)], c.WATER, 1.6)
    for x in (22, 36, 50):
        b.curve([(x, 74), (x + 2, 66), (x - 2, 58), (x, 50)], c.WHITE, 1.8)
    arrow(b, [(30, 46), (36, 36), (46, 28)], c.RED)
    arrow(b, [(80, 18), (90, 15), (100, 16)], c.RED)
    arrow(b, [(136, 46), (130, 56), (118, 64)], c.RED)
    arrow(b, [(96, 82), (88, 88), (76, 94)], c.RED)


def three_states(b: Brush) -> None:
    """Ice, water and steam."""
    b.box(0, 0, 160, 100, c.CREAM)
    for x in (4, 57, 110):
        b.box(x, 8, 46, 84, c.WHITE, 5)
    for x, y in ((14, 52), (28, 58), (20, 36)):
        b.box(x, y, 16, 16, c.WATER_LIGHT, 2)
        b.box(x + 3, y + 3, 6, 3, c.WHITE, 1)
    b.shape([(66, 34), (94, 34), (90, 80), (70, 80)], c.GREY_LIGHT)
    b.shape([(67, 48), (93, 48), (90, 78), (70, 78)], c.WATER)
    b.curve([(70, 54), (80, 56), (90, 54)], c.WATER_LIGHT, 1.4)
    b.box(117, 62, 32, 20, c.RED, 4)
    b.box(115, 58, 36, 6, "#b5342f", 2)
    b.circle(133, 55, 3, c.BLACK)
    for x in (124, 133, 142):
        b.curve([(x, 46), (x - 3, 38), (x + 3, 30), (x, 20)], c.GREY, 2.2)


def plant(b: Brush) -> None:
    """A plant with root, stem, leaf and flower; the soil is cut away."""
    landscape.sky(b)
    nature.sun(b.at(112, 4, 0.36))
    b.box(0, 62, 160, 38, c.EARTH)
    b.box(0, 60, 160, 5, c.GRASS)
    b.curve([(80, 62), (79, 44), (80, 26)], c.LEAF, 3)
    b.blob([(80, 54), (62, 50), (48, 38), (66, 40)], c.GREEN)
    b.blob([(80, 46), (98, 42), (112, 30), (94, 32)], c.GREEN)
    for x, y in ((80, 10), (90, 16), (88, 27), (72, 27), (70, 16)):
        b.circle(x, y, 6.4, c.PINK)
    b.circle(80, 19, 5.4, c.YELLOW)
    for points in (
        [(80, 64), (80, 78), (82, 94)],
        [(80, 66), (70, 76), (58, 82)],
        [(80, 68), (92, 76), (106, 80)],
        [(80, 74), (72, 84), (68, 94)],
        [(80, 74), (90, 86), (98, 94)],
    ):
        b.curve(points, c.CREAM, 1.8)
    for x, y in ((30, 80), (124, 74), (46, 92), (136, 90), (20, 72)):
        nature.drop(b.at(x, y, 0.09))


def planets(b: Brush) -> None:
    """The Sun and its eight planets in their order; sizes and distances are not to scale."""
    b.box(0, 0, 160, 100, "#182848")
    for x, y in ((40, 12), (70, 88), (96, 16), (128, 84), (150, 24), (58, 26), (112, 74), (84, 76)):
        b.circle(x, y, 0.6, c.WHITE)
    b.circle(-14, 50, 34, c.YELLOW)
    b.circle(-14, 50, 28, "#fbe08a")
    spheres = (
        (28, 2.4, c.GREY),
        (39, 4.2, c.CLAY),
        (52, 4.6, c.BLUE),
        (64, 3.2, c.RED),
        (84, 11, c.EARTH),
        (110, 9, c.YELLOW),
        (132, 6.4, c.WATER_LIGHT),
        (149, 6.2, c.BLUE),
    )
    for x, radius, fill in spheres:
        b.circle(x, 50, radius, fill)
    b.blob([(50, 48), (53, 47), (54, 50), (51, 52)], c.GREEN)
    for y in (46, 51, 55):
        b.line([(76, y), (92, y)], c.EARTH_DARK, 1)
    b.line([(96, 54), (124, 46)], c.CLAY, 1.6)
    b.slice(110, 50, 9, (160, 345), c.YELLOW)


def shadow(b: Brush) -> None:
    """A lamp, a ball and the shadow of the ball on a wall."""
    b.box(0, 0, 160, 100, "#3b4a63")
    b.shape([(22, 50), (140, 2), (140, 98)], "#fbeebc")
    b.shape([(72, 36), (140, 22), (140, 78), (72, 64)], "#3b4a63")
    b.box(140, 0, 20, 100, c.CREAM)
    b.box(140, 22, 20, 56, "#6d7689")
    b.circle(22, 50, 10, c.YELLOW)
    b.circle(22, 50, 6, c.WHITE)
    things.ball(b.at(56, 34, 0.32))


def mirror(b: Brush) -> None:
    """A ray that a flat mirror throws back at the same angle."""
    b.box(0, 0, 160, 100, c.CREAM)
    b.box(20, 80, 120, 5, c.WATER_LIGHT)
    for x in range(22, 140, 8):
        b.line([(x, 91), (x + 5, 86)], c.GREY, 1)
    for y in range(14, 80, 8):
        b.line([(80, y), (80, y + 4)], c.GREY, 1)
    arrow(b, [(26, 24), (50, 49), (76, 76)], c.ORANGE)
    arrow(b, [(80, 79), (106, 53), (130, 28)], c.ORANGE)
    b.slice(80, 79, 20, (226, 270), c.PINK)
    b.slice(80, 79, 16, (270, 314), c.WATER_LIGHT)
    b.line([(30, 28), (80, 79), (128, 30)], c.ORANGE, 2)
    nature.sun(b.at(4, 2, 0.2))


def prism(b: Brush) -> None:
    """White light that a prism spreads into colours."""
    b.box(0, 0, 160, 100, "#2a3550")
    for number, fill in enumerate(RAINBOW):
        b.shape(
            [
                (88, 48 + number * 0.9),
                (166, 40 + number * 7),
                (166, 47 + number * 7),
                (88, 49 + number * 0.9),
            ],
            fill,
        )
    b.shape([(76, 12), (114, 80), (38, 80)], "#9dc3dd")
    b.shape([(76, 20), (107, 76), (45, 76)], "#bfdcee")
    b.line([(0, 66), (58, 52)], c.WHITE, 2.4)
    b.shape([(58, 51), (94, 50), (96, 57), (58, 53)], "#e8f3fa")


def lens(b: Brush) -> None:
    """A lens that gathers rays into one point."""
    b.box(0, 0, 160, 100, c.CREAM)
    b.line([(4, 50), (156, 50)], c.GREY, 0.8)
    for y in (26, 38, 50, 62, 74):
        b.line([(6, y), (76, y)], c.ORANGE, 1.6)
        b.line([(76, y), (124, 50)], c.ORANGE, 1.6)
        b.line([(124, 50), (156, 50 - (y - 50) * 0.66)], c.ORANGE, 1)
    b.blob(
        [(76, 14), (84, 32), (86, 50), (84, 68), (76, 86), (68, 68), (66, 50), (68, 32)],
        c.WATER_LIGHT,
    )
    b.circle(124, 50, 3, c.RED)


def counting(b: Brush) -> None:
    """Three apples and two more."""
    b.box(0, 0, 160, 100, c.CREAM)
    for x in (15, 39, 63):
        nature.apple(b.at(x, 18, 0.26))
    for x in (97, 119):
        nature.pear(b.at(x, 18, 0.26))
    b.text(52, 72, "3", 30, c.RED)
    b.text(87, 72, "+", 26, c.INK)
    b.text(121, 72, "2", 30, c.GREEN)


def lesson(b: Brush) -> None:
    """A teacher's board, with pupils before it."""
    b.box(0, 0, 160, 100, c.CREAM)
    b.box(0, 82, 160, 18, c.EARTH)
    things.board(b.at(40, -6, 0.84))
    things.globe(b.at(13, 16, 0.3))
    things.clock(b.at(124, 8, 0.2))
    people.girl(b.at(22, 48, 0.48), c.RED)
    people.boy(b.at(56, 50, 0.46), c.GREEN)
    people.girl(b.at(87, 50, 0.46), c.VIOLET)
    people.boy(b.at(118, 48, 0.48), c.BLUE)


def alphabet(b: Brush) -> None:
    """Blocks with letters."""
    b.box(0, 0, 160, 100, c.SKY_WARM)
    b.box(0, 80, 160, 20, c.EARTH)
    for x, y, letter, fill in (
        (22, 52, "A", c.RED),
        (52, 52, "B", c.BLUE),
        (82, 52, "C", c.GREEN),
        (37, 23, "D", c.ORANGE),
        (67, 23, "E", c.VIOLET),
    ):
        b.box(x, y, 28, 28, fill, 4)
        b.box(x + 3, y + 3, 22, 22, c.CREAM, 3)
        b.text(x + 14, y + 14, letter, 18, fill)
    things.pencil(b.at(110, 44, 0.36))


def library(b: Brush) -> None:
    """A shelf of books, and the little box that carries a library."""
    b.box(0, 0, 160, 100, c.SKY_WARM)
    b.box(0, 84, 160, 16, c.EARTH)
    x = 18.0
    spines = (
        (9, 44, c.RED),
        (7, 50, c.BLUE),
        (11, 40, c.GREEN),
        (8, 48, c.ORANGE),
        (6, 42, c.VIOLET),
        (10, 52, c.WATER_DEEP),
    )
    for wide, high, fill in spines:
        b.box(x, 84 - high, wide, high, fill, 1)
        b.box(x + 1.6, 84 - high + 7, wide - 3.2, 3, c.CREAM)
        x += wide + 1
    b.box(84, 66, 50, 18, c.NIGHT, 4)
    for place, fill in ((92, c.GREEN), (99, c.YELLOW)):
        b.circle(place, 75, 2, fill)
    b.text(118, 75, "чашма", 6.4, c.WHITE)
    for radius in (30, 22, 14):
        b.slice(109, 60, radius, (225, 315), c.WATER)
        b.slice(109, 60, radius - 4, (222, 318), c.SKY_WARM)
    b.circle(109, 60, 4, c.WATER)
