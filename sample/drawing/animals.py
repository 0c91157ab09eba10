# SPDX-License-Identifier: GPL-3.0-or-later
"""Small drawings of animals; each fills 100 by 100 units."""

from sample.drawing import colour as c
from sample.drawing.brush import Brush


def _eyes(b: Brush, left: float, right: float, y: float, radius: float = 3.4) -> None:
    for x in (left, right):
        b.circle(x, y, radius, c.BLACK)
        b.circle(x + radius * 0.3, y - radius * 0.3, radius * 0.35, c.WHITE)


def cat(b: Brush) -> None:
    """A cat's face."""
    for side in (-1, 1):
        b.shape([(50 + side * 34, 12), (50 + side * 36, 50), (50 + side * 8, 30)], c.ORANGE)
        b.shape([(50 + side * 31, 20), (50 + side * 32, 42), (50 + side * 16, 31)], c.PINK)
    b.ellipse(50, 56, 37, 32, c.ORANGE)
    for x in (42, 50, 58):
        b.line([(x, 27), (x, 36)], "#c9741d", 3)
    b.ellipse(50, 70, 17, 13, c.CREAM)
    _eyes(b, 36, 64, 54, 4.6)
    b.shape([(46, 64), (54, 64), (50, 69)], c.RED)
    b.curve([(43, 74), (47, 75), (50, 70), (53, 75), (57, 74)], c.INK, 1.6)
    for y, drift in ((66, -3), (70, 0), (74, 3)):
        b.line([(8, y + drift), (28, y)], c.INK, 1)
        b.line([(92, y + drift), (72, y)], c.INK, 1)


def dog(b: Brush) -> None:
    """A dog's face."""
    b.ellipse(50, 52, 33, 34, c.CLAY)
    b.blob([(24, 24), (8, 34), (8, 62), (20, 70), (28, 48)], c.WOOD)
    b.blob([(76, 24), (92, 34), (92, 62), (80, 70), (72, 48)], c.WOOD)
    b.ellipse(63, 46, 12, 13, c.EARTH_DARK)
    b.ellipse(50, 70, 20, 16, c.CREAM)
    _eyes(b, 38, 62, 46, 4.4)
    b.ellipse(50, 62, 7, 5, c.BLACK)
    b.curve([(40, 74), (45, 77), (50, 72), (55, 77), (60, 74)], c.INK, 1.8)
    b.blob([(46, 78), (54, 78), (54, 87), (50, 90), (46, 87)], c.PINK)


def cow(b: Brush) -> None:
    """A cow's face."""
    for side in (-1, 1):
        b.curve([(50 + side * 18, 24), (50 + side * 32, 18), (50 + side * 32, 6)], c.GREY, 6)
        b.ellipse(50 + side * 36, 38, 13, 8, c.WOOD)
    b.blob(
        [(30, 20), (24, 40), (30, 66), (50, 74), (70, 66), (76, 40), (70, 20), (50, 16)], c.WHITE
    )
    b.blob([(30, 20), (24, 40), (28, 56), (42, 50), (44, 30)], c.WOOD)
    b.blob([(70, 20), (76, 40), (72, 56), (62, 48), (60, 30)], c.WOOD)
    b.ellipse(50, 76, 25, 16, c.PINK)
    _eyes(b, 37, 64, 44, 4.2)
    for x in (41, 59):
        b.ellipse(x, 74, 3, 4.4, "#b56a79")
    b.curve([(42, 85), (50, 88), (58, 85)], "#b56a79", 2)


def sheep(b: Brush) -> None:
    """A sheep with a thick coat."""
    for x in (34, 44, 60, 70):
        b.line([(x, 70), (x, 90)], c.BLACK, 6)
    wool = (
        (30, 50, 17),
        (44, 40, 18),
        (62, 40, 18),
        (76, 52, 16),
        (66, 64, 17),
        (46, 66, 18),
        (32, 62, 14),
        (54, 54, 20),
    )
    for x, y, radius in wool:
        b.circle(x, y, radius, c.GREY_LIGHT)
    b.blob([(18, 34), (34, 34), (36, 52), (26, 62), (16, 52)], c.BLACK)
    b.ellipse(38, 36, 7, 4, c.BLACK)
    b.circle(27, 30, 11, c.GREY_LIGHT)
    for x in (22, 31):
        b.circle(x, 44, 2.8, c.WHITE)
        b.circle(x, 44.5, 1.4, c.BLACK)


