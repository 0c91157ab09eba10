# SPDX-License-Identifier: GPL-3.0-or-later
"""Small drawings of the sky, the land and fruit; each fills 100 by 100 units."""

from sample.drawing import colour as c
from sample.drawing.brush import Brush, ring


def sun(b: Brush) -> None:
    """The sun with its rays."""
    for inner, outer in zip(ring(50, 50, 33, 12), ring(50, 50, 43, 12), strict=True):
        b.line([inner, outer], c.ORANGE, 5)
    b.circle(50, 50, 26, c.YELLOW)


def moon(b: Brush) -> None:
    """A young moon in the night."""
    b.circle(50, 50, 42, c.NIGHT)
    b.circle(50, 50, 26, c.YELLOW)
    b.circle(61, 43, 23, c.NIGHT)
    for x, y in ((66, 38), (72, 56), (60, 50)):
        b.circle(x, y, 1.8, c.WHITE)


def star(b: Brush) -> None:
    """A star with five points."""
    star_shape(b, 50, 52, 40, c.YELLOW)


def star_shape(b: Brush, x: float, y: float, radius: float, fill: str) -> None:
    """A star of any size and colour."""
    outer, inner = ring(x, y, radius, 5), ring(x, y, radius * 0.42, 5, start=-54)
    b.shape([point for pair in zip(outer, inner, strict=True) for point in pair], fill)


def cloud(b: Brush, fill: str = c.WHITE) -> None:
    """A cloud."""
    b.box(14, 50, 72, 22, fill, 11)
    b.circle(36, 48, 17, fill)
    b.circle(58, 44, 21, fill)


def cloud_on_sky(b: Brush) -> None:
    """A white cloud on blue, for white paper."""
    b.circle(50, 50, 42, c.WATER_LIGHT)
    cloud(b.at(10, 8, 0.8))


def rain(b: Brush) -> None:
    """A grey cloud and its rain."""
    cloud(b.at(6, -10, 0.88), c.GREY)
    for x, y in ((28, 62), (44, 62), (60, 62), (76, 62), (36, 78), (52, 78), (68, 78)):
        b.line([(x, y), (x - 3, y + 9)], c.WATER, 4)


def snowflake(b: Brush) -> None:
    """A snow crystal, which always has six arms."""
    b.circle(50, 50, 42, c.BLUE)
    for tip, left, right in zip(
        ring(50, 50, 34, 6), ring(50, 50, 31, 6, -108), ring(50, 50, 31, 6, -72), strict=True
    ):
        knee = ((tip[0] * 0.55 + 50 * 0.45), (tip[1] * 0.55 + 50 * 0.45))
        b.line([(50, 50), tip], c.WHITE, 4)
        b.line([knee, left], c.WHITE, 3)
        b.line([knee, right], c.WHITE, 3)


def mountain(b: Brush) -> None:
    """Two peaks under snow."""
    b.shape([(40, 84), (68, 34), (96, 84)], c.MOUNTAIN_FAR)
    b.shape([(68, 34), (60, 48), (67, 45), (71, 50), (77, 50)], c.SNOW)
    b.shape([(4, 84), (40, 14), (76, 84)], c.MOUNTAIN)
    b.shape([(40, 14), (58, 49), (50, 42), (44, 50), (36, 42), (28, 50), (22, 49)], c.GREY_LIGHT)


def tree(b: Brush) -> None:
    """A tree in leaf."""
    b.shape([(45, 94), (47, 50), (53, 50), (55, 94)], c.WOOD)
    for x, y, radius in ((34, 46, 20), (66, 46, 20), (50, 30, 23), (50, 48, 20)):
        b.circle(x, y, radius, c.GREEN)
    for x, y, radius in ((40, 30, 9), (60, 42, 8)):
        b.circle(x, y, radius, c.GRASS)


def flower(b: Brush) -> None:
    """A tulip: wild tulips bloom red in the hills in April."""
    b.curve([(50, 92), (49, 70), (50, 46)], c.LEAF, 5)
    b.blob([(50, 90), (33, 72), (27, 50), (42, 64)], c.LEAF)
    b.blob([(50, 90), (66, 74), (73, 54), (58, 66)], c.GREEN)
    b.shape(
        [(30, 16), (42, 28), (50, 12), (58, 28), (70, 16), (71, 36), (60, 52), (40, 52), (29, 36)],
        c.RED,
    )
    b.ellipse(50, 47, 14, 7, c.RED)


def river(b: Brush) -> None:
    """A river that winds between green banks."""
    b.circle(50, 50, 42, c.GRASS)
    b.curve([(56, 12), (44, 30), (62, 48), (42, 66), (50, 88)], c.WATER, 16)
    b.curve([(56, 14), (44, 31), (62, 49), (43, 66), (50, 86)], c.WATER_LIGHT, 3)


