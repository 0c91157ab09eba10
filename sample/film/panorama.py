# SPDX-License-Identifier: GPL-3.0-or-later
"""The long landscape of the film: from the snow to the sea, 1000 units wide and 100 high."""

from itertools import pairwise

from PIL import Image

from sample.drawing import colour as c
from sample.drawing import landscape, nature, people
from sample.drawing.brush import Brush, Point, smooth

LENGTH = 1000
HEIGHT = 360
SUMMIT: Point = (80.0, 10.0)
SPRING: Point = (158.0, 66.0)
COAST = 800.0
SEA_LEVEL = 70.0

_BED: list[Point] = [
    (150, 62), SPRING, (185, 76), (225, 84), (275, 80), (330, 86), (390, 80), (450, 84),
    (510, 80), (570, 84), (640, 80), (710, 82), (770, 78), (830, 76), (860, 76),
]  # fmt: skip
RIVER = smooth(_BED, steps=24)


def river_height(x: float) -> float:
    """How high the river's middle lies at x."""
    return min(RIVER, key=lambda point: abs(point[0] - x))[1]


def draw_panorama() -> Image.Image:
    """The picture, 3600 by 360 pixels."""
    b = Brush.new(LENGTH * HEIGHT // 100, HEIGHT, c.SKY)
    peaks = ((14, 20), (122, 24), (176, 30), (236, 34), (300, 28), (370, 36), (440, 32), (520, 38))
    landscape.range_(b, 66, peaks, c.MOUNTAIN_FAR, c.SNOW)
    landscape.range_(b, 66, ((600, 44), (680, 46), (740, 50)), c.MOUNTAIN_FAR)
    landscape.range_(b, 72, ((74, 8), (28, 34), (132, 38)), c.MOUNTAIN, c.SNOW)
    _land(b)
    _water(b)
    _village(b)
    _fields(b)
    _sea(b)
    return b.picture()


def _land(b: Brush) -> None:
    far = [(float(x), 58.0 + (4 if (x // 40) % 2 else -3)) for x in range(-40, 780, 40)]
    b.land([*far, (800.0, 66.0), (840.0, 72.0)], 100, c.GRASS_LIGHT)
    near = [(float(x), 68.0 + (3 if (x // 50) % 2 else -2)) for x in range(-50, 760, 50)]
    b.land([*near, (790.0, 70.0), (830.0, 76.0)], 101, c.GRASS)


def _water(b: Brush) -> None:
    b.blob([(136, 68), (142, 54), (158, 51), (172, 57), (176, 68), (158, 74)], c.MOUNTAIN_DARK)
    b.blob([(142, 66), (148, 57), (160, 55), (169, 60), (170, 67), (158, 70)], c.MOUNTAIN)
    for (x0, y0), (x1, y1) in pairwise(RIVER):
        b.line([(x0, y0), (x1, y1)], c.WATER, 5 + 11 * max(0, x0 - 150) / 650)
    for x in range(200, 800, 24):
        y = river_height(x)
        b.curve([(x - 4, y), (x, y + 1), (x + 4, y)], c.WATER_LIGHT, 0.9)


def _village(b: Brush) -> None:
    for x in (206, 214, 222, 322, 330, 338):
        landscape.poplar(b, x, 74, 34)
    landscape.home(b, 236, 74, 26)
    landscape.home(b, 288, 73, 24)
    landscape.fruit_tree(b, 276, 75, 22, c.RED)
    people.girl(b.at(264, 55, 0.22), c.RED)
    people.boy(b.at(312, 54, 0.22), c.BLUE)
    for x in range(372, 530, 26):
        landscape.fruit_tree(b, x, 74, 32, c.ORANGE)
    for x in (180, 192, 350, 362, 545):
        nature.flower(b.at(x, 88, 0.1))


def _fields(b: Brush) -> None:
    b.shape([(560, 62), (620, 62), (624, 74), (552, 74)], c.GRASS_DARK)
    for row, y in enumerate((64, 67.5, 71.5)):
        for number in range(14):
            x = 562 - row * 3 + number * (4.3 + row * 0.35)
            b.circle(x, y, 1.1 + row * 0.3, c.WHITE)
    for x in (652, 676, 700):
        b.line([(x, 74), (x, 90)], c.EARTH_DARK, 2.6)
    b.curve([(636, 78), (676, 69), (716, 78)], c.EARTH_DARK, 3.6)
    b.curve([(636, 72), (676, 63), (716, 72)], c.WOOD, 1.2)
    for x in (742, 752, 762):
        landscape.poplar(b, x, 74, 26)


def _sea(b: Brush) -> None:
    surface = [(COAST - 50, 101.0), (COAST - 24, 84.0), (COAST + 20, SEA_LEVEL)]
    surface += [(float(x), SEA_LEVEL + (1 if (x // 15) % 2 else 0)) for x in range(840, 1060, 15)]
    b.land(surface, 101, c.WATER)
    b.land([(x + 40, y + 14) for x, y in surface], 115, c.WATER_DEEP)
    for x, y in ((850, 78), (900, 76), (960, 79), (880, 90), (940, 92), (985, 88)):
        b.curve([(x, y), (x + 5, y + 1.2), (x + 10, y)], c.WATER_LIGHT, 0.9)
    b.shape([(932, 64), (960, 64), (954, 71), (938, 71)], c.WOOD)
    b.line([(946, 64), (946, 38)], c.WOOD, 1.3)
    b.shape([(947.5, 40), (947.5, 61), (961, 61)], c.CREAM)
    b.shape([(944.5, 43), (944.5, 61), (935, 61)], c.WHITE)
