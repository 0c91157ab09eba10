# SPDX-License-Identifier: GPL-3.0-or-later
"""Small drawings of things at school and at home; each fills 100 by 100 units."""

from sample.drawing import colour as c
from sample.drawing.brush import Brush, ring


def book(b: Brush) -> None:
    """An open book."""
    b.shape([(6, 26), (50, 34), (94, 26), (94, 82), (50, 90), (6, 82)], c.RED)
    b.shape([(11, 22), (50, 32), (50, 84), (11, 76)], c.CREAM)
    b.shape([(89, 22), (50, 32), (50, 84), (89, 76)], c.WHITE)
    for step in range(4):
        y = 38 + step * 10
        b.line([(18, y - 4), (43, y + 2)], c.GREY, 2)
        b.line([(57, y + 2), (82, y - 4)], c.GREY, 2)
    b.line([(50, 32), (50, 84)], c.GREY, 1.4)


def pencil(b: Brush) -> None:
    """A pencil."""
    b.shape([(62, 10), (82, 30), (34, 78), (14, 58)], c.YELLOW)
    b.shape([(68, 16), (75, 23), (27, 71), (21, 65)], c.ORANGE)
    b.shape([(14, 58), (34, 78), (8, 86)], c.CLAY)
    b.shape([(10, 77), (16, 83), (8, 86)], c.BLACK)
    b.shape([(62, 10), (68, 4), (90, 24), (82, 30)], c.PINK)


def ruler(b: Brush) -> None:
    """A ruler of ten centimetres."""
    b.box(4, 36, 92, 28, c.YELLOW, 3)
    for step in range(11):
        x = 10 + step * 8
        b.line([(x, 38), (x, 50 if step % 5 == 0 else 45)], c.INK, 1.4)
    for number, x in ((0, 10), (5, 50), (10, 89)):
        b.text(x, 57, str(number), 9, c.INK)


def notebook(b: Brush) -> None:
    """A school notebook."""
    b.box(20, 10, 62, 80, c.GREEN, 5)
    b.box(20, 10, 10, 80, c.LEAF, 3)
    b.box(38, 24, 36, 20, c.WHITE, 2)
    for y in (31, 37):
        b.line([(43, y), (69, y)], c.GREY, 1.6)


def bag(b: Brush) -> None:
    """A satchel."""
    b.curve([(36, 24), (38, 10), (62, 10), (64, 24)], c.WOOD, 5)
    b.box(14, 22, 72, 66, c.BLUE, 12)
    b.box(14, 22, 72, 34, "#5b97d1", 12)
    b.box(26, 60, 48, 22, "#5b97d1", 5)
    for x in (30, 62):
        b.box(x, 46, 8, 16, c.YELLOW, 2)


def board(b: Brush) -> None:
    """A blackboard with a sum on it."""
    for x, foot in ((24, 20), (76, 80)):
        b.line([(x, 70), (foot, 94)], c.WOOD, 5)
    b.box(6, 14, 88, 60, c.WOOD, 3)
    b.box(11, 19, 78, 50, "#3d6b58", 1)
    b.text(50, 43, "2 + 3 = 5", 13, c.WHITE)


def globe(b: Brush) -> None:
    """A globe on its stand."""
    b.curve([(30, 14), (14, 42), (28, 74), (58, 82), (82, 66)], c.WOOD, 4)
    b.circle(52, 44, 31, c.WATER)
    b.blob([(38, 22), (54, 20), (56, 32), (46, 44), (36, 38)], c.GREEN)
    b.blob([(60, 34), (74, 32), (78, 46), (66, 62), (58, 48)], c.GREEN)
    b.blob([(36, 54), (48, 54), (48, 66), (42, 68)], c.GREEN)
    b.box(46, 80, 10, 8, c.WOOD)
    b.box(30, 87, 42, 7, c.WOOD, 3)


def clock(b: Brush) -> None:
    """A clock that shows ten past ten."""
    b.circle(50, 50, 42, c.RED)
    b.circle(50, 50, 35, c.WHITE)
    for number, (x, y) in enumerate(ring(50, 50, 28, 12, start=-60), start=1):
        b.text(x, y, str(number), 8, c.INK)
    b.line([(50, 50), (38, 43)], c.INK, 4)
    b.line([(50, 50), (66, 36)], c.INK, 3)
    b.circle(50, 50, 3, c.RED)


def ball(b: Brush) -> None:
    """A ball of three colours."""
    b.circle(50, 50, 40, c.WHITE)
    b.slice(50, 50, 40, (-90, -30), c.RED)
    b.slice(50, 50, 40, (30, 90), c.BLUE)
    b.slice(50, 50, 40, (150, 210), c.YELLOW)
    b.slice(50, 50, 40, (-30, 30), c.GREY_LIGHT)
    b.slice(50, 50, 40, (90, 150), c.GREY_LIGHT)
    b.slice(50, 50, 40, (210, 270), c.GREY_LIGHT)
    b.circle(50, 50, 8, c.WHITE)