def drop(b: Brush) -> None:
    """A drop of water with a face."""
    b.shape([(50, 8), (28, 46), (72, 46)], c.WATER)
    b.circle(50, 60, 27, c.WATER)
    b.blob([(50, 9), (40, 28), (25, 52), (30, 70), (50, 80), (70, 70), (75, 52), (60, 28)], c.WATER)
    b.ellipse(38, 64, 5, 9, c.WATER_LIGHT)
    for x in (42, 60):
        b.circle(x, 54, 4, c.INK)
    b.curve([(43, 66), (51, 71), (59, 66)], c.INK, 2.6)


def apple(b: Brush) -> None:
    """A red apple."""
    b.circle(38, 58, 25, c.RED)
    b.circle(62, 58, 25, c.RED)
    b.ellipse(50, 70, 24, 18, c.RED)
    b.line([(50, 40), (52, 20)], c.WOOD, 5)
    b.blob([(53, 30), (64, 18), (78, 20), (66, 32)], c.GREEN)
    b.ellipse(30, 52, 5, 9, "#e98a80")


def pear(b: Brush) -> None:
    """A pear."""
    b.blob(
        [
            (50, 22),
            (38, 34),
            (34, 50),
            (24, 68),
            (34, 88),
            (50, 91),
            (66, 88),
            (76, 68),
            (66, 50),
            (62, 34),
        ],
        "#c9cf4f",
    )
    b.line([(50, 24), (54, 10)], c.WOOD, 5)
    b.ellipse(38, 68, 5, 10, "#e3e68f")


def apricot(b: Brush) -> None:
    """An apricot with its leaf."""
    b.circle(50, 58, 31, c.ORANGE)
    b.curve([(50, 28), (44, 48), (47, 78)], "#d97f24", 2.5)
    b.circle(66, 52, 9, "#f6b566")
    b.line([(50, 30), (50, 18)], c.WOOD, 4)
    b.blob([(51, 24), (64, 12), (80, 16), (66, 27)], c.GREEN)


def grapes(b: Brush) -> None:
    """A bunch of grapes."""
    b.line([(50, 34), (50, 12)], c.WOOD, 4)
    b.blob([(50, 22), (64, 8), (82, 16), (72, 28), (58, 28)], c.GREEN)
    for row, y in enumerate((38, 52, 66, 80)):
        for place in range(4 - row):
            x = 50 + (place - (3 - row) / 2) * 17
            b.circle(x, y, 9.5, c.VIOLET)
            b.circle(x - 3, y - 3, 2.4, "#b79ad6")


def pomegranate(b: Brush) -> None:
    """A pomegranate, cut open a little so that its seeds show."""
    b.shape([(40, 30), (38, 10), (46, 18), (50, 10), (54, 18), (62, 10), (60, 30)], "#b5342f")
    b.circle(50, 58, 33, "#c73a35")
    b.blob([(46, 40), (64, 44), (68, 62), (56, 76), (44, 62)], c.CREAM)
    for x, y in ((53, 50), (61, 54), (52, 59), (61, 63), (55, 68)):
        b.ellipse(x, y, 3.6, 4.4, c.RED)


def watermelon(b: Brush) -> None:
    """A slice of watermelon."""
    b.slice(50, 34, 44, (0, 180), c.GREEN)
    b.slice(50, 34, 38, (0, 180), c.GRASS_LIGHT)
    b.slice(50, 34, 34, (0, 180), c.RED)
    for x, y in ((30, 42), (44, 42), (58, 42), (71, 42), (38, 53), (51, 55), (63, 53)):
        b.ellipse(x, y, 2, 3.2, c.BLACK)


def melon(b: Brush) -> None:
    """A long yellow melon."""
    b.ellipse(50, 54, 42, 27, "#efc94c")
    for bend in (-18, -6, 6, 18):
        b.curve([(10, 54), (50, 54 + bend * 1.35), (90, 54)], "#d8ab2e", 1.8)
    b.line([(91, 54), (97, 48)], c.WOOD, 4)


def cherry(b: Brush) -> None:
    """Two cherries on one stalk."""
    b.curve([(34, 66), (42, 36), (60, 14)], c.LEAF, 3.5)
    b.curve([(68, 68), (66, 40), (60, 14)], c.LEAF, 3.5)
    b.blob([(60, 15), (74, 8), (90, 18), (74, 26)], c.GREEN)
    for x, y in ((34, 70), (68, 72)):
        b.circle(x, y, 17, "#b8233a")
        b.circle(x - 6, y - 6, 4, "#e07a88")


def lemon(b: Brush) -> None:
    """A lemon; Tajikistan grows a thin-skinned sort of its own."""
    b.ellipse(50, 54, 32, 24, c.YELLOW)
    b.blob([(14, 54), (22, 44), (30, 54), (22, 64)], c.YELLOW)
    b.blob([(86, 54), (78, 44), (70, 54), (78, 64)], c.YELLOW)
    b.ellipse(40, 46, 9, 5, "#fbe598")
    b.blob([(78, 44), (84, 26), (97, 26), (90, 40)], c.GREEN)