def hen(b: Brush) -> None:
    """A hen."""
    for x in (46, 58):
        b.line([(x, 76), (x, 90), (x - 7, 92)], c.ORANGE, 3.4)
    b.blob(
        [(24, 40), (34, 52), (60, 50), (84, 28), (90, 52), (78, 74), (52, 82), (28, 72), (20, 52)],
        c.CREAM,
    )
    b.blob(
        [(24, 40), (34, 52), (60, 52), (86, 30), (88, 54), (76, 74), (52, 80), (30, 72)], "#e8b27a"
    )
    b.blob([(24, 24), (38, 28), (42, 48), (26, 56), (18, 40)], "#e8b27a")
    for x, y in ((24, 18), (31, 16), (37, 20)):
        b.circle(x, y, 5, c.RED)
    b.shape([(19, 32), (8, 37), (19, 41)], c.ORANGE)
    b.ellipse(19, 47, 3.6, 6, c.RED)
    b.circle(27, 33, 3, c.BLACK)
    b.blob([(46, 56), (66, 52), (72, 64), (58, 72), (46, 66)], "#cf9357")


def rabbit(b: Brush) -> None:
    """A rabbit's face."""
    for x in (36, 64):
        b.ellipse(x, 26, 10, 24, c.GREY)
        b.ellipse(x, 27, 5, 18, c.PINK)
    b.ellipse(50, 64, 32, 28, c.GREY)
    b.ellipse(50, 76, 17, 12, c.WHITE)
    _eyes(b, 37, 63, 58, 4.4)
    b.ellipse(50, 69, 4.4, 3.4, c.RED)
    b.curve([(42, 76), (46, 78), (50, 73), (54, 78), (58, 76)], c.INK, 1.6)
    b.box(46, 79, 8, 8, c.WHITE, 1)
    b.line([(50, 80), (50, 86)], c.GREY, 0.8)


def fish(b: Brush) -> None:
    """A fish."""
    b.shape([(68, 50), (94, 28), (88, 50), (94, 72)], c.BLUE)
    b.shape([(36, 32), (56, 14), (62, 34)], c.BLUE)
    b.ellipse(44, 50, 36, 24, c.WATER)
    b.blob([(48, 52), (60, 62), (50, 68), (44, 60)], c.BLUE)
    b.circle(24, 44, 5.4, c.WHITE)
    b.circle(23, 44, 3, c.BLACK)
    b.curve([(11, 56), (17, 58), (21, 56)], c.INK, 1.8)
    for x, y in ((44, 40), (54, 44), (58, 54), (42, 50)):
        b.slice(x, y, 5, (-60, 60), c.WATER_LIGHT)


def bird(b: Brush) -> None:
    """A swallow-blue bird that sings on a twig."""
    b.line([(10, 84), (90, 78)], c.WOOD, 5)
    b.shape([(70, 56), (96, 66), (74, 72)], c.NIGHT)
    b.blob([(26, 30), (44, 24), (60, 40), (78, 58), (72, 74), (46, 78), (28, 64), (22, 46)], c.BLUE)
    b.blob([(28, 54), (42, 50), (56, 66), (46, 77), (32, 68)], c.CREAM)
    b.blob([(48, 46), (66, 50), (80, 66), (60, 66)], c.NIGHT)
    b.shape([(24, 36), (8, 40), (24, 46)], c.ORANGE)
    b.circle(34, 38, 3.6, c.BLACK)
    b.circle(35, 37, 1.2, c.WHITE)
    for x in (46, 56):
        b.line([(x, 77), (x, 82)], c.ORANGE, 2.4)


def butterfly(b: Brush) -> None:
    """A butterfly."""
    for side in (-1, 1):
        b.blob(
            [
                (50, 46),
                (50 + side * 18, 18),
                (50 + side * 42, 16),
                (50 + side * 40, 44),
                (50 + side * 16, 54),
            ],
            c.ORANGE,
        )
        b.blob(
            [
                (50, 54),
                (50 + side * 26, 56),
                (50 + side * 34, 74),
                (50 + side * 18, 86),
                (50 + side * 4, 68),
            ],
            c.YELLOW,
        )
        b.circle(50 + side * 28, 33, 7, c.RED)
        b.circle(50 + side * 19, 69, 5, c.ORANGE)
        b.curve([(50, 30), (50 + side * 6, 18), (50 + side * 13, 12)], c.BLACK, 1.8)
    b.ellipse(50, 54, 4.4, 26, c.BLACK)