def house(b: Brush) -> None:
    """A house."""
    b.box(64, 14, 10, 24, c.EARTH_DARK)
    b.box(18, 44, 64, 46, c.CLAY)
    b.shape([(8, 46), (50, 12), (92, 46)], c.RED)
    b.box(42, 62, 16, 28, c.WOOD, 1)
    for x in (24, 64):
        b.box(x, 54, 13, 14, c.WATER_LIGHT, 1)
        b.line([(x + 6.5, 54), (x + 6.5, 68)], c.WHITE, 1.4)
    b.circle(54, 77, 1.4, c.YELLOW)


def door(b: Brush) -> None:
    """A wooden door."""
    b.box(24, 8, 52, 86, c.EARTH_DARK, 2)
    b.box(29, 13, 42, 81, c.WOOD, 1)
    for x in (34, 52):
        for y, high in ((19, 28), (53, 34)):
            b.box(x, y, 14, high, c.EARTH_DARK, 1)
    b.circle(67, 54, 3, c.YELLOW)


def window(b: Brush) -> None:
    """A window with curtains."""
    b.box(14, 12, 72, 74, c.WOOD, 2)
    b.box(20, 18, 60, 62, c.WATER_LIGHT)
    b.circle(66, 32, 7, c.YELLOW)
    b.line([(50, 18), (50, 80)], c.WOOD, 4)
    b.line([(20, 46), (80, 46)], c.WOOD, 4)
    b.shape([(20, 18), (38, 18), (30, 48), (20, 60)], c.PINK)
    b.shape([(80, 18), (62, 18), (70, 48), (80, 60)], c.PINK)
    b.box(8, 84, 84, 7, c.EARTH_DARK, 2)


def table(b: Brush) -> None:
    """A table."""
    for x in (18, 76):
        b.box(x, 42, 7, 48, c.WOOD)
    b.box(6, 34, 88, 10, c.EARTH_DARK, 3)
    b.box(18, 44, 65, 7, c.WOOD)


def chair(b: Brush) -> None:
    """A chair."""
    b.box(26, 8, 7, 84, c.WOOD, 2)
    b.box(70, 54, 7, 38, c.WOOD, 2)
    b.box(26, 50, 51, 9, c.EARTH_DARK, 3)
    for y in (14, 26, 38):
        b.box(30, y, 6, 6, c.EARTH_DARK, 1)
    b.box(24, 10, 12, 36, c.EARTH_DARK, 3)


def lamp(b: Brush) -> None:
    """A lamp on a table."""
    b.shape([(34, 14), (66, 14), (82, 50), (18, 50)], c.YELLOW)
    b.line([(50, 50), (50, 84)], c.WOOD, 5)
    b.box(28, 82, 44, 9, c.WOOD, 4)
    b.line([(64, 50), (64, 62)], c.GREY, 1.6)
    b.circle(64, 64, 2.6, c.RED)


def teapot(b: Brush) -> None:
    """A round teapot, blue and white."""
    b.curve([(76, 46), (92, 44), (92, 66), (74, 68)], c.BLUE, 6)
    b.blob([(28, 62), (14, 50), (8, 34), (16, 34), (26, 44), (34, 50)], c.BLUE)
    b.ellipse(52, 58, 30, 28, c.BLUE)
    b.ellipse(52, 58, 18, 15, c.WHITE)
    for x, y in ring(52, 58, 8, 6):
        b.circle(x, y, 4.4, c.BLUE)
    b.circle(52, 58, 3.4, c.YELLOW)
    b.box(36, 26, 32, 8, c.NIGHT, 4)
    b.circle(52, 22, 6, c.NIGHT)
    b.box(38, 84, 28, 6, c.NIGHT, 2)


def bowl(b: Brush) -> None:
    """A tea bowl with steam above it."""
    for x in (38, 52, 66):
        b.curve([(x, 34), (x - 4, 26), (x + 3, 18), (x - 1, 10)], c.GREY, 2.4)
    b.slice(51, 44, 38, (0, 180), c.BLUE)
    b.ellipse(51, 44, 38, 8, c.WHITE)
    b.ellipse(51, 45, 33, 5.6, "#b5733b")
    b.box(36, 79, 30, 7, c.NIGHT, 3)
    for x in (28, 43, 59, 74):
        b.circle(x, 60, 3.4, c.WHITE)


def key(b: Brush) -> None:
    """A key."""
    b.circle(28, 50, 20, c.ORANGE)
    b.circle(28, 50, 9, c.WHITE)
    b.box(46, 45, 46, 10, c.ORANGE, 2)
    b.box(76, 52, 7, 16, c.ORANGE, 1)
    b.box(86, 52, 6, 12, c.ORANGE, 1)
