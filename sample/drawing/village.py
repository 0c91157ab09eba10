# SPDX-License-Identifier: GPL-3.0-or-later
"""Diagrams of clean water in a village; each fills 160 by 100 units and carries no words."""

from sample.drawing import colour as c
from sample.drawing import landscape, nature
from sample.drawing.brush import Brush
from sample.drawing.lesson import arrow

SAND, PEBBLE, COAL = "#e8cf95", "#9d9a93", "#3a3a3f"
MUDDY = "#b08d5a"


def clean_spring(b: Brush) -> None:
    """A fenced spring above a village; the latrine and the cow stand far below it."""
    landscape.sky(b)
    landscape.range_(b, 60, ((24, 18), (60, 28)), c.MOUNTAIN, c.SNOW)
    b.land([(-20, 42), (10, 44), (60, 58), (110, 74), (180, 82)], 100, c.GRASS)
    b.blob([(18, 52), (30, 47), (44, 52), (34, 59), (22, 58)], c.WATER)
    b.curve([(40, 56), (58, 68), (84, 78)], c.WATER, 2.4)
    for x, y in ((10, 50), (14, 62), (26, 66), (40, 66), (50, 58)):
        b.line([(x, y), (x, y - 8)], c.WOOD, 1.6)
    b.curve([(10, 45), (14, 57), (26, 61), (40, 61), (50, 53)], c.WOOD, 1.2)
    landscape.home(b, 78, 86, 30)
    arrow(b, [(58, 90), (90, 94), (124, 94)], c.RED, 1.4)
    b.box(136, 68, 14, 22, c.EARTH_DARK, 1)
    b.box(140, 74, 6, 16, c.WOOD, 0.6)
    b.shape([(133, 69), (143, 62), (153, 69)], c.MOUNTAIN_DARK)


def water_filter(b: Brush) -> None:
    """A bottle cut in two: muddy water drips through sand, coal and pebbles into a bowl."""
    b.box(0, 0, 160, 100, c.CREAM)
    b.shape([(54, 6), (106, 6), (106, 54), (86, 68), (74, 68), (54, 54)], c.GREY_LIGHT)
    b.box(56, 10, 48, 12, MUDDY)
    b.box(56, 22, 48, 12, SAND)
    b.box(56, 34, 48, 10, COAL)
    b.shape([(56, 44), (104, 44), (104, 53), (85, 66), (75, 66), (56, 53)], c.GREY)
    for x, y in ((62, 49), (72, 48), (83, 50), (94, 48), (78, 57), (88, 57), (70, 56), (98, 52)):
        b.ellipse(x, y, 4, 3, PEBBLE)
    b.box(73, 66, 14, 4, c.WHITE, 1)
    nature.drop(b.at(76, 69, 0.08))
    b.slice(80, 80, 26, (0, 180), c.WATER_DEEP)
    b.slice(80, 80, 24, (0, 180), c.WATER_LIGHT)
    b.box(52, 78, 56, 3, c.WATER_DEEP, 1)
    arrow(b, [(34, 18), (42, 17), (49, 16)], c.RED, 1.6)


def bottle_in_the_sun(b: Brush) -> None:
    """A clear bottle of water that lies on a roof in the sun."""
    landscape.sky(b)
    nature.sun(b.at(8, 2, 0.46))
    landscape.range_(b, 74, ((128, 34), (152, 44)), c.MOUNTAIN_FAR, c.SNOW)
    b.box(0, 72, 160, 28, c.CLAY)
    b.box(0, 70, 160, 5, c.EARTH_DARK)
    for y in (78, 86, 94):
        b.line([(6, y), (154, y)], c.CLAY_DARK, 0.8)
    b.box(52, 50, 66, 24, c.WATER_LIGHT, 8)
    b.box(56, 54, 58, 17, c.WATER, 6)
    b.shape([(116, 54), (130, 59), (130, 66), (116, 71)], c.WATER_LIGHT)
    b.box(129, 57, 8, 11, c.RED, 1)
    b.line([(62, 56), (100, 56)], c.WHITE, 1.6)
    for x, y in ((52, 42), (62, 36), (48, 34)):
        b.line([(x - 6, y - 4), (x, y)], c.ORANGE, 1.8)
